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
from analyses.kernels.crosstab_edges import COLUMNS, SIGN, X0, X1, Y0, Y1, height_at, put, put_copy
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
    """Return the area two polygons share, from the edges of each that matter to the other."""
    total, start = 0.0, 0
    for i in range(count_a):
        while start < count_b and b[start, X1] <= a[i, X0]:
            start += 1
        for j in range(start, count_b):
            if b[j, X0] >= a[i, X1]:
                break
            total += _below_both(a, i, b, j, base)
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
