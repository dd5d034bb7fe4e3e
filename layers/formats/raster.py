"""Rasters: opened by rasterio, read later and only by the window."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import rasterio
from pyproj import CRS
from pyproj.exceptions import CRSError
from rasterio.errors import NotGeoreferencedWarning, RasterioIOError
from rasterio.io import DatasetReader

from layers.formats import netcdf, netcdf_length, raster_remarks
from layers.formats.raster_remarks import no_crs as no_crs
from layers.grid import Grid
from layers.problems import Problem, PucError
from layers.raster import FileRaster
from layers.source import Source

MOST_CELLS = 1 << 34
"""How many cells a raster may have: a region in cells of 1 m, three times over. None is ever read whole."""

EMPTY_RATIO = 1_000
"""How many cells a byte may hold. Where more are claimed the file holds next to nothing, or fills a memory."""

_LARGE = 1 << 28


def open_raster(source: Source, crs: CRS | None = None, layer: str | None = None) -> FileRaster:
    """Return the first band of ``source``, unread. ``crs`` stands in for the file's own.

    ``layer`` names the variable of a NetCDF that has several. Raises PucError if the file is not a raster, has no
    georeference, claims more cells than it can hold or we read, or has no CRS and none is given.
    """
    if not source.format.is_raster:
        raise PucError(raster_remarks.not_a_raster(source))
    path = netcdf.path(source, layer) if source.format.id == netcdf.ID else source.gdal_path
    driver = source.format.drivers[0]
    with opened(source, path) as dataset:
        own = CRS.from_wkt(dataset.crs.to_wkt()) if dataset.crs else None
        transform, width, height = dataset.transform, dataset.width, dataset.height
        said = _remarks(source, dataset)
    if transform.is_identity or not np.isfinite(transform).all():
        raise PucError(raster_remarks.no_place(source))
    chosen = crs or own
    if chosen is None:
        raise PucError(no_crs(source.name))
    grid = Grid(chosen, transform, width, height)
    return FileRaster(path, grid, 1, driver, source.name, tuple(said), source)


def layers(source: Source) -> tuple[str, ...]:
    """Return the names of the grids in ``source``: the variables of a NetCDF; of other formats none has a name."""
    return netcdf.variables(source) if source.format.id == netcdf.ID else ()


@contextmanager
def opened(source: Source, path: str) -> Iterator[DatasetReader]:
    """Give the dataset at ``path``; raises PucError if it is no raster of the format of ``source``."""
    try:
        with warnings.catch_warnings():
            # A raster without georeference is refused in our words.
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            with rasterio.open(path, driver=source.format.drivers[0]) as dataset:
                yield dataset
    except (RasterioIOError, CRSError, UnicodeError) as error:  # a CRS of undecodable bytes is not told as the first
        raise PucError(raster_remarks.broken(source, error)) from error


def _remarks(source: Source, dataset: DatasetReader) -> list[Problem]:
    """Return what there is to say of a raster whose header was read; raises PucError if that can't be true."""
    cells, size = dataset.width * dataset.height, source.held.stat().st_size
    if source.format.id == netcdf.ID and dataset.count != 1:
        raise PucError(netcdf.not_flat(source, dataset.count))
    if source.format.id == netcdf.ID and size < (netcdf_length.least_length(source.held) or 0):
        raise PucError(raster_remarks.cut_short(source, cells, size))
    if cells > MOST_CELLS:
        raise PucError(raster_remarks.too_many_cells(source, cells, MOST_CELLS))
    if source.format.is_packed_never and cells > size:
        raise PucError(raster_remarks.cut_short(source, cells, size))
    said = list[Problem]()
    if cells > max(_LARGE, EMPTY_RATIO * size):
        said.append(raster_remarks.nearly_empty(source, cells, size))
    if dataset.count > 1:
        said.append(raster_remarks.bands_left_out(source, dataset.count))
    if dataset.overviews(1):
        said.append(raster_remarks.has_overviews(source, dataset.overviews(1)))
    return said
