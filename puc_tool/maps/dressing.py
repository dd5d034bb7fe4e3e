"""Layers and results drawn as somebody wants them: other classes, colours, fills and widths, on the same shapes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from layers import roles
from layers.intake import Intake
from layers.text import NOTHING, Text, same
from puc_tool.maps.canvas.amounts import Amounts
from puc_tool.maps.canvas.pictures import Picture, reclassed
from puc_tool.maps.classing import NATURAL, Measured, breaks, labels, places
from puc_tool.maps.ramps import FIRST, KINDS, RAMPS
from puc_tool.maps.themes import OTHER, SOIL, SOIL_CODES, ClassStyle, Drawn, Theme, theme_of
from puc_tool.working.layer_style import FALLING, HOLLOW, RISING, SOLID, LayerStyle

_CLASS = "_class"
_FILLS = {SOLID: Drawn.AREA, RISING: Drawn.HATCH, FALLING: Drawn.BACK_HATCH, HOLLOW: Drawn.OUTLINE}
_AREAS = frozenset(_FILLS.values())
_OWN_WIDTH_PX = 1.0


@dataclass(frozen=True)
class Cloth:
    """What a picture is made of: features (None of cells), the theme they are drawn by, and how amounts are told.

    ``amount`` is the column whose amounts make the classes, if the theme has none of its own. ``is_ordered``: its
    classes go from the least to the most, so that a ramp colours them; ``only`` is the column and the value that the
    features were chosen by from a layer that has others. Of cells ``begins`` are where declared classes of amounts
    begin, and ``numbers`` those that stand for each class of numbers.
    """

    layer: GeoDataFrame | None
    theme: Theme
    amount: str = ""
    measured: Measured | None = None
    is_ordered: bool = False
    only: tuple[str, str] | None = None
    begins: tuple[float, ...] = ()
    numbers: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def style(self, style: LayerStyle) -> LayerStyle:
        """Return the style with what the theme itself says of classes of amounts, where it says nothing of a field."""
        if not self.amount or style.field:
            return style
        return replace(style, field=self.amount, scheme=style.scheme or NATURAL)


def cloth_of(intake: Intake) -> Cloth:
    """Return what the picture of a layer is made of."""
    layer = intake.layer if isinstance(intake.layer, GeoDataFrame) else None
    measured = Measured("m") if intake.role is roles.ELEVATION else None
    numbers = _SOIL_NUMBERS if intake.role is roles.SOIL_CONSUMPTION else {}
    return Cloth(layer, theme_of(intake.role.id, intake.layer), measured=measured, numbers=numbers)


_SOIL_NUMBERS = {
    style.code: tuple(number for number, at in SOIL_CODES.items() if at == place)
    for place, style in enumerate(SOIL, start=1)
}


class DressedPictures:
    """Keeps the last picture made of each layer in a style, so that painting what has not changed makes nothing."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[Picture, LayerStyle, Picture]] = {}

    def dressed(self, key: Hashable, picture: Picture, cloth: Callable[[], Cloth], style: LayerStyle) -> Picture:
        """Return ``picture``, which goes by ``key``, in ``style``; ``cloth`` is asked for only to make it anew."""
        if style.is_official:
            return picture
        known = self._kept.get(key)
        if known is not None and known[0] is picture and known[1] == style:
            return known[2]
        made = dressed(picture, cloth(), style)
        self._kept[key] = picture, style, made
        return made


def dressed(picture: Picture, cloth: Cloth, style: LayerStyle) -> Picture:
    """Return the picture in ``style``; a field that the layer does not have makes no classes."""
    wanted, layer = cloth.style(style), cloth.layer
    if layer is not None and wanted.field in layer:
        theme, classed = by_field(cloth.theme, layer, wanted, cloth.measured)
        picture = reclassed(picture, theme, classed)
    elif picture.amounts is not None and style.scheme:
        picture = by_amount(picture, picture.amounts, style, cloth.measured)
    elif style.ramp and cloth.is_ordered:
        picture = replace(picture, classes=ramped(picture.classes, cloth.theme.classes, style))
    classes = tuple(_coloured(each, style) for each in picture.classes)
    drawn = _FILLS.get(style.fill, picture.drawn) if picture.drawn in _AREAS else picture.drawn
    width = style.width_px if style.width_px is not None else picture.width or _OWN_WIDTH_PX
    return replace(picture, drawn=drawn, classes=classes, width=width if _has_lines(drawn) else picture.width)


def by_amount(picture: Picture, amounts: Amounts, style: LayerStyle, measured: Measured | None = None) -> Picture:
    """Return the picture of cells in classes of their amounts; of cells without any, the picture as it is."""
    ends, classes = amount_classes(amounts.sample, style, measured)
    if not len(ends):
        return picture
    placed = amounts.placed(ends)
    return replace(picture, drawn=Drawn.CELLS, classes=classes, areas_m2=(None,) * len(classes), photo=None, **placed)


def ramped(classes: tuple[ClassStyle, ...], every: tuple[ClassStyle, ...], style: LayerStyle) -> tuple[ClassStyle, ...]:
    """Return classes in the style's ramp, each by its place among ``every`` one there may be."""
    ramp, codes = RAMPS[style.ramp], [each.code for each in every]
    colours, dark = ramp.colours(len(codes)), ramp.colours_on_dark(len(codes))
    at = [codes.index(each.code) for each in classes]
    return tuple(
        replace(each, colour=colours[place], colour_on_dark=dark[place])
        for each, place in zip(classes, at, strict=True)
    )


def _has_lines(drawn: Drawn) -> bool:
    return drawn in (Drawn.LINE, Drawn.OUTLINE)


def _coloured(each: ClassStyle, style: LayerStyle) -> ClassStyle:
    wanted = style.colours.get(each.code)
    return replace(each, colour=wanted, colour_on_dark="") if wanted else each


def is_amount(layer: GeoDataFrame, field: str) -> bool:
    """Tell whether a field of a layer holds numbers."""
    return pd.api.types.is_numeric_dtype(layer[field]) and not pd.api.types.is_bool_dtype(layer[field])


def by_field(
    theme: Theme, layer: GeoDataFrame, style: LayerStyle, measured: Measured | None = None
) -> tuple[Theme, GeoDataFrame]:
    """Return the theme with classes by the style's field, and the features with the code of the class of each."""
    values = layer[style.field]
    is_amounts = bool(style.scheme) and is_amount(layer, style.field)
    classes, codes = _amounts(values, style, measured) if is_amounts else _kinds(values)
    classed = GeoDataFrame({_CLASS: codes}, geometry=layer.geometry.to_numpy(), crs=layer.crs)
    return replace(theme, field=_CLASS, classes=classes, class_of=str, undrawn=()), classed


_Classed = tuple[tuple[ClassStyle, ...], NDArray[np.object_]]


def _amounts(values: pd.Series, style: LayerStyle, measured: Measured | None) -> _Classed:
    """Return classes of amounts by the style's scheme; their codes are their places."""
    amounts = values.to_numpy(float, na_value=np.nan)
    ends, classes = amount_classes(amounts, style, measured)
    place = places(amounts, ends)
    return classes, np.where(place < 0, "", place.astype(str)).astype(object)


def amount_classes(
    amounts: NDArray[np.float64], style: LayerStyle, measured: Measured | None = None
) -> tuple[NDArray[np.float64], tuple[ClassStyle, ...]]:
    """Return where the classes of amounts end by the style's scheme, and the classes in its ramp."""
    ends = breaks(amounts, style.classes, style.scheme)
    if not len(ends):
        return ends, ()
    low = float(np.nanmin(amounts))
    told = labels(low, ends, measured or Measured(decimals=_decimals(ends, low)))
    ramp = RAMPS[style.ramp or FIRST]
    colours = zip(ramp.colours(len(ends)), ramp.colours_on_dark(len(ends)), strict=True)
    return ends, tuple(
        ClassStyle(str(at), label, colour, colour_on_dark=dark)
        for at, (label, (colour, dark)) in enumerate(zip(told, colours, strict=True))
    )


def _decimals(ends: NDArray[np.float64], low: float) -> int:
    """Return as many decimals as tell neighbouring ends apart, three at most."""
    steps = np.diff(np.append(low, ends))
    least = steps[steps > 0].min() if (steps > 0).any() else 1.0
    is_whole = bool(np.all(ends == np.round(ends)))
    return 0 if is_whole else int(np.clip(np.ceil(-np.log10(least)) + 1, 0, 3))


def _kinds(values: pd.Series) -> _Classed:
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
