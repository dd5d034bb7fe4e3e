"""At which level water from the sea first reaches each cell of a terrain.

Method: flood fill in steps. Cells hold the place of the first level that is not below them; at each level, in order,
the fill goes on from every cell of that level that touches water, into all that lie no higher. Each cell is flooded
once, so the work is a pass over the cells for each level and one visit of each flooded cell.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analyses.kernels.jit import kernel

NEVER = 255
"""Stands for a cell that no level reaches, and for one without data."""

LAND, SHORE, SEA = 0, 1, 2
"""Water comes from ``SEA`` to all cells beside it, and into a cell of ``SHORE`` that lies low enough; not from it."""

_SIDES = ((-1, 0), (0, -1), (0, 1), (1, 0))
_CORNERS = ((-1, -1), (-1, 1), (1, -1), (1, 1))


def first_flooded(
    bands: NDArray[np.uint8], place: NDArray[np.uint8], n_levels: int, *, through_corners: bool
) -> NDArray[np.uint8]:
    """Return, for each cell, the place of the level that floods it first, or ``NEVER``.

    Parameters
    ----------
    bands : (H, W) place of the lowest level that is at or above the cell; ``NEVER`` where none is, or without data
    place : (H, W) of ``LAND``, ``SHORE``, ``SEA``
    n_levels : number of levels, below ``NEVER``
    through_corners : whether water passes between cells that share a corner only
    """
    # A dry rim saves every look at a neighbour the question whether there is one.
    rimmed = np.pad(bands, 1, constant_values=NEVER)
    width = rimmed.shape[1]
    steps = _SIDES + _CORNERS if through_corners else _SIDES
    offsets = np.array([down * width + right for down, right in steps], dtype=np.int64)
    flooded = _filled(rimmed.ravel(), np.pad(place, 1).ravel(), n_levels, offsets)
    return flooded.reshape(rimmed.shape)[1:-1, 1:-1]


@kernel
def _filled(
    bands: NDArray[np.uint8], place: NDArray[np.uint8], n_levels: int, offsets: NDArray[np.int64]
) -> NDArray[np.uint8]:
    flooded = np.full(bands.size, NEVER, dtype=np.uint8)
    for level in range(n_levels):
        for cell in range(bands.size):
            is_dry = bands[cell] == level and flooded[cell] == NEVER
            if is_dry and (place[cell] != LAND or _is_beside_water(flooded, place, cell, offsets)):
                _fill_from(cell, level, bands, flooded, offsets)
    return flooded


@kernel
def _is_beside_water(
    flooded: NDArray[np.uint8], place: NDArray[np.uint8], cell: int, offsets: NDArray[np.int64]
) -> bool:
    beside = False
    for offset in offsets:
        beside |= place[cell + offset] == SEA or flooded[cell + offset] != NEVER
    return beside


@kernel
def _fill_from(
    start: int, level: int, bands: NDArray[np.uint8], flooded: NDArray[np.uint8], offsets: NDArray[np.int64]
) -> None:
    stack = np.empty(256, dtype=np.int64)
    stack[0], top = start, 1
    flooded[start] = level
    while top > 0:
        top -= 1
        cell = stack[top]
        if top + len(offsets) > len(stack):
            stack = np.concatenate((stack, np.empty_like(stack)))
        for offset in offsets:
            if bands[cell + offset] <= level and flooded[cell + offset] == NEVER:
                flooded[cell + offset] = level
                stack[top] = cell + offset
                top += 1
