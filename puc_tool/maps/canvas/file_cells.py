"""Cells of a raster too large to hold, read as they are looked at: the window in view, no finer than the picture."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from pyproj import CRS
from rasterio.warp import Resampling, reproject, transform_bounds

from layers.grid import Grid
from layers.raster import FileRaster
from puc_tool.maps.canvas.camera import Camera
from puc_tool.maps.canvas.cells import Cells
from puc_tool.maps.classing import graded


@dataclass(frozen=True)
class FileCells:
    """A raster of whole numbers, and the place of its class for each of 256 values; 0 is nothing.

    Of a raster of amounts, ``ends`` tell where its classes end, instead of the table.
    """

    raster: FileRaster
    crs: CRS
    table: NDArray[np.uint8]
    ends: NDArray[np.float64] | None = None

    def seen(self, camera: Camera) -> Cells | None:
        """Return what the camera sees, in cells no smaller than half a pixel; None if it sees nothing of it."""
        grid = self.raster.grid
        bounds = transform_bounds(self.crs.to_wkt(), grid.crs.to_wkt(), *camera.bounds)
        window = grid.window_over(bounds)
        if window.width == 0 or window.height == 0:
            return None
        across = (bounds[2] - bounds[0]) / camera.width
        part = self.raster.decimated(window, max(1, math.floor(across / grid.cell_size)))
        values = coded(part.cells, self.table) if self.ends is None else graded(part.cells, self.ends)
        if grid.crs == self.crs and _is_level(part.grid.transform):
            return Cells(values, part.grid.transform.c, part.grid.transform.f, part.grid.transform.a)
        return north_up(values, part.grid, self.crs)


def coded(cells: np.ma.MaskedArray, table: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the place of each cell's class; what is masked, or no value of the table, is nothing."""
    values = cells.filled(0)
    return table[values if values.dtype == np.uint8 else values.astype(np.int64).clip(0, 255)]


def _is_level(transform: Affine) -> bool:
    is_square = math.isclose(transform.a, -transform.e, rel_tol=1e-3)
    return transform.b == transform.d == 0.0 and transform.a > 0.0 and is_square


def north_up(values: NDArray[np.uint8], grid: Grid, crs: CRS) -> Cells:
    """Return the cells on a grid of ``crs`` with square cells, by nearest neighbour; for looking at, not measuring."""
    size = grid.cell_size
    left, bottom, right, top = transform_bounds(grid.crs.to_wkt(), crs.to_wkt(), *grid.bounds)
    target = Affine(size, 0.0, left, 0.0, -size, top)
    width, height = math.ceil((right - left) / size), math.ceil((top - bottom) / size)
    moved = np.zeros((height, width), np.uint8)
    reproject(
        values, moved, src_transform=grid.transform, src_crs=grid.crs.to_wkt(), dst_transform=target,
        dst_crs=crs.to_wkt(), resampling=Resampling.nearest,
    )  # fmt: skip
    return Cells(moved, left, top, size)
