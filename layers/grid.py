"""Where the cells of a raster lie."""

from __future__ import annotations

import math
from dataclasses import dataclass

from affine import Affine
from pyproj import CRS

from layers.datum_grids import DatumGrids

_MISS = 1e-6
"""Cells of two grids lie on each other if they miss by no more than this share of a cell."""


@dataclass(frozen=True)
class Window:
    """A block of cells: its first column and row, its width and height in cells."""

    col: int
    row: int
    width: int
    height: int


@dataclass(frozen=True)
class Grid:
    """``transform`` maps (column, row) of a cell *corner* to coordinates of ``crs``.

    ``datum_grids`` are those of the study, for the way between ``crs`` and the CRS of the study.
    """

    crs: CRS
    transform: Affine
    width: int
    height: int
    datum_grids: DatumGrids = ()

    @property
    def whole(self) -> Window:
        """The window of all cells."""
        return Window(0, 0, self.width, self.height)

    @property
    def cell_size(self) -> float:
        """Length of a cell's side, in units of the CRS (the longer side if they differ)."""
        return max(math.hypot(self.transform.a, self.transform.d), math.hypot(self.transform.b, self.transform.e))

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top in the CRS."""
        corners = [self.transform @ xy for xy in ((0, 0), (self.width, 0), (0, self.height), (self.width, self.height))]
        xs, ys = zip(*corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def window_over(self, bounds: tuple[float, float, float, float]) -> Window:
        """Return the smallest window of whole cells over ``bounds``, cut to the grid; it may be empty."""
        left, bottom, right, top = bounds
        inverse = ~self.transform
        cols, rows = zip(
            *(inverse @ xy for xy in ((left, top), (right, top), (left, bottom), (right, bottom))),
            strict=True,
        )
        first_col, first_row = max(0, math.floor(min(cols))), max(0, math.floor(min(rows)))
        last_col, last_row = min(self.width, math.ceil(max(cols))), min(self.height, math.ceil(max(rows)))
        return Window(first_col, first_row, max(0, last_col - first_col), max(0, last_row - first_row))

    def part(self, window: Window) -> Grid:
        """Return the grid of ``window`` alone."""
        shifted = self.transform @ Affine.translation(window.col, window.row)
        return Grid(self.crs, shifted, window.width, window.height, self.datum_grids)

    def offset_to(self, other: Grid) -> tuple[int, int] | None:
        """Return the column and row at which ``other`` begins, None where its cells do not lie on these.

        To a millionth of a cell at the first corner of ``other`` and at its last.
        """
        if self.crs != other.crs:
            return None
        inverse = ~self.transform
        col, row = inverse @ (other.transform @ (0, 0))
        last_col, last_row = inverse @ (other.transform @ (other.width, other.height))
        offset = (round(col), round(row))
        gaps = (
            col - offset[0],
            row - offset[1],
            last_col - offset[0] - other.width,
            last_row - offset[1] - other.height,
        )
        return offset if max(map(abs, gaps)) <= _MISS and self._is_parallel_to(other) else None

    def _is_parallel_to(self, other: Grid) -> bool:
        ours, theirs = self.transform, other.transform
        apart = (ours.a - theirs.a, ours.b - theirs.b, ours.d - theirs.d, ours.e - theirs.e)
        return max(map(abs, apart)) <= _MISS * self.cell_size

    def matches(self, other: Grid) -> bool:
        """Tell whether cells of both lie exactly on each other (to a millionth of a cell)."""
        return (
            self.crs == other.crs
            and (self.width, self.height) == (other.width, other.height)
            and self.transform.almost_equals(other.transform, precision=self.cell_size * 1e-6)
        )
