"""Exact areas of polygon classes in units, and the pieces of ground under two layers (GEOS)."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from analyses.crosstab import Coverage, counted_areas
from analyses.progress import Report, silent

_POLYGON_TYPES = (3, 6)

Polygons = NDArray[np.object_]
Indices = NDArray[np.intp]


def class_areas(
    units: Polygons, polygons: Polygons, classes: Indices, n_classes: int, *, report: Report = silent
) -> NDArray[np.float64]:
    """Measure the area of every class of polygons in every unit.

    Parameters
    ----------
    units, polygons : valid polygons in one metric CRS; ``polygons`` do not overlap each other
    classes : class index of each polygon, 0 to ``n_classes`` - 1
    report : told the share done; may raise Cancelled

    Returns
    -------
    (units, n_classes + 1) in the square of the CRS's unit. The last column is the ground that no polygon covers,
    so each row adds up to the unit's area; should polygons overlap after all, they share it in proportion.
    """
    layers = (Coverage(units, np.arange(len(units)), len(units)), Coverage(polygons, classes, n_classes))
    areas = counted_areas(layers, report=report).by(0, 1)
    areas[:, -1] = 0.0
    return _closed(areas, shapely.area(units))


def _closed(areas: NDArray[np.float64], unit_areas: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bring each row to its unit's area: overlaps too slight to be settled must not make it larger."""
    covered = areas.sum(axis=1)
    areas *= np.divide(unit_areas, covered, out=np.ones_like(covered), where=covered > unit_areas)[:, None]
    areas[:, -1] = np.maximum(0.0, unit_areas - areas.sum(axis=1))
    return areas


def pieces(first: Polygons, second: Polygons) -> tuple[Polygons, Indices, Indices]:
    """Return every piece of ground under a polygon of each side, with the two it belongs to."""
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
