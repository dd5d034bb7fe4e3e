"""Names and numbers that neither collide nor leave their place by much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from puc_tool.maps import fonts
from puc_tool.maps.layout import Box
from puc_tool.maps.style import Lettering

Points = NDArray[np.float64]
NO_POINTS = np.empty((0, 2))
_LINE_EM, _AIR_MM = 1.2, 0.25
_CORNER = 1.12  # signs that stay are square: their corners reach further than a circle's edge
_ROUNDS, _NUDGE_MM, _GOLDEN_RATIO = 300, 0.05, 0.618034


def middles(geometries: Sequence[shapely.Geometry]) -> Points:
    """Return a point well inside each geometry (n × 2): the centre of the largest circle in a polygon."""
    return np.array([_middle(geometry) for geometry in geometries]).reshape(-1, 2)


def box_of(point: Points, words: str, style: Lettering) -> Box:
    """Return the room that ``words`` take, centred on ``point``."""
    lines = (words.upper() if style.capitals else words).split("\n")
    width = max(fonts.width_mm(line, style.size_pt, style.tracking_em) for line in lines) * 1.05
    height = len(lines) * style.size_pt * fonts.PT_MM * _LINE_EM
    x, y = point.tolist()
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def is_free(box: Box, taken: Iterable[Box]) -> bool:
    """Tell whether ``box`` keeps clear of every box already taken."""
    left, top, right, bottom = box
    return all(
        right + _AIR_MM <= other[0] or other[2] + _AIR_MM <= left or bottom <= other[1] or other[3] <= top
        for other in taken
    )


def spread(points: Points, size: float, room: Box, fixed: Points = NO_POINTS) -> Points:
    """Return ``points`` moved apart until none is nearer than ``size`` to another, nor to one of ``fixed``.

    They stay inside ``room``. Method: of each pair that is too near both move by half of what is lacking, or one by
    all of it where the other is fixed, again until nothing moves; where there is no room at all, some stay too near.
    """
    fixed = np.unique(fixed, axis=0)  # two signs in one place push no harder than one
    low, high = np.array(room[:2]) + size / 2, np.array(room[2:]) - size / 2
    placed = np.clip(points, low, high)
    nudge = _inward(placed, (low + high) / 2)  # points in one place need a direction, each its own
    for _ in range(_ROUNDS):
        away = placed[:, None] - np.vstack([placed, fixed])[None]
        distance = np.hypot(away[..., 0], away[..., 1])
        distance[:, len(placed) :] /= _CORNER
        lacking = np.clip(size - distance, 0, None)
        np.fill_diagonal(lacking, 0.0)
        if not lacking.any():
            break
        lacking[:, len(placed) :] *= 2
        push = (away * (lacking / np.maximum(distance, _NUDGE_MM))[..., None]).sum(axis=1) * 0.55
        placed = np.clip(placed + push + nudge * (lacking.max(axis=1, keepdims=True) > 0), low, high)
    else:
        placed = _escaped(placed, size, (low, high), fixed)
    return placed


def _escaped(points: Points, size: float, room: tuple[Points, Points], fixed: Points) -> Points:
    """Return ``points`` with each that is held between others taken to the nearest place that is free, if any is."""
    low, high = room
    placed = points.copy()
    for at in range(len(placed)):
        others = np.vstack([np.delete(placed, at, axis=0), fixed])
        least = np.append(np.full(len(placed) - 1, size), np.full(len(fixed), size * _CORNER))
        for place in (placed[at], *_rings(placed[at], size)):
            inside = (place >= low).all() and (place <= high).all()
            if inside and (np.hypot(*(others - place).T) >= least - _NUDGE_MM).all():
                placed[at] = place
                break
    return placed


def _rings(middle: Points, size: float) -> Iterable[Points]:
    """Yield places around ``middle``, nearest first: twelve on each of twelve rings half a size apart."""
    for ring in range(1, 13):
        for turn in np.linspace(0.0, 2 * np.pi, 12, endpoint=False):
            yield middle + ring * size / 2 * np.array([np.cos(turn), np.sin(turn)])


def _inward(points: Points, centre: Points) -> Points:
    """Return a short step for each point towards ``centre``, turned by up to 80° to either side."""
    across, down = (centre - points).T
    turns = np.arctan2(down, across) + (np.arange(len(points)) * _GOLDEN_RATIO % 1 - 0.5) * np.radians(160)
    return np.column_stack([np.cos(turns), np.sin(turns)]) * _NUDGE_MM


def places_near(point: Points, step_mm: float) -> Iterable[Points]:
    """Yield ``point`` and the places around it that a name may move to, nearest first."""
    yield point
    for ring in (1.0, 2.0):
        for toward in ((0, -1), (0, 1), (1, 0), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1)):
            yield point + np.array(toward) * ring * step_mm


def two_lines(words: str) -> str:
    """Return ``words`` broken at the space nearest to their middle; one word stays whole."""
    spaces = [index for index, char in enumerate(words) if char == " "]
    if not spaces:
        return words
    cut = min(spaces, key=lambda index: abs(index - len(words) / 2))
    return f"{words[:cut]}\n{words[cut + 1 :]}"


def _middle(geometry: shapely.Geometry) -> tuple[float, float]:
    if shapely.get_dimensions(geometry) < 2:
        centre = shapely.point_on_surface(geometry)
        return centre.x, centre.y
    largest = max(shapely.get_parts(geometry), key=shapely.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=np.sqrt(largest.area) / 50)
    return circle.coords[0][0], circle.coords[0][1]
