"""Rasters of the study at the centres of the ground's cells."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analyses.gardens.ground import Rows, Strip
from analyses.progress import Report, silent, tracked
from layers.crs import geographic_bounds, transformer
from layers.grid import Grid, Window
from layers.raster import Raster
from layers.text import Text

READING = Text("Lettura dei raster", "Reading rasters")

_ROWS_AT_ONCE, _CELLS_AT_ONCE = 256, 500_000

Cells = NDArray[np.float32]
Floats = NDArray[np.float64]


def heights_on(raster: Raster, grid: Grid, over: Rows, report: Report = silent) -> Cells:
    """Return the heights at the centres of rows of ``grid``, bilinear between those of ``raster``; NaN without any."""
    found = np.full((over.last - over.first, grid.width), np.nan, np.float32)
    cols = np.arange(grid.width)
    for first in tracked(range(over.first, over.last, _ROWS_AT_ONCE), report, READING):
        rows = np.arange(first, min(first + _ROWS_AT_ONCE, over.last))
        places = np.column_stack([np.repeat(rows, grid.width), np.tile(cols, len(rows))])
        found[rows - over.first] = _bilinear(raster, *_places(raster, grid, places)).reshape(len(rows), grid.width)
    return found


def classes_on(raster: Raster, strip: Strip, report: Report = silent) -> Cells:
    """Return the code that ``raster`` (in any CRS) has at the centre of each cell inside, NaN where it has none.

    (cells of the strip,), in their order; ``report`` may raise Cancelled.
    """
    inside, grid = strip.ground.cells[strip.some], strip.ground.grid
    found = np.full(len(inside), np.nan, np.float32)
    for first in tracked(range(0, len(inside), _CELLS_AT_ONCE), report, READING):
        some = slice(first, first + _CELLS_AT_ONCE)
        col, row = _places(raster, grid, inside[some])
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
