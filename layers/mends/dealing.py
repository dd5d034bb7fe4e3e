"""Sharing out the ground of a gap among its neighbours, by the length of the edge they share with it.

The neighbour with the longest edge takes the ground along its edge, as far as the gap is wide; then the next takes of
what is left, and so on. A gap between two polygons so goes to one of them; one that runs between many (a plan whose
every outline was moved a little) is shared out, and nobody is given a net. What is taken has an edge in common with
who takes it; corners that nobody reaches go to the one they share the longest edge with in the end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.union import union_of_parts

NEAR_M = 1e-3
"""An edge this near to a polygon is shared with it: computed corners lie a hair beside the line they cut."""

NOTHING_M2 = 1e-6
"""Ground under this is rounding, not ground."""

_FEW = 16

Geometries = NDArray[np.object_]


@dataclass(frozen=True)
class Piece:
    """Ground of a gap, and the place of the neighbour that is given it."""

    neighbour: int
    ground: shapely.Polygon


def dealt(gap: shapely.Geometry, neighbours: Geometries, width_m: float) -> list[Piece]:
    """Return ``gap`` in pieces, each for one of ``neighbours``; none if no neighbour shares an edge with it."""
    edges, length_m = _shared(gap, neighbours)
    order = np.argsort(-length_m.round(6), kind="stable")
    order = order[length_m[order] > 0]
    if not len(order):
        return []
    taken = _taken(gap, edges[order], width_m)
    pieces = [Piece(int(order[at]), part) for at, parts in enumerate(taken) for part in parts]
    rest = shapely.difference(gap, union_of_parts([piece.ground for piece in pieces]))
    return pieces + _corners(polygons_of(rest), neighbours, pieces)


def joined(polygon: shapely.Geometry, ground: list[shapely.Geometry]) -> shapely.Geometry:
    """Return ``polygon`` with ``ground`` beside it, without the hairline holes that rounding leaves between."""
    whole = union_of_parts([polygon, *ground])
    parts = [_without_hairlines(part) for part in shapely.get_parts(whole)]
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)


def polygons_of(geometry: shapely.Geometry) -> Geometries:
    """Return the polygons of a geometry that have an area."""
    parts = shapely.get_parts(geometry)
    return parts[shapely.area(parts) > NOTHING_M2]


def _taken(gap: shapely.Geometry, edges: Geometries, width_m: float) -> list[Geometries]:
    """Return what each edge takes of ``gap``, the first of all it reaches, the others of what is left."""
    reach = shapely.buffer(edges, width_m, cap_style="flat", join_style="mitre")
    wanted = np.empty(len(reach), dtype=object)
    _cut(gap, reach, np.arange(len(reach)), wanted)
    later, earlier = shapely.STRtree(wanted).query(wanted, predicate="intersects")
    taken = list[Geometries]()
    for at, edge in enumerate(edges):
        before = [part for each in np.sort(earlier[later == at]) if each < at for part in taken[each]]
        left = shapely.difference(wanted[at], union_of_parts(before)) if before else wanted[at]
        parts = polygons_of(left)
        mine = [_shared(part, np.array([edge], dtype=object))[1][0] > 0 for part in parts]
        taken.append(parts[np.array(mine, dtype=bool)])
    return taken


def _cut(gap: shapely.Geometry, reach: Geometries, places: NDArray[np.intp], into: Geometries) -> None:
    """Put into ``into`` what each of ``reach`` covers of ``gap``: a net is halved first, so that few see all of it."""
    if len(places) <= _FEW:
        into[places] = shapely.intersection(gap, reach[places])
        return
    bounds = shapely.bounds(reach[places])
    axis = int(np.argmax(np.ptp(bounds[:, :2], axis=0)))
    order = np.argsort(bounds[:, axis], kind="stable")
    for half in np.array_split(places[order], 2):
        _cut(shapely.intersection(gap, shapely.box(*shapely.total_bounds(reach[half]))), reach, half, into)


def _corners(bits: Geometries, neighbours: Geometries, pieces: list[Piece]) -> list[Piece]:
    """Return each bit that nobody reached for the neighbour that it, with what it was given, shares most edge with."""
    ground = np.array([*neighbours, *(piece.ground for piece in pieces)], dtype=object)
    owner = np.array([*range(len(neighbours)), *(piece.neighbour for piece in pieces)])
    near = shapely.STRtree(ground)
    found = list[Piece]()
    for bit in bits:
        beside = np.sort(near.query(bit, predicate="dwithin", distance=NEAR_M))
        _, length_m = _shared(bit, ground[beside])
        by_owner = np.bincount(owner[beside], length_m)
        found.append(Piece(int(by_owner.argmax()), bit))
    return found


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
    lines = shapely.linestrings(np.stack([starts, ends], axis=1))[edge]
    order = np.argsort(other, kind="stable")
    groups = np.split(lines[order], np.searchsorted(other[order], np.arange(1, len(others))))
    edges = np.array([shapely.line_merge(shapely.multilinestrings(group)) for group in groups], dtype=object)
    return edges, np.bincount(other, shapely.length(lines), len(others)).astype(np.float64)


def _outline(gap: shapely.Geometry) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where each edge of the outlines of ``gap`` starts and ends."""
    corners, ring = shapely.get_coordinates(shapely.get_rings(gap), return_index=True)
    within = ring[1:] == ring[:-1]
    return corners[:-1][within], corners[1:][within]


def _without_hairlines(polygon: shapely.Polygon) -> shapely.Polygon:
    holes = [ring for ring in polygon.interiors if shapely.area(shapely.polygons(ring)) > NOTHING_M2]
    return polygon if len(holes) == len(polygon.interiors) else shapely.Polygon(polygon.exterior, holes)
