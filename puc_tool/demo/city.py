"""The demonstration city: a made-up La Spezia inside its real boundary, from one seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from analyses.progress import Report, silent
from layers.communes import Population, population
from layers.raster import ArrayRaster
from layers.text import Text
from puc_tool.demo.blocks import blocks
from puc_tool.demo.cells import SOIL_CRS, Cells
from puc_tool.demo.fabric import BUILDING, Codes, attraction, fabric
from puc_tool.demo.land_use import land_use
from puc_tool.demo.neighbourhoods import shared_out
from puc_tool.demo.paint import coats
from puc_tool.demo.places import CODE, CRS_CODE
from puc_tool.demo.plan import plan
from puc_tool.demo.setting import Setting, setting
from puc_tool.demo.soil import YEARS, soil_maps

SEED = 11015

# Residents for each cell of building, relative to each other.
_CROWDED = {"centre": 3.0, "town": 2.4, "hill": 0.7, "works": 0.25}


@dataclass(frozen=True)
class City:
    """The datasets of the study. Polygons and ``elevation`` (m, 20 m) are in EPSG:7791, ``soil`` in EPSG:3035.

    ``boundary``, ``neighbours`` and ``population`` are real (ISTAT 2023); all else is made up and says so in its
    field ``source``. Neighbourhoods, zoning and land use each tile the boundary.
    """

    boundary: GeoDataFrame
    neighbours: GeoDataFrame
    population: Population
    neighbourhoods: GeoDataFrame
    zoning: GeoDataFrame
    land_use: GeoDataFrame
    soil: Mapping[int, ArrayRaster]
    elevation: ArrayRaster


def make_city(seed: int = SEED, report: Report = silent) -> City:
    """Make the demonstration city; the same seed gives the same city, to the last digit.

    Parameters
    ----------
    seed : chooses noise and dice; places, valleys and districts stay where they are
    report : told the share done; may raise Cancelled
    """
    report(0.0, Text("Confini reali, rilievo e strade inventati", "Real boundaries, made-up relief and roads"))
    stage = setting(seed)
    report(0.5, Text("Case, banchine, cave: il suolo consumato", "Houses, quays, quarries: the consumed soil"))
    soil = _soil(stage)
    report(0.8, Text("Piano e uso del suolo", "Plan and land use"))
    city = _gathered(stage, soil)
    report(1.0, Text("La città è pronta", "The city is ready"))
    return city


def _soil(stage: Setting) -> Mapping[int, Codes]:
    """Return the codes of the soil map's cells by year."""
    district = stage.cells.numbered(list(stage.hoods.geometry))
    pattern = blocks(stage.cells, district, stage.characters, stage.seed)
    grown = fabric(stage.cells, pattern, attraction(stage), stage.characters, stage.seed)
    return soil_maps(stage.cells, grown, coats(stage))


def _gathered(stage: Setting, soil: Mapping[int, Codes]) -> City:
    now, people = soil[YEARS[-1]], population(CODE)
    return City(
        boundary=stage.ground.boundary,
        neighbours=stage.ground.around,
        population=people,
        neighbourhoods=_peopled(stage, now, people.total),
        zoning=plan(stage, now),
        land_use=land_use(stage, now),
        soil={year: _soil_raster(stage.cells, codes) for year, codes in soil.items()},
        elevation=_elevation(stage),
    )


def _peopled(stage: Setting, codes: Codes, people: int) -> GeoDataFrame:
    """Share the residents out by the buildings of each neighbourhood and by how crowded its kind is."""
    district = stage.cells.numbered(list(stage.hoods.geometry))
    buildings = np.bincount(district[(codes == BUILDING) & (district >= 0)], minlength=len(stage.hoods))
    crowded = stage.hoods["character"].map(_CROWDED).to_numpy(float)
    shared = stage.hoods.assign(population=shared_out(people, buildings * crowded))
    return shared[["code", "name", "population", "source", "geometry"]]


def _soil_raster(cells: Cells, codes: Codes) -> ArrayRaster:
    return ArrayRaster(np.ma.masked_equal(cells.on_map(codes), 0), cells.lattice.grid(SOIL_CRS))


def _elevation(stage: Setting) -> ArrayRaster:
    """Return the relief without the sea."""
    heights = stage.heights
    dry = shapely.contains_xy(stage.ground.land.buffer(heights.lattice.cell_m), *heights.lattice.centres())
    metres = np.ma.masked_array(heights.values.astype(np.float32), ~dry)
    return ArrayRaster(metres, heights.lattice.grid(CRS.from_epsg(CRS_CODE)))
