"""The services sheet, from the results as they were written: who reaches one kind of service, and where one more helps.

The ground from which it is reached is filled, homes whose residents are not served are dots, proposals are numbered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.services.cycle_ways import cycle_ways
from analyses.services.service_kinds import services_of
from layers.reference import LayerRef
from layers.roles import BOUNDARY, CENSUS, ELEVATION, GREEN, SERVICES, STREETS
from layers.text import NOTHING, PEOPLE, Lang, Text, counted, number, same, say
from layers.union import union_of_parts
from puc_tool.maps import credentials, services_theme, services_words
from puc_tool.maps.frame import scale_words
from puc_tool.maps.layout import lay_out
from puc_tool.maps.services_facts import Facts, UnitRows, facts
from puc_tool.maps.services_theme import Looks
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
    Marks,
    Numbers,
    Sheet,
    SheetTable,
    TableRow,
)
from puc_tool.maps.soil_facts import percent
from puc_tool.maps.soil_figures import MOST_NUMBERED
from puc_tool.maps.style import ACCENT, FREE_LAND, NEIGHBOURHOOD, NUMBER, Disc, Fill
from puc_tool.maps.worn import Wardrobe
from puc_tool.shelf import Shelf
from puc_tool.written import Written

PROPOSED = Disc("#8a1566", 4.4, 7.0)
_BAR = Fill(ACCENT)
_APART_MM = (PROPOSED.size_mm + NUMBER.size_mm) / 2.0 + 0.3

Geometries = NDArray[np.object_]

_HOME_M = 11.0
"""Half the side of the square that stands for a place where people live: it is drawn on the ground, not to scale."""


def services_sheet(shelf: Shelf, written: Written, context: Context, lang: Lang) -> Sheet:
    """Return the sheet of who reaches the kind of service that the parameter ``sheet_kind`` names.

    Raises
    ------
    PucError
        Where the boundary is empty, so that there is nothing to frame, or the study knows of no people.
    """
    inputs, shown = shelf.inputs(written.analysis), facts(written)
    outline = union_of_parts(inputs["boundary"].geometry.to_numpy())
    places, looks = _services(inputs, shown), _looks(shelf, inputs, shown)
    empty = MapContent(outline, shelf.study.crs, (), context)
    apart_m = _APART_MM * lay_out(empty, shelf.study.is_demonstration).frame.metres_a_mm
    layers = (Areas((outline,), FREE_LAND), *_theme(shown, places, looks), *_unit_layers(shown, apart_m))
    content = replace(empty, layers=layers)
    return _sheet(shelf, shown, content, tuple(_legend(shown, places, looks)), lang)


def _looks(shelf: Shelf, inputs: Any, shown: Facts) -> Looks:
    return services_theme.looks(Wardrobe(shelf.study), shown.kind, inputs["services"])


def _sheet(shelf: Shelf, shown: Facts, content: MapContent, legend: tuple[LegendGroup, ...], lang: Lang) -> Sheet:
    study = shelf.study
    boundary = shelf.of_roles((BOUNDARY,))[0].layer
    assert isinstance(boundary, GeoDataFrame), "results of this study exist, so its boundary can be read"
    communes = sorted(boundary["name"].dropna().astype(str))
    scale = scale_words(lay_out(content, study.is_demonstration).frame)
    return Sheet(
        id="servizi",
        code="SP-SOC-01",
        title=services_words.TITLE,
        subtitle=services_words.subtitle(shown),
        map=content,
        alt=services_words.alt(shown, communes, scale, is_demonstration=study.is_demonstration),
        day=study.day,
        legend=legend,
        sources=(*credentials.sources(_on_the_sheet(shelf, shown)), *credentials.around(content.context)),
        key_figures=tuple(_key_figures(shown)),
        table=_table(shown, shown.units),
        note=services_words.note(shown),
        footnotes=tuple(services_words.footnotes(shown)),
        title_block=credentials.title_block(shelf),
        is_demonstration=study.is_demonstration,
        lang=lang,
    )


def _services(inputs: Any, shown: Facts) -> Geometries:
    ways = cycle_ways(inputs["streets"])
    found = services_of(inputs["services"], inputs["green"], shown.params.least_green_ha, ways)
    return found.places[found.rows_of(shown.kind)]


def _theme(shown: Facts, places: Geometries, looks: Looks) -> Iterator[Layer]:
    """Yield the catchment, the grounds of the service, the homes that are not served, the service's ways and signs."""
    catchments = shown.written.layer("catchments")
    assert catchments is not None, "every run with people writes it"
    yield Areas(tuple(catchments.geometry[catchments["kind"] == shown.kind]), looks.catchment)
    points, ways, grounds = _by_dimension(places)
    if len(grounds):
        yield Areas(tuple(grounds), looks.ground)
    left = _left(shown)
    if len(left):
        yield Areas((shapely.union_all(shapely.buffer(left, _HOME_M, cap_style="square")),), looks.left)
    if len(ways):
        yield Lines(tuple(ways), looks.way)
    if len(points):
        yield Marks(tuple(points), looks.place)


def _by_dimension(places: Geometries) -> tuple[Geometries, Geometries, Geometries]:
    """Return the points, the lines and the grounds."""
    dimension = shapely.get_dimensions(places)
    return places[dimension == 0], places[dimension == 1], places[dimension == 2]


def _left(shown: Facts) -> Geometries:
    """Return the homes in the study whose residents are not served."""
    homes = shown.written.layer("homes")
    assert homes is not None, "every run with people writes it"
    minutes = homes[f"minutes_{shown.kind}"].astype(float)
    is_left = ~(minutes <= float(shown.row["threshold_min"])) & (homes["in_study"] == 1)
    return np.asarray(homes.geometry.to_numpy()[is_left.to_numpy()])


def _unit_layers(shown: Facts, apart_m: float) -> Iterator[Layer]:
    """Yield the numbers of proposals, the outlines of the table's units and, unless they are too many, theirs."""
    outlines = shown.units.frame.geometry.to_numpy()
    if len(outlines) > 1:
        yield Lines(tuple(outlines), NEIGHBOURHOOD)
    if shown.proposals is not None:
        yield Numbers(tuple(shown.proposals.geometry), tuple(str(rank) for rank in shown.proposals["rank"]), PROPOSED)
        outlines = _clear_of(outlines, shown.proposals.geometry.to_numpy(), apart_m)
    if _is_numbered(shown.units):
        yield Numbers(tuple(outlines), tuple(str(place + 1) for place in range(len(outlines))))


def _clear_of(outlines: Geometries, proposals: Geometries, apart_m: float) -> Geometries:
    """Return the ground of each unit on which its number does not cover a proposal's; all of it where none is left."""
    discs = shapely.union_all(shapely.buffer(shapely.point_on_surface(proposals), apart_m))
    left = shapely.difference(outlines, discs)
    return np.where(shapely.is_empty(left), outlines, left)


def _is_numbered(units: UnitRows) -> bool:
    return 1 < len(units.frame) <= MOST_NUMBERED


def _legend(shown: Facts, places: Geometries, looks: Looks) -> Iterator[LegendGroup]:
    within = services_words.minutes(shown)
    served = _people_and_share(float(shown.row["covered_people"]), shown.people)
    classes = [LegendItem(say("Bacino: {m}", "Catchment: {m}", m=within), looks.catchment, served)]
    if len(_left(shown)):
        homes = Text("Case di residenti non serviti", "Homes of residents not served")
        classes.append(LegendItem(homes, looks.left, _people_and_share(shown.left, shown.people)))
    points, ways, grounds = _by_dimension(places)
    drawn = (
        (say("{k} (superficie)", "{k} (ground)", k=shown.title), grounds, looks.ground),
        (say("{k} (percorso)", "{k} (way)", k=shown.title), ways, looks.way),
        (shown.title, points, looks.place),
    )
    classes += [LegendItem(named, style, number(len(there))) for named, there, style in drawn if len(there)]
    yield LegendGroup(tuple(classes))
    signs = [LegendItem(Text("Oltre la soglia", "Beyond the threshold"), FREE_LAND)]
    if len(shown.units.frame) > 1:
        signs.append(LegendItem(shown.units.kind.one, NEIGHBOURHOOD))
    if _is_numbered(shown.units):
        signs.append(LegendItem(Text("Numero nella tabella", "Number in the table"), NUMBER))
    if shown.proposals is not None:
        signs.append(LegendItem(Text("Sito proposto", "Proposed site"), PROPOSED))
    yield LegendGroup(tuple(signs), Text("Altri segni", "Other signs"))


def _people_and_share(people: float, whole: float) -> Text:
    share = percent(100.0 * people / whole)
    return say("{n} · {p}", "{n} · {p}", n=counted(people, PEOPLE, "\u202f"), p=share)


def _key_figures(shown: Facts) -> Iterator[KeyFigure]:
    yield KeyFigure(percent(float(shown.row["covered_pct"])), Text("dei residenti serviti", "of residents served"))
    yield KeyFigure(number(shown.left), Text("residenti non serviti", "residents not served"))
    if shown.proposals is not None:
        gained = say("+{n}", "+{n}", n=number(float(shown.proposals["people_gained"].sum())))
        yield KeyFigure(gained, Text("serviti dalle proposte", "served by the proposals"))


def _table(shown: Facts, units: UnitRows) -> SheetTable:
    numbered = _is_numbered(units)
    head = (Column(Text("n.", "no."), strong=True),) if numbered else ()
    rows = [
        TableRow(
            (
                *((same(place),) if numbered else ()), same(row["title"]), number(row["served_pct"], 1),
                number(row["left"]),
            ),
            (min(1.0, row["served_pct"] / 100.0),),
        )
        for place, row in enumerate(units.frame.to_dict("records"), start=1)
    ]  # fmt: skip
    total = (Text("Totale", "Total"), number(float(shown.row["covered_pct"]), 1), number(shown.left))
    return SheetTable(
        title=say("Residenti serviti {b}", "Residents served {b}", b=units.kind.by),
        columns=(
            *head,
            Column(units.kind.one, wide=True),
            Column(Text("% serviti", "% served"), align="right", strong=True),
            Column(Text("non serviti", "not served"), align="right"),
        ),
        rows=tuple(rows),
        total=TableRow((*((NOTHING,) if numbered else ()), *total)),
        bars=Bars(Text("serviti", "served"), (_BAR,)),
        file=f"by_{units.kind.id}.csv",
    )


def _on_the_sheet(shelf: Shelf, shown: Facts) -> Iterator[LayerRef]:
    """Yield the layers one can see or count on."""
    study = shelf.study
    walked = () if shown.is_straight else (STREETS, ELEVATION)
    green = (GREEN,) if shown.kind == "verde" else ()
    for role in (BOUNDARY, SERVICES, *green, *walked):
        yield from study.of_role(role.id)
    yield from study.of_role(CENSUS.id)[-1:]
    if shown.units.kind.role is not BOUNDARY:
        yield from study.of_role(shown.units.kind.role.id)[-1:]
