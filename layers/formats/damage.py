"""Geometry that is in the file, and that the library gives up on without a word: told apart from none at all."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.request import pathname2url

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from layers.formats import salvage
from layers.formats.shapefile import Anatomy
from layers.problems import Problem
from layers.source import Source

_DATABASES = frozenset({"geopackage", "sqlite"})
_GEOJSON = "geojson"
MOST_JSON_BYTES = 256 << 20
"""How large a GeoJSON is read a second time where something is missing: a region's buildings."""

ALWAYS_JSON_BYTES = 4 << 20
"""How large a GeoJSON is read a second time to be sure that nothing is."""

_JSON_MARKS = (rb'"type"\s*:\s*"Feature"', rb'"geometry"\s*:')


@dataclass(frozen=True)
class Table:
    """A table as it was read: where from, with what, and its features. ``geometry`` is the column in the file."""

    source: Source
    name: str
    geometry: str
    options: Mapping[str, object]
    frame: GeoDataFrame


def without_damaged(
    table: Table, anatomy: Anatomy | None, records: NDArray[np.int64] | None
) -> tuple[GeoDataFrame, list[Problem]]:
    """Return the features without those whose geometry is damaged, and the problem that counts and names them.

    ``records`` are the features' numbers in the file, if they are known.
    """
    if table.source.format.id == _GEOJSON:
        return _of_geojson(table)
    null = np.flatnonzero(table.frame.geometry.isna())
    if not null.size:
        return table.frame, []
    numbers = _numbers(table, anatomy, records)
    if len(numbers) != len(table.frame):
        return table.frame, []
    damaged = _damaged(table, anatomy, numbers[null])
    return _left_out(table, null[damaged], numbers)


def _numbers(table: Table, anatomy: Anatomy | None, records: NDArray[np.int64] | None) -> NDArray[np.int64]:
    if records is not None:
        return records
    if anatomy is not None:
        return anatomy.live
    if table.source.format.id in _DATABASES:
        return np.array(salvage.record_numbers(table.source, table.options, 0), dtype=np.int64)
    return np.zeros(0, dtype=np.int64)


def _damaged(table: Table, anatomy: Anatomy | None, null: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return, of each record read without geometry, whether the file has one there."""
    if anatomy is not None:
        return np.array([anatomy.has_shape(int(record)) for record in null], dtype=np.bool_)
    if table.source.format.id in _DATABASES:
        return np.isin(null, _filled(table, null))
    return np.zeros(len(null), dtype=np.bool_)


def _filled(table: Table, among: NDArray[np.int64]) -> list[int]:
    column, name = (word.replace('"', '""') for word in (table.geometry, table.name))
    asked = ",".join(str(int(each)) for each in among)
    query = f'SELECT rowid FROM "{name}" WHERE "{column}" IS NOT NULL AND rowid IN ({asked})'
    try:
        with closing(_database(table.source.held)) as database:
            return [int(row[0]) for row in database.execute(query)]
    except sqlite3.Error:  # a view has no rowid
        return []


def _database(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{pathname2url(str(path))}?mode=ro", uri=True)


def _of_geojson(table: Table) -> tuple[GeoDataFrame, list[Problem]]:
    held = _json_features(table) if _is_in_doubt(table) else None
    if held is None:
        return table.frame, []
    if len(held) != len(table.frame):
        return table.frame, [salvage.miscounted(table.source, len(held), len(table.frame))]
    has_one = np.array([isinstance(each, dict) and bool(each.get("geometry")) for each in held], dtype=np.bool_)
    damaged = np.flatnonzero(table.frame.geometry.isna().to_numpy() & has_one)
    return _left_out(table, damaged, np.arange(1, len(held) + 1))


def _is_in_doubt(table: Table) -> bool:
    """Tell whether a GeoJSON may hold more than was read, by counting what each feature has; false alarms are cheap."""
    size = table.source.held.stat().st_size
    if size <= ALWAYS_JSON_BYTES or table.frame.geometry.isna().any():
        return size <= MOST_JSON_BYTES
    content = table.source.content()
    found = [sum(1 for _ in re.finditer(mark, content)) for mark in _JSON_MARKS]
    return size <= MOST_JSON_BYTES and set(found) != {len(table.frame)}


def _json_features(table: Table) -> list[object] | None:
    """Return the features that a GeoJSON, or a table of a TopoJSON, lists; None if it is neither."""
    try:
        # GDAL passes over bytes that are no UTF-8, and over the feature whose key they spoil.
        document = json.loads(table.source.content().decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError):  # one feature a line, or what GDAL takes and the standard does not
        return None
    match document:
        case {"type": "FeatureCollection", "features": [*features]}:
            return features
        case {"type": "Topology", "objects": {table.name: {"geometries": [*geometries]}}}:
            return [{"geometry": each} for each in geometries]
    return None


def _left_out(table: Table, rows: NDArray[np.int64], numbers: NDArray[np.int64]) -> tuple[GeoDataFrame, list[Problem]]:
    if not rows.size:
        return table.frame, []
    kept: pd.DataFrame = table.frame.drop(index=table.frame.index[rows]).reset_index(drop=True)
    return kept, [salvage.unreadable(table.source, numbers[rows].tolist(), len(table.frame))]
