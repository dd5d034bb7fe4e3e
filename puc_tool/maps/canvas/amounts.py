"""Cells of amounts, which somebody may class: their breaks, and the place of each cell among the classes.

Breaks are those of all cells, or of very many those of cells evenly spaced over them: the same every time, on the
screen, on paper and in a style for another program.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS

from layers.raster import FileRaster, Raster
from puc_tool.maps import classing
from puc_tool.maps.canvas.cells import Cells
from puc_tool.maps.canvas.file_cells import FileCells, north_up
from puc_tool.maps.classing import graded, sampled

_MOST_SAMPLED = 1_000_000
_NO_TABLE = np.zeros(0, np.uint8)


class Placed(TypedDict):
    """The fields of a picture that say where its cells lie."""

    cells: Cells | None
    file_cells: FileCells | None


class Amounts:
    """A raster of amounts and the CRS it is shown in; ``read`` gives it when it is first asked for."""

    def __init__(self, read: Callable[[], Raster], crs: CRS) -> None:
        self._read, self._crs = read, crs

    @cached_property
    def raster(self) -> Raster:
        """The cells."""
        return self._read()

    @cached_property
    def sample(self) -> NDArray[np.float64]:
        """The amounts that the breaks are made of."""
        raster = self.raster
        seen = raster.thinned(_MOST_SAMPLED) if isinstance(raster, FileRaster) else raster
        return sampled(np.asarray(seen.read(seen.grid.whole).compressed(), np.float64))

    def placed(self, ends: NDArray[np.float64]) -> Placed:
        """Return the cells by the place of their class; those of a file are read as they are looked at."""
        raster = self.raster
        if isinstance(raster, FileRaster):
            return Placed(cells=None, file_cells=FileCells(raster, self._crs, _NO_TABLE, ends))
        places = graded(raster.read(raster.grid.whole), ends)
        return Placed(cells=north_up(places, raster.grid, self._crs), file_cells=None)


def prepare(amounts: Amounts | None = None) -> None:
    """Do what takes seconds the first time, so that nobody waits for breaks: import what makes them, read the cells."""
    classing.prepare()
    if amounts is not None:
        _ = amounts.sample
