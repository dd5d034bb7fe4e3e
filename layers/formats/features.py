"""The features of a table, all at once through Arrow, and where that fails record by record."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow
import pyogrio
from geopandas import GeoDataFrame
from numpy.typing import NDArray
from shapely.errors import ShapelyError

from layers.formats import refusals, salvage, shapefile
from layers.formats.damage import Table, without_damaged
from layers.formats.shapefile import Anatomy
from layers.formats.table_text import other_encoding
from layers.problems import Problem, PucError
from layers.source import Source

_GARBLED = (UnicodeError, LookupError, pyarrow.ArrowInvalid)
_COLLECTION = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"type"\s*:\s*"FeatureCollection"')
_HEAD = 1 << 12
_CURVES = "Unknown WKB type"


@dataclass(frozen=True)
class _Asked:
    """A table to read: what GDAL is told, what it tells of it, how many features are announced (-1: it is not)."""

    source: Source
    options: Mapping[str, object]
    info: Mapping[str, object]
    anatomy: Anatomy | None
    announced: int


@dataclass(frozen=True)
class _Got:
    """What came of reading. ``records`` are the features' numbers in the file, if they are known."""

    frame: pd.DataFrame
    said: list[Problem]
    records: NDArray[np.int64] | None = None


def features(source: Source, table: str, encoding: str | None) -> tuple[pd.DataFrame, list[Problem]]:
    """Return what can be read of ``table``, and what there is to say: what the library said, what is missing.

    Raises PucError if text is not in ``encoding`` or the content is of another format; what the library raises if the
    file can't be opened or none of its features can be read.
    """
    anatomy = shapefile.anatomy(source)
    words = shapefile.words(source, anatomy, encoding) if anatomy else shapefile.Words()
    try:
        with warnings.catch_warnings(record=True) as heard:
            _hear_of_data()
            asked = _asked(source, table, encoding, words.encoding, anatomy)
            got = _whole(asked, encoding)
    except _GARBLED as error:
        raise PucError(other_encoding(source.name, encoding)) from error
    said = [refusals.remark(source, message) for message in dict.fromkeys(str(warning.message) for warning in heard)]
    if anatomy is not None:
        said += [*words.said, *shapefile.remarks(source, anatomy)]
    said += got.said
    if not isinstance(got.frame, GeoDataFrame):
        return got.frame, said
    column = str(asked.info.get("geometry_name") or "")
    held = Table(source, table, column, asked.options, got.frame)
    sound, damaged = without_damaged(held, anatomy, got.records)
    return sound, said + damaged


def _hear_of_data() -> None:
    """Let through what libraries say of data; what Python says of programs is not for a planner."""
    warnings.simplefilter("ignore")
    for kind in (UserWarning, RuntimeWarning):
        warnings.simplefilter("always", kind)


def _asked(source: Source, table: str, encoding: str | None, guessed: str | None, anatomy: Anatomy | None) -> _Asked:
    options: dict[str, object] = {"layer": table, "encoding": encoding, **source.format.options}
    if guessed is not None:
        options["ENCODING"] = guessed
    if _is_plain_geojson(source):
        return _Asked(source, options, {}, None, -1)
    info = pyogrio.read_info(source.gdal_path, **options)
    if info["driver"] not in source.format.drivers:
        raise PucError(refusals.other_driver(source, info["driver"]))
    return _Asked(source, options, info, anatomy, int(info["features"]) if anatomy is None else len(anatomy.live))


def _is_plain_geojson(source: Source) -> bool:
    """Tell whether the file begins as GeoJSON does. To be asked what it holds, GDAL would read it whole once more."""
    if source.format.id != "geojson":
        return False
    with source.held.open("rb") as stream:
        return _COLLECTION.match(stream.read(_HEAD)) is not None


def _whole(asked: _Asked, encoding: str | None) -> _Got:
    try:
        # Arrow takes nothing but UTF-8 from most drivers, and a fault for the end: only a count can tell of one.
        got = _bulk(asked, use_arrow=encoding is None and asked.announced >= 0)
        _refuse_garbled(got.frame)
    except _GARBLED:
        raise
    except salvage.FAILURES as error:
        return _salvaged(asked, error)
    return got if asked.announced in (-1, len(got.frame)) else _salvaged(asked, None)


def _bulk(asked: _Asked, *, use_arrow: bool) -> _Got:
    """Return the features with arcs as broken lines: through Arrow they would come as arcs, which shapely refuses."""
    path = asked.source.gdal_path
    try:
        return _Got(pyogrio.read_dataframe(path, use_arrow=use_arrow, **asked.options), [])
    except (NotImplementedError, ShapelyError) as error:
        # Of a geometry that is cut the same is raised as of an arc.
        curved = isinstance(error, NotImplementedError) or _CURVES in str(error)
        said = [refusals.arcs_straightened(asked.source)] if curved else []
        return _Got(pyogrio.read_dataframe(path, use_arrow=False, **asked.options), said)


def _salvaged(asked: _Asked, error: Exception | None) -> _Got:
    """Return what can be read record by record; raises ``error`` if that is nothing."""
    source, options = asked.source, asked.options
    live = asked.anatomy.live.tolist() if asked.anatomy else salvage.record_numbers(source, options, asked.announced)
    found = salvage.by_record(source, options, live)
    if not found.frames:
        raise error or OSError(str(source.path))
    frame = pd.concat(found.frames)
    records = frame.index.to_numpy(dtype=np.int64)
    said = [salvage.unreadable(source, found.bad, len(live))] if found.bad else []
    if asked.announced not in (-1, len(frame) + len(found.bad)):
        said.append(salvage.miscounted(source, asked.announced, len(frame)))
    return _Got(frame.reset_index(drop=True), said, records)


def _refuse_garbled(frame: pd.DataFrame) -> None:
    """Raise ArrowInvalid now for bytes that are no UTF-8, not when somebody first looks at a value."""
    for name in frame.columns[frame.dtypes == "str"]:
        pyarrow.chunked_array(pyarrow.array(frame[name].array)).validate(full=True)
