"""The cells of a raster as whole-number codes by windows, the last of which is no data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from layers.grid import Grid, Window
from layers.raster import Raster

Codes = NDArray[np.integer[Any]]


class Coded(Protocol):
    """Whole-number codes on the cells of a grid, also beyond what it knows; the last code is no data."""

    @property
    def n_codes(self) -> int:
        """How many codes there are, no data among them."""
        ...

    def read(self, window: Window) -> Codes:
        """Return the code of every cell of ``window``, which may reach beyond the grid."""
        ...


def classes_on(grid: Grid, raster: Raster, recode: Mapping[int, int], n_classes: int) -> Classes:
    """Return the classes of ``raster`` by the windows of ``grid``; ValueError if their cells do not coincide."""
    offset = grid.offset_to(raster.grid)
    if offset is None:
        raise ValueError("the cells of the two dates do not lie on each other")
    return Classes(raster, recode, n_classes, offset)


@dataclass(frozen=True)
class Classes:
    """A raster read as class indices; ``n_classes`` stands for no data.

    ``offset``: the column and row, in the grid whose windows are asked for, of the raster's first cell.
    """

    raster: Raster
    recode: Mapping[int, int]
    n_classes: int
    offset: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        strange = [index for index in self.recode.values() if not 0 <= index < self.n_classes]
        if strange or not self.recode:
            raise ValueError(f"recode must lead to the classes 0 to {self.n_classes - 1}, not {strange}")

    @property
    def n_codes(self) -> int:
        """The classes and no data."""
        return self.n_classes + 1

    def read(self, window: Window) -> Codes:
        """Return the class index of every cell of ``window``, no data where it reaches beyond the raster."""
        own = Window(window.col - self.offset[0], window.row - self.offset[1], window.width, window.height)
        inner = _within(own, self.raster.grid)
        if inner == own:
            return self._known(own)
        codes = np.full((window.height, window.width), self.n_classes, dtype=np.uint16)
        if inner.width and inner.height:
            row, col = inner.row - own.row, inner.col - own.col
            codes[row : row + inner.height, col : col + inner.width] = self._known(inner)
        return codes

    def _known(self, window: Window) -> Codes:
        cells = self.raster.read(window)
        classes = (
            self._from_table(cells.data)
            if cells.dtype.kind == "u" and cells.dtype.itemsize < 4
            else self._sought(cells.data)
        )
        classes[np.ma.getmaskarray(cells)] = self.n_classes
        return classes

    def _from_table(self, values: NDArray[np.unsignedinteger]) -> Codes:
        table = np.full(np.iinfo(values.dtype).max + 1, self.n_classes, dtype=np.uint16)
        for value, index in self.recode.items():
            if 0 <= value < len(table):
                table[value] = index
        return table[values]

    def _sought(self, values: NDArray[np.number]) -> Codes:
        known = np.array(sorted(self.recode))
        indices = np.array([self.recode[value] for value in known.tolist()], dtype=np.uint16)
        at = np.searchsorted(known, values).clip(max=len(known) - 1)
        return np.where(known[at] == values, indices[at], np.uint16(self.n_classes))


def _within(window: Window, grid: Grid) -> Window:
    """Return the part of ``window`` that the grid has, which may be nothing."""
    col, row = max(window.col, 0), max(window.row, 0)
    width = min(window.col + window.width, grid.width) - col
    height = min(window.row + window.height, grid.height) - row
    return Window(col, row, max(width, 0), max(height, 0))
