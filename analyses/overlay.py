"""The ground that polygons of two sides share."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

_POLYGON_TYPES = (3, 6)

Polygons = NDArray[np.object_]
Indices = NDArray[np.intp]


def pieces(first: Polygons, second: Polygons) -> tuple[Polygons, Indices, Indices]:
    """Return every piece of ground under a polygon of each side, with the two it belongs to (places in each side).

    Both sides are valid polygons in one CRS; edges and corners in which they only touch are no pieces. Method: GEOS.
    """
    left, right = shapely.STRtree(second).query(first, predicate="intersects")
    cut = shapely.intersection(first[left], second[right])
    real = shapely.area(cut) > 0.0
    return polygonal(cut[real]), left[real], right[real]


def polygonal(geometry: Polygons) -> Polygons:
    """Return the ground of each geometry, without the points and lines in which neighbours touch."""
    grounds = geometry.copy()
    for row in np.flatnonzero(~np.isin(shapely.get_type_id(geometry), _POLYGON_TYPES)):
        parts = shapely.get_parts(geometry[row])
        grounds[row] = shapely.multipolygons(shapely.get_parts(parts[shapely.area(parts) > 0.0]))
    return grounds
