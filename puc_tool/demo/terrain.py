"""A made-up relief: hills around a gulf and a plain, cut by valleys, steep towards the open sea.

Method: from the floor of each valley the land rises towards a ceiling, which is higher around the summits and
roughened by fractal noise; the lowest of these surfaces holds, so that watersheds lie between valleys, and near a
shore it can be no higher than the shore's slope allows.
"""

from __future__ import annotations

import numpy as np
import shapely

from puc_tool.demo.chance import Floats, noise, stream
from puc_tool.demo.field import Field, Lattice, distance, lattice_over
from puc_tool.demo.ground import Ground
from puc_tool.demo.places import PLAIN, SUMMITS, VALLEYS, Valley

CELL_M = 20.0
_SKETCH_M = 60.0
_PLAIN_HALF_M = 560.0
_VALLEY_HALF_M = 70.0
_CEILING_M = 200.0
_GULF_SLOPE, _OPEN_SLOPE = 0.28, 0.85


def relief(ground: Ground, seed: int) -> Field:
    """Return heights in metres (0.1 m) on cells of 20 m, over land and sea alike."""
    sketch, fine = lattice_over(ground.window, _SKETCH_M), lattice_over(ground.window, CELL_M)
    x, y = fine.centres()
    rough = noise(stream(seed, "relief"), 1600, 5).at(x, y)
    ceiling = _ceiling(sketch).at(x, y) * (1 + 0.4 * rough)
    height = _above_plain(sketch).at(x, y) * ceiling
    for valley in VALLEYS:
        height = _soft_minimum(height, _above_valley(valley, sketch, Field(ceiling, fine).on(sketch)).at(x, y))
    for shore, steep in ((ground.gulf_shore, _GULF_SLOPE), (ground.open_shore, _OPEN_SLOPE)):
        limit = distance([shore], sketch).at(x, y) * steep * (1 + 0.5 * rough)
        height = _soft_minimum(height, 12 + limit)
    metres: Floats = np.maximum(height + 3, 0.5).round(1)
    return Field(metres, fine)


def slope(heights: Field) -> Field:
    """Return the slope as a ratio (1 is 45°), by central differences."""
    down, across = np.gradient(heights.values, heights.lattice.cell_m)
    return Field(np.hypot(down, across), heights.lattice)


def _above_plain(lattice: Lattice) -> Field:
    """Return the share of the ceiling reached: 0 in the plain, to 1 far from it."""
    away_m = distance([shapely.LineString(path) for path in PLAIN], lattice).values - _PLAIN_HALF_M
    return Field(_climb(away_m), lattice)


def _above_valley(valley: Valley, lattice: Lattice, ceiling: Field) -> Field:
    """Return the height of the slopes of one valley, whose floor climbs from mouth to head."""
    line = shapely.LineString(valley.path)
    along = shapely.line_locate_point(line, shapely.points(*lattice.centres()), normalized=True)
    floor = valley.head_m * along**1.6
    share = _climb(distance([line], lattice).values - _VALLEY_HALF_M)
    return Field(floor + share * np.maximum(ceiling.values - floor, 0), lattice)


def _climb(away_m: Floats) -> Floats:
    climbed: Floats = 1 - np.exp(-((np.maximum(away_m, 0) / 800) ** 1.2))
    return climbed


def _ceiling(lattice: Lattice) -> Field:
    x, y = lattice.centres()
    height = np.full(lattice.shape, _CEILING_M)
    for summit in SUMMITS:
        away2 = (x - summit.at[0]) ** 2 + (y - summit.at[1]) ** 2
        height += summit.rise_m * np.exp(-away2 / (2 * summit.width_m**2))
    return Field(height, lattice)


def _soft_minimum(a: Floats, b: Floats, blend_m: float = 20.0) -> Floats:
    """Return the lesser of two heights, without an edge where they cross."""
    smaller: Floats = (a + b - np.sqrt((a - b) ** 2 + blend_m**2)) / 2
    return smaller
