"""Urban gardens of a region: what a run takes of memory, cut in strips and with what it holds of cells in files.

Run as ``python -m benchmarks.gardens_memory``; a number after it is the side of the made-up region in kilometres. The
run, from layers to written results, is done three times, each in a process of its own: all at once; in strips,
with every array over the cells in a file; and so again on a region of twice the side. Peak is what cannot be let go
(anonymous memory), sampled; pages of the files are the system's to keep or drop. Fails when a run takes more than is
said beforehand (``analyses.gardens.room``), which follows the width of the region and not its area, or when the first
two differ in any written byte.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import perf_counter

from analyses.garden_suitability import garden_suitability
from analyses.gardens import ground, room
from analyses.gardens.params import GardenParams
from analyses.gardens.surroundings import Reach, rim_of
from benchmarks.parts.hilly_commune import hilly_commune
from layers import scratch
from puc_tool.results import write_all

SIDE_KM = 10.0
ALL_AT_ONCE, IN_STRIPS = (1 << 40, 1 << 40), (0, 0)
"""Cells worked on at once, and bytes of an array that may stay in memory."""
SAMPLED_EVERY_S = 0.02


def child(side_m: float, room_cells: int, room_bytes: int, folder: Path) -> None:
    """Run once; print the peak less what stood before, in bytes, the seconds and a digest of what was written."""
    ground.ROOM_CELLS, scratch.ROOM_BYTES = room_cells, room_bytes
    garden_suitability(**hilly_commune(1500.0, 7), params=GardenParams(cell_m=10.0))  # kernels and libraries loaded
    inputs, before, start = hilly_commune(side_m, 7), anonymous(), perf_counter()
    with Peak() as peak:
        write_all(garden_suitability(**inputs), "garden-suitability", folder, is_demonstration=False)
    files = sorted(path for path in folder.iterdir() if path.suffix in (".csv", ".json", ".tif"))
    digest = hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files)).hexdigest()
    print(peak.highest - before, perf_counter() - start, digest)


class Peak:
    """The highest anonymous memory of this process while it is open."""

    def __init__(self) -> None:
        self.highest, self._is_over = 0, Event()
        self._watch = Thread(target=self._look, daemon=True)

    def __enter__(self) -> Peak:
        self._watch.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._is_over.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._is_over.wait(SAMPLED_EVERY_S):
            self.highest = max(self.highest, anonymous())


def anonymous() -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return 1024 * int(next(line.split()[1] for line in lines if line.startswith("RssAnon")))


def run(side_m: float, limits: tuple[int, int]) -> tuple[float, str, bool]:
    """Return peak, digest, and whether the peak is within what is said beforehand."""
    told = needed(side_m, limits)
    with TemporaryDirectory(prefix="puc-gardens-") as folder:
        words = [str(side_m), *map(str, limits), folder]
        said = subprocess.run([sys.executable, "-m", "benchmarks.gardens_memory", *words],
                              check=True, capture_output=True, text=True)  # fmt: skip
    peak, seconds, digest = said.stdout.split()
    way = "all at once" if limits == ALL_AT_ONCE else "in strips  "
    print(f"  {told.inside / 1e6:5.1f} million cells inside, {way}: peak {int(peak) / 1e9:.2f} GB "
          f"(said beforehand {told.memory / 1e9:.2f}), {int(peak) / told.inside:.0f} bytes a cell, "
          f"{float(seconds):.0f} s", flush=True)  # fmt: skip
    return float(peak), digest, float(peak) <= told.memory


def needed(side_m: float, limits: tuple[int, int]) -> room.Needed:
    ground.ROOM_CELLS, scratch.ROOM_BYTES = limits
    params = GardenParams()
    rim = rim_of(params.criterion, Reach(params.demand_m, params.detour), params.cell_m)
    return room.needed(hilly_commune(side_m, 7)["boundary"].geometry, params.cell_m, rim)


def main(side_km: float) -> int:
    side_m = side_km * 1000.0
    runs = [run(side_m, ALL_AT_ONCE), run(side_m, IN_STRIPS), run(2.0 * side_m, IN_STRIPS)]
    (_, first, _), (peak, second, _), (peak_of_four, _, _) = runs
    wider = needed(2.0 * side_m, IN_STRIPS).width / needed(side_m, IN_STRIPS).width
    print(f"{'the same files' if first == second else 'files DIFFER'}; "
          f"four times the cells, {wider:.1f} times the width: {peak_of_four / peak:.1f} times the memory")  # fmt: skip
    return 0 if first == second and all(fits for *_, fits in runs) else 1


if __name__ == "__main__":
    if len(sys.argv) == 5:
        child(float(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
    else:
        sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else SIDE_KM))
