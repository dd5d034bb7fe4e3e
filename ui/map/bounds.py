"""Looking at a piece of ground: all of it in the middle of the map."""

from __future__ import annotations

from collections.abc import Sequence

from ui.map.projection import fitted
from ui.map.view import MapView
from ui.tokens import GAP_32

_LEAST_M = 200.0
"""No closer than this: a single house is looked at among its neighbours."""


def look_at(map_view: MapView, bounds: Sequence[float]) -> None:
    """Look at what lies within ``bounds``: left, bottom, right, top (m)."""
    if map_view.view is None:
        return
    left, bottom, right, top = (float(each) for each in bounds)
    wide, high = (max(0.0, (_LEAST_M - size) / 2) for size in (right - left, top - bottom))
    wanted = fitted((left - wide, bottom - high, right + wide, top + high), map_view.width(), map_view.height(), GAP_32)
    map_view.go_to(wanted.x, wanted.y)
    map_view.zoom(map_view.view.metres / wanted.metres)
