"""The cells of a result's raster as pieces of ground: cells of one value that hang together are one piece."""

from __future__ import annotations

import numpy as np
import shapely
from affine import Affine
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray
from rasterio.features import shapes

from analyses.areal_scale import Outlines, outlines_on
from layers.crs import geographic_bounds, transformer
from layers.grid import Grid
from layers.raster import Raster

VALUE = "value"
AREA = "area_m2"


def pieces_within(raster: Raster, outline: GeoDataFrame | None) -> GeoDataFrame:
    """Return the pieces with their ``value`` inside ``outline``, in its CRS; without one they stay as they are.

    Of a raster in another CRS each piece also has ``area_m2``, its cells having their own size in the CRS of
    ``outline``, as ``analyses.zonal`` measures them.
    """
    if outline is None or outline.crs == raster.grid.crs:
        return cut(cells_together(raster), outline)
    return _measured(_together(*_whole_numbers(raster), Affine.identity()), raster.grid, outline.geometry)


def cells_together(raster: Raster) -> GeoDataFrame:
    """Return the pieces with their ``value``; cells without data are none. ``raster`` holds whole numbers."""
    return _together(*_whole_numbers(raster), raster.grid.transform).set_crs(raster.grid.crs)


def cells_with_bit(raster: Raster, bit: int, *, is_alone: bool) -> GeoDataFrame:
    """Return the pieces whose cells have ``bit``, the lowest being 0; ``is_alone``: those that have no other."""
    cells, own = raster.read(raster.grid.whole), np.uint32(1) << np.uint32(bit)
    held = cells.filled(0).astype(np.uint32)
    has_it = (held == own) if is_alone else (held & own) > 0
    there = has_it & ~np.ma.getmaskarray(cells)
    return _together(has_it.astype(np.uint8), there, raster.grid.transform).set_crs(raster.grid.crs)


def cut(pieces: GeoDataFrame, outline: GeoDataFrame | None) -> GeoDataFrame:
    """Return the part of each piece inside ``outline``, those with any; without one they stay as they are."""
    if outline is None or pieces.empty:
        return pieces
    whole, geometry = outline.geometry.iloc[0], pieces.geometry.to_numpy().copy()
    shapely.prepare(whole)
    crossing = ~shapely.covers(whole, geometry)
    geometry[crossing] = shapely.intersection(geometry[crossing], whole)
    return pieces.set_geometry(geometry, crs=pieces.crs)[shapely.area(geometry) > 0.0]


def _measured(pieces: GeoDataFrame, grid: Grid, outline: GeoSeries) -> GeoDataFrame:
    """Return ``pieces``, in (column, row) of ``grid``, cut and measured in the CRS of ``outline``, and moved there."""
    on_cells = outlines_on(grid, outline)
    inside = cut(pieces, GeoDataFrame(geometry=on_cells.polygons))
    areas, whole = (_areas(each, on_cells, grid) for each in (inside.geometry.to_numpy(), on_cells.polygons))
    back = transformer(grid.crs, outline.crs, geographic_bounds(grid.bounds, grid.crs), grid.datum_grids)

    def move(points: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y, ones = points[:, 0], points[:, 1], np.ones(len(points))
        there = np.column_stack([x, y, ones]) @ np.array(grid.transform[:6]).reshape(2, 3).T
        return np.column_stack(back.transform(there[:, 0], there[:, 1]))

    moved = shapely.transform(inside.geometry.to_numpy(), move)
    measured = areas * (float(outline.area.sum()) / whole.sum())
    return GeoDataFrame({VALUE: inside[VALUE].to_numpy(), AREA: measured}, geometry=moved, crs=outline.crs)


def _areas(polygons: NDArray[np.object_], on_cells: Outlines, grid: Grid) -> NDArray[np.float64]:
    """Return the area of polygons in (column, row), each of their cells as large as it is where the outline is."""
    # Numba takes a second to import; only rasters in another CRS than the study's need it.
    from analyses.kernels.coverage import class_areas

    weights = on_cells.weights and on_cells.weights.of(np.zeros(len(polygons), np.intp))
    if not len(polygons):
        return np.empty(0)
    (left, top), (right, bottom) = np.floor(shapely.total_bounds(polygons)).astype(int).reshape(2, 2).tolist()
    cells = np.zeros((bottom - top + 1, right - left + 1), np.uint8)
    seen = weights and weights.seen_from(left, top)
    return class_areas(polygons, cells, Affine.translation(left, top), 1, seen)[:, 0]


def _whole_numbers(raster: Raster) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Return the cells, and which of them have data."""
    cells = raster.read(raster.grid.whole)
    return cells.filled(0).astype(np.int32), ~np.ma.getmaskarray(cells)


def _together(
    cells: NDArray[np.int32] | NDArray[np.uint8], there: NDArray[np.bool_], transform: Affine
) -> GeoDataFrame:
    found = list(shapes(cells, mask=there, transform=transform))
    values = np.array([int(value) for _, value in found], dtype=int)
    outlines = [shapely.geometry.shape(outline) for outline, _ in found]
    return GeoDataFrame({VALUE: values}, geometry=outlines)
