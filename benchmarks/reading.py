"""Reading 150,000 polygons, ours against geopandas: ``python -m benchmarks.reading``.

Ours is ``layers.formats.vector.read``, with all that it looks after: driver, garbled text, arcs, heights, remarks of
the library. The peer is ``geopandas.read_file`` with pyogrio and Arrow. Both read the same files, made by this run, in
turn (A B, then B A ...), one round of warm-up, eleven counted. Fails when the median of the rounds' ratios ours/peer,
by the clock, is above 1.1 for the GeoPackage or the shapefile, or when the two frames differ; the ratio of processor
time is told beside it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import geopandas
import numpy as np
from geopandas import GeoDataFrame
from geopandas.testing import assert_geodataframe_equal

from benchmarks.made_up_parcels import parcels
from layers.formats import vector
from layers.source import locate

COUNT = 150_000
ROUNDS = 11
MOST_RATIO = 1.1


def ours(path: Path) -> Callable[[], GeoDataFrame]:
    source = locate(path)
    return lambda: vector.read(source, None)[0]


def peer(path: Path) -> Callable[[], GeoDataFrame]:
    return lambda: geopandas.read_file(path, engine="pyogrio", use_arrow=True)


def timed(run: Callable[[], GeoDataFrame]) -> np.ndarray:
    """Return seconds by the clock and of the processors."""
    clock, processors = perf_counter(), process_time()
    run()
    return np.array([perf_counter() - clock, process_time() - processors])


def one_round(mine: Callable[[], GeoDataFrame], theirs: Callable[[], GeoDataFrame], *, mine_first: bool) -> np.ndarray:
    """Return ours/peer of one round, by the clock and in processor time."""
    if mine_first:
        my_s = timed(mine)
        return my_s / timed(theirs)
    their_s = timed(theirs)
    return timed(mine) / their_s


def compare(path: Path) -> bool:
    """Print the line of one format; tell whether its ratio holds."""
    mine, theirs = ours(path), peer(path)
    assert_geodataframe_equal(mine(), theirs())
    ratios = np.array([one_round(mine, theirs, mine_first=turn % 2 == 0) for turn in range(1 + ROUNDS)][1:])
    (clock, processors), (low, high) = np.median(ratios, axis=0), (ratios[:, 0].min(), ratios[:, 0].max())
    print(
        f"  {path.suffix[1:]:5} ours/peer {clock:5.2f} (rounds {low:.2f} to {high:.2f}), processors {processors:5.2f}"
    )
    return bool(clock <= MOST_RATIO)


def main() -> int:
    print(f"{COUNT} polygons of 41 points, four fields")
    with TemporaryDirectory() as folder:
        layer = parcels(COUNT)
        paths = [Path(folder) / "parcels.gpkg", Path(folder) / "parcels.shp"]
        for path in paths:
            layer.to_file(path, engine="pyogrio", encoding="UTF-8")
        held = [compare(path) for path in paths]
    print("held" if all(held) else f"NOT held: at most {MOST_RATIO} of the peer's time")
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
