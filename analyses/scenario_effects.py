"""The loop closed: what the plan and each scenario do to soil, hazard, standards and coverage of every neighbourhood.

Method: the same analyses that describe the city today are called on layers patched by the scenario (``city_patch``):
its people are added to the census, its services and ceded ground to the services. Residents in hazard are those of
today and the new ones on ground of the classes set, which is what ``hazard-exposure`` finds on the patched census: it
counts each person on their own. Consumed soil is that of today with what the districts' sheets add and give back
(``soil_after``). What stands in the districts today stays; nobody is moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from analyses.analysis import Analysis, Edition, Population
from analyses.districts.case import Case, Layers, case_of
from analyses.districts.causes import HAZARDS, Grounds, netted_off
from analyses.districts.checks import problems
from analyses.districts.city_patch import CityPatch, added, city_patch, nothing
from analyses.districts.effects_tables import BY_NEIGHBOURHOOD, CHANGES, FIGURES, INDICATORS, TABLES
from analyses.districts.ground import consumed_m2
from analyses.districts.params import DUE_NAMES, SCHEDA_DEFAULTS, SchedaParams
from analyses.districts.scenarios import BASE, TODAY, Scenario
from analyses.districts.soil_after import soil_change_m2
from analyses.hazard.classes import FLOOD, LANDSLIDE, ROLES
from analyses.hazard.figures import NAMES
from analyses.hazard_exposure import hazard_exposure
from analyses.people import shares_on
from analyses.planning_standards import standards
from analyses.progress import Report, part_of, silent
from analyses.result import Figure, Result, Table
from analyses.service_coverage import service_coverage
from analyses.standards.params import StandardsParams
from analyses.standards.tables import CATEGORIES
from analyses.units import Units, units
from layers import roles
from layers.raster import Raster
from layers.text import Text, same
from layers.union import union_of_parts

_NOTHING_KNOWN = Text("Lo studio non ha i livelli per calcolarla.", "The study lacks the layers to compute it.")
_LEAST_CHANGE = 1e-9
_HAZARD_COLUMNS = ("flood_people", "landslide_people")

Columns = Mapping[str, Any]


@dataclass(frozen=True)
class City:
    """The layers that are the same whatever is built."""

    boundary: GeoDataFrame
    neighbourhoods: GeoDataFrame
    where: Units
    census: tuple[Edition[GeoDataFrame], ...]
    services: GeoDataFrame | None
    green: GeoDataFrame | None
    streets: GeoDataFrame | None
    elevation: Raster | None
    buildings: GeoDataFrame | None
    soil: tuple[Edition[Raster], ...]
    hazards: Mapping[str, GeoDataFrame | None]
    params: SchedaParams

    @property
    def head(self) -> Columns:
        """Code and name of each unit."""
        return {name: self.where.frame[name].to_numpy() for name in ("code", "name")}


def scenario_effects(
    *,
    boundary: GeoDataFrame,
    districts: GeoDataFrame,
    neighbourhoods: GeoDataFrame,
    census: tuple[Edition[GeoDataFrame], ...],
    services: GeoDataFrame | None = None,
    green: GeoDataFrame | None = None,
    streets: GeoDataFrame | None = None,
    elevation: Raster | None = None,
    buildings: GeoDataFrame | None = None,
    soil_consumption: tuple[Edition[Raster], ...] = (),
    flood_hazard: GeoDataFrame | None = None,
    landslide_hazard: GeoDataFrame | None = None,
    contaminated_sites: GeoDataFrame | None = None,
    constraints: GeoDataFrame | None = None,
    coastline: GeoDataFrame | None = None,
    hydrography: GeoDataFrame | None = None,
    railways: GeoDataFrame | None = None,
    scenarios: tuple[Scenario, ...] = (),
    population: Population | None = None,
    params: SchedaParams = SCHEDA_DEFAULTS,
    report: Report = silent,
) -> Result:
    """Hold each neighbourhood as it is against what it becomes with the plan in force and with every scenario.

    Parameters
    ----------
    boundary : communes, polygons in a metric CRS; every other layer is in the same
    districts, neighbourhoods : what is built, and the units it is told for
    census : sections with ``population``; of several years the latest counts
    services, green, streets, elevation, buildings : for standards and coverage, as those analyses take them
    soil_consumption : of several years the latest counts
    flood_hazard, landslide_hazard, contaminated_sites, constraints : what nets off, and where people are in hazard
    coastline, hydrography, railways : lines whose strips are drawn where ``constraints`` has none of their kind
    scenarios : patches on ``districts``; ``problems`` has looked at them
    population : not used: residents are needed where they live
    params : as of the districts' sheets
    report : told the share done; may raise Cancelled

    Returns
    -------
    Result
        ``scenario`` is «oggi», then «base» (the plan in force), then the scenarios by name. Indicators that the study
        has no layers for are left out.
    """
    grounds = Grounds(flood_hazard, landslide_hazard, contaminated_sites, constraints, coastline, hydrography, railways)
    layers = Layers(grounds, soil_consumption, census)
    case = case_of(districts, scenarios, layers, params, report=part_of(report, 0.0, 0.1))
    where = units("neighbourhood", neighbourhoods, union_of_parts(boundary.geometry.to_numpy()), "code", "name")
    hazards = {FLOOD: flood_hazard, LANDSLIDE: landslide_hazard}
    city = City(boundary, neighbourhoods, where, census, services, green, streets, elevation, buildings,
                soil_consumption, hazards, params)  # fmt: skip
    frames = _alike(list(_frames(city, case, part_of(report, 0.1, 1.0))))
    whole = pd.concat(frames, ignore_index=True)
    there = [column.id for column in BY_NEIGHBOURHOOD.columns if column.id in whole]
    tables = (Table(BY_NEIGHBOURHOOD, whole[there]), Table(CHANGES, _changes(frames)))
    return Result(tuple(_figures(frames)), tables, {}, where.problems)


def _frames(city: City, case: Case, report: Report) -> Iterator[pd.DataFrame]:
    """Yield a row per neighbourhood for the city today, then for each scenario; equal patches are walked once."""
    hazard_today, soil_today = _hazard(city), _soil(city)
    steps = len(case.scenarios) + 1
    walked = dict[bytes, Columns]()
    for place, scenario in enumerate((None, *case.scenarios)):
        report(place / steps, same(TODAY if scenario is None else scenario.id))
        patch = nothing(city.boundary.crs) if scenario is None else city_patch(case, scenario, city.boundary.crs)
        if patch.mark not in walked:
            walked[patch.mark] = _coverage(city, patch)
        columns = {**_standards(city, patch), **walked[patch.mark], **_hazard_after(city, case, patch, hazard_today),
                   **_soil_after(city, case, scenario, soil_today)}  # fmt: skip
        yield pd.DataFrame({**city.head, "scenario": TODAY if scenario is None else scenario.id, **columns})


def _alike(frames: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """Return the frames with the same columns: a kind of service that only a scenario brings serves nobody before."""
    names = {column.id: 0.0 for column in INDICATORS if any(column.id in frame for frame in frames)}
    return [frame.assign(**{name: none for name, none in names.items() if name not in frame}) for frame in frames]


def _standards(city: City, patch: CityPatch) -> Columns:
    """Return residents and the balance of each category, with what the patch cedes and adds."""
    there = city.services is not None or city.green is not None
    services = city.services if city.services is not None else nothing(city.boundary.crs).services
    result = standards(
        boundary=city.boundary,
        neighbourhoods=city.neighbourhoods,
        census=patch.census(city.census),
        services=added(added(services, patch.services), patch.ceded),
        green=city.green,
        params=StandardsParams(**{name: getattr(city.params, name) for name in DUE_NAMES}),
    )
    return _columns(result, ("population", *(f"{name}_balance_m2" for name in CATEGORIES if there)))


def _coverage(city: City, patch: CityPatch) -> Columns:
    if city.services is None:
        return {}
    result = service_coverage(
        boundary=city.boundary,
        neighbourhoods=city.neighbourhoods,
        services=added(city.services, patch.services),
        census=patch.census(city.census),
        streets=city.streets,
        elevation=city.elevation,
        buildings=city.buildings,
        green=city.green,
    )
    known = {column.id for column in INDICATORS}
    names = [column.id for column in _table(result).columns if column.id in known - {"population"}]
    return _columns(result, tuple(names))


def _hazard(city: City) -> Columns:
    """Return who lives today in the classes from which nothing is built, for each hazard that the study has."""
    layers = {ROLES[codelist].id: layer for codelist, layer in city.hazards.items() if layer is not None}
    if not layers:
        return {}
    result = hazard_exposure(
        boundary=city.boundary, neighbourhoods=city.neighbourhoods, census=city.census, buildings=city.buildings,
        **layers,
    )  # fmt: skip
    frame = _table(result).frame
    lowest = {FLOOD: city.params.flood_from, LANDSLIDE: city.params.landslide_from}
    return {
        f"{NAMES[codelist]}_people": _people_in(frame, codelist, netted_off(codelist, lowest[codelist]), city.where)
        for codelist, layer in city.hazards.items()
        if layer is not None
    }


def _people_in(frame: pd.DataFrame, codelist: str, classes: tuple[str, ...], where: Units) -> np.ndarray:
    chosen = frame[(frame["hazard"] == NAMES[codelist]) & frame["class"].isin(classes)]
    sums = chosen.groupby(["code", "name"])["people"].sum()
    return sums.reindex(list(zip(where.frame["code"], where.frame["name"], strict=True)), fill_value=0.0).to_numpy()


def _hazard_after(city: City, case: Case, patch: CityPatch, today: Columns) -> Columns:
    """Return who lives in hazard with the people of the patch."""
    grounds = {cause.id: cause.ground for cause in case.causes}
    people = patch.people
    after = dict(today)
    for name, role_id in zip(_HAZARD_COLUMNS, HAZARDS, strict=True):
        if name in today and role_id in grounds and len(people):
            caught = people[people.intersects(grounds[role_id])]
            after[name] = today[name] + _on_units(caught, city.where)
    return after


def _on_units(people: GeoDataFrame, where: Units) -> np.ndarray:
    grounds = where.frame.geometry.to_numpy()
    values = people[["population"]].to_numpy(float)
    return shares_on(people.geometry.to_numpy(), grounds).sums(values, len(grounds))[:-1, 0]


def _soil(city: City) -> np.ndarray | None:
    return consumed_m2(city.where.frame.geometry, city.soil, silent) if city.soil else None


def _soil_after(city: City, case: Case, scenario: Scenario | None, today: np.ndarray | None) -> Columns:
    if today is None:
        return {}
    after = today
    if scenario is not None:
        outlines, sheet = case.plans[scenario.id].outlines, case.sheets[scenario.id]
        after = today + soil_change_m2(outlines, sheet, city.where.frame.geometry, city.soil)
    return {"consumed_m2": after, "consumed_pct": 100.0 * after / city.where.area_m2.to_numpy()}


def _columns(result: Result, names: tuple[str, ...]) -> Columns:
    """Return columns of a result's table by neighbourhood, whose rows are those of the units."""
    frame = _table(result).frame
    return {name: frame[name].to_numpy(float) for name in names}


def _table(result: Result) -> Table:
    table = result.table("by_neighbourhood")
    assert table is not None, "the study has neighbourhoods"
    return table


def _changes(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Return what differs from today, by neighbourhood, scenario and indicator."""
    today = frames[0]
    rows = [
        frame[["code", "name", "scenario"]].assign(
            indicator=each.id, unit=each.unit, before=today[each.id], after=frame[each.id],
            change=frame[each.id] - today[each.id],
        )
        for frame in frames[1:]
        for each in INDICATORS
        if each.id in frame
    ]  # fmt: skip
    whole = pd.concat(rows, ignore_index=True)
    return whole[whole["change"].abs() > _LEAST_CHANGE].reset_index(drop=True)


def _figures(frames: list[pd.DataFrame]) -> Iterator[Figure]:
    plan = next(frame for frame in frames if frame["scenario"].iloc[0] == BASE)
    for spec in FIGURES:
        column = spec.id.replace("_with_plan", "")
        if spec.id == "scenarios":
            yield Figure(spec, float(len(frames) - 1))
        elif column in plan:
            yield Figure(spec, float(plan[column].sum()))
        else:
            yield Figure(spec, None, _NOTHING_KNOWN)


SCENARIO_EFFECTS = Analysis(
    id="scenario-effects",
    title=Text("Effetti degli scenari sui quartieri", "Effects of scenarios on neighbourhoods"),
    about=Text(
        "Che cosa fanno il piano e ogni scenario a standard, servizi, pericolosità e suolo di ogni quartiere.",
        "What the plan and each scenario do to standards, services, hazard and soil of every neighbourhood.",
    ),
    method=Text(
        "Il piano vigente e ogni scenario sono messi nella città: gli abitanti nuovi nei loro distretti, i servizi "
        "aggiunti fra quelli che ci sono. Poi si rifanno i conti degli standard, della copertura dei servizi, della "
        "pericolosità e del suolo, quartiere per quartiere, e si sottraggono quelli di oggi.",
        "The plan in force and every scenario are put into the city: the new inhabitants into their districts, the "
        "services added among those there are. Then standards, coverage of services, hazard and soil are reckoned "
        "anew, neighbourhood by neighbourhood, and today's taken off.",
    ),
    inputs=(
        roles.BOUNDARY, roles.DISTRICTS, roles.NEIGHBOURHOODS, roles.CENSUS, roles.SERVICES, roles.GREEN, roles.STREETS,
        roles.ELEVATION, roles.BUILDINGS, roles.SOIL_CONSUMPTION, roles.FLOOD_HAZARD, roles.LANDSLIDE_HAZARD,
        roles.CONTAMINATED_SITES, roles.CONSTRAINTS, roles.COASTLINE, roles.HYDROGRAPHY, roles.RAILWAYS,
    ),
    needs=((roles.BOUNDARY,), (roles.DISTRICTS,), (roles.NEIGHBOURHOODS,), (roles.CENSUS,)),
    params=SchedaParams,
    run=scenario_effects,
    figures=FIGURES,
    tables=TABLES,
    problems=problems,
    headlines=("population_with_plan", "totale_balance_with_plan_m2", "consumed_with_plan_m2"),
    takes_scenarios=True,
)  # fmt: skip
