"""How somebody wants a layer or results drawn, as the state of a history holds it and ``view.toml`` keeps it.

What is not said is as the official codelist of the layer's role has it. The file is not trusted: what can't be
understood is not said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from puc_tool.maps.classing import SCHEMES
from puc_tool.maps.ramps import RAMPS
from puc_tool.working.history import Place, Value
from puc_tool.working.view import (
    CLASSES,
    COLOUR,
    FILL,
    OPACITY,
    OPAQUE_PCT,
    RAMP,
    SCHEME,
    STYLE,
    WIDTH,
    StyleKey,
    named,
    of_layer,
)

SOLID, RISING, FALLING, HOLLOW = "solid", "rising", "falling", "hollow"
FILLS = (SOLID, RISING, FALLING, HOLLOW)
NARROWEST_PX, WIDEST_PX = 0.2, 12.0
FEWEST, MOST = 2, 9
FIRST_CLASSES = 5
KINDS = ""
"""The scheme of a field whose values are kinds, each its own class."""
_IS_COLOUR = re.compile("#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class LayerStyle:
    """``colours`` are those of single classes by their code; ``field`` is what the classes are made by.

    ``scheme`` and ``ramp`` hold for a field of numbers; ``label`` is the field whose words stand on the map.
    """

    colours: Mapping[str, str] = field(default_factory=dict)
    fill: str = ""
    width_px: float | None = None
    field: str = ""
    scheme: str = KINDS
    classes: int = FIRST_CLASSES
    ramp: str = ""
    label: str = ""

    @property
    def is_official(self) -> bool:
        """Tell whether nothing was said: the layer is drawn as its role is."""
        return self == OFFICIAL

    def over(self, below: LayerStyle, fields: tuple[str, ...]) -> LayerStyle:
        """Return this style with what ``below`` says where this one says nothing.

        ``below`` is of a layer, this one of what an analysis makes of it: they share colours as far as the layer's
        classes are made by one of ``fields``, and fill and width always.
        """
        if self.field or self.scheme:
            return self
        shared = below.colours if below.field in fields else {}
        width = below.width_px if self.width_px is None else self.width_px
        return replace(self, colours={**shared, **self.colours}, fill=self.fill or below.fill, width_px=width)


OFFICIAL = LayerStyle()


def colour_place(key: StyleKey, code: str) -> Place:
    """Return the place of the colour of a class."""
    return COLOUR, *named(key), code


def is_style(place: Place) -> bool:
    """Tell whether a place is of a style."""
    return place[0] in STYLE or place[0] == COLOUR


def places_of(state: Mapping[Place, Value], key: StyleKey) -> Iterator[Place]:
    """Yield the places where something is said of a layer's style."""
    return (place for place in state if is_style(place) and place[1:3] == named(key))


def style_of(state: Mapping[Place, Value], key: StyleKey) -> LayerStyle:
    """Return the style that the state says for a layer."""
    said = {aspect: state.get(of_layer(aspect, key)) for aspect in STYLE}
    known = {aspect: value for aspect, value in said.items() if _is_fit(aspect, value)}
    places = [place for place in places_of(state, key) if place[0] == COLOUR]
    colours = {place[3]: str(state[place]) for place in sorted(places) if _IS_COLOUR.fullmatch(str(state[place]))}
    return LayerStyle(colours=colours, **known)  # type: ignore[arg-type]


def opacity_of(state: Mapping[Place, Value], key: StyleKey) -> int:
    """Return how opaque something is to be (%)."""
    said = state.get(of_layer(OPACITY, key))
    return max(0, min(OPAQUE_PCT, said)) if type(said) is int else OPAQUE_PCT


def _is_fit(aspect: str, value: Value) -> bool:
    if type(value) is not STYLE[aspect]:
        return False
    if aspect == WIDTH:
        return NARROWEST_PX <= float(str(value)) <= WIDEST_PX
    if aspect == CLASSES:
        return FEWEST <= int(str(value)) <= MOST
    choices: Mapping[str, object] = {FILL: FILLS, SCHEME: SCHEMES, RAMP: RAMPS}
    return aspect not in choices or value in choices[aspect]  # type: ignore[operator]
