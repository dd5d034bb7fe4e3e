"""The demonstration city: a made-up La Spezia inside its real boundary, from one seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from geopandas import GeoDataFrame

from analyses.progress import Report, silent
from layers.communes import Population, population
from layers.raster import ArrayRaster
from layers.text import Text
from puc_tool.demo import open_land
from puc_tool.demo.buildings import buildings
from puc_tool.demo.cells import SOIL_CRS, Cells
from puc_tool.demo.census import census
from puc_tool.demo.constraints import constraints
from puc_tool.demo.districts import districts
from puc_tool.demo.elevation import elevation
from puc_tool.demo.fabric import Codes
from puc_tool.demo.field import Field
from puc_tool.demo.flood import flood_hazard
from puc_tool.demo.land_use import LAND_USE_YEARS, land_use
from puc_tool.demo.landslides import landslide_hazard
from puc_tool.demo.old_plan import old_plan
from puc_tool.demo.places import CODE
from puc_tool.demo.plan import plan
from puc_tool.demo.railways import railways
from puc_tool.demo.roads import roads
from puc_tool.demo.service_places import service_places
from puc_tool.demo.services import services
from puc_tool.demo.setting import Setting, setting
from puc_tool.demo.settled import settled
from puc_tool.demo.sites import contaminated_sites
from puc_tool.demo.streams import Water, water
from puc_tool.demo.streets import streets
from puc_tool.demo.town import Town, open_ground, town
from puc_tool.demo.water import coastline, hydrography, water_points

SEED = 11015
PLAN_YEARS = (1987, 2003)


@dataclass(frozen=True)
class City:
    """The datasets of the study by the name of their role, those of several years by year.

    Vectors and ``elevation`` (m, 5 m) are in EPSG:7791, ``soil_consumption`` in EPSG:3035. ``boundary``,
    ``reference`` and ``population`` are real (ISTAT 2023); all else is made up and says so in its field ``source``.
    Neighbourhoods, census, zoning and land use each tile the boundary.
    """

    population: Population
    boundary: GeoDataFrame
    neighbourhoods: GeoDataFrame
    census: GeoDataFrame
    zoning: Mapping[int, GeoDataFrame]
    districts: GeoDataFrame
    land_use: Mapping[int, GeoDataFrame]
    soil_consumption: Mapping[int, ArrayRaster]
    landslide_hazard: GeoDataFrame
    flood_hazard: GeoDataFrame
    elevation: ArrayRaster
    hydrography: GeoDataFrame
    streets: GeoDataFrame
    services: GeoDataFrame
    green: GeoDataFrame
    buildings: GeoDataFrame
    parcels: GeoDataFrame
    public_land: GeoDataFrame
    contaminated_sites: GeoDataFrame
    constraints: GeoDataFrame
    railways: GeoDataFrame
    water_points: GeoDataFrame
    coastline: GeoDataFrame
    candidate_sites: GeoDataFrame
    reference: GeoDataFrame


def make_city(seed: int = SEED, report: Report = silent) -> City:
    """Make the demonstration city; the same seed gives the same city, to the last digit.

    Parameters
    ----------
    seed : chooses noise and dice; places, valleys and districts stay where they are
    report : told the share done; may raise Cancelled
    """
    report(0.0, Text("Confini reali, rilievo e torrenti inventati", "Real boundaries, made-up relief and streams"))
    stage, run_off = finished(seed)
    report(0.25, Text("Strade, scalinate, sentieri", "Streets, stairs, paths"))
    land = settled(stage, Field(run_off.ways.filled, run_off.ways.lattice))
    edges, wet = streets(stage, land), hydrography(stage, run_off)
    report(0.4, Text("Lotti, edifici, suolo consumato", "Lots, buildings, consumed soil"))
    there = town(stage, land, edges, wet.geometry[wet["kind"] == "river"].to_numpy())
    report(0.6, Text("Persone, servizi, piani, pericoli", "People, services, plans, hazards"))
    city = City(
        population=population(CODE), boundary=stage.ground.boundary, reference=stage.ground.around,
        streets=edges, hydrography=wet, **_people(stage, there, edges), **_maps(stage, there), **_nature(stage, run_off),
    )  # fmt: skip
    report(1.0, Text("La città è pronta", "The city is ready"))
    return city


def finished(seed: int) -> tuple[Setting, Water]:
    """Return the stage with its roads laid on the finished relief, and how water runs there."""
    sketch = setting(seed)
    run_off = water(sketch)
    heights = Field(run_off.ways.filled, run_off.ways.lattice)
    return replace(sketch, ways=roads(sketch.ground, heights, sketch.centres, seed)), run_off


def _people(stage: Setting, there: Town, edges: GeoDataFrame) -> dict[str, GeoDataFrame]:
    """Return what has to do with people: who lives where, and what there is for them."""
    residents, commune = population(CODE), stage.ground.commune
    standing = buildings(there.lots, there.footprints, there.stands, residents.total, stage.seed)
    sections, land = census(stage, edges, standing, residents), open_ground(stage, there)
    leisure = open_land.green(land)
    places = service_places(edges, standing, leisure, land, commune)
    return {
        "buildings": standing.reset_index(drop=True), "census": sections.drop(columns="hood"),
        "neighbourhoods": _counted(stage.hoods, sections), "services": services(places, stage.seed),
        "green": leisure, "parcels": open_land.parcels(land, stage.seed), "public_land": open_land.public_land(land),
        "candidate_sites": open_land.candidate_sites(land, stage.seed),
    }  # fmt: skip


def _maps(stage: Setting, there: Town) -> dict[str, Mapping[int, GeoDataFrame] | Mapping[int, ArrayRaster]]:
    soil = there.soil
    return {
        "zoning": {1987: old_plan(stage, soil[2012]), 2003: plan(stage, soil[2018])},
        "land_use": {year: land_use(stage, soil[year], year) for year in LAND_USE_YEARS},
        "soil_consumption": {year: _raster(stage.cells, codes) for year, codes in soil.items()},
    }


def _nature(stage: Setting, run_off: Water) -> dict[str, GeoDataFrame | ArrayRaster]:
    return {
        "districts": districts(stage), "railways": railways(stage), "elevation": elevation(stage, run_off),
        "flood_hazard": flood_hazard(stage, run_off), "landslide_hazard": landslide_hazard(stage, run_off),
        "contaminated_sites": contaminated_sites(stage), "constraints": constraints(stage, run_off),
        "water_points": water_points(stage), "coastline": coastline(stage.ground),
    }  # fmt: skip


def _counted(hoods: GeoDataFrame, sections: GeoDataFrame) -> GeoDataFrame:
    """Return the neighbourhoods with the residents of their sections."""
    people = np.bincount(sections["hood"], sections["population"], len(hoods)).astype(np.int64)
    return hoods.assign(population=people)[["code", "name", "population", "source", "geometry"]]


def _raster(cells: Cells, codes: Codes) -> ArrayRaster:
    return ArrayRaster(np.ma.masked_equal(cells.on_map(codes), 0), cells.lattice.grid(SOIL_CRS))
