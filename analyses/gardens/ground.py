"""The ground of the study as cells of one grid, each with the exact part of it that lies inside the boundary."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import rasterio.features
import shapely
from affine import Affine
from geopandas import GeoSeries
from numpy.typing import NDArray
from pyproj import CRS

from analyses.progress import Report, silent, tracked
from layers.crs import geographic_bounds, transformer
from layers.grid import Grid, Window
from layers.raster import ArrayRaster, Raster
from layers.text import Text

MARGIN_M = 2000.0
"""How far around the boundary things still count: terrain that throws shade, a road, a fountain."""

MOST_CELLS = 64_000_000
READING = Text("Lettura dei raster", "Reading rasters")

_LEAST_SHARE = 1e-9
_ROWS_AT_ONCE, _CELLS_AT_ONCE = 256, 500_000

T = TypeVar("T", bound=np.generic)

Cells = NDArray[np.float32]
Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Ground:
    """``cells`` (n, 2) are row and column of every cell of ``grid`` that the boundary meets.

    ``area_m2`` (n,) is what of each lies inside; together they are the boundary's area. ``grid`` has a margin around.
    """

    grid: Grid
    boundary: shapely.Geometry
    cells: NDArray[np.int64]
    area_m2: Floats

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the grid."""
        return self.grid.height, self.grid.width

    @property
    def cell_m(self) -> float:
        """Side of a cell."""
        return self.grid.cell_size

    def at(self, values: NDArray[T]) -> NDArray[T]:
        """Return what an array over the grid has at the cells inside."""
        return values[self.cells[:, 0], self.cells[:, 1]]

    @cached_property
    def inner(self) -> Grid:
        """The grid without its margin."""
        (top, left), (bottom, right) = self.cells.min(axis=0), self.cells.max(axis=0) + 1
        return self.grid.part(Window(int(left), int(top), int(right - left), int(bottom - top)))

    @cached_property
    def places(self) -> NDArray[np.int64]:
        """Where each cell inside lies in an array over ``inner``, row after row."""
        row, col = (self.cells - self.cells.min(axis=0)).T
        return np.asarray(row * self.inner.width + col)

    def spread(self, values: NDArray[T], outside: float | int) -> NDArray[T]:
        """Return an array over ``inner`` with ``values`` (n,) at the cells inside."""
        whole = np.full(self.inner.height * self.inner.width, outside, values.dtype)
        whole[self.places] = values
        return whole.reshape(self.inner.height, self.inner.width)

    def raster(self, values: NDArray[Any]) -> ArrayRaster:
        """Return ``values`` (n,) as a raster without the margin, masked outside the boundary and where not a number."""
        is_there = np.isfinite(values)
        cells = self.spread(np.where(is_there, values, 0).astype(values.dtype), 0)
        return ArrayRaster(np.ma.array(cells, mask=~self.spread(is_there, False)), self.inner)

    def touched(self, shapes: NDArray[np.object_]) -> Truths:
        """Return the cells of the whole grid that points, lines or polygons touch."""
        return burnt(shapes, self.grid, all_touched=True) > 0

    def numbered(self, shapes: NDArray[np.object_], values: NDArray[np.integer] | None = None) -> NDArray[np.int32]:
        """Return for each cell (n,) 1, or the number of ``values``, where its centre is in a shape; the last wins."""
        return burnt(shapes, self.inner, all_touched=False, values=values).ravel()[self.places]

    def inside(self, shapes: NDArray[np.object_]) -> Truths:
        """Tell which cells (n,) have their centre in one of ``shapes``."""
        return np.asarray(self.numbered(shapes) > 0)


def cells_needed(bounds: tuple[float, float, float, float], cell_m: float) -> float:
    """Return how many cells the grid over ``bounds`` would have, margin and all."""
    left, bottom, right, top = bounds
    return ((right - left + 2 * MARGIN_M) / cell_m) * ((top - bottom + 2 * MARGIN_M) / cell_m)


def ground_of(boundary: GeoSeries, whole: shapely.Geometry, cell_m: float) -> Ground:
    """Return the cells of ``boundary`` (metric CRS); their corners lie on whole multiples of ``cell_m``."""
    from analyses.kernels.coverage import class_areas

    left, bottom, right, top = whole.bounds
    first_col, last_row = math.floor((left - MARGIN_M) / cell_m), math.ceil((top + MARGIN_M) / cell_m)
    width = math.ceil((right + MARGIN_M) / cell_m) - first_col
    height = last_row - math.floor((bottom - MARGIN_M) / cell_m)
    transform = Affine(cell_m, 0.0, first_col * cell_m, 0.0, -cell_m, last_row * cell_m)
    grid = Grid(CRS(boundary.crs), transform, width, height)
    # Every cell is a class of its own: so each comes with its exact share.
    own = np.arange(width * height, dtype=np.int32).reshape(height, width)
    share = class_areas(np.array([whole]), own, transform, width * height)[0]
    met = np.flatnonzero(share > _LEAST_SHARE)
    area_m2 = share[met] * (float(shapely.area(whole)) / share[met].sum())
    return Ground(grid, whole, np.column_stack(np.divmod(met, width)), area_m2)


def burnt(
    shapes: NDArray[np.object_], grid: Grid, *, all_touched: bool, values: NDArray[np.integer] | None = None
) -> NDArray[np.int32]:
    """Return a number for each cell: 1, or the shape's of ``values``; 0 where there is none. The last shape wins."""
    numbers = np.ones(len(shapes), np.int32) if values is None else values
    there = [
        (shape, int(number)) for shape, number in zip(shapes, numbers, strict=True) if shape and not shape.is_empty
    ]
    if not there:
        return np.zeros((grid.height, grid.width), np.int32)
    return rasterio.features.rasterize(
        there, (grid.height, grid.width), transform=grid.transform, all_touched=all_touched, dtype="int32"
    )


def heights_on(raster: Raster, grid: Grid, report: Report = silent) -> Cells:
    """Return the heights at the centres of ``grid``, bilinear between those of ``raster``; NaN where it has none."""
    found = np.full((grid.height, grid.width), np.nan, np.float32)
    cols = np.arange(grid.width)
    for first in tracked(range(0, grid.height, _ROWS_AT_ONCE), report, READING):
        rows = np.arange(first, min(first + _ROWS_AT_ONCE, grid.height))
        places = np.column_stack([np.repeat(rows, grid.width), np.tile(cols, len(rows))])
        found[rows] = _bilinear(raster, *_places(raster, grid, places)).reshape(len(rows), grid.width)
    return found


def classes_on(raster: Raster, ground: Ground, report: Report = silent) -> Cells:
    """Return what ``raster`` has at the centre of each cell inside, NaN where nothing."""
    found = np.full(len(ground.cells), np.nan, np.float32)
    for first in tracked(range(0, len(ground.cells), _CELLS_AT_ONCE), report, READING):
        some = slice(first, first + _CELLS_AT_ONCE)
        col, row = _places(raster, ground.grid, ground.cells[some])
        found[some] = _read(raster, np.floor(col).astype(np.int64), np.floor(row).astype(np.int64))
    return found


def _places(raster: Raster, grid: Grid, cells: NDArray[np.integer]) -> tuple[Floats, Floats]:
    """Return column and row in ``raster`` of the centres of ``cells`` (row, column) of ``grid``."""
    col, row, way = cells[:, 1] + 0.5, cells[:, 0] + 0.5, grid.transform
    x, y = way.a * col + way.b * row + way.c, way.d * col + way.e * row + way.f
    if raster.grid.crs != grid.crs:
        area = geographic_bounds(grid.bounds, grid.crs)
        x, y = transformer(grid.crs, raster.grid.crs, area, raster.grid.datum_grids).transform(x, y)
    back = ~raster.grid.transform
    return back.a * x + back.b * y + back.c, back.d * x + back.e * y + back.f


def _bilinear(raster: Raster, col: Floats, row: Floats) -> Floats:
    # Half a cell along the rim there is nothing to go between: there the rim's own height holds.
    is_on = (col >= 0) & (row >= 0) & (col <= raster.grid.width) & (row <= raster.grid.height)
    u = np.where(is_on, (col - 0.5).clip(0.0, raster.grid.width - 1.0), -1.0)
    v = np.where(is_on, (row - 0.5).clip(0.0, raster.grid.height - 1.0), -1.0)
    left, top = np.floor(u).astype(np.int64), np.floor(v).astype(np.int64)
    right = np.minimum(left + 1, np.where(is_on, raster.grid.width - 1, -1))
    below = np.minimum(top + 1, np.where(is_on, raster.grid.height - 1, -1))
    across, down = u - left, v - top
    corners = _read(raster, np.stack([left, right, left, right]), np.stack([top, top, below, below]))
    upper = corners[0] * (1.0 - across) + corners[1] * across
    lower = corners[2] * (1.0 - across) + corners[3] * across
    return upper * (1.0 - down) + lower * down


def _read(raster: Raster, col: NDArray[np.int64], row: NDArray[np.int64]) -> Floats:
    """Return the cells at ``col, row``, NaN where they are masked or off the raster; one window is read."""
    is_on = (col >= 0) & (row >= 0) & (col < raster.grid.width) & (row < raster.grid.height)
    found = np.full(col.shape, np.nan)
    if is_on.any():
        left, top = int(col[is_on].min()), int(row[is_on].min())
        window = Window(left, top, int(col[is_on].max()) - left + 1, int(row[is_on].max()) - top + 1)
        cells = raster.read(window)[row[is_on] - top, col[is_on] - left]
        found[is_on] = np.ma.filled(cells.astype(float), np.nan)
    return found
