"""The great transformations: each district's sheet, its standards, what is netted off, and scenarios beside the plan.

Method: ``district_formulas`` (every figure is printed with its formula), on what was measured of the outline: St is the
planar area of the polygon, whole even where it crosses a generalised boundary; soil already consumed is that of the
latest raster, with the exact part of every cell. Indices, shares and uses are the district's own; ranges of a scenario
give intervals by their corners, since each figure is monotone in each parameter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geopandas import GeoDataFrame

from analyses.analysis import Analysis, Edition, Population
from analyses.districts import causes, remarks
from analyses.districts.case import Layers, case_of
from analyses.districts.causes import Grounds
from analyses.districts.checks import problems
from analyses.districts.energy import energy
from analyses.districts.figures import FIGURES
from analyses.districts.live_bench import opened
from analyses.districts.params import DEFAULTS, DistrictParams
from analyses.districts.parcels import equalisation
from analyses.districts.register import problems as register_problems
from analyses.districts.register import progress
from analyses.districts.register import remarks as register_remarks
from analyses.districts.scenarios import Scenario
from analyses.districts.tables import (
    BINDING,
    BY_DISTRICT,
    CONSTRAINTS,
    EFFECTS,
    ENERGY,
    EQUALISATION,
    FORMULA_TABLE,
    HISTORY,
    PARETO,
    PROGRESS,
    RANGES,
    REGISTER,
    SCENARIOS,
    USES,
)
from analyses.districts.told import figures_of, known_columns, register_tables, tables_of
from analyses.live import Live
from analyses.progress import Report, part_of, silent
from analyses.result import Result, Table
from layers import roles
from layers.problems import Problem
from layers.raster import Raster
from layers.text import Text


def transformation_districts(
    *,
    boundary: GeoDataFrame,
    districts: GeoDataFrame,
    flood_hazard: GeoDataFrame | None = None,
    landslide_hazard: GeoDataFrame | None = None,
    contaminated_sites: GeoDataFrame | None = None,
    constraints: GeoDataFrame | None = None,
    coastline: GeoDataFrame | None = None,
    hydrography: GeoDataFrame | None = None,
    railways: GeoDataFrame | None = None,
    soil_consumption: tuple[Edition[Raster], ...] = (),
    census: tuple[Edition[GeoDataFrame], ...] = (),
    parcels: GeoDataFrame | None = None,
    buildings: GeoDataFrame | None = None,
    services: GeoDataFrame | None = None,
    scenarios: tuple[Scenario, ...] = (),
    population: Population | None = None,
    params: DistrictParams = DEFAULTS,
    report: Report = silent,
) -> Result:
    """Reckon the sheet of every district, for the plan in force and for every scenario.

    Parameters
    ----------
    boundary : communes, polygons in a metric CRS; every other layer is in the same
    districts : polygons with ``code``, ``name`` and what they state: index, shares of St and of floor area, height
    flood_hazard, landslide_hazard, contaminated_sites, constraints : what takes ground from a district
    coastline, hydrography, railways : lines whose strips are drawn where ``constraints`` has none of their kind
    soil_consumption, census : of several years the latest counts
    parcels : with ``owner``, for the equalisation
    buildings, services : public roofs: buildings by their ``use``, or under a public service
    scenarios : patches on ``districts``; ``problems`` has looked at them
    population : not used
    params : what the formulas need besides
    report : told the share done; may raise Cancelled

    Returns
    -------
    Result
        Areas in m²; figures are those of the plan in force. ``formulas`` gives each figure's formula with its values.
        A figure is None where no district has the data. Layer ``districts``: the sheets of the plan in force.
    """
    bound = Grounds(flood_hazard, landslide_hazard, contaminated_sites, constraints, coastline, hydrography, railways)
    layers = Layers(bound, soil_consumption, census)
    case = case_of(districts, scenarios, layers, params, report=part_of(report, 0.0, 0.8))
    report(0.9, Text("Schede e scenari", "Sheets and scenarios"))
    sun = energy(case, buildings, services, params)
    owners = () if parcels is None else (Table(EQUALISATION, equalisation(case, parcels)),)
    sheets = GeoDataFrame(known_columns(BY_DISTRICT, case.base), geometry=case.plan.outlines, crs=districts.crs)
    said = (*remarks.remarks(boundary, districts, case.base, params), *register_remarks(progress(case.base, params)))
    tables = (*tables_of(case), *register_tables(case.base, params), Table(ENERGY, sun), *owners)
    bound_ground = causes.ground_by_cause(list(case.plan.frame["code"]), case.plan.outlines, case.causes, districts.crs)
    layers_drawn = {"districts": sheets} | ({"causes": bound_ground} if len(bound_ground) else {})
    return Result(figures_of(case.base, sun), tables, layers_drawn, said)


def _against(inputs: Mapping[str, Any], params: DistrictParams) -> list[Problem]:
    return [*problems(inputs, params), *register_problems(inputs.get("districts"), params)]


TRANSFORMATION_DISTRICTS = Analysis(
    id="transformation-districts",
    title=Text("Distretti di trasformazione", "Transformation districts"),
    about=Text(
        "Che cosa aggiunge ogni distretto, che cosa deve alla città, che cosa lo vincola; gli scenari a confronto.",
        "What each district adds, what it owes the city, what binds it; scenarios compared.",
    ),
    method=Text(
            "Ogni distretto ha le proprie grandezze (superficie territoriale misurata sul perimetro, indice, "
            "quote) e ogni cifra la sua formula, scritta nei risultati. Gli abitanti nuovi vengono dalla "
            "superficie residenziale divisa per i metri quadri dovuti a ciascuno (DM 1444/1968). Il suolo che "
            "si costruisce va prima su quello già consumato: il consumo nuovo è un minimo. Energia e anidride "
            "carbonica usano parametri non verificati.",
            "Every district has its own quantities (territorial area measured on its outline, index, shares) "
            "and every figure its formula, written in the results. New inhabitants are the residential floor "
            "area over the square metres due to each (DM 1444/1968). What is built goes first on soil already "
            "consumed: new consumption is a minimum. Energy and carbon dioxide use parameters not verified.",
    ),
    inputs=(
        roles.BOUNDARY, roles.DISTRICTS, roles.FLOOD_HAZARD, roles.LANDSLIDE_HAZARD, roles.CONTAMINATED_SITES,
        roles.CONSTRAINTS, roles.COASTLINE, roles.HYDROGRAPHY, roles.RAILWAYS, roles.SOIL_CONSUMPTION, roles.CENSUS,
        roles.PARCELS, roles.BUILDINGS, roles.SERVICES,
    ),
    needs=((roles.BOUNDARY,), (roles.DISTRICTS,)),
    params=DistrictParams,
    run=transformation_districts,
    figures=FIGURES,
    tables=(
        BY_DISTRICT, USES, CONSTRAINTS, FORMULA_TABLE, REGISTER, PROGRESS, HISTORY, SCENARIOS, PARETO, EFFECTS, RANGES,
        BINDING,
        ENERGY, EQUALISATION,
    ),
    problems=_against,
    headlines=("floor_area_new_m2", "people_new", "soil_newly_consumed_m2", "co2_saved_t"),
    takes_scenarios=True,
    live=Live(opened, chosen_kind="district"),
)  # fmt: skip
