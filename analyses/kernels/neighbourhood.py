"""What lies within a circle around each cell: sums over the cells whose centre is within reach.

Method: prefix sums along rows; a circle is one difference of them for each row it crosses.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analyses.kernels.jit import kernel
from analyses.kernels.row_blocks import in_blocks

Floats = NDArray[np.float64]


def sum_within(values: Floats, cells: NDArray[np.int64], reach: float, *, threads: int | None = None) -> Floats:
    """Return, for each of (n, 2) ``cells`` (row, column), the sum of (H, W) ``values`` within ``reach`` cells of it."""
    before = np.zeros((values.shape[0], values.shape[1] + 1))
    np.cumsum(values, axis=1, out=before[:, 1:])
    down = np.arange(-int(reach), int(reach) + 1)
    across = np.floor(np.sqrt(reach**2 - down**2)).astype(np.int64)
    sums = np.empty(len(cells))
    in_blocks(lambda first, last: _summed(before, cells, down, across, sums, first, last), len(cells), threads)
    # A difference of sums may be a last bit below nothing.
    return np.maximum(sums, 0.0)


@kernel
def _summed(
    before: Floats,
    cells: NDArray[np.int64],
    down: NDArray[np.int64],
    across: NDArray[np.int64],
    sums: Floats,
    first: int,
    last: int,
) -> None:
    height, width = before.shape[0], before.shape[1] - 1
    for place in range(first, last):
        row, col, total = cells[place, 0], cells[place, 1], 0.0
        for step in range(len(down)):
            there = row + down[step]
            if 0 <= there < height:
                right, left = min(col + across[step] + 1, width), max(col - across[step], 0)
                total += before[there, right] - before[there, left]
        sums[place] = total
