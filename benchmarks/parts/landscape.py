"""Made-up layers for benchmarks: seeded, valid, without overlaps, with winding outlines. Not real Italian data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

WEST, SOUTH = 480_000.0, 4_900_000.0
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
    neighbourhoods = winding(cells_of(max(fields // 170, 4), side_m, rng), NEIGHBOURHOOD_VERTICES, rng)
    zones, uses = (winding(cells_of(n, side_m, rng), FIELD_VERTICES, rng) for n in (fields // 5, fields))
    blobs = winding(drawn_in(cells_of(2 * fields // 5, side_m, rng)), BLOB_VERTICES, rng)
    return [
        Layer("neighbourhood", neighbourhoods, np.arange(len(neighbourhoods)), len(neighbourhoods)),
        classed("zone", zones, 12, rng),
        classed("land_use", uses, 44, rng),
        classed("hazard", blobs, 5, rng),
    ]


def classed(name: str, polygons: np.ndarray, n_classes: int, rng: np.random.Generator) -> Layer:
    return Layer(name, polygons, rng.integers(0, n_classes, len(polygons)), n_classes)


def cells_of(count: int, side_m: float, rng: np.random.Generator) -> np.ndarray:
    """Return ``count`` convex cells that tile a square of ``side_m``."""
    corner = np.array((WEST, SOUTH))
    return nearest(corner + rng.uniform(0.0, side_m, (count, 2)), np.concatenate((corner, corner + side_m)))


def nearest(seeds: np.ndarray, frame: np.ndarray) -> np.ndarray:
    """Return the ground nearest to each of ``seeds`` (n, 2) inside ``frame`` (4,): convex cells."""
    square = shapely.box(*frame)
    return shapely.intersection(
        shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=square)), square
    )


def drawn_in(cells: np.ndarray) -> np.ndarray:
    """Return convex cells shrunk to three quarters, every fifth with a hole: they touch nowhere."""
    blobs, holes = scaled(cells, 0.75), scaled(cells, 0.3)
    holed = np.arange(len(cells)) % 5 == 0
    blobs[holed] = shapely.difference(blobs[holed], holes[holed])
    return blobs


def scaled(cells: np.ndarray, factor: float) -> np.ndarray:
    """Return each cell scaled around its centre."""
    points, cell = shapely.get_coordinates(cells, return_index=True)
    centres = shapely.get_coordinates(shapely.centroid(cells))[cell]
    return shapely.set_coordinates(cells.copy(), centres + factor * (points - centres))


def winding(cells: np.ndarray, vertices: int, rng: np.random.Generator) -> np.ndarray:
    """Return the cells with winding borders of about ``vertices`` points each; the sides of the whole stay straight."""
    frame, step = shapely.total_bounds(cells), np.median(shapely.length(cells)) / vertices
    wave, turn, corner = 1.2 * step, rng.uniform(0.0, 6.28, 2), frame[:2]
    calm = 4.0 * wave  # swaying dies down this near to the sides, gently, so that nothing folds

    def warp(xy: np.ndarray) -> np.ndarray:
        still = np.minimum(xy - corner, frame[2:] - xy).min(axis=1, keepdims=True).clip(0.0, calm) / calm
        return np.round(xy + wave * still * np.sin((xy - corner)[:, ::-1] / (1.5 * wave) + turn), 3)

    return shapely.transform(shapely.segmentize(cells, step), warp)
