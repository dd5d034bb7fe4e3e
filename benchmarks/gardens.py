"""Urban gardens: terrain, distance and weighted sum against their peers, and how long a changed weight takes.

Run as ``python -m benchmarks.gardens``; a number after it is the side of the large grid in cells. Peers are gdaldem,
gdal_calc (Debian: gdal-bin, python3-gdal) and scipy; the large grid is read from and written to uncompressed GeoTIFFs
in a temporary folder, the same cells of the same type by both sides. gdaldem has no way to give slope and aspect in one
run, so it is run once for each. Fails when a ratio or a time is not kept, or when results differ.
"""

from __future__ import annotations

import math
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from threading import Lock
from time import perf_counter

import numpy as np
import rasterio
from rasterio.windows import Window
from scipy import ndimage

from analyses.decision.firmness import Draws, firmness, weightings
from analyses.gardens.params import GardenParams
from analyses.gardens.weighing import weighing_of
from analyses.kernels.distance import distance_to
from analyses.kernels.frequency import share_at_least
from analyses.kernels.ordered_weights import combined
from analyses.kernels.terrain import slope_and_aspect
from benchmarks.parts.garden_grid import CELL_M, WEIGHTS, Grid, made
from benchmarks.parts.hilly_commune import hilly_commune

SIDE = 7071
COMMUNE_M, SITES = 7150.0, 500
ROUNDS, THREADS, BYTES_AT_ONCE = 5, 2, 2_500_000

LEAST = {"gdaldem": 2.0, "scipy": 5.0, "gdal_calc": 3.0}
MOST_S = {"weighted sum": 0.3, "ordered weights": 0.3, "firmness": 1.0, "map of 1,000 draws": 3.0}


def terrain(grid: Grid) -> None:
    """Write slope and aspect; a block is read with the row above it and the one below."""

    def work(cells: np.ndarray) -> Sequence[np.ndarray]:
        return slope_and_aspect(cells[0], CELL_M, threads=1)

    by_blocks(grid, ["heights.tif"], ["slope.tif", "aspect.tif"], work, rim=1)


def weighted_sum(grid: Grid) -> None:
    def work(cells: np.ndarray) -> Sequence[np.ndarray]:
        low, _ = combined(cells.reshape(len(cells), -1), WEIGHTS, threads=1)
        return (low.reshape(cells.shape[1:]),)

    by_blocks(grid, [path.name for path in grid.scores], ["sum.tif"], work)


def by_blocks(
    grid: Grid, sources: list[str], targets: list[str], work: Callable[[np.ndarray], Sequence[np.ndarray]], rim: int = 0
) -> None:
    """Bring blocks of rows from files through ``work`` to files: each thread reads by itself, one at a time writes.

    Plain files are mapped, so that rows are copied once; a block is so small that it is still in the processor's cache
    when it is worked on, and its room is used again for the next.
    """
    rows_at_once = max(1, BYTES_AT_ONCE // (4 * len(sources) * grid.side))
    writing, starts = Lock(), deque(range(0, grid.side, rows_at_once))
    files = [grid.mapped(name) for name in sources]
    with ExitStack() as written:
        outs = [written.enter_context(rasterio.open(grid.folder / name, "w", **grid.profile)) for name in targets]

        def share(_thread: int) -> None:
            room = np.empty(len(files) * (rows_at_once + 2 * rim) * grid.side, np.float32)
            while (first := next_of(starts)) is not None:
                last = min(grid.side, first + rows_at_once)
                top, bottom = max(0, first - rim), min(grid.side, last + rim)
                shape = len(files), bottom - top, grid.side
                cells = room[: math.prod(shape)].reshape(shape)
                for file, into in zip(files, cells, strict=True):
                    into[:] = file[top:bottom]
                found = work(cells)
                with writing:
                    for out, each in zip(outs, found, strict=True):
                        rows = each[first - top : last - top]
                        out.write(rows, 1, window=Window(0, first, grid.side, last - first))

        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(share, range(THREADS)))


def next_of(starts: deque[int]) -> int | None:
    try:
        return starts.popleft()
    except IndexError:
        return None


def gdaldem(grid: Grid) -> None:
    heights = grid.folder / "heights.tif"
    for words in (["slope", heights, grid.folder / "gdal_slope.tif", "-p"],
                  ["aspect", heights, grid.folder / "gdal_aspect.tif"]):  # fmt: skip
        subprocess.run(["gdaldem", *words, "-q"], check=True)


def gdal_calc(grid: Grid) -> None:
    letters = "ABCDEFGHIJKL"[: len(WEIGHTS)]
    files = [word for letter, path in zip(letters, grid.scores, strict=True) for word in (f"-{letter}", str(path))]
    formula = "+".join(f"{weight!r}*{letter}" for weight, letter in zip(WEIGHTS.tolist(), letters, strict=True))
    out = f"--outfile={grid.folder / 'gdal_sum.tif'}"
    subprocess.run(["gdal_calc.py", *files, f"--calc={formula}", out, "--type=Float32", "--overwrite", "--quiet"],
                   check=True)  # fmt: skip


def ratio(ours: Callable[[], object], theirs: Callable[[], object]) -> float:
    """Return peer/ours of the best of some rounds taken in turn, after one of warm-up: other jobs can only add to it.

    What both take of all processors is told beside.
    """
    rounds = np.array([(*spent(ours), *spent(theirs)) for _ in range(1 + ROUNDS)][1:])
    our_s, our_cpu_s, their_s, their_cpu_s = rounds.min(axis=0)
    print(f"    seconds, ours and peer: {our_s:.2f} {their_s:.2f}; of processors {our_cpu_s:.2f} {their_cpu_s:.2f}, "
          f"peer/ours {their_cpu_s / our_cpu_s:.1f}")  # fmt: skip
    return float(their_s / our_s)


def spent(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds that pass, and those of all processors, children's too."""
    before, seconds = of_processors(), timed(work)
    return seconds, of_processors() - before


def of_processors() -> float:
    return sum(each.ru_utime + each.ru_stime for each in map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN)))


def timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def held(name: str, found: float, difference: float, most: float) -> bool:
    print(f"  {name:10} peer/ours {found:5.1f} (at least {LEAST[name]})   largest difference {difference:.1e}")
    return found >= LEAST[name] and difference <= most


def against(program: str, ours: Callable[[Grid], None], theirs: Callable[[Grid], None], grid: Grid,
            files: tuple[str, str], most: float) -> bool:  # fmt: skip
    """Compare two ways from files to files; where the peer is not installed, that is said and nothing is compared."""
    if shutil.which(program) is None and shutil.which(f"{program}.py") is None:
        print(f"    skipped: {program} (gdal-bin, python3-gdal)")
        return True
    found = ratio(lambda: ours(grid), lambda: theirs(grid))
    mine, peer = (grid.read(name)[1:-1, 1:-1] for name in files)
    return held(program, found, float(np.abs(mine - peer).max()), most)


def distance(side: int) -> bool:
    is_target = np.random.default_rng(1).random((side, side)) < 1e-4
    found = ratio(lambda: distance_to(is_target, CELL_M),
                  lambda: ndimage.distance_transform_edt(~is_target, sampling=CELL_M))  # fmt: skip
    peer = ndimage.distance_transform_edt(~is_target, sampling=CELL_M)
    return held("scipy", found, float(np.abs(distance_to(is_target, CELL_M) - peer).max()), 1e-2)


def commune() -> bool:
    """Tell the seconds of what a planner waits for after a weight has changed: map, sites and ranks, then the rest."""
    start, params = perf_counter(), GardenParams()
    weighing = weighing_of(hilly_commune(COMMUNE_M, 7), params)
    cells, criteria = weighing.scores.shape[1], len(weighing.criteria)
    print(f"{cells} cells, {criteria} criteria, measured in {perf_counter() - start:.1f} s")
    weights = {each.id: 0.2 + place / 10.0 for place, each in enumerate(weighing.criteria)}
    shares, table = weighing.own_shares, np.random.default_rng(2).random((SITES, criteria))
    drawn = weightings(shares, Draws(1000))
    work: dict[str, Callable[[], object]] = {
        "weighted sum": lambda: weighing.reweighed(weights),
        "ordered weights": lambda: weighing.reweighed(weights, orness=0.3),
        "firmness": lambda: firmness(table, shares, top=10),
        "map of 1,000 draws": lambda: share_at_least(weighing.scores, drawn, params.least_score),
    }
    kept = []
    for name, each in work.items():
        seconds = min([timed(each) for _ in range(1 + ROUNDS)][1:])
        print(f"  {name:20}{seconds:6.2f} s (at most {MOST_S[name]})")
        kept.append(seconds <= MOST_S[name])
    return all(kept)


def main(side: int) -> int:
    kept = [commune()]
    with TemporaryDirectory(prefix="puc-gardens-") as folder:
        print(f"{side} x {side} cells, files in {folder}")
        grid = made(Path(folder), side)
        kept.append(against("gdaldem", terrain, gdaldem, grid, ("slope.tif", "gdal_slope.tif"), 1e-2))
        kept.append(against("gdal_calc", weighted_sum, gdal_calc, grid, ("sum.tif", "gdal_sum.tif"), 1e-5))
    kept.append(distance(side))
    print("held" if all(kept) else "NOT held")
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else SIDE))
