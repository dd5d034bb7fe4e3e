"""The sheet «Vincoli e risorse», from the results as they were written: one number, one rounding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from geopandas import GeoDataFrame

from analyses.analysis import Analysis
from analyses.constraint_kinds import KINDS, RESOURCE, UNVERIFIED
from analyses.soil.indicators import M2_A_HA
from analyses.units import OUTSIDE
from layers.reference import LayerRef
from layers.roles import BOUNDARY, CONSTRAINTS, NEIGHBOURHOODS
from layers.text import NOTHING, Lang, Text, listing, number, same, say
from layers.union import union_of_parts
from puc_tool.maps import context_looks, context_theme, credentials
from puc_tool.maps.authority import of_communes
from puc_tool.maps.frame import scale_words
from puc_tool.maps.layout import lay_out
from puc_tool.maps.legend import from_the_top
from puc_tool.maps.recast import recast
from puc_tool.maps.sheet import (
    Areas,
    Bars,
    Column,
    Context,
    KeyFigure,
    LegendGroup,
    LegendItem,
    Lines,
    MapContent,
    Note,
    Numbers,
    Sheet,
    SheetTable,
    TableRow,
)
from puc_tool.maps.sheet import Layer as MapLayer
from puc_tool.maps.soil_facts import UNIT_KINDS, UnitKind, percent, with_unit
from puc_tool.maps.soil_figures import MOST_NUMBERED
from puc_tool.maps.style import ACCENT, FREE_LAND, NEIGHBOURHOOD, NUMBER, Fill
from puc_tool.maps.worn import Wardrobe
from puc_tool.shelf import Shelf
from puc_tool.written import Written

TITLE = Text("Vincoli e risorse", "Constraints and resources")
_BAR = Fill(ACCENT)
_READ = Text(
    "Vincoli diversi possono stare sullo stesso terreno: ciascuno conta per intero, il totale una volta sola.",
    "Different constraints may lie on the same ground: each counts in full, the total once.",
)
_WARNING = Text(
    "Sintesi dei dati dello studio: valgono i provvedimenti di vincolo e i loro elaborati ufficiali.",
    "A summary of the study's data: the acts that set constraints and their official documents hold.",
)


def context_sheet(shelf: Shelf, written: Written, context: Context, lang: Lang) -> Sheet:
    """Return the sheet of what binds the ground and what enriches it.

    Raises
    ------
    PucError
        Where the boundary is empty, so that there is nothing to frame.
    """
    boundary = shelf.inputs(written.analysis)["boundary"]
    outline = union_of_parts(boundary.geometry.to_numpy())
    units = _units(written)
    found = written.layer("constraints")
    drawn = () if found is None else context_theme.layers_of(found)
    content = MapContent(
        outline, shelf.study.crs, (Areas((outline,), FREE_LAND), *drawn, *_unit_layers(units)), context
    )
    by_kind = written.table("by_kind")
    assert by_kind is not None, "every run writes it"
    communes = sorted(boundary["name"].dropna().astype(str))
    scale = scale_words(lay_out(content, shelf.study.is_demonstration).frame)
    made = Sheet(
        id="vincoli-risorse",
        code="SP-AMB-04",
        title=TITLE,
        subtitle=Text("Paesaggio, fasce, parchi, sentieri, forti", "Landscape, strips, parks, paths, forts"),
        map=content,
        alt=_alt(written, communes, scale, is_demonstration=shelf.study.is_demonstration),
        day=shelf.study.day,
        legend=tuple(_legend(by_kind, units, drawn)),
        sources=(*credentials.sources(_on_the_sheet(shelf, written.analysis)), *credentials.around(content.context)),
        key_figures=_key_figures(written),
        table=None if units is None else _table(units, written),
        note=Note(Text("Avvertenza.", "Caution."), _WARNING, is_warning=True),
        footnotes=tuple(_footnotes(by_kind, written)),
        title_block=credentials.title_block(shelf),
        is_demonstration=shelf.study.is_demonstration,
        lang=lang,
    )
    return recast(made, context_looks.worn_looks(Wardrobe(shelf.study)))


def _units(written: Written) -> tuple[UnitKind, GeoDataFrame] | None:
    """Return the units of the table, the most bound first, the ground in none of them last; None for one commune."""
    for kind in UNIT_KINDS:
        layer = written.layer(kind.id)
        if layer is not None and (kind.id != "commune" or len(layer) > 1):
            told = layer.assign(share=layer["constrained_pct"].round(1), is_rest=layer["code"] == "")
            order = ["is_rest", "share", "name"]
            return kind, told.sort_values(order, ascending=[True, False, True], kind="stable").reset_index(drop=True)
    return None


def _named(units: tuple[UnitKind, GeoDataFrame]) -> GeoDataFrame:
    return units[1][~units[1]["is_rest"]]


def _is_numbered(units: tuple[UnitKind, GeoDataFrame]) -> bool:
    return len(_named(units)) <= MOST_NUMBERED


def _unit_layers(units: tuple[UnitKind, GeoDataFrame] | None) -> Iterator[MapLayer]:
    if units is None:
        return
    outlines = tuple(_named(units).geometry)
    yield Lines(outlines, NEIGHBOURHOOD)
    if _is_numbered(units):
        yield Numbers(outlines, tuple(str(place + 1) for place in range(len(outlines))))


def _legend(
    by_kind: pd.DataFrame, units: tuple[UnitKind, GeoDataFrame] | None, drawn: Sequence[MapLayer]
) -> Iterator[LegendGroup]:
    """Yield what binds and what enriches, as they lie over one another, each with how much of it there is."""
    is_resource = by_kind["effect"] == RESOURCE.it
    for title, rows in ((NOTHING, by_kind[~is_resource]), (Text("Risorse", "Resources"), by_kind[is_resource])):
        items = from_the_top((_item(row) for row in rows.to_dict("records")), drawn)
        if items:
            yield LegendGroup(items, title)
    signs = [LegendItem(Text("Nessun vincolo fra questi", "None of these"), FREE_LAND)]
    if units is not None:
        signs.append(LegendItem(units[0].one, NEIGHBOURHOOD))
        signs += (
            [LegendItem(Text("Numero nella tabella", "Number in the table"), NUMBER)] if _is_numbered(units) else []
        )
    yield LegendGroup(tuple(signs), Text("Altri segni", "Other signs"))


def _item(row: dict[Any, Any]) -> LegendItem:
    kind = str(row["kind"])
    dimension = 2 if row["area_m2"] > 0 else 1 if row["length_m"] > 0 else 0
    label = KINDS[kind].label if kind in KINDS else same(kind)
    return LegendItem(label, context_theme.style_of(kind, dimension), _amount(row, dimension))


def _amount(row: dict[Any, Any], dimension: int) -> Text:
    if dimension == 2:
        return with_unit(row["area_m2"] / M2_A_HA)
    if dimension == 1:
        return say("{n}\u202fkm", "{n}\u202fkm", n=number(row["length_m"] / 1000, 1))
    return number(row["points"])


def _key_figures(written: Written) -> tuple[KeyFigure, ...]:
    bound, share, paths = (written.figure(each) for each in ("constrained_ha", "constrained_pct", "paths_km"))
    under = say("con almeno un vincolo ({p})", "under a constraint ({p})", p=percent(share or 0.0))
    trails = say("{n}\u202fkm", "{n}\u202fkm", n=number(paths or 0.0, 1))
    parks = with_unit(written.figure("parks_ha") or 0.0)
    return (
        KeyFigure(with_unit(bound or 0.0), under),
        KeyFigure(trails, Text("di sentieri", "of footpaths")),
        KeyFigure(parks, Text("di rete dei parchi", "of parks network")),
    )


def _table(units: tuple[UnitKind, GeoDataFrame], written: Written) -> SheetTable:
    kind, frame = units
    numbered = _is_numbered(units)
    head = (Column(Text("n.", "no."), strong=True),) if numbered else ()
    rows = []
    for place, row in enumerate(frame.to_dict("records"), start=1):
        label = OUTSIDE if row["is_rest"] else same(row["name"])
        mark = (NOTHING if row["is_rest"] else same(place),) if numbered else ()
        cells = (*mark, label, number(row["share"], 1), number(row["paths_m"] / 1000, 1))
        rows.append(TableRow(cells, (min(1.0, row["constrained_pct"] / 100.0),)))
    total = (number(written.figure("constrained_pct") or 0.0, 1), number(written.figure("paths_km") or 0.0, 1))
    return SheetTable(
        title=say("Suolo vincolato {b}", "Ground bound {b}", b=kind.by),
        columns=(
            *head,
            Column(kind.one, wide=True),
            Column(Text("% vincolato", "% bound"), align="right", strong=True),
            Column(Text("sentieri km", "paths km"), align="right"),
        ),
        rows=tuple(rows),
        total=TableRow((*((NOTHING,) if numbered else ()), Text("Totale", "Total"), *total)),
        bars=Bars(Text("con un vincolo", "under one"), (_BAR,)),
        file="by_neighbourhood.csv",
    )


def _footnotes(by_kind: pd.DataFrame, written: Written) -> Iterator[Text]:
    yield _READ
    doubted = by_kind[by_kind["norm"].astype(str).str.contains(UNVERIFIED.it, regex=False)]
    unread = [KINDS[kind].label if kind in KINDS else same(kind) for kind in doubted["kind"]]
    if unread:
        yield say(
            "Norma non verificata alla fonte: {l}.", "Norm not read at its source: {l}.", l=listing(unread, most=12)
        )
    drawn = [each for each in written.record["problems"] if each["code"] == "strip-drawn"]
    for each in drawn:
        yield Text(f"{each['where']}: {each['message']}", f"{each['where_en']}: {each['message_en']}")


def _on_the_sheet(shelf: Shelf, analysis: Analysis) -> Iterator[LayerRef]:
    drawn = [role for role in analysis.inputs if role not in (BOUNDARY, CONSTRAINTS, NEIGHBOURHOODS)]
    for role in (BOUNDARY, CONSTRAINTS, NEIGHBOURHOODS, *drawn):
        yield from shelf.study.of_role(role.id)


def _alt(written: Written, communes: list[str], scale: Text, *, is_demonstration: bool) -> Text:
    """Return the map in a sentence whose every number is a written one, rounded as it is printed."""
    demonstration = Text(" (dati dimostrativi)", " (demonstration data)") if is_demonstration else NOTHING
    return say(
        "Carta dei vincoli e delle risorse {c} alla scala {s}{d}. Almeno un vincolo interessa {a} ettari ({p}\u00a0%). "
        "I sentieri misurano {k} chilometri.",
        "Map of constraints and resources {c} at the scale of {s}{d}. At least one constraint covers {a} hectares "
        "({p}\u00a0%). Footpaths measure {k} kilometres.",
        c=of_communes(communes),
        s=scale,
        d=demonstration,
        a=number(written.figure("constrained_ha") or 0.0),
        p=number(written.figure("constrained_pct") or 0.0, 1),
        k=number(written.figure("paths_km") or 0.0, 1),
    )
