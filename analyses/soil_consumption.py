"""How much soil is consumed, where, how much more than before, and how much more the plan would consume.

Method: exact areas of ISPRA's soil-consumption classes on the fragments of the ground that all units make together
(``analyses.fragments``, ``analyses.zonal``), or, without the raster, artificial surfaces of a land-use map
(``analyses.soil.artificial_surfaces``), which are never called consumed soil. Every table is a sum of the same pieces.
Source of definitions: ISPRA/SNPA, «Consumo di suolo, dinamiche territoriali e servizi ecosistemici»; indicators and
their sources in ``soil_indicators.csv``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import shapely
from geopandas import GeoDataFrame, GeoSeries

from analyses.analysis import Analysis, Edition, Population
from analyses.progress import Report, part_of, silent
from analyses.result import OUTLINE, Figure, Result, Table
from analyses.soil import artificial_surfaces, editions, indicators, remarks
from analyses.soil import zoning_transition as zonings
from analyses.soil.by_code import by_code, tell_of_communes
from analyses.soil.editions import Span, span
from analyses.soil.figures import FIGURES
from analyses.soil.ledger import Areas
from analyses.soil.measured import Ground, of_maps, of_rasters
from analyses.soil.operands import OPERANDS, facts
from analyses.soil.params import DEFAULTS, SoilParams
from analyses.soil.state import series_for, state_of, with_meshes, with_people, years_of
from analyses.soil.tables import LAYERS, TABLES, TRANSITION, ZONING_CHANGES, ZONING_TRANSITION
from analyses.soil.told import ARTIFICIAL, CONSUMED, Told, tell
from analyses.soil.units import ground_of
from analyses.soil.zoning_transition import ZoningTransition
from layers import roles
from layers.problems import Problem
from layers.raster import Raster
from layers.text import Text


def soil_consumption(
    *,
    boundary: GeoDataFrame,
    soil_consumption: tuple[Edition[Raster], ...] = (),
    land_use: tuple[Edition[GeoDataFrame], ...] = (),
    neighbourhoods: GeoDataFrame | None = None,
    zoning: tuple[Edition[GeoDataFrame], ...] = (),
    districts: GeoDataFrame | None = None,
    flood_hazard: GeoDataFrame | None = None,
    landslide_hazard: GeoDataFrame | None = None,
    coastline: GeoDataFrame | None = None,
    hydrography: GeoDataFrame | None = None,
    elevation: Raster | None = None,
    population: Population | None = None,
    params: SoilParams = DEFAULTS,
    report: Report = silent,
) -> Result:
    """Measure consumed soil in every unit of the study and any two crossed, what changed, what the plan commits.

    Parameters
    ----------
    boundary : communes (name, code), polygons in a metric CRS; every other layer is in the same
    soil_consumption : ISPRA-coded rasters in any CRS; to compare two, their cells must lie on each other
    land_use : polygons with CORINE-like ``code``; used only where there is no raster
    neighbourhoods, zoning, districts : units; ground outside the boundary is left out
    flood_hazard, landslide_hazard : classes of any vocabulary; where they overlap the most restrictive holds
    coastline, hydrography : lines (and polygons) that strips are measured from
    elevation : heights in metres, in any CRS
    population : residents by year, one series a reference
    params : the years compared, the path to net zero
    report : told the share done; may raise Cancelled

    Returns
    -------
    Result
        Areas in m², exact to the partial cell; in every table classes and no-data add up to the unit, and units to
        the boundary. With the raster the figures of ``soil_indicators.csv``; without, ``superfici_artificiali_…``.
    """
    layers = {
        roles.NEIGHBOURHOODS.id: neighbourhoods,
        roles.DISTRICTS.id: districts,
        roles.FLOOD_HAZARD.id: flood_hazard,
        roles.LANDSLIDE_HAZARD.id: landslide_hazard,
        roles.COASTLINE.id: coastline,
        roles.HYDROGRAPHY.id: hydrography,
    }
    study = _Study(ground_of(boundary, zoning, layers, elevation), zoning, population or {}, params)
    if soil_consumption:
        return _of_rasters(study, span(soil_consumption, params.year_from, params.year_to), report)
    return _of_land_use(study, span(land_use, params.year_from, params.year_to), report)


@dataclass(frozen=True)
class _Study:
    """What both ways of measuring share."""

    ground: Ground
    zoning: tuple[Edition[GeoDataFrame], ...]
    people: Population
    params: SoilParams

    @property
    def plan(self) -> GeoDataFrame | None:
        """The plan in force."""
        return self.zoning[-1].data if self.zoning else None

    @property
    def outline(self) -> GeoSeries:
        """The ground as one polygon."""
        return GeoSeries([self.ground.outline], crs=self.ground.crs)

    @property
    def area_m2(self) -> float:
        """Planar area of the ground."""
        return float(shapely.area(self.ground.outline))

    def moves(self, report: Report) -> ZoningTransition | None:
        """Return what became of the zones, where there are two plans."""
        plans = span(self.zoning, None, None) if self.zoning else None
        return zonings.zoning_transition(self.ground.outline, plans, report=report) if plans else None


@dataclass(frozen=True)
class _Own:
    """What one way of measuring has besides what both tell."""

    figures: tuple[Figure, ...]
    tables: tuple[Table, ...] = ()
    problems: tuple[Problem, ...] = ()


def _of_rasters(study: _Study, rasters: Span[Raster], report: Report) -> Result:
    # Numba takes a second to import; `puc-tool --help` and `list` read this file's declarations and need none of it.
    from analyses.soil.fragmentation import mesh_sizes

    found = by_code(study.ground.units[0].frame, rasters, part_of(report, 0.0, 0.2))
    years = years_of(rasters)
    series = series_for(study.people, years)
    state = with_people(
        state_of(found.areas_m2, found.transitions_m2, study.area_m2, years), study.people.get(series, {})
    )
    meshes = mesh_sizes(study.outline, rasters.last.data, by_corners=study.params.patches_by_corners)
    state = with_meshes(replace(state, is_logarithmic=study.params.sdg_logarithmic), meshes)
    tables, said = tell_of_communes(found, study.params)
    people = (remarks.on_people(series),) if series else ()
    measured = of_rasters(study.ground, rasters, part_of(report, 0.2, 0.9))
    own = _Own(indicators.figures(state), tables, (*people, *said))
    result = _together(study, own, tell(study.ground, measured, study.plan, CONSUMED), part_of(report, 0.9, 1.0))
    return result if found.transitions_m2 is None else _with_cells(study, rasters, found.transitions_m2, result)


def _with_cells(study: _Study, rasters: Span[Raster], transitions_m2: Areas, result: Result) -> Result:
    """Return the result with the cells of every transition, and the ground that cuts them."""
    # As above: the cells are cut by compiled kernels.
    from analyses.soil.transition_cells import transition_cells

    cells = transition_cells(study.outline, rasters, transitions_m2)
    outline = GeoDataFrame({"name": [roles.BOUNDARY.title.it]}, geometry=study.outline)
    return replace(
        result,
        layers={**result.layers, OUTLINE: outline},
        rasters={} if cells is None else {TRANSITION.id: cells},
    )


def _of_land_use(study: _Study, maps: Span[GeoDataFrame], report: Report) -> Result:
    measured = of_maps(study.ground, maps, part_of(report, 0.0, 0.9))
    told = tell(study.ground, measured, study.plan, ARTIFICIAL)
    communes = told.tables[0].frame
    figures = artificial_surfaces.figures(communes, study.area_m2)
    missing = indicators.without_raster(remarks.NO_RASTER)
    said = (remarks.LAND_USE_ONLY, *remarks.on_maps(measured.pieces.one_date_m2))
    return _together(study, _Own((*figures, *missing), (), said), told, part_of(report, 0.9, 1.0))


def _together(study: _Study, own: _Own, told: Told, report: Report) -> Result:
    moves = study.moves(report)
    report(1.0, zonings.TITLE)
    figures = (*own.figures, zonings.figure(moves))
    of_zones = () if moves is None else (Table(ZONING_TRANSITION, moves.frame),)
    said = (*told.problems, *own.problems, *(moves.problems if moves else ()))
    pieces = {} if moves is None else {ZONING_CHANGES.id: moves.pieces}
    return Result(figures, (*told.tables, *own.tables, *of_zones), {**told.layers, **pieces}, said)


def _problems(inputs: Mapping[str, Any], params: SoilParams) -> list[Problem]:
    """Return what speaks against these inputs: years that are not there, two grids that do not match."""
    role = roles.SOIL_CONSUMPTION if inputs.get("soil_consumption") else roles.LAND_USE
    dated = inputs.get(role.id) or ()
    said = editions.problems(role, dated, params.year_from, params.year_to)
    if said or not dated or role is roles.LAND_USE:
        return said
    rasters = span(dated, params.year_from, params.year_to)
    if rasters.first and rasters.last.data.grid.offset_to(rasters.first.data.grid) is None:
        return [remarks.GRIDS_DIFFER]
    return []


SOIL_CONSUMPTION = Analysis(
    id="soil-consumption",
    title=Text("Consumo di suolo", "Soil consumption"),
    about=Text(
        "Quanto suolo è consumato, dove, quanto di più rispetto a prima, e quanto ne impegna ancora il piano.",
        "How much soil is consumed, where, how much more than before, and how much the plan still commits.",
    ),
    method=Text(
        "Ogni cella della carta nazionale conta con la parte che sta davvero dentro il confine e con la "
        "propria superficie nel sistema di riferimento dello studio. È suolo consumato quello permanente "
        "(codici 11) e reversibile (codici 12), secondo le definizioni ISPRA/SNPA. Consumo lordo, "
        "ripristino e consumo netto confrontano le stesse celle alle due date; due edizioni della carta "
        "non si confrontano.",
        "Every cell of the national map counts with the part that really lies within the boundary and with "
        "its own area in the study's reference system. Consumed soil is permanent (codes 11) or reversible "
        "(codes 12), as ISPRA/SNPA define it. Gross consumption, restoration and net consumption compare "
        "the same cells at the two dates; two editions of the map are not compared.",
    ),
    inputs=(
        roles.BOUNDARY,
        roles.SOIL_CONSUMPTION,
        roles.LAND_USE,
        roles.NEIGHBOURHOODS,
        roles.ZONING,
        roles.DISTRICTS,
        roles.FLOOD_HAZARD,
        roles.LANDSLIDE_HAZARD,
        roles.COASTLINE,
        roles.HYDROGRAPHY,
        roles.ELEVATION,
    ),
    needs=((roles.BOUNDARY,), (roles.SOIL_CONSUMPTION, roles.LAND_USE)),
    params=SoilParams,
    run=soil_consumption,
    figures=(*FIGURES, *artificial_surfaces.FIGURES, zonings.CHANGED),
    tables=TABLES,
    problems=_problems,
    headlines=("suolo_consumato_pct", "suolo_consumato_ha", "consumo_netto_ha", "superfici_artificiali_pct"),
    layers=LAYERS,
    operands=OPERANDS,
    facts=facts,
)
