"""The loop closed: what the plan and each scenario do to soil, hazard, standards and coverage of every neighbourhood.

Method: each scenario is put into the city (``effects/patch``): its people are added to the census, its services and
ceded ground to the services, and the analyses that describe the city today describe it then. The streets are walked
once for all scenarios (``effects/walked``). Residents in hazard are those of today and the new ones on ground of the
classes set, which is what ``hazard-exposure`` finds on the patched census: it counts each person on their own. Consumed
soil is that of today with what the districts' sheets add and give back (``effects/soil``). What stands in the districts
today stays; nobody is moved.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from geopandas import GeoDataFrame

from analyses.analysis import Analysis, Edition, Population
from analyses.districts.case import Case, Layers, case_of
from analyses.districts.causes import Grounds
from analyses.districts.checks import problems
from analyses.districts.params import SCHEDA_DEFAULTS, SchedaParams
from analyses.districts.scenarios import TODAY, Scenario
from analyses.effects.balances import balances
from analyses.effects.changes import alike, changes, figures
from analyses.effects.city import City
from analyses.effects.hazard import in_hazard, in_hazard_after
from analyses.effects.patch import CityPatch, city_patch, nothing
from analyses.effects.soil import consumed_after, consumed_today
from analyses.effects.tables import BY_NEIGHBOURHOOD, CHANGES, FIGURES, TABLES
from analyses.effects.walked import walked
from analyses.hazard.classes import FLOOD, LANDSLIDE
from analyses.progress import Report, part_of, silent, tracked
from analyses.result import Result, Table
from analyses.units import units
from layers import roles
from layers.raster import Raster
from layers.text import Text
from layers.union import union_of_parts

_PUTTING_IN = Text("Il piano e gli scenari nella città", "The plan and the scenarios in the city")


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
    case = case_of(districts, scenarios, layers, params, report=part_of(report, 0.0, 0.2))
    where = units("neighbourhood", neighbourhoods, union_of_parts(boundary.geometry.to_numpy()))
    hazards = {FLOOD: flood_hazard, LANDSLIDE: landslide_hazard}
    city = City(boundary, neighbourhoods, where, census, services, green, streets, elevation, buildings,
                soil_consumption, hazards, params)  # fmt: skip
    frames = alike(list(_frames(city, case, part_of(report, 0.2, 1.0))))
    whole = pd.concat(frames, ignore_index=True)
    there = [column.id for column in BY_NEIGHBOURHOOD.columns if column.id in whole]
    tables = (Table(BY_NEIGHBOURHOOD, whole[there]), Table(CHANGES, changes(frames)))
    ground = {where.id: where.frame[["code", "name", where.frame.geometry.name]]}
    return Result(tuple(figures(frames)), tables, ground, where.problems)


def _frames(city: City, case: Case, report: Report) -> Iterator[pd.DataFrame]:
    """Yield a row per neighbourhood for the city today, then for each scenario."""
    crs = city.boundary.crs
    patches = {
        each.id: city_patch(case, each, crs) for each in tracked(case.scenarios, part_of(report, 0.0, 0.1), _PUTTING_IN)
    }
    reached = walked(city, patches.values(), part_of(report, 0.1, 0.5))
    hazard_today, soil_today = in_hazard(city), consumed_today(city)
    steps: tuple[tuple[str, CityPatch], ...] = ((TODAY, nothing(crs)), *patches.items())
    for name, patch in tracked(steps, part_of(report, 0.5, 1.0), _PUTTING_IN):
        built = None if name == TODAY else (case.plans[name].outlines, case.sheets[name])
        columns = {
            **balances(city, patch),
            **({} if reached is None else reached.columns(patch)),
            **in_hazard_after(city, case.causes, patch, hazard_today),
            **consumed_after(city, soil_today, built),
        }
        yield pd.DataFrame({**city.head, "scenario": name, **columns})


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
