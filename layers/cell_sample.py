"""A few cells of a raster, from small windows spread over it: enough to tell codes from heights from pictures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.errors import RasterioIOError

from layers.grid import Grid, Window
from layers.problems import PucError
from layers.raster import FileRaster

_WINDOWS, _SIDE = 5, 32


@dataclass(frozen=True)
class CellSample:
    """``values`` are the distinct values met, ascending, in ``cells`` cells that hold one."""

    values: NDArray[np.float64]
    cells: int
    bands: int
    dtype: str

    @property
    def is_whole_numbers(self) -> bool:
        """Tell whether every value is a whole number."""
        return bool((self.values == np.round(self.values)).all())


def cell_sample(raster: FileRaster) -> CellSample | None:
    """Return what windows spread over ``raster`` hold, or None where they can't be read."""
    try:
        with rasterio.open(raster.path) as dataset:
            bands, dtype = dataset.count, str(dataset.dtypes[raster.band - 1])
        held = [raster.read(window).compressed() for window in _spread(raster.grid)]
    except (PucError, RasterioIOError):
        return None
    cells = np.concatenate(held).astype(float) if held else np.array([])
    return CellSample(np.unique(cells), int(cells.size), bands, dtype)


def _spread(grid: Grid) -> list[Window]:
    cols, rows = (_starts(size) for size in (grid.width, grid.height))
    return [
        Window(col, row, min(_SIDE, grid.width - col), min(_SIDE, grid.height - row)) for row in rows for col in cols
    ]


def _starts(size: int) -> list[int]:
    last = max(0, size - _SIDE)
    return sorted({round(last * step / (_WINDOWS - 1)) for step in range(_WINDOWS)})
