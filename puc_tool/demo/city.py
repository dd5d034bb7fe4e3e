"""The demonstration city: a made-up La Spezia inside its real boundary, from one seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from geopandas import GeoDataFrame

from analyses.progress import Report, silent
from layers.communes import YEAR, Population, population
from layers.raster import ArrayRaster
from layers.text import Text
from puc_tool.demo import old_plan, open_land, plan
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
from puc_tool.demo.places import CODE
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

Key = tuple[str, int | None]
Tables = Mapping[Key, GeoDataFrame]
Rasters = Mapping[Key, ArrayRaster]


@dataclass(frozen=True)
class City:
    """The datasets of the study, by the name of their role and their year.

    ``tables`` and the elevation (m, cells of 5 m) are in EPSG:7791, the soil maps in EPSG:3035. The boundary, the
    neighbours (``reference``), the coastline and ``population`` are real (ISTAT 2023); all else is made up and says
    so in its field ``source``. Neighbourhoods, census, zoning and land use each tile the boundary.
    """

    population: Population
    tables: Tables
    rasters: Rasters


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
    residents = population(CODE)
    drawn = {("streets", None): edges, ("hydrography", None): wet}
    tables = drawn | _real(stage) | _of_people(stage, there, edges, residents) | _maps(stage, there)
    city = City(residents, tables | _of_nature(stage, run_off), _rasters(stage, run_off, there))
    report(1.0, Text("La città è pronta", "The city is ready"))
    return city


def finished(seed: int) -> tuple[Setting, Water]:
    """Return the stage with its roads laid on the finished relief, and how water runs there."""
    sketch = setting(seed)
    run_off = water(sketch)
    heights = Field(run_off.ways.filled, run_off.ways.lattice)
    return replace(sketch, ways=roads(sketch.ground, heights, sketch.centres, seed)), run_off


def _real(stage: Setting) -> dict[Key, GeoDataFrame]:
    ground = stage.ground
    return {
        ("boundary", None): ground.boundary,
        ("reference", None): ground.around,
        ("coastline", None): coastline(ground),
    }


def _of_people(stage: Setting, there: Town, edges: GeoDataFrame, residents: Population) -> dict[Key, GeoDataFrame]:
    """Return what has to do with people: who lives where, and what there is for them."""
    standing = buildings(there.lots, there.footprints, there.stands, residents.total, stage.seed)
    sections, land = census(stage, edges, standing, residents), open_ground(stage, there)
    leisure = open_land.green(land)
    places = service_places(edges, standing, leisure, land, stage.ground.commune)
    return {
        ("buildings", None): standing.reset_index(drop=True),
        ("census", YEAR): sections.drop(columns="hood"),
        ("neighbourhoods", None): _counted(stage.hoods, sections),
        ("services", None): services(places, stage.seed),
        ("green", None): leisure,
        ("parcels", None): open_land.parcels(land, stage.seed),
        ("public_land", None): open_land.public_land(land, stage.hoods),
        ("candidate_sites", None): open_land.candidate_sites(land, stage.seed),
    }


def _maps(stage: Setting, there: Town) -> dict[Key, GeoDataFrame]:
    soil = there.soil
    plans: dict[Key, GeoDataFrame] = {
        ("zoning", old_plan.YEAR): old_plan.old_plan(stage, soil[min(soil)]),
        ("zoning", plan.YEAR): plan.plan(stage, soil[max(soil)]),
    }
    return plans | {("land_use", year): land_use(stage, soil[year], year) for year in LAND_USE_YEARS}


def _of_nature(stage: Setting, run_off: Water) -> dict[Key, GeoDataFrame]:
    """Return what hangs on the ground and its water, and what is drawn whatever else there is."""
    return {
        ("flood_hazard", None): flood_hazard(stage, run_off),
        ("landslide_hazard", None): landslide_hazard(stage, run_off),
        ("constraints", None): constraints(stage, run_off),
        ("contaminated_sites", None): contaminated_sites(stage),
        ("water_points", None): water_points(stage),
        ("districts", None): districts(stage),
        ("railways", None): railways(stage),
    }


def _rasters(stage: Setting, run_off: Water, there: Town) -> dict[Key, ArrayRaster]:
    maps: dict[Key, ArrayRaster] = {("elevation", None): elevation(stage, run_off)}
    return maps | {("soil_consumption", year): _raster(stage.cells, codes) for year, codes in there.soil.items()}


def _counted(hoods: GeoDataFrame, sections: GeoDataFrame) -> GeoDataFrame:
    """Return the neighbourhoods with the residents of their sections."""
    people = np.bincount(sections["hood"], sections["population"], len(hoods)).astype(np.int64)
    return hoods.assign(population=people)[["code", "name", "population", "source", "geometry"]]


def _raster(cells: Cells, codes: Codes) -> ArrayRaster:
    return ArrayRaster(np.ma.masked_equal(cells.on_map(codes), 0), cells.lattice.grid(SOIL_CRS))
