"""Made-up landslide hazard in the classes of Liguria's basin plans, tiling the commune.

Steep ground, roughened by noise, gives the grades Pg0 to Pg3b; on it lie landslides, longish bodies that reach
downhill from steep places: active ones (Pg4) and dormant ones (Pg3a). Codes are those of `pai_landslide.csv`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from layers.codelist import rows
from puc_tool.demo.chance import Floats, noise, stream
from puc_tool.demo.field import Field, Lattice, lattice_over
from puc_tool.demo.levels import level_for, region, tiles
from puc_tool.demo.neighbourhoods import MADE_UP
from puc_tool.demo.places import CRS_CODE
from puc_tool.demo.setting import Setting
from puc_tool.demo.streams import Water
from puc_tool.demo.terrain import slope

HIGH_M2 = 6_196_000.0
"""Pg3a, Pg3b and Pg4 together (nationally P3 and P4), as given with the task; the areas below are made up."""
BODIES_M2 = {"Pg4": 350_000.0, "Pg3a": 1_450_000.0}
_GRADES = {"Pg2": 17_500_000.0, "Pg1": 32_000_000.0}
"""Of a grade and all above it."""
_CELL_M = 25.0
_SMALLEST_M2 = 2500.0
_SOURCE = f"{MADE_UP}: classe inventata dalla pendenza inventata, nelle sigle dei piani di bacino liguri"


@dataclass(frozen=True)
class _Body:
    """A landslide from its crown at ``x``, ``y`` (m) down ``towards`` (radians), ``length_m`` long."""

    x: float
    y: float
    towards: float
    length_m: float


def landslide_hazard(stage: Setting, water: Water) -> GeoDataFrame:
    """Return ``class``, ``name``, ``source`` and one row of polygons per class; together they tile the commune.

    The areas of Pg4 and Pg3a, the sum with Pg3b and those of Pg2 and Pg1 are set by bisection.
    """
    commune = stage.ground.commune
    lattice = lattice_over(commune.buffer(8 * _CELL_M).bounds, _CELL_M)
    heights = Field(water.ways.filled, water.ways.lattice)
    slides = _slides(stage, heights, lattice)
    areas: list[shapely.Geometry] = []
    for wanted in np.cumsum(list(BODIES_M2.values())).tolist():
        areas.append(_grown(slides, areas, commune, wanted))
    steep = _steepness(stage, heights, lattice)
    for wanted in (HIGH_M2, *_GRADES.values()):
        areas.append(_grown(steep, areas, commune, wanted))
    return _frame(["Pg4", "Pg3a", "Pg3b", "Pg2", "Pg1", "Pg0"], list(tiles(commune, areas)))


def _grown(field: Field, before: list[shapely.Geometry], commune: shapely.Geometry, wanted: float) -> shapely.Geometry:
    """Return what ``field`` adds to the areas before it, so that with them it covers ``wanted`` m² of the commune."""
    base = shapely.union_all(before) if before else shapely.Polygon()

    def area(level: float) -> float:
        return float(shapely.area(shapely.intersection(_compact(field, level) | base, commune)))

    return _compact(field, level_for(area, wanted, float(field.values.min()), float(field.values.max())))


def _compact(field: Field, level: float) -> shapely.Geometry:
    """Return the area above the level without specks."""
    parts = shapely.get_parts(region(field, level))
    return shapely.multipolygons(parts[shapely.area(parts) > _SMALLEST_M2])
