"""The lots of the commune: every parcel with what it is for, decided by where it lies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from puc_tool.demo.cells import Mask
from puc_tool.demo.chance import Floats, hashed, noise, stream
from puc_tool.demo.contours import contour
from puc_tool.demo.districts import bare_ground, districts
from puc_tool.demo.field import Shapes
from puc_tool.demo.military import military
from puc_tool.demo.parcels import blocks, parcels
from puc_tool.demo.setting import Setting
from puc_tool.demo.settled import Settled
from puc_tool.demo.spots import junctions, open_railway, quays, spots
from puc_tool.demo.streets import corridors

_TERRACES_M = np.arange(40.0, 330.0, 32.0)
_USUAL_M2 = {
    "centre": 400.0, "town": 640.0, "works": 4200.0, "slope": 560.0, "military": 7000.0, "bare": 60_000.0,
    "quay": 16_000.0, "spot": np.inf,
}  # fmt: skip
_FIELD_M2, _WOOD_M2, _FAR_M = 4200.0, 26_000.0, 600.0
_DENSE_PULL = 0.62
_BED_M = 3.0
_MIXED = 0.12


@dataclass(frozen=True)
class Lots:
    """Parcels in EPSG:7791 with what they are for.

    ``use`` is spot, quay, military, bare, centre, town, works, slope or rural; ``hood`` a position in the stage's
    neighbourhoods; ``block`` a position in ``blocks``; ``pull`` as in `Settled`; ``road_m`` the way to a street;
    ``spot`` a position in `spots`, -1 without.
    """

    areas: Shapes
    blocks: Shapes
    block: NDArray[np.int64]
    hood: NDArray[np.int64]
    use: Shapes
    x: Floats
    y: Floats
    pull: Floats
    road_m: Floats
    spot: NDArray[np.int64]

    def chance(self, seed: int, draw: int) -> Floats:
        """Return a number in [0, 1) for each lot."""
        return hashed(seed, draw, np.rint(self.x), np.rint(self.y))

    @property
    def dense(self) -> Mask:
        """The lots of blocks that are closed all round: the centre, and some of the town near it."""
        whole = hashed(7, self.block) < 0.45
        is_dense: Mask = (self.use == "centre") | ((self.use == "town") & (self.pull > _DENSE_PULL) & whole)
        return is_dense


def lots(stage: Setting, land: Settled, edges: GeoDataFrame, rivers: Shapes) -> Lots:
    """Part the ground between streets, railway, motorway and the open ``rivers`` into lots."""
    street = corridors(edges)
    others = [open_railway(stage, land.heights), junctions(), stage.ways.motorway.buffer(11)]
    taken = shapely.union_all([*street, *others, *shapely.buffer(rivers, _BED_M, quad_segs=2)])
    pieces = blocks(stage.ground.commune, taken, [*_edges(stage), *_terraces(land)])
    uses = _Uses(stage, land, shapely.STRtree(edges.geometry.to_numpy()))
    found = parcels(pieces, uses.usual_m2, stage.seed)
    inner = shapely.point_on_surface(found.areas)
    x, y = shapely.get_x(inner), shapely.get_y(inner)
    return Lots(
        areas=found.areas, blocks=pieces, block=found.block, hood=_inside(stage.hoods.geometry.to_numpy(), x, y),
        use=uses.at(x, y), x=x, y=y, pull=land.pull.at(x, y), road_m=uses.road_m(x, y),
        spot=_inside(spots(stage).geometry.to_numpy(), x, y),
    )  # fmt: skip


def _edges(stage: Setting) -> list[shapely.Geometry]:
    """Return the edges that no lot reaches across."""
    areas = [*spots(stage).geometry, *military(stage).geometry, *districts(stage).geometry, quays(stage)]
    return [area.boundary for area in areas]


def _terraces(land: Settled) -> Shapes:
    """Return the walls of terraced fields, outside of what is settled."""
    walls = np.concatenate([shapely.simplify(contour(land.heights, level), 8.0) for level in _TERRACES_M])
    open_land = shapely.union(land.town, land.slopes).buffer(20)
    return shapely.difference(walls, open_land)


class _Uses:
    """What ground is for at a place, and how large lots are there."""

    def __init__(self, stage: Setting, land: Settled, streets: shapely.STRtree) -> None:
        areas = [
            ("spot", spots(stage).geometry), ("military", military(stage).geometry), ("bare", [bare_ground(stage)]),
            ("quay", [quays(stage)]), ("slope", [land.slopes]),
        ]  # fmt: skip
        self._words = np.array([*(word for word, found in areas for _ in found), *stage.characters, "rural"])
        self._areas = np.array([area for _, found in areas for area in found])
        self._hoods, self._town, self._streets = stage.hoods.geometry.to_numpy(), land.town, streets
        self._mixed = noise(stream(stage.seed, "works"), 520, 2)
        shapely.prepare(self._town)

    def at(self, x: Floats, y: Floats) -> Shapes:
        """Return the use of the ground at positions in metres: of areas that overlap the first."""
        use = _inside(self._areas, x, y)
        town = (use < 0) & shapely.contains_xy(self._town, x, y)
        use[town] = _inside(self._hoods, x[town], y[town]) + len(self._areas)
        words = self._words[use].astype(object)
        words[(words == "hill") | ((words == "works") & (self._mixed.at(x, y) > _MIXED))] = "town"
        return words

    def usual_m2(self, x: Floats, y: Floats) -> Floats:
        """Return the usual size of a lot: on open land the larger the further from a street."""
        far = np.minimum(self.road_m(x, y) / _FAR_M, 1)
        usual = _FIELD_M2 + (_WOOD_M2 - _FIELD_M2) * far
        use = self.at(x, y)
        for word, size in _USUAL_M2.items():
            usual[use == word] = size
        return usual

    def road_m(self, x: Floats, y: Floats) -> Floats:
        """Return how far (m) the nearest street is."""
        return self._streets.query_nearest(shapely.points(x, y), return_distance=True, all_matches=False)[1]


def _inside(areas: Shapes, x: Floats, y: Floats) -> NDArray[np.int64]:
    """Return the position of the first area each point lies in; -1 where it lies in none."""
    point, area = shapely.STRtree(areas).query(shapely.points(x, y), predicate="within")
    found = np.full(x.size, len(areas))
    np.minimum.at(found, point, area)
    return np.where(found == len(areas), -1, found)
