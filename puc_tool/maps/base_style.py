"""Base sheets in the style that somebody gave the layer in the window; without one they keep their own look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import shapely
from geopandas import GeoDataFrame

from layers.union import union_of_parts
from puc_tool.maps.base_theme import BaseClass
from puc_tool.maps.dressing import by_field, fields_of
from puc_tool.maps.mixing import softened
from puc_tool.maps.style import Fill, Hatch
from puc_tool.maps.themes import OTHER, ClassStyle, Drawn, Theme
from puc_tool.maps.worn import PLAIN, Worn
from puc_tool.working.layer_style import FALLING, HOLLOW, RISING, LayerStyle

_EDGE, _EDGE_MM = "#4d545c", 0.12
_STEP_MM, _GROUND, _KIND_SHARE = 1.4, 0.1, 0.7
_ANGLES: Mapping[str, float] = {RISING: 45.0, FALLING: 135.0}


def styled(
    classes: Callable[[GeoDataFrame], tuple[BaseClass, ...]], worn: Worn
) -> Callable[[GeoDataFrame], tuple[BaseClass, ...]]:
    """Return how a layer falls into classes: by the field of the style, else as ``classes`` says, in other colours."""
    style = worn.style

    def of(layer: GeoDataFrame) -> tuple[BaseClass, ...]:
        if style.field in fields_of(layer):
            return tuple(_dressed(each, each.style) for each in _by_field(layer, style))
        return tuple(_dressed(each, _coloured(each, style)) for each in classes(layer))

    def _dressed(each: BaseClass, look: Fill) -> BaseClass:
        return replace(each, style=worn.faded(_filled(look, style)))

    return classes if worn == PLAIN else of


def _by_field(layer: GeoDataFrame, style: LayerStyle) -> tuple[BaseClass, ...]:
    """Return a class for each that the window's map has, in the same colours and order."""
    theme, classed = by_field(Theme(Drawn.AREA), layer, style)
    grounds = {code: union_of_parts(part.geometry.to_numpy()) for code, part in classed.groupby(theme.field)}
    listed = (*theme.classes, OTHER)
    return tuple(_class(each, grounds[each.code], style) for each in listed if each.code in grounds)


def _class(each: ClassStyle, ground: shapely.Geometry, style: LayerStyle) -> BaseClass:
    # Amounts keep their ramp, whose steps are made for paper too; kinds are softened, as every theme's are.
    own = each.colour if style.scheme else softened(each.colour, _KIND_SHARE)
    colour = style.colours.get(each.code, own)
    return BaseClass(each.label, Fill(colour, edge=_EDGE, edge_mm=_EDGE_MM), ground, code=each.code)


def _coloured(each: BaseClass, style: LayerStyle) -> Fill:
    """Return the look of a class in its own colour, without the theme's hatch; that of a whole layer is its edge's."""
    colour = style.colours.get(each.code)
    if colour is None:
        return each.style
    return replace(each.style, colour=colour, hatch=None) if each.code else replace(each.style, edge=colour)


def _filled(look: Fill, style: LayerStyle) -> Fill:
    """Return a look with the fill that is wanted."""
    if style.fill in _ANGLES:
        return replace(look, opacity=_GROUND, hatch=Hatch(look.colour, _STEP_MM, angle_deg=_ANGLES[style.fill]))
    return replace(look, opacity=0.0, hatch=None, edge=look.colour) if style.fill == HOLLOW else look
