"""The hazard sheet, from the results as they were written: one number, one rounding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from geopandas import GeoDataFrame

from analyses.hazard.classes import LANDSLIDE, ROLES, class_label
from analyses.hazard_exposure import HAZARD_EXPOSURE
from analyses.units import OUTSIDE, all_units
from layers.reference import LayerRef
from layers.roles import BOUNDARY, CENSUS
from layers.text import NOTHING, PEOPLE, Lang, Text, counted, number, same, say
from layers.union import union_of_parts
from puc_tool.maps import credentials, hazard_words
from puc_tool.maps.frame import scale_words
from puc_tool.maps.hazard_facts import HAZARDS, LISTED, SHORT, TITLES, Facts, UnitRows, facts, ha_of
from puc_tool.maps.hazard_theme import STYLES, THEMES, hazard_areas, styles
from puc_tool.maps.layout import lay_out
from puc_tool.maps.sheet import (
    Areas,
    Bars,
    Column,
    Context,
    KeyFigure,
    Layer,
    LegendGroup,
    LegendItem,
    Lines,
    MapContent,
    Numbers,
    Sheet,
    SheetTable,
    TableRow,
)
from puc_tool.maps.soil_facts import percent, with_unit
from puc_tool.maps.soil_figures import MOST_NUMBERED
from puc_tool.maps.style import FREE_LAND, NEIGHBOURHOOD, NUMBER, Fill
from puc_tool.maps.worn import Wardrobe
from puc_tool.shelf import Shelf
from puc_tool.written import Written

Looks = Mapping[str, Mapping[str, Fill]]
"""By hazard and class."""


def hazard_sheet(shelf: Shelf, written: Written, context: Context, lang: Lang) -> Sheet:
    """Return the sheet of the study's flood and landslide hazard.

    Raises
    ------
    PucError
        Where the boundary is empty, so that there is nothing to frame.
    """
    inputs, shown = shelf.inputs(written.analysis), facts(written)
    outline = union_of_parts(inputs["boundary"].geometry.to_numpy())
    looks = _looks(shelf, shown)
    drawn = {each: hazard_areas(inputs[ROLES[each].id], each, outline, looks[each]) for each in shown.hazards}
    free = Areas((outline,), FREE_LAND)
    fills = (free, *(areas for each in reversed(HAZARDS) for areas in drawn.get(each, {}).values()))
    content = MapContent(outline, shelf.study.crs, (*fills, *_unit_layers(inputs, shown.units)), context)
    legend = (*(_classes(shown, each, drawn[each]) for each in shown.hazards), _signs(shown.units))
    return _sheet(shelf, (shown, looks), content, legend, lang)


def _looks(shelf: Shelf, shown: Facts) -> Looks:
    """Return the looks of each hazard's classes, in the style that its exposure or its layer was given."""
    wardrobe = Wardrobe(shelf.study)
    return {each: styles(each, wardrobe.result(HAZARD_EXPOSURE.id, THEMES[each], "class")) for each in shown.hazards}


def _sheet(
    shelf: Shelf, told: tuple[Facts, Looks], content: MapContent, legend: tuple[LegendGroup, ...], lang: Lang
) -> Sheet:
    study, (shown, looks) = shelf.study, told
    scale = scale_words(lay_out(content, study.is_demonstration).frame)
    return Sheet(
        id="pericolosita",
        code="SP-AMB-03",
        title=hazard_words.TITLE,
        subtitle=hazard_words.subtitle(shown),
        map=content,
        alt=hazard_words.alt(shown, _communes(shelf), scale, is_demonstration=study.is_demonstration),
        day=study.day,
        legend=legend,
        sources=(*credentials.sources(_on_the_sheet(shelf, shown)), *credentials.around(content.context)),
        key_figures=tuple(_key_figures(shown)),
        table=None if shown.units is None else _table(shown, shown.units, looks[shown.hazards[0]]),
        note=hazard_words.note(),
        footnotes=hazard_words.footnotes(shown),
        title_block=credentials.title_block(shelf),
        is_demonstration=study.is_demonstration,
        lang=lang,
    )


def _communes(shelf: Shelf) -> list[str]:
    boundary = shelf.of_roles((BOUNDARY,))[0].layer
    assert isinstance(boundary, GeoDataFrame), "results of this study exist, so its boundary can be read"
    return sorted(boundary["name"].dropna().astype(str))


def _on_the_sheet(shelf: Shelf, shown: Facts) -> Iterator[LayerRef]:
    """Yield the layers one can see or count on: boundary, hazards, the latest census, the units of the table."""
    study = shelf.study
    yield from study.of_role(BOUNDARY.id)
    for codelist in shown.hazards:
        yield from study.of_role(ROLES[codelist].id)
    if shown.has_people:
        yield from study.of_role(CENSUS.id)[-1:]
    if shown.units is not None:
        yield from study.of_role(shown.units.kind.role.id)[-1:]


def _unit_layers(inputs: Mapping[str, Any], units: UnitRows | None) -> Iterator[Layer]:
    """Yield the outlines of the table's units and, unless they are too many, their numbers."""
    if units is None:
        return
    every = all_units(inputs["boundary"], inputs["neighbourhoods"], inputs["zoning"], None)
    frame = next(each.frame for each in every if each.id == units.kind.id).set_index(["code", "name"])
    named = units.frame[~units.frame["is_rest"]]
    outlines = tuple(frame.geometry.loc[list(zip(named["code"], named["name"], strict=True))])
    yield Lines(outlines, NEIGHBOURHOOD)
    if _is_numbered(units):
        yield Numbers(outlines, tuple(str(place + 1) for place in range(len(outlines))))


def _is_numbered(units: UnitRows) -> bool:
    return int((~units.frame["is_rest"]).sum()) <= MOST_NUMBERED


def _classes(shown: Facts, codelist: str, drawn: Mapping[str, Areas]) -> LegendGroup:
    """Return the classes drawn, the gravest first, each with its area, its share and who lives there."""
    items = [
        LegendItem(_label(code, codelist), drawn[code].style, _amount(shown, codelist, code))
        for code in _gravest_first(codelist)
        if code in drawn
    ]
    return LegendGroup(tuple(items), TITLES[codelist])


def _gravest_first(codelist: str) -> list[str]:
    codes = list(STYLES[codelist])
    return codes if codelist == LANDSLIDE else codes[::-1]


def _label(code: str, codelist: str) -> Text:
    """Return «P3 Elevata (alluvioni frequenti)»: the heading says already that it is a hazard."""
    label = class_label(code, codelist)
    italian = label.it.removeprefix("Pericolosità ")
    return say("{c} {l}", "{c} {l}", c=code, l=Text(italian, label.en[0].lower() + label.en[1:]))


def _amount(shown: Facts, codelist: str, code: str) -> Text:
    area_m2 = shown.of_class(codelist, code, "area_m2")
    parts = [with_unit(ha_of(area_m2)), percent(100.0 * area_m2 / shown.area_m2)]
    if shown.has_people:
        parts.append(counted(shown.of_class(codelist, code, "people"), PEOPLE, "\u202f"))
    return Text(" · ".join(part.it for part in parts), " · ".join(part.en for part in parts))


def _signs(units: UnitRows | None) -> LegendGroup:
    items = [LegendItem(Text("Nessuna delle classi", "None of the classes"), FREE_LAND)]
    if units is not None:
        items.append(LegendItem(units.kind.one, NEIGHBOURHOOD))
        if _is_numbered(units):
            items.append(LegendItem(Text("Numero nella tabella", "Number in the table"), NUMBER))
    return LegendGroup(tuple(items), Text("Altri segni", "Other signs"))


_GRAVE = {
    "flood_p2": (Text("idraulica P2 e P3", "flood P2 and P3"), Text("P2 e P3 idraulica", "flood P2 and P3")),
    "landslide_p3_p4": (
        Text("da frana P3 e P4", "landslide P3 and P4"),
        Text("P3 e P4 da frana", "landslide P3 and P4"),
    ),
}
"""What the large numbers are about: the classes in which plans refuse or condition building."""


def _key_figures(shown: Facts) -> Iterator[KeyFigure]:
    """Yield the ground of the grave classes of each hazard, then who lives in those of the first."""
    there = [stem for stem in _GRAVE if shown.figure(f"{stem}_m2") is not None]
    for stem in there:
        what = say("pericolosità {w}", "{w} hazard", w=_GRAVE[stem][0])
        yield KeyFigure(with_unit(ha_of(shown.figure(f"{stem}_m2") or 0.0)), what)
    people = shown.figure(f"{there[0]}_people")
    if people is not None:
        yield KeyFigure(number(people), say("residenti in {w}", "residents in {w}", w=_GRAVE[there[0]][1]))


def _table(shown: Facts, units: UnitRows, looks: Mapping[str, Fill]) -> SheetTable:
    """Return the units with the share of their ground in each hazard's listed classes, the most exposed first."""
    first = shown.hazards[0]
    numbered = _is_numbered(units)
    number_column = (Column(Text("n.", "no."), strong=True),) if numbered else ()
    totals = [number(100.0 * shown.listed_m2(each) / shown.area_m2, 1) for each in shown.hazards]
    return SheetTable(
        title=say("{c} {b} (% superficie)", "{c} {b} (% of the area)", c=_counted(shown), b=units.kind.by),
        columns=(
            *number_column,
            Column(units.kind.one, wide=True),
            *(Column(SHORT[each], align="right", strong=each == first) for each in shown.hazards),
        ),
        rows=tuple(_row(shown, units, place, row) for place, row in enumerate(units.frame.to_dict("records"), start=1)),
        total=TableRow((*((NOTHING,) if numbered else ()), Text("Totale", "Total"), *totals)),
        bars=Bars(same(" · ".join(LISTED[first])), tuple(looks[code] for code in LISTED[first])),
        file=f"by_{units.kind.id}.csv",
    )


def _counted(shown: Facts) -> Text:
    """Return «alluvioni P1-P3, frane P3-P4»."""
    parts = [
        say("{s} {a}-{b}", "{s} {a}-{b}", s=SHORT[each], a=min(LISTED[each]), b=max(LISTED[each]))
        for each in shown.hazards
    ]
    joined = Text(", ".join(part.it for part in parts), ", ".join(part.en for part in parts))
    return Text(joined.it[0].upper() + joined.it[1:], joined.en[0].upper() + joined.en[1:])


def _row(shown: Facts, units: UnitRows, place: int, row: Mapping[str, Any]) -> TableRow:
    first, area_m2 = shown.hazards[0], row["area_m2"]
    number_cell = (NOTHING if row["is_rest"] else same(place),) if _is_numbered(units) else ()
    parts = (row[f"{first}_{code}"] / area_m2 if area_m2 else 0.0 for code in LISTED[first])
    return TableRow(
        (
            *number_cell,
            OUTSIDE if row["is_rest"] else same(row["title"]),
            *(number(row[f"{each}_pct"], 1) for each in shown.hazards),
        ),
        tuple(min(1.0, part) for part in parts),
    )
