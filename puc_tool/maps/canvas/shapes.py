"""Geometry made flat, once for each layer: what the painter walks through without an object in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from analyses.kernels.wkb import extents
from puc_tool.maps.canvas.flattening import Run, of_objects, strung, without_points

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
    drawn, signs, of_sign = without_points(geometries)
    return Shapes(*of_objects(drawn), shapely.bounds(geometries), numbers, signs, numbers[of_sign])


def shapes_of_runs(runs: Sequence[Run], classes: NDArray[np.integer]) -> Shapes:
    """Return lines and areas made flat before, run by run, as shapes."""
    points, rings, features = strung(runs, sum(len(each[0]) for each in runs))
    return Shapes(points, rings, features, extents(points, rings, features), np.asarray(classes, np.uint8))
