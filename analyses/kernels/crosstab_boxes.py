"""Which bounding boxes share ground: the pairs worth looking at, for ``analyses.kernels.crosstab``.

A box is left, bottom, right, top; one of infinities the wrong way round touches nothing.
"""

# mypy: disallow-untyped-defs=false, disallow-untyped-calls=false

from __future__ import annotations

import numpy as np

from analyses.kernels.jit import kernel

LEFT, BOTTOM, RIGHT, TOP = range(4)
CELLS_A_SIDE = 1024


@kernel
def touching(boxes, others):
    """Return the pairs of boxes that share ground: where the pairs of each box begin, and the other of each pair.

    The others are sorted into the cells of a grid; a pair counts in one cell only, that of the lower left corner
    of the ground it shares.
    """
    side = min(max(int(np.sqrt(len(others))), 1), CELLS_A_SIDE)
    grid = _grid_over(others, side)
    cell_starts, members = _by_cell(others, grid, side)
    starts, pairs, size = np.zeros(len(boxes) + 1, np.int64), np.empty(len(boxes) + len(others), np.int64), 0
    for i in range(len(boxes)):
        box = boxes[i]
        col, row, end_col, end_row = _cells_under(box, grid, side)
        for cell_row in range(row, end_row):
            for cell_col in range(col, end_col):
                cell = cell_row * side + cell_col
                pairs = with_room(pairs, size + cell_starts[cell + 1] - cell_starts[cell])
                for k in range(cell_starts[cell], cell_starts[cell + 1]):
                    if _meet_in(box, others[members[k]], cell_col, cell_row, grid, side):
                        pairs[size] = members[k]
                        size += 1
        starts[i + 1] = size
    return starts, pairs[:size]


@kernel
def with_room(array, size):
    """Return ``array``, or a longer copy where it is shorter than ``size``."""
    if size <= len(array):
        return array
    longer = np.empty((2 * size, *array.shape[1:]), array.dtype)
    longer[: len(array)] = array
    return longer


@kernel
def _grid_over(boxes, side):
    """Return left, bottom and the cells per unit of length in x and y."""
    left, bottom, right, top = np.inf, np.inf, -np.inf, -np.inf
    for i in range(len(boxes)):
        if boxes[i, LEFT] <= boxes[i, RIGHT]:
            left, bottom = min(left, boxes[i, LEFT]), min(bottom, boxes[i, BOTTOM])
            right, top = max(right, boxes[i, RIGHT]), max(top, boxes[i, TOP])
    return left, bottom, side / (right - left) if right > left else 0.0, side / (top - bottom) if top > bottom else 0.0


@kernel
def _cell_at(x, low, per_unit, side):
    return int(min(max((x - low) * per_unit, 0.0), side - 1.0))


@kernel
def _cells_under(box, grid, side):
    """Return the first column and row of a box and the ones after its last; nothing for a box without ground."""
    if not box[LEFT] < box[RIGHT]:
        return 0, 0, 0, 0
    left, bottom, across, up = grid
    col, row = _cell_at(box[LEFT], left, across, side), _cell_at(box[BOTTOM], bottom, up, side)
    return col, row, _cell_at(box[RIGHT], left, across, side) + 1, _cell_at(box[TOP], bottom, up, side) + 1


@kernel
def _by_cell(boxes, grid, side):
    """Return where the boxes of each cell begin, and the boxes cell by cell."""
    starts = np.zeros(side * side + 1, np.int64)
    for i in range(len(boxes)):
        col, row, end_col, end_row = _cells_under(boxes[i], grid, side)
        for cell_row in range(row, end_row):
            starts[cell_row * side + col + 1 : cell_row * side + end_col + 1] += 1
    starts = np.cumsum(starts)
    free, members = starts.copy(), np.empty(starts[-1], np.int64)
    for i in range(len(boxes)):
        col, row, end_col, end_row = _cells_under(boxes[i], grid, side)
        for cell_row in range(row, end_row):
            for cell in range(cell_row * side + col, cell_row * side + end_col):
                members[free[cell]] = i
                free[cell] += 1
    return starts, members


@kernel
def _meet_in(box, other, col, row, grid, side):
    """Tell whether two boxes share ground whose lower left corner lies in this cell."""
    x, y = max(box[LEFT], other[LEFT]), max(box[BOTTOM], other[BOTTOM])
    if not (x < min(box[RIGHT], other[RIGHT]) and y < min(box[TOP], other[TOP])):
        return False
    left, bottom, across, up = grid
    return _cell_at(x, left, across, side) == col and _cell_at(y, bottom, up, side) == row
