"""The demonstration city as files: GeoPackage and GeoTIFF, the same bytes for the same seed."""

from __future__ import annotations

from pathlib import Path

from analyses.progress import Report, silent, tracked
from layers import write
from layers.text import Text
from puc_tool.demo.catalogue import DEMO_LAYERS, DemoLayer
from puc_tool.demo.city import City

_SEA_M = -9999.0
_NO_CODE = 0


def write_city(city: City, folder: Path, report: Report = silent) -> tuple[Path, ...]:
    """Write every file of `DEMO_LAYERS` into ``folder`` and return their paths, in that order."""
    message = Text("Scrittura dei dati dimostrativi", "Writing the demonstration data")
    return tuple(_written(city, layer, folder / layer.file) for layer in tracked(DEMO_LAYERS, report, message))


def _written(city: City, layer: DemoLayer, path: Path) -> Path:
    key = layer.role, layer.year
    if layer.layer is not None:
        write.geopackage(path, {layer.layer: city.tables[key]}, layer.about.it)
        return path
    raster = city.rasters[key]
    write.geotiff(path, raster, _NO_CODE if raster.cells.dtype.kind == "u" else _SEA_M, layer.about.it)
    return path
