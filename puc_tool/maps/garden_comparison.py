"""The sheet «Orti urbani: scenari a confronto»: hill gardens and farm use, over what people disagree on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from geopandas import GeoDataFrame

from analyses.gardens.scenarios import BY_ID
from analyses.soil.indicators import M2_A_HA
from layers import roles
from layers.reference import LayerRef
from layers.text import NOTHING, SITES, Lang, Text, counted, number, say
from layers.union import union_of_parts
from puc_tool.maps import credentials, garden_words
from puc_tool.maps.authority import of_communes
from puc_tool.maps.cell_themes import DISAGREEMENT
from puc_tool.maps.frame import scale_words
from puc_tool.maps.garden_facts import Facts, facts
from puc_tool.maps.layout import lay_out
from puc_tool.maps.sheet import (
    Areas,
    Column,
    Context,
    KeyFigure,
    Layer,
    LegendGroup,
    LegendItem,
    MapContent,
    Note,
    Sheet,
    SheetTable,
    TableRow,
)
from puc_tool.maps.soil_facts import with_unit
from puc_tool.maps.stepped_cells import SteppedCells, stepped_cells
from puc_tool.maps.style import Fill
from puc_tool.maps.worn import Wardrobe
from puc_tool.shelf import Shelf
from puc_tool.written import Written

TITLE = Text("Orti urbani: scenari a confronto", "Urban gardens: scenarios compared")
_TOLD = ("garden-soil-analysis", "garden-sin-pitelli", "garden-scenario-not-applied")
_OF_SHEET = (roles.BOUNDARY, roles.ELEVATION, roles.LAND_USE, roles.PUBLIC_LAND)

SCENARIOS = {
    "farm_use": Fill("#f0c24b", edge="#6b4a00", edge_mm=0.15),
    "hill_gardens": Fill("#1f6b52", edge="#0c3327", edge_mm=0.15),
}
"""The two that are compared, in the order drawn: farms ask for large fields, gardens lie on parts of them."""

LIMITS = DISAGREEMENT.limits
"""The parameters from which disagreement is slight, clear and strong."""

_SITES, _SIGNS = Text("Siti", "Sites"), Text("Altri segni", "Other signs")


def garden_comparison(shelf: Shelf, written: Written, context: Context, lang: Lang) -> Sheet:
    """Return the sheet that holds two scenarios side by side; with several weight sets, over their disagreement.

    Raises PucError where the boundary is empty, so that there is nothing to frame, or the results have no classes.
    """
    study, shown = shelf.study, facts(written)
    boundary = shelf.inputs(written.analysis)["boundary"]
    sites = {name: _sites(written, name) for name in SCENARIOS}
    ground = stepped_cells(DISAGREEMENT, written, Wardrobe(study))
    areas = tuple(Areas(tuple(sites[name].geometry), style) for name, style in SCENARIOS.items() if len(sites[name]))
    layers: tuple[Layer, ...] = (*(() if ground is None else (ground.cells,)), *areas)
    content = MapContent(union_of_parts(boundary.geometry.to_numpy()), study.crs, layers, context)
    scale = scale_words(lay_out(content, study.is_demonstration).frame)
    return Sheet(
        id="orti-scenari",
        code="SP-AMB-06",
        title=TITLE,
        subtitle=_subtitle(shown, is_apart=ground is not None),
        map=content,
        alt=_alt(sites, sorted(boundary["name"].dropna().astype(str)), scale, is_demonstration=study.is_demonstration),
        day=study.day,
        legend=(
            *_legend_of(ground, shown),
            LegendGroup(tuple(_scenarios(sites)), _SITES),
            LegendGroup((), _SIGNS),
        ),
        sources=(*credentials.sources(_on_the_sheet(shelf)), *credentials.around(context)),
        key_figures=tuple(KeyFigure(_total(sites[name]), _caption(name, sites[name])) for name in reversed(SCENARIOS)),
        table=_table(shown),
        note=_note(shown, is_apart=ground is not None),
        footnotes=(*shown.sentences(*_TOLD), *garden_words.agreement(shown)),
        title_block=credentials.title_block(shelf),
        is_demonstration=study.is_demonstration,
        lang=lang,
    )


def unshown(written: Written) -> tuple[str, ...]:
    """Return the parameters that the sheet shows nothing of: where one alone weighs, there is no disagreement."""
    return () if written.parameters["weight_set"] else LIMITS


def _sites(written: Written, scenario: str) -> GeoDataFrame:
    found = written.layer("scenario_sites")
    empty = GeoDataFrame({"scenario": [], "area_m2": []}, geometry=[])
    return empty if found is None else found[found["scenario"] == scenario]


def _on_the_sheet(shelf: Shelf) -> Iterator[LayerRef]:
    for role in _OF_SHEET:
        yield from shelf.study.of_role(role.id)[-1:]


def _total(sites: GeoDataFrame) -> Text:
    return with_unit(float(sites["area_m2"].sum()) / M2_A_HA)


def _caption(scenario: str, sites: GeoDataFrame) -> Text:
    return say("{s}: {n}", "{s}: {n}", s=BY_ID[scenario].title, n=counted(len(sites), SITES))


def _scenarios(sites: Mapping[str, GeoDataFrame]) -> Iterator[LegendItem]:
    for name in reversed(SCENARIOS):
        yield LegendItem(BY_ID[name].title, SCENARIOS[name], _total(sites[name]))


def _legend_of(ground: SteppedCells | None, shown: Facts) -> Iterator[LegendGroup]:
    """Yield the classes that are drawn, each with its limits, and its ground where the run measured it."""
    if ground is None:
        return
    areas_m2 = shown.written.sure_table("by_disagreement").set_index("class")["area_m2"]
    drawn = np.unique(ground.cells.cells)
    items = tuple(
        LegendItem(each.label, look, with_unit(areas_m2[each.code] / M2_A_HA) if each.code in areas_m2 else NOTHING)
        for place, (each, look) in enumerate(zip(ground.classes, ground.cells.styles, strict=True), 1)
        if place in drawn
    )
    yield LegendGroup(items, Text("Disaccordo fra i pesi", "Disagreement of the weights"))


def _subtitle(shown: Facts, *, is_apart: bool) -> Text:
    compared = Text("Orti collinari e uso agricolo", "Hill gardens and farm use")
    if not is_apart:
        return compared
    return say(
        "{c} · disaccordo fra insiemi di pesi: {n}", "{c} · disagreement of weight sets: {n}",
        c=compared, n=_sets(shown),
    )  # fmt: skip


def _sets(shown: Facts) -> int:
    return len(shown.written.parameters["weight_set"]) + 1


def _note(shown: Facts, *, is_apart: bool) -> Note:
    if not is_apart:
        text = Text(
            "con un solo insieme di pesi non c'è disaccordo da mostrare. Dove i due scenari coincidono si vede l'orto "
            "collinare.",
            "with one weight set there is no disagreement to show. Where both scenarios coincide the hill garden is "
            "seen.",
        )
    else:
        text = say(
            "il fondo è lo scarto tipo del punteggio di ogni cella fra gli insiemi di pesi ({n}): le soglie delle "
            "classi le fissa lo studio, non una fonte. Il bianco è escluso. Dove i due scenari coincidono si vede "
            "l'orto collinare.",
            "the ground is the standard deviation of each cell's score over the weight sets ({n}): the limits of its "
            "classes are set by the study, not by a source. White is excluded. Where both scenarios coincide the hill "
            "garden is seen.",
            n=_sets(shown),
        )
    return Note(Text("Come si legge:", "How to read it:"), text)


def _table(shown: Facts) -> SheetTable:
    return SheetTable(
        title=Text("Scenari", "Scenarios"),
        columns=(
            Column(Text("Scenario", "Scenario"), wide=True),
            Column(Text("idoneo", "suitable"), align="right", strong=True),
            Column(Text("escluso", "excluded"), align="right"),
            Column(Text("siti", "sites"), align="right"),
        ),
        rows=tuple(
            TableRow(
                (
                    BY_ID[row["scenario"]].title,
                    with_unit(row["suitable_m2"] / M2_A_HA),
                    with_unit(row["excluded_m2"] / M2_A_HA),
                    number(row["sites"]),
                )
            )
            for row in shown.scenarios.to_dict("records")
        ),
        file="scenarios.csv",
    )


def _alt(sites: dict[str, GeoDataFrame], communes: list[str], scale: Text, *, is_demonstration: bool) -> Text:
    told = [say("{c}, {t}", "{c}, {t}", c=_caption(name, each), t=_total(each)) for name, each in sites.items()]
    return say(
        "Confronto fra scenari per gli orti urbani {c} alla scala {s}{d}. {a}. {b}.",
        "Scenarios for urban gardens {c} compared at the scale of {s}{d}. {a}. {b}.",
        c=of_communes(communes), s=scale, d=garden_words.demonstration(is_demonstration=is_demonstration),
        a=told[1], b=told[0],
    )  # fmt: skip
