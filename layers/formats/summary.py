"""What GDAL tells of a table without reading its features."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from typing import Any

import numpy as np
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from layers.formats import database, refusals, salvage, shapefile
from layers.formats.looking import Look
from layers.formats.stated_crs import stated
from layers.problems import PucError
from layers.source import Source

_MANY = "gpx"
"""GPX always has the same five tables, most of them empty: only those with features are told."""


def tables(source: Source) -> tuple[str, ...]:
    """Return the names of the tables in ``source``; raises PucError if it can't be opened."""
    try:
        names = tuple(_one_by_one(source)) if source.format.options else _listed(source)
    except (DataSourceError, ValueError) as error:
        raise PucError(refusals.broken(source, error)) from error
    if source.format.id != _MANY:
        return names
    return tuple(name for name in names if look(source, name).features) or names[:1]


def _listed(source: Source) -> tuple[str, ...]:
    with _in_silence():
        return tuple(map(str, pyogrio.list_layers(source.gdal_path)[:, 0]))


def _one_by_one(source: Source) -> Iterator[str]:
    """Yield the names of the tables by asking for each: a list is made without the options of opening."""
    for place in count():
        try:
            yield str(_info(source, place)["layer_name"])
        except DataLayerError:
            return


def look(source: Source, name: str) -> Look:
    """Return what the table ``name`` holds; raises what pyogrio raises."""
    anatomy = shapefile.anatomy(source)
    words = shapefile.words(source, anatomy, None) if anatomy else shapefile.Words()
    options = {"ENCODING": words.encoding} if words.encoding else {}
    info = _info(source, name, force_feature_count=True, force_total_bounds=True, **options)
    if info["driver"] not in source.format.drivers:
        raise PucError(refusals.other_driver(source, info["driver"]))
    said = [*words.said, *shapefile.remarks(source, anatomy)] if anatomy else database.remarks(source)
    if anatomy and anatomy.cut.any():
        said.append(salvage.unreadable(source, np.flatnonzero(anatomy.cut).tolist(), len(anatomy.at)))
    return Look(
        name,
        str(info["geometry_type"]).removeprefix("2.5D ").removesuffix(" Z"),
        stated(info["crs"]),
        len(anatomy.live) if anatomy else int(info["features"]),
        dict(zip(map(str, info["fields"]), map(str, info["dtypes"]), strict=True)),
        _extent(info["total_bounds"]) if info["features"] else None,
        words.encoding or str(info["encoding"]),
        tuple(said),
    )


def _info(source: Source, table: str | int, **options: object) -> Mapping[str, Any]:
    with _in_silence():
        return pyogrio.read_info(source.gdal_path, layer=table, **options, **source.format.options)


@contextmanager
def _in_silence() -> Iterator[None]:
    """Let nothing be said: what GDAL has to say is told when the features are read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _extent(bounds: tuple[float, float, float, float] | None) -> tuple[float, float, float, float] | None:
    if bounds is None:
        return None
    left, bottom, right, top = map(float, bounds)
    return (left, bottom, right, top) if all(map(math.isfinite, bounds)) else None
