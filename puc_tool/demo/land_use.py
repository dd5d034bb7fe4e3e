"""Made-up land use of two years in CORINE's classes, read off the soil map and the relief."""

from __future__ import annotations

import numpy as np
from geopandas import GeoDataFrame

from layers.codelist import rows
from puc_tool.demo.cells import Mask
from puc_tool.demo.chance import Floats, noise, stream
from puc_tool.demo.coverage import Classes, patches
from puc_tool.demo.fabric import SITE, Codes
from puc_tool.demo.field import Lattice, distance, lattice_over
from puc_tool.demo.neighbourhoods import MADE_UP, spread
from puc_tool.demo.paint import QUAY, RAILWAY
from puc_tool.demo.places import SPOTS
from puc_tool.demo.setting import Setting
from puc_tool.demo.surroundings import Surroundings

_CELL_M = 25.0
_SMALLEST_CELLS = 16
"""One hectare."""


LAND_USE_YEARS = (2012, 2018)
_GROWN_OVER = 0.02
"""How much further up fields reached each year before: they are given up, and the wood takes them."""


def land_use(stage: Setting, codes: Codes, year: int) -> GeoDataFrame:
    """Return ``code``, ``name``, ``source`` and polygons that tile the commune, by code.

    ``codes`` are those of the soil map of ``year``: what is mostly consumed soil is artificial; the rest is farmed or
    wild by height, steepness and chance.
    """
    lattice = lattice_over(stage.ground.window, _CELL_M)
    around = Surroundings(stage.cells, codes, lattice)
    works = spread(stage.hoods, stage.hoods["character"] == "works", lattice)
    farmed = _GROWN_OVER * (LAND_USE_YEARS[-1] - year)
    built, wild = _artificial(around, works), _open(stage, around.consumed(5), lattice, farmed)
    values = np.where(built > 0, built, wild).astype(np.int32)
    found = patches(values, lattice, stage.ground.commune, _SMALLEST_CELLS)
    classes = found["value"].astype(str)
    names = {row["code"]: row["label_it"] for row in rows("clc")}
    return GeoDataFrame(
        {"code": classes, "name": classes.map(names), "source": f"{MADE_UP}: uso del suolo inventato"},
        geometry=found.geometry,
    )


def spots(lattice: Lattice, *kinds: str) -> Mask:
    """Tell which cells of ``lattice`` lie in a spot of one of ``kinds``."""
    x, y = lattice.centres()
    inside = [np.hypot(x - s.at[0], y - s.at[1]) < s.radius_m for s in SPOTS if s.kind in kinds]
    return np.logical_or.reduce(inside)


def shore_m(stage: Setting, lattice: Lattice) -> Floats:
    """Return how far (m) each cell is from the open sea, read between places 100 m apart."""
    return distance([stage.ground.open_shore], lattice_over(stage.ground.window, 100.0)).on(lattice).values


def _artificial(around: Surroundings, works: Mask) -> Classes:
    """Return class 1xx where a cell is artificial, else 0."""
    consumed, lattice = around.consumed(2), around.lattice
    rules = (
        (spots(lattice, "park"), 141), (spots(lattice, "pitch"), 142), (spots(lattice, "quarry"), 131),
        (spots(lattice, "landfill"), 132), (around.share(QUAY) > 0.45, 123), (around.share(RAILWAY) > 0.35, 122),
        (around.share(SITE) > 0.6, 133), (works & (consumed > 0.45), 121), (consumed > 0.78, 111),
        (consumed > 0.4, 112),
    )  # fmt: skip
    return np.select([where for where, _ in rules], [code for _, code in rules], 0)


def _open(stage: Setting, settled: Floats, lattice: Lattice, farmed: float) -> Classes:
    """Return the class of farmland, scrub, wood or rock that a cell would have if it were not built."""
    high, sea_m = stage.heights.on(lattice).values, shore_m(stage, lattice)
    rng = stream(stage.seed, "land use")
    field, wood = (noise(rng, width, 4).at(*lattice.centres()) for width in (700, 1300))
    low, field = high < 210 + 150 * wood, field + farmed
    rules = (
        (sea_m < 90, 332), ((sea_m < 900) & (field > 0.12) & (high < 360), 221), (sea_m < 650 + 300 * wood, 323),
        ((high < 60) & (field > 0.2), 231), ((settled > 0.06) & (field > -0.1), 242), (low & (field > 0.08), 223),
        (low & (settled > 0.02), 243), (field < -0.38, 324), (wood > 0.18, 313), (wood < -0.42, 312),
    )  # fmt: skip
    return np.select([where for where, _ in rules], [code for _, code in rules], 311)
