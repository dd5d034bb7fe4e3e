"""Outlines seen from a raster's grid, and how large each of its cells is in the outlines' own CRS.

A cell of one projection is not equally large everywhere in another: between a transverse Mercator and the
European equal-area grid the ratio drifts by about 3e-9 per metre, so plain shares of cells add up to
different totals in different partitions of the same land. Here each cell is weighed by its own area in the
outlines' CRS.

Method: the area is one over the determinant of the Jacobian of outlines' CRS -> (column, row), by central
differences over 400 m of the very transformation that moves the outlines, so that a change of datum counts
too (PROJ's own areal scale does not know it, and is a difference as well); at 16 Chebyshev nodes over each outline,
with a cubic through them. From EPSG:7791 over 12 km the cubic is off by 3e-11 at most on EPSG:3035, where the scale
drifts by 4e-5, and by 1e-11 on degrees, where it drifts by 2e-3.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from geopandas import GeoSeries
from numpy.typing import NDArray

from analyses.kernels.coverage import CellWeights, to_cells
from layers.crs import geographic_bounds, name_of, transformer
from layers.grid import Grid
from layers.problems import Problem, PucError
from layers.text import Text, same

EDGE_M = 20.0
"""Longest edge before reprojection: the bow left between a straight edge and its image is then about a
micrometre between two projections, and about 10 micrometres from a projection to degrees."""

STEP_M = 200.0
"""Half the distance of the differences: shorter ones lose digits, longer ones see the curvature."""

Movement = Callable[[NDArray[np.float64]], NDArray[np.float64]]


@dataclass(frozen=True)
class Outlines:
    """Polygons in (column, row) of a grid; ``weights`` is None where all cells are equally large."""

    polygons: NDArray[np.object_]
    weights: CellWeights | None


def outlines_on(grid: Grid, units: GeoSeries) -> Outlines:
    """Move polygons to the cells of ``grid``, edges densified, with the area of its cells in their CRS (m²).

    Parameters
    ----------
    grid : of any CRS, geographic ones too
    units : non-empty polygons in a metric CRS

    Raises
    ------
    PucError
        If no operation links the two CRS here, or a unit lies where the grid's CRS is not defined.
    """
    polygons = np.asarray(units.array, dtype=object)
    if units.crs == grid.crs:
        return Outlines(shapely.transform(polygons, lambda points: to_cells(points, grid.transform)), None)
    move = _movement(units, grid)
    moved = shapely.transform(densified(polygons, EDGE_M), move)
    return Outlines(moved, cell_weights(shapely.bounds(polygons), move))


def densified(polygons: NDArray[np.object_], edge: float) -> NDArray[np.object_]:
    """Return polygons (as multipolygons) with no edge longer than ``edge``, each divided evenly.

    ``edge`` is in the unit of their coordinates (m, degrees or cells).

    GEOS does it too, but buffers what it then finds invalid: of a polygon with a spike thinner than rounding next to
    nothing is left.
    """
    several = np.append(polygons, shapely.MultiPolygon())
    kind, points, (ring_points, part_rings, polygon_parts) = shapely.to_ragged_array(several, include_z=False)
    steps = np.diff(points, axis=0, append=points[-1:])
    pieces = np.maximum(np.ceil(np.hypot(*steps.T) / edge), 1.0).astype(np.int64)
    pieces[ring_points[1:] - 1] = 1
    begins = np.append(0, np.cumsum(pieces))
    point = np.repeat(np.arange(len(points)), pieces)
    share = (np.arange(begins[-1]) - begins[point]) / pieces[point]
    offsets = (begins[ring_points], part_rings, polygon_parts)
    return shapely.from_ragged_array(kind, points[point] + share[:, None] * steps[point], offsets)[:-1]


def cell_weights(bounds: NDArray[np.float64], move: Movement) -> CellWeights:
    """Fit, for each of (n, 4) ``bounds`` in metres, the area in m² of the cells that ``move`` leads to."""
    nodes = _nodes(bounds)
    places = move(nodes.reshape(-1, 2)).reshape(nodes.shape)
    low, high = places.min(axis=1), places.max(axis=1)
    centre, half = (low + high) / 2, (high - low) / 2
    areas = _cell_area(nodes.reshape(-1, 2), move).reshape(len(bounds), 16, 1)
    terms = _monomials((places - centre[:, None]) / half[:, None])
    fit = np.linalg.solve(terms.mT @ terms, terms.mT @ areas)[:, :, 0]
    return CellWeights(fit.astype(np.float64), centre, half)


def _nodes(bounds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (n, 16, 2) Chebyshev nodes over the square around each box.

    Over the box itself the nodes of a long and thin unit would, once turned, lie almost in one line.
    """
    low, high = bounds[:, :2], bounds[:, 2:]
    side = np.maximum((high - low).max(axis=1), 1.0)
    along = np.cos(np.pi * (2 * np.arange(4) + 1) / 8)
    square = np.stack(np.meshgrid(along, along), axis=2).reshape(16, 2)
    return ((low + high) / 2)[:, None] + square * side[:, None, None] / 2


def _monomials(places: NDArray[np.float64]) -> NDArray[np.float64]:
    u, v = places[..., 0], places[..., 1]
    return np.stack([u**0, u, v, u**2, u * v, v**2, u**3, u**2 * v, u * v**2, v**3], axis=-1)


def _cell_area(points: NDArray[np.float64], move: Movement) -> NDArray[np.float64]:
    """Return the area of the cell at each of (n, 2) points, in the points' own square metres."""
    steps = np.array([[STEP_M, 0.0], [-STEP_M, 0.0], [0.0, STEP_M], [0.0, -STEP_M]])
    around = move((points[:, None] + steps).reshape(-1, 2)).reshape(-1, 4, 2)
    (a, b), (c, d) = (around[:, 0] - around[:, 1]).T, (around[:, 2] - around[:, 3]).T
    return (2 * STEP_M) ** 2 / np.abs(a * d - b * c)


def _movement(units: GeoSeries, grid: Grid) -> Movement:
    """Return the way from coordinates of the units to (column, row), by the best operation in their place."""
    area = geographic_bounds(tuple(units.total_bounds), units.crs)
    how = transformer(units.crs, grid.crs, area, grid.datum_grids)

    def move(points: NDArray[np.float64]) -> NDArray[np.float64]:
        there = np.column_stack(how.transform(points[:, 0], points[:, 1]))
        if not np.isfinite(there).all():
            raise PucError(_out_of_use(grid))
        return to_cells(there, grid.transform)

    return move


def _out_of_use(grid: Grid) -> Problem:
    return Problem(
        "raster-crs-elsewhere",
        same(name_of(grid.crs)),
        Text(
            "le unità sono fuori dal luogo in cui vale il sistema di riferimento del raster.",
            "the units lie where the raster's CRS is not defined.",
        ),
        Text("Le celle non si possono assegnare alle unità.", "Cells can't be assigned to units."),
        Text("Verificare il sistema di riferimento del raster.", "Check the raster's CRS."),
    )
