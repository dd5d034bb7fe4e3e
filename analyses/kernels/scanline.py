"""How much of every cell a polygon covers: the numerical core of ``analyses.kernels.coverage``.

Method: the signed-area accumulation of scanline font rasterisers. Each edge leaves, in the cells it
crosses, the change of coverage it causes there and in the next cell to the right; one running sum along
each row then gives the exact covered share of every cell. No cell is cut by a polygon, so nothing can fail
geometrically. Source: the coverage accumulation of R. Levien's font-rs (2016), itself after libart and
FreeType's «smooth» rasteriser; the same quantity as D. Baston's exactextract (2018).

All points are in (column, row) of the cells; ``cover`` has one column more than cells, for what leaves at the right.
"""

# mypy: disallow-untyped-defs=false, disallow-untyped-calls=false

from __future__ import annotations

import numpy as np

from analyses.kernels.jit import kernel

DUST = 1e-13
"""A share of a cell below this is what rounding leaves behind a polygon, not coverage."""


@kernel
def wind(points, ring_points, is_shell):
    """Let shells run one way and holes the other, by the sign of their area: the points of some change their order.

    GEOS tells the way of a ring by its highest corner: where reprojection folded a spike there, it tells the wrong one.
    """
    for ring in range(len(is_shell)):
        outline = points[ring_points[ring] : ring_points[ring + 1]]
        if (_twice_area(outline) > 0.0) == is_shell[ring]:
            last = len(outline) - 1
            for i in range(len(outline) // 2):
                x, y = outline[i, 0], outline[i, 1]
                outline[i, 0], outline[i, 1] = outline[last - i, 0], outline[last - i, 1]
                outline[last - i, 0], outline[last - i, 1] = x, y


@kernel
def _twice_area(outline):
    area = 0.0
    for i in range(len(outline) - 1):
        x, y = outline[i, 0] - outline[0, 0], outline[i, 1] - outline[0, 1]
        area += x * (outline[i + 1, 1] - outline[0, 1]) - (outline[i + 1, 0] - outline[0, 0]) * y
    return area


@kernel
def cell_windows(points, ring_points, polygon_rings, height, width):
    """Return, per polygon, the first column and row it can touch and the ones after the last, inside the array."""
    windows = np.zeros((len(polygon_rings) - 1, 4), np.int64)
    for polygon in range(len(windows)):
        first, last = ring_points[polygon_rings[polygon]], ring_points[polygon_rings[polygon + 1]]
        if first < last:
            cols, rows = points[first:last, 0], points[first:last, 1]
            windows[polygon, 0], windows[polygon, 2] = _span(cols.min(), cols.max(), width)
            windows[polygon, 1], windows[polygon, 3] = _span(rows.min(), rows.max(), height)
    return windows


@kernel
def _span(low, high, size):
    first = int(max(0.0, min(np.floor(low), float(size))))
    last = int(max(0.0, min(np.ceil(high), float(size))))
    return first, last


@kernel
def add_classes(
    first, last, points, ring_points, polygon_rings, windows, codes, coefficients, centre, half, scratch, areas
):
    """Add the polygons ``first`` to ``last`` to their rows of ``areas``; ``scratch`` is zero before and after."""
    for polygon in range(first, last):
        col, row, end_col, end_row = windows[polygon]
        height, width = end_row - row, end_col - col
        if height > 0 and width > 0:
            cover, reach = scratch[: height * (width + 1)].reshape(height, width + 1), _nowhere(height, width)
            for ring in range(polygon_rings[polygon], polygon_rings[polygon + 1]):
                for i in range(ring_points[ring], ring_points[ring + 1] - 1):
                    x, y, next_x, next_y = points[i, 0], points[i, 1], points[i + 1, 0], points[i + 1, 1]
                    add_edge(cover, x - col, y - row, next_x - col, next_y - row)
                    _widen(reach, x - col, y - row, next_x - col, next_y - row, width)
            cubic = coefficients[polygon], centre[polygon], half[polygon]
            _collect(cover, reach, codes, col, row, cubic, areas[polygon])


@kernel
def _nowhere(height, width):
    """Return, for each row, the first column an edge can have changed and the one after the last: none so far."""
    reach = np.empty((height, 2), np.int64)
    reach[:, 0], reach[:, 1] = width, 0
    return reach


@kernel
def _widen(reach, x0, y0, x1, y1, width):
    """Widen the rows that an edge crosses by its cells and the one to the right of them."""
    top, bottom = max(min(y0, y1), 0.0), min(max(y0, y1), float(len(reach)))
    first = int(min(max(min(x0, x1), 0.0), float(width)))
    last = int(min(max(x0, x1, 0.0), width - 1.0)) + 2
    row = int(top)
    while row < bottom:
        reach[row, 0], reach[row, 1] = min(reach[row, 0], first), max(reach[row, 1], last)
        row += 1


@kernel
def add_edge(cover, x0, y0, x1, y1):
    """Leave the change of coverage along one edge, row by row; a level edge changes nothing."""
    if y0 == y1:
        return
    down = 1.0
    if y0 > y1:
        x0, y0, x1, y1, down = x1, y1, x0, y0, -1.0
    slope, low, high = (x1 - x0) / (y1 - y0), min(x0, x1), max(x0, x1)
    top, bottom = max(y0, 0.0), min(y1, float(cover.shape[0]))
    row, here, width = int(top), x0 + slope * (top - y0), cover.shape[1] - 1
    while row < bottom:
        below = min(bottom, row + 1.0)
        there = x1 if below == y1 else min(max(x0 + slope * (below - y0), low), high)
        drop, left, right = down * (below - max(top, float(row))), min(here, there), max(here, there)
        cell = int(left)
        if left >= 0.0 and right <= cell + 1.0 and cell < width:  # within one cell, as most pieces are
            beside = drop * (0.5 * (left + right) - cell)
            cover[row, cell] += drop - beside
            cover[row, cell + 1] += beside
        else:
            _add_in_row(cover[row], left, right, drop)
        row, here = row + 1, there


@kernel
def _add_in_row(cells, left, right, drop):
    """Add the piece of an edge within one row: ``drop`` is its signed height, its ends may be off the sides."""
    width = float(len(cells) - 1)
    if left >= width:
        return
    if right <= 0.0:
        cells[0] += drop
        return
    if left < 0.0:
        beyond = drop * (-left / (right - left))
        cells[0] += beyond
        left, drop = 0.0, drop - beyond
    if right > width:
        drop, right = drop * ((width - left) / (right - left)), width
    _add_in_cells(cells, left, right, drop)


@kernel
def _add_in_cells(cells, left, right, drop):
    """Share a piece among the cells it crosses: what is right of it in its cell, and the rest in the next."""
    cell = int(left)
    if right <= cell + 1.0:
        _add_in_cell(cells, cell, 0.5 * (left + right) - cell, drop)
        return
    steepness = drop / (right - left)
    while cell < right:
        begin, end = max(left, float(cell)), min(right, cell + 1.0)
        _add_in_cell(cells, cell, 0.5 * (begin + end) - cell, steepness * (end - begin))
        cell += 1


@kernel
def _add_in_cell(cells, cell, middle, drop):
    cells[cell] += drop * (1.0 - middle)
    cells[cell + 1] += drop * middle


@kernel
def _collect(cover, reach, codes, col, row, cubic, areas):
    """Turn the changes into coverage, weigh it, add it to its class, and leave ``cover`` at zero."""
    coefficients, centre, half = cubic
    for i in range(len(reach)):
        first, last = reach[i]
        changes, classes = cover[i, first:last], codes[row + i, col + first : col + min(last, cover.shape[1] - 1)]
        along = _along_row((row + i + 0.5 - centre[1]) / half[1], coefficients)
        if along[1] == along[2] == along[3] == 0.0:
            _collect_even_row(changes, classes, along[0], areas)
        else:
            _collect_row(changes, classes, along, (col + first + 0.5 - centre[0]) / half[0], 1.0 / half[0], areas)


@kernel
def _along_row(v, k):
    """Return the cubic in u alone that the weights are in one row."""
    at_zero = k[0] + v * (k[2] + v * (k[5] + v * k[9]))
    return at_zero, k[1] + v * (k[4] + v * k[8]), k[3] + v * k[7], k[6]


@kernel
def _collect_row(changes, classes, along, left, step, areas):
    inside = 0.0
    for j in range(len(classes)):
        inside += changes[j]
        if abs(inside) > DUST:
            u = left + j * step
            areas[classes[j]] += inside * (along[0] + u * (along[1] + u * (along[2] + u * along[3])))
    changes[:] = 0.0


@kernel
def _collect_even_row(changes, classes, weight, areas):
    inside = 0.0
    for j in range(len(classes)):
        inside += changes[j]
        if abs(inside) > DUST:
            areas[classes[j]] += inside * weight
    changes[:] = 0.0
