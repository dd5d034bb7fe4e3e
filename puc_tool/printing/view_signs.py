"""The signs of a printed view and its legend. Two maps compared share the signs of what they have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyproj import CRS

from layers.text import Text, say
from puc_tool.maps.canvas.pictures import Picture
from puc_tool.maps.frame import Frame
from puc_tool.maps.paper_layers import OnPaper, legend_of, on_paper
from puc_tool.maps.sheet import LegendGroup
from puc_tool.maps.style import Style
from puc_tool.printing.shown_view import ShownLayer

HEADING, OTHERS = Text("Legenda", "Legend"), Text("Altri livelli", "Other layers")
LEFT, RIGHT = Text("{t} (a sinistra)", "{t} (left)"), Text("{t} (a destra)", "{t} (right)")


@dataclass(frozen=True)
class Signed:
    """A layer with what is printed of it; None where the frame shows nothing of it."""

    layer: ShownLayer
    made: OnPaper | None

    @property
    def styles(self) -> frozenset[Style]:
        """Its signs."""
        return frozenset(style for _, style in self.made.signs) if self.made else frozenset()


def signed(layers: Sequence[ShownLayer], frame: Frame, crs: CRS, left: Sequence[Signed] = ()) -> tuple[Signed, ...]:
    """Return each layer as it is printed in ``frame``; no two have the same sign.

    Of the right of two maps only what is drawn alike on the ``left`` one has the signs that it has there.
    """
    pairs = _pairs(layers, left)
    foreign = frozenset[Style]().union(*(each.styles for each in left))
    made = list[Signed]()
    for place, each in enumerate(layers):
        own = pairs[place].styles if place in pairs else frozenset()
        taken = frozenset(foreign - own).union(*(other.styles for other in made))
        made.append(Signed(each, on_paper(each.title, each.laid, frame, crs, taken)))
    return tuple(made)


def legend(left: Sequence[Signed], right: Sequence[Signed] | None = None) -> tuple[LegendGroup, ...]:
    """Return the layers with classes, each under its name, and then those with one sign, together.

    Of two maps what both draw alike is explained once; what only one of them shows says on which.
    """
    groups = list(_groups(left) if right is None else _groups_of_two(left, right))
    classed = tuple(group for group in groups if len(group.items) > 1)
    signs = tuple(item for group in groups if len(group.items) == 1 for item in group.items)
    return (*classed, LegendGroup(signs, OTHERS if classed else HEADING))


def _groups(layers: Sequence[Signed]) -> Iterator[LegendGroup]:
    yield from (each.made.legend for each in layers if each.made is not None)


def _groups_of_two(left: Sequence[Signed], right: Sequence[Signed]) -> Iterator[LegendGroup]:
    pairs = {id(one): right[place] for place, one in _pairs([each.layer for each in right], left).items()}
    for each in left:
        other = pairs.get(id(each))
        signs = dict.fromkeys(sign for half in (each, other) if half and half.made for sign in half.made.signs)
        yield legend_of(_told(each, other), signs)
    known = {id(each) for each in pairs.values()}
    for each in right:
        if id(each) not in known and each.made is not None:
            yield legend_of(say(RIGHT.it, RIGHT.en, t=each.layer.title), each.made.signs)


def _told(left: Signed, right: Signed | None) -> Text:
    """Return what layers drawn alike are called, and on which map where they are not on both."""
    title = left.layer.title
    if right is not None and right.layer.title == title:
        return title
    one = say(LEFT.it, LEFT.en, t=title)
    if right is None:
        return one
    return say("{a} · {b}", "{a} · {b}", a=one, b=say(RIGHT.it, RIGHT.en, t=right.layer.title))


def _pairs(layers: Sequence[ShownLayer], left: Sequence[Signed]) -> dict[int, Signed]:
    """Return by place the layer of the left map that each is drawn like: the same one before one of another name."""
    free, found = [each for each in left if each.made is not None], dict[int, Signed]()
    for is_meant in (_is_same, _is_alike):
        for place, each in enumerate(layers):
            twin = next((one for one in free if place not in found and is_meant(one.layer, each)), None)
            if twin is not None:
                found[place] = twin
                free.remove(twin)
    return found


def _is_same(one: ShownLayer, other: ShownLayer) -> bool:
    return one.title == other.title and (one.picture is other.picture or _is_alike(one, other))


def _is_alike(one: ShownLayer, other: ShownLayer) -> bool:
    """Tell whether classes that two layers have in common look the same, and whether they have any."""
    if not _drawn_alike(one.laid, other.laid):
        return False
    known = {each.legend: each for each in one.laid.classes}
    shared = [each for each in other.laid.classes if each.legend in known]
    return bool(shared) and all(known[each.legend] == each for each in shared)


def _drawn_alike(one: Picture, other: Picture) -> bool:
    return (one.drawn, one.ink, one.width) == (other.drawn, other.ink, other.width)
