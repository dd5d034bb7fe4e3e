"""The ground that two polygons share, as signed edges again: for ``analyses.kernels.crosstab``.

Its outline are the stretches of each polygon's edges inside the other. Where two edges lie on each other those of the
second polygon count as the upper ones, so that a common stretch comes out once or cancels.

Tables of edges are those of ``analyses.kernels.crosstab_edges``.
"""

# mypy: disallow-untyped-defs=false, disallow-untyped-calls=false

from __future__ import annotations

import numpy as np

from analyses.kernels.crosstab_boxes import BOTTOM
from analyses.kernels.crosstab_edges import SIGN, SLOPE, X0, X1, Y0, Y1, area_of, bound, height_at, put, sort_by_x
from analyses.kernels.crosstab_shared import edges_near, room_for
from analyses.kernels.jit import bare, kernel

NO_ROOM = -1
"""The end of the edges when there is no room for more: make room and begin again."""


@kernel
def scratch_for(a_spans, b_spans):
    """Return room for the edges of a polygon of each side, and for where those of one begin and end above an edge."""
    near_a, near_b = room_for(a_spans), room_for(b_spans)
    most = 2 * max(len(near_a), len(near_b))
    return near_a, near_b, np.empty(most), np.empty(most)


@kernel
def add_common(a, a_span, a_box, b, b_span, b_box, edges, size, scratch):
    """Add the edges of the ground that two polygons share; return the new end or ``NO_ROOM``."""
    near_a, near_b, at, change = bare(scratch[0]), bare(scratch[1]), bare(scratch[2]), bare(scratch[3])
    edges = bare(edges)
    count_a = edges_near(a, a_span, a_box, b_box, np.inf, near_a)
    count_b = edges_near(b, b_span, b_box, a_box, np.inf, near_b)
    size = _add_inside(near_a, count_a, near_b, count_b, True, edges, size, at, change)
    return NO_ROOM if size == NO_ROOM else _add_inside(near_b, count_b, near_a, count_a, False, edges, size, at, change)


@kernel
def _add_inside(a, count_a, b, count_b, ties_above, edges, size, at, change):
    """Add the stretches of the first polygon's edges that lie inside the second."""
    start = 0
    for i in range(count_a):
        while start < count_b and b[start, X1] <= a[i, X0]:
            start += 1
        if a[i, Y0] < np.inf:
            changes, depth = _changes_above(a, i, b, start, count_b, ties_above, at, change)
            if size + changes >= len(edges):
                return NO_ROOM
            size = _add_stretches(a, i, depth, changes, at, change, edges, size)
    return size


@kernel
def _changes_above(a, i, b, start, count_b, ties_above, at, change):
    """Write where along edge ``i`` edges above it begin and end, sorted; return how many changes there are.

    Also returns the sum of the signs above its beginning: how deep inside the other polygon it begins.
    """
    edge = a[i, X0], a[i, X1], a[i, Y0], a[i, SLOPE], min(a[i, Y0], a[i, Y1]), max(a[i, Y0], a[i, Y1])
    count, depth = 0, 0.0
    for j in range(start, count_b):
        if b[j, X0] >= edge[1]:
            break
        low, high = _stretch_above(edge, b, j, ties_above)
        if low < high:
            if low == edge[0]:
                depth += b[j, SIGN]
            else:
                count = _insert(at, change, count, low, b[j, SIGN])
            if high < edge[1]:
                count = _insert(at, change, count, high, -b[j, SIGN])
    return count, depth


@kernel
def _stretch_above(edge, b, j, ties_above):
    """Return from where to where edge ``j`` runs above ``edge``; the same place twice if nowhere.

    With the edges and ``ties_above`` exchanged it returns, to the last bit, the other stretches.
    """
    x0, x1, y0, slope, bottom, top = edge
    low, high = max(x0, b[j, X0]), min(x1, b[j, X1])
    if high <= low or max(b[j, Y0], b[j, Y1]) < bottom:
        return low, low
    if min(b[j, Y0], b[j, Y1]) > top:
        return low, high
    d0 = height_at(b, j, low) - (y0 + slope * (low - x0))
    d1 = height_at(b, j, high) - (y0 + slope * (high - x0))
    above0 = d0 > 0.0 or (ties_above and d0 == 0.0)
    above1 = d1 > 0.0 or (ties_above and d1 == 0.0)
    if above0 == above1:
        return (low, high) if above0 else (low, low)
    crossing = low + (high - low) * (abs(d0) / (abs(d0) + abs(d1)))
    return (low, crossing) if above0 else (crossing, high)


@kernel
def _insert(at, change, count, place, sign):
    """Insert one change of sign so that places stay sorted; most come almost in order."""
    k = count
    while k > 0 and at[k - 1] > place:
        at[k], change[k] = at[k - 1], change[k - 1]
        k -= 1
    at[k], change[k] = place, sign
    return count + 1


@kernel
def _add_stretches(a, i, depth, changes, at, change, edges, size):
    """Add the stretches of edge ``i`` that lie inside: below one upper edge more than below lower ones.

    A stretch counts as often as it is inside, so signs always add up to nothing along a vertical line, even where
    rounding puts edges that nearly coincide in an impossible order.
    """
    begin, k = a[i, X0], 0
    while k < changes:
        place, before = at[k], depth
        while k < changes and at[k] == place:
            depth += change[k]
            k += 1
        if depth != before:
            size = _add_stretch(a, i, begin, place, before, edges, size)
            begin = place
    return _add_stretch(a, i, begin, a[i, X1], depth, edges, size)


@kernel
def _add_stretch(a, i, begin, end, depth, edges, size):
    if depth == 0.0:
        return size
    y1 = a[i, Y1] if end == a[i, X1] else height_at(a, i, end)
    return put(edges, size, begin, end, height_at(a, i, begin), y1, a[i, SLOPE], depth * a[i, SIGN])


@kernel
def finish(edges, first, last, box):
    """Sort and bound the edges of a new piece; return its area."""
    if first == last:
        return 0.0
    edges, box = bare(edges), bare(box)
    sort_by_x(edges, first, last)
    bound(edges, first, last, box)
    return area_of(edges, first, last, box[BOTTOM])
