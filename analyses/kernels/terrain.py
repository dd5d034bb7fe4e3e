"""Slope and aspect of a terrain, in one pass.

Method: Horn (1981), third-order finite differences over the eight neighbours, doi:10.1109/PROC.1981.11918.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from analyses.kernels.jit import inlined, kernel
from analyses.kernels.row_blocks import in_blocks

Cells = NDArray[np.float32]
Floats = NDArray[np.float64]

_EIGHTH = math.sqrt(2.0) - 1.0
"""The tangent of 22.5°."""


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
    east, north = np.empty(heights.shape[1]), np.empty(heights.shape[1])
    for row in range(first, last):
        above, level, below = heights[row - 1], heights[row], heights[row + 1]
        # First what vectors can do, then the angle, which they can't.
        for col in range(1, heights.shape[1] - 1):
            east[col], north[col] = gradient(above, level, below, col, cell_m)
            steepness = math.sqrt(east[col] * east[col] + north[col] * north[col])
            # A hole has no slope, though its neighbours have heights: its height less itself is no number.
            slope[row, col] = 100.0 * steepness + (level[col] - level[col])
        _faced(east, north, slope[row], aspect[row])


@kernel
def _faced(east: Floats, north: Floats, slope: Cells, aspect: Cells) -> None:
    """Fill the way down of one row (degrees from north, clockwise) where there is any slope.

    Vectors take no call of a library, so the angle is worked out here: as one of 22.5° at most from an axis or a
    diagonal, where the series of the arc tangent is good for single precision. Nor do they take the check of a divisor
    that comes with ``/``.
    """
    for col in range(1, len(slope) - 1):
        across, along = abs(east[col]), abs(north[col])
        less, more = (across, along) if across < along else (along, across)
        is_diagonal = less > _EIGHTH * more
        tangent = np.divide(less - more if is_diagonal else less, less + more if is_diagonal else more)
        degrees = _arc_deg(tangent) + (45.0 if is_diagonal else 0.0)
        degrees = 90.0 - degrees if across > along else degrees
        # The way down is against the rise: to the south where it rises to the north.
        degrees = 180.0 - degrees if north[col] > 0.0 else degrees
        degrees = 360.0 - degrees if east[col] > 0.0 else degrees
        aspect[col] = degrees if slope[col] > 0.0 else np.nan


@inlined
def _arc_deg(tangent: float) -> float:
    """Return the arc tangent (degrees) for up to ``_EIGHTH`` either way: what the series leaves out is below 1e-9."""
    square = tangent * tangent
    total = 0.0
    for term in range(23, -1, -2):
        total = 1.0 / term - square * total
    return math.degrees(1.0) * tangent * total


@kernel
def gradient(above: Cells, level: Cells, below: Cells, col: int, cell_m: float) -> tuple[float, float]:
    """Return the rise per metre towards east and towards north at a cell of a row, between those above and below."""
    right = above[col + 1] + 2.0 * level[col + 1] + below[col + 1]
    left = above[col - 1] + 2.0 * level[col - 1] + below[col - 1]
    up = above[col - 1] + 2.0 * above[col] + above[col + 1]
    down = below[col - 1] + 2.0 * below[col] + below[col + 1]
    return np.divide(right - left, 8.0 * cell_m), np.divide(up - down, 8.0 * cell_m)
