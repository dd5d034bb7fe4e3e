"""OpenStreetMap files (.osm.pbf, .osm, .osm.gz): the tables a plan asks for, made from the tags.

GDAL's OSM driver reads them; which tags become fields stands in ``osm.ini``, so no text of tags is ever taken apart.
Sources are never modified: the driver indexes in memory, and a large file in the temporary folder.
"""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import Any

import pandas as pd
import pyogrio
import shapely
from geopandas import GeoDataFrame
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

from layers.formats import osm_remarks, osm_services, osm_tags, refusals
from layers.formats.looking import Look
from layers.formats.unpacked import unpacked_bytes
from layers.problems import Problem, PucError
from layers.source import Source

MOST_BYTES = {"pbf": 256 << 20, "osm": 2 << 30, "gz": 2 << 30}
"""How large a file may be, by its ending: a region. Of ``.gz`` it is the unpacked size."""

# GDAL takes three quarters of it at once, whatever the file: not more than a small file deserves.
_INDEX_MB = "100"
_COLLECTION = int(shapely.GeometryType.GEOMETRYCOLLECTION)
_DRIVER_ERRORS = (DataSourceError, DataLayerError, FeatureError, ValueError, RuntimeError, OSError)
_PACKING_ERRORS = (OSError, EOFError, zlib.error)

Made = tuple[GeoDataFrame, list[Problem]]


@dataclass(frozen=True)
class _Table:
    """A table offered: made of the features of the driver's ``layers`` that have one of ``keys``."""

    geometry: str
    layers: tuple[str, ...]
    keys: tuple[str, ...]
    make: Callable[[Source, GeoDataFrame], Made]


def tables(source: Source) -> tuple[str, ...]:
    """Return the names of the tables offered, the same for every file; raises PucError if it is no OSM file."""
    _refuse_large(source)
    with _driver(source) as options:
        _info(source, "lines", options)
    return OFFERED


def look(source: Source, table: str) -> Look:
    """Return what ``table`` holds. The format has no list of its contents: the file is read through for it."""
    frame, said = _made(source, table)
    extent = _extent(frame) if len(frame) else None
    fields = {str(name): _kind(frame[name]) for name in frame.columns.drop("geometry")}
    return Look(table, _TABLES[table].geometry, frame.crs, len(frame), fields, extent, "UTF-8", tuple(said))


def read(source: Source, table: str | None, encoding: str | None = None) -> Made:
    """Return ``table`` made from the tags, in EPSG:4326, with the credit the licence asks for among the remarks.

    Text is UTF-8 by the format's definition, whatever ``encoding`` says. Raises PucError if the file is broken, cut
    short or too large, or ``table`` is not one of those offered.
    """
    made, said = _made(source, table)
    return made, [*said, osm_remarks.credit(source)]


def _made(source: Source, table: str | None) -> Made:
    if table not in _TABLES:
        offered = tables(source)
        raise PucError(refusals.no_table(source, table, offered) if table else refusals.choose_table(source, offered))
    _refuse_large(source)
    chosen = _TABLES[table]
    layers = [_layer(source, layer, chosen.keys) for layer in chosen.layers]
    features, lost = _sound(GeoDataFrame(pd.concat(layers, ignore_index=True), crs=layers[0].crs))
    made, said = chosen.make(source, features)
    return made, [*said, osm_remarks.lost(source, lost)] if lost else said


def _layer(source: Source, layer: str, keys: tuple[str, ...]) -> GeoDataFrame:
    with _driver(source) as options, warnings.catch_warnings():
        # GDAL says of single rings that they are open; what comes of them is counted in ``_sound``.
        warnings.simplefilter("ignore", RuntimeWarning)
        known = _info(source, layer, options)["fields"]
        where = " OR ".join(f'"{key}" IS NOT NULL' for key in keys if key in known)
        # By Arrow a file cut short is a whole one with fewer features; this road says so.
        frame = pyogrio.read_dataframe(
            source.gdal_path, layer=layer, where=where, use_arrow=False, on_invalid="ignore", **options
        )
    assert isinstance(frame, GeoDataFrame), "every layer of the driver has geometry"
    return frame


def _info(source: Source, layer: str, options: Mapping[str, str]) -> Mapping[str, Any]:
    """Return what GDAL tells of a layer of its driver; raises PucError if another driver than that opens the file."""
    info: Mapping[str, Any] = pyogrio.read_info(source.gdal_path, layer=layer, **options)
    if info["driver"] != "OSM":
        raise PucError(osm_remarks.broken(source, ValueError(info["driver"])))
    return info


@contextmanager
def _driver(source: Source) -> Iterator[dict[str, str]]:
    """Give the options to open with; what can't be opened or read with them is a problem of the file."""
    with as_file(files("layers") / "formats" / "osm.ini") as rules:
        try:
            yield {"CONFIG_FILE": str(rules), "MAX_TMPFILE_SIZE": _INDEX_MB}
        except _DRIVER_ERRORS as error:
            raise PucError(osm_remarks.broken(source, error)) from error


def _sound(features: GeoDataFrame) -> tuple[GeoDataFrame, int]:
    """Return the features that are points, lines or polygons, and how many are not (a ring of two points)."""
    geometry = features.geometry.to_numpy()
    bad = shapely.is_missing(geometry) | shapely.is_empty(geometry) | (shapely.get_type_id(geometry) == _COLLECTION)
    return features[~bad], int(bad.sum())


def _buildings(source: Source, areas: GeoDataFrame) -> Made:
    count = osm_tags.unread(areas)
    return osm_tags.buildings(areas), [osm_remarks.unread(source, count)] if count else []


def _services(source: Source, features: GeoDataFrame) -> Made:
    kinds, several = osm_services.kinds(features)
    told = [osm_remarks.several(source, names, count) for names, count in several.items()]
    return osm_tags.services(features, kinds), told


def _silently(make: Callable[[GeoDataFrame], GeoDataFrame]) -> Callable[[Source, GeoDataFrame], Made]:
    return lambda _source, features: (make(features), [])


_LINES, _AREAS = ("lines",), ("multipolygons",)
_TABLES = {
    "streets": _Table("LineString", _LINES, ("highway",), _silently(osm_tags.streets)),
    "buildings": _Table("MultiPolygon", _AREAS, ("building",), _buildings),
    "services": _Table("Unknown", ("points", *_AREAS), osm_services.keys(), _services),
    "green": _Table("MultiPolygon", _AREAS, ("leisure",), _silently(osm_tags.green)),
    "railways": _Table("LineString", _LINES, ("railway",), _silently(osm_tags.railways)),
    "hydrography": _Table("LineString", _LINES, ("waterway",), _silently(osm_tags.hydrography)),
}

OFFERED = tuple(_TABLES)


def _extent(frame: GeoDataFrame) -> tuple[float, float, float, float]:
    left, bottom, right, top = map(float, frame.total_bounds)
    return left, bottom, right, top


def _kind(column: pd.Series) -> str:
    return "float" if column.dtype.kind == "f" else "str"


def _refuse_large(source: Source) -> None:
    most = MOST_BYTES[source.name.lower().rpartition(".")[2]]
    try:
        size = unpacked_bytes(source, most)
    except _PACKING_ERRORS as error:
        raise PucError(osm_remarks.broken(source, error)) from error
    if size > most:
        raise PucError(osm_remarks.too_large(source, most))
