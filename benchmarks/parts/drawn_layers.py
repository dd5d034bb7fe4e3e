"""Made-up layers to be drawn: seeded, in a frame as wide as the picture. Not real Italian data."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from benchmarks.parts.landscape import SOUTH, WEST, nearest, scaled, winding

WIDTH_M, HEIGHT_M = 16_000.0, 10_000.0
CLASSES = 10
COVER_VERTICES = 60
FRAME = np.array((WEST, SOUTH, WEST + WIDTH_M, SOUTH + HEIGHT_M))


def cells(count: int, rng: np.random.Generator) -> np.ndarray:
    """Return ``count`` convex cells that tile the frame."""
    return nearest(rng.uniform(FRAME[:2], FRAME[2:], (count, 2)), FRAME)


def buildings(count: int, rng: np.random.Generator) -> np.ndarray:
    """Return convex footprints that touch nowhere."""
    return scaled(cells(count, rng), 0.5)


def land_cover(count: int, rng: np.random.Generator) -> np.ndarray:
    """Return winding areas without gaps, about ``COVER_VERTICES`` points each."""
    return winding(cells(count, rng), COVER_VERTICES, rng)


def streets(count: int, rng: np.random.Generator) -> np.ndarray:
    """Return lines of seven points, some 150 m long, that wander a little."""
    starts = rng.uniform(FRAME[:2], FRAME[2:], (count, 1, 2))
    turns = rng.uniform(0.0, 2.0 * np.pi, (count, 1)) + np.cumsum(rng.normal(0.0, 0.3, (count, 6)), axis=1)
    steps = 25.0 * np.stack([np.cos(turns), np.sin(turns)], axis=2)
    return shapely.linestrings(np.concatenate([starts, starts + np.cumsum(steps, axis=1)], axis=1))


LAYERS = {
    "20k buildings": (buildings, 20_000),
    "100k land cover": (land_cover, 100_000),
    "500k parcels": (cells, 500_000),
    "200k streets": (streets, 200_000),
}


def layer(name: str) -> gpd.GeoDataFrame:
    """Return one of ``LAYERS`` with the class of each feature."""
    make, count = LAYERS[name]
    rng = np.random.default_rng(20_260_101 + count)
    shapes = make(count, rng)
    return gpd.GeoDataFrame({"kind": rng.integers(0, CLASSES, len(shapes))}, geometry=shapes, crs=7791)


def soil_cells(side: int) -> np.ndarray:
    """Return classes in patches of five cells with single cells strewn in."""
    rng = np.random.default_rng(20_260_101)
    patches = rng.integers(0, CLASSES, (side // 5, side // 5), dtype=np.uint8).repeat(5, 0).repeat(5, 1)
    single = rng.random((side, side)) < 0.1
    return np.where(single, rng.integers(0, CLASSES, (side, side), dtype=np.uint8), patches)
