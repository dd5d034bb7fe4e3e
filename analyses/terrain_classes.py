"""Slope and elevation classes on the cells of another grid.

Classes: ``soil_overlay_classes.csv``. Slope is the steepest gradient, in percent, by Horn's method (1981) over the
3 × 3 cells of the elevation raster; a cell without all of its neighbours has no slope. A cell of the other grid takes
the classes of the elevation cell its centre lies in: soil is never resampled, areas close, and the border between two
classes is off by less than a cell. On the elevation raster's own grid nothing is off.

Source: B. K. P. Horn, «Hill shading and the reflectance map», Proc. IEEE 69 (1981).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod, Transformer

from layers.codelist import Row, rows
from layers.crs import geographic_bounds, transformer
from layers.grid import Grid, Window
from layers.raster import Raster

SLOPES: tuple[Row, ...] = tuple(row for row in rows("soil_overlay_classes") if row["overlay"] == "slope")
ELEVATIONS: tuple[Row, ...] = tuple(row for row in rows("soil_overlay_classes") if row["overlay"] == "elevation")
N_SLOPES, N_ELEVATIONS = len(SLOPES) + 1, len(ELEVATIONS) + 1
"""Classes and, last, ground without one."""

_ROWS_AT_ONCE = 256
_ELLIPSOID = Geod(ellps="GRS80")

Floats = NDArray[np.float64]
Codes = NDArray[np.integer[Any]]


def slope_pct(heights: np.ma.MaskedArray, cell_m: tuple[float, float]) -> Floats:
    """Return the slope of the inner cells of (rows, columns) of heights in metres, NaN where a neighbour is missing.

    ``cell_m`` is the width and the height of a cell. The result is two rows and two columns smaller.
    """
    z = np.ma.filled(heights.astype(np.float64), np.nan)
    across = (z[:-2, 2:] + 2 * z[1:-1, 2:] + z[2:, 2:]) - (z[:-2, :-2] + 2 * z[1:-1, :-2] + z[2:, :-2])
    along = (z[2:, :-2] + 2 * z[2:, 1:-1] + z[2:, 2:]) - (z[:-2, :-2] + 2 * z[:-2, 1:-1] + z[:-2, 2:])
    steepness: Floats = 100.0 * np.hypot(across / (8 * cell_m[0]), along / (8 * cell_m[1]))
    return np.where(np.isnan(z[1:-1, 1:-1]), np.nan, steepness)


def classed(values: Floats, classes: tuple[Row, ...]) -> Codes:
    """Return the class of each value, by upper limits that belong to the class below; NaN is in the one after all."""
    limits = np.array([float(row["max"] or "inf") for row in classes])
    return np.searchsorted(limits, values, side="left").astype(np.uint16)


@dataclass(frozen=True)
class Terrain:
    """Slope and elevation classes as codes on ``grid``: slope class × ``N_ELEVATIONS`` + elevation class."""

    elevation: Raster
    grid: Grid

    @property
    def n_codes(self) -> int:
        """How many combinations of classes there are."""
        return N_SLOPES * N_ELEVATIONS

    def read(self, window: Window) -> Codes:
        """Return the code of every cell of ``window``, also beyond the grid."""
        codes = np.empty((window.height, window.width), dtype=np.uint16)
        for top in range(0, window.height, _ROWS_AT_ONCE):
            count = min(_ROWS_AT_ONCE, window.height - top)
            codes[top : top + count] = self._codes(Window(window.col, window.row + top, window.width, count))
        return codes

    def _codes(self, window: Window) -> Codes:
        cols, rows_ = self._places(window)
        block = self._block(cols, rows_)
        codes = np.full(cols.shape, self.n_codes - 1, dtype=np.uint16)
        if not block.width or not block.height:
            return codes
        inside = (
            (cols >= block.col) & (cols < block.col + block.width)
            & (rows_ >= block.row) & (rows_ < block.row + block.height)
        )  # fmt: skip
        found = self._classes(block)
        codes[inside] = found[rows_[inside] - block.row, cols[inside] - block.col]
        return codes

    def _places(self, window: Window) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the column and row of the elevation cell under the centre of each cell of ``window``."""
        row, col = np.indices((window.height, window.width)) + 0.5
        x, y = self.grid.transform @ (col + window.col, row + window.row)
        if self._move is not None:
            x, y = self._move.transform(x, y)
        cols, rows_ = ~self.elevation.grid.transform @ (x, y)
        known = np.isfinite(cols) & np.isfinite(rows_)
        cols, rows_ = (np.where(known, np.floor(place), -1).astype(np.int64) for place in (cols, rows_))
        return cols, rows_

    def _block(self, cols: NDArray[np.int64], rows_: NDArray[np.int64]) -> Window:
        """Return the elevation cells that are asked for, cut to the raster."""
        grid = self.elevation.grid
        left, top = max(0, int(cols.min())), max(0, int(rows_.min()))
        right, bottom = min(grid.width, int(cols.max()) + 1), min(grid.height, int(rows_.max()) + 1)
        return Window(left, top, max(0, right - left), max(0, bottom - top))

    def _classes(self, block: Window) -> Codes:
        heights = self._with_rim(block)
        levels = classed(np.ma.filled(heights[1:-1, 1:-1].astype(np.float64), np.nan), ELEVATIONS)
        slopes = classed(slope_pct(heights, self._cell_m(block)), SLOPES)
        codes: Codes = slopes * np.uint16(N_ELEVATIONS) + levels
        return codes

    def _with_rim(self, block: Window) -> np.ma.MaskedArray:
        """Return the heights of ``block`` and of one cell around it, masked beyond the raster."""
        grid = self.elevation.grid
        left, top = min(1, block.col), min(1, block.row)
        right, bottom = min(1, grid.width - block.col - block.width), min(1, grid.height - block.row - block.height)
        wide = Window(block.col - left, block.row - top, block.width + left + right, block.height + top + bottom)
        heights = np.ma.array(np.zeros((block.height + 2, block.width + 2)), mask=True)
        heights[1 - top : 1 - top + wide.height, 1 - left : 1 - left + wide.width] = self.elevation.read(wide)
        return heights

    def _cell_m(self, block: Window) -> tuple[float, float]:
        """Return the width and height of a cell in metres; of a grid in degrees, those in the middle of ``block``."""
        grid = self.elevation.grid
        if not grid.crs.is_geographic:
            unit_m = grid.crs.axis_info[0].unit_conversion_factor
            turn = grid.transform
            return float(np.hypot(turn.a, turn.d)) * unit_m, float(np.hypot(turn.b, turn.e)) * unit_m
        middle = (block.col + block.width / 2, block.row + block.height / 2)
        here, right, below = (
            grid.transform @ (middle[0] + col, middle[1] + row) for col, row in ((0, 0), (1, 0), (0, 1))
        )
        width_m, height_m = (_ELLIPSOID.inv(*here, *there)[2] for there in (right, below))
        return width_m, height_m

    @cached_property
    def _move(self) -> Transformer | None:
        ours, theirs = self.grid, self.elevation.grid
        if ours.crs == theirs.crs:
            return None
        return transformer(ours.crs, theirs.crs, geographic_bounds(ours.bounds, ours.crs), theirs.datum_grids)
