"""What would be built on every cell if the city grew without end, and how soon: the calibration cuts it off."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from puc_tool.demo.blocks import Blocks
from puc_tool.demo.cells import Cells
from puc_tool.demo.chance import Floats, hashed, noise, stream
from puc_tool.demo.field import Field, distance, lattice_over
from puc_tool.demo.places import PLAIN, Place
from puc_tool.demo.setting import Setting
from puc_tool.demo.terrain import slope

BUILDING, STREET, YARD, SITE, NATURE = 111, 112, 116, 122, 2

_DENSE, _LOOSE = 0.60, 0.15
_SKETCH_M = 60.0
_VILLAGE_M = 190.0

Codes = NDArray[np.uint8]


@dataclass(frozen=True)
class Fabric:
    """Codes of ISPRA's third level per cell, and the ``pull`` that decides which are built first."""

    codes: Codes
    pull: Floats


def attraction(stage: Setting) -> Field:
    """Return how much a place draws builders, about 0 to 1: flat and near the plain, a village, or along a road."""
    lattice = lattice_over(stage.ground.window, _SKETCH_M)
    x, y = lattice.centres()
    high, steep = stage.heights.at(x, y), slope(stage.heights).at(x, y)
    flat = np.exp(-np.maximum(high - 10, 0) / 45 - (steep / 0.22) ** 2)
    plain_m = distance([shapely.LineString(path) for path in PLAIN], lattice).values
    near = np.exp(-plain_m / 2200)
    drawn = flat * (0.05 + 0.95 * near)
    villages = [_bump(place, x, y) for place in stage.centres if place.character == "hill"]
    ribbon = 0.3 * np.exp(-(distance([stage.ways.main, stage.ways.hill], lattice).values / 75) - high / 420)
    rough = noise(stream(stage.seed, "attraction"), 450, 4).at(x, y)
    return Field(np.maximum.reduce([drawn, ribbon, *villages]) + 0.11 * rough, lattice)


def fabric(cells: Cells, pattern: Blocks, pull: Field, characters: list[str], seed: int) -> Fabric:
    """Fill the blocks: courts in the centre, slabs in town, sheds where people work, houses on the hills."""
    drawn = pull.at(pattern.x, pattern.y)
    kind = np.array([*characters, "hill"])[pattern.key[0]]
    dice = pattern.chance(seed, 1)
    works = kind == "works"
    dense = ~works & (drawn > _DENSE) & ((kind == "centre") | (dice < 0.45))
    loose = ~works & ~dense & (drawn > _LOOSE)
    codes = np.select(
        [pattern.street, works & (drawn > _LOOSE), dense, loose],
        [np.full(dice.shape, STREET), _sheds(pattern, dice), _courts(pattern, seed), _slabs(pattern, seed)],
        _houses(cells, pattern, seed),
    )
    lonely = drawn <= _LOOSE
    codes[pattern.street & lonely] = NATURE
    codes[(dice > np.where(works, 0.88, 0.955)) & ~pattern.street] = NATURE
    codes[(pattern.chance(seed, 2) < 0.008) & ~pattern.street & ~lonely] = SITE
    whim = pattern.chance(seed, 3)
    return Fabric(codes.astype(np.uint8), drawn + np.where(lonely, 0.45 * whim**3, 0.08 * whim))


def _bump(place: Place, x: Floats, y: Floats) -> Floats:
    away_m = np.hypot(x - place.at[0], y - place.at[1])
    bump: Floats = 0.75 * np.exp(-((away_m / _VILLAGE_M) ** 2))
    return bump


def _courts(pattern: Blocks, seed: int) -> Codes:
    """A closed row of houses along the streets around a yard, or around gardens."""
    court = np.where(pattern.chance(seed, 4) < 0.4, NATURE, YARD)
    return np.where(pattern.inside_m < 15, BUILDING, court)


def _slabs(pattern: Blocks, seed: int) -> Codes:
    """Free-standing buildings, one a plot of 30 m; half the plots are paved around, half green."""
    plot = hashed(seed, 5, *pattern.key, pattern.u // 30, pattern.v // 30)
    built = (np.abs(pattern.u % 30 - 14) < 8.5) & (np.abs(pattern.v % 30 - 14) < 8.5)
    return np.where(built & (plot < 0.93), BUILDING, np.where(plot % 0.1 < 0.06, YARD, NATURE))


def _sheds(pattern: Blocks, dice: Floats) -> Codes:
    """Large halls with a paved yard all round."""
    hall = (pattern.inside_m > 14) & (pattern.u % 60 > 9) & (dice < 0.8)
    return np.select([hall, pattern.inside_m > 6], [BUILDING, YARD], NATURE)


def _houses(cells: Cells, pattern: Blocks, seed: int) -> Codes:
    """One house with its forecourt, somewhere in two of five fields."""
    aside, along = (24 * (pattern.chance(seed, draw) - 0.5) for draw in (6, 7))
    east, north = cells.x - pattern.x - aside, cells.y - pattern.y - along
    there, away_m = pattern.chance(seed, 8) < 0.4, np.hypot(east, north)
    return np.select([there & (away_m < 8), there & (away_m < 15) & (east > 0)], [BUILDING, YARD], NATURE)
