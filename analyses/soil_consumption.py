"""How much soil is consumed, where, and how much more than before.

Method: exact areas of ISPRA's soil-consumption classes in each unit (``analyses.zonal``), or, without the raster,
artificial surfaces of a land-use map (``analyses.artificial_surfaces``), which are never called consumed soil.
Source of definitions: ISPRA/SNPA, «Consumo di suolo, dinamiche territoriali e servizi ecosistemici»; indicators and
their sources in ``soil_indicators.csv``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame, GeoSeries

from analyses import artificial_surfaces, editions, soil_indicators, soil_ledger, soil_remarks
from analyses.analysis import Analysis, Edition, Population
from analyses.editions import Span, span
from analyses.params import param
from analyses.progress import Report, silent
from analyses.result import Result, Table
from analyses.soil_codes import CLASS_OF, CODES
from analyses.soil_indicators import M2_A_HA, State
from analyses.soil_ledger import Areas
from analyses.soil_tables import BY_UNIT, TABLES, TRANSITION
from analyses.units import Units, all_units
from layers import roles
from layers.problems import Problem
from layers.raster import Raster
from layers.text import Text

_LAST_YEAR = 2100


@dataclass(frozen=True)
class SoilParams:
    """Which two states are compared."""

    year_from: int | None = param(
        None,
        Text("Anno iniziale", "First year"),
        low=1900,
        high=_LAST_YEAR,
        help=Text("Vuoto: il più vecchio che c'è.", "Empty: the oldest there is."),
    )
    year_to: int | None = param(
        None,
        Text("Anno finale", "Last year"),
        low=1900,
        high=_LAST_YEAR,
        help=Text("Vuoto: il più recente che c'è.", "Empty: the most recent there is."),
    )


def soil_consumption(
    *,
    boundary: GeoDataFrame,
    soil_consumption: tuple[Edition[Raster], ...] = (),
    land_use: tuple[Edition[GeoDataFrame], ...] = (),
    neighbourhoods: GeoDataFrame | None = None,
    zoning: tuple[Edition[GeoDataFrame], ...] = (),
    districts: GeoDataFrame | None = None,
    population: Population | None = None,
    params: SoilParams = SoilParams(),
    report: Report = silent,
) -> Result:
    """Measure consumed soil in each commune, neighbourhood, zone and district, and what changed.

    Parameters
    ----------
    boundary : communes (name, code), polygons in a metric CRS; every other layer is in the same
    soil_consumption : ISPRA-coded rasters in any CRS; two on the same grid to compare
    land_use : polygons with CORINE-like ``code``; used only where there is no raster
    neighbourhoods, zoning, districts : units; ground outside the boundary is left out
    population : residents by year, one series a reference
    params : the years compared
    report : told the share done; may raise Cancelled

    Returns
    -------
    Result
        Areas in m², exact to the partial cell; in every table classes and no-data add up to the unit, and units to
        the boundary. With the raster the figures of ``soil_indicators.csv``; without, ``superfici_artificiali_…``.
    """
    everywhere = all_units(boundary, neighbourhoods, zoning, districts)
    if soil_consumption:
        rasters = span(soil_consumption, params.year_from, params.year_to)
        return _of_rasters(everywhere, rasters, population or {}, report)
    return _of_land_use(everywhere, span(land_use, params.year_from, params.year_to), report)


def _of_rasters(everywhere: tuple[Units, ...], rasters: Span[Raster], people: Population, report: Report) -> Result:
    areas, transitions = _measured(_grounds(everywhere), rasters, report)
    ledger = soil_ledger.of_one_date(areas) if transitions is None else soil_ledger.of_two_dates(transitions)
    tables = _tables(everywhere, ledger, "consumed")
    said = _remarks(everywhere)
    whole = everywhere[0]
    areas = areas[: len(whole.frame)]
    if transitions is not None:
        transitions = transitions[: len(whole.frame)]
        tables.append(Table(TRANSITION, soil_ledger.transition_rows(transitions)))
        said += soil_remarks.on_change(transitions.sum(axis=0))
    series = _series(people, rasters)
    said += [soil_remarks.on_people(series)] if series else []
    state = _state(areas, transitions, float(whole.area_m2.sum()), rasters, people.get(series, {}))
    return Result(soil_indicators.figures(state), tuple(tables), _layers(everywhere, tables), tuple(said))


def _measured(grounds: GeoSeries, rasters: Span[Raster], report: Report) -> tuple[Areas, Areas | None]:
    """Return the area of each class and, with two dates, of each transition, in every unit (m²)."""
    # Numba takes a second to import; `puc-tool --help` and `list` read this file's declarations and need none of it.
    from analyses.zonal import zonal_areas, zonal_transitions

    after = rasters.last.data
    if rasters.first is None:
        return zonal_areas(grounds, after, CLASS_OF, len(CODES), report=report), None
    transitions = zonal_transitions(grounds, rasters.first.data, after, CLASS_OF, len(CODES), report=report)
    return transitions.sum(axis=1), transitions


def _of_land_use(everywhere: tuple[Units, ...], maps: Span[GeoDataFrame], report: Report) -> Result:
    ledger = artificial_surfaces.ledger(_grounds(everywhere).to_numpy(), maps, report)
    tables = _tables(everywhere, ledger, "artificial")
    whole = everywhere[0]
    missing = soil_indicators.without_raster(soil_remarks.NO_RASTER)
    of_communes = ledger[: len(whole.frame)]
    figures = artificial_surfaces.figures(of_communes, float(whole.area_m2.sum()))
    once_m2 = float(of_communes["one_date_m2"].sum()) if "one_date_m2" in of_communes else 0.0
    said = (*_remarks(everywhere), soil_remarks.LAND_USE_ONLY, *soil_remarks.on_maps(once_m2))
    return Result((*figures, *missing), tuple(tables), _layers(everywhere, tables), said)


def _grounds(everywhere: tuple[Units, ...]) -> GeoSeries:
    """Return the ground of every unit of every kind, one after the other: all are measured in one pass."""
    return pd.concat([each.frame for each in everywhere], ignore_index=True).geometry


def _remarks(everywhere: tuple[Units, ...]) -> list[Problem]:
    return [problem for each in everywhere for problem in each.problems]


def _tables(everywhere: tuple[Units, ...], ledger: pd.DataFrame, what: str) -> list[Table]:
    tables, start = [], 0
    for each in everywhere:
        rows = ledger.iloc[start : start + len(each.frame)].reset_index(drop=True)
        start += len(each.frame)
        area_m2 = each.area_m2.to_numpy()
        whole = each.frame[["code", "name"]].assign(area_m2=area_m2).join(rows)
        whole[f"{what}_pct"] = _pct(rows[f"{what}_m2"].to_numpy(), area_m2)
        spec = BY_UNIT[each.id]
        tables.append(Table(spec, whole[[column.id for column in spec.columns if column.id in whole.columns]]))
    return tables


def _pct(part_m2: Areas, whole_m2: Areas) -> Areas:
    """Return the share in percent; a unit that has no ground in the boundary has 0."""
    return 100.0 * np.divide(part_m2, whole_m2, out=np.zeros_like(whole_m2), where=whole_m2 > 0.0)


def _layers(everywhere: tuple[Units, ...], tables: list[Table]) -> Mapping[str, GeoDataFrame]:
    """Return the units as polygons with what their tables say, for the map and the geopackage."""
    return {
        each.id: GeoDataFrame(table.frame, geometry=each.frame.geometry.to_numpy(), crs=each.frame.crs)
        for each, table in zip(everywhere, tables, strict=False)
    }


def _state(
    areas_m2: Areas, transitions_m2: Areas | None, area_m2: float, rasters: Span[Raster], residents: Mapping[int, int]
) -> State:
    """Return the sums over all communes."""
    now = soil_ledger.of_one_date(areas_m2).sum() / M2_A_HA
    year, first_year = rasters.last.year, rasters.first.year if rasters.first else None
    state = State(
        area_ha=area_m2 / M2_A_HA,
        consumed_ha=float(now["consumed_m2"]),
        permanent_ha=float(now["permanent_m2"]),
        unspecified_ha=float(areas_m2[:, CLASS_OF[1]].sum()) / M2_A_HA,
        year=year,
        people=None if year is None else residents.get(year),
        first_year=first_year,
        first_people=None if first_year is None else residents.get(first_year),
    )
    return state if transitions_m2 is None else _with_change(state, transitions_m2)


def _with_change(state: State, transitions_m2: Areas) -> State:
    before = soil_ledger.of_one_date(transitions_m2.sum(axis=2)).sum() / M2_A_HA
    change = soil_ledger.of_two_dates(transitions_m2).sum() / M2_A_HA
    return replace(
        state,
        first_consumed_ha=float(before["consumed_m2"]),
        gross_ha=float(change["gross_m2"]),
        restored_ha=float(change["restored_m2"]),
    )


def _series(people: Population, rasters: Span[Raster]) -> str:
    """Return the name of the series that knows most of the years, rather the later; of equals the first named."""
    year, first_year = rasters.last.year, rasters.first.year if rasters.first else None
    known = {name: (len({year, first_year} & set(each)), year in each) for name, each in people.items()}
    best = max(known, key=lambda name: known[name], default="")
    return best if best and known[best][0] else ""


def _problems(inputs: Mapping[str, Any], params: SoilParams) -> list[Problem]:
    """Return what speaks against these inputs: years that are not there, two grids that do not match."""
    role = roles.SOIL_CONSUMPTION if inputs.get("soil_consumption") else roles.LAND_USE
    dated = inputs.get(role.id) or ()
    said = editions.problems(role, dated, params.year_from, params.year_to)
    if said or not dated or role is roles.LAND_USE:
        return said
    rasters = span(dated, params.year_from, params.year_to)
    if rasters.first and not rasters.first.data.grid.matches(rasters.last.data.grid):
        return [soil_remarks.GRIDS_DIFFER]
    return []


SOIL_CONSUMPTION = Analysis(
    id="soil-consumption",
    title=Text("Consumo di suolo", "Soil consumption"),
    about=Text(
        "Quanto suolo è consumato, dove, e quanto di più rispetto a prima.",
        "How much soil is consumed, where, and how much more than before.",
    ),
    inputs=(
        roles.BOUNDARY,
        roles.SOIL_CONSUMPTION,
        roles.LAND_USE,
        roles.NEIGHBOURHOODS,
        roles.ZONING,
        roles.DISTRICTS,
    ),
    needs=((roles.BOUNDARY,), (roles.SOIL_CONSUMPTION, roles.LAND_USE)),
    params=SoilParams,
    run=soil_consumption,
    figures=(*soil_indicators.FIGURES, *artificial_surfaces.FIGURES),
    tables=TABLES,
    problems=_problems,
)
