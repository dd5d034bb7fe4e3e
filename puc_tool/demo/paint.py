"""What lies in the city beside its lots: roads, rails, quays, quarries, parks and other large or long things."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely
from geopandas import GeoDataFrame

from puc_tool.demo.cells import Cells, Mask
from puc_tool.demo.fabric import NATURE, STREET, YARD
from puc_tool.demo.places import JUNCTIONS, VIADUCT
from puc_tool.demo.setting import Setting
from puc_tool.demo.settled import Settled
from puc_tool.demo.spots import junctions, open_railway, quays, spots

RAILWAY, QUAY, TRACK, VERGE, BRIDGE = 113, 115, 121, 202, 204
_SPOT_CODES = {
    "park": NATURE, "pitch": YARD, "quarry": 123, "landfill": 118, "solar": 125, "sparse_solar": 205, "basin": 201,
    "greenhouse": 117, "soft_greenhouse": 203, "depot": 126,
}  # fmt: skip
_NARROW = ("tertiary", "unclassified", "residential", "pedestrian", "service", "motorway_link")
_WIDE = ("primary", "secondary")

Coat = tuple[Mask, int]


def coats(stage: Setting, land: Settled, edges: GeoDataFrame) -> Iterator[Coat]:
    """Yield which cells get which code; what comes later lies on top. Steps and paths take no soil."""
    cells = stage.cells
    for spot in spots(stage).itertuples():
        yield cells.burnt(spot.geometry), _SPOT_CODES[spot.kind]
    yield cells.burnt(quays(stage)), QUAY
    yield cells.burnt(_streets(edges, ("track",)), touched=True), TRACK
    yield cells.burnt(_streets(edges, _NARROW), touched=True), STREET
    yield cells.burnt(_streets(edges, _WIDE).buffer(7)), STREET
    yield cells.burnt(open_railway(stage, land.heights)), RAILWAY
    motorway = stage.ways.motorway.buffer(11)
    yield cells.burnt(motorway), STREET
    yield cells.burnt(motorway & shapely.Point(VIADUCT[0]).buffer(VIADUCT[1])), BRIDGE
    yield from _junctions(cells)


def _streets(edges: GeoDataFrame, kinds: tuple[str, ...]) -> shapely.Geometry:
    return shapely.multilinestrings(edges.geometry[edges["kind"].isin(kinds)].to_numpy())


def _junctions(cells: Cells) -> Iterator[Coat]:
    """Rings of slip roads around green that nobody can reach."""
    yield cells.burnt(shapely.multipoints(np.array(JUNCTIONS)).buffer(70)), VERGE
    yield cells.burnt(junctions()), STREET
