"""Polygons cut by those of another layer, or by a box, as signed edges: for ``analyses.kernels.crosstab``.

What no polygon of the other layer covers is the polygon with all its pieces taken off: its edges, and theirs with the
sign turned.

Tables of edges are those of ``analyses.kernels.crosstab_edges``.
"""

# mypy: disallow-untyped-defs=false, disallow-untyped-calls=false

from __future__ import annotations

import numpy as np

from analyses.kernels.crosstab_boxes import BOTTOM, LEFT, RIGHT, TOP, with_room
from analyses.kernels.crosstab_common import NO_ROOM, add_common, finish, scratch_for
from analyses.kernels.crosstab_edges import COLUMNS, SIGN, SLOPE, X0, X1, Y0, area_of, put, put_copy, sort_by_x
from analyses.kernels.jit import bare, kernel

NO_OTHER = -1
"""Stands for the polygon of a piece that is what all others have left over."""


@kernel
def cut(a, a_spans, a_bounds, b, b_spans, b_bounds, starts, others, smallest):
    """Cut each polygon of ``a`` by its ``others`` in ``b``; what none of them covers is a piece too.

    Returns the table of the pieces, their areas, the rows of ``a`` and of ``b`` they come from (``NO_OTHER`` for what
    is left over), and the sum of the pieces not larger than ``smallest``, which are left out.
    """
    a, a_spans, a_bounds = bare(a), bare(a_spans), bare(a_bounds)
    b, b_spans, b_bounds = bare(b), bare(b_spans), bare(b_bounds)
    most = len(others) + len(a_spans)
    spans, bounds, areas = np.empty((most, 2), np.int64), np.empty((most, 4)), np.empty(most)
    rows = np.empty((most, 2), np.int64)
    edges, scratch = np.empty((2 * len(a) + 16, COLUMNS)), scratch_for(a_spans, b_spans)
    size, count, dropped = 0, 0, 0.0
    for i in range(len(a_spans)):
        begin, left_over = size, area_of(a, a_spans[i, 0], a_spans[i, 1], a_bounds[i, BOTTOM])
        for pair in range(starts[i], starts[i + 1] + 1):
            first = size
            if pair < starts[i + 1]:
                j = others[pair]
                size = add_common(a, a_spans[i], a_bounds[i], b, b_spans[j], b_bounds[j], edges, first, scratch)
                while size == NO_ROOM:
                    edges = with_room(edges, len(edges) + 1)
                    size = add_common(a, a_spans[i], a_bounds[i], b, b_spans[j], b_bounds[j], edges, first, scratch)
                area = finish(edges, first, size, bounds[count])
                left_over -= area
            else:
                j, area = NO_OTHER, left_over
                if left_over > smallest:
                    edges, size = _add_rest(a, a_spans[i], edges, begin, size)
                    finish(edges, first, size, bounds[count])
            if area > smallest:
                spans[count, 0], spans[count, 1], areas[count] = first, size, area
                rows[count, 0], rows[count, 1] = i, j
                count += 1
            else:
                dropped += area
    return edges[:size], spans[:count], bounds[:count], areas[:count], rows[:count], dropped


@kernel
def _add_rest(a, span, edges, begin, size):
    """Add a polygon's edges and, with the sign turned, those of its pieces since ``begin``; equal ones cancel."""
    first, end = size, size
    edges = with_room(edges, size + (size - begin) + span[1] - span[0])
    for i in range(span[0], span[1]):
        size = put_copy(edges, size, a, i)
    for i in range(begin, end):
        size = put_copy(edges, size, edges, i)
        edges[size - 1, SIGN] = -edges[i, SIGN]
    sort_by_x(edges, first, size)
    return edges, _cancelled(edges, first, size)


@kernel
def _cancelled(edges, first, last):
    """Take out the pairs of edges that are equal but for the sign; return the new end."""
    end = first
    for i in range(first, last):
        twin = end - 1
        while twin >= first and edges[twin, X0] == edges[i, X0] and not _opposite(edges, twin, i):
            twin -= 1
        if twin >= first and edges[twin, X0] == edges[i, X0]:
            end -= 1
            put_copy(edges, twin, edges, end)
        else:
            end = put_copy(edges, end, edges, i)
    return end


@kernel
def _opposite(edges, i, j):
    same = edges[i, X1] == edges[j, X1] and edges[i, Y0] == edges[j, Y0] and edges[i, SLOPE] == edges[j, SLOPE]
    return same and edges[i, SIGN] == -edges[j, SIGN]


@kernel
def clip(edges, spans, bounds, chosen, box):
    """Return the table of the chosen polygons inside a box, and the row of ``chosen`` of each that is not empty."""
    level = np.zeros((2, COLUMNS))
    put(level, put(level, 0, box[LEFT], box[RIGHT], box[BOTTOM], box[BOTTOM], 0.0, -1.0),
        box[LEFT], box[RIGHT], box[TOP], box[TOP], 0.0, 1.0)  # fmt: skip
    all_of_it, n = np.array([0, 2]), len(chosen)
    most = (spans[chosen, 1] - spans[chosen, 0]).sum() + 64  # nearly always enough
    out, out_spans, out_bounds = np.empty((most, COLUMNS)), np.empty((n, 2), np.int64), np.empty((n, 4))
    rows, size, count, scratch = np.empty(n, np.int64), 0, 0, scratch_for(spans[chosen], all_of_it.reshape(1, 2))
    for row in range(n):
        i, first = chosen[row], size
        if _within(bounds[i], box):
            out = with_room(out, size + spans[i, 1] - spans[i, 0])
            size += spans[i, 1] - spans[i, 0]
            out[first:size] = edges[spans[i, 0] : spans[i, 1]]
            out_bounds[count] = bounds[i]
        else:
            size = add_common(edges, spans[i], bounds[i], level, all_of_it, box, out, first, scratch)
            while size == NO_ROOM:
                out = with_room(out, len(out) + 1)
                size = add_common(edges, spans[i], bounds[i], level, all_of_it, box, out, first, scratch)
            finish(out, first, size, out_bounds[count])
        if size > first:
            out_spans[count, 0], out_spans[count, 1], rows[count] = first, size, row
            count += 1
    return out[:size], out_spans[:count], out_bounds[:count], rows[:count]


@kernel
def _within(inner, box):
    sides = inner[LEFT] >= box[LEFT] and inner[RIGHT] <= box[RIGHT]
    return sides and inner[BOTTOM] >= box[BOTTOM] and inner[TOP] <= box[TOP]
