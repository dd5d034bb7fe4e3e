"""Where the demonstration city is at home: how much each place draws builders, and the zones that follow from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
import shapely.geometry
from rasterio.features import shapes

from puc_tool.demo.cells import Mask
from puc_tool.demo.chance import Floats, noise, stream
from puc_tool.demo.field import Field, Lattice, distance, lattice_over
from puc_tool.demo.places import PLAIN, Place
from puc_tool.demo.setting import Setting
from puc_tool.demo.terrain import slope

_SKETCH_M, _COARSE_M = 30.0, 60.0
_DRAWN = 0.12
_STEEP = 0.11
_VILLAGE_M, _VILLAGE_RISE_M = 330.0, 30.0
_ROUNDING_M = 35.0
_SMALLEST_M2 = 12_000.0


@dataclass(frozen=True)
class Settled:
    """``pull`` is how much a place draws builders, about 0 to 1; ``town`` and ``slopes`` are where streets are dense.

    ``heights`` (m) and ``steepness`` (a ratio) are those of the finished land.
    """

    heights: Field
    steepness: Field
    pull: Field
    town: shapely.Geometry
    slopes: shapely.Geometry


def settled(stage: Setting, heights: Field) -> Settled:
    """Part the settled ground into a town on level ground and its slopes and hill villages."""
    lattice = lattice_over(stage.ground.window, _SKETCH_M)
    steep = slope(heights)
    pull = _attraction(stage, heights, steep, lattice)
    drawn, level = pull.values > _DRAWN, steep.on(lattice).values < _STEEP
    whole = _outline(drawn, lattice).intersection(stage.ground.commune.buffer(-12))
    town = _outline(drawn & level, lattice).intersection(whole)
    return Settled(heights, steep, pull, _rounded(town), _rounded(whole.difference(town)))


def _attraction(stage: Setting, heights: Field, steep: Field, lattice: Lattice) -> Field:
    """Flat and near the plain, in a village on its ridge, or along a road."""
    x, y = lattice.centres()
    high, slopes = heights.at(x, y), steep.at(x, y)
    flat = np.exp(-np.maximum(high - 16, 0) / 45 - (slopes / 0.26) ** 2)
    coarse = lattice_over(stage.ground.window, _COARSE_M)
    plain_m = distance([shapely.LineString(path) for path in PLAIN], coarse).at(x, y)
    road_m = distance([stage.ways.main, stage.ways.hill], coarse).at(x, y)
    drawn = flat * (0.05 + 0.95 * np.exp(-plain_m / 2200))
    villages = [_village(place, heights, x, y, high) for place in stage.centres if place.character == "hill"]
    ribbon = 0.3 * np.exp(-(road_m / 75) - high / 420)
    rough = noise(stream(stage.seed, "attraction"), 450, 4).at(x, y)
    return Field(np.maximum.reduce([drawn, ribbon, *villages]) + 0.11 * rough, lattice)


def _village(place: Place, heights: Field, x: Floats, y: Floats, high: Floats) -> Floats:
    """A village keeps to its height: along the ridge it stands on, not down into the valleys beside."""
    away_m = np.hypot(x - place.at[0], y - place.at[1])
    rise_m = high - heights.at(np.array(place.at[0]), np.array(place.at[1]))
    drawn: Floats = 0.75 * np.exp(-((away_m / _VILLAGE_M) ** 2) - (rise_m / _VILLAGE_RISE_M) ** 2)
    return drawn


def _outline(mask: Mask, lattice: Lattice) -> shapely.Geometry:
    found = shapes(mask.astype(np.uint8), mask=mask, transform=lattice.transform)
    return shapely.union_all([shapely.geometry.shape(outline) for outline, _ in found])


def _rounded(zone: shapely.Geometry) -> shapely.Geometry:
    """Return the zone without stairs, necks and crumbs."""
    smooth = zone.buffer(-_ROUNDING_M).buffer(2 * _ROUNDING_M).buffer(-_ROUNDING_M).simplify(5.0)
    parts = shapely.get_parts(smooth)
    return shapely.union_all(parts[shapely.area(parts) > _SMALLEST_M2])
