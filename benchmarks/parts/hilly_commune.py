"""A made-up commune with hills, for benchmarks of urban gardens: something for each of the eleven criteria."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from affine import Affine
from pyproj import CRS
from scipy.ndimage import gaussian_filter

from analyses.analysis import Edition
from layers.grid import Grid
from layers.raster import ArrayRaster

UTM, WEST, SOUTH = CRS(7791), 560_000.0, 4_880_000.0
CELL_M, AROUND_M, RELIEF_M = 10.0, 2200.0, 600.0


def hilly_commune(side_m: float, seed: int) -> dict[str, Any]:
    """Return the layers of the garden analysis, by role, over a square of ``side_m``."""
    rng = np.random.default_rng(seed)
    n = int((side_m + 2 * AROUND_M) / CELL_M)
    lots = tiles(side_m, 40, 0.7)
    lots = lots[rng.random(len(lots)) < 0.3]
    sections, roads = tiles(side_m, 60, 1.0), streets(side_m)
    consumed = np.where(smooth(rng, n, 8) > 0.02, 111, np.where(smooth(rng, n, 8) > 0.03, 122, 2)).astype(np.uint8)
    return {
        "boundary": layer([shapely.box(WEST, SOUTH, WEST + side_m, SOUTH + side_m)], name=["Colle"], code=["011999"]),
        "elevation": raster(RELIEF_M * scaled(smooth(rng, n, 60)).astype(np.float32), side_m),
        "soil_consumption": (Edition(2023, raster(consumed, side_m)),),
        "land_use": (Edition(2019, layer(sections, code=rng.choice(["211", "242", "112", "311"], len(sections)))),),
        "public_land": layer(lots, name=[f"Area {place}" for place in range(len(lots))]),
        "contaminated_sites": layer(boxes(rng, side_m, 4, 600.0), name=[*"abcd"]),
        "streets": layer(roads, kind=["primary" if place % 4 == 0 else "residential" for place in range(len(roads))]),
        "railways": layer(roads[5:6], name=["ferrovia"]),
        "water_points": layer(shapely.centroid(boxes(rng, side_m, 60, 10.0)), name=[""] * 60),
        "census": (Edition(2021, layer(sections, population=rng.integers(0, 80, len(sections)))),),
        "buildings": layer(boxes(rng, side_m, 4000, 25.0), use=["residenziale"] * 4000),
        "landslide_hazard": layer(boxes(rng, side_m, 60, 300.0), **{"class": rng.choice(["P1", "P2", "P3", "P4"], 60)}),
        "flood_hazard": layer(boxes(rng, side_m, 20, 600.0), **{"class": rng.choice(["P1", "P2", "P3"], 20)}),
    }


def layer(shapes: Any, **columns: Any) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=UTM)


def raster(cells: np.ndarray, side_m: float) -> ArrayRaster:
    corner = Affine(CELL_M, 0.0, WEST - AROUND_M, 0.0, -CELL_M, SOUTH + side_m + AROUND_M)
    return ArrayRaster(np.ma.masked_array(cells), Grid(UTM, corner, *cells.shape[::-1]))


def smooth(rng: np.random.Generator, n: int, over: float) -> np.ndarray:
    return gaussian_filter(rng.standard_normal((n, n)), over)


def scaled(cells: np.ndarray) -> np.ndarray:
    return (cells - cells.min()) / (cells.max() - cells.min())


def tiles(side_m: float, across: int, share: float) -> np.ndarray:
    """Return squares of which each fills ``share`` of its tile's side."""
    step = side_m / across
    x, y = (each.ravel() * step for each in np.meshgrid(np.arange(across), np.arange(across)))
    return shapely.box(WEST + x, SOUTH + y, WEST + x + share * step, SOUTH + y + share * step)


def boxes(rng: np.random.Generator, side_m: float, count: int, most_m: float) -> np.ndarray:
    x, y = rng.uniform(0.0, side_m - most_m, (2, count))
    width, height = rng.uniform(0.3 * most_m, most_m, (2, count))
    return shapely.box(WEST + x, SOUTH + y, WEST + x + width, SOUTH + y + height)


def streets(side_m: float) -> list[shapely.LineString]:
    starts = np.arange(0.0, side_m, side_m / 12)
    return [shapely.LineString([(WEST + x, SOUTH), (WEST + x + 300 * np.sin(x), SOUTH + side_m)]) for x in starts]
