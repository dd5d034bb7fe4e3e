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

CELL_M = 40.0
_ROUNDS = 3
_QUAY_M, _PLAIN_SLOPE, _PLAIN_M = 0.7, 0.0042, 1800.0
_WANDER_M = 90.0
_STEEPEST, _SLOPE_AT_1_HA, _CONCAVITY = 0.6, 0.2, 0.42
"""Of a river in balance: a limit, the slope where one hectare drains, and how fast it falls with the area."""
_REGION_CELLS = 9
"""Gullies are engraved against the mean of 19 × 19 cells, so that each region stays as high as it was."""
_DEEPEST_M, _SHORE_M = 28.0, 1.0
_MILLIMETRES = 3
"""Another machine's last bit must not turn a stream."""


def surface(stage: Setting) -> Drainage:
    """Return the finished heights, without hollows, and how water runs down them to the sea or off the map."""
    lattice = lattice_over(stage.ground.window, CELL_M)
    dry: Mask = shapely.contains_xy(dry_land(stage.ground), *lattice.centres())
    before = _with_plain(stage, lattice)
    heights = before
    for _ in range(_ROUNDS):
        ways = drainage(heights, ~dry)
        heights = Field(_worn(np.minimum(ways.filled, _in_balance(ways, dry)), dry).round(_MILLIMETRES), lattice)
    return drainage(Field(_engraved(before.values, heights.values, dry), lattice), ~dry)


def blurred(values: Floats, reach: int) -> Floats:
    """Return the mean over the square of ``2 * reach + 1`` cells about each cell; the edge goes on beyond itself."""
    side = 2 * reach + 1
    for _ in ("down", "across"):
        summed = np.pad(values, ((reach + 1, reach), (0, 0)), mode="edge").cumsum(axis=0)
        values = ((summed[side:] - summed[:-side]) / side).T
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
    tilted: Floats = high + tilt + rough * (0.9 + np.minimum(high, 120) / 8)
    return Field(tilted.round(_MILLIMETRES), lattice)


def _engraved(before: Floats, after: Floats, dry: Mask) -> Floats:
    """Return the relief with the gullies of another, each region as high as it was and no land under the sea."""
    cut = np.where(dry, after - before, 0)
    detail = _DEEPEST_M * np.tanh((cut - blurred(cut, _REGION_CELLS)) / _DEEPEST_M)
    land = np.maximum(before + detail, np.minimum(before, _SHORE_M))
    return np.where(dry, land, before).round(_MILLIMETRES)


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
