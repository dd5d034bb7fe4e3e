"""The numbers of a soil sheet: three large ones, the legend's amounts, the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from analyses.soil.indicators import M2_A_HA
from analyses.units import OUTSIDE
from layers.codelist import label, rows
from layers.text import NOTHING, Text, number, same, say
from puc_tool.maps.sheet import (
    Areas,
    Bars,
    Column,
    KeyFigure,
    LegendGroup,
    LegendItem,
    SheetTable,
    TableRow,
)
from puc_tool.maps.soil_facts import CONSUMED, LEAST_TOLD_M2, Facts, UnitRows, ha, percent, with_unit
from puc_tool.maps.soil_theme import (
    MACRO_STYLES,
    NEW,
    PARTIAL,
    PERMANENT,
    REVERSIBLE,
    SPECIAL,
    UNSPECIFIED,
    SoilCells,
)
from puc_tool.maps.style import FREE_LAND, NEIGHBOURHOOD, NUMBER, RARE_CELLS, Fill

MOST_NUMBERED = 60
"""Beyond this many units, circles would cover the map; the table then goes without numbers."""

_LABELS = {
    PERMANENT: Text("Suolo consumato permanente (11)", "Permanently consumed soil (11)"),
    REVERSIBLE: Text("Suolo consumato reversibile (12)", "Reversibly consumed soil (12)"),
    UNSPECIFIED: Text("Suolo consumato (1)", "Consumed soil (1)"),
}
_BAR_WORDS = {
    PERMANENT: Text("permanente", "permanent"),
    REVERSIBLE: Text("reversibile", "reversible"),
    UNSPECIFIED: Text("consumato", "consumed"),
    MACRO_STYLES["1"]: Text("quota artificiale", "artificial share"),
}
_SPECIAL = Text("Superfici particolari, non consumate (201-205)", "Special covers, not consumed (201-205)")
_SPECIAL_CODES = ("201", "202", "203", "204", "205")


def key_figures(facts: Facts) -> tuple[KeyFigure, ...]:
    """Return share, area and what is new, each from its written figure; a figure without value is left out."""
    subject = facts.subject
    what = Text(subject.word.it.lower(), subject.word.en.lower())
    whole = with_unit(facts.sum_ha("area_m2"))
    caption = say("{n} {y}", "{n} {y}", n=subject.new, y=facts.span) if facts.span else subject.new
    made = (
        (subject.share_id, percent, say("{w} sul territorio", "{w} of the territory", w=what)),
        (subject.area_id, with_unit, say("{w} su {a}", "{w} out of {a}", w=what, a=whole)),
        (subject.new_id, _gain, caption),
    )
    values = ((facts.figure(figure_id), words, told) for figure_id, words, told in made)
    return tuple(KeyFigure(words(value), told) for value, words, told in values if value is not None)


def raster_legend(cells: SoilCells, facts: Facts) -> LegendGroup:
    """Return the classes drawn, each with its area; of what is not consumed, the special covers apart."""
    return LegendGroup((*_consumed_items(cells, facts), *_free_items(cells, facts)))


def land_use_legend(areas: tuple[Areas, ...], facts: Facts) -> LegendGroup:
    """Return the macro-classes drawn; amounts are known of those the run measured."""
    measured = {MACRO_STYLES["1"]: "artificial_m2", PARTIAL: "artificial_partial_m2"}
    amounts = {style: with_unit(facts.sum_ha(column)) for style, column in measured.items()}
    labels = {MACRO_STYLES[row["prefix"]]: label(row) for row in rows("landuse_macroclass")}
    labels[PARTIAL] = Text("Verde urbano e impianti sportivi (141, 142)", "Urban green and sport (141, 142)")
    items = (LegendItem(labels[each.style], each.style, amounts.get(each.style, NOTHING)) for each in areas)
    return LegendGroup(tuple(items))


def signs_legend(facts: Facts, cells: SoilCells | None) -> tuple[LegendGroup, ...]:
    """Return what the lines, circles and marks mean."""
    items = []
    if facts.units is not None:
        items.append(LegendItem(facts.units.kind.one, NEIGHBOURHOOD))
        if is_numbered(facts.units):
            items.append(LegendItem(Text("Numero nella tabella", "Number in the table"), NUMBER))
    if cells is not None and cells.marks is not None:
        items.append(LegendItem(Text("Luogo di nuovo consumo", "Place of new consumption"), RARE_CELLS))
    return (LegendGroup(tuple(items)),) if items else ()


def is_numbered(units: UnitRows) -> bool:
    """Tell whether the units have numbers on the map and in the table."""
    return len(units.named) <= MOST_NUMBERED


def table(facts: Facts, units: UnitRows) -> SheetTable:
    """Return the units with share and area, most first; the total is the communes'."""
    subject, numbered = facts.subject, is_numbered(units)
    bars = _bars(facts)
    number_column = (Column(Text("n.", "no."), strong=True),) if numbered else ()
    total = Text("Comune", "Municipality") if len(facts.communes) == 1 else Text("Totale", "Total")
    share, area_ha = (facts.figure(each) or 0.0 for each in (subject.share_id, subject.area_id))
    return SheetTable(
        title=say("{w} {b} (% della superficie)", "{w} {b} (% of the area)", w=subject.word, b=units.kind.by),
        columns=(
            *number_column,
            Column(units.kind.one, wide=True),
            Column(same("%"), align="right", strong=True),
            Column(same("ha"), align="right"),
        ),
        rows=tuple(_row(facts, bars, place, row) for place, row in enumerate(units.frame.to_dict("records"), start=1)),
        total=TableRow((*((NOTHING,) if numbered else ()), total, number(share, 1), ha(area_ha))),
        bars=Bars(Text(*(" · ".join(_BAR_WORDS[style].to(lang) for _, style in bars) for lang in ("it", "en"))),
                  tuple(style for _, style in bars)),
        file=f"by_{units.kind.id}.csv",
    )  # fmt: skip


def _row(facts: Facts, bars: list[tuple[str, Fill]], place: int, row: Mapping[str, Any]) -> TableRow:
    assert facts.units is not None
    area_m2 = row["area_m2"]
    parts_m2 = {"unspecified_m2": _unspecified_m2(row), **row}
    first = (NOTHING if row["is_rest"] else same(place),) if is_numbered(facts.units) else ()
    return TableRow(
        (
            *first,
            OUTSIDE if row["is_rest"] else same(row["title"]),
            number(row[f"{facts.subject.column}_pct"], 1),
            ha(row[f"{facts.subject.column}_m2"] / M2_A_HA),
        ),
        tuple(min(1.0, parts_m2[column] / area_m2) if area_m2 else 0.0 for column, _ in bars),
    )


def _bars(facts: Facts) -> list[tuple[str, Fill]]:
    """Return the columns a bar is made of: those that hold anything, else the first."""
    if facts.subject is not CONSUMED:
        return [("artificial_m2", MACRO_STYLES["1"])]
    parts = _consumed_ha(facts)
    columns = {PERMANENT: "permanent_m2", REVERSIBLE: "reversible_m2", UNSPECIFIED: "unspecified_m2"}
    held = [style for style, area_ha in parts.items() if area_ha * M2_A_HA >= LEAST_TOLD_M2]
    return [(columns[style], style) for style in held or [PERMANENT]]


def _consumed_ha(facts: Facts) -> dict[Fill, float]:
    """Return the area of each class of consumed soil; level-1 codes tell neither permanent nor reversible."""
    permanent, reversible = facts.sum_ha("permanent_m2"), facts.sum_ha("reversible_m2")
    unspecified = facts.sum_ha("consumed_m2") - permanent - reversible
    return {PERMANENT: permanent, REVERSIBLE: reversible, UNSPECIFIED: unspecified}


def _unspecified_m2(row: Mapping[str, Any]) -> float:
    consumed, *known = (row.get(column, 0.0) for column in ("consumed_m2", "permanent_m2", "reversible_m2"))
    return max(0.0, consumed - sum(known))


def _consumed_items(cells: SoilCells, facts: Facts) -> Iterator[LegendItem]:
    parts = _consumed_ha(facts)
    for style, area_ha in parts.items():
        if style in cells.drawn:
            yield LegendItem(_LABELS[style], style, with_unit(area_ha))
    if NEW in cells.drawn:
        hidden = [style for style, area_ha in parts.items() if area_ha * M2_A_HA >= LEAST_TOLD_M2]
        within = all(style in cells.drawn for style in hidden)
        words = say("di cui {n} {y}", "of which {n} {y}", n=facts.subject.new, y=facts.span)
        if not within:
            words = say("Nuovo consumo lordo {y}", "Gross consumption {y}", y=facts.span)
        yield LegendItem(Text(words.it.rstrip(), words.en.rstrip()), NEW, with_unit(facts.sum_ha("gross_m2")))


def _free_items(cells: SoilCells, facts: Facts) -> Iterator[LegendItem]:
    words = Text("Suolo non consumato", "Soil not consumed")
    free_ha = facts.sum_ha("area_m2") - facts.sum_ha("consumed_m2") - facts.sum_ha("no_data_m2")
    if SPECIAL in cells.drawn:
        special_ha = _special_ha(facts)
        yield LegendItem(_SPECIAL, SPECIAL, NOTHING if special_ha is None else with_unit(special_ha))
        words = Text("Suolo non consumato, in tutto", "Soil not consumed, in all")
        if special_ha is not None:
            words, free_ha = Text("Altro suolo non consumato", "Other soil not consumed"), free_ha - special_ha
    if free_ha * M2_A_HA >= LEAST_TOLD_M2:
        yield LegendItem(words, FREE_LAND, with_unit(free_ha))


def _special_ha(facts: Facts) -> float | None:
    """Return the area of 201 to 205 at the later date, known where the run compared two and no ground lacks data."""
    transitions = facts.written.table("transition")
    if transitions is None or facts.sum_ha("no_data_m2") * M2_A_HA >= LEAST_TOLD_M2:
        return None
    return float(transitions.loc[transitions["to_code"].isin(_SPECIAL_CODES), "area_m2"].sum()) / M2_A_HA


def _gain(area_ha: float) -> Text:
    return say("+{w}", "+{w}", w=with_unit(area_ha))
