"""Lengths and areas of what somebody draws, on the plane of the study and on the ellipsoid of its datum.

The two differ by the scale of the projection: in UTM 32N at La Spezia the plane is some 0.03 % short in length. Both
are told, as surveyors give them. Source of the ellipsoidal way: C. F. F. Karney, «Algorithms for geodesics»,
Journal of Geodesy 87 (2013), as PROJ has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from pyproj import CRS, Geod, Transformer

Point = tuple[float, float]
"""East and north, metres of the study's CRS."""


@dataclass(frozen=True)
class Measure:
    """Length of a line, or area and outline of a polygon: planar, and on the ellipsoid. Areas of a line are 0."""

    length_m: float
    ellipsoidal_length_m: float
    area_m2: float = 0.0
    ellipsoidal_area_m2: float = 0.0
    crosses_itself: bool = False


def line(points: Sequence[Point], crs: CRS) -> Measure:
    """Return the length along ``points`` (two or more; fewer have none), in metres."""
    east, north = _columns(points)
    planar = float(np.hypot(np.diff(east), np.diff(north)).sum())
    return Measure(planar, float(_geod_length(east, north, crs)))


def polygon(points: Sequence[Point], crs: CRS) -> Measure:
    """Return area and outline of the polygon with these corners (three or more; fewer have no area).

    The area of an outline that crosses itself is not defined: ``crosses_itself`` says so, and the areas are 0.
    """
    if len(points) < 3:
        return line(points, crs)
    ring = [*points, points[0]]
    around, shape = line(ring, crs), shapely.Polygon(ring)
    if not shape.is_valid:
        return Measure(around.length_m, around.ellipsoidal_length_m, crosses_itself=True)
    longitude, latitude = _on_ellipsoid(*_columns(ring), crs)
    area_m2, _ = _geod(crs).polygon_area_perimeter(longitude, latitude)
    return Measure(around.length_m, around.ellipsoidal_length_m, shape.area, abs(area_m2))


def _columns(points: Sequence[Point]) -> tuple[np.ndarray, np.ndarray]:
    table = np.array(points, dtype=float).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _geod_length(east: np.ndarray, north: np.ndarray, crs: CRS) -> float:
    if len(east) < 2:
        return 0.0
    length: float = _geod(crs).line_length(*_on_ellipsoid(east, north, crs))
    return length


def _geod(crs: CRS) -> Geod:
    geod = crs.get_geod()
    assert geod is not None, "a study's CRS has a datum, and that an ellipsoid"
    return geod


def _on_ellipsoid(east: np.ndarray, north: np.ndarray, crs: CRS) -> tuple[np.ndarray, np.ndarray]:
    """Return longitude and latitude on the CRS's own datum: no datum is changed, so nothing is lost."""
    to_degrees = Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)
    longitude, latitude = to_degrees.transform(east, north)
    return longitude, latitude
