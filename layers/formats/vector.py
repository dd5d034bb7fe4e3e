"""Vectors: read in bulk by pyogrio through Arrow, looked into by fiona without reading the features."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import fiona
from fiona._err import CPLE_BaseError
from fiona.errors import DriverError, FionaError
from geopandas import GeoDataFrame
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS
from pyproj.exceptions import CRSError

from layers.formats import database, gtfs, osm, parquet, refusals, salvage, shapefile, summary, table
from layers.formats.features import features
from layers.formats.looking import Look as Look
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
        return _looked(source, name)
    except (*_FIONA_ERRORS, DataSourceError, DataLayerError, OSError) as error:
        raise PucError(_unopened(source, name, error)) from error


def _looked(source: Source, name: str) -> Look:
    anatomy = shapefile.anatomy(source)
    words = shapefile.words(source, anatomy, None) if anatomy else shapefile.Words()
    said = [*words.said, *shapefile.remarks(source, anatomy)] if anatomy else database.remarks(source)
    told = {"ENCODING": words.encoding} if words.encoding else {}
    with fiona.open(source.gdal_path, layer=name, **told) as dataset:
        _refuse_driver(source, dataset.driver)
        return Look(
            name,
            str(dataset.schema["geometry"]),
            _crs(dataset.crs_wkt),
            len(anatomy.live) if anatomy else len(dataset),
            dict(dataset.schema["properties"]),
            _extent(dataset),
            words.encoding or _encoding(dataset),
            tuple(said),
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

    Features that can't be read are left out, counted and named. Raises PucError if the file is broken, the table is
    not there or has no geometry, or its text is not in ``encoding`` (by default what the file says).
    """
    if own := _own(source):
        return own.read(source, name, encoding)
    wanted = name or _only_table(source)
    try:
        frame, said = features(source, wanted, encoding)
    except salvage.FAILURES as error:
        raise PucError(_unopened(source, wanted, error)) from error
    if not isinstance(frame, GeoDataFrame):
        raise PucError(refusals.no_geometry(source, wanted))
    flat, noted = refusals.flattened(frame, source)
    return flat, [*database.remarks(source), *said, *noted]


def _only_table(source: Source) -> str:
    names = tables(source)
    if not names:
        raise PucError(refusals.no_tables(source))
    if len(names) != 1:
        raise PucError(refusals.choose_table(source, names))
    return names[0]


def _refuse_driver(source: Source, driver: str) -> None:
    if driver not in source.format.drivers:
        raise PucError(refusals.other_driver(source, driver))


def _crs(wkt: str) -> CRS | None:
    try:
        return CRS.from_wkt(wkt) if wkt else None
    except CRSError:
        return None


def _unopened(source: Source, table: str, error: Exception) -> Problem:
    names = tables(source)
    return refusals.broken(source, error) if table in names else refusals.no_table(source, table, names)
