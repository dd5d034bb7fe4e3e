"""Which layer lies above which on the map: as somebody put them, else by what they are drawn as."""

from __future__ import annotations

from collections.abc import Mapping

from puc_tool.working import view
from puc_tool.working.history import Value
from puc_tool.working.view import LayerKey


def stacked(heights: Mapping[LayerKey, int], said: Value) -> list[LayerKey]:
    """Return the layers from the top of the map down; ``said`` names those that somebody put somewhere.

    The others lie above what is drawn lower by its kind, as ``heights`` have it: lines above areas.
    """
    named = {view.listed([key])[0]: key for key in heights}
    keys = [named.pop(name) for name in said if name in named] if isinstance(said, tuple) else []
    for key in sorted(named.values(), key=lambda each: -heights[each]):
        below = (at for at, other in enumerate(keys) if heights[other] < heights[key])
        keys.insert(next(below, len(keys)), key)
    return keys
