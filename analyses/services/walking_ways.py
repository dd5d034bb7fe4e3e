"""Which streets one can walk on, and where they meet.

Who may walk: everything but motorways, trunk roads and their links, and what the source calls not walkable; what it
calls walkable is. ``oneway`` does not bind people on foot.

Where ways meet: at a point that is a vertex of both; where the end of one lies on the other (to ``JOIN_M``); and, in a
source that was not drawn as a network, at every crossing. Bridges and tunnels can't be known: a source counts as drawn
as a network when at least ``NETWORK_SHARE`` of the places where two of its ways touch are vertices of both, and then
ways that cross without one are taken to pass over each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.attributes import words
from analyses.services.walking_pace import Profile

NOT_ON_FOOT = ("motorway", "motorway_link", "trunk", "trunk_link")
STAIRS = "steps"
JOIN_M = 0.1
NETWORK_SHARE = 0.9

_GRID_M = 0.001

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Truths = NDArray[np.bool_]
Geometries = NDArray[np.object_]


@dataclass(frozen=True)
class Rows:
    """The vertices of all ways, way by way: ``line``, the place along it (``along_m``), ``xy``, and ``node``.

    ``point`` is the same number for vertices at one place; ``node`` tells at which of them one can turn.
    """

    line: Indices
    along_m: Floats
    xy: Floats
    point: Indices
    node: Truths


@dataclass(frozen=True)
class Ways:
    """Walkable ways as ``rows``; ``joined``: crossings made into junctions; ``passed``: ways over each other."""

    rows: Rows
    joined: int
    passed: int
    left_out_m: float


def walkable(streets: GeoDataFrame, profile: Profile) -> Truths:
    """Tell of each street whether one may walk there, and whether this profile can."""
    kind, said = words(streets, "kind"), words(streets, "walkable")
    free = (~kind.isin(NOT_ON_FOOT) | (said == "yes")) & (said != "no")
    stairs = (kind == STAIRS) | (words(streets, "stairs") == "yes")
    return (free & (~stairs | profile.takes_stairs)).to_numpy(bool)


def ways(streets: GeoDataFrame, profile: Profile) -> Ways:
    """Return the ways of ``streets`` (lines in a metric CRS) that ``profile`` can walk, and where they meet."""
    open_to = walkable(streets, profile)
    left_out_m = float(streets.length.to_numpy()[~open_to].sum())
    lines = shapely.get_parts(shapely.force_2d(streets.geometry.to_numpy()[open_to]))
    lines = lines[shapely.length(lines) > _GRID_M]
    own = _vertices(lines)
    tree = shapely.STRtree(lines)
    ends = _ends_on_others(own, tree)
    crossings, shared = _crossings(lines, tree, own)
    touches = shared + len(ends[0]) + len(crossings[0])
    is_network = touches == 0 or shared >= NETWORK_SHARE * touches
    cuts = [ends] if is_network else [ends, *_both_ways(crossings)]
    count = len(crossings[0])
    return Ways(_rows(lines, own, cuts), 0 if is_network else count, count if is_network else 0, left_out_m)


_Cuts = tuple[Indices, Floats]
"""Places to turn at: the number of the line, and the point (n, 2)."""


def _vertices(lines: Geometries) -> _Cuts:
    xy, line = shapely.get_coordinates(lines, return_index=True)
    return line.astype(np.intp), xy


def _keys(xy: Floats) -> NDArray[np.int64]:
    """Return whole millimetres: what is nearer than that is one place."""
    return np.rint(xy / _GRID_M).astype(np.int64)


def _points(*places: Floats) -> list[Indices]:
    """Return one number for each place, the same for the same place, over all the arrays."""
    keys = _keys(np.concatenate(places))
    order = np.lexsort((keys[:, 1], keys[:, 0]))
    new = np.any(np.diff(keys[order], axis=0) != 0, axis=1)
    number = np.empty(len(keys), np.intp)
    number[order] = np.concatenate([[0], np.cumsum(new)]) if len(keys) else []
    return np.split(number, np.cumsum([len(each) for each in places])[:-1])


def _tips(own: _Cuts) -> tuple[Floats, Floats]:
    """Return the first and the last vertex of each line."""
    line, xy = own
    change = np.flatnonzero(np.diff(line)) + 1
    starts = np.concatenate([[0], change]) if len(line) else change
    stops = np.concatenate([change, [len(line)]]) if len(line) else change
    return xy[starts], xy[stops - 1]


def _ends_on_others(own: _Cuts, tree: shapely.STRtree) -> _Cuts:
    """Return the ends that lie on another line which has no vertex there, and which line."""
    ends = np.concatenate(_tips(own))
    end, line = tree.query(shapely.points(ends), predicate="dwithin", distance=JOIN_M)
    other = end % max(1, len(tree)) != line
    end, line = end[other], line[other]
    xy = ends[end]
    free = ~_is_vertex(own, line, xy)
    return line[free], xy[free]


def _is_vertex(own: _Cuts, line: Indices, xy: Floats) -> Truths:
    vertex, place = _points(own[1], xy)
    n = len(own[1]) + len(xy) + 1
    return np.isin(line * n + place, own[0] * n + vertex)


def _crossings(lines: Geometries, tree: shapely.STRtree, own: _Cuts) -> tuple[tuple[Indices, Indices, Floats], int]:
    """Return where two lines cross without a vertex of both (first, second, point), and how many share one."""
    first, second = tree.query(lines, predicate="intersects")
    once = first < second
    first, second = first[once], second[once]
    met = shapely.intersection(lines[first], lines[second])
    xy, pair = shapely.get_coordinates(met, return_index=True)
    one, two = first[pair], second[pair]
    on_one, on_two = _is_vertex(own, one, xy), _is_vertex(own, two, xy)
    free = ~(on_one & on_two) & ~_is_end(own, one, xy) & ~_is_end(own, two, xy)
    return (one[free], two[free], xy[free]), int((on_one & on_two).sum())


def _is_end(own: _Cuts, line: Indices, xy: Floats) -> Truths:
    return np.any([np.hypot(*(tip[line] - xy).T) <= JOIN_M for tip in _tips(own)], axis=0)


def _both_ways(crossings: tuple[Indices, Indices, Floats]) -> tuple[_Cuts, _Cuts]:
    first, second, xy = crossings
    return (first, xy), (second, xy)


def _rows(lines: Geometries, own: _Cuts, cuts: list[_Cuts]) -> Rows:
    """Return the vertices with the cuts among them; one can turn at ends, cuts, and vertices of more than one way."""
    line = np.concatenate([own[0], *(each[0] for each in cuts)])
    xy = np.concatenate([own[1], *(each[1] for each in cuts)])
    added = np.arange(len(line)) >= len(own[0])
    along_m = np.concatenate([_along_m(own), *(_located_m(lines, each) for each in cuts)])
    (point,) = _points(xy)
    turn = np.bincount(point, minlength=1) > 1
    node = turn[point] | added | _outermost(line, len(own[0]))
    order = np.lexsort((added, along_m, line))
    return Rows(line[order], along_m[order], xy[order], point[order], node[order])


def _along_m(own: _Cuts) -> Floats:
    """Return how far along its line each vertex lies."""
    line, xy = own
    step = np.concatenate([[0.0], np.hypot(*np.diff(xy, axis=0).T)]) if len(xy) else np.empty(0)
    first = np.concatenate([[True], np.diff(line) != 0]) if len(line) else np.empty(0, bool)
    far = np.cumsum(np.where(first, 0.0, step))
    start = np.maximum.accumulate(np.where(first, far, 0.0))
    return far - start


def _located_m(lines: Geometries, cuts: _Cuts) -> Floats:
    return np.asarray(shapely.line_locate_point(lines[cuts[0]], shapely.points(cuts[1])), dtype=float)


def _outermost(line: Indices, count: int) -> Truths:
    """Tell which of the first ``count`` vertices are an end of their line."""
    own = line[:count]
    change = np.diff(own) != 0
    ends = np.concatenate([[True], change]) | np.concatenate([change, [True]]) if count else np.empty(0, bool)
    return np.concatenate([ends, np.zeros(len(line) - count, bool)])
