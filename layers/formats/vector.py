"""Vectors: read in bulk by pyogrio through Arrow, looked into by fiona without reading the features."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Protocol

import fiona
import pandas as pd
import pyarrow
import pyogrio
from fiona._err import CPLE_BaseError
from fiona.errors import DriverError, FionaError
from geopandas import GeoDataFrame
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely.errors import ShapelyError

from layers.formats import gtfs, osm, parquet, refusals, summary, table
from layers.formats.looking import Look as Look
from layers.formats.table_text import other_encoding
from layers.problems import Problem, PucError
from layers.source import Source


class Reader(Protocol):
    """A module that reads one format."""

    def tables(self, source: Source, /) -> tuple[str, ...]:
        """Return the names of the tables offered."""
        ...

    def look(self, source: Source, name: str, /) -> Look:
        """Return what a table holds."""
        ...

    def read(
        self, source: Source, name: str | None, encoding: str | None = None, /
    ) -> tuple[GeoDataFrame, list[Problem]]:
        """Return a table and what there is to say."""
        ...


# What GDAL says while a property is read, a damaged CRS for one, fiona hands on under its inner name.
_FIONA_ERRORS = (DriverError, FionaError, CPLE_BaseError, ValueError)

_NOT_BY_FIONA = frozenset({"kml", "gpx", "gml", "dxf", "sqlite"})
"""Formats that fiona's GDAL does not have, or would open without the options that keep it from other files."""

_OWN: Mapping[str, Reader] = {"geoparquet": parquet, "osm": osm, "gtfs": gtfs}


def _own(source: Source) -> Reader | None:
    """Return the reader of a format that GDAL's drivers do not read as it is wanted."""
    return table if source.format.is_table else _OWN.get(source.format.id)


def tables(source: Source) -> tuple[str, ...]:
    """Return the names of the tables in ``source``, in the file's order."""
    if own := _own(source):
        return own.tables(source)
    if source.format.id in _NOT_BY_FIONA:
        return summary.tables(source)
    try:
        return tuple(fiona.listlayers(source.gdal_path))
    except _FIONA_ERRORS as error:
        raise PucError(refusals.broken(source, error)) from error


def named_as(source: Source, role_id: str) -> str | None:
    """Return the table that bears the name of a role, in a format that offers one for each; else None."""
    return role_id if source.format.id in _OWN and role_id in tables(source) else None


def look(source: Source, name: str) -> Look:
    """Return what the table ``name`` holds, without reading its features if GDAL knows them."""
    if own := _own(source):
        return own.look(source, name)
    try:
        if source.format.id in _NOT_BY_FIONA:
            return summary.look(source, name)
        with fiona.open(source.gdal_path, layer=name) as dataset:
            _refuse_driver(source, dataset.driver)
            return _seen(dataset, name)
    except (*_FIONA_ERRORS, DataSourceError, DataLayerError, OSError) as error:
        raise PucError(_unopened(source, name, error)) from error


def _seen(dataset: fiona.Collection, table: str) -> Look:
    return Look(
        table,
        str(dataset.schema["geometry"]),
        _crs(dataset.crs_wkt),
        len(dataset),
        dict(dataset.schema["properties"]),
        _extent(dataset),
        _encoding(dataset),
    )


def _extent(dataset: fiona.Collection) -> tuple[float, float, float, float] | None:
    try:
        return tuple(dataset.bounds) if len(dataset) else None
    except DriverError:  # no feature has a geometry
        return None


def _encoding(dataset: fiona.Collection) -> str:
    # Shapefiles come in any encoding, which GDAL tells in tags of their own, if it knows; the rest comes as UTF-8.
    tags = dataset.tags(ns="SHAPEFILE")
    return str(tags.get("SOURCE_ENCODING", "") if tags else "UTF-8")


def read(source: Source, name: str | None, encoding: str | None = None) -> tuple[GeoDataFrame, list[Problem]]:
    """Return every feature of the table ``name`` with its attributes, in two dimensions, and what there is to say.

    Raises PucError if the file is broken, the table is not there or has no geometry, or its text is not in
    ``encoding`` (by default what the file says).
    """
    if own := _own(source):
        return own.read(source, name, encoding)
    wanted = name or _only_table(source)
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        frame, straightened = _features(source, wanted, encoding)
    if not isinstance(frame, GeoDataFrame):
        raise PucError(refusals.no_geometry(source, wanted))
    remarks = [refusals.remark(source, message) for message in dict.fromkeys(str(warning.message) for warning in heard)]
    flat, noted = refusals.flattened(frame, source)
    return flat, remarks + straightened + noted


def _features(source: Source, table: str, encoding: str | None) -> tuple[object, list[Problem]]:
    options = {"layer": table, "encoding": encoding, **source.format.options}
    try:
        info = pyogrio.read_info(source.gdal_path, **options)
        _refuse_driver(source, info["driver"])
        # Arrow takes nothing but UTF-8 from most drivers.
        frame, said = _straight(source, options, use_arrow=encoding is None)
        _refuse_garbled(frame)
        return frame, said
    except (UnicodeError, LookupError, pyarrow.ArrowException) as error:
        raise PucError(other_encoding(source.name, encoding)) from error
    except (DataSourceError, DataLayerError, ShapelyError, ValueError, RuntimeError, OSError) as error:
        raise PucError(_unopened(source, table, error)) from error


def _straight(source: Source, options: Mapping[str, str | None], *, use_arrow: bool) -> tuple[object, list[Problem]]:
    """Return the features with arcs as broken lines: through Arrow they would come as arcs, which shapely refuses."""
    try:
        return pyogrio.read_dataframe(source.gdal_path, use_arrow=use_arrow, **options), []
    except (NotImplementedError, ShapelyError):
        frame = pyogrio.read_dataframe(source.gdal_path, use_arrow=False, **options)
        return frame, [refusals.arcs_straightened(source)]


def _only_table(source: Source) -> str:
    names = tables(source)
    if len(names) != 1:
        raise PucError(refusals.choose_table(source, names))
    return names[0]


def _refuse_driver(source: Source, driver: str) -> None:
    if driver not in source.format.drivers:
        raise PucError(refusals.other_driver(source, driver))


def _refuse_garbled(frame: pd.DataFrame) -> None:
    """Raise ArrowException now for bytes that are no UTF-8, not when somebody first looks at a value."""
    for name in frame.columns[frame.dtypes == "str"]:
        pyarrow.chunked_array(pyarrow.array(frame[name].array)).validate(full=True)


def _crs(wkt: str) -> CRS | None:
    try:
        return CRS.from_wkt(wkt) if wkt else None
    except CRSError:
        return None


def _unopened(source: Source, table: str, error: Exception) -> Problem:
    names = tables(source)
    return refusals.broken(source, error) if table in names else refusals.no_table(source, table, names)
