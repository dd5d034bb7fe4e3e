"""Areas crossed between layers, ours against what a planner has: ``python -m benchmarks.area_crosstab``.

Land use by hazard by zone by neighbourhood at the size of a large commune (5,000 × 2,000 × 1,000 × 29 polygons): all
contenders have their layers in memory and give the area of each combination of classes. Ours also looks whether the
layers overlap themselves and measures the ground without hazard, the peers do not. Rounds are paired, one of warm-up;
only ratios are told as results. Then how the time grows with the size.

``--region`` adds land use × hazard at the size of a region (150,000 × 60,000 polygons), some minutes, each contender
in a process of its own for its peak of memory.

Fails when cells differ by more than a millionth, when a ratio is under its goal, or when ours needs 3 GB.
"""

from __future__ import annotations

import pickle
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
import shapely

from analyses.crosstab import Coverage, CrossAreas, cross_areas
from benchmarks.parts.landscape import Layer, landscape
from benchmarks.parts.peer import Cells, Peer, difference, in_process, opened, ratios
from benchmarks.parts.peer_duckdb import duckdb_spatial
from benchmarks.parts.peer_geopandas import geopandas_overlay
from benchmarks.parts.peer_postgis import postgis
from benchmarks.parts.peer_qgis import qgis_intersection

ROUNDS = 5
MOST_DIFFERENCE = 1e-6
GOALS = {"geopandas": 6.0, "QGIS": 12.0, "PostGIS": 7.0, "DuckDB": 0.0}
PEERS = (geopandas_overlay, qgis_intersection, postgis, duckdb_spatial)
COMMUNE_FIELDS, COMMUNE_M = 5_000, 7_000.0
REGION_FIELDS, REGION_GOAL, REGION_GB, REGION_ROUNDS = 150_000, 5.0, 3.0, 3
SEED = 20_260_101


def ours(layers: Sequence[Layer]) -> Peer:
    made = coverages(layers)
    return in_process("ours", lambda: cross_areas(made), covered)


def coverages(layers: Sequence[Layer]) -> list[Coverage]:
    return [Coverage(layer.polygons, layer.classes, layer.n_classes) for layer in layers]


def covered(areas: CrossAreas) -> Cells:
    """Return the combinations in which every layer has a class: what the peers give."""
    known = (areas.classes < np.array([areas.sizes[0], *(size - 1 for size in areas.sizes[1:])])).all(axis=1)
    rows = zip(areas.classes[known].tolist(), areas.area_m2[known].tolist(), strict=True)
    return {tuple(row): area for row, area in rows}


def sized(fields: int) -> list[Layer]:
    return landscape(fields, COMMUNE_M * (fields / COMMUNE_FIELDS) ** 0.5, SEED)


def commune() -> bool:
    layers = sized(COMMUNE_FIELDS)
    print("commune: " + " × ".join(f"{len(layer.polygons)} {layer.name}" for layer in layers))
    mine, peers = ours(layers), opened(PEERS, layers)
    try:
        found = ratios(mine, peers, ROUNDS)
        lines = [held(mine, peer, found[peer.name], GOALS[peer.name]) for peer in peers]
        return all(lines)
    finally:
        for peer in peers:
            peer.close()


def held(mine: Peer, peer: Peer, ratio: float, goal: float) -> bool:
    apart = difference(mine.cells(), peer.cells())
    print(f"  {peer.name:10} peer/ours {ratio:6.1f}  (goal {goal:g})   largest difference {apart:.1e} of a cell")
    return ratio >= goal and apart <= MOST_DIFFERENCE


def growth() -> None:
    print("growth, four layers:  land-use polygons   million pairs of boxes   seconds   seconds a million pairs")
    for fields in (1_250, 5_000, 20_000):
        layers = sized(fields)
        made, pairs = coverages(layers), boxes_that_meet(layers) / 1e6
        seconds = min(timed(made) for _ in range(3))
        print(f"{'':22}{fields:17,}{pairs:25.3f}{seconds:10.2f}{seconds / pairs:26.1f}")


def timed(layers: Sequence[Coverage]) -> float:
    start = perf_counter()
    cross_areas(layers)
    return perf_counter() - start


def boxes_that_meet(layers: Sequence[Layer]) -> int:
    """Count the pairs of polygons, of two layers, whose bounding boxes meet."""
    trees = [shapely.STRtree(layer.polygons) for layer in layers]
    return sum(trees[i].query(layers[j].polygons).shape[1] for i in range(len(layers)) for j in range(i))


def region() -> bool:
    """Run both contenders in processes of their own, in turn."""
    layers = sized(REGION_FIELDS)[2:]
    print("region: " + " × ".join(f"{len(layer.polygons)} {layer.name}" for layer in layers), flush=True)
    with TemporaryDirectory() as folder:
        kept = Path(folder) / "layers"
        kept.write_bytes(pickle.dumps([(e.name, shapely.to_wkb(e.polygons), e.classes, e.n_classes) for e in layers]))
        del layers
        rounds = [(alone("ours", kept), alone("geopandas", kept)) for _ in range(REGION_ROUNDS)]
    ratio = float(np.median([peer["seconds"] / mine["seconds"] for mine, peer in rounds]))
    peak_gb = max(mine["peak_gb"] for mine, _ in rounds)
    apart = max(abs(mine["area"] / peer["area"] - 1.0) for mine, peer in rounds)
    print(f"  geopandas  peer/ours {ratio:6.1f}  (goal {REGION_GOAL:g})   areas differ by {apart:.1e}")
    print(f"  peak of memory: ours {peak_gb:.2f} GB, geopandas {max(peer['peak_gb'] for _, peer in rounds):.2f} GB")
    return ratio >= REGION_GOAL and peak_gb < REGION_GB and apart <= MOST_DIFFERENCE


def alone(name: str, kept: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.area_crosstab", "--alone", name, str(kept)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return dict(zip(("seconds", "peak_gb", "area"), map(float, said), strict=True))


def be_alone(name: str, kept: str) -> int:
    """Cross the kept layers once, warm, and print seconds, peak of memory (GB) and area."""
    for each in (
        sized(400)[2:],
        [Layer(n, shapely.from_wkb(p), c, k) for n, p, c, k in pickle.loads(Path(kept).read_bytes())],
    ):
        contender = ours(each) if name == "ours" else geopandas_overlay(each)
        seconds = contender.run()
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(seconds, peak_gb, sum(contender.cells().values()))
    return 0


def main(arguments: Sequence[str]) -> int:
    if arguments[:1] == ["--alone"]:
        return be_alone(*arguments[1:])
    fine = commune()
    growth()
    if "--region" in arguments:
        fine &= region()
    print("held" if fine else f"NOT held: goals {GOALS}, at most {MOST_DIFFERENCE} apart")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
