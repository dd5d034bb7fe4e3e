"""Rasters, lazily: a grid, and cells by the window."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Protocol

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.errors import NotGeoreferencedWarning, RasterioIOError
from rasterio.windows import Window as RasterioWindow

from layers.grid import Grid, Window
from layers.problems import Problem, PucError
from layers.text import Text, same

ROWS_A_WINDOW = 512
CELLS_A_WINDOW = 1 << 26


class Raster(Protocol):
    """What an analysis may ask of a raster; it never opens a path."""

    @property
    def grid(self) -> Grid:
        """Where the cells lie."""
        ...

    def read(self, window: Window) -> np.ma.MaskedArray:
        """Return the cells of ``window``, rows from the top; what the file calls nodata is masked."""
        ...


@dataclass(frozen=True)
class FileRaster:
    """One band of a file that GDAL reads; opened anew for each window, so threads may share it.

    ``name`` is what messages call it, ``remarks`` what there is to say of it; ``source`` is kept because the copy of a
    file that lies in a zip lasts as long as it does.
    """

    path: str
    grid: Grid
    band: int = 1
    driver: str | None = None
    name: str = ""
    remarks: tuple[Problem, ...] = ()
    source: object = None

    def read(self, window: Window) -> np.ma.MaskedArray:
        """Return the cells of ``window``; nodata, mask bands and NaN are masked.

        Raises PucError if the file is incomplete or no longer there.
        """
        return self._cells(window, (window.height, window.width))

    def thinned(self, most_cells: int) -> ArrayRaster:
        """Return the whole raster in at most ``most_cells``, the nearest of the file: to look at, not to measure."""
        step = max(1, math.ceil(math.sqrt(self.grid.width * self.grid.height / most_cells)))
        return self.decimated(self.grid.whole, step)

    def decimated(self, window: Window, step: int) -> ArrayRaster:
        """Return about every ``step``-th cell of ``window`` each way, from the file's overviews where it has them."""
        width, height = max(1, window.width // step), max(1, window.height // step)
        part = self.grid.part(window)
        scale = Affine.scale(window.width / width, window.height / height)
        return ArrayRaster(self._cells(window, (height, width)), Grid(part.crs, part.transform @ scale, width, height))

    def _cells(self, window: Window, shape: tuple[int, int]) -> np.ma.MaskedArray:
        block = RasterioWindow(window.col, window.row, window.width, window.height)
        try:
            with warnings.catch_warnings():
                # Where the cells lie was known when it was opened.
                warnings.simplefilter("ignore", NotGeoreferencedWarning)
                with rasterio.open(self.path, driver=self.driver) as dataset:
                    cells = dataset.read(self.band, window=block, out_shape=shape, masked=True)
                    scale, offset = dataset.scales[self.band - 1], dataset.offsets[self.band - 1]
        except RasterioIOError as error:
            raise PucError(_cells_broken(self.name or PurePath(self.path).name)) from error
        if (scale, offset) != (1.0, 0.0):  # values packed into small numbers: decimetres for metres
            cells = cells * scale + offset
        return np.ma.masked_invalid(cells) if cells.dtype.kind == "f" else cells


@dataclass(frozen=True)
class ArrayRaster:
    """Cells in memory: what generators make and tests hand in."""

    cells: np.ma.MaskedArray
    grid: Grid

    def read(self, window: Window) -> np.ma.MaskedArray:
        """Return a view of the cells of ``window``."""
        rows = slice(window.row, window.row + window.height)
        return self.cells[rows, window.col : window.col + window.width]


def windows(raster: Raster, over: Window | None = None, rows: int = ROWS_A_WINDOW) -> Iterator[Window]:
    """Yield strips of at most ``rows`` rows that tile ``over`` (default: the whole raster).

    Of a very wide raster a strip has fewer rows, so that it stays within the memory.
    """
    area = over or raster.grid.whole
    rows = max(1, min(rows, CELLS_A_WINDOW // max(1, area.width)))
    for row in range(area.row, area.row + area.height, rows):
        yield Window(area.col, row, area.width, min(rows, area.row + area.height - row))


def dtype_of(raster: Raster) -> np.dtype[Any]:
    """Return the type of the cells."""
    return raster.read(Window(0, 0, 1, 1)).dtype


def values(raster: Raster, over: Window | None = None) -> tuple[NDArray[np.int64], int]:
    """Return the distinct whole numbers of ``over``, ascending, and how many cells hold none."""
    seen: set[int] = set()
    without = 0
    for window in windows(raster, over):
        cells = raster.read(window)
        seen.update(np.unique(cells.compressed()).astype(np.int64).tolist())
        without += int(np.ma.getmaskarray(cells).sum())
    return np.array(sorted(seen), dtype=np.int64), without


def _cells_broken(name: str) -> Problem:
    return Problem(
        "source-broken",
        same(name),
        Text("non tutte le celle del raster si leggono.", "not all cells of the raster can be read."),
        Text("Il file è incompleto, rovinato o non c'è più.", "The file is incomplete, damaged, or gone."),
        Text("Chiedere una nuova copia del dato.", "Ask for a new copy of the data."),
    )
