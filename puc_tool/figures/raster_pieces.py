"""The cells of a result's raster as pieces of ground: cells of one value that hang together are one piece."""

from __future__ import annotations

import numpy as np
import shapely
from geopandas import GeoDataFrame
from rasterio.features import shapes

from layers.raster import Raster

VALUE = "value"


def cells_together(raster: Raster) -> GeoDataFrame:
    """Return the pieces with their ``value``; cells without data are none. ``raster`` holds small whole numbers."""
    cells = raster.read(raster.grid.whole)
    there = ~np.ma.getmaskarray(cells)
    found = list(shapes(cells.filled(0).astype(np.uint8), mask=there, transform=raster.grid.transform))
    values = np.array([int(value) for _, value in found], dtype=int)
    outlines = [shapely.geometry.shape(outline) for outline, _ in found]
    return GeoDataFrame({VALUE: values}, geometry=outlines, crs=raster.grid.crs)
