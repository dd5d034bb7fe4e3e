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
from puc_tool.demo.chance import noise, stream
from puc_tool.demo.field import Field, Lattice, lattice_over
from puc_tool.demo.levels import level_for, region, tiles
from puc_tool.demo.neighbourhoods import MADE_UP
from puc_tool.demo.places import CRS_CODE
from puc_tool.demo.setting import Setting
from puc_tool.demo.streams import Water
from puc_tool.demo.surface import blurred
from puc_tool.demo.terrain import slope

HIGH_M2 = 6_196_000.0
"""Pg3a, Pg3b and Pg4 together (nationally P3 and P4): La Spezia's in IdroGEO (ISPRA, 2021), what the demonstration is
calibrated on; the other areas are made up."""
_AREAS_M2 = {"Pg4": 350_000.0, "Pg3a": 1_750_000.0, "Pg3b": HIGH_M2, "Pg2": 18_000_000.0, "Pg1": 33_000_000.0}
"""Of each class and all above it."""
_BODIES = (14, 38)
"""Active and dormant landslides."""
_CELL_M = 25.0
_SOURCE = f"{MADE_UP}: classe inventata dalla pendenza inventata, nelle sigle dei piani di bacino liguri"


@dataclass(frozen=True)
class _Body:
    """A landslide: its middle at ``x``, ``y`` (m), the way it went (a unit vector) and its length (m)."""

    x: float
    y: float
    east: float
    north: float
    length_m: float


def landslide_hazard(stage: Setting, water: Water) -> GeoDataFrame:
    """Return ``class``, ``name``, ``source`` and one row of polygons per class; together they tile the commune.

    The areas of Pg4 and Pg3a, their sum with Pg3b, and those of Pg2 and Pg1 are set by false position.
    """
    commune = stage.ground.commune
    lattice = lattice_over(commune.buffer(8 * _CELL_M).bounds, _CELL_M)
    heights = Field(blurred(water.ways.filled, 1), water.ways.lattice)
    active, dormant = (_bodies(stage, heights, lattice, count) for count in _BODIES)
    steep = _steepness(stage, heights, lattice)
    areas: list[shapely.Geometry] = []
    for field, wanted in zip((active, dormant, steep, steep, steep), _AREAS_M2.values(), strict=True):
        areas.append(_grown(field, areas, commune, wanted))
    return _frame([*_AREAS_M2, "Pg0"], list(tiles(commune, areas)))


def _grown(field: Field, before: list[shapely.Geometry], commune: shapely.Geometry, wanted: float) -> shapely.Geometry:
    """Return the area of ``field`` that covers, with the areas before it, ``wanted`` m² of the commune."""
    base = shapely.intersection(shapely.union_all(before), commune)
    rest = shapely.difference(commune, base)

    def covered_m2(level: float) -> float:
        return float(shapely.area(base) + shapely.area(shapely.intersection(region(field, level), rest)))

    return region(field, level_for(covered_m2, wanted, float(field.values.min()), float(field.values.max())))


def _steepness(stage: Setting, heights: Field, lattice: Lattice) -> Field:
    x, y = lattice.centres()
    rough = noise(stream(stage.seed, "hazard"), 420, 3).at(x, y)
    steep = Field(blurred(slope(heights).values, 1), heights.lattice).at(x, y)
    return Field(blurred(steep * (1 + 0.45 * rough), 1), lattice)


def _bodies(stage: Setting, heights: Field, lattice: Lattice, count: int) -> Field:
    """Return 1 in the middle of a landslide, 0 at about its edge and less beyond, lobed by noise."""
    rng = stream(stage.seed, f"landslides {count}")
    x, y = lattice.centres()
    near = np.full(lattice.shape, np.inf)
    for body in _drawn(stage, heights, rng, count):
        along = (x - body.x) * body.east + (y - body.y) * body.north
        across = (y - body.y) * body.east - (x - body.x) * body.north
        # Wider towards the foot than at the crown.
        width = body.length_m * np.clip(0.36 + 0.3 * along / body.length_m, 0.2, 0.6)
        near = np.minimum(near, np.hypot(along / (0.5 * body.length_m), across / width))
    lobed = near * (1 + 0.35 * noise(rng, 180, 3).at(x, y))
    return Field(1 - blurred(np.minimum(lobed, 4), 1), lattice)


def _drawn(stage: Setting, heights: Field, rng: np.random.Generator, count: int) -> list[_Body]:
    """Draw landslides at random on the steeper half of many places tried."""
    left, bottom, right, top = stage.ground.commune.bounds
    x, y = rng.uniform(left, right, 40 * count), rng.uniform(bottom, top, 40 * count)
    steep = slope(heights).at(x, y)
    fit = shapely.contains_xy(stage.ground.commune.buffer(-150), x, y) & (steep > 0.22) & (steep < 0.7)
    chosen = np.flatnonzero(fit)[:count]
    lengths = rng.lognormal(np.log(190), 0.35, chosen.size)
    down, across = (Field(np.asarray(part), heights.lattice) for part in np.gradient(heights.values))
    # Rows run south, so a fall to the south is a negative gradient down the rows.
    east, north = -across.at(x[chosen], y[chosen]), down.at(x[chosen], y[chosen])
    size = np.hypot(east, north)
    drawn = zip(x[chosen], y[chosen], east / size, north / size, lengths, strict=True)
    return [_Body(*map(float, each)) for each in drawn]


def _frame(classes: list[str], areas: list[shapely.Geometry]) -> GeoDataFrame:
    labels = {row["code"]: row["label_it"] for row in rows("pai_landslide") if row["scheme"] == "Liguria_PdB"}
    columns = {"class": classes, "name": [labels[code] for code in classes], "source": _SOURCE}
    return GeoDataFrame(columns, geometry=areas, crs=CRS.from_epsg(CRS_CODE))
