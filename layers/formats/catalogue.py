"""The formats we open. What is not here is refused: no driver that follows references or the network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from layers.text import Text


@dataclass(frozen=True)
class Format:
    """One way in: its file endings (lower case) and the GDAL drivers that may answer for it.

    ``sidecars`` are the endings of the files beside it that hold part of the data: attributes, CRS, place, encoding.
    """

    id: str
    title: Text
    suffixes: tuple[str, ...]
    drivers: tuple[str, ...]
    is_raster: bool = False
    sidecars: tuple[str, ...] = ()


ALL: tuple[Format, ...] = (
    Format(
        "shapefile",
        Text("Shapefile", "Shapefile"),
        (".shp",),
        ("ESRI Shapefile",),
        sidecars=(".shx", ".dbf", ".prj", ".cpg"),
    ),
    Format("geopackage", Text("GeoPackage", "GeoPackage"), (".gpkg",), ("GPKG",)),
    Format("geojson", Text("GeoJSON", "GeoJSON"), (".geojson", ".json"), ("GeoJSON", "GeoJSONSeq", "TopoJSON")),
    Format("flatgeobuf", Text("FlatGeobuf", "FlatGeobuf"), (".fgb",), ("FlatGeobuf",)),
    Format(
        "mapinfo",
        Text("MapInfo", "MapInfo"),
        (".tab", ".mif"),
        ("MapInfo File",),
        sidecars=(".dat", ".map", ".id", ".ind", ".mid"),
    ),
    Format("filegdb", Text("File Geodatabase di Esri", "Esri File Geodatabase"), (".gdb",), ("OpenFileGDB",)),
    Format(
        "geotiff",
        Text("GeoTIFF", "GeoTIFF"),
        (".tif", ".tiff"),
        ("GTiff",),
        is_raster=True,
        sidecars=(".tfw", ".tifw", ".wld", ".prj"),
    ),
    Format(
        "asciigrid",
        Text("Griglia ASCII di Esri", "Esri ASCII grid"),
        (".asc",),
        ("AAIGrid",),
        is_raster=True,
        sidecars=(".prj",),
    ),
    Format("hgt", Text("Quote SRTM (HGT)", "SRTM heights (HGT)"), (".hgt",), ("SRTMHGT",), is_raster=True),
)

ARCHIVE = ".zip"


def of(name: str | PurePath) -> Format | None:
    """Return the format that a file's name announces, or None."""
    suffix = PurePath(name).suffix.lower()
    return next((entry for entry in ALL if suffix in entry.suffixes), None)


def suffixes() -> tuple[str, ...]:
    """Return every file ending that can be opened, archives last."""
    return (*(suffix for entry in ALL for suffix in entry.suffixes), ARCHIVE)
