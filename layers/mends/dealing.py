"""Sharing out the ground of a gap among its neighbours, by the length of the edge they share with it.

The neighbour with the longest edge takes the ground along its edge, as far as the gap is wide; then the next takes of
what is left, and so on. A gap between two polygons so goes to one of them; one that runs between many (a plan whose
every outline was moved a little) is shared out, and nobody is given a net. What is taken has an edge in common with
who takes it; corners that nobody reaches go to the one they share the longest edge with in the end.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.union import union_of_parts

NEAR_M = 1e-3
"""An edge this near to a polygon is shared with it: computed corners lie a hair beside the line they cut."""

NOTHING_M2 = 1e-6
"""Ground under this is rounding, not ground."""

Geometries = NDArray[np.object_]


class Dealing:
    """The neighbours of one gap while its ground is shared out among them."""

    def __init__(self, polygons: dict[int, shapely.Geometry]) -> None:
        self.polygons = polygons
        self.given: dict[int, list[shapely.Geometry]] = {}

    def deal(self, gap: shapely.Geometry, width_m: float) -> None:
        """Give ``gap`` away, piece by piece; nothing if no polygon shares an edge with it."""
        rest = gap
        rows = list(self.polygons)
        edges, length_m = self._edges(gap)
        for at in np.argsort(-length_m.round(6), kind="stable"):
            if length_m[at] > 0:
                rest = self._take(rows[at], edges[at], rest, width_m)
        bits = sorted(polygons_of(rest), key=shapely.area, reverse=True) if self.given else []
        for bit in bits:
            _, length_m = self._edges(bit)
            self._give(rows[int(length_m.argmax())], [bit])

    def _take(self, row: int, edge: shapely.Geometry, rest: shapely.Geometry, width_m: float) -> shapely.Geometry:
        """Give ``row`` the ground of ``rest`` along its ``edge`` and return what is left."""
        reach = shapely.buffer(edge, width_m, cap_style="flat", join_style="mitre")
        parts = polygons_of(shapely.intersection(rest, reach))
        mine = [part for part in parts if _shared(part, np.array([edge]))[1][0] > 0]
        if not mine:
            return rest
        self._give(row, mine)
        return shapely.difference(rest, union_of_parts(mine))

    def _give(self, row: int, ground: list[shapely.Geometry]) -> None:
        self.given.setdefault(row, []).extend(ground)
        self.polygons[row] = joined(self.polygons[row], ground)

    def _edges(self, gap: shapely.Geometry) -> tuple[Geometries, NDArray[np.float64]]:
        return _shared(gap, np.array(list(self.polygons.values()), dtype=object))


def joined(polygon: shapely.Geometry, ground: list[shapely.Geometry]) -> shapely.Geometry:
    """Return ``polygon`` with ``ground`` beside it, without the hairline holes that rounding leaves between."""
    whole = union_of_parts([polygon, *ground])
    parts = [_without_hairlines(part) for part in shapely.get_parts(whole)]
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)


def polygons_of(geometry: shapely.Geometry) -> Geometries:
    """Return the polygons of a geometry that have an area."""
    parts = shapely.get_parts(geometry)
    return parts[shapely.area(parts) > NOTHING_M2]


def _shared(gap: shapely.Geometry, others: Geometries) -> tuple[Geometries, NDArray[np.float64]]:
    """Return the edges of ``gap`` that lie on each of ``others``, and their lengths in m.

    Edge by edge, by both ends and the middle: what is cut exactly would miss edges that are beside by a hair.
    """
    starts, ends = _outline(gap)
    middles = shapely.points((starts + ends) / 2)
    edge, other = shapely.STRtree(others).query(middles, predicate="dwithin", distance=NEAR_M)
    for corners in (starts, ends):
        on = shapely.dwithin(shapely.points(corners[edge]), others[other], NEAR_M)
        edge, other = edge[on], other[on]
    lines = shapely.linestrings(np.stack([starts, ends], axis=1))
    edges = [shapely.line_merge(shapely.multilinestrings(lines[edge[other == at]])) for at in range(len(others))]
    length_m = np.bincount(other, shapely.length(lines)[edge], len(others)).astype(np.float64)
    return np.array(edges, dtype=object), length_m


def _outline(gap: shapely.Geometry) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where each edge of the outlines of ``gap`` starts and ends."""
    rings = shapely.get_rings(gap)
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    within = ring[1:] == ring[:-1]
    return corners[:-1][within], corners[1:][within]


def _without_hairlines(polygon: shapely.Polygon) -> shapely.Polygon:
    holes = [ring for ring in polygon.interiors if shapely.area(shapely.polygons(ring)) > NOTHING_M2]
    return polygon if len(holes) == len(polygon.interiors) else shapely.polygons(polygon.exterior, holes)
