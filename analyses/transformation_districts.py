"""The great transformations: each district's sheet, its standards, what is netted off, and scenarios beside the plan.

Method: ``district_formulas`` (every figure is printed with its formula), on what was measured of the outline: St is the
planar area of the polygon, whole even where it crosses a generalised boundary; soil already consumed is that of the
latest raster, with the exact part of every cell. Indices, shares and uses are the district's own; ranges of a scenario
give intervals by their corners, since each figure is monotone in each parameter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from analyses.analysis import Analysis, Edition, Population
from analyses.districts import causes, remarks
from analyses.districts.binding import binding
from analyses.districts.case import Case, Layers, case_of
from analyses.districts.causes import Grounds
from analyses.districts.checks import problems
from analyses.districts.comparison import comparison, effects, pareto
from analyses.districts.energy import DISTRICTS, energy
from analyses.districts.intervals import intervals
from analyses.districts.live_bench import opened
from analyses.districts.params import DEFAULTS, DistrictParams
from analyses.districts.parcels import equalisation
from analyses.districts.register import history, progress, register
from analyses.districts.register import problems as register_problems
from analyses.districts.register import remarks as register_remarks
from analyses.districts.scenarios import BASE, Scenario
from analyses.districts.scheda import formula_rows
from analyses.districts.tables import (
    BINDING,
    BY_DISTRICT,
    CONSTRAINTS,
    EFFECTS,
    ENERGY,
    EQUALISATION,
    FIGURES,
    FORMULA_TABLE,
    HISTORY,
    PARETO,
    PROGRESS,
    RANGES,
    REGISTER,
    SCENARIOS,
    USES,
)
from analyses.live import Live
from analyses.progress import Report, part_of, silent
from analyses.result import Figure, Result, Table, TableSpec
from layers import roles
from layers.problems import Problem
from layers.raster import Raster
from layers.text import Text

_USE_LABELS = {
    "residential": "residenza", "commercial": "commercio e direzionale", "industrial": "produttivo",
    "other_uses": "altri usi",
}  # fmt: skip
_NOT_STATED = Text(
    "I distretti non hanno i dati per calcolarla: indice, quote o permeabilità, o manca il suolo consumato.",
    "The districts lack the data to compute it: index, shares or permeability, or soil consumption is missing.",
)

_WHY_NOT = {
    "public_co2_saved_t": Text("Lo studio non ha edifici.", "The study has no buildings."),
    "paes_share_pct": Text(
        "Manca l'inventario di partenza: impostare «paes_baseline_t».",
        "The baseline inventory is missing: set “paes_baseline_t”.",
    ),
}


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
    sheets = GeoDataFrame(_of(BY_DISTRICT, case.base), geometry=case.plan.outlines, crs=districts.crs)
    said = (*remarks.remarks(boundary, districts, case.base, params), *register_remarks(progress(case.base, params)))
    tables = (*_tables(case), *_register(case.base, params), Table(ENERGY, sun), *owners)
    bound_ground = causes.ground_by_cause(list(case.plan.frame["code"]), case.plan.outlines, case.causes, districts.crs)
    layers_drawn = {"districts": sheets} | ({"causes": bound_ground} if len(bound_ground) else {})
    return Result(_figures(case.base, sun), tables, layers_drawn, said)


def _tables(case: Case) -> tuple[Table, ...]:
    whole = pd.concat([sheet.assign(scenario=name) for name, sheet in case.sheets.items()], ignore_index=True)
    return (
        Table(BY_DISTRICT, _of(BY_DISTRICT, whole)),
        Table(USES, _uses(whole)),
        Table(CONSTRAINTS, _constraints(case)),
        Table(FORMULA_TABLE, _formulas(case)),
        Table(SCENARIOS, comparison(case)),
        Table(PARETO, pareto(case)),
        Table(EFFECTS, effects(case)),
        Table(RANGES, intervals(case)),
        Table(BINDING, binding(case)),
    )


def _of(spec: TableSpec, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the declared columns of ``frame``, but those of which nothing is known."""
    there = [column.id for column in spec.columns if column.id in frame and not frame[column.id].isna().all()]
    return frame[there]


def _uses(whole: pd.DataFrame) -> pd.DataFrame:
    """Return a row per district and use; with «altri usi» the shares of a district add up to 100 %."""
    rest_pct = 100.0 - whole["residential_pct"] - whole["commercial_pct"] - whole["industrial_pct"]
    shares = whole.assign(other_uses_pct=rest_pct, order=np.arange(len(whole)))
    frames = [
        shares[["code", "name", "scenario", "order"]].assign(
            use=label, share_pct=shares[f"{use}_pct"], floor_area_m2=shares[f"{use}_m2"]
        )
        for use, label in _USE_LABELS.items()
    ]
    rows = pd.concat(frames).sort_values("order", kind="stable")
    return rows[rows["share_pct"].notna()][[column.id for column in USES.columns]].reset_index(drop=True)


def _constraints(case: Case) -> pd.DataFrame:
    frames = [
        rows.assign(code=code, scenario=name)
        for name, plan in case.plans.items()
        for code, rows in zip(plan.frame["code"], case.ground.causes_of(plan.outlines), strict=True)
    ]
    return pd.concat(frames, ignore_index=True)[[column.id for column in CONSTRAINTS.columns]]


def _formulas(case: Case) -> pd.DataFrame:
    """Return the formulas of the plan in force, and in each scenario those of the districts that it touches."""
    order = {code: place for place, code in enumerate(case.plan.frame["code"])}
    frames = [
        pd.DataFrame(_formula_rows(case, each), columns=[column.id for column in FORMULA_TABLE.columns])
        .sort_values("code", key=lambda codes: codes.map(order), kind="stable")
        for each in case.scenarios
    ]  # fmt: skip
    return pd.concat(frames, ignore_index=True)


def _formula_rows(case: Case, scenario: Scenario) -> Iterator[Mapping[str, object]]:
    rows = formula_rows(case.sheets[scenario.id], case.touched(scenario), case.params)
    for code, column, formula, with_values, value, unit in rows:
        yield {
            "code": code, "scenario": scenario.id, "column": column, "formula": formula.it,
            "with_values": with_values.it, "value": value, "unit": unit, "formula_en": formula.en,
            "with_values_en": with_values.en,
        }  # fmt: skip


def _register(base: pd.DataFrame, params: DistrictParams) -> tuple[Table, ...]:
    return (
        Table(REGISTER, register(base, params)),
        Table(PROGRESS, _of(PROGRESS, progress(base, params))),
        Table(HISTORY, history(base, params)),
    )


def _figures(base: pd.DataFrame, sun: pd.DataFrame) -> tuple[Figure, ...]:
    sums = {spec.id: float(base[spec.id].sum(min_count=1)) for spec in FIGURES if spec.id in base}
    values = {"districts": float(len(base)), **sums, **_of_sun(sun)}
    return tuple(
        Figure(spec, None, _WHY_NOT.get(spec.id, _NOT_STATED))
        if np.isnan(values[spec.id])
        else Figure(spec, values[spec.id])
        for spec in FIGURES
    )


def _of_sun(sun: pd.DataFrame) -> Mapping[str, float]:
    """Return what public roofs save, and the share of the PAES they and the plan in force have; NaN where unknown."""
    public, plan = sun["item"] != DISTRICTS, sun["scenario"].isin(("", BASE))
    saved, share = sun["co2_saved_t"][public], sun["baseline_pct"][plan]
    sums = [float(each.sum(min_count=1)) for each in (saved, share)]
    return dict(zip(("public_co2_saved_t", "paes_share_pct"), sums, strict=True))


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
