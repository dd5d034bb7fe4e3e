"""What lies in the city beside its blocks: roads, rails, quays, quarries, parks and other large or long things."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from puc_tool.demo.cells import Cells, Mask
from puc_tool.demo.chance import Noise, noise, stream
from puc_tool.demo.fabric import NATURE, STREET, YARD
from puc_tool.demo.field import Field
from puc_tool.demo.ground import Ground
from puc_tool.demo.places import JUNCTIONS, QUAYS, SPOTS, VIADUCT, YARDS, Spot
from puc_tool.demo.roads import Roads
from puc_tool.demo.setting import Setting

RAILWAY, QUAY, TRACK, VERGE, BRIDGE = 113, 115, 121, 202, 204
_TUNNELS_ABOVE_M = 45.0
_QUAY_DEPTH_M = 135.0
_SPOT_CODES = {
    "park": NATURE, "pitch": YARD, "quarry": 123, "landfill": 118, "solar": 125, "sparse_solar": 205, "basin": 201,
    "greenhouse": 117, "soft_greenhouse": 203, "depot": 126,
}  # fmt: skip

Coat = tuple[Mask, int]


def coats(stage: Setting) -> Iterator[Coat]:
    """Yield which cells get which code; what comes later lies on top."""
    cells, ways = stage.cells, stage.ways
    wobble = noise(stream(stage.seed, "spots"), 130, 2)
    for spot in SPOTS:
        yield _spot(cells, spot, wobble), _SPOT_CODES[spot.kind]
    yield _quays(cells, stage.ground), QUAY
    yield cells.burnt(ways.tracks, touched=True), TRACK
    yield cells.burnt(ways.hill, touched=True), STREET
    yield cells.burnt(ways.main.buffer(7)), STREET
    yield _railway(cells, ways, stage.heights), RAILWAY
    yield cells.burnt(ways.motorway.buffer(11)), STREET
    yield cells.burnt(ways.motorway.buffer(11) & shapely.Point(VIADUCT[0]).buffer(VIADUCT[1])), BRIDGE
    yield from _junctions(cells)


def _spot(cells: Cells, spot: Spot, wobble: Noise) -> Mask:
    away_m = np.hypot(cells.x - spot.at[0], cells.y - spot.at[1])
    inside: Mask = away_m < spot.radius_m * (1 + 0.35 * wobble.at(cells.x, cells.y))
    return inside


def _quays(cells: Cells, ground: Ground) -> Mask:
    """A strip along the shore, within the harbour's parts."""
    harbour = shapely.union_all([shapely.Point(at).buffer(radius) for at, radius in QUAYS])
    return cells.burnt(ground.gulf_shore.buffer(_QUAY_DEPTH_M) & harbour)


def _railway(cells: Cells, ways: Roads, heights: Field) -> Mask:
    """Open line and station yards; under the hills it is in tunnel, and consumes nothing."""
    yards = shapely.multilinestrings([shapely.LineString(path) for path in YARDS]).buffer(48)
    open_air = heights.at(cells.x, cells.y) < _TUNNELS_ABOVE_M
    return open_air & (cells.burnt(ways.railways.buffer(9)) | cells.burnt(yards))


def _junctions(cells: Cells) -> Iterator[Coat]:
    """Rings of slip roads around green that nobody can reach."""
    middles = shapely.multipoints(np.array(JUNCTIONS))
    yield cells.burnt(middles.buffer(78)), STREET
    yield cells.burnt(middles.buffer(64)), VERGE
    yield cells.burnt(middles.buffer(22)), STREET
