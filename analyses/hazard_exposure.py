"""What stands in the way of water and landslides: area, people, buildings, services, consumed soil in each class.

Method: polygons of one class are dissolved, where classes overlap the most restrictive wins (``hazard.classes``); the
ground is cut at the outlines of every unit and zone, and each figure is a sum over the pieces (``fragments``), whose
areas are measured a second way (``proof``). People are spread over buildings (``people``). Hazard alone is shown: risk
would need the vulnerability of what is exposed.
Source of classes: D.Lgs 49/2010, ISPRA mosaics, the basin plans' legends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

import pandas as pd
from geopandas import GeoDataFrame

from analyses.analysis import Analysis, Edition, Population
from analyses.hazard import idrogeo, plan, sea_remarks
from analyses.hazard.classes import FLOOD, LANDSLIDE, on_ground, zones
from analyses.hazard.exposure import Exposed, exposed
from analyses.hazard.figures import FIGURES, figures
from analyses.hazard.params import UNTOUCHED, HazardParams
from analyses.hazard.sea_level import Coast, flooded, scenarios
from analyses.hazard.sums import Ground, Sums, ground_of, sums_of
from analyses.hazard.tables import BY_CLASS, BY_UNIT, RECONCILIATION, SEA_LEVEL, TABLES, USES
from analyses.hazard.uses import DISCLAIMED, uses
from analyses.progress import Report, part_of, silent
from analyses.proof import proven
from analyses.result import Figure, Result, Table
from analyses.territory import TERRITORY
from analyses.units import Units, all_units
from layers import roles
from layers.problems import Problem
from layers.raster import Raster
from layers.text import Text
from layers.union import union_of_parts


def hazard_exposure(
    *,
    boundary: GeoDataFrame,
    flood_hazard: GeoDataFrame | None = None,
    landslide_hazard: GeoDataFrame | None = None,
    census: tuple[Edition[GeoDataFrame], ...] = (),
    buildings: GeoDataFrame | None = None,
    services: GeoDataFrame | None = None,
    zoning: tuple[Edition[GeoDataFrame], ...] = (),
    districts: GeoDataFrame | None = None,
    neighbourhoods: GeoDataFrame | None = None,
    soil_consumption: tuple[Edition[Raster], ...] = (),
    elevation: Raster | None = None,
    coastline: GeoDataFrame | None = None,
    population: Population | None = None,
    params: HazardParams = UNTOUCHED,
    report: Report = silent,
) -> Result:
    """Measure what lies in each hazard class, per neighbourhood, zone and district, and below sea levels.

    Parameters
    ----------
    boundary : communes (name, code, and IdroGEO's indicators if joined), polygons in a metric CRS; all else is in the
        same
    flood_hazard, landslide_hazard : polygons with ``class``, which may overlap
    census, buildings : people (latest year) and what they live in; without census the neighbourhoods' population
    services : points or polygons, each counted where its inner point lies
    zoning, districts, neighbourhoods : units
    soil_consumption, elevation : rasters in any CRS
    coastline : where the sea comes in
    population : not used: people of a year can't be placed
    params, report : as every analysis

    Returns
    -------
    Result
        Areas in m²; in every table classes (the empty one is ground in no class) add up to the unit, and units to the
        boundary. ``layers["fragments"]`` holds the pieces every figure is a sum of, ``beyond`` those in no class.
    """
    everywhere = all_units(boundary, neighbourhoods, zoning, districts)
    things = exposed(census, neighbourhoods, buildings, services, soil_consumption)
    outline = union_of_parts(boundary.geometry.to_numpy())
    layers = {FLOOD: flood_hazard, LANDSLIDE: landslide_hazard}
    inside = {name: on_ground(layer, outline) for name, layer in layers.items() if layer is not None}
    ground = ground_of(outline, everywhere, part_of(report, 0.0, 0.1))
    sums = _measured(inside, ground, things, part_of(report, 0.1, 0.7))
    planned = _planned(everywhere, districts, params)
    hazards = Result(
        tuple(_figures(layers, sums, float(everywhere[0].area_m2.sum()))),
        (*_class_tables(sums), *_unit_tables(sums, everywhere, planned)),
        {
            "fragments": pd.concat([each.layer(everywhere) for each in sums.values()], ignore_index=True),
            "beyond": pd.concat([each.beyond(everywhere) for each in sums.values()], ignore_index=True),
        },
        (*_remarks(everywhere, sums, planned), *things.problems(outline)),
    )
    sea = _sea(elevation, coastline, boundary, things=things, params=params, report=part_of(report, 0.7, 1.0))
    return _together(hazards, sea, _published(boundary, hazards))


def _measured(
    layers: Mapping[str, GeoDataFrame], ground: Ground, things: Exposed, report: Report
) -> Mapping[str, Sums]:
    """Return the sums of each hazard that the study has."""
    count = len(layers)
    steps = [part_of(report, place / count, (place + 1) / count) for place in range(count)]
    return {
        codelist: sums_of(zones(layer, codelist), ground, things, step)
        for (codelist, layer), step in zip(layers.items(), steps, strict=True)
    }


def _planned(
    everywhere: tuple[Units, ...], districts: GeoDataFrame | None, params: HazardParams
) -> Mapping[str, pd.DataFrame]:
    """Return what each m² of a district gets from the plan, under the id of the units."""
    if districts is None:
        return {}
    units = everywhere[-1]
    return {units.id: plan.densities(units, districts, params.floor_area_per_person_m2)}


def _figures(layers: Mapping[str, object], sums: Mapping[str, Sums], area_m2: float) -> Iterator[Figure]:
    for codelist in layers:
        yield from sums[codelist].figures() if codelist in sums else figures(codelist, None, area_m2)


def _class_tables(sums: Mapping[str, Sums]) -> Iterator[Table]:
    by_class = pd.concat([each.by_class() for each in sums.values()], ignore_index=True)
    yield Table.of(BY_CLASS, by_class)
    yield Table.of(USES, uses(by_class))


def _unit_tables(
    sums: Mapping[str, Sums], everywhere: tuple[Units, ...], planned: Mapping[str, pd.DataFrame]
) -> Iterator[Table]:
    for units in everywhere:
        if units.id in BY_UNIT:
            rows = [each.by_unit(units, planned.get(units.id)) for each in sums.values()]
            yield Table.of(BY_UNIT[units.id], pd.concat(rows, ignore_index=True))


def _sea(
    elevation: Raster | None,
    coastline: GeoDataFrame | None,
    boundary: GeoDataFrame,
    *,
    things: Exposed,
    params: HazardParams,
    report: Report,
) -> Result:
    if elevation is None:
        return Result((), ())
    if coastline is None:
        return Result((), (), problems=(sea_remarks.NO_COAST,))
    wanted = scenarios(params.surge_m)
    coast = Coast(coastline, params.coast_offset_m, params.through_corners)
    found = flooded(elevation, coast, boundary.geometry, wanted, part_of(report, 0.0, 0.7))
    table = Table.of(SEA_LEVEL, found.table(wanted, things, part_of(report, 0.7, 1.0)))
    said = (sea_remarks.caveat(params.dtm_accuracy_m), *sea_remarks.unknown(found.unknown_m2))
    return Result((), (table,), {"sea_level": found.layer()}, said)


def _published(boundary: GeoDataFrame, hazards: Result) -> Result:
    """Return the comparison with IdroGEO, where its table is joined to the boundary."""
    if not idrogeo.is_joined(boundary):
        return Result((), ())
    ours = {figure.spec.id: figure.value for figure in hazards.figures}
    table = Table.of(RECONCILIATION, idrogeo.reconciliation(boundary, ours))
    return Result((), (table,), problems=(idrogeo.WRONG_AREA,))


def _together(*results: Result) -> Result:
    return Result(
        tuple(chain.from_iterable(each.figures for each in results)),
        tuple(chain.from_iterable(each.tables for each in results)),
        dict(chain.from_iterable(each.layers.items() for each in results)),
        tuple(chain.from_iterable(each.problems for each in results)),
    )


def _remarks(
    everywhere: tuple[Units, ...], sums: Mapping[str, Sums], planned: Mapping[str, pd.DataFrame]
) -> Iterator[Problem]:
    for units in everywhere:
        yield from units.problems
        if units.id in planned:
            yield from plan.problems(units, planned[units.id])
    for each in sums.values():
        yield from each.zones.problems
    yield proven([each.proof for each in sums.values()])
    yield DISCLAIMED


HAZARD_EXPOSURE = Analysis(
    id="hazard-exposure",
    title=Text("Esposizione alla pericolosità", "Hazard exposure"),
    about=Text(
        "Che cosa sta nelle aree a pericolosità idraulica e da frana, e sotto il livello del mare.",
        "What lies in flood and landslide hazard, and below the level of the sea.",
    ),
    method=Text(
        "Le classi dei piani di bacino (PAI per le frane, PGRA per le alluvioni) sono portate alle classi "
        "nazionali; dove si sovrappongono vale la più grave, e ogni metro quadro conta una volta. I "
        "residenti delle sezioni di censimento sono ripartiti fra gli edifici residenziali in proporzione "
        "al volume. Gli indicatori sono quelli di IdroGEO (ISPRA).",
        "The classes of the basin plans (PAI for landslides, PGRA for floods) become the national ones; "
        "where they overlap the gravest holds, and every square metre counts once. Residents of the census "
        "sections are spread over residential buildings by volume. The indicators are those of IdroGEO "
        "(ISPRA).",
    ),
    inputs=(
        roles.BOUNDARY,
        roles.FLOOD_HAZARD,
        roles.LANDSLIDE_HAZARD,
        roles.CENSUS,
        roles.BUILDINGS,
        roles.SERVICES,
        roles.ZONING,
        roles.DISTRICTS,
        roles.NEIGHBOURHOODS,
        roles.SOIL_CONSUMPTION,
        roles.ELEVATION,
        roles.COASTLINE,
    ),
    needs=((roles.BOUNDARY,), (roles.FLOOD_HAZARD, roles.LANDSLIDE_HAZARD)),
    params=HazardParams,
    run=hazard_exposure,
    figures=FIGURES,
    tables=TABLES,
    headlines=("flood_p2_m2", "landslide_p3_p4_m2", "flood_p2_people"),
    operands=(TERRITORY,),
)
