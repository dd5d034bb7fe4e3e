"""Who is served: people within walking reach of each kind of service, in each neighbourhood and age.

Method: walking times on the street network with stairs and slope (``walking_network``, ``walking_reach``), from homes
(``homes``) to services; a kind covers who walks to its nearest service within ``walk_min_default`` minutes. Without
streets: straight lines times a detour factor, held against ``max_distance_m``. The WHO rule on green is a straight
line. Capacity: 2SFCA and E2SFCA (``floating_catchment``). Proposals: maximal covering, or p-median (``placing``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, points_from_xy
from numpy.typing import NDArray

from analyses.analysis import Analysis, Edition, Population
from analyses.attributes import words
from analyses.live import Live
from analyses.progress import Report, part_of, silent
from analyses.result import Figure, FigureSpec, Result, Table, TableSpec
from analyses.services import remarks, sums
from analyses.services.catchments import catchments, service_catchments
from analyses.services.cycle_ways import cycle_ways
from analyses.services.live import opened
from analyses.services.measures import percent
from analyses.services.measuring import setting_of, units_of
from analyses.services.params import PLACINGS, UNTOUCHED, CoverageParams
from analyses.services.proposals import Proposals, proposals, sites_of
from analyses.services.service_kinds import KINDS, Kind, Services, services_of
from analyses.services.sums import Measured
from analyses.services.tables import (
    BY_AGE,
    BY_KIND,
    BY_SERVICE,
    FIGURES,
    GAINED,
    GREEN_STRAIGHT,
    PEOPLE,
    PROPOSALS,
    SCORE,
    TABLES,
    TIMES,
    UNREACHABLE,
    UNREACHABLE_PEOPLE,
    by_neighbourhood,
    covered_figure,
)
from analyses.services.walking_pace import PROFILES
from analyses.units import Units
from layers import roles
from layers.problems import Problem
from layers.raster import Raster
from layers.text import Text

_NO_PEOPLE = Text(
    "Lo studio non ha popolazione: si contano solo i servizi.",
    "The study has no population: only services are counted.",
)
_NO_SERVICE = Text("Lo studio non ha servizi di questo tipo.", "The study has no service of this kind.")


def service_coverage(
    *,
    boundary: GeoDataFrame,
    services: GeoDataFrame,
    streets: GeoDataFrame | None = None,
    census: tuple[Edition[GeoDataFrame], ...] = (),
    neighbourhoods: GeoDataFrame | None = None,
    elevation: Raster | None = None,
    buildings: GeoDataFrame | None = None,
    candidate_sites: GeoDataFrame | None = None,
    public_land: GeoDataFrame | None = None,
    green: GeoDataFrame | None = None,
    population: Population | None = None,
    params: CoverageParams = UNTOUCHED,
    report: Report = silent,
) -> Result:
    """Measure who reaches which service on foot.

    Parameters
    ----------
    boundary : communes (name, code), polygons in a metric CRS; every other layer but ``elevation`` is in the same
    services : points and polygons with ``kind``, perhaps ``name``, ``capacity``, ``area_m2``
    streets : lines to walk on; without them straight lines, said so. Cycle ways (``kind`` = cycleway) count as services
        of kind ``ciclabile`` where ``services`` has none
    census, buildings : people (latest year) and where they live; without census the neighbourhoods' population
    neighbourhoods : units; without them the communes
    elevation : heights (m), for the slope
    candidate_sites, public_land : where a service may go; public land only without candidates
    green : public parks count as services of kind ``verde``
    population : not used: people are needed where they live
    params, report : as every analysis

    Returns
    -------
    Result
        Percent of residents; residents of a table add up to those within the boundary. Layers: the units, the homes,
        the network with its islands, who is unreachable, the proposals, the catchment of each kind and each service.
    """
    where = units_of(boundary, neighbourhoods)
    inputs = {
        "streets": streets, "census": census, "neighbourhoods": neighbourhoods, "elevation": elevation,
        "buildings": buildings, "green": green,
    }  # fmt: skip
    setting = setting_of(where, inputs, params, report)
    if setting is None:
        return _counted(services_of(services, green, params.least_green_ha, cycle_ways(streets)), where)
    measured = setting.measured(services, report=part_of(report, 0.3, 0.7))
    sites = sites_of(candidate_sites, public_land)
    placed = None if sites is None else proposals(measured, sites, part_of(report, 0.7, 0.9))
    tables = tuple(_tables(measured, placed))
    told = (
        *where.problems, *measured.services.problems, *setting.homes.problems, *setting.reach.problems,
        *_left(measured, tables),
    )  # fmt: skip
    own = service_catchments(measured, part_of(report, 0.9, 0.97))
    layers = {
        **_layers(measured, tables, placed),
        "catchments": catchments(measured, part_of(report, 0.97, 1.0)),
        "service_catchments": _with_row(measured, tables[3].frame, own)[~shapely.is_empty(own)],
    }
    return Result(tuple(_figures(measured, tables)), tables, layers, told)


def _counted(found: Services, where: Units) -> Result:
    """Return what can be said without people: how many services there are, and where."""
    table = Table(_spec(found.kinds), _ordered(_spec(found.kinds), sums.counts(found, where)))
    each = Table(BY_SERVICE, _ordered(BY_SERVICE, pd.DataFrame(found.frame[["kind", "name", "capacity"]])))
    figures = [Figure(spec, None, _NO_PEOPLE) for spec in _specs(found.kinds)]
    told = (*where.problems, *found.problems, remarks.no_people())
    return Result(tuple(figures), (table, each), {}, told)


def _spec(kinds: tuple[Kind, ...]) -> TableSpec:
    """Return the table by neighbourhood with the study's own kinds after those of the catalogue."""
    own = [kind for kind in kinds if kind.id not in KINDS]
    return by_neighbourhood([*KINDS.values(), *own])


def _specs(kinds: tuple[Kind, ...]) -> tuple[FigureSpec, ...]:
    return (*FIGURES, *(covered_figure(kind) for kind in kinds if kind.id not in KINDS))


def _ordered(spec: TableSpec, frame: pd.DataFrame) -> pd.DataFrame:
    return frame[[column.id for column in spec.columns if column.id in frame.columns]]


def _tables(measured: Measured, placed: Proposals | None) -> Iterator[Table]:
    spec = _spec(measured.found.kinds)
    makers: tuple[tuple[TableSpec, pd.DataFrame], ...] = (
        (spec, sums.by_neighbourhood(measured)),
        (BY_AGE, sums.by_age(measured)),
        (BY_KIND, sums.by_kind(measured)),
        (BY_SERVICE, sums.by_service(measured)),
        (TIMES, sums.times(measured)),
        (UNREACHABLE, sums.unreachable(measured)),
        *(() if placed is None else ((PROPOSALS, placed.table), (GAINED, placed.gained))),
    )
    for each, frame in makers:
        yield Table(each, _ordered(each, frame))


def _figures(measured: Measured, tables: tuple[Table, ...]) -> Iterator[Figure]:
    people = measured.inside
    total = float(people.sum())
    known: Mapping[str, float] = {
        SCORE.id: float((people * measured.found.score).sum()) / total,
        UNREACHABLE_PEOPLE.id: float(people[measured.found.unreachable].sum()),
        GREEN_STRAIGHT.id: float(percent(float(people[measured.near_green].sum()), total)),
    } | {f"covered_{row['kind']}_pct": float(row["covered_pct"]) for row in tables[2].frame.to_dict("records")}
    for spec in _specs(measured.found.kinds):
        yield Figure(spec, known[spec.id]) if spec.id in known else Figure(spec, None, _NO_SERVICE)


def _layers(measured: Measured, tables: tuple[Table, ...], placed: Proposals | None) -> Mapping[str, GeoDataFrame]:
    crs = measured.services.frame.crs
    table = tables[0].frame
    layers = {measured.where.id: GeoDataFrame(table, geometry=measured.where.frame.geometry.to_numpy(), crs=crs)}
    layers["services"] = _with_row(measured, tables[3].frame, measured.services.frame.geometry.to_numpy())
    layers["homes"] = GeoDataFrame(sums.by_home(measured), geometry=measured.homes.points, crs=crs)
    if measured.reach.network is not None and len(measured.reach.network.first):
        layers["network"] = measured.reach.network.layer(crs)
    if placed is not None and len(placed.table):
        layers["proposals"] = GeoDataFrame(placed.table, geometry=placed.geometry, crs=crs)
    alone = tables[5].frame
    if len(alone):
        layers["unreachable"] = GeoDataFrame(alone, geometry=points_from_xy(alone["east_m"], alone["north_m"]), crs=crs)
    return layers


def _with_row(measured: Measured, loads: pd.DataFrame, geometry: NDArray[np.object_]) -> GeoDataFrame:
    """Return the row of each service in the table with its place or ground; ``id`` is its place in it, from 1."""
    frame = loads.assign(id=np.arange(1, len(loads) + 1))
    return GeoDataFrame(frame, geometry=geometry, crs=measured.services.frame.crs)


def _left(measured: Measured, tables: tuple[Table, ...]) -> Iterator[Problem]:
    """Yield who is not served because nothing is in reach, and who lives beyond the boundary."""
    alone = tables[5].frame
    if len(alone):
        yield remarks.unreachable(float(alone["people"].sum()), sorted(set(alone["name"])))
    outside = float(measured.homes.residents.sum() - measured.inside.sum())
    if outside >= 1.0:
        yield remarks.beyond(outside)


def _against(inputs: Mapping[str, Any], params: CoverageParams) -> list[Problem]:
    there = {*KINDS, *words(inputs["services"], "kind")} if "services" in inputs else set(KINDS)
    unknown = [row.id for row in params.threshold if row.id not in there]
    profile = [] if params.profile in PROFILES else [remarks.unknown_profile(params.profile)]
    placing = [] if params.placing in PLACINGS else [remarks.unknown_placing(params.placing)]
    return [*profile, *placing, *(remarks.unknown_kind(kind) for kind in unknown)]


SERVICE_COVERAGE = Analysis(
    id="service-coverage",
    title=Text("Copertura dei servizi", "Service coverage"),
    about=Text(
        "Chi raggiunge a piedi nidi, scuole, parchi, medici, fermate; dove un servizio in più aiuta di più.",
        "Who reaches nurseries, schools, parks, doctors, stops on foot; where one more service helps most.",
    ),
    method=Text(
        "I tempi a piedi si misurano sulla rete stradale, con scale e pendenze, da dove le persone abitano "
        "a ogni servizio. Un residente è servito se il servizio più vicino del suo tipo sta entro la "
        "soglia di minuti di quel tipo. Le soglie sono valori di pratica, da verificare; la regola sul "
        "verde (almeno mezzo ettaro entro 300 metri) è dell'OMS.",
        "Walking times are measured on the street network, with stairs and slopes, from where people live "
        "to every service. A resident is served if the nearest service of a kind lies within that kind's "
        "threshold in minutes. The thresholds are values of practice, to be verified; the rule on green "
        "(at least half a hectare within 300 metres) is the WHO's.",
    ),
    inputs=(
        roles.BOUNDARY,
        roles.SERVICES,
        roles.STREETS,
        roles.CENSUS,
        roles.NEIGHBOURHOODS,
        roles.ELEVATION,
        roles.BUILDINGS,
        roles.CANDIDATE_SITES,
        roles.PUBLIC_LAND,
        roles.GREEN,
    ),
    needs=((roles.BOUNDARY,), (roles.SERVICES,)),
    params=CoverageParams,
    run=service_coverage,
    figures=FIGURES,
    tables=TABLES,
    problems=_against,
    live=Live(opened),
    headlines=("access_15_min_score", "unreachable_people", "covered_verde_pct", "covered_primaria_pct"),
    operands=(PEOPLE,),
)
