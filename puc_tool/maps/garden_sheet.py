"""The sheet «Orti urbani», from the results as they were written: one number, one rounding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from geopandas import GeoDataFrame

from analyses.gardens.classes import CLASSES, EXCLUDED, UNDECIDED
from analyses.soil.indicators import M2_A_HA
from layers import roles
from layers.problems import PucError
from layers.reference import LayerRef
from layers.text import NOTHING, Lang, Text, number, same, say
from layers.union import union_of_parts
from puc_tool.maps import credentials, garden_theme, garden_words
from puc_tool.maps.frame import scale_words
from puc_tool.maps.garden_facts import Facts, facts
from puc_tool.maps.layout import lay_out
from puc_tool.maps.sheet import (
    Areas,
    Column,
    Context,
    KeyFigure,
    LegendGroup,
    LegendItem,
    MapContent,
    RasterClasses,
    Sheet,
    SheetTable,
    TableRow,
)
from puc_tool.maps.soil_facts import percent, with_unit
from puc_tool.maps.worn import Wardrobe
from puc_tool.shelf import Shelf
from puc_tool.written import Written, stale

_OF_SHEET = (roles.BOUNDARY, roles.ELEVATION, roles.LAND_USE, roles.SOIL_CONSUMPTION, roles.PUBLIC_LAND,
             roles.CONTAMINATED_SITES)  # fmt: skip


def garden_sheet(shelf: Shelf, written: Written, context: Context, lang: Lang) -> Sheet:
    """Return the sheet of where urban gardens can go, and of the sites in their order.

    Raises
    ------
    PucError
        Where the boundary is empty, so that there is nothing to frame, or the results have no classes.
    """
    inputs, shown = shelf.inputs(written.analysis), facts(written)
    outline = union_of_parts(inputs["boundary"].geometry.to_numpy())
    raster = written.raster("class")
    if raster is None:  # written before the map had classes
        raise PucError(stale(written.analysis))
    looks = garden_theme.looks(Wardrobe(shelf.study))
    cells = garden_theme.suitability(raster, looks.classes)
    perimeters = garden_theme.contaminated(inputs["contaminated_sites"], outline, looks.contaminated)
    sites = () if shown.sites is None else tuple(garden_theme.sites_of(shown.sites, looks))
    content = MapContent(outline, shelf.study.crs, (cells, *perimeters, *sites), context)
    legend = (LegendGroup(tuple(_classes(shown, cells))), *_signs(perimeters, shown.sites, looks))
    return _sheet(shelf, shown, content, legend, lang)


def _sheet(shelf: Shelf, shown: Facts, content: MapContent, legend: tuple[LegendGroup, ...], lang: Lang) -> Sheet:
    study = shelf.study
    boundary = shelf.of_roles((roles.BOUNDARY,))[0].layer
    assert isinstance(boundary, GeoDataFrame), "results of this study exist, so its boundary can be read"
    communes = sorted(boundary["name"].dropna().astype(str))
    scale = scale_words(lay_out(content, study.is_demonstration).frame)
    return Sheet(
        id="orti-urbani",
        code="SP-AMB-05",
        title=garden_words.TITLE,
        subtitle=garden_words.subtitle(shown),
        map=content,
        alt=garden_words.alt(shown, communes, scale, is_demonstration=study.is_demonstration),
        day=study.day,
        legend=legend,
        sources=(*credentials.sources(_on_the_sheet(shelf)), *credentials.around(content.context)),
        key_figures=tuple(_key_figures(shown)),
        table=None if shown.sites is None else _table(shown, shown.sites),
        note=garden_words.note(shown),
        footnotes=garden_words.footnotes(shown),
        title_block=credentials.title_block(shelf),
        is_demonstration=study.is_demonstration,
        lang=lang,
    )


def _on_the_sheet(shelf: Shelf) -> Iterator[LayerRef]:
    """Yield what the map shows and what decides most of it, of dated layers the latest; all stand in ``run.json``."""
    for role in _OF_SHEET:
        yield from shelf.study.of_role(role.id)[-1:]


def _classes(shown: Facts, cells: RasterClasses) -> Iterator[LegendItem]:
    """Yield the classes that are drawn, each with its area and share."""
    areas_m2 = dict(zip(shown.classes["class"], shown.classes["area_m2"], strict=True))
    drawn = np.unique(cells.cells)
    for place, each in enumerate(CLASSES, start=1):
        if place in drawn:
            area_ha = float(areas_m2[each.code]) / M2_A_HA
            amount = say("{a} · {p}", "{a} · {p}", a=with_unit(area_ha), p=percent(100.0 * area_ha / shown.area_ha))
            yield LegendItem(_label(each.code, each.title), cells.styles[place - 1], amount)


def _label(code: str, title: Text) -> Text:
    if code in (EXCLUDED.code, UNDECIDED.code):
        return Text(title.it[0].upper() + title.it[1:], title.en[0].upper() + title.en[1:])
    return say("{c} {t}", "{c} {t}", c=code, t=title)


def _signs(
    perimeters: tuple[Areas, ...], sites: GeoDataFrame | None, looks: garden_theme.Looks
) -> Iterator[LegendGroup]:
    items = []
    if perimeters:
        label = Text("Siti contaminati: esclusi", "Contaminated sites: excluded")
        items.append(LegendItem(label, looks.contaminated))
    if sites is not None:
        items.append(LegendItem(Text("Sito proposto", "Proposed site"), looks.site))
        items.append(LegendItem(Text("Posto in graduatoria", "Place in the ranking"), looks.number))
    if items:
        yield LegendGroup(tuple(items), Text("Altri segni", "Other signs"))


def _key_figures(shown: Facts) -> Iterator[KeyFigure]:
    suitable = say(
        "idonei ({p} del territorio)", "suitable ({p} of the territory)", p=percent(shown.pct("suitable_m2"))
    )
    yield KeyFigure(with_unit(shown.ha("suitable_m2")), suitable)
    yield KeyFigure(number(shown.site_count), Text("siti in graduatoria", "sites ranked"))
    yield KeyFigure(with_unit(shown.ha("excluded_m2")), Text("esclusi da almeno una causa", "excluded by a cause"))


def _table(shown: Facts, sites: GeoDataFrame) -> SheetTable:
    """Return the first sites with size, score, and between which ranks they stay when weights vary."""
    top = int(shown.written.parameters["top"])
    count = say("Primi {k} siti su {n}", "First {k} sites of {n}", k=len(sites), n=number(shown.site_count))
    return SheetTable(
        title=count if len(sites) < shown.site_count else Text("Graduatoria dei siti", "Ranking of sites"),
        columns=(
            Column(Text("n.", "no."), strong=True),
            Column(Text("Sito", "Site"), wide=True),
            Column(same("m²"), align="right"),
            Column(Text("orti", "plots"), align="right"),
            Column(Text("punti", "score"), align="right", strong=True),
            Column(Text("posti", "ranks"), align="right"),
            Column(say("% primi {n}", "% first {n}", n=top), align="right"),
        ),
        rows=tuple(_row(place, row) for place, row in enumerate(sites.to_dict("records"), start=1)),
        file="sites.csv",
    )


def _row(place: int, row: dict[Any, Any]) -> TableRow:
    low, high = int(row["rank_low"]), int(row["rank_high"])
    ranks = number(low) if low == high else say("{a}–{b}", "{a}–{b}", a=number(low), b=number(high))
    return TableRow(
        (
            same(place),
            same(row["name"]) if row["name"] else NOTHING,
            number(row["area_m2"]),
            number(row["plots"]),
            number(row["score"], 2),
            ranks,
            number(row["top_share_pct"]),
        )
    )
