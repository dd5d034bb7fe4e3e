"""Slope and aspect of a terrain, in one pass.

Method: Horn (1981), third-order finite differences over the eight neighbours, doi:10.1109/PROC.1981.11918.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from analyses.kernels.jit import kernel
from analyses.kernels.row_blocks import in_blocks

Cells = NDArray[np.float32]


def slope_and_aspect(heights: Cells, cell_m: float, *, threads: int | None = None) -> tuple[Cells, Cells]:
    """Return the slope (%) of each cell and the way it faces (degrees from north, clockwise).

    Parameters
    ----------
    heights : (H, W) metres, north up, NaN without data
    cell_m : side of a cell
    threads : how many threads; the bits do not depend on it

    Returns
    -------
    (H, W) each, NaN on the rim and where the cell or a neighbour has no data; level ground faces nowhere (NaN).
    """
    slope, aspect = np.full(heights.shape, np.nan, np.float32), np.full(heights.shape, np.nan, np.float32)
    inner = max(0, heights.shape[0] - 2)
    in_blocks(lambda first, last: _horn(heights, cell_m, slope, aspect, first + 1, last + 1), inner, threads)
    return slope, aspect


@kernel
def _horn(heights: Cells, cell_m: float, slope: Cells, aspect: Cells, first: int, last: int) -> None:
    for row in range(first, last):
        for col in range(1, heights.shape[1] - 1):
            east, north = gradient(heights, row, col, cell_m)
            steepness = math.sqrt(east * east + north * north)
            # A hole has no slope, though its neighbours have heights.
            slope[row, col] = 100.0 * steepness if heights[row, col] == heights[row, col] else np.nan
            if steepness > 0.0 and heights[row, col] == heights[row, col]:
                aspect[row, col] = math.degrees(math.atan2(-east, -north)) % 360.0


@kernel
def gradient(heights: Cells, row: int, col: int, cell_m: float) -> tuple[float, float]:
    """Return the rise per metre towards east and towards north."""
    above, level, below = row - 1, row, row + 1
    west, east = col - 1, col + 1
    right = heights[above, east] + 2.0 * heights[level, east] + heights[below, east]
    left = heights[above, west] + 2.0 * heights[level, west] + heights[below, west]
    up = heights[above, west] + 2.0 * heights[above, col] + heights[above, east]
    down = heights[below, west] + 2.0 * heights[below, col] + heights[below, east]
    return (right - left) / (8.0 * cell_m), (up - down) / (8.0 * cell_m)
