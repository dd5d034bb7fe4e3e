"""Vectors: looked into without reading the features, and read in bulk through Arrow."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

import pyogrio
from geopandas import GeoDataFrame

from layers.formats import agreement, database, gtfs, osm, parquet, refusals, salvage, summary, table
from layers.formats.features import features
from layers.formats.impossible import without_impossible
from layers.formats.looking import Look as Look
from layers.formats.stated_crs import only_stated
from layers.formats.wellformed import refuse_malformed
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


_OWN: Mapping[str, Reader] = {"geoparquet": parquet, "osm": osm, "gtfs": gtfs}


def _own(source: Source) -> Reader | None:
    """Return the reader of a format that GDAL's drivers do not read as it is wanted."""
    return table if source.format.is_table else _OWN.get(source.format.id)


def tables(source: Source) -> tuple[str, ...]:
    """Return the names of the tables in ``source``, in the file's order."""
    if own := _own(source):
        return own.tables(source)
    refuse_malformed(source)
    return summary.tables(source)


def named_as(source: Source, role_id: str) -> str | None:
    """Return the table that bears the name of a role, in a format that offers one for each; else None."""
    if source.format.id not in _OWN:
        return None
    # OpenStreetMap's are the same for every file, which need not be opened to know them.
    offered = osm.OFFERED if source.format.id == "osm" else tables(source)
    return role_id if role_id in offered else None


def look(source: Source, name: str) -> Look:
    """Return what the table ``name`` holds, without reading its features if GDAL knows them."""
    if own := _own(source):
        return own.look(source, name)
    try:
        seen = summary.look(source, name)
        return replace(seen, remarks=(*seen.remarks, *agreement.doubts(source, seen.features)))
    except salvage.FAILURES as error:
        raise PucError(_unopened(source, name, error)) from error


def read(source: Source, name: str | None, encoding: str | None = None) -> tuple[GeoDataFrame, list[Problem]]:
    """Return every feature of the table ``name`` with its attributes, in two dimensions, and what there is to say.

    Features that can't be read, or lie nowhere, are left out, counted and named. Raises PucError if the file is broken,
    the table is not there or has no geometry, or its text is not in ``encoding`` (by default what the file says).
    """
    own = _own(source)
    frame, said = own.read(source, name, encoding) if own else _read(source, name, encoding)
    there, nowhere = without_impossible(frame, source)
    return there, [*said, *nowhere]


def _read(source: Source, name: str | None, encoding: str | None) -> tuple[GeoDataFrame, list[Problem]]:
    refuse_malformed(source)
    wanted = name or _only_table(source)
    try:
        frame, said = features(source, wanted, encoding)
    except salvage.FAILURES as error:
        raise PucError(_unopened(source, wanted, error)) from error
    if not isinstance(frame, GeoDataFrame):
        raise PucError(refusals.no_geometry(source, wanted))
    flat, noted = refusals.flattened(only_stated(frame), source)
    return flat, [*database.remarks(source), *agreement.doubts(source, len(frame)), *said, *noted]


def first(source: Source, name: str, most: int) -> tuple[GeoDataFrame, list[Problem]]:
    """Return at most the first ``most`` features of a table that GDAL reads, in two dimensions, and the notes on them.

    Raises PucError if they can't be read.
    """
    try:
        with warnings.catch_warnings():
            # What GDAL has to say of all features is told when all are read.
            warnings.simplefilter("ignore", RuntimeWarning)
            frame = pyogrio.read_dataframe(
                source.gdal_path, layer=name, use_arrow=False, max_features=most, **source.format.options
            )
    except salvage.FAILURES as error:
        raise PucError(_unopened(source, name, error)) from error
    flat, noted = refusals.flattened(frame, source)
    there, nowhere = without_impossible(flat, source)
    return there, [*noted, *nowhere]


def _only_table(source: Source) -> str:
    names = tables(source)
    if not names:
        raise PucError(refusals.no_tables(source))
    if len(names) != 1:
        raise PucError(refusals.choose_table(source, names))
    return names[0]


def _unopened(source: Source, table: str, error: Exception) -> Problem:
    names = tables(source)
    return refusals.broken(source, error) if table in names else refusals.no_table(source, table, names)
