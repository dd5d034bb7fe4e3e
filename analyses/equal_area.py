"""True areas: on the ellipsoid, by way of the European equal-area projection.

A transverse Mercator shortens distances near its middle, by a fixed factor: areas in UTM are up to 0.08 % short there.
Edges are straight in the ground's own CRS, and densified before they are moved.
"""

from __future__ import annotations

import numpy as np
import shapely
from geopandas import GeoSeries
from numpy.typing import NDArray
from pyproj import CRS

from analyses.areal_scale import EDGE_M, densified
from layers.crs import geographic_bounds, transformer

EUROPE = CRS.from_epsg(3035)


def true_area_m2(grounds: GeoSeries) -> NDArray[np.float64]:
    """Return the area on the ellipsoid (m², one for each) of polygons in a metric CRS of Europe.

    Method: outlines with edges of at most ``EDGE_M`` brought to the equal-area projection ``EUROPE``. Raises PucError
    where there is no way from their CRS to it.
    """
    how = transformer(grounds.crs, EUROPE, geographic_bounds(tuple(grounds.total_bounds), grounds.crs))

    def move(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(how.transform(points[:, 0], points[:, 1]))

    areas: NDArray[np.float64] = shapely.area(shapely.transform(densified(grounds.to_numpy(), EDGE_M), move))
    return areas
