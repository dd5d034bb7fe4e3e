"""The area that two polygons share, as a sum over pairs of their signed edges: for ``analyses.kernels.crosstab``.

Along a vertical line two polygons share the sum, over their edges e and f, of sign(e) sign(f) min(e, f). So the shared
area is the sum over all pairs of edges of the integral of that over the stretch of x they have in common. No point of
intersection has to be a vertex of anything, so nothing can fail geometrically.

Tables of edges are those of ``analyses.kernels.crosstab_edges``.
"""

# mypy: disallow-untyped-defs=false, disallow-untyped-calls=false

from __future__ import annotations

import numpy as np

from analyses.kernels.crosstab_boxes import BOTTOM, LEFT, RIGHT, TOP
from analyses.kernels.crosstab_edges import COLUMNS, SIGN, SLOPE, X0, X1, Y0, Y1, height_at, put, put_copy
from analyses.kernels.jit import bare, kernel


@kernel
def shared_areas(a, a_spans, a_bounds, b, b_spans, b_bounds, starts, others):
    """Return the area that each polygon of ``a`` shares with each of its ``others`` in ``b``."""
    a, a_spans, a_bounds = bare(a), bare(a_spans), bare(a_bounds)
    b, b_spans, b_bounds = bare(b), bare(b_spans), bare(b_bounds)
    areas, near_a, near_b = np.empty(len(others)), room_for(a_spans), room_for(b_spans)
    for i in range(len(a_spans)):
        for pair in range(starts[i], starts[i + 1]):
            j = others[pair]
            box, other = a_bounds[i], b_bounds[j]
            count_a = edges_near(a, a_spans[i], box, other, other[TOP], near_a)
            count_b = edges_near(b, b_spans[j], other, box, box[TOP], near_b)
            areas[pair] = _shared(near_a, count_a, near_b, count_b, max(box[BOTTOM], other[BOTTOM]))
    return areas


@kernel
def room_for(spans):
    """Return room for the edges of the longest polygon."""
    longest = 0
    for i in range(len(spans)):
        longest = max(longest, spans[i, 1] - spans[i, 0])
    return np.empty((longest, COLUMNS))


@kernel
def edges_near(edges, span, box, other, lid, near):
    """Copy the edges of a polygon that matter to another one with the bounds ``other``; return how many.

    What lies wholly below the other adds up to nothing along any vertical line. What lies wholly above it is all the
    same to it: such edges in a row count as one level edge at the height ``lid``.
    """
    left, right, count = max(box[LEFT], other[LEFT]), min(box[RIGHT], other[RIGHT]), 0
    for i in range(span[0], span[1]):
        if edges[i, X0] >= right:
            break
        if edges[i, X1] > left and max(edges[i, Y0], edges[i, Y1]) >= other[BOTTOM]:
            if min(edges[i, Y0], edges[i, Y1]) <= other[TOP]:
                count = put_copy(near, count, edges, i)
            elif not _prolonged(near, count, edges[i, X0], edges[i, X1], edges[i, SIGN], lid):
                count = put(near, count, edges[i, X0], edges[i, X1], lid, lid, 0.0, edges[i, SIGN])
    return count


@kernel
def _prolonged(near, count, x0, x1, sign, lid):
    """Prolong the level edge of the same sign that ends at ``x0``, if it is among the last few."""
    for k in range(count - 1, max(count - 4, -1), -1):
        if near[k, X1] == x0 and near[k, SIGN] == sign and near[k, Y0] == lid and near[k, Y1] == lid:
            near[k, X1] = x1
            return True
    return False


@kernel
def _shared(a, count_a, b, count_b, base):
    """Return the area two polygons share, from the edges of each that matter to the other.

    What belongs to one edge of ``a`` is read once: a compiler may not do so where the arrays could be one.
    """
    total, start = 0.0, 0
    for i in range(count_a):
        x0, x1, y0, slope, sign = a[i, X0], a[i, X1], a[i, Y0], a[i, SLOPE], a[i, SIGN]
        while start < count_b and b[start, X1] <= x0:
            start += 1
        for j in range(start, count_b):
            if b[j, X0] >= x1:
                break
            low, high = max(x0, b[j, X0]), min(x1, b[j, X1])
            if low < high:
                e0, e1 = y0 + slope * (low - x0), y0 + slope * (high - x0)
                height = _mean_below(e0, e1, height_at(b, j, low), height_at(b, j, high)) - base
                total += sign * b[j, SIGN] * (high - low) * height
    return total


@kernel
def _mean_below(e0, e1, f0, f1):
    """Return the mean height of the ground below two straight edges, which run from e0 to e1 and from f0 to f1."""
    d0, d1 = e0 - f0, e1 - f1
    if d0 * d1 >= 0.0:
        return 0.5 * (min(e0, f0) + min(e1, f1))
    share = d0 / (d0 - d1)
    crossing = e0 + (e1 - e0) * share
    return 0.5 * (share * min(e0, f0) + crossing + (1.0 - share) * min(e1, f1))
