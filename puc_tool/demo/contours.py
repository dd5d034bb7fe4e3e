"""Lines of equal height on a field, for roads that follow them and terraces that lie between them."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from puc_tool.demo.chance import Floats
from puc_tool.demo.field import Field

Shapes = NDArray[np.object_]
Triangles = NDArray[np.int64]


def contour(field: Field, level: float) -> Shapes:
    """Return the lines on which ``field`` is ``level``, from end to end or closed.

    Method: marching triangles. Every square of four cells is cut along its diagonal; a triangle whose corners lie
    on both sides of the level holds one straight piece. Ends are computed alike from both sides, so that they meet.
    """
    values = field.values.ravel()
    corners = _crossed(field, level)
    above = values[corners] > level
    lonely = np.where(above.sum(axis=1) == 1, above.argmax(axis=1), above.argmin(axis=1))
    row = np.arange(len(corners))
    ends = [_between(field, corners[row, lonely], corners[row, (lonely + turn) % 3], level) for turn in (1, 2)]
    return shapely.get_parts(shapely.line_merge(shapely.multilinestrings(np.stack(ends, axis=1))))


def _crossed(field: Field, level: float) -> Triangles:
    """Return the triangles with corners on both sides, as three positions in the raveled field."""
    rows, width = field.values.shape
    high = field.values > level
    squares = np.stack([high[:-1, :-1], high[:-1, 1:], high[1:, :-1], high[1:, 1:]]).sum(axis=0)
    row, col = np.nonzero((squares > 0) & (squares < 4))
    first = row * width + col
    upper = np.stack([first, first + 1, first + width], axis=1)
    lower = np.stack([first + width + 1, first + 1, first + width], axis=1)
    both = np.concatenate([upper, lower])
    count = high.ravel()[both].sum(axis=1)
    return both[(count == 1) | (count == 2)]


def _between(field: Field, one: NDArray[np.int64], other: NDArray[np.int64], level: float) -> Floats:
    """Return where the level lies on the way between two cells' centres."""
    lattice, values = field.lattice, field.values.ravel()
    low, high = np.minimum(one, other), np.maximum(one, other)
    share = (level - values[low]) / (values[high] - values[low])
    (row, col), (row2, col2) = np.divmod(low, lattice.width), np.divmod(high, lattice.width)
    x = lattice.left + (col + 0.5 + share * (col2 - col)) * lattice.cell_m
    y = lattice.top - (row + 0.5 + share * (row2 - row)) * lattice.cell_m
    return np.stack([x, y], axis=1)
