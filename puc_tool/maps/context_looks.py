"""Constraints and resources in the style that somebody gave them, by their kind."""

from __future__ import annotations

from analyses.constraints_and_resources import CONTEXT_ANALYSIS
from puc_tool.maps.context_theme import FORT, LINE, PATH, POINT, STYLES
from puc_tool.maps.style import Fill, Mark, Stroke, Style
from puc_tool.maps.worn import Wardrobe


def worn_looks(wardrobe: Wardrobe) -> dict[Style, Style]:
    """Return, for each look of a kind, the one it has in the style of the results, or of the layer."""
    worn = wardrobe.result(CONTEXT_ANALYSIS.id, "constraints")
    looks: dict[str, Fill | Stroke | Mark] = {**STYLES, "path": PATH, "fort": FORT}
    shared: tuple[Stroke | Mark, ...] = (LINE, POINT)  # of many kinds, so that none gives them its colour
    return {
        **{look: worn.look(look, kind) for kind, look in looks.items()},
        **{look: worn.look(look) for look in shared},
    }
