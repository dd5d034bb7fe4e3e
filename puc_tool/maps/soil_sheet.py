"""The soil-consumption sheet, from the results as they were written: one number, one rounding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import pandas as pd
import shapely
from geopandas import GeoDataFrame

from analyses.editions import Span, span
from analyses.soil_consumption import SoilParams
from analyses.soil_indicators import M2_A_HA
from analyses.units import OUTSIDE
from layers import crs as coordinate_systems
from layers.codelist import label, rows
from layers.roles import BOUNDARY, BY_ID, LAND_USE, SOIL_CONSUMPTION
from layers.spec import Role
from layers.text import NOTHING, Lang, Text, number, same, say
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
    SourceLine,
    TableRow,
)
from puc_tool.maps.sheet import Layer as MapLayer
from puc_tool.maps.soil_theme import (
    MACRO_STYLES,
    PARTIAL,
    PERMANENT,
    REVERSIBLE,
    SPECIAL,
    UNSPECIFIED,
    SoilCells,
    land_use_areas,
    soil_cells,
)
from puc_tool.maps.style import FREE_LAND, NEIGHBOURHOOD, NUMBER, RARE_CELLS, Fill
from puc_tool.shelf import Shelf
from puc_tool.written import Written

_MOST_NUMBERED = 60
"""Beyond this many units, circles would cover the map; the table then goes without numbers."""


@dataclass(frozen=True)
class Theme:
    """What differs between the ISPRA raster and a land-use map."""

    title: Text
    column: str
    word: Text
    layers: tuple[MapLayer, ...]
    legend: LegendGroup
    note: Text
    bars: tuple[tuple[str, Fill], ...]
    years: tuple[int | None, int | None]


def soil_sheet(shelf: Shelf, written: Written, context: Context, lang: Lang) -> Sheet:
    """Return the sheet of the study's soil consumption, or of its artificial surfaces."""
    study = shelf.study
    analysis_inputs = shelf.inputs(written.analysis)
    boundary = shapely.union_all(analysis_inputs["boundary"].geometry.to_numpy())
    params = SoilParams(**written.parameters)
    communes = written.table("by_commune")
    assert communes is not None, "every run writes it"
    if analysis_inputs["soil_consumption"]:
        rasters = span(analysis_inputs["soil_consumption"], params.year_from, params.year_to)
        theme = _raster_theme(soil_cells(rasters, boundary, study.crs), written, communes, _years(rasters))
    else:
        maps = span(analysis_inputs["land_use"], params.year_from, params.year_to)
        theme = _land_use_theme(land_use_areas(maps.last.data), communes, _years(maps))
    units = _units(written)
    return Sheet(
        id="consumo-suolo",
        code="SP-SUO-01",
        title=theme.title,
        subtitle=_subtitle(theme),
        map=MapContent(boundary, study.crs, (*_ground(theme, boundary), *theme.layers, *_unit_layers(units)), context),
        alt=_alt(theme, written, communes, units),
        day=_day(shelf, theme),
        legend=(theme.legend, *_unit_legend(units)),
        sources=_sources(shelf, written),
        key_figures=_key_figures(theme, written),
        table=None if units is None else _table(theme, units, communes),
        note=Note(Text("Come si legge.", "How to read."), theme.note),
        footnotes=_footnotes(written),
        title_block=_title_block(shelf),
        is_demonstration=study.is_demonstration,
        lang=lang,
    )


def _years(dated: Span[Any]) -> tuple[int | None, int | None]:
    return (dated.first.year if dated.first else None, dated.last.year)


def _raster_theme(
    cells: SoilCells, written: Written, communes: pd.DataFrame, years: tuple[int | None, int | None]
) -> Theme:
    layers: list[MapLayer] = [cells.layer]
    if cells.marks is not None:
        layers.append(cells.marks)
    return Theme(
        Text("Carta del consumo di suolo", "Soil consumption map"),
        "consumed",
        Text("Suolo consumato", "Consumed soil"),
        tuple(layers),
        LegendGroup(tuple(_raster_legend(cells, written, communes.sum(numeric_only=True), years))),
        Text(
            "Le percentuali si riferiscono alla superficie a terra di ciascuna unità. Le celle sul confine contano "
            "per la parte che vi cade. Edizioni diverse della carta nazionale non sono confrontabili.",
            "Percentages refer to the land area of each unit. Cells on a border count for the part inside. "
            "Different editions of the national map can't be compared.",
        ),
        (("permanent_m2", PERMANENT), ("reversible_m2", REVERSIBLE)),
        years,
    )


def _raster_legend(
    cells: SoilCells, written: Written, sums: pd.Series, years: tuple[int | None, int | None]
) -> Iterator[LegendItem]:
    unspecified_m2 = sums["consumed_m2"] - sums["permanent_m2"] - sums["reversible_m2"]
    amounts = {PERMANENT: sums["permanent_m2"], REVERSIBLE: sums["reversible_m2"], UNSPECIFIED: unspecified_m2}
    labels = {
        PERMANENT: Text("Suolo consumato permanente (11)", "Permanently consumed soil (11)"),
        REVERSIBLE: Text("Suolo consumato reversibile (12)", "Reversibly consumed soil (12)"),
        UNSPECIFIED: Text("Suolo consumato (1)", "Consumed soil (1)"),
    }
    for style in (PERMANENT, REVERSIBLE, UNSPECIFIED):
        if style in cells.drawn:
            yield LegendItem(labels[style], style, _ha(amounts[style]))
    if cells.marks is not None:
        span_words = _span(years)
        new = say("di cui nuovo consumo {y}", "of which new consumption {y}", y=span_words)
        yield LegendItem(new, RARE_CELLS, _ha(sums.get("gross_m2", 0.0)))
    if SPECIAL in cells.drawn:
        label = Text("Superfici particolari, non consumate (201-205)", "Special covers, not consumed (201-205)")
        yield LegendItem(label, SPECIAL, _special(written))
    free_m2 = sums["area_m2"] - sums["consumed_m2"] - sums["no_data_m2"]
    yield LegendItem(Text("Suolo non consumato", "Soil not consumed"), FREE_LAND, _ha(free_m2))


def _special(written: Written) -> Text:
    """Return the area of 201 to 205 at the later date, where the run compared two."""
    table = written.table("transition")
    if table is None:
        return NOTHING
    return _ha(table.loc[table["to_code"].isin(["201", "202", "203", "204", "205"]), "area_m2"].sum())


def _land_use_theme(areas: tuple[Areas, ...], communes: pd.DataFrame, years: tuple[int | None, int | None]) -> Theme:
    sums = communes.sum(numeric_only=True)
    amounts = {MACRO_STYLES["1"]: _ha(sums["artificial_m2"]), PARTIAL: _ha(sums["artificial_partial_m2"])}
    labels = {MACRO_STYLES[row["prefix"]]: label(row) for row in rows("landuse_macroclass")}
    labels[PARTIAL] = Text("Verde urbano e impianti sportivi (141, 142)", "Urban green and sport (141, 142)")
    items = tuple(LegendItem(labels[each.style], each.style, amounts.get(each.style, NOTHING)) for each in areas)
    return Theme(
        Text("Carta delle superfici artificiali", "Map of artificial surfaces"),
        "artificial",
        Text("Superfici artificiali", "Artificial surfaces"),
        areas,
        LegendGroup(items),
        Text(
            "Le superfici artificiali vengono dall'uso del suolo: di solito superano il suolo consumato e non si "
            "confrontano con i dati ISPRA. Verde urbano e impianti sportivi sono a parte.",
            "Artificial surfaces come from land use: usually more than consumed soil, not comparable with "
            "ISPRA's data. Urban green and sport stand apart.",
        ),
        (("artificial_m2", MACRO_STYLES["1"]),),
        years,
    )


def _subtitle(theme: Theme) -> Text:
    first, last = theme.years
    if last is None:
        return theme.word
    if first is None:
        return say("{w} · stato al {y}", "{w} · state in {y}", w=theme.word, y=last)
    return say("{w} · stato al {y}, confronto con il {f}", "{w} · state in {y}, compared with {f}",
               w=theme.word, y=last, f=first)  # fmt: skip


def _key_figures(theme: Theme, written: Written) -> tuple[KeyFigure, ...]:
    is_soil = theme.column == "consumed"
    share = written.figure("suolo_consumato_pct" if is_soil else "superfici_artificiali_pct") or 0.0
    area_ha = written.figure("suolo_consumato_ha" if is_soil else "superfici_artificiali_ha") or 0.0
    gross_ha = written.figure("consumo_lordo_ha" if is_soil else "nuove_superfici_artificiali_ha")
    whole_ha = 100.0 * area_ha / share if share else 0.0
    what = Text("suolo consumato", "consumed soil") if is_soil else Text("superfici artificiali", "artificial surfaces")
    found = [
        KeyFigure(_percent(share), say("{w} sul territorio", "{w} of the territory", w=what)),
        KeyFigure(
            say("{n}\u202fha", "{n}\u202fha", n=number(area_ha)),
            say("{w} su {a}\u202fha", "{w} out of {a}\u202fha", w=what, a=number(whole_ha)) if whole_ha else what,
        ),
    ]
    if gross_ha is not None:
        caption = say("nuovo consumo {y} (lordo)", "new consumption {y} (gross)", y=_span(theme.years))
        found.append(KeyFigure(say("+{n}\u202fha", "+{n}\u202fha", n=number(gross_ha, 1)), caption))
    return tuple(found)


def _units(written: Written) -> GeoDataFrame | None:
    """Return the units of the table, the most consumed first, the rest last; neighbourhoods before zones."""
    for unit in ("neighbourhood", "zone"):
        layer = written.layer(unit)
        if layer is not None:
            share = "consumed_pct" if "consumed_pct" in layer else "artificial_pct"
            layer = layer.assign(is_rest=layer["code"] == "")
            order = layer.sort_values(["is_rest", share, "name"], ascending=[True, False, True], kind="stable")
            return order.assign(unit=unit).reset_index(drop=True)
    return None


def _ground(theme: Theme, boundary: shapely.Geometry) -> tuple[MapLayer, ...]:
    """Return the free soil under the cells; a land-use map covers the ground itself."""
    return (Areas((boundary,), FREE_LAND),) if theme.column == "consumed" else ()


def _is_numbered(units: GeoDataFrame) -> bool:
    return len(units) <= _MOST_NUMBERED


def _unit_layers(units: GeoDataFrame | None) -> tuple[MapLayer, ...]:
    if units is None:
        return ()
    named = units[~units["is_rest"]]
    borders = Lines(tuple(named.geometry), NEIGHBOURHOOD)
    if not _is_numbered(named):
        return (borders,)
    return borders, Numbers(tuple(named.geometry), tuple(str(place + 1) for place in range(len(named))))


def _unit_legend(units: GeoDataFrame | None) -> tuple[LegendGroup, ...]:
    if units is None:
        return ()
    one = Text("Quartiere", "Neighbourhood") if units["unit"].iloc[0] == "neighbourhood" else Text("Zona", "Zone")
    items = [LegendItem(one, NEIGHBOURHOOD)]
    if _is_numbered(units[~units["is_rest"]]):
        items.append(LegendItem(Text("Numero nella tabella", "Number in the table"), NUMBER))
    return (LegendGroup(tuple(items)),)


def _table(theme: Theme, units: GeoDataFrame, communes: pd.DataFrame) -> SheetTable:
    is_neighbourhood = units["unit"].iloc[0] == "neighbourhood"
    by = Text("per quartiere", "by neighbourhood") if is_neighbourhood else Text("per zona di piano", "by zone")
    sums = communes.sum(numeric_only=True)
    share = 100.0 * sums[f"{theme.column}_m2"] / sums["area_m2"]
    total = (NOTHING, Text("Comune", "Commune") if len(communes) == 1 else Text("Comuni", "Communes"))
    return SheetTable(
        title=say("{w} {b} (% della superficie)", "{w} {b} (% of the area)", w=theme.word, b=by),
        columns=(
            Column(Text("n.", "no."), strong=True),
            Column(Text("Quartiere", "Neighbourhood") if is_neighbourhood else Text("Zona", "Zone"), wide=True),
            Column(same("%"), align="right", strong=True),
            Column(same("ha"), align="right"),
        ),
        rows=tuple(_row(theme, place, row) for place, row in enumerate(units.to_dict("records"), start=1)),
        total=TableRow((*total, number(share, 1), number(sums[f"{theme.column}_m2"] / M2_A_HA))),
        bars=Bars(_bar_label(theme), tuple(style for _, style in theme.bars)),
        file=f"by_{units['unit'].iloc[0]}.csv",
    )


def _row(theme: Theme, place: int, row: Mapping[str, Any]) -> TableRow:
    area_m2 = row["area_m2"]
    name = OUTSIDE if row["is_rest"] else same(_title(row))
    return TableRow(
        (
            NOTHING if row["is_rest"] else same(place),
            name,
            number(row[f"{theme.column}_pct"], 1),
            number(row[f"{theme.column}_m2"] / M2_A_HA, 0 if row[f"{theme.column}_m2"] >= 1e5 else 1),
        ),
        tuple(min(1.0, row[column] / area_m2) if area_m2 else 0.0 for column, _ in theme.bars),
    )


def _title(row: Mapping[str, Any]) -> str:
    name, code = str(row["name"]), str(row["code"])
    return name if row["unit"] == "neighbourhood" or name in ("", code) else f"{code} {name}"


def _bar_label(theme: Theme) -> Text:
    if theme.column == "consumed":
        return Text("permanente · reversibile", "permanent · reversible")
    return Text("quota artificiale", "artificial share")


def _alt(theme: Theme, written: Written, communes: pd.DataFrame, units: GeoDataFrame | None) -> Text:
    sums = communes.sum(numeric_only=True)
    area_m2 = sums[f"{theme.column}_m2"]
    shown = ", ".join(communes["name"])
    first = say("{t}: {n}.", "{t}: {n}.", t=theme.title, n=shown)
    share = say(
        "{w}: {ha} ettari su {all}, pari al {p} %.",
        "{w}: {ha} hectares out of {all}, that is {p} %.",
        w=theme.word, ha=number(area_m2 / M2_A_HA), all=number(sums["area_m2"] / M2_A_HA),
        p=number(100.0 * area_m2 / sums["area_m2"], 1),
    )  # fmt: skip
    parts = [first, share, *_extremes(theme, units)]
    if units is not None:
        parts.append(Text("I valori sono nella tabella a lato.", "The values are in the table beside it."))
    return Text(" ".join(part.it for part in parts), " ".join(part.en for part in parts))


def _extremes(theme: Theme, units: GeoDataFrame | None) -> list[Text]:
    """Return which unit has most and which least; fewer than three tell nothing."""
    if units is None or (~units["is_rest"]).sum() < 3:
        return []
    named = units[~units["is_rest"]]
    most, least = named.iloc[0], named.iloc[-1]
    return [
        say(
            "La quota più alta è a {a} ({x} %), la più bassa a {b} ({y} %).",
            "The highest share is in {a} ({x} %), the lowest in {b} ({y} %).",
            a=_title(most), x=number(most[f"{theme.column}_pct"], 1),
            b=_title(least), y=number(least[f"{theme.column}_pct"], 1),
        )
    ]  # fmt: skip


def _sources(shelf: Shelf, written: Written) -> tuple[SourceLine, ...]:
    lines = []
    for ref in (ref for role in _used(written) for ref in shelf.study.of_role(role.id)):
        title = BY_ID[ref.role].title
        named = same(ref.credit) if ref.credit else say("file {f}", "file {f}", f=PurePosixPath(ref.source).name)
        dated = say("{t} {y}", "{t} {y}", t=title, y=ref.year) if ref.year else title
        lines.append(SourceLine(dated, say("{n}.", "{n}.", n=_without_stop(named))))
    return tuple(lines)


def _used(written: Written) -> tuple[Role, ...]:
    """Return the roles whose data are on the sheet: where there is the raster, land use is not."""
    has_raster = any(each["role"] == SOIL_CONSUMPTION.id for each in written.record["inputs"])
    unused = LAND_USE if has_raster else SOIL_CONSUMPTION
    return tuple(role for role in written.analysis.inputs if role is not unused)


def _without_stop(words: Text) -> Text:
    return Text(words.it.rstrip("."), words.en.rstrip("."))


def _footnotes(written: Written) -> tuple[Text, ...]:
    """Return what a reader of the map must know of its making: every warning of the run, in one line each."""
    return tuple(
        same(f"{each['where']}: {each['message']}")
        for each in written.record["problems"]
        if each["severity"] == "warning"
    )


def _title_block(shelf: Shelf) -> dict[str, Text]:
    study = shelf.study
    boundary = shelf.of_roles((BOUNDARY,))[0].layer
    assert isinstance(boundary, GeoDataFrame), "results of this study exist, so its boundary can be read"
    names = " · ".join(sorted(set(boundary["name"].dropna().astype(str))))
    defaults = {
        "ente": same(f"COMUNE DI {names.upper()}"),
        "piano": Text("PIANO URBANISTICO COMUNALE", "MUNICIPAL URBAN PLAN"),
        "fase": Text("Studio preliminare", "Preliminary study"),
        "revisione": same("0"),
        "licenza": same("CC BY 4.0"),
        "crs": same(f"{study.crs.name} ({coordinate_systems.name_of(study.crs)})"),
    }
    return defaults | {key: same(value) for key, value in study.sheet.items()}


def _day(shelf: Shelf, theme: Theme) -> date:
    """Return the study's date, else the end of the data's year; never today."""
    return shelf.study.day or date(theme.years[1] or 2000, 12, 31)


def _span(years: tuple[int | None, int | None]) -> Text:
    return same("–".join(str(year) for year in years if year is not None))


def _ha(area_m2: float) -> Text:
    area_ha = area_m2 / M2_A_HA
    return say("{n}\u202fha", "{n}\u202fha", n=number(area_ha, 1 if abs(area_ha) < 10 else 0))


def _percent(share: float) -> Text:
    return say("{n}\u202f%", "{n}\u202f%", n=number(share, 1))
