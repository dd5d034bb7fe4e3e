"""How published layers look in a GIS: the very colours of the sheets, declared as classes with conditions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.constraint_kinds import KINDS as CONSTRAINTS
from analyses.hazard.classes import FLOOD, LANDSLIDE, class_label
from analyses.standards.tables import CATEGORIES
from layers.text import Text, say
from puc_tool.maps import context_looks, context_theme, hazard_theme, standards_theme
from puc_tool.maps.canvas.results import cloth_of_result
from puc_tool.maps.dressing import Cloth, amount_classes, by_field, is_amount
from puc_tool.maps.result_themes import BY_ANALYSIS, CATCHMENT, ResultTheme
from puc_tool.maps.services_theme import PLAIN as CATCHMENTS
from puc_tool.maps.style import ACCENT, NEIGHBOURHOOD, Fill, Mark, Stroke
from puc_tool.maps.themes import ClassStyle
from puc_tool.maps.worn import Wardrobe, Worn
from puc_tool.report.open_data.holdings import DIMENSIONS, Layer
from puc_tool.working.layer_style import LayerStyle

Look = Fill | Stroke | Mark


@dataclass(frozen=True)
class Condition:
    """``column`` equals ``value``, is one of ``values``, or lies from ``low`` (included) to ``high``."""

    column: str
    value: str = ""
    low: float | None = None
    high: float | None = None
    values: tuple[str, ...] = ()

    @property
    def any_of(self) -> tuple[str, ...]:
        """What the column may be, where it is no range."""
        return self.values or (self.value,)


@dataclass(frozen=True)
class Class:
    """What meets all ``conditions`` is drawn as ``look``; without any, everything is."""

    label: Text
    look: Look
    conditions: tuple[Condition, ...] = ()


_OUTLINE = Fill("#ffffff", 0.0, edge=NEIGHBOURHOOD.colour, edge_mm=0.26)
_PLAIN: Mapping[int, Look] = {0: Mark("dot", ACCENT, 2.2), 1: Stroke(ACCENT, 0.4), 2: _OUTLINE}
_SUITABLE = Fill("#7fae5a", edge="#2f6b39", edge_mm=0.16)


def classes_of(layer: Layer, wardrobe: Wardrobe) -> tuple[Class, ...]:
    """Return the classes of a layer that it has features of; one class for all where it has none of its own."""
    told = tuple(_classes(layer, wardrobe))
    here = tuple(each for each in told if _is_there(each, layer))
    return here or (Class(Text(layer.source, layer.source), _PLAIN[layer.dimension]),)


def _classes(layer: Layer, wardrobe: Wardrobe) -> Iterator[Class]:
    make = _BY_LAYER.get(layer.name.removesuffix(f"_{DIMENSIONS[layer.dimension]}"))
    if make is not None:
        yield from make(layer, wardrobe)
        return
    graduated = (each for each in BY_ANALYSIS.get(layer.analysis.id, ()) if each.graduated is not None)
    theme = next((each for each in graduated if each.graduated and each.graduated.column in layer.frame), None)
    if theme is not None:
        yield from _amounts(layer, theme, wardrobe)


def _hazards(layer: Layer, wardrobe: Wardrobe) -> Iterator[Class]:
    for hazard, codelist in (("flood", FLOOD), ("landslide", LANDSLIDE)):
        worn = wardrobe.result(layer.analysis.id, hazard_theme.THEMES[codelist], "class")
        for code, look in hazard_theme.styles(codelist, worn).items():
            label = say("{c} {l}", "{c} {l}", c=code, l=class_label(code, codelist))
            yield Class(label, look, (Condition("hazard", hazard), Condition("class", code)))


def _constraints(layer: Layer, wardrobe: Wardrobe) -> Iterator[Class]:
    worn = context_looks.worn_looks(wardrobe)
    for kind_id, kind in CONSTRAINTS.items():
        own = context_theme.style_of(kind_id, layer.dimension)
        look = worn.get(own, own)
        assert isinstance(look, Look), "constraints are ground, lines or signs"
        yield Class(kind.label, look, (Condition("kind", kind_id),))


def _sites(layer: Layer, wardrobe: Wardrobe) -> Iterator[Class]:
    look = wardrobe.result(layer.analysis.id, "sites").look(_SUITABLE, "")
    yield Class(Text("Siti idonei agli orti", "Sites suitable for gardens"), look)


def _catchments(layer: Layer, wardrobe: Wardrobe) -> Iterator[Class]:
    look = wardrobe.result(layer.analysis.id, CATCHMENT).look(CATCHMENTS.catchment, "")
    yield Class(Text("Bacino di un servizio", "Catchment of a service"), look)


def _facilities(layer: Layer, wardrobe: Wardrobe) -> Iterator[Class]:
    for code, (ground, mark) in standards_theme.facilities(wardrobe).items():
        look: Look = ground if layer.dimension == 2 else mark
        yield Class(CATEGORIES[code].label, look, (Condition("category", code),))


_BY_LAYER: Mapping[str, Callable[[Layer, Wardrobe], Iterator[Class]]] = {
    "hazard_exposure_fragments": _hazards,
    "context_constraints": _constraints,
    "garden_suitability_sites": _sites,
    "service_coverage_catchments": _catchments,
    "standards_facilities": _facilities,
}


def _amounts(layer: Layer, theme: ResultTheme, wardrobe: Wardrobe) -> Iterator[Class]:
    """Yield the classes that the map of the window makes of the layer's amounts, in the style the theme was given."""
    cloth = cloth_of_result(layer.analysis, theme, layer.frame, {})
    if cloth is None or layer.dimension == 1:
        return
    worn = wardrobe.result(layer.analysis.id, theme.id)
    style = cloth.style(worn.style)
    if cloth.column(style.field) is None:
        style = cloth.style(replace(style, field="", scheme=""))
    for each, condition in _conditions(layer.frame, style, cloth):
        plain = Mark("dot", each.colour, 2.2) if layer.dimension == 0 else replace(_OUTLINE, colour=each.colour,
                                                                                   opacity=1.0)  # fmt: skip
        yield Class(each.label, worn.faded(_chosen(plain, worn, each)), (condition,))


def _conditions(frame: GeoDataFrame, style: LayerStyle, cloth: Cloth) -> Iterator[tuple[ClassStyle, Condition]]:
    """Yield the classes by the style's field, and what a feature of each has to meet."""
    if style.scheme and is_amount(frame, style.field):
        values = frame[style.field].to_numpy(float)
        ends, classes = amount_classes(values, style, cloth.told_in(style.field))
        for each, (low, high) in zip(classes, ranges(values, ends), strict=True):
            yield each, Condition(style.field, low=low, high=high)
        return
    theme, _ = by_field(cloth.theme, frame, style)
    column = cloth.column(style.field)
    for each in theme.classes:
        label = column.said(each.code) if column else each.label
        yield replace(each, label=label), Condition(style.field, each.code)


def _chosen(look: Fill | Mark, worn: Worn, each: ClassStyle) -> Fill | Mark:
    colour = worn.style.colours.get(each.code)
    return replace(look, colour=colour) if colour else look


def ranges(values: NDArray[np.float64], ends: NDArray[np.float64]) -> Iterator[tuple[float, float]]:
    """Yield what holds the very values of each class: from its least up to the least of the next."""
    amounts = np.sort(values[~np.isnan(values)])
    starts = [float(amounts[0]), *(float(amounts[amounts > end][0]) for end in ends[:-1])] if len(ends) else []
    stops = [*starts[1:], float(np.nextafter(amounts[-1], np.inf))] if len(ends) else []
    yield from zip(starts, stops, strict=True)


def _is_there(each: Class, layer: Layer) -> bool:
    frame = layer.frame
    for condition in each.conditions:
        values = frame[condition.column]
        if condition.low is None:
            frame = frame[values.astype(str).isin(condition.any_of)]
        else:
            frame = frame[(values >= condition.low) & (values < condition.high)]
    return bool(len(frame))
