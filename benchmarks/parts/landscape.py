"""Made-up layers for benchmarks: seeded, valid, without overlaps, with winding outlines. Not real Italian data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

WEST, SOUTH = 480_000.0, 4_900_000.0
HECTARE_M = 100.0
FIELD_VERTICES, NEIGHBOURHOOD_VERTICES, BLOB_VERTICES = 41, 143, 100


@dataclass(frozen=True)
class Layer:
    """Polygons and the class of each."""

    name: str
    polygons: np.ndarray
    classes: np.ndarray
    n_classes: int


def landscape(fields: int, side_m: float, seed: int) -> list[Layer]:
    """Return neighbourhoods (the ground), zones, land use and hazard over a winding square of ``side_m``.

    Land use has ``fields`` polygons and hazard two fifths of that, as a large commune or, thirty times, a region has.
    Hazard leaves about half of the ground free. All have about 41 vertices a polygon, hazard 100, neighbourhoods 143.
    """
    rng = np.random.default_rng(seed)
    neighbourhoods = coverage(max(fields // 170, 4), NEIGHBOURHOOD_VERTICES, side_m, rng)
    zones, uses = (coverage(n, FIELD_VERTICES, side_m, rng) for n in (fields // 5, fields))
    blobs = shrunk(coverage(2 * fields // 5, BLOB_VERTICES, side_m, rng))
    return [
        Layer("neighbourhood", neighbourhoods, np.arange(len(neighbourhoods)), len(neighbourhoods)),
        classed("zone", zones, 12, rng),
        classed("land_use", uses, 44, rng),
        classed("hazard", blobs, 5, rng),
    ]


def classed(name: str, polygons: np.ndarray, n_classes: int, rng: np.random.Generator) -> Layer:
    return Layer(name, polygons, rng.integers(0, n_classes, len(polygons)), n_classes)


def coverage(count: int, vertices: int, side_m: float, rng: np.random.Generator) -> np.ndarray:
    """Return ``count`` polygons that tile a square with winding inner borders, its sides straight."""
    seeds = shapely.MultiPoint(rng.uniform(0.0, side_m, (count, 2)))
    frame = shapely.box(0.0, 0.0, side_m, side_m)
    cells = shapely.intersection(shapely.get_parts(shapely.voronoi_polygons(seeds, extend_to=frame)), frame)
    cells = shapely.segmentize(cells, shapely.length(cells).mean() / vertices)
    wave, turn = 0.03 * side_m / np.sqrt(count), rng.uniform(0.0, 6.28, 2)

    def warp(xy: np.ndarray) -> np.ndarray:
        still = np.minimum(xy, side_m - xy).min(axis=1, keepdims=True).clip(0.0, wave) / wave
        return np.round(xy + wave * still * np.sin(xy[:, ::-1] / (1.5 * wave) + turn), 3) + np.array((WEST, SOUTH))

    warped = shapely.transform(cells, warp)
    return warped[shapely.is_valid(warped)]


def shrunk(cells: np.ndarray) -> np.ndarray:
    """Return the cells drawn in by a seventh of their size, some with a hole: blobs that touch nowhere."""
    step = np.sqrt(shapely.area(cells)) / 7.0
    blobs, holes = shapely.buffer(cells, -step, quad_segs=2), shapely.buffer(cells, -3.0 * step, quad_segs=2)
    holed = np.arange(len(cells)) % 5 == 0
    blobs[holed] = shapely.difference(blobs[holed], holes[holed])
    return blobs[shapely.area(blobs) > 0.0]
