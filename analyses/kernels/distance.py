"""How far each cell is from the nearest of some cells: the exact Euclidean distance between their centres.

Method: Meijster, Roerdink & Hesselink (2000), two passes in whole numbers: along columns, then the lower envelope of
parabolas along rows.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from analyses.kernels.jit import kernel
from analyses.kernels.row_blocks import in_blocks

Steps = NDArray[np.int32]


def distance_to(is_target: NDArray[np.bool_], cell_m: float, *, threads: int | None = None) -> NDArray[np.float32]:
    """Return the distance (m) of each of (H, W) cells to the nearest target; without any target all are NaN."""
    away = np.full(is_target.shape, np.nan, np.float32)
    if is_target.any():
        height, width = is_target.shape
        steps = np.empty(is_target.shape, np.int32)
        in_blocks(lambda first, last: _along_columns(is_target, steps, first, last), width, threads)
        in_blocks(lambda first, last: _along_rows(steps, cell_m, away, first, last), height, threads)
    return away


@kernel
def _along_columns(is_target: NDArray[np.bool_], steps: Steps, first: int, last: int) -> None:
    """Count the steps to the nearest target of the same column; more than any real distance where it has none."""
    height, width = is_target.shape
    for col in range(first, last):
        steps[0, col] = 0 if is_target[0, col] else height + width
    for row in range(1, height):
        for col in range(first, last):
            steps[row, col] = 0 if is_target[row, col] else min(steps[row - 1, col] + 1, height + width)
    for row in range(height - 2, -1, -1):
        for col in range(first, last):
            steps[row, col] = min(steps[row, col], steps[row + 1, col] + 1)


@kernel
def _along_rows(steps: Steps, cell_m: float, away: NDArray[np.float32], first: int, last: int) -> None:
    width = steps.shape[1]
    lowest, since = np.empty(width, np.int64), np.empty(width, np.int64)
    for row in range(first, last):
        top = _envelope(steps[row], lowest, since)
        for col in range(width - 1, -1, -1):
            squared = _squared(steps[row], lowest[top], col)
            away[row, col] = cell_m * math.sqrt(squared)
            if col == since[top]:
                top -= 1


@kernel
def _envelope(steps: Steps, lowest: NDArray[np.int64], since: NDArray[np.int64]) -> int:
    """Find which columns are nearest to some cell of a row (``lowest``) and the cell since which each is."""
    lowest[0], since[0], top = 0, 0, 0
    for col in range(1, len(steps)):
        while top >= 0 and _squared(steps, lowest[top], since[top]) > _squared(steps, col, since[top]):
            top -= 1
        if top < 0:
            lowest[0], since[0], top = col, 0, 0
            continue
        before = lowest[top]
        ahead = _squared(steps, col, 0) - _squared(steps, before, 0)
        start = 1 + ahead // (2 * (col - before))
        if start < len(steps):
            top += 1
            lowest[top], since[top] = col, start
    return top


@kernel
def _squared(steps: Steps, source: int, col: int) -> int:
    across, along = col - source, int(steps[source])
    return across * across + along * along
