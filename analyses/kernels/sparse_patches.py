"""Patches of cells that are listed row after row, and their outlines: nothing is needed of the cells between.

Methods: connected components by union of the smaller index with path halving, each cell's parent in the place of its
number (Rosenfeld & Pfaltz 1966, J. ACM 13); outlines by following the sides of cells with the patch on the right hand.
Where two cells of a patch meet at a corner alone the line passes between them, so that no ring runs into itself.

``cells`` (n, 2) are row and column, row after row, columns ascending; those of row r are ``starts[r]`` to
``starts[r + 1]``.
"""

# mypy: disallow-untyped-defs=false, disallow-untyped-calls=false

from __future__ import annotations

import numpy as np

from analyses.kernels.jit import kernel

_NORTH, _EAST, _SOUTH, _WEST = 0, 1, 2, 3


@kernel
def number_patches(cells, starts, is_open, numbers):
    """Fill ``numbers`` (n,) int32 with the patch of each cell, from 1, in the order of first cells; return how many.

    A cell that is not open has 0. Cells hang together by their sides.
    """
    for row in range(len(starts) - 1):
        above, first = starts[max(row - 1, 0)], starts[row]
        for at in range(first, starts[row + 1]):
            numbers[at] = 0
            if not is_open[at]:
                continue
            col, root = cells[at, 1], at
            if at > first and is_open[at - 1] and cells[at - 1, 1] == col - 1:
                root = _root(numbers, at - 1)
            while above < first and cells[above, 1] < col:
                above += 1
            if above < first and cells[above, 1] == col and is_open[above]:
                other = _root(numbers, above)
                numbers[max(root, other)] = min(root, other) + 1
                root = min(root, other)
            numbers[at] = root + 1
    return _counted(numbers)


@kernel
def _root(numbers, at):
    """Return the first cell of the patch so far; a cell's number is its parent's place and one."""
    while numbers[at] != at + 1:
        numbers[at] = numbers[numbers[at] - 1]
        at = numbers[at] - 1
    return at


@kernel
def _counted(numbers):
    """Turn parents into numbers: a parent comes before its cells, so it has its number (below 0) by then."""
    count = 0
    for at in range(len(numbers)):
        if numbers[at] == at + 1:
            count += 1
            numbers[at] = -count
        elif numbers[at] > 0:
            numbers[at] = numbers[numbers[at] - 1]
    for at in range(len(numbers)):
        numbers[at] = -numbers[at]
    return count


@kernel
def outlines(cells, starts, numbers, is_seen):
    """Return the corners of all rings (k, 2: row, column), where each ring begins (and k), and the patch of each.

    A patch's shell comes before its holes. ``is_seen`` (n,) is False everywhere; afterwards it tells cells whose north
    side is part of a ring.
    """
    corners, begins, patch = np.empty((1024, 2), np.int32), np.zeros(256, np.int64), np.empty(255, np.int32)
    rings = 0
    for row in range(len(starts) - 1):
        above, first = starts[max(row - 1, 0)], starts[row]
        for at in range(first, starts[row + 1]):
            if numbers[at] == 0 or is_seen[at]:
                continue
            while above < first and cells[above, 1] < cells[at, 1]:
                above += 1
            if above < first and cells[above, 1] == cells[at, 1] and numbers[above]:
                continue
            if rings == len(patch):
                begins, patch = _doubled(begins), _doubled(patch)
            corners, used = _followed(cells, starts, numbers, is_seen, at, corners, begins[rings])
            patch[rings] = numbers[at]
            rings += 1
            begins[rings] = used
    return corners[: begins[rings]], begins[: rings + 1], patch[:rings]


@kernel
def _doubled(array):
    larger = np.empty(2 * len(array) + 1, array.dtype)
    larger[: len(array)] = array
    return larger


@kernel
def _followed(cells, starts, numbers, is_seen, start, corners, used):
    """Put the corners of the ring that begins at the north side of ``start`` behind those there are."""
    at, side = start, _NORTH
    while True:
        if side == _NORTH:
            is_seen[at] = True
        row, col = cells[at, 0], cells[at, 1]
        down, right = _along(side)
        # The cell ahead, and the one beside it on the left hand: outwards from the side that is followed.
        ahead = _found(cells, starts, row + down, col + right)
        beside = _found(cells, starts, row + down - right, col + right + down)
        if beside >= 0 and numbers[beside] == numbers[start]:
            at, turned = beside, (side + 3) % 4
        elif ahead >= 0 and numbers[ahead] == numbers[start]:
            at, turned = ahead, side
        else:
            turned = (side + 1) % 4
        if turned != side:
            if used == len(corners):
                larger = np.empty((2 * used, 2), np.int32)
                larger[:used] = corners
                corners = larger
            corners[used, 0] = row + (side in (_EAST, _SOUTH))
            corners[used, 1] = col + (side in (_NORTH, _EAST))
            used += 1
        side = turned
        if at == start and side == _NORTH:
            return corners, used


@kernel
def _along(side):
    """Return rows down and columns to the right of the next cell when a side is followed, its cell on the right."""
    if side == _NORTH:
        return 0, 1
    if side == _EAST:
        return 1, 0
    if side == _SOUTH:
        return 0, -1
    return -1, 0


@kernel
def _found(cells, starts, row, col):
    """Return the place of a cell in the list, -1 where it is not there."""
    if row < 0 or row >= len(starts) - 1:
        return -1
    low, high = starts[row], starts[row + 1]
    if low == high or col < cells[low, 1]:
        return -1
    # A row without gaps has its cells one after the other.
    at = low + col - cells[low, 1]
    if at < high and cells[at, 1] == col:
        return at
    while low < high:
        middle = (low + high) // 2
        if cells[middle, 1] < col:
            low = middle + 1
        else:
            high = middle
    return low if low < starts[row + 1] and cells[low, 1] == col else -1
