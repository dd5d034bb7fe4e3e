"""Which classes of a picture somebody's eyes would take for one: said gently, where the colours are chosen."""

from __future__ import annotations

from itertools import combinations

from layers.text import Text, counted, say
from puc_tool.maps.canvas.pictures import Picture
from puc_tool.maps.seeing import Eyes, confused_by
from puc_tool.maps.themes import ClassStyle, Drawn
from ui.map.looks import colour_of
from ui.tokens import Tokens

_HATCHED = (Drawn.HATCH, Drawn.BACK_HATCH)
_WHO = {
    Eyes.ALL: Text("si distinguono appena", "can hardly be told apart"),
    Eyes.RED_GREEN: Text(
        "si confondono per chi non distingue il rosso dal verde", "are alike to those who can't tell red from green"
    ),
    Eyes.BLUE_YELLOW: Text(
        "si confondono per chi non distingue il blu dal giallo", "are alike to those who can't tell blue from yellow"
    ),
}
_ORDER = (*Eyes,)
_MORE = (Text("altra coppia", "more pair"), Text("altre coppie", "more pairs"))


def told_apart(picture: Picture, tokens: Tokens) -> Text | None:
    """Return a sentence about the worst two classes that are too much alike; None if every eye tells them all apart."""
    pairs = [pair for pair in combinations(picture.classes, 2) if not _differ_in_hatch(pair, picture)]
    found = [(confused_by(*(colour_of(each, tokens) for each in pair)), pair) for pair in pairs]
    alike = [(eyes, pair) for eyes, pair in found if eyes is not None]
    if not alike:
        return None
    eyes, (one, other) = min(alike, key=lambda each: _ORDER.index(each[0]))
    more = say(" Così anche {n}.", " So too {n}.", n=counted(len(alike) - 1, _MORE)) if len(alike) > 2 else ""
    return say("«{a}» e «{b}» {w}.{m}", "“{a}” and “{b}” {w}.{m}", a=one.legend, b=other.legend, w=_WHO[eyes], m=more)


def _differ_in_hatch(pair: tuple[ClassStyle, ClassStyle], picture: Picture) -> bool:
    one, other = pair
    return picture.drawn in _HATCHED and (one.step_px, one.line_px) != (other.step_px, other.line_px)
