"""The sheet «Orti urbani: scenari a confronto»: hill gardens and farm use, over what people disagree on."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from geopandas import GeoDataFrame

from analyses.gardens.scenarios import BY_ID
from analyses.gardens.suitability import EXCLUDED
from analyses.soil.indicators import M2_A_HA
from layers import roles
from layers.raster import Raster
from layers.reference import LayerRef
from layers.text import Lang, Text, number, say
from layers.union import union_of_parts
from puc_tool.maps import credentials, garden_words
from puc_tool.maps.authority import of_communes
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
    RasterClasses,
    Sheet,
    SheetTable,
    TableRow,
)
from puc_tool.maps.soil_facts import with_unit
from puc_tool.maps.style import Fill
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

LEAST_APART = (0.10, 0.15, 0.20)
_APART = (
    (Fill("#f1ecf5"), Text("meno di 0,10", "below 0.10")),
    (Fill("#dcd2e8"), Text("da 0,10 a 0,15", "0.10 to 0.15")),
    (Fill("#bfaed6"), Text("da 0,15 a 0,20", "0.15 to 0.20")),
    (Fill("#8d76b3"), Text("oltre 0,20", "above 0.20")),
)
"""Standard deviation of a cell's score over the weight sets, where a class of suitability is 0.2 wide.

One hue that deepens, so that it holds in grey print.
"""


def garden_comparison(shelf: Shelf, written: Written, context: Context, lang: Lang) -> Sheet:
    """Return the sheet that holds two scenarios side by side; with several weight sets, over their disagreement.

    Raises PucError where the boundary is empty, so that there is nothing to frame.
    """
    study, shown = shelf.study, facts(written)
    boundary = shelf.inputs(written.analysis)["boundary"]
    sites = {name: _sites(written, name) for name in SCENARIOS}
    apart, status = written.raster("disagreement"), written.raster("status")
    cells = () if apart is None or status is None else (disagreement(apart, status),)
    areas = tuple(Areas(tuple(sites[name].geometry), style) for name, style in SCENARIOS.items() if len(sites[name]))
    layers: tuple[Layer, ...] = (*cells, *areas)
    content = MapContent(union_of_parts(boundary.geometry.to_numpy()), study.crs, layers, context)
    scale = scale_words(lay_out(content, study.is_demonstration).frame)
    return Sheet(
        id="orti-scenari",
        code="SP-AMB-06",
        title=TITLE,
        subtitle=_subtitle(shown, is_apart=bool(cells)),
        map=content,
        alt=_alt(sites, sorted(boundary["name"].dropna().astype(str)), scale),
        day=study.day,
        legend=(*_legend_of(cells), LegendGroup(tuple(_scenarios()), Text("Siti e confini", "Sites and boundaries"))),
        sources=(*credentials.sources(_on_the_sheet(shelf)), *credentials.around(context)),
        key_figures=tuple(KeyFigure(_total(sites[name]), _caption(name, sites[name])) for name in reversed(SCENARIOS)),
        table=_table(shown),
        note=_note(shown, is_apart=bool(cells)),
        footnotes=(*shown.sentences(*_TOLD), *garden_words.agreement(shown)),
        title_block=credentials.title_block(shelf),
        is_demonstration=study.is_demonstration,
        lang=lang,
    )


def disagreement(apart: Raster, status: Raster) -> RasterClasses:
    """Return the classes of disagreement; what is excluded whatever the weights is drawn as nothing."""
    values = apart.read(apart.grid.whole)
    classes = np.digitize(np.ma.filled(values, 0.0), LEAST_APART).astype(np.uint8) + 1
    is_out = np.ma.getmaskarray(values) | np.ma.filled(status.read(status.grid.whole) == EXCLUDED, True)
    return RasterClasses(np.where(is_out, 0, classes).astype(np.uint8), apart.grid, tuple(style for style, _ in _APART))


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
    return say("{s}: {n} siti", "{s}: {n} sites", s=BY_ID[scenario].title, n=number(len(sites)))


def _scenarios() -> Iterator[LegendItem]:
    for name in reversed(SCENARIOS):
        yield LegendItem(BY_ID[name].title, SCENARIOS[name])


def _legend_of(cells: tuple[RasterClasses, ...]) -> Iterator[LegendGroup]:
    if cells:
        drawn = np.unique(cells[0].cells)
        items = tuple(LegendItem(what, style) for place, (style, what) in enumerate(_APART, 1) if place in drawn)
        yield LegendGroup(items, Text("Disaccordo fra i pesi", "Disagreement of the weights"))


def _subtitle(shown: Facts, *, is_apart: bool) -> Text:
    compared = Text("orti collinari e uso agricolo", "hill gardens and farm use")
    if not is_apart:
        return compared
    return say(
        "{c} · disaccordo fra {n} insiemi di pesi", "{c} · disagreement of {n} weight sets",
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
            "il fondo è lo scarto tipo del punteggio di ogni cella fra {n} insiemi di pesi; il bianco è escluso "
            "qualunque siano i pesi. Dove i due scenari coincidono si vede l'orto collinare.",
            "the ground is the standard deviation of each cell's score over {n} weight sets; white is excluded "
            "whatever the weights. Where both scenarios coincide the hill garden is seen.",
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


def _alt(sites: dict[str, GeoDataFrame], communes: list[str], scale: Text) -> Text:
    told = [say("{c}, {t}", "{c}, {t}", c=_caption(name, each), t=_total(each)) for name, each in sites.items()]
    return say(
        "Confronto fra scenari per gli orti urbani {c} alla scala {s}. {a}. {b}.",
        "Scenarios for urban gardens {c} compared at the scale of {s}. {a}. {b}.",
        c=of_communes(communes), s=scale, a=told[1], b=told[0],
    )  # fmt: skip
