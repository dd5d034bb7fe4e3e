"""Geometry made flat, once for each layer: what the painter walks through without an object in the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from analyses.kernels.scanline import turned
from analyses.kernels.wkb import counted, filled

Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top, in metres of the study's CRS."""

Flat = tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.uint8]]
MOST_CLASSES = 255


@dataclass(frozen=True, eq=False)
class Shapes:
    """Rings, lines and points of features, in metres of the study's CRS.

    ``points`` is (N, 2); ring ``r`` has those from ``rings[r]`` up to ``rings[r + 1]``, feature ``i`` the rings from
    ``features[i]`` up to ``features[i + 1]``; ``bounds`` is (n, 4), NaN where a feature is empty; ``classes`` is (n,).
    Shells turn one way and holes the other. ``signs`` (m, 2) are the points that are features, ``sign_classes`` theirs.
    """

    points: NDArray[np.float64]
    rings: NDArray[np.int64]
    features: NDArray[np.int64]
    bounds: NDArray[np.float64]
    classes: NDArray[np.uint8]
    signs: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 2)))
    sign_classes: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))

    @property
    def flat(self) -> Flat:
        """What the kernels take."""
        return self.points, self.rings, self.features, self.bounds, self.classes

    @property
    def nbytes(self) -> int:
        """The memory they take (bytes)."""
        return sum(part.nbytes for part in (*self.flat, self.signs, self.sign_classes))

    @cached_property
    def extent(self) -> Bounds | None:
        """The ground that holds them all, or None if there is nothing."""
        low = [part.min(axis=0) for part in (self.points, self.signs) if len(part)]
        high = [part.max(axis=0) for part in (self.points, self.signs) if len(part)]
        return (*np.min(low, axis=0).tolist(), *np.max(high, axis=0).tolist()) if low else None


def shapes_of(geometries: NDArray[np.object_], classes: NDArray[np.integer] | None = None) -> Shapes:
    """Return (n,) geometries of any kind as shapes; without ``classes`` all are of the first."""
    numbers = np.zeros(len(geometries), np.uint8) if classes is None else np.asarray(classes, np.uint8)
    kinds = shapely.get_type_id(geometries)
    drawn, signs, of_sign = geometries, np.empty((0, 2)), np.empty(0, np.intp)
    if np.isin(kinds, _WITH_POINTS).any():
        drawn, signs, of_sign = _apart(geometries)
    runs = (_run(drawn[first : first + _RUN]) for first in range(0, max(len(drawn), 1), _RUN))
    points, rings, features = _strung(runs, int(shapely.get_num_coordinates(drawn).sum()))
    return Shapes(points, rings, features, shapely.bounds(geometries), numbers, signs, numbers[of_sign])


_WITH_POINTS = (shapely.GeometryType.POINT, shapely.GeometryType.MULTIPOINT, shapely.GeometryType.GEOMETRYCOLLECTION)
_RUN = 50_000
"""Geometries made flat at a time, so that their binary form is never there for all."""
_Run = tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]


def _apart(geometries: NDArray[np.object_]) -> tuple[NDArray[np.object_], NDArray[np.float64], NDArray[np.intp]]:
    """Return each geometry without its points; the points; the geometry of each."""
    parts, feature = shapely.get_parts(geometries, return_index=True)
    while (shapely.get_type_id(parts) >= shapely.GeometryType.MULTIPOINT).any():
        parts, inner = shapely.get_parts(parts, return_index=True)
        feature = feature[inner]
    is_point = shapely.get_type_id(parts) == shapely.GeometryType.POINT
    drawn = np.full(len(geometries), None, object)
    shapely.geometrycollections(parts[~is_point], indices=feature[~is_point], out=drawn)
    signs, of_sign = shapely.get_coordinates(parts[is_point], return_index=True)
    return drawn, signs, feature[is_point][of_sign]


def _run(geometries: NDArray[np.object_]) -> _Run:
    """Return points, the first of each ring and the first ring of each feature; shells and holes wound apart."""
    binary = [each or b"" for each in shapely.to_wkb(geometries, byte_order=1, flavor="iso")]
    offsets = np.concatenate([[0], np.cumsum(np.fromiter(map(len, binary), np.int64, len(binary)))]).astype(np.int64)
    octets = np.frombuffer(b"".join(binary), np.uint8)
    count, ring_count = counted(octets, offsets)
    if count < 0:
        raise ValueError("a geometry is neither lines nor areas")
    points, is_shell = np.empty((count, 2)), np.empty(ring_count, np.bool_)
    rings, features = np.empty(ring_count + 1, np.int64), np.empty(len(offsets), np.int64)
    filled(octets, offsets, points, rings, features, is_shell)
    return turned(points, rings, is_shell), rings, features


def _strung(runs: Iterator[_Run], count: int) -> _Run:
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
