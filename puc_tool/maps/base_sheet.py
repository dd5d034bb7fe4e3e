"""The base sheets (zoning, land use, districts): the layers of the study themselves, with how much of each there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from geopandas import GeoDataFrame

from analyses.overlay import polygonal
from analyses.soil.indicators import M2_A_HA
from layers.problems import PucError
from layers.reference import LayerRef
from layers.roles import BOUNDARY
from layers.text import NOTHING, Lang, Text, number, same, say, the_percent
from puc_tool.maps import credentials
from puc_tool.maps.authority import of_communes
from puc_tool.maps.base_style import styled
from puc_tool.maps.base_theme import BaseClass, BaseTheme
from puc_tool.maps.frame import scale_words
from puc_tool.maps.layout import lay_out
from puc_tool.maps.map_sentence import BESIDE
from puc_tool.maps.no_boundary import boundary_of
from puc_tool.maps.sheet import (
    Areas,
    Bars,
    Column,
    Context,
    KeyFigure,
    LegendGroup,
    LegendItem,
    MapContent,
    Note,
    Numbers,
    Sheet,
    SheetTable,
    TableRow,
)
from puc_tool.maps.soil_facts import ha, percent, with_unit
from puc_tool.maps.style import FREE_LAND, NUMBER, Fill
from puc_tool.maps.worn import Wardrobe
from puc_tool.shelf import Shelf

_LEAST_REST_M2 = 1000.0


@dataclass(frozen=True)
class _Shown:
    """What a base sheet shows: the classes on the ground ``outline``, and how much of it lies in none of them."""

    theme: BaseTheme
    classes: tuple[BaseClass, ...]
    outline: shapely.Geometry
    rest_m2: float

    @property
    def has_rest(self) -> bool:
        """Tell whether there is ground in no class worth a word."""
        return self.rest_m2 >= _LEAST_REST_M2

    @property
    def covered_m2(self) -> float:
        """The ground in some class, once where classes overlap."""
        return float(self.outline.area) - self.rest_m2


def base_sheet(theme: BaseTheme, shelf: Shelf, context: Context, lang: Lang) -> Sheet:
    """Return the sheet of ``theme``, of the latest year of its layer.

    Raises
    ------
    PucError
        Where there is no boundary, so that there is nothing to frame.
    """
    study = shelf.study
    ref = study.of_role(theme.role.id)[-1]
    shown = _shown(theme, shelf, ref)
    content = MapContent(shown.outline, study.crs, tuple(_layers(shown)), context)
    scale = scale_words(lay_out(content, study.is_demonstration).frame)
    return Sheet(
        id=theme.id,
        code=theme.code,
        title=theme.title,
        subtitle=say("{s} · {y}", "{s} · {y}", s=theme.subtitle, y=ref.year) if ref.year else theme.subtitle,
        map=content,
        alt=_alt(shown, scale, shelf),
        day=study.day or credentials.end_of(ref.year),
        legend=tuple(_legend(shown)),
        sources=(*credentials.sources((*study.of_role(BOUNDARY.id), ref)), *credentials.around(context)),
        key_figures=_key_figures(shown),
        table=_table(shown),
        note=Note(Text("Avvertenza.", "Caution."), theme.note, is_warning=True) if theme.note else None,
        title_block=credentials.title_block(shelf),
        is_demonstration=study.is_demonstration,
        lang=lang,
    )


def _shown(theme: BaseTheme, shelf: Shelf, ref: LayerRef) -> _Shown:
    """Cut the layer to the boundary, without what lies outside, and sort it into classes."""
    outline, layer = boundary_of(shelf, theme.title), shelf.intake(ref).layer
    if not isinstance(layer, GeoDataFrame):
        raise PucError(*shelf.intake(ref).problems)
    cut = layer.set_geometry(polygonal(shapely.intersection(layer.geometry.to_numpy(), outline)), crs=layer.crs)
    classes_of = styled(theme.classes, Wardrobe(shelf.study).layer(theme.role.id))
    classes = classes_of(cut[~cut.geometry.is_empty].reset_index(drop=True))
    covered = shapely.union_all([each.ground for each in classes])
    return _Shown(theme, classes, outline, float(outline.area - shapely.area(covered)))


def _layers(shown: _Shown) -> Iterator[Areas | Numbers]:
    classes = shown.classes
    if shown.has_rest:
        yield Areas((shown.outline,), FREE_LAND)
    for style in dict.fromkeys(each.style for each in classes):
        yield Areas(tuple(each.ground for each in classes if each.style == style), style)
    if shown.theme.is_numbered:
        yield Numbers(tuple(each.ground for each in classes), tuple(str(place + 1) for place in range(len(classes))))


def _legend(shown: _Shown) -> Iterator[LegendGroup]:
    drawn = {each.style for each in shown.classes}
    signs = shown.theme.signs or tuple((each.label, each.style) for each in shown.classes)
    items = [LegendItem(label, style) for label, style in signs if style in drawn]
    if shown.has_rest:
        items.append(LegendItem(shown.theme.rest, FREE_LAND))
    yield LegendGroup(tuple(items), Text("Legenda", "Legend"))
    number_sign = LegendItem(Text("Numero nella tabella", "Number in the table"), NUMBER)
    yield LegendGroup((number_sign,) if shown.theme.is_numbered else (), Text("Altri segni", "Other signs"))


def _key_figures(shown: _Shown) -> tuple[KeyFigure, ...]:
    share = percent(100 * shown.covered_m2 / shown.outline.area)
    return (
        KeyFigure(number(len(shown.classes)), shown.theme.many),
        KeyFigure(with_unit(shown.covered_m2 / M2_A_HA), say("{p} del territorio", "{p} of the territory", p=share)),
    )


def _table(shown: _Shown) -> SheetTable:
    """Return a row for each class, with a bar in its own colour as a share of the largest."""
    theme = shown.theme
    styles = tuple(dict.fromkeys(each.style for each in shown.classes))
    return SheetTable(
        title=say("Superficie per {o}", "Area by {o}", o=theme.each),
        columns=(
            *((Column(Text("n.", "no."), strong=True),) if theme.is_numbered else ()),
            Column(theme.title, wide=True),
            *theme.columns,
            Column(same("ha"), align="right", strong=True),
            Column(same("%"), align="right"),
        ),
        rows=tuple(_rows(shown, styles)),
        total=_total(shown),
        bars=Bars(NOTHING, styles) if styles else None,
    )


def _rows(shown: _Shown, styles: tuple[Fill, ...]) -> Iterator[TableRow]:
    largest = max((each.area_m2 for each in shown.classes), default=1.0)
    for place, each in enumerate(shown.classes, start=1):
        mark = (same(place),) if shown.theme.is_numbered else ()
        bar = tuple(each.area_m2 / largest if style == each.style else 0.0 for style in styles)
        yield TableRow((*mark, each.label, *each.cells, *_amounts(each.area_m2, shown)), bar)


def _amounts(area_m2: float, shown: _Shown) -> tuple[Text, Text]:
    return ha(area_m2 / M2_A_HA), number(100 * area_m2 / shown.outline.area, 1)


def _total(shown: _Shown) -> TableRow:
    empty = (NOTHING,) * len(shown.theme.columns)
    mark = (NOTHING,) if shown.theme.is_numbered else ()
    return TableRow((*mark, Text("Totale", "Total"), *empty, *_amounts(shown.covered_m2, shown)))


def _alt(shown: _Shown, scale: Text, shelf: Shelf) -> Text:
    """Return the map in a sentence whose every number stands in its table, rounded alike."""
    boundary = shelf.of_roles((BOUNDARY,))[0].layer
    assert isinstance(boundary, GeoDataFrame), "the outline comes from it"
    communes = sorted(set(boundary["name"].dropna().astype(str)))
    demonstration = Text(" (dati dimostrativi)", " (demonstration data)")
    head = say(
        "{t} {c} alla scala {s}{d}, {n} {o}.", "{t} {c} at the scale of {s}{d}, {n} {o}.",
        t=shown.theme.title, c=of_communes(communes), s=scale, n=len(shown.classes), o=shown.theme.many,
        d=demonstration if shelf.study.is_demonstration else NOTHING,
    )  # fmt: skip
    if not shown.classes:
        return head
    first = max(shown.classes, key=lambda each: each.area_m2)
    return say(
        "{h} {l} {x}: {a} ettari, {p} del territorio. {b}",
        "{h} {l} {x}: {a} hectares, {p} of the territory. {b}",
        h=head, l=shown.theme.largest, x=first.label, a=ha(first.area_m2 / M2_A_HA),
        p=the_percent(first.area_m2 / shown.outline.area), b=BESIDE,
    )  # fmt: skip
