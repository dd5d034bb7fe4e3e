"""Outlines of made-up things: rectangles with round corners, and round things with a wandering edge."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely

from puc_tool.demo.chance import Floats, Noise
from puc_tool.demo.places import Point

_CORNERS = 48


def rounded_box(at: Point, half_length: float, half_width: float, angle: float = 0.0) -> shapely.Geometry:
    """Return a superellipse of the fourth degree about ``at``; ``angle`` (radians) turns it against the clock."""
    turn = np.linspace(0, 2 * np.pi, _CORNERS, endpoint=False)
    cos, sin = np.cos(turn), np.sin(turn)
    along, across = half_length * _root(cos), half_width * _root(sin)
    x = at[0] + along * np.cos(angle) - across * np.sin(angle)
    y = at[1] + along * np.sin(angle) + across * np.cos(angle)
    return shapely.Polygon(np.stack([x, y], axis=1))


def blob(at: Point, radius_m: float, wobble: Noise) -> shapely.Geometry:
    """Return a round thing whose radius ``wobble`` changes by up to a third."""
    turn = np.linspace(0, 2 * np.pi, _CORNERS, endpoint=False)
    x, y = at[0] + radius_m * np.cos(turn), at[1] + radius_m * np.sin(turn)
    reach = 1 + 0.35 * wobble.at(x, y)
    ring = np.stack([at[0] + reach * (x - at[0]), at[1] + reach * (y - at[1])], axis=1)
    return shapely.Polygon(ring.round(2))


def sized(outline: Callable[[float], shapely.Geometry], area_m2: float) -> shapely.Geometry:
    """Return ``outline(scale)`` of the wanted area, to the square decimetre; it must grow with its scale.

    Method: bisection between scale 0 and 8.
    """
    low, high = 0.0, 8.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if outline(middle).area < area_m2 else (low, middle)
    return outline(high)


def _root(share: Floats) -> Floats:
    """Return the square root with the sign of what it is drawn from."""
    root: Floats = np.sign(share) * np.sqrt(np.abs(share))
    return root
