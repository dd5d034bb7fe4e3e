"""Lines drawn on a picture: thin ones column by column, wide ones as areas with round joins; dashes of any length.

Pictures, cameras and shapes are those of ``analyses.kernels.painting``. A thin line has, in each column it crosses (or
row, where it is steep), the part of every pixel between its two edges; below one pixel it keeps that width and pales.
A wide line is the sum of its pieces' coverage, which counts once where pieces overlap.
"""

# mypy: disallow-untyped-defs=false, disallow-untyped-calls=false

from __future__ import annotations

import numpy as np

from analyses.kernels.composing import over
from analyses.kernels.jit import bare, kernel
from analyses.kernels.painting import FULL, laid, share_of
from analyses.kernels.scanline import add_edge

THIN_PX = 2.0
_TURN = 0.4
"""A round join has a corner at least this often (radians): at 8 pixels a tenth of one from the circle."""
_SHORTEST_PX = 1.0
"""Points nearer than this to the last one drawn are passed over: on a pen's width nobody sees them."""


@kernel
def paint_lines(picture, first_row, camera, seen, shapes, inks, pens, scratch):
    """Draw the outlines of the features ``seen`` on the rows from ``first_row`` that ``picture`` is.

    ``inks`` is a colour for each class, ``pens`` (classes, 3) its width and the lengths of dash and gap, in pixels; no
    gap, no dashes. ``scratch`` is zero before and after, and holds rows times columns + 1.
    """
    points, rings, features, bounds, classes = shapes
    left, top, scale = camera
    height, width = picture.shape
    cover = scratch[: height * (width + 1)].reshape(height, width + 1)
    for feature in seen:
        pen, ink = pens[classes[feature]], inks[classes[feature]]
        reach = 0.5 * pen[0] + 1.0
        low, high = (top - bounds[feature, 3]) * scale - first_row, (top - bounds[feature, 1]) * scale - first_row
        if ink == 0 or pen[0] <= 0.0 or high + reach < 0.0 or low - reach > height:
            continue
        for ring in range(features[feature], features[feature + 1]):
            _draw(picture, cover, points, rings[ring], rings[ring + 1], left, top - first_row / scale, scale, ink, pen)
        if pen[0] > THIN_PX:
            first, last = int(max(low - reach, 0.0)), int(min(high + reach + 1.0, float(height)))
            west = int(max((bounds[feature, 0] - left) * scale - reach, 0.0))
            east = int(min((bounds[feature, 2] - left) * scale + reach + 1.0, float(width)))
            _collect_wide(picture[first:last], cover[first:last], ink, west, east)


@kernel
def _draw(picture, cover, points, first, last, left, top, scale, ink, pen):
    """Draw one line of points, cut into dashes where the pen has gaps, with joins where it is wide and has none."""
    x, y = (points[first, 0] - left) * scale, (top - points[first, 1]) * scale
    is_wide, has_gaps = pen[0] > THIN_PX, pen[2] > 0.0
    turn, first_turn, travelled = np.nan, np.nan, 0.0
    for place in range(first + 1, last):
        next_x, next_y = (points[place, 0] - left) * scale, (top - points[place, 1]) * scale
        if abs(next_x - x) + abs(next_y - y) < _SHORTEST_PX and place < last - 1:
            continue
        if has_gaps:
            travelled = _dash(bare(picture), bare(cover), x, y, next_x, next_y, ink, pen, travelled)
        else:
            _piece(bare(picture), bare(cover), x, y, next_x, next_y, ink, pen[0])
        if is_wide and not has_gaps and (next_x != x or next_y != y):
            next_turn = np.arctan2(next_y - y, next_x - x)
            _join(bare(cover), x, y, turn, next_turn, 0.5 * pen[0])
            turn, first_turn = next_turn, next_turn if np.isnan(first_turn) else first_turn
        x, y = next_x, next_y
    is_closed = points[first, 0] == points[last - 1, 0] and points[first, 1] == points[last - 1, 1]
    if is_wide and is_closed:
        _join(bare(cover), x, y, turn, first_turn, 0.5 * pen[0])


@kernel
def _dash(picture, cover, x, y, end_x, end_y, ink, pen, travelled):
    """Draw the dashes that fall on one piece and return how far along the line its end is (pixels)."""
    length, period = np.hypot(end_x - x, end_y - y), pen[1] + pen[2]
    done = travelled + length
    reach = 0.5 * pen[0] + 1.0
    if length == 0.0 or max(y, end_y) < -reach or min(y, end_y) > picture.shape[0] + reach:
        return done
    begin = np.floor(travelled / period) * period
    while begin < done:
        low, high = max(begin, travelled) - travelled, min(begin + pen[1], done) - travelled
        if high > low:
            along, slope = (end_x - x) / length, (end_y - y) / length
            _piece(picture, cover, x + low * along, y + low * slope, x + high * along, y + high * slope, ink, pen[0])
        begin += period
    return done


@kernel
def _piece(picture, cover, x, y, end_x, end_y, ink, width):
    """Draw one straight piece, at once or, if it is wide, into ``cover``."""
    reach = 0.5 * width + 1.0
    if max(y, end_y) < -reach or min(y, end_y) > picture.shape[0] + reach:
        return
    if max(x, end_x) < -reach or min(x, end_x) > picture.shape[1] + reach:
        return
    if width > THIN_PX:
        _add_wide(cover, x, y, end_x, end_y, 0.5 * width)
    elif abs(end_x - x) >= abs(end_y - y):
        _thin(picture, x, y, end_x, end_y, ink, width)
    else:
        _thin(picture.T, y, x, end_y, end_x, ink, width)


@kernel
def _thin(picture, x, y, end_x, end_y, ink, width):
    """Draw a piece that is rather level, from column to column."""
    if end_x < x:
        x, y, end_x, end_y = end_x, end_y, x, y
    if end_x == x:
        return
    slope = (end_y - y) / (end_x - x)
    half = 0.5 * max(width, 1.0) * np.sqrt(1.0 + slope * slope)
    strength = FULL * min(width, 1.0)
    begin, end, height = max(x, 0.0), min(end_x, float(picture.shape[1])), picture.shape[0]
    col = int(begin)
    while col < end:
        here, there = max(begin, float(col)), min(end, col + 1.0)
        top = y + (0.5 * (here + there) - x) * slope - half
        bottom, part, place = top + 2.0 * half, strength * (there - here), np.uintp(col)
        edge, limit = np.floor(max(top, 0.0)), min(bottom, float(height))
        while edge < limit:
            share = int(part * (min(bottom, edge + 1.0) - max(top, edge)) + 0.5)
            row = np.uintp(edge)
            below = picture[row, place]
            picture[row, place] = over(below, ink, np.uint32(share)) if below >> 24 == 255 else laid(below, ink, share)
            edge += 1.0
        col += 1


@kernel
def _add_wide(cover, x, y, end_x, end_y, half):
    """Add a rectangle."""
    length = np.hypot(end_x - x, end_y - y)
    if length > 0.0:
        aside, along = -(end_y - y) / length * half, (end_x - x) / length * half
        add_edge(cover, x + aside, y + along, end_x + aside, end_y + along)
        add_edge(cover, end_x + aside, end_y + along, end_x - aside, end_y - along)
        add_edge(cover, end_x - aside, end_y - along, x - aside, y - along)
        add_edge(cover, x - aside, y - along, x + aside, y + along)


@kernel
def _join(cover, x, y, turn, next_turn, half):
    """Add the fan that is open between two rectangles on the outer side of a corner, turning as they do."""
    bend = (next_turn - turn + np.pi) % (2.0 * np.pi) - np.pi
    if np.isnan(turn) or bend == 0.0 or y < -half or y > cover.shape[0] + half:
        return
    # The outer side lies left of a line that bends right, and the other way round; rows count downward.
    outer = -0.5 * np.pi if bend > 0.0 else 0.5 * np.pi
    steps = int(np.ceil(abs(bend) / _TURN))
    begin, step = (next_turn, -bend / steps) if bend > 0.0 else (turn, bend / steps)
    here_x, here_y = x + half * np.cos(begin + outer), y + half * np.sin(begin + outer)
    add_edge(cover, x, y, here_x, here_y)
    for corner in range(1, steps + 1):
        angle = begin + corner * step + outer
        there_x, there_y = x + half * np.cos(angle), y + half * np.sin(angle)
        add_edge(cover, here_x, here_y, there_x, there_y)
        here_x, here_y = there_x, there_y
    add_edge(cover, here_x, here_y, x, y)


@kernel
def _collect_wide(picture, cover, ink, first, last):
    """Lay the ink of a wide line and leave ``cover`` at zero; what lies left of the picture is in the first column."""
    for row in range(picture.shape[0]):
        inside = 0.0
        for col in range(first, last):
            inside += cover[row, col]
            cover[row, col] = 0.0
            share = share_of(inside)
            if share > 0:
                picture[row, col] = laid(picture[row, col], ink, share)
        cover[row, last] = 0.0
