"""The town on its streets: lots, what stands on them, and the soil they take, year by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from geopandas import GeoDataFrame

from puc_tool.demo.cells import Mask
from puc_tool.demo.fabric import Codes, Fabric, fabric
from puc_tool.demo.field import Shapes
from puc_tool.demo.footprints import footprints
from puc_tool.demo.lots import Lots, lots
from puc_tool.demo.open_land import OpenLand, open_land
from puc_tool.demo.paint import coats
from puc_tool.demo.setting import Setting
from puc_tool.demo.settled import Settled
from puc_tool.demo.soil import YEARS, soil_maps, standing
from puc_tool.demo.spots import spots


@dataclass(frozen=True)
class Town:
    """Lots, the footprint each would have, those that stand, and the codes of the soil map's cells by year."""

    lots: Lots
    footprints: Shapes
    grown: Fabric
    soil: Mapping[int, Codes]
    stands: Mask


def town(stage: Setting, land: Settled, edges: GeoDataFrame, rivers: Shapes) -> Town:
    """Build the town along ``edges``, clear of ``rivers``, up to the consumed soil that was published."""
    ground = lots(stage, land, edges, rivers)
    built = footprints(ground, stage.seed)
    grown = fabric(stage.cells, ground, built, stage.seed)
    soil = soil_maps(stage.cells, grown, coats(stage, land, edges))
    return Town(ground, built, grown, soil, standing(soil[YEARS[-1]], grown, ground.areas.size))


def open_ground(stage: Setting, there: Town) -> OpenLand:
    """Return who owns the lots, and which are green: the parks and pitches of the map, and others by chance."""
    found = spots(stage)
    kinds = np.array([*found["kind"], ""])
    parks = np.isin(kinds[there.lots.spot], ("park", "pitch"))
    return open_land(there.lots, there.grown, there.soil[YEARS[-1]], parks, there.stands, stage.seed)
