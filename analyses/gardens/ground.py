"""The ground of the study as cells of one grid, each with the exact part of it that lies inside the boundary."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import numpy as np
import shapely
from affine import Affine
from geopandas import GeoSeries
from numpy.typing import NDArray
from pyproj import CRS

from analyses.gardens.burning import burnt, in_cells
from layers.grid import Grid, Window
from layers.scratch import Growing, room_for, slices

MARGIN_M = 2000.0
"""How far around the boundary things still count: terrain that throws shade, a road, a fountain."""

ROOM_CELLS, LEAST_ROWS = 32_000_000, 512
"""How many cells of the grid are worked on at once, and at least how many rows: beyond, the ground is cut in strips."""

_LEAST_SHARE = 1e-9

T = TypeVar("T", bound=np.generic)

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]


class Rows(NamedTuple):
    """From the ``first`` row of the grid to the one before ``last``."""

    first: int
    last: int


@dataclass(frozen=True)
class Ground:
    """``cells`` (n, 2) are row and column of every cell of ``grid`` that the boundary meets, row after row.

    ``area_m2`` (n,) is what of each lies inside; together they are the boundary's area. ``grid`` has a margin around.
    """

    grid: Grid
    boundary: shapely.Geometry
    cells: NDArray[np.int32]
    area_m2: Floats

    @property
    def cell_m(self) -> float:
        """Side of a cell (m)."""
        return self.grid.cell_size

    @cached_property
    def inner(self) -> Grid:
        """The grid without its margin."""
        return self.grid.part(self._window)

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """Which of ``cells`` is the first of each row of the grid; one more, how many there are in all."""
        count = np.zeros(self.grid.height + 1, np.int64)
        for some in slices(len(self.cells)):
            count[1:] += np.bincount(self.cells[some, 0], minlength=self.grid.height)
        return np.cumsum(count)

    def of_rows(self, rows: Rows) -> slice:
        """Return which of ``cells`` lie in some rows of the grid."""
        return slice(int(self.starts[rows.first]), int(self.starts[rows.last]))

    def places(self, some: slice, window: Window) -> NDArray[np.int64]:
        """Return where some of ``cells`` lie in an array over ``window`` of the grid, row after row."""
        place = self.cells[some, 0].astype(np.int64)
        place -= window.row
        place *= window.width
        place += self.cells[some, 1]
        place -= window.col
        return place

    def area_where(self, holds: Callable[[slice], Truths]) -> float:
        """Return the area of the cells for which ``holds`` is true, which is asked piece by piece."""
        return float(sum(self.area_m2[some][holds(some)].sum() for some in slices(len(self.cells))))

    def raster(self, values: NDArray[Any]) -> GroundRaster:
        """Return ``values`` (n,) as a raster without the margin, masked outside the boundary and where not a number."""
        return GroundRaster(self, values)

    def strips(self, rim: int = 0) -> Iterator[Strip]:
        """Yield strips of rows that hold all cells, each with ``rim`` rows around it; a commune is one of them."""
        rows = max(LEAST_ROWS, ROOM_CELLS // self.grid.width - 2 * rim)
        for first in range(self._window.row, self._window.row + self._window.height, rows):
            last = min(first + rows, self._window.row + self._window.height)
            some = self.of_rows(Rows(first, last))
            if some.stop > some.start:
                yield Strip(self, Rows(max(0, first - rim), min(self.grid.height, last + rim)), some)

    def numbered(self, shapes: NDArray[np.object_], values: NDArray[np.integer] | None = None) -> NDArray[np.int32]:
        """Return for each cell (n,) 1, or the number of ``values``, where its centre is in a shape; the last wins."""
        inner, found = self._window, room_for((len(self.cells),), np.int32)
        for strip in self.strips():
            window = Window(inner.col, strip.rows.first, inner.width, strip.rows.last - strip.rows.first)
            here = burnt(shapes, self.grid, window, all_touched=False, values=values)
            found[strip.some] = here.ravel()[self.places(strip.some, window)]
        return found

    @property
    def corner(self) -> tuple[int, int]:
        """Row and column of ``grid`` at which ``inner`` begins."""
        return self._window.row, self._window.col

    @cached_property
    def _window(self) -> Window:
        (top, left), (bottom, right) = self.cells.min(axis=0), self.cells.max(axis=0) + 1
        return Window(int(left), int(top), int(right - left), int(bottom - top))


@dataclass(frozen=True)
class GroundRaster:
    """A raster over ``ground.inner`` made of ``values`` (n,) by the window, so that no second copy lies in memory."""

    ground: Ground
    values: NDArray[Any]

    @property
    def grid(self) -> Grid:
        """Where the cells lie."""
        return self.ground.inner

    @property
    def cells(self) -> np.ma.MaskedArray:
        """All cells."""
        return self.read(self.grid.whole)

    def read(self, window: Window) -> np.ma.MaskedArray:
        """Return the cells of ``window``, masked outside the boundary and where there is no number."""
        first_row, first_col = self.ground.corner
        rows = Window(first_col, first_row + window.row, self.grid.width, window.height)
        some = self.ground.of_rows(Rows(rows.row, rows.row + rows.height))
        values, at = self.values[some], self.ground.places(some, rows)
        is_there = np.isfinite(values)
        cells, mask = np.zeros(rows.width * rows.height, values.dtype), np.ones(rows.width * rows.height, np.bool_)
        cells[at], mask[at] = np.where(is_there, values, 0), ~is_there
        found = np.ma.array(cells, mask=mask).reshape(rows.height, rows.width)
        return found[:, window.col : window.col + window.width]


@dataclass(frozen=True)
class Strip:
    """Some rows of the grid, and ``some`` of the cells inside that lie in them; arrays over it have only its rows."""

    ground: Ground
    rows: Rows
    some: slice

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.rows.last - self.rows.first, self.ground.grid.width

    @cached_property
    def cells(self) -> NDArray[np.int64]:
        """Row (from the strip's first) and column of each cell inside."""
        return self.ground.cells[self.some].astype(np.int64) - (self.rows.first, 0)

    def at(self, values: NDArray[T]) -> NDArray[T]:
        """Return what an array over the strip has at the cells inside."""
        return values[self.cells[:, 0], self.cells[:, 1]]

    def touched(self, shapes: NDArray[np.object_]) -> Truths:
        """Return the cells of the whole strip that points, lines or polygons touch."""
        return burnt(shapes, self.ground.grid, self._window, all_touched=True).view(np.bool_)

    def numbered(self, shapes: NDArray[np.object_], values: NDArray[np.integer] | None = None) -> NDArray[np.int32]:
        """Return for each cell inside 1, or the number of ``values``, where its centre is in a shape; the last wins."""
        return self.at(burnt(shapes, self.ground.grid, self._window, all_touched=False, values=values)).astype(np.int32)

    def inside(self, shapes: NDArray[np.object_]) -> Truths:
        """Tell which cells inside have their centre in one of ``shapes``."""
        return np.asarray(self.numbered(shapes) > 0)

    @property
    def _window(self) -> Window:
        return Window(0, self.rows.first, self.ground.grid.width, self.rows.last - self.rows.first)


def ground_of(boundary: GeoSeries, whole: shapely.Geometry, cell_m: float) -> Ground:
    """Return the cells of ``boundary`` (metric CRS); their corners lie on whole multiples of ``cell_m``."""
    left, bottom, right, top = whole.bounds
    first_col, last_row = math.floor((left - MARGIN_M) / cell_m), math.ceil((top + MARGIN_M) / cell_m)
    width = math.ceil((right + MARGIN_M) / cell_m) - first_col
    height = last_row - math.floor((bottom - MARGIN_M) / cell_m)
    grid = Grid(
        CRS(boundary.crs), Affine(cell_m, 0.0, first_col * cell_m, 0.0, -cell_m, last_row * cell_m), width, height
    )
    outline = in_cells(np.array([whole]), grid)
    cells, shares = Growing(), Growing()
    for rows in rows_of(grid):
        met, share = _met(outline, rows, width)
        cells.add(met)
        shares.add(share)
    area_m2 = shares.whole()
    area_m2 *= float(shapely.area(whole)) / area_m2.sum()
    return Ground(grid, whole, cells.whole(), area_m2)


def _met(outline: NDArray[np.object_], rows: Rows, width: int) -> tuple[NDArray[np.int32], Floats]:
    """Return row and column of the cells that the outline meets, and which share of each it covers."""
    from analyses.kernels.coverage import class_areas

    # Every cell is a class of its own: so each comes with its exact share.
    count = (rows.last - rows.first) * width
    own = np.arange(count, dtype=np.int32).reshape(-1, width)
    share = class_areas(outline, own, Affine.translation(0.0, rows.first), count)[0]
    met = np.flatnonzero(share > _LEAST_SHARE)
    row, col = np.divmod(met, width)
    return np.column_stack([row + rows.first, col]).astype(np.int32), share[met]


def rows_of(grid: Grid) -> Iterator[Rows]:
    """Yield strips of all rows of a grid."""
    rows = max(LEAST_ROWS, ROOM_CELLS // grid.width)
    for first in range(0, grid.height, rows):
        yield Rows(first, min(first + rows, grid.height))
