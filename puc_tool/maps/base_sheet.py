"""The base sheets (zoning, land use, districts): the layers of the study themselves, with how much of each there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from geopandas import GeoDataFrame

from analyses.overlay import polygonal
from analyses.soil.indicators import M2_A_HA
from layers.reference import LayerRef
from layers.roles import BOUNDARY
from layers.text import NOTHING, Lang, Text, number, same, say, the_percent
from puc_tool.maps import credentials
from puc_tool.maps.authority import of_communes
from puc_tool.maps.base_theme import BaseClass, BaseTheme
from puc_tool.maps.frame import scale_words
from puc_tool.maps.layout import lay_out
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
from puc_tool.maps.style import FREE_LAND, NUMBER
from puc_tool.shelf import Shelf

_LEAST_REST_M2 = 1000.0
_YEAR = Text("{s} · {y}", "{s} · {y}")


def base_sheet(theme: BaseTheme, shelf: Shelf, context: Context, lang: Lang) -> Sheet:
    """Return the sheet of ``theme``, of the latest year of its layer.

    Raises
    ------
    PucError
        Where the boundary is empty, so that there is nothing to frame.
    """
    study = shelf.study
    ref = study.of_role(theme.role.id)[-1]
    outline = shelf.ground().boundary
    assert outline is not None, "a sheet is drawn only of a study with a boundary"
    classes = theme.classes(_inside(shelf, ref, outline))
    content = MapContent(outline, study.crs, tuple(_layers(theme, classes, outline)), context)
    scale = scale_words(lay_out(content, study.is_demonstration).frame)
    return Sheet(
        id=theme.id,
        code=theme.code,
        title=theme.title,
        subtitle=say(_YEAR.it, _YEAR.en, s=theme.subtitle, y=ref.year) if ref.year else theme.subtitle,
        map=content,
        alt=_alt(theme, classes, (outline, scale), shelf),
        day=study.day or credentials.end_of(ref.year),
        legend=tuple(_legend(theme, classes, outline)),
        sources=(*credentials.sources((*study.of_role(BOUNDARY.id), ref)), *credentials.around(context)),
        key_figures=_key_figures(theme, classes, outline),
        table=_table(theme, classes, outline),
        note=Note(Text("Avvertenza.", "Mind."), theme.note, is_warning=True) if theme.note else None,
        title_block=credentials.title_block(shelf),
        is_demonstration=study.is_demonstration,
        lang=lang,
    )


def _inside(shelf: Shelf, ref: LayerRef, outline: shapely.Geometry) -> GeoDataFrame:
    """Return the layer cut to the boundary, without what lies outside."""
    layer = shelf.intake(ref).layer
    assert isinstance(layer, GeoDataFrame), "the sheet is offered only where its layer can be read"
    cut = layer.set_geometry(polygonal(shapely.intersection(layer.geometry.to_numpy(), outline)), crs=layer.crs)
    return cut[~cut.geometry.is_empty].reset_index(drop=True)


def _rest_m2(classes: Sequence[BaseClass], outline: shapely.Geometry) -> float:
    """Return the ground in no class; classes may overlap, so it is what their union leaves."""
    covered = shapely.union_all([each.ground for each in classes])
    return float(outline.area - shapely.area(covered))


def _has_rest(classes: Sequence[BaseClass], outline: shapely.Geometry) -> bool:
    return _rest_m2(classes, outline) >= _LEAST_REST_M2


def _layers(theme: BaseTheme, classes: Sequence[BaseClass], outline: shapely.Geometry) -> Iterator[Areas | Numbers]:
    if _has_rest(classes, outline):
        yield Areas((outline,), FREE_LAND)
    for style in dict.fromkeys(each.style for each in classes):
        yield Areas(tuple(each.ground for each in classes if each.style == style), style)
    if theme.is_numbered:
        yield Numbers(tuple(each.ground for each in classes), tuple(str(place + 1) for place in range(len(classes))))


def _legend(theme: BaseTheme, classes: Sequence[BaseClass], outline: shapely.Geometry) -> Iterator[LegendGroup]:
    drawn = {each.style for each in classes}
    signs = theme.signs or tuple((each.label, each.style) for each in classes)
    items = [LegendItem(label, style) for label, style in signs if style in drawn]
    if _has_rest(classes, outline):
        items.append(LegendItem(theme.rest, FREE_LAND))
    yield LegendGroup(tuple(items), Text("Legenda", "Legend"))
    numbers = (LegendItem(Text("Numero nella tabella", "Number in the table"), NUMBER),) if theme.is_numbered else ()
    yield LegendGroup(numbers, Text("Altri segni", "Other signs"))


def _key_figures(theme: BaseTheme, classes: Sequence[BaseClass], outline: shapely.Geometry) -> tuple[KeyFigure, ...]:
    covered = outline.area - _rest_m2(classes, outline)
    share = percent(100 * covered / outline.area)
    return (
        KeyFigure(number(len(classes)), theme.many),
        KeyFigure(with_unit(covered / M2_A_HA), say("{p} del territorio", "{p} of the territory", p=share)),
    )


def _table(theme: BaseTheme, classes: Sequence[BaseClass], outline: shapely.Geometry) -> SheetTable:
    """Return a row for each class, with a bar in its own colour as a share of the largest."""
    largest = max((each.area_m2 for each in classes), default=1.0)
    styles = tuple(dict.fromkeys(each.style for each in classes))
    head = (Column(Text("n.", "no."), strong=True),) if theme.is_numbered else ()
    rows = []
    for place, each in enumerate(classes, start=1):
        mark = (same(place),) if theme.is_numbered else ()
        bar = tuple(each.area_m2 / largest if style == each.style else 0.0 for style in styles)
        rows.append(TableRow((*mark, each.label, *each.cells, *_amounts(each.area_m2, outline)), bar))
    return SheetTable(
        title=say("Superficie per {o}", "Area by {o}", o=theme.each),
        columns=(
            *head,
            Column(theme.title, wide=True),
            *theme.columns,
            Column(same("ha"), align="right", strong=True),
            Column(same("%"), align="right"),
        ),
        rows=tuple(rows),
        total=_total(theme, classes, outline),
        bars=Bars(NOTHING, styles) if styles else None,
    )


def _amounts(area_m2: float, outline: shapely.Geometry) -> tuple[Text, Text]:
    return ha(area_m2 / M2_A_HA), number(100 * area_m2 / outline.area, 1)


def _total(theme: BaseTheme, classes: Sequence[BaseClass], outline: shapely.Geometry) -> TableRow:
    covered = outline.area - _rest_m2(classes, outline)
    empty = (NOTHING,) * len(theme.columns)
    mark = (NOTHING,) if theme.is_numbered else ()
    return TableRow((*mark, Text("Totale", "Total"), *empty, *_amounts(covered, outline)))


def _alt(theme: BaseTheme, classes: Sequence[BaseClass], place: tuple[shapely.Geometry, Text], shelf: Shelf) -> Text:
    """Return the map in a sentence whose every number stands in its table, rounded alike."""
    outline, scale = place
    boundary = shelf.of_roles((BOUNDARY,))[0].layer
    assert isinstance(boundary, GeoDataFrame), "the outline comes from it"
    communes = sorted(set(boundary["name"].dropna().astype(str)))
    demonstration = Text(" (dati dimostrativi)", " (demonstration data)")
    head = say(
        "{t} {c} alla scala {s}{d}, {n} {o}.", "{t} {c} at the scale of {s}{d}, {n} {o}.",
        t=theme.title, c=of_communes(communes), s=scale, n=len(classes), o=theme.many,
        d=demonstration if shelf.study.is_demonstration else NOTHING,
    )  # fmt: skip
    if not classes:
        return head
    first = classes[int(np.argmax([each.area_m2 for each in classes]))]
    return say(
        "{h} {l} {x}: {a} ettari, {p} del territorio. I valori sono nella tabella a lato.",
        "{h} {l} {x}: {a} hectares, {p} of the territory. The values are in the table beside it.",
        h=head, l=theme.largest, x=first.label, a=ha(first.area_m2 / M2_A_HA),
        p=the_percent(first.area_m2 / outline.area),
    )  # fmt: skip
