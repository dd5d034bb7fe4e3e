"""Made-up parcels for the benchmarks that read and mend: ``python -m benchmarks.made_up_parcels`` says how they are."""

from __future__ import annotations

import sys

import geopandas
import numpy as np
import shapely
from geopandas import GeoDataFrame

CORNERS = 40
SPACING_M = 20.0
WEST, SOUTH = 560_000.0, 4_880_000.0
"""Near La Spezia, in EPSG:25832."""

CROSSED_SHARE = 0.02


def parcels(count: int, crs: int = 25832) -> GeoDataFrame:
    """Return ``count`` polygons of 41 points on a square lattice, ``CROSSED_SHARE`` of them crossing themselves."""
    rng = np.random.default_rng(20_260_101)
    side = int(np.ceil(np.sqrt(count)))
    row, column = np.divmod(np.arange(count), side)
    turn = np.linspace(0.0, 2.0 * np.pi, CORNERS, endpoint=False)
    reach_m = 8.0 + rng.uniform(-1.0, 1.0, (count, CORNERS))
    east = WEST + row[:, None] * SPACING_M + reach_m * np.cos(turn)
    north = SOUTH + column[:, None] * SPACING_M + reach_m * np.sin(turn)
    corners = np.stack([east, north], axis=2)
    crossed = np.flatnonzero(rng.random(count) < CROSSED_SHARE)
    corners[crossed[:, None], [10, 25]] = corners[crossed[:, None], [25, 10]]
    fields = {
        "code": [f"{number // 100}/{number % 100}" for number in range(count)],
        "owner": [f"Proprietà {number % 977}" for number in range(count)],
        "area_declared_m2": np.arange(count) * 1.5,
        "kind": np.arange(count) % 40,
    }
    rings = np.concatenate([corners, corners[:, :1]], axis=1)
    return geopandas.GeoDataFrame(fields, geometry=shapely.polygons(rings), crs=25832).to_crs(crs)


def main() -> int:
    some = parcels(10_000)
    print(f"{len(some)} parcels, {(~some.is_valid).sum()} cross themselves, {some.crs.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
