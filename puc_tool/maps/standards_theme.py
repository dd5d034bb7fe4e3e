"""How the standards sheet looks: units by what they lack, facilities by category.

The colours of the categories are those of the map on the screen (Okabe & Ito 2008: apart for colour-blind eyes). What
lacks is told by lightness alone, so that the two never mix.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from puc_tool.maps.mixing import darkened
from puc_tool.maps.style import ACCENT, Fill, Mark
from puc_tool.maps.worn import Wardrobe

GROUNDS = (Fill("#b9b4a8"), Fill("#d8d4c8"), Fill("#f2f0e8"))
"""Less than half of what is due, from half to what is due, what is due or more."""

BAR = Fill(ACCENT)


def _look(colour: str, edge: str) -> tuple[Fill, Mark]:
    return Fill(colour, edge=edge, edge_mm=0.1), Mark("dot", edge, 1.3)


Looks = Mapping[str, tuple[Fill, Mark]]
FACILITIES: Looks = {
    "istruzione": _look("#e69f00", "#9a5f00"),
    "interesse_comune": _look("#0072b2", "#004a75"),
    "verde": _look("#009e73", "#00664a"),
    "parcheggi": _look("#cc79a7", "#8f3f6c"),
}
"""Ground, and point, of each category."""


def facilities(wardrobe: Wardrobe) -> Looks:
    """Return the looks of the categories in the style that the theme of facilities was given; points are darker."""
    worn, dark = wardrobe.result("standards", "facilities"), 0.7
    return {
        code: (
            worn.look(fill, code),
            replace(worn.look(mark, ""), colour=darkened(worn.colour((code,)), dark)) if worn.colour((code,)) else mark,
        )
        for code, (fill, mark) in FACILITIES.items()
    }
