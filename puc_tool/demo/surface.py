"""The lie of the land in full: a plain that rises inland, and hills that water has cut.

The relief of `terrain` decides where the city can grow; here its plain, which is level there, gets the slope that
drains it, and its slopes get gullies. Method of the gullies: where the relief is higher than a river in balance
would let it be (slope falling with the power of the area upstream, Flint 1974, doi:10.1029/WR010i005p00969), it is
cut down, in rounds, so that gullies gather to valleys.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely

from puc_tool.demo.cells import Mask
from puc_tool.demo.chance import Floats, noise, stream
from puc_tool.demo.drainage import Drainage, drainage
from puc_tool.demo.field import Field, Lattice, distance, lattice_over
from puc_tool.demo.ground import Ground
from puc_tool.demo.setting import Setting

CELL_M = 40.0
_ROUNDS = 3
_QUAY_M, _PLAIN_SLOPE, _PLAIN_M = 1.0, 0.0042, 1800.0
_STEEPEST, _SLOPE_AT_1_HA, _CONCAVITY = 0.75, 0.42, 0.42
"""Of a river in balance: a limit, the slope where one hectare drains, and how fast it falls with the area."""


def surface(stage: Setting) -> Drainage:
    """Return the finished heights, without hollows, and how water runs down them to the sea or off the map."""
    lattice = lattice_over(stage.ground.window, CELL_M)
    dry = dry_cells(stage.ground, lattice)
    heights = _with_plain(stage, lattice)
    for _ in range(_ROUNDS):
        ways = drainage(heights, ~dry)
        heights = Field(_rounded_off(np.minimum(ways.filled, _in_balance(ways, heights)), dry), lattice)
    return drainage(heights, ~dry)


def dry_cells(ground: Ground, lattice: Lattice) -> Mask:
    """Tell which cells have their centre on land: of the commune or of one around."""
    land = shapely.union_all([ground.commune, *ground.around.geometry])
    shapely.prepare(land)
    dry: Mask = shapely.contains_xy(land, *lattice.centres())
    return dry


def _with_plain(stage: Setting, lattice: Lattice) -> Field:
    """Return the relief on a tilted plain, roughened so that water does not run in straight lines."""
    x, y = lattice.centres()
    sea_m = distance([stage.ground.gulf_shore, stage.ground.open_shore], lattice).values
    tilt = _QUAY_M + _PLAIN_SLOPE * _PLAIN_M * np.tanh(sea_m / _PLAIN_M)
    rough = noise(stream(stage.seed, "surface"), 600, 4).at(x, y)
    high = stage.heights.at(x, y)
    return Field(high + tilt + rough * (0.5 + np.minimum(high, 100) / 10), lattice)


def _in_balance(ways: Drainage, heights: Field) -> Floats:
    """Return how high (m) each cell may be over the one below it, for all the way down."""
    slope = np.minimum(_SLOPE_AT_1_HA * (ways.upstream_m2 / 10_000) ** -_CONCAVITY, _STEEPEST)
    climb = (slope * ways.run_m).tolist()
    high, below = np.where(ways.below == np.arange(ways.below.size), heights.values.ravel(), 0.0).tolist(), ways.below
    lower = below.tolist()
    for cell in ways.upwards.tolist():
        if lower[cell] != cell:
            high[cell] = high[lower[cell]] + climb[cell]
    return np.array(high).reshape(heights.values.shape)
