"""The formats we open. What is not here is refused: no driver that follows references or the network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from layers.text import Text


@dataclass(frozen=True)
class Format:
    """One way in: its file endings (lower case) and the GDAL drivers that may answer for it.

    A table is rows of text that may say where they lie, read by our own code without GDAL.
    ``sidecars`` are the endings of the files beside it that hold part of the data: attributes, CRS, place, encoding;
    ``appended`` are those that come after its whole name.
    ``xml_roots`` are the elements with which its XML may begin; «*» is any that names the GML of the OGC.
    ``is_packed_never`` of a raster means that every cell takes a byte or more in the file.
    ``options`` are what GDAL is told at every opening.
    ``members`` are the files by which a zip is known to be one as a whole.
    """

    id: str
    title: Text
    suffixes: tuple[str, ...]
    drivers: tuple[str, ...]
    is_raster: bool = False
    is_packed_never: bool = False
    is_table: bool = False
    sidecars: tuple[str, ...] = ()
    appended: tuple[str, ...] = ()
    xml_roots: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    members: tuple[str, ...] = ()


_NOT_YET_MERGED = ("-wal", "-journal")
"""Where a database keeps what its file does not hold yet."""

ALL: tuple[Format, ...] = (
    Format(
        "shapefile",
        Text("Shapefile", "Shapefile"),
        (".shp",),
        ("ESRI Shapefile",),
        sidecars=(".shx", ".dbf", ".prj", ".cpg"),
    ),
    Format("geopackage", Text("GeoPackage", "GeoPackage"), (".gpkg",), ("GPKG",), appended=_NOT_YET_MERGED),
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
        appended=(".aux.xml", ".ovr", ".msk"),
    ),
    Format(
        "asciigrid",
        Text("Griglia ASCII di Esri", "Esri ASCII grid"),
        (".asc",),
        ("AAIGrid",),
        is_raster=True,
        is_packed_never=True,
        sidecars=(".prj",),
    ),
    Format(
        "hgt",
        Text("Quote SRTM (HGT)", "SRTM heights (HGT)"),
        (".hgt",),
        ("SRTMHGT",),
        is_raster=True,
        is_packed_never=True,
    ),
    Format("netcdf", Text("NetCDF", "NetCDF"), (".nc",), ("netCDF",), is_raster=True),
    Format("osm", Text("OpenStreetMap", "OpenStreetMap"), (".pbf", ".osm", ".osm.gz"), ("OSM",), xml_roots=("osm",)),
    Format("gtfs", Text("Orario GTFS", "GTFS timetable"), (), (), members=("stops.txt", "stop_times.txt", "trips.txt")),
    Format("kml", Text("KML e KMZ", "KML and KMZ"), (".kml", ".kmz"), ("LIBKML", "KML"), xml_roots=("kml",)),
    Format("gpx", Text("GPX", "GPX"), (".gpx",), ("GPX",), xml_roots=("gpx",)),
    Format(
        "gml",
        Text("GML", "GML"),
        (".gml",),
        ("GML",),
        sidecars=(".xsd", ".gfs"),
        xml_roots=("*",),
        # No schema is fetched, no reference followed, and nothing is written beside the file.
        options={"DOWNLOAD_SCHEMA": "NO", "SKIP_RESOLVE_ELEMS": "ALL", "WRITE_GFS": "NO"},
    ),
    Format("dxf", Text("DXF", "DXF"), (".dxf",), ("DXF",)),
    Format(
        "sqlite",
        Text("SQLite e SpatiaLite", "SQLite and SpatiaLite"),
        (".sqlite",),
        ("SQLite",),
        appended=_NOT_YET_MERGED,
    ),
    Format("geoparquet", Text("GeoParquet", "GeoParquet"), (".parquet", ".geoparquet"), ()),
    Format("csv", Text("Tabella di testo (CSV)", "Text table (CSV)"), (".csv", ".txt"), (), is_table=True),
    Format("workbook", Text("Foglio di calcolo", "Spreadsheet"), (".xlsx", ".ods"), (), is_table=True),
)

ARCHIVE = ".zip"


def of(name: str | PurePath) -> Format | None:
    """Return the format that a file's name announces, or None."""
    lowered = PurePath(name).name.lower()
    return next((entry for entry in ALL if PurePath(name).suffix and lowered.endswith(entry.suffixes)), None)


def belongs(name: str | PurePath, main: str | PurePath, way: Format) -> bool:
    """Tell whether the file ``name`` is a sidecar of the dataset ``main`` beside it, in whatever case."""
    other, own = PurePath(name), PurePath(main)
    if other.parent != own.parent:
        return False
    is_named_alike = other.stem.lower() == own.stem.lower() and other.suffix.lower() in way.sidecars
    return is_named_alike or other.name.lower() in {f"{own.name}{ending}".lower() for ending in way.appended}


def of_members(names: Iterable[str]) -> Format | None:
    """Return the format that a zip holding files of these names is as a whole, or None."""
    held = {PurePath(name).name for name in names}
    return next((entry for entry in ALL if entry.members and held.issuperset(entry.members)), None)


def suffixes() -> tuple[str, ...]:
    """Return every file ending that can be opened, archives last."""
    return (*(suffix for entry in ALL for suffix in entry.suffixes), ARCHIVE)
