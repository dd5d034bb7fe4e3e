"""The cells of a result's raster as pieces of ground: cells of one value that hang together are one piece."""

from __future__ import annotations

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray
from rasterio.features import shapes

from layers.raster import Raster

VALUE = "value"


def cells_together(raster: Raster) -> GeoDataFrame:
    """Return the pieces with their ``value``; cells without data are none. ``raster`` holds small whole numbers."""
    cells = raster.read(raster.grid.whole)
    return _together(cells.filled(0).astype(np.uint8), ~np.ma.getmaskarray(cells), raster)


def cells_with_bit(raster: Raster, bit: int, *, is_alone: bool) -> GeoDataFrame:
    """Return the pieces whose cells have ``bit``, the lowest being 0; ``is_alone``: those that have no other."""
    cells, own = raster.read(raster.grid.whole), np.uint32(1) << np.uint32(bit)
    held = cells.filled(0).astype(np.uint32)
    has_it = (held == own) if is_alone else (held & own) > 0
    return _together(has_it.astype(np.uint8), has_it & ~np.ma.getmaskarray(cells), raster)


def cut(pieces: GeoDataFrame, outline: GeoDataFrame | None) -> GeoDataFrame:
    """Return the part of each piece inside ``outline``, those with any; without one they stay as they are."""
    if outline is None or pieces.empty:
        return pieces
    whole, geometry = outline.geometry.iloc[0], pieces.geometry.to_numpy().copy()
    shapely.prepare(whole)
    crossing = ~shapely.covers(whole, geometry)
    geometry[crossing] = shapely.intersection(geometry[crossing], whole)
    return pieces.set_geometry(geometry, crs=pieces.crs)[shapely.area(geometry) > 0.0]


def _together(cells: NDArray[np.uint8], there: NDArray[np.bool_], raster: Raster) -> GeoDataFrame:
    found = list(shapes(cells, mask=there, transform=raster.grid.transform))
    values = np.array([int(value) for _, value in found], dtype=int)
    outlines = [shapely.geometry.shape(outline) for outline, _ in found]
    return GeoDataFrame({VALUE: values}, geometry=outlines, crs=raster.grid.crs)
