"""Union and difference of ground, with the area checked.

GEOS (3.14) loses a polygon in rare, nearly coincident cases, without a word: ``tests/layers/test_union.py`` holds one.
Areas are our trade, so each result must close: the union of parts that do not overlap has the sum of their areas. Where
it does not, the work is done again on a grid far finer than any survey, then one part after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce

import numpy as np
import shapely
from numpy.typing import NDArray

_FINE_GRID = 1e-7
_CLOSE_SHARE, _CLOSE = 1e-9, 1e-5

Way = Callable[[], shapely.Geometry]
Parts = NDArray[np.object_] | Sequence[shapely.Geometry]


def union_of_parts(parts: Parts) -> shapely.Geometry:
    """Return the union of polygons that do not overlap (units of a partition, pieces of one)."""
    return _closing(_union_ways(parts), float(shapely.area(parts).sum()))


def ground_of(parts: Parts) -> shapely.Geometry:
    """Return the ground under at least one of polygons that may overlap.

    There is no sum to hold it to, so two ways must agree on its area; where they do not, the larger of all three is
    taken, for what goes wrong is that a piece is lost.
    """
    plain, fine, one_by_one = _union_ways(parts)
    first, second = plain(), fine()
    if abs(shapely.area(first) - shapely.area(second)) <= max(_CLOSE, _FINE_GRID * float(shapely.length(first))):
        return first
    return max((first, second, one_by_one()), key=shapely.area)


def _union_ways(parts: Parts) -> tuple[Way, ...]:
    return (
        lambda: shapely.union_all(parts),
        lambda: shapely.union_all(parts, grid_size=_FINE_GRID),
        lambda: reduce(shapely.union, parts),
    )


def rest_of(whole: shapely.Geometry, part: shapely.Geometry) -> shapely.Geometry:
    """Return ``whole`` without ``part``, which lies inside it."""
    return _closing(_difference_ways(whole, part), float(shapely.area(whole) - shapely.area(part)))


def outside(ground: shapely.Geometry, other: shapely.Geometry) -> shapely.Geometry:
    """Return what of ``ground`` lies outside ``other``, which need not lie inside it."""
    return parted(ground, other)[1]


def parted(ground: shapely.Geometry, other: shapely.Geometry) -> tuple[shapely.Geometry, shapely.Geometry]:
    """Return what of ``ground`` lies in ``other`` and what does not: together they have its area.

    GEOS may give the whole of what only touches, or lose a part, in either; it may also lose a part of the one and give
    it to the other, and then the two close on a lie. So two ways that find crossings differently (in floating point,
    and on a grid) must agree, and the grid's is taken where they do not.
    """
    whole = float(shapely.area(ground))
    near = max(_CLOSE, _CLOSE_SHARE * whole, _FINE_GRID * float(shapely.length(ground)))
    found = [way(ground, other) for way in _PARTING_WAYS[:2]]
    plain, fine = found
    if _gap(plain, whole) <= near and _apart(plain, fine) <= near:
        return plain
    if _gap(fine, whole) <= near:
        return fine
    found += [way(ground, other) for way in _PARTING_WAYS[2:]]
    return min(found, key=lambda each: _gap(each, whole))


Pair = tuple[shapely.Geometry, shapely.Geometry]
_PARTING_WAYS: tuple[Callable[[shapely.Geometry, shapely.Geometry], Pair], ...] = (
    lambda ground, other: (shapely.intersection(ground, other), shapely.difference(ground, other)),
    lambda ground, other: (
        shapely.intersection(ground, other, grid_size=_FINE_GRID),
        shapely.difference(ground, other, grid_size=_FINE_GRID),
    ),
    lambda ground, other: (shapely.intersection(other, ground), shapely.difference(ground, other)),
    lambda ground, other: (
        shapely.difference(ground, shapely.difference(ground, other)),
        shapely.difference(ground, other),
    ),
)


def _gap(parts: Pair, whole_m2: float) -> float:
    return abs(float(shapely.area(parts[0]) + shapely.area(parts[1])) - whole_m2)


def _apart(one: Pair, other: Pair) -> float:
    return abs(float(shapely.area(one[0]) - shapely.area(other[0])))


def _difference_ways(whole: shapely.Geometry, part: shapely.Geometry) -> tuple[Way, ...]:
    return (
        lambda: shapely.difference(whole, part),
        lambda: shapely.difference(whole, part, grid_size=_FINE_GRID),
    )


def _closing(ways: Sequence[Way], area: float) -> shapely.Geometry:
    """Return the first result with ``area``, else the one that comes nearest."""
    found = []
    for way in ways:
        geometry = way()
        gap = abs(float(shapely.area(geometry)) - area)
        if gap <= max(_CLOSE, _CLOSE_SHARE * area):
            return geometry
        found.append((gap, geometry))
    return min(found, key=lambda each: each[0])[1]
