"""Sheets in the style that somebody gave a layer or results in the window: the same look on map, legend and bars.

What a class is and means stays as the sheet has it; its colour, fill and width may be others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar, cast

from geopandas import GeoDataFrame

from puc_tool.maps.dressing import by_field
from puc_tool.maps.mixing import darkened, softened
from puc_tool.maps.ramps import RAMPS
from puc_tool.maps.result_style import keys_of, result_style
from puc_tool.maps.seeing import contrast
from puc_tool.maps.style import PAPER, Disc, Fill, Hatch, Mark, Stroke
from puc_tool.maps.themes import Drawn, Theme
from puc_tool.study import Study
from puc_tool.working import view
from puc_tool.working.history import Place, Value
from puc_tool.working.layer_style import FALLING, HOLLOW, OFFICIAL, RISING, LayerStyle, opacity_of, style_of
from puc_tool.working.view import StyleKey, ThemeKey

MM_A_PX = 25.4 / 96
_STEP_MM, _GROUND = 1.4, 0.1
_UNDER_HATCH, _EDGE = 0.25, 0.7
_STRONG = 2.5
"""Contrast with the paper from which a ground tells the class, not the lines over it."""
_OF_TYPE, _A_STEP = 4.5, 0.95
"""Contrast that type must have (WCAG 2.1, 1.4.3)."""
_ANGLES: Mapping[str, float] = {RISING: 45.0, FALLING: 135.0}
Looked = Fill | Stroke | Mark | Disc
L = TypeVar("L", bound=Looked)


@dataclass(frozen=True)
class Worn:
    """A style and how opaque it is (0 to 1). ``fields`` are those whose values are the codes that it colours by."""

    style: LayerStyle = OFFICIAL
    opacity: float = 1.0
    fields: tuple[str, ...] = field(default=("",))

    def colour(self, codes: Iterable[str]) -> str:
        """Return the colour chosen for the first of ``codes`` that has one; empty words for none."""
        known = self.style.colours if self.style.field in self.fields else {}
        return next((known[code] for code in codes if code in known), "")

    def by_kind(self, layer: GeoDataFrame | None) -> Worn:
        """Return this with the colours of the classes that the map of the window makes of the kinds in a field."""
        name = self.style.field
        if layer is None or not name or name not in self.fields or name not in layer or self.style.scheme:
            return self
        classes = by_field(Theme(Drawn.AREA), layer, self.style)[0].classes
        made = {each.code: each.colour for each in classes}
        return replace(self, style=replace(self.style, colours={**made, **self.style.colours}))

    def look(self, look: L, *codes: str) -> L:
        """Return the look of a class that goes by ``codes``."""
        worn = self.faded(cast(L, _chosen(look, self.colour(codes), self.style)))
        return cast(L, replace(worn, colour=_legible(worn.colour))) if isinstance(worn, Disc) else worn

    def all(self, looks: Mapping[str, L]) -> dict[str, L]:
        """Return the looks of classes by their codes."""
        return {code: self.look(look, code) for code, look in looks.items()}

    def steps(self, looks: Mapping[str, Fill]) -> dict[str, Fill]:
        """Return the looks of classes from the least to the most, in the style's ramp where it has one."""
        if not self.style.ramp:
            return self.all(looks)
        colours = RAMPS[self.style.ramp].colours(len(looks))
        return self.all({code: Fill(colour) for code, colour in zip(looks, colours, strict=True)})

    def faded(self, look: L) -> L:
        """Return a look as pale as it is laid down: mixed with the paper, so that map, legend and bars are one."""
        return look if self.opacity == 1.0 else cast(L, _paled(look, self.opacity))


PLAIN = Worn()


def _chosen(look: Looked, colour: str, style: LayerStyle) -> Looked:
    """Return a look in a colour, where one is chosen, and in the fill and width of the style."""
    if isinstance(look, Fill):
        return _filled(_coloured(look, colour) if colour else look, style)
    if isinstance(look, Stroke) and style.width_px is not None:
        look = replace(look, width_mm=style.width_px * MM_A_PX)
    return replace(look, colour=colour) if colour else look


def _paled(look: Looked, opacity: float) -> Looked:
    colour = softened(look.colour, opacity)
    if not isinstance(look, Fill):
        return replace(look, colour=colour)
    hatch = look.hatch and replace(look.hatch, colour=softened(look.hatch.colour, opacity))
    return replace(look, colour=colour, edge=look.edge and softened(look.edge, opacity), hatch=hatch)


def _legible(colour: str) -> str:
    """Return a colour in which a number can be read on white paper: as dark as it has to be, of the same hue."""
    while contrast(colour, PAPER) < _OF_TYPE:
        colour = darkened(colour, _A_STEP)
    return colour


def _coloured(look: Fill, colour: str) -> Fill:
    """Return a look in another colour: the ground has it, or, where the ground is pale under lines, the lines."""
    dark = darkened(colour, _EDGE)
    if look.hatch is None:
        return replace(look, colour=colour, edge=look.edge and dark)
    if contrast(look.colour, PAPER) >= _STRONG:
        return replace(look, colour=colour, edge=look.edge and dark, hatch=replace(look.hatch, colour=dark))
    ground = softened(colour, _UNDER_HATCH)
    return replace(look, colour=ground, edge=look.edge and colour, hatch=replace(look.hatch, colour=colour))


def _filled(look: Fill, style: LayerStyle) -> Fill:
    """Return a look with the fill that is wanted; its lines have the colour that tells the class."""
    is_pale = look.hatch is not None and contrast(look.colour, PAPER) < _STRONG
    ink = look.hatch.colour if look.hatch is not None and is_pale else look.colour
    if style.fill in _ANGLES:
        hatch = replace(look.hatch or Hatch(ink, _STEP_MM), colour=ink, angle_deg=_ANGLES[style.fill])
        return replace(look, colour=softened(ink, _GROUND), edge=ink, hatch=hatch)
    if style.fill == HOLLOW:
        return replace(look, opacity=0.0, hatch=None, edge=ink)
    return replace(look, colour=ink, hatch=None) if style.fill and look.hatch is not None else look


class Wardrobe:
    """What a study's layers and results wear, as ``view.toml`` says it, or ``state`` where it is given."""

    def __init__(self, study: Study, state: Mapping[Place, Value] | None = None) -> None:
        self._study, self._given = study, state

    @cached_property
    def _state(self) -> Mapping[Place, Value]:
        return view.read(self._study.folder) if self._given is None else self._given

    def result(self, analysis: str, theme: str, *fields: str) -> Worn:
        """Return what a theme of results wears."""
        key = ThemeKey(analysis, theme)
        return Worn(result_style(self._study, self._state, key), opacity_of(self._state, key) / view.OPAQUE_PCT,
                    ("", *fields))  # fmt: skip

    def layer(self, role: str, *fields: str) -> Worn:
        """Return what the latest layer of a role wears."""
        ref = next(iter(self._study.of_role(role)[-1:]), None)
        if ref is None:
            return Worn(fields=("", *fields))
        shown = opacity_of(self._state, ref.key) / view.OPAQUE_PCT
        return Worn(style_of(self._state, ref.key), shown, ("", *fields))

    def said(self, themes: Iterable[ThemeKey], roles: Iterable[str]) -> Iterator[tuple[StyleKey, LayerStyle, int]]:
        """Yield all that is said of these themes, of the layers they come from, and of the layers of these roles."""
        layers = (ref.key for role in roles for ref in self._study.of_role(role)[-1:])
        every: list[StyleKey] = [*(each for theme in themes for each in keys_of(self._study, theme)), *layers]
        for key in dict.fromkeys(every):
            yield key, style_of(self._state, key), opacity_of(self._state, key)
