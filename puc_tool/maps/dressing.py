"""Layers drawn as somebody wants them: classes by any field, other colours, fills and widths, on the same shapes."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from layers.intake import Intake
from layers.text import NOTHING, Text, same
from puc_tool.layer_style import FALLING, HOLLOW, RISING, SOLID, LayerStyle
from puc_tool.maps.canvas.pictures import Picture, reclassed
from puc_tool.maps.classing import Measured, breaks, labels, places
from puc_tool.maps.ramps import FIRST, KINDS, RAMPS
from puc_tool.maps.themes import OTHER, ClassStyle, Drawn, Theme, theme_of

_CLASS = "_class"
_FILLS = {SOLID: Drawn.AREA, RISING: Drawn.HATCH, FALLING: Drawn.BACK_HATCH, HOLLOW: Drawn.OUTLINE}
_AREAS = frozenset(_FILLS.values())
_OWN_WIDTH_PX = 1.0


class Wardrobe:
    """Keeps the last picture made of each layer in a style, so that painting what has not changed makes nothing."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[Picture, LayerStyle, Picture]] = {}

    def dressed(self, picture: Picture, intake: Intake, style: LayerStyle) -> Picture:
        """Return ``picture``, which is of ``intake``, in ``style``."""
        if style.is_official:
            return picture
        known = self._kept.get(intake.ref.key)
        if known is not None and known[0] is picture and known[1] == style:
            return known[2]
        made = dressed(picture, intake, style)
        self._kept[intake.ref.key] = picture, style, made
        return made


def dressed(picture: Picture, intake: Intake, style: LayerStyle) -> Picture:
    """Return the picture in ``style``; a field that the layer does not have makes no classes."""
    layer = intake.layer
    if isinstance(layer, GeoDataFrame) and style.field in layer:
        theme, classed = by_field(theme_of(intake.role.id, layer), layer, style)
        picture = reclassed(picture, theme, classed)
    classes = tuple(_coloured(each, style) for each in picture.classes)
    drawn = _FILLS.get(style.fill, picture.drawn) if picture.drawn in _AREAS else picture.drawn
    width = style.width_px if style.width_px is not None else picture.width or _OWN_WIDTH_PX
    return replace(picture, drawn=drawn, classes=classes, width=width if _has_lines(drawn) else picture.width)


def _has_lines(drawn: Drawn) -> bool:
    return drawn in (Drawn.LINE, Drawn.OUTLINE)


def _coloured(each: ClassStyle, style: LayerStyle) -> ClassStyle:
    wanted = style.colours.get(each.code)
    return replace(each, colour=wanted, colour_on_dark="") if wanted else each


def is_amount(layer: GeoDataFrame, field: str) -> bool:
    """Tell whether a field of a layer holds numbers."""
    return pd.api.types.is_numeric_dtype(layer[field]) and not pd.api.types.is_bool_dtype(layer[field])


def by_field(theme: Theme, layer: GeoDataFrame, style: LayerStyle) -> tuple[Theme, GeoDataFrame]:
    """Return the theme with classes by the style's field, and the features with the code of the class of each."""
    make = _amounts if style.scheme and is_amount(layer, style.field) else _kinds
    classes, codes = make(layer[style.field], style)
    classed = GeoDataFrame({_CLASS: codes}, geometry=layer.geometry.to_numpy(), crs=layer.crs)
    return replace(theme, field=_CLASS, classes=classes, class_of=str, undrawn=()), classed


_Classed = tuple[tuple[ClassStyle, ...], NDArray[np.object_]]


def _amounts(values: pd.Series, style: LayerStyle) -> _Classed:
    """Return classes of amounts by the style's scheme; their codes are their places."""
    amounts = values.to_numpy(float, na_value=np.nan)
    ends = breaks(amounts, style.classes, style.scheme)
    place = places(amounts, ends)
    low = float(np.nanmin(amounts)) if len(ends) else 0.0
    told = labels(low, ends, Measured(decimals=_decimals(ends, low)))
    colours = RAMPS[style.ramp or FIRST].colours(len(ends)) if len(ends) else ()
    classes = tuple(ClassStyle(str(at), label, colours[at]) for at, label in enumerate(told))
    return classes, np.where(place < 0, "", place.astype(str)).astype(object)


def _decimals(ends: NDArray[np.float64], low: float) -> int:
    """Return as many decimals as tell neighbouring ends apart, three at most."""
    steps = np.diff(np.append(low, ends))
    least = steps[steps > 0].min() if (steps > 0).any() else 1.0
    is_whole = bool(np.all(ends == np.round(ends)))
    return 0 if is_whole else int(np.clip(np.ceil(-np.log10(least)) + 1, 0, 3))


def _kinds(values: pd.Series, style: LayerStyle) -> _Classed:
    """Return a class for each kind: the most frequent, as many as there are colours; the rest are one."""
    words = values.map(lambda value: "" if pd.isna(value) else str(value)).astype(object)
    counts = words[words != ""].value_counts(sort=False).sort_index().sort_values(ascending=False, kind="stable")
    known = sorted(counts.index[: len(KINDS)])
    classes = tuple(ClassStyle(word, _word(word), colour) for word, colour in zip(known, KINDS, strict=False))
    return classes, words.where(words.isin(known), OTHER.code).to_numpy(object)


def _word(word: str) -> Text:
    return same(word) if word else NOTHING


def fields_of(layer: object) -> list[str]:
    """Return the fields of a layer that classes can be made by, or that can be written on the map."""
    if not isinstance(layer, GeoDataFrame):
        return []
    return [str(name) for name in layer.columns if name != layer.geometry.name]
