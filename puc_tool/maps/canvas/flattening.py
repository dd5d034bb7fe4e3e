"""From geometries, as objects or as well-known binary, to the flat numbers that ``Shapes`` holds."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray

from analyses.kernels.scanline import wind
from analyses.kernels.wkb import counted, filled

Octets = tuple[NDArray[np.uint8], NDArray[np.integer], NDArray[np.integer]]
"""Well-known binary of all geometries, and where that of each begins and ends; nowhere where there is none."""
Run = tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]
"""Points, the first of each ring, the first ring of each feature; shells and holes wound apart."""

_WITH_POINTS = (shapely.GeometryType.POINT, shapely.GeometryType.MULTIPOINT, shapely.GeometryType.GEOMETRYCOLLECTION)
_OF_ONE_RING = (shapely.GeometryType.LINESTRING, shapely.GeometryType.LINEARRING, shapely.GeometryType.POLYGON)
_RUN = 50_000
"""Geometries made flat at a time, so that their binary form is never there for all."""


class NotFlatError(ValueError):
    """A geometry is neither lines nor areas, or what should be its binary form is none."""


def without_points(
    geometries: NDArray[np.object_],
) -> tuple[NDArray[np.object_], NDArray[np.float64], NDArray[np.intp]]:
    """Return each geometry without its points; the points; the geometry of each."""
    if not np.isin(shapely.get_type_id(geometries), _WITH_POINTS).any():
        return geometries, np.empty((0, 2)), np.empty(0, np.intp)
    parts, feature = shapely.get_parts(geometries, return_index=True)
    while (shapely.get_type_id(parts) >= shapely.GeometryType.MULTIPOINT).any():
        parts, inner = shapely.get_parts(parts, return_index=True)
        feature = feature[inner]
    is_point = shapely.get_type_id(parts) == shapely.GeometryType.POINT
    drawn = np.full(len(geometries), None, object)
    shapely.geometrycollections(parts[~is_point], indices=feature[~is_point], out=drawn)
    signs, of_sign = shapely.get_coordinates(parts[is_point], return_index=True)
    return drawn, signs, feature[is_point][of_sign]


def of_objects(geometries: NDArray[np.object_]) -> Run:
    """Return lines and areas made flat."""
    runs = (_of_some(geometries[first : first + _RUN]) for first in range(0, max(len(geometries), 1), _RUN))
    return strung(runs, int(shapely.get_num_coordinates(geometries).sum()))


def _of_some(geometries: NDArray[np.object_]) -> Run:
    has_one_ring = np.isin(shapely.get_type_id(geometries), _OF_ONE_RING)
    if (has_one_ring & (shapely.get_num_interior_rings(geometries) == 0)).all():
        return _of_single_rings(geometries)
    binary = [each or b"" for each in shapely.to_wkb(geometries, byte_order=1, flavor="iso")]
    offsets = np.concatenate([[0], np.cumsum(np.fromiter(map(len, binary), np.int64, len(binary)))]).astype(np.int64)
    return of_binary((np.frombuffer(b"".join(binary), np.uint8), offsets[:-1], offsets[1:]))


def _of_single_rings(geometries: NDArray[np.object_]) -> Run:
    """Return what ``of_binary`` would, of lines and of areas without holes: their points are all there is."""
    counts = shapely.get_num_coordinates(geometries)
    points, rings = shapely.get_coordinates(geometries), np.concatenate([[0], np.cumsum(counts[counts > 0])])
    wind(points, rings, np.ones(len(rings) - 1, np.bool_))
    return points, rings, np.concatenate([[0], np.cumsum(counts > 0)])


def of_binary(octets: Octets) -> Run:
    """Return lines and areas made flat; raises NotFlatError if there is anything else, or an area is not closed."""
    count, ring_count = counted(*octets)
    if count < 0:
        raise NotFlatError
    points, is_shell = np.empty((count, 2)), np.empty(ring_count, np.bool_)
    rings, features = np.empty(ring_count + 1, np.int64), np.empty(len(octets[1]) + 1, np.int64)
    if not filled(*octets, points, rings, features, is_shell):
        raise NotFlatError
    wind(points, rings, is_shell)
    return points, rings, features


def strung(runs: Iterable[Run], count: int) -> Run:
    """Return the runs, of ``count`` points together, as one; each begins where the one before ends."""
    points, rings, features = np.empty((count, 2)), list[NDArray[np.int64]](), list[NDArray[np.int64]]()
    filled_to = 0
    for of_run, its_rings, its_features in runs:
        points[filled_to : filled_to + len(of_run)] = of_run
        filled_to += len(of_run)
        rings.append(its_rings)
        features.append(its_features)
    return points, _behind(rings), _behind(features)


def _behind(parts: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    starts = np.concatenate([[0], np.cumsum([part[-1] for part in parts])])
    return np.concatenate([*(part[:-1] + start for part, start in zip(parts, starts, strict=False)), starts[-1:]])
