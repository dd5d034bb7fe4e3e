"""Shapes burnt into the cells of a grid, some rows of it at a time."""

from __future__ import annotations

import numpy as np
import rasterio.features
import shapely
from affine import Affine
from numpy.typing import NDArray

from layers.grid import Grid, Window

_UNITS_A_CELL = 2.0
"""Not 1: rasterio takes whole cells from 0, 0 for a grid without a place, and its warning may reach other threads.
A power of two, so that no bit of a coordinate is lost."""


def in_cells(shapes: NDArray[np.object_], grid: Grid, units_a_cell: float = 1.0) -> NDArray[np.object_]:
    """Return shapes with column and row for coordinates: a strip sees them as the whole grid does, to the last bit."""
    corner, side = np.array([grid.transform.c, grid.transform.f]), np.array([grid.cell_size, -grid.cell_size])
    return np.asarray(shapely.transform(shapes, lambda points: (points - corner) / side * units_a_cell))


def burnt(
    shapes: NDArray[np.object_], grid: Grid, window: Window, *, all_touched: bool,
    values: NDArray[np.integer] | None = None,
) -> NDArray[np.int32] | NDArray[np.uint8]:  # fmt: skip
    """Return a number for each cell of ``window``: 1, or the shape's of ``values``; else 0. The last shape wins."""
    dtype = "uint8" if values is None else "int32"
    near = _near(shapes, grid.part(window))
    if not len(near):
        return np.zeros((window.height, window.width), dtype)
    numbers = np.ones(len(near), np.int32) if values is None else values[near]
    there = zip(in_cells(shapes[near], grid, _UNITS_A_CELL), numbers.tolist(), strict=True)
    side = _UNITS_A_CELL
    cells = Affine(side, 0.0, side * window.col, 0.0, side, side * window.row)
    return rasterio.features.rasterize(
        there, (window.height, window.width), transform=cells, all_touched=all_touched, dtype=dtype
    )


def _near(shapes: NDArray[np.object_], grid: Grid) -> NDArray[np.intp]:
    """Return which shapes may touch cells of ``grid``; none that is empty does."""
    left, bottom, right, top = grid.bounds
    edge = grid.cell_size
    west, south, east, north = shapely.bounds(shapes).T
    return np.flatnonzero(
        (west <= right + edge) & (east >= left - edge) & (south <= top + edge) & (north >= bottom - edge)
    )
