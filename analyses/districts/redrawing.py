"""Redrawing the outline of a district: vertices moved, added, taken away; snapped to its neighbours; split by a line.

Every operation returns a new outline and leaves the one handed in as it is. An outline that crosses itself or has no
ground is refused with a sentence. Coordinates and lengths are metres of the study's CRS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import shapely
import shapely.ops
from numpy.typing import NDArray

from analyses.districts import redrawing_refusals as refusals
from layers.problems import PucError

Point = tuple[float, float]
_Rings = list[list[NDArray[np.float64]]]
LEAST_M2 = 1.0
_SAME_M = 1e-6
_FEWEST = 3


@dataclass(frozen=True)
class Vertex:
    """A corner of an outline: its part, its ring there (0 is the shell), its place on the ring."""

    part: int
    ring: int
    place: int


def vertices(outline: shapely.Geometry) -> tuple[tuple[Vertex, Point], ...]:
    """Return every corner once, ring by ring."""
    return tuple(
        (Vertex(part, ring, place), (float(x), float(y)))
        for part, rings in enumerate(_rings(outline))
        for ring, corners in enumerate(rings)
        for place, (x, y) in enumerate(corners)
    )


def moved(outline: shapely.Geometry, vertex: Vertex, to: Point) -> shapely.Geometry:
    """Return the outline with one corner elsewhere; raises PucError if it would cross itself or have no ground."""
    rings = _rings(outline)
    rings[vertex.part][vertex.ring][vertex.place] = to
    return _sound(rings)


def with_vertex(outline: shapely.Geometry, behind: Vertex, at: Point) -> shapely.Geometry:
    """Return the outline with one more corner, between ``behind`` and the next; raises PucError like ``moved``."""
    rings = _rings(outline)
    corners = rings[behind.part][behind.ring]
    rings[behind.part][behind.ring] = np.insert(corners, behind.place + 1, at, axis=0)
    return _sound(rings)


def without_vertex(outline: shapely.Geometry, vertex: Vertex) -> shapely.Geometry:
    """Return the outline without one corner; a hole of three goes with it. Raises PucError like ``moved``."""
    rings = _rings(outline)
    corners = np.delete(rings[vertex.part][vertex.ring], vertex.place, axis=0)
    rings[vertex.part][vertex.ring] = corners
    if len(corners) < _FEWEST and vertex.ring > 0:
        del rings[vertex.part][vertex.ring]
    return _sound(rings)


def nearest_edge(outline: shapely.Geometry, to: Point) -> tuple[Vertex, Point]:
    """Return the corner that the nearest edge begins at, and the point of that edge nearest to ``to``."""
    found = [
        (*_onto(corners[place], corners[(place + 1) % len(corners)], to), Vertex(part, ring, place))
        for part, rings in enumerate(_rings(outline))
        for ring, corners in enumerate(rings)
        for place in range(len(corners))
    ]
    _, at, vertex = min(found, key=lambda each: each[0])
    return vertex, at


def snapped(outline: shapely.Geometry, neighbours: NDArray[np.object_], reach_m: float) -> shapely.Geometry:
    """Return the outline fitted to what lies within ``reach_m`` of it: along that neither gap nor overlap is left.

    Each corner goes to the nearest corner of a neighbour, else onto its nearest edge; corners of neighbours beside an
    edge become corners of it. Raises PucError if what comes of it would cross itself.
    """
    near = neighbours[shapely.dwithin(neighbours, outline, reach_m)] if len(neighbours) else neighbours
    if not len(near):
        return outline
    beside = _Neighbours.of(near, reach_m)
    return _sound([[_fitted(ring, beside) for ring in part] for part in _rings(outline)])


def snapped_point(at: Point, neighbours: NDArray[np.object_], reach_m: float) -> Point:
    """Return the nearest corner of a neighbour within ``reach_m``, else the nearest place on its edge, else ``at``."""
    point = shapely.Point(at)
    near = neighbours[shapely.dwithin(neighbours, point, reach_m)] if len(neighbours) else neighbours
    if not len(near):
        return at
    corners = shapely.points(shapely.get_coordinates(near))
    nearest = corners[int(np.argmin(shapely.distance(corners, point)))]
    if shapely.distance(nearest, point) > reach_m:
        nearest = shapely.Point(shapely.shortest_line(shapely.union_all(shapely.boundary(near)), point).coords[0])
    return float(nearest.x), float(nearest.y)


def split(outline: shapely.Geometry, line: Sequence[Point]) -> tuple[shapely.Polygon, ...]:
    """Return the parts that ``line`` cuts the outline into, the largest first; together they are the whole.

    Raises PucError if the line does not cut it.
    """
    if len(line) < 2:
        raise PucError(refusals.no_cut())
    parts = [
        piece
        for part in shapely.get_parts(outline)
        for piece in shapely.get_parts(shapely.ops.split(part, shapely.LineString(line)))
        if shapely.area(piece) > 0.0
    ]
    if len(parts) <= len(shapely.get_parts(outline)):
        raise PucError(refusals.no_cut())
    return tuple(sorted(parts, key=lambda each: -each.area))


def _rings(outline: shapely.Geometry) -> _Rings:
    """Return the corners of each ring of each part, without the last, which is the first again."""
    return [
        [shapely.get_coordinates(ring)[:-1] for ring in (part.exterior, *part.interiors)]
        for part in shapely.get_parts(outline)
    ]


def _sound(rings: _Rings) -> shapely.Geometry:
    """Return the outline of these rings; raises PucError if it is none."""
    if any(len(_different(ring)) < _FEWEST for part in rings for ring in part):
        raise PucError(refusals.too_few())
    parts = [shapely.Polygon(part[0], part[1:]) for part in rings]
    made: shapely.Geometry = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
    if not shapely.is_valid(made):
        raise PucError(refusals.crosses(shapely.is_valid_reason(made)))
    if made.area < LEAST_M2:
        raise PucError(refusals.too_small(made.area))
    return made


def _different(ring: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.unique(ring, axis=0)


def _onto(start: NDArray[np.float64], end: NDArray[np.float64], to: Point) -> tuple[float, Point]:
    """Return how far ``to`` is from an edge, and the edge's nearest point."""
    along, off = end - start, np.asarray(to) - start
    length = float(along @ along)
    share = float(np.clip(off @ along / length, 0.0, 1.0)) if length else 0.0
    at = start + share * along
    return float(np.hypot(*(np.asarray(to) - at))), (float(at[0]), float(at[1]))


@dataclass(frozen=True)
class _Neighbours:
    """The corners and edges that an outline is fitted to, within ``reach_m``."""

    corners: NDArray[np.object_]
    edges: shapely.Geometry
    reach_m: float

    @classmethod
    def of(cls, shapes: NDArray[np.object_], reach_m: float) -> _Neighbours:
        corners = shapely.points(np.unique(shapely.get_coordinates(shapes), axis=0))
        return cls(corners, shapely.union_all(shapely.boundary(shapes)), reach_m)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.corners)

    def near(self, shape: shapely.Geometry) -> NDArray[np.object_]:
        """Return the corners within reach of a point or an edge."""
        return self.corners[self._tree.query(shape, predicate="dwithin", distance=self.reach_m)]

    def landed(self, at: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where a corner goes: to the nearest corner within reach, else onto the nearest edge, else nowhere."""
        point = shapely.Point(at)
        close = self.near(point)
        if len(close):
            return shapely.get_coordinates(close[np.argmin(shapely.distance(close, point))])[0]
        if shapely.distance(self.edges, point) <= self.reach_m:
            return shapely.get_coordinates(shapely.shortest_line(self.edges, point))[0]
        return at


def _fitted(ring: NDArray[np.float64], neighbours: _Neighbours) -> NDArray[np.float64]:
    """Return a ring whose corners lie on the neighbours where they are near, and which has theirs beside its edges."""
    placed = np.array([neighbours.landed(each) for each in ring])
    kept = placed[np.any(placed != np.roll(placed, 1, axis=0), axis=1)]
    taken = {tuple(each) for each in kept.tolist()}
    closed = np.vstack([kept, kept[:1]])
    runs = [np.vstack([start, *_between(start, end, neighbours, taken)]) for start, end in pairwise(closed)]
    return np.vstack(runs)


def _between(
    start: NDArray[np.float64], end: NDArray[np.float64], neighbours: _Neighbours, taken: set[tuple[float, ...]]
) -> list[NDArray[np.float64]]:
    """Return the neighbours' corners beside an edge, from its start to its end, that are no corners of the ring yet."""
    edge = shapely.LineString([start, end])
    close = neighbours.near(edge)
    points = shapely.get_coordinates(close)
    places = shapely.line_locate_point(edge, close)
    inner = [at for at in np.argsort(places) if _SAME_M < places[at] < edge.length - _SAME_M]
    return [points[at] for at in inner if tuple(points[at].tolist()) not in taken]
