"""The lie of the land in full: a plain that rises inland, and hills that water has cut.

The relief of `terrain` decides where the city can grow; here its plain, which is level there, gets the slope that
drains it, and its slopes get gullies. Method of the gullies: where the relief is higher than a river in balance
would let it be (slope falling with the power of the area upstream, Flint 1974, doi:10.1029/WR010i005p00969), it is
cut down, in rounds, so that gullies gather to valleys.
"""

from __future__ import annotations

import numpy as np
import shapely

from puc_tool.demo.cells import Mask
from puc_tool.demo.chance import Floats, noise, stream
from puc_tool.demo.drainage import Drainage, drainage
from puc_tool.demo.field import Field, Lattice, distance, lattice_over
from puc_tool.demo.ground import Ground
from puc_tool.demo.setting import Setting
from puc_tool.demo.terrain import slope

CELL_M = 40.0
_ROUNDS = 3
_QUAY_M, _PLAIN_SLOPE, _PLAIN_M = 0.7, 0.0042, 1800.0
_WANDER_M = 90.0
_STEEPEST, _SLOPE_AT_1_HA, _CONCAVITY = 0.6, 0.2, 0.42
"""Of a river in balance: a limit, the slope where one hectare drains, and how fast it falls with the area."""
_REGION_CELLS = 9
_DEEPEST_M = 28.0


def surface(stage: Setting) -> Drainage:
    """Return the finished heights, without hollows, and how water runs down them to the sea or off the map."""
    lattice = lattice_over(stage.ground.window, CELL_M)
    dry: Mask = shapely.contains_xy(dry_land(stage.ground), *lattice.centres())
    before = _with_plain(stage, lattice)
    heights = before
    for _ in range(_ROUNDS):
        ways = drainage(heights, ~dry)
        heights = Field(_worn(np.minimum(ways.filled, _in_balance(ways, dry)), dry), lattice)
    return drainage(Field(_engraved(before.values, heights.values, dry), lattice), ~dry)


def _engraved(before: Floats, after: Floats, dry: Mask) -> Floats:
    """Return the relief with the gullies of another, each region as high as it was."""
    cut = np.where(dry, after - before, 0)
    detail = cut - blurred(cut, _REGION_CELLS)
    return np.where(dry, np.maximum(before + _DEEPEST_M * np.tanh(detail / _DEEPEST_M), np.minimum(before, 1.0)), before)


def blurred(values: Floats, reach: int) -> Floats:
    """Return the mean over the square of ``2 * reach + 1`` cells about each cell."""
    for axis in (0, 1):
        framed = np.pad(values, [(reach + 1, reach) if a == axis else (0, 0) for a in (0, 1)], mode="edge").cumsum(axis)
        side = 2 * reach + 1
        values = (np.take(framed, range(side, framed.shape[axis]), axis) - np.take(framed, range(framed.shape[axis] - side), axis)) / side
    return values


def dry_land(ground: Ground) -> shapely.Geometry:
    """Return the commune and those around it together, as far as they reach."""
    return shapely.union_all([ground.commune, *ground.around.geometry])


def _with_plain(stage: Setting, lattice: Lattice) -> Field:
    """Return the relief on a tilted plain; away from the shore its lines wander, so that no valley runs straight."""
    x, y = lattice.centres()
    sea_m = distance([stage.ground.gulf_shore, stage.ground.open_shore], lattice).values
    tilt = _QUAY_M + _PLAIN_SLOPE * _PLAIN_M * np.tanh(sea_m / _PLAIN_M)
    rng = stream(stage.seed, "surface")
    reach = _WANDER_M * np.minimum(sea_m / 500, 1)
    east, north = (axis + reach * noise(rng, 800, 3).at(x, y) for axis in (x, y))
    high, rough = stage.heights.at(east, north), noise(rng, 600, 4).at(x, y)
    return Field(high + tilt + rough * (0.9 + np.minimum(high, 120) / 8), lattice)


def _in_balance(ways: Drainage, dry: Mask) -> Floats:
    """Return the height (m) of each cell if every river below it were in balance."""
    hectares = np.maximum(ways.upstream_m2, CELL_M**2) / 10_000
    climb = (np.minimum(_SLOPE_AT_1_HA * hectares**-_CONCAVITY, _STEEPEST) * ways.run_m).tolist()
    # Off the map water goes on falling: from a tenth of the edge's height, as if the sea were not far.
    high, below = np.where(dry, 0.1 * ways.filled, ways.filled).ravel().tolist(), ways.below.tolist()
    for cell in ways.upwards.tolist():
        if below[cell] != cell:
            high[cell] = high[below[cell]] + climb[cell]
    return np.array(high).reshape(ways.filled.shape)


def _worn(heights: Floats, dry: Mask) -> Floats:
    """Return the land with its edges rounded off: half of each cell and an eighth of the four beside it."""
    framed = np.pad(heights, 1, mode="edge")
    beside = framed[:-2, 1:-1] + framed[2:, 1:-1] + framed[1:-1, :-2] + framed[1:-1, 2:]
    return np.where(dry, heights / 2 + beside / 8, heights)
