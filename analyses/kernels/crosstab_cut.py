"""The ground two polygons share, as an area and as signed edges: the core of ``analyses.kernels.crosstab``, second part.

Area: along a vertical line, two polygons share the sum, over their edges e and f, of sign(e) sign(f) min(e, f). So the
shared area is the sum over all pairs of edges of the integral of that over the stretch of x they have in common. No
point of intersection has to be a vertex of anything, so nothing can fail geometrically.

Edges: the outline of what is shared are the stretches of each polygon's edges inside the other. Where two edges lie on
each other one polygon's count as the upper ones, so that a common stretch comes out once or cancels.

Tables of edges are those of ``analyses.kernels.crosstab_edges``.
"""

# mypy: disallow-untyped-defs=false, disallow-untyped-calls=false

from __future__ import annotations

import numpy as np

from analyses.kernels.crosstab_edges import (
    BOTTOM, COLUMNS, LEFT, RIGHT, SIGN, SLOPE, TOP, X0, X1, Y0, Y1, area_of, bound, height_at, put, sort_by_x, with_room,
)  # fmt: skip
from analyses.kernels.jit import kernel

NO_OTHER = -1
"""Stands for the polygon of a piece that is what all others have left over."""


@kernel
def shared_areas(a, a_spans, a_bounds, b, b_spans, b_bounds, starts, others):
    """Return the area that each polygon of ``a`` shares with each of its ``others`` in ``b``."""
    areas, near = np.empty(len(others)), np.empty(_longest(b_spans), np.int64)
    for i in range(len(a_spans)):
        for pair in range(starts[i], starts[i + 1]):
            j = others[pair]
            box, other = a_bounds[i], b_bounds[j]
            left, right = max(box[LEFT], other[LEFT]), min(box[RIGHT], other[RIGHT])
            count = _edges_near(b, b_spans[j, 0], b_spans[j, 1], left, right, box[BOTTOM], near)
            areas[pair] = _shared(a, a_spans[i, 0], a_spans[i, 1], b, near[:count], left, right, box, other)
    return areas


@kernel
def _longest(spans):
    longest = 0
    for i in range(len(spans)):
        longest = max(longest, spans[i, 1] - spans[i, 0])
    return longest


@kernel
def _edges_near(edges, first, last, left, right, low, near):
    """Collect the edges between ``left`` and ``right`` that reach ``low``: what lies wholly below it adds up to nothing."""
    count = 0
    for i in range(first, last):
        if edges[i, X0] >= right:
            break
        if edges[i, X1] > left and max(edges[i, Y0], edges[i, Y1]) >= low:
            near[count] = i
            count += 1
    return count


@kernel
def _shared(a, first, last, b, near, left, right, box, other):
    total, start, base = 0.0, 0, max(box[BOTTOM], other[BOTTOM])
    for i in range(first, last):
        if a[i, X0] >= right:
            break
        if a[i, X1] > left and max(a[i, Y0], a[i, Y1]) > other[BOTTOM]:
            while start < len(near) and b[near[start], X1] <= a[i, X0]:
                start += 1
            for k in range(start, len(near)):
                if b[near[k], X0] >= a[i, X1]:
                    break
                total += _below_both(a, i, b, near[k], base)
    return total


@kernel
def _below_both(a, i, b, j, base):
    """Return the signed area above ``base`` and below both edges."""
    low, high = max(a[i, X0], b[j, X0]), min(a[i, X1], b[j, X1])
    if high <= low:
        return 0.0
    e0, e1, f0, f1 = height_at(a, i, low), height_at(a, i, high), height_at(b, j, low), height_at(b, j, high)
    d0, d1 = e0 - f0, e1 - f1
    if d0 <= 0.0 and d1 <= 0.0:
        height = 0.5 * (e0 + e1) - base
    elif d0 >= 0.0 and d1 >= 0.0:
        height = 0.5 * (f0 + f1) - base
    else:
        share = d0 / (d0 - d1)
        crossing = e0 + (e1 - e0) * share
        height = 0.5 * (share * min(e0, f0) + crossing + (1.0 - share) * min(e1, f1)) - base
    return a[i, SIGN] * b[j, SIGN] * (high - low) * height


@kernel
def cut(a, a_spans, a_bounds, b, b_spans, b_bounds, starts, others, smallest):
    """Cut each polygon of ``a`` by its ``others`` in ``b``; what none of them covers is a piece too.

    Returns the table of the pieces, their areas, the rows of ``a`` and of ``b`` they come from (``NO_OTHER`` for what
    is left over), and the sum of the pieces not larger than ``smallest``, which are left out.
    """
    most = len(others) + len(a_spans)
    spans, bounds, areas = np.empty((most, 2), np.int64), np.empty((most, 4)), np.empty(most)
    rows = np.empty((most, 2), np.int64)
    edges, scratch = np.empty((2 * len(a) + 16, COLUMNS)), _scratch(a_spans, b_spans)
    size, count, dropped = 0, 0, 0.0
    for i in range(len(a_spans)):
        begin, left_over = size, area_of(a, a_spans[i, 0], a_spans[i, 1], a_bounds[i, BOTTOM])
        for pair in range(starts[i], starts[i + 1] + 1):
            first = size
            if pair < starts[i + 1]:
                j = others[pair]
                edges, size = add_common(
                    a, a_spans[i], a_bounds[i], b, b_spans[j], b_bounds[j], edges, size, scratch
                )
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
def _scratch(a_spans, b_spans):
    """Return room for the edges near a polygon and, twice as many, for where they begin and end above an edge."""
    longest = max(_longest(a_spans), _longest(b_spans))
    return np.empty(longest, np.int64), np.empty(2 * longest), np.empty(2 * longest)


@kernel
def finish(edges, first, last, box):
    """Sort and bound the edges of a new piece; return its area."""
    if first == last:
        return 0.0
    sort_by_x(edges, first, last)
    bound(edges, first, last, box)
    return area_of(edges, first, last, box[BOTTOM])


@kernel
def _add_rest(a, span, edges, begin, size):
    """Add a polygon's edges and, with the sign turned, those of its pieces since ``begin``; equal ones cancel."""
    first, end = size, size
    edges = with_room(edges, size + (size - begin) + span[1] - span[0])
    for i in range(span[0], span[1]):
        edges[size] = a[i]
        size += 1
    for i in range(begin, end):
        edges[size] = edges[i]
        edges[size, SIGN] = -edges[i, SIGN]
        size += 1
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
            edges[twin] = edges[end]
        else:
            edges[end] = edges[i]
            end += 1
    return end


@kernel
def _opposite(edges, i, j):
    same = edges[i, X1] == edges[j, X1] and edges[i, Y0] == edges[j, Y0] and edges[i, SLOPE] == edges[j, SLOPE]
    return same and edges[i, SIGN] == -edges[j, SIGN]


@kernel
def add_common(a, a_span, a_box, b, b_span, b_box, edges, size, scratch):
    """Add the edges of the ground that a polygon of ``a`` shares with one of ``b``."""
    edges, size = _add_inside(a, a_span, a_box, b, b_span, b_box, True, edges, size, scratch)
    return _add_inside(b, b_span, b_box, a, a_span, a_box, False, edges, size, scratch)


@kernel
def _add_inside(a, a_span, a_box, b, b_span, b_box, ties_above, edges, size, scratch):
    """Add the stretches of the first polygon's edges that lie inside the second."""
    near, at, change = scratch
    left, right = max(a_box[LEFT], b_box[LEFT]), min(a_box[RIGHT], b_box[RIGHT])
    count, start = _edges_near(b, b_span[0], b_span[1], left, right, a_box[BOTTOM], near), 0
    for i in range(a_span[0], a_span[1]):
        if a[i, X0] >= right:
            break
        within = max(a[i, Y0], a[i, Y1]) >= b_box[BOTTOM] and min(a[i, Y0], a[i, Y1]) <= b_box[TOP]
        if a[i, X1] > left and within:
            while start < count and b[near[start], X1] <= a[i, X0]:
                start += 1
            changes = _changes_above(a, i, b, near[start:count], ties_above, at, change)
            edges = with_room(edges, size + changes)
            size = _add_stretches(a, i, at[:changes], change[:changes], edges, size)
    return edges, size


@kernel
def _changes_above(a, i, b, near, ties_above, at, change):
    """Write where along edge ``i`` the edges above it begin and end, sorted, with their signs; return how many."""
    count = 0
    for k in range(len(near)):
        j = near[k]
        if b[j, X0] >= a[i, X1]:
            break
        low, high = _stretch_above(a, i, b, j, ties_above)
        if low < high:
            count = _insert(at, change, count, low, b[j, SIGN])
            count = _insert(at, change, count, high, -b[j, SIGN])
    return count


@kernel
def _stretch_above(a, i, b, j, ties_above):
    """Return from where to where edge ``j`` runs above edge ``i``; the same place twice if nowhere.

    With the edges and ``ties_above`` exchanged it returns, to the last bit, the other stretches.
    """
    low, high = max(a[i, X0], b[j, X0]), min(a[i, X1], b[j, X1])
    if high <= low or max(b[j, Y0], b[j, Y1]) < min(a[i, Y0], a[i, Y1]):
        return low, low
    if min(b[j, Y0], b[j, Y1]) > max(a[i, Y0], a[i, Y1]):
        return low, high
    d0, d1 = height_at(b, j, low) - height_at(a, i, low), height_at(b, j, high) - height_at(a, i, high)
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
def _add_stretches(a, i, at, change, edges, size):
    """Add the stretches of edge ``i`` that lie inside: below one upper edge more than below lower ones.

    A stretch counts as often as it is inside, so signs always add up to nothing along a vertical line, even where
    rounding puts edges that nearly coincide in an impossible order.
    """
    depth, begin, k = 0.0, 0.0, 0
    while k < len(at):
        place, before = at[k], depth
        while k < len(at) and at[k] == place:
            depth += change[k]
            k += 1
        if depth != before:
            if before != 0.0:
                y0, y1 = height_at(a, i, begin), height_at(a, i, place)
                size = put(edges, size, begin, place, y0, y1, a[i, SLOPE], before * a[i, SIGN])
            begin = place
    return size


@kernel
def clip(edges, spans, bounds, chosen, box):
    """Return the table of the chosen polygons inside a box, and the row of ``chosen`` of each that is not empty."""
    level = np.zeros((2, COLUMNS))
    put(level, put(level, 0, box[LEFT], box[RIGHT], box[BOTTOM], box[BOTTOM], 0.0, -1.0),
        box[LEFT], box[RIGHT], box[TOP], box[TOP], 0.0, 1.0)  # fmt: skip
    all_of_it, n = np.array([0, 2]), len(chosen)
    out, out_spans, out_bounds = np.empty((64, COLUMNS)), np.empty((n, 2), np.int64), np.empty((n, 4))
    rows, size, count, scratch = np.empty(n, np.int64), 0, 0, _scratch(spans[chosen], all_of_it.reshape(1, 2))
    for row in range(n):
        i, first = chosen[row], size
        if _within(bounds[i], box):
            out = with_room(out, size + spans[i, 1] - spans[i, 0])
            size += spans[i, 1] - spans[i, 0]
            out[first:size] = edges[spans[i, 0] : spans[i, 1]]
            out_bounds[count] = bounds[i]
        else:
            out, size = add_common(edges, spans[i], bounds[i], level, all_of_it, box, out, size, scratch)
            finish(out, first, size, out_bounds[count])
        if size > first:
            out_spans[count, 0], out_spans[count, 1], rows[count] = first, size, row
            count += 1
    return out[:size], out_spans[:count], out_bounds[:count], rows[:count]


@kernel
def _within(inner, box):
    sides = inner[LEFT] >= box[LEFT] and inner[RIGHT] <= box[RIGHT]
    return sides and inner[BOTTOM] >= box[BOTTOM] and inner[TOP] <= box[TOP]
