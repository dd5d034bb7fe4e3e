"""The demonstration city as files: GeoPackage and GeoTIFF, the same bytes for the same seed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import numpy as np
import pyogrio
from geopandas import GeoDataFrame
from rasterio.io import MemoryFile

from analyses.progress import Report, silent, tracked
from layers.raster import ArrayRaster
from layers.text import Text
from puc_tool.demo.catalogue import DEMO_LAYERS, DemoLayer
from puc_tool.demo.city import City

_NO_CLOCK = "2018-12-31T00:00:00.000Z"
"""What GeoPackage's own date of change says: the date of the newest made-up map, never today."""
_SEA_M = -9999.0


def write_city(city: City, folder: Path, report: Report = silent) -> tuple[Path, ...]:
    """Write every file of `DEMO_LAYERS` into ``folder`` and return their paths, in that order.

    Each is made in memory, written beside its place and renamed: a file is there whole or not at all. The bytes
    depend on ``city`` and the versions of GDAL alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    message = Text("Scrittura dei dati dimostrativi", "Writing the demonstration data")
    return tuple(_put(_bytes(city, layer), folder / layer.file) for layer in tracked(DEMO_LAYERS, report, message))


def _bytes(city: City, layer: DemoLayer) -> bytes:
    data = getattr(city, layer.attribute)
    if layer.layer is not None:
        return _geopackage(data, layer)
    return _geotiff(data[layer.year] if layer.year is not None else data, layer.about)


def _put(content: bytes, path: Path) -> Path:
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return part.replace(path)


def _geopackage(frame: GeoDataFrame, layer: DemoLayer) -> bytes:
    buffer = BytesIO()
    with _fixed_date():
        pyogrio.write_dataframe(
            frame,
            buffer,
            driver="GPKG",
            layer=layer.layer,
            promote_to_multi=True,
            geometry_type="MultiPolygon",
            layer_options={"DESCRIPTION": layer.about, "IDENTIFIER": layer.layer},
            dataset_options={"VERSION": "1.3"},  # QGIS 3.22 warns of 1.4
        )
    return buffer.getvalue()


@contextmanager
def _fixed_date() -> Iterator[None]:
    """Have GDAL write a fixed date; it has no other way to be told than a setting of the process."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _NO_CLOCK})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _geotiff(raster: ArrayRaster, about: str) -> bytes:
    cells, grid = raster.cells, raster.grid
    whole = cells.dtype.kind == "u"
    nodata = 0 if whole else _SEA_M
    profile = {
        "driver": "GTiff", "width": grid.width, "height": grid.height, "count": 1, "dtype": cells.dtype.name,
        "crs": grid.crs.to_wkt(), "transform": grid.transform, "nodata": nodata, "compress": "deflate",
        "predictor": 2 if whole else 3, "tiled": True, "blockxsize": 256, "blockysize": 256,
    }  # fmt: skip
    with MemoryFile() as memory:
        with memory.open(**profile) as dataset:
            dataset.write(np.ma.filled(cells, nodata), 1)
            dataset.update_tags(TIFFTAG_IMAGEDESCRIPTION=about)
        return bytes(memory.getbuffer())
