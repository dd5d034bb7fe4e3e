"""Polygons as signed edges: the numerical core of ``analyses.kernels.crosstab``, first part.

A polygon is told by its edges alone: along any vertical line, the ground below its upper edges less the ground below
its lower ones is the polygon. So each edge that is not vertical has a sign, +1 where the polygon lies below it and -1
where it lies above; rings, their order and their vertices are forgotten. Tables of edges can be added (two polygons
that do not overlap) and subtracted (a part taken off a polygon) by putting them one after the other.

A table is ``edges`` (m, 6) with the columns below, ``spans`` (n, 2), the first edge of each polygon and the one after
its last, sorted by ``X0``, and ``bounds`` (n, 4): left, bottom, right, top.
"""

# mypy: disallow-untyped-defs=false, disallow-untyped-calls=false

from __future__ import annotations

import numpy as np

from analyses.kernels.crosstab_boxes import BOTTOM, LEFT, RIGHT, TOP
from analyses.kernels.jit import kernel

X0, X1, Y0, Y1, SLOPE, SIGN = range(6)
COLUMNS = 6
FEW = 100


@kernel
def edges_of(points, ring_points, part_rings):
    """Return the table of polygons without parts; the first ring of each is its shell, whichever way it runs."""
    n = len(part_rings) - 1
    edges, spans, bounds = np.empty((len(points), COLUMNS)), np.empty((n, 2), np.int64), np.empty((n, 4))
    size = 0
    for part in range(n):
        spans[part, 0] = size
        for ring in range(part_rings[part], part_rings[part + 1]):
            outline = points[ring_points[ring] : ring_points[ring + 1]]
            side = 1.0 if ring == part_rings[part] else -1.0
            size = _add_ring(edges, size, outline, side if _runs_left(outline) else -side)
        spans[part, 1] = size
        sort_by_x(edges, spans[part, 0], size)
        bound(edges, spans[part, 0], size, bounds[part])
    return edges[:size], spans, bounds


@kernel
def _runs_left(outline):
    """Tell whether a closed ring runs anticlockwise."""
    doubled = 0.0
    for i in range(len(outline) - 1):
        x, y = outline[i, 0] - outline[0, 0], outline[i, 1] - outline[0, 1]
        doubled += x * (outline[i + 1, 1] - outline[0, 1]) - (outline[i + 1, 0] - outline[0, 0]) * y
    return doubled > 0.0


@kernel
def _add_ring(edges, size, outline, side):
    """Add the edges of a ring; one too steep for its slope to be a number has no ground below it either."""
    for i in range(len(outline) - 1):
        x0, y0, x1, y1, sign = outline[i, 0], outline[i, 1], outline[i + 1, 0], outline[i + 1, 1], -side
        if x1 < x0:
            x0, y0, x1, y1, sign = x1, y1, x0, y0, side
        if x1 > x0 and np.isfinite((y1 - y0) / (x1 - x0)):
            size = put(edges, size, x0, x1, y0, y1, (y1 - y0) / (x1 - x0), sign)
    return size


@kernel
def put(edges, size, x0, x1, y0, y1, slope, sign):
    """Write one edge behind the others; return how many there are now."""
    edges[size, X0], edges[size, X1], edges[size, Y0], edges[size, Y1] = x0, x1, y0, y1
    edges[size, SLOPE], edges[size, SIGN] = slope, sign
    return size + 1


@kernel
def put_copy(edges, size, source, i):
    """Write a copy of one edge behind the others; return how many there are now."""
    for column in range(COLUMNS):
        edges[size, column] = source[i, column]
    return size + 1


@kernel
def height_at(edges, i, x):
    """Return the height of an edge at ``x``, in the same way everywhere."""
    return edges[i, Y0] + edges[i, SLOPE] * (x - edges[i, X0])


@kernel
def sort_by_x(edges, first, last):
    """Sort the edges of one polygon by where they begin: few by insertion, which moves places and not edges."""
    rows = edges[first:last]
    places = rows[:, X0].copy()
    order = _by_insertion(places) if len(places) <= FEW else np.argsort(places)
    rows[:] = rows[order]


@kernel
def _by_insertion(places):
    """Return the order of the places, which are sorted on the way."""
    order = np.arange(len(places))
    for i in range(1, len(places)):
        place, k = places[i], i
        while k > 0 and places[k - 1] > place:
            places[k], order[k] = places[k - 1], order[k - 1]
            k -= 1
        places[k], order[k] = place, i
    return order


@kernel
def bound(edges, first, last, box):
    """Write the bounds of the edges ``first`` to ``last``; of none, bounds that touch nothing."""
    box[LEFT], box[BOTTOM], box[RIGHT], box[TOP] = np.inf, np.inf, -np.inf, -np.inf
    for i in range(first, last):
        box[LEFT], box[RIGHT] = min(box[LEFT], edges[i, X0]), max(box[RIGHT], edges[i, X1])
        box[BOTTOM] = min(box[BOTTOM], edges[i, Y0], edges[i, Y1])
        box[TOP] = max(box[TOP], edges[i, Y0], edges[i, Y1])


@kernel
def area_of(edges, first, last, base):
    """Return the area of the edges ``first`` to ``last``; a ``base`` near them keeps the digits."""
    area = 0.0
    for i in range(first, last):
        height = 0.5 * (edges[i, Y0] + edges[i, Y1]) - base
        area += edges[i, SIGN] * (edges[i, X1] - edges[i, X0]) * height
    return area


@kernel
def areas_of(edges, spans, bounds):
    """Return the area of every polygon of a table."""
    areas = np.zeros(len(spans))
    for i in range(len(spans)):
        if spans[i, 0] < spans[i, 1]:
            areas[i] = area_of(edges, spans[i, 0], spans[i, 1], bounds[i, BOTTOM])
    return areas
