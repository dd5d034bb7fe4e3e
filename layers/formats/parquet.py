"""GeoParquet: read by geopandas through Arrow, looked into by its metadata."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import geopandas
import numpy as np
import pandas as pd
import pyarrow
import shapely
from geopandas import GeoDataFrame
from pyarrow import parquet
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely.errors import ShapelyError

from layers.formats import refusals
from layers.formats.looking import Look
from layers.problems import Problem, PucError
from layers.source import Source

_BROKEN = (
    pyarrow.ArrowException,
    ShapelyError,
    CRSError,
    ValueError,
    KeyError,
    TypeError,
    NotImplementedError,
    OSError,
)
_UNSTATED = "OGC:CRS84"
"""What a file without an entry for the CRS means, by the standard; an entry of null means that it is unknown."""


def tables(source: Source) -> tuple[str, ...]:
    """Return the name of the one table."""
    return (source.stem,)


def look(source: Source, name: str) -> Look:
    """Return what the table holds, without reading its rows."""
    _need(source, name)
    with _told_if_broken(source):
        found = parquet.ParquetFile(source.held)
        schema = found.schema_arrow
        geo = json.loads((schema.metadata or {}).get(b"geo", b"{}"))
        column = geo.get("columns", {}).get(geo.get("primary_column"), {})
        fields = {field.name: str(field.type) for field in schema if field.name not in geo.get("columns", {})}
        return Look(
            name,
            _kind(column),
            _crs(column) if column else None,
            found.metadata.num_rows,
            fields,
            _extent(column),
            "UTF-8",
        )


def read(source: Source, name: str | None, encoding: str | None = None) -> tuple[GeoDataFrame, list[Problem]]:
    """Return every feature in two dimensions. Text is always UTF-8, whatever ``encoding`` says.

    Raises PucError if the file is broken or has no geometry.
    """
    _need(source, name or source.stem)
    if look(source, source.stem).geometry == "None":
        raise PucError(refusals.no_geometry(source, source.stem))
    # Coordinates that are no numbers are for the check of the layer to tell.
    with _told_if_broken(source), np.errstate(invalid="ignore"):
        frame = geopandas.read_parquet(source.held)
    return refusals.flattened(frame, source)


def head(source: Source, name: str, rows: int) -> pd.DataFrame:
    """Return at most the first ``rows`` rows, with geometry where it is kept as WKB; raises PucError if broken."""
    _need(source, name)
    with _told_if_broken(source):
        found = parquet.ParquetFile(source.held)
        batch = next(found.iter_batches(batch_size=rows), None)
        geo = json.loads((found.schema_arrow.metadata or {}).get(b"geo", b"{}"))
        frame = batch.to_pandas() if batch is not None else pd.DataFrame()
        primary = geo.get("primary_column")
        if primary not in frame or geo["columns"][primary].get("encoding") != "WKB":
            return frame
        shapes = shapely.from_wkb(frame[primary].to_numpy())
        return GeoDataFrame(frame.drop(columns=primary), geometry=shapes)


def _need(source: Source, name: str) -> None:
    if name != source.stem:
        raise PucError(refusals.no_table(source, name, tables(source)))


@contextmanager
def _told_if_broken(source: Source) -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise PucError(refusals.broken(source, error)) from error


def _kind(column: Mapping[str, object]) -> str:
    kinds = column.get("geometry_types", []) if column else ["None"]
    return str(kinds[0]).removesuffix(" Z") if isinstance(kinds, list) and len(kinds) == 1 else "Unknown"


def _crs(column: Mapping[str, object]) -> CRS | None:
    stated = column.get("crs", _UNSTATED)
    return None if stated is None else CRS.from_user_input(stated)


def _extent(column: Mapping[str, object]) -> tuple[float, float, float, float] | None:
    bounds = column.get("bbox")
    if not isinstance(bounds, list) or len(bounds) not in (4, 6):
        return None
    left, bottom = bounds[:2]
    right, top = bounds[len(bounds) // 2 :][:2]
    return float(left), float(bottom), float(right), float(top)
