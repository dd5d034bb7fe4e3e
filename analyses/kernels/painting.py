"""Areas drawn on a picture, antialiased by the exact share of each pixel they cover.

Drawing and measuring are one sum: the coverage is that of ``analyses.kernels.scanline``, the cells are pixels. A
picture is (rows, columns) of premultiplied ARGB, one 32-bit number a pixel. What is drawn is laid by «disjoint over»
(T. Porter and T. Duff, Compositing Digital Images, 1984; the disjoint form is that of the X Render extension): a pixel
that two neighbours share in part is full when both have been laid, so no ground shines through where they meet.

Pixels count right and down from the picture's corner; a camera is (left, top, pixels a metre), left and top in metres.
"""

# mypy: disallow-untyped-defs=false, disallow-untyped-calls=false

from __future__ import annotations

import numpy as np

from analyses.kernels.jit import bare, kernel
from analyses.kernels.scanline import add_edge

HALVES = 0x800080
"""A half, as 256ths, in each of two channels: what rounding adds."""
FULL = 256
_ONE_OF = (1.0 + 1e-9) / np.maximum(np.arange(256.0), 0.5)
"""By what to multiply instead of dividing, which is slow: a little more, so that whole numbers stay whole."""
"""A share of one, as the blending counts it."""

_WIDE = 16
"""From this width on (pixels) an area has runs of equal pixels that are worth looking for."""

STEP, LINE, COSINE, SINE, PHASE, IS_CROSSED = range(6)
"""The columns of a hatch: step and width of its lines (pixels; 0: no hatch), direction across them, where they begin
(pixels), and 1 if a perpendicular family crosses them."""


@kernel
def laid(under, colour, share):
    """Return the pixel ``under`` with ``share`` 256ths of ``colour`` laid on it, disjointly; no channel overflows."""
    below, above = np.int64(under), np.int64(colour)
    depth = below >> 24
    room = 255 * FULL - (above >> 24) * share
    keep = np.int64(min(room * _ONE_OF[depth], 256.0))
    odd = (above & 0xFF00FF) * share + (below & 0xFF00FF) * keep
    even = ((above >> 8) & 0xFF00FF) * share + ((below >> 8) & 0xFF00FF) * keep
    return _joined(odd, even)


@kernel
def _joined(odd, even):
    """Return a pixel from its channels, two by two in 256ths, each rounded."""
    return np.uint32((((odd + HALVES) >> 8) & 0xFF00FF) | ((even + HALVES) & 0xFF00FF00))


@kernel
def features_seen(bounds, left, bottom, right, top):
    """Return the places, ascending, of the bounds (n, 4) that touch the ground between."""
    found = np.empty(len(bounds), np.int32)
    count = 0
    for place in range(len(bounds)):
        if (
            bounds[place, 0] <= right
            and bounds[place, 2] >= left
            and bounds[place, 1] <= top
            and bounds[place, 3] >= bottom
        ):
            found[count] = place
            count += 1
    return found[:count].copy()


@kernel
def paint_areas(picture, first_row, camera, seen, shapes, fills, hatches, lines, scratch):
    """Lay the areas ``seen`` on the rows from ``first_row`` that ``picture`` is.

    ``shapes`` are points (N, 2), the first point of each ring, the first ring of each feature, bounds (n, 4), classes
    (n,). ``fills`` and ``lines`` are a colour for each class, of the ground and of its hatch; ``hatches`` (classes, 6).
    ``scratch`` is zero before and after, and holds rows times columns + 1.
    """
    points, rings, features, bounds, classes = shapes
    left, top, scale = camera
    height, width = picture.shape
    highest, lowest = top - first_row / scale, top - (first_row + height) / scale
    for feature in seen:
        if bounds[feature, 1] > highest or bounds[feature, 3] < lowest:
            continue
        col, end_col = _span((bounds[feature, 0] - left) * scale, (bounds[feature, 2] - left) * scale, width)
        row, end_row = _span(
            (top - bounds[feature, 3]) * scale - first_row, (top - bounds[feature, 1]) * scale - first_row, height
        )
        if col >= end_col or row >= end_row:
            continue
        cover = scratch[: (end_row - row) * (end_col - col + 1)].reshape(end_row - row, end_col - col + 1)
        across, down = left + col / scale, top - (first_row + row) / scale
        for ring in range(features[feature], features[feature + 1]):
            if _is_closed(points, rings[ring], rings[ring + 1] - 1):
                _add_ring(bare(cover), bare(points), rings[ring], rings[ring + 1], across, down, scale)
        kind = classes[feature]
        target = picture[row:end_row, col:end_col]
        if hatches[kind, STEP] > 0.0:
            _collect_hatched(target, cover, fills[kind], lines[kind], hatches[kind], col, first_row + row)
        else:
            _collect(target, cover, fills[kind])


@kernel
def _is_closed(points, first, last):
    """Tell whether it is the outline of an area: a line has no ground."""
    return points[first, 0] == points[last, 0] and points[first, 1] == points[last, 1]


@kernel
def _span(low, high, size):
    """Return the first pixel between two places, and the one after the last, inside ``size``."""
    return int(max(0.0, min(np.floor(low), float(size)))), int(max(0.0, min(np.ceil(high), float(size))))


@kernel
def _add_ring(cover, points, first, last, left, top, scale):
    """Add a ring's edges; an edge within one pixel, and that is most of them when zoomed out, is done on the spot."""
    height, width = cover.shape[0], cover.shape[1] - 1
    x, y = (points[first, 0] - left) * scale, (top - points[first, 1]) * scale
    for place in range(first + 1, last):
        next_x, next_y = (points[place, 0] - left) * scale, (top - points[place, 1]) * scale
        col, row = int(np.floor(x)), int(np.floor(y))
        if (
            col == int(np.floor(next_x))
            and row == int(np.floor(next_y))
            and col >= 0
            and row >= 0
            and col < width
            and row < height
        ):
            drop = next_y - y
            beside = drop * (0.5 * (x + next_x) - col)
            cover[row, col] += drop - beside
            cover[row, col + 1] += beside
        elif (row < height or next_y < height) and (row >= 0 or next_y >= 0.0):
            add_edge(cover, x, y, next_x, next_y)
        x, y = next_x, next_y


@kernel
def share_of(inside):
    """Return a covered share as 256ths; overlapping and twisted rings count once."""
    return int(min(abs(inside), 1.0) * FULL + 0.5)


@kernel
def _collect(picture, cover, colour):
    """Turn the changes into coverage, lay the colour, and leave ``cover`` at zero."""
    is_solid = colour >> 24 == 255
    width = picture.shape[1]
    if width < _WIDE:
        _collect_small(picture, cover, colour)
        return
    for row in range(picture.shape[0]):
        pixels, changes = picture[row], cover[row]
        inside, share = 0.0, 0
        for col in range(width):
            if changes[col] != 0.0:
                inside += changes[col]
                changes[col] = 0.0
                share = share_of(inside)
            if share == FULL and is_solid:
                pixels[col] = colour
            elif share > 0:
                pixels[col] = laid(pixels[col], colour, share)
        changes[width] = 0.0


@kernel
def _collect_small(picture, cover, colour):
    """Do as ``_collect`` where hardly a pixel is like the one before: without asking."""
    width = picture.shape[1]
    for row in range(picture.shape[0]):
        inside = 0.0
        for col in range(width):
            inside += cover[row, col]
            cover[row, col] = 0.0
            picture[row, col] = laid(picture[row, col], colour, share_of(inside))
        cover[row, width] = 0.0


@kernel
def _collect_hatched(picture, cover, ground, line, hatch, first_col, first_row):
    """Do as ``_collect``, with the lines of a hatch over the ground."""
    width = picture.shape[1]
    for row in range(picture.shape[0]):
        inside = 0.0
        for col in range(width):
            inside += cover[row, col]
            cover[row, col] = 0.0
            share = share_of(inside)
            if share > 0:
                inked = int(FULL * _hatched(first_col + col + 0.5, first_row + row + 0.5, hatch) + 0.5)
                picture[row, col] = laid(picture[row, col], laid(ground, line, inked), share)
        cover[row, width] = 0.0


@kernel
def _hatched(x, y, hatch):
    """Return the share of a pixel that lines of the hatch cover, taken across them."""
    inked = _on_family(x * hatch[COSINE] + y * hatch[SINE] - hatch[PHASE], hatch)
    if hatch[IS_CROSSED] > 0.0:
        inked = max(inked, _on_family(x * hatch[SINE] - y * hatch[COSINE], hatch))
    return inked


@kernel
def _on_family(across, hatch):
    from_line = abs((across / hatch[STEP] + 0.5) % 1.0 - 0.5) * hatch[STEP]
    return min(max(0.5 * hatch[LINE] + 0.5 - from_line, 0.0), min(hatch[LINE], 1.0))
