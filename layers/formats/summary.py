"""What pyogrio's GDAL tells of the formats that fiona's does not know, or must not open its own way."""

from __future__ import annotations

import warnings

import fiona
import pyogrio
from pyogrio.errors import DataSourceError
from pyproj import CRS
from pyproj.exceptions import CRSError

from layers.formats import refusals
from layers.formats.looking import Look
from layers.problems import PucError
from layers.source import Source

_MANY = "gpx"
"""GPX always has the same five tables, most of them empty: only those with features are told."""


def tables(source: Source) -> tuple[str, ...]:
    """Return the names of the tables in ``source``; raises PucError if it can't be opened."""
    try:
        if source.format.options:  # pyogrio lists without the options of opening
            return tuple(fiona.listlayers(source.gdal_path, **source.format.options))
        names = tuple(map(str, pyogrio.list_layers(source.gdal_path)[:, 0]))
    except (DataSourceError, fiona.errors.FionaError, ValueError) as error:
        raise PucError(refusals.broken(source, error)) from error
    if source.format.id != _MANY:
        return names
    return tuple(name for name in names if look(source, name).features) or names[:1]


def look(source: Source, name: str) -> Look:
    """Return what the table ``name`` holds; raises what pyogrio raises."""
    with warnings.catch_warnings():
        # What GDAL has to say is told when the features are read.
        warnings.simplefilter("ignore", RuntimeWarning)
        info = pyogrio.read_info(
            source.gdal_path, layer=name, force_feature_count=True, force_total_bounds=True, **source.format.options
        )
    if info["driver"] not in source.format.drivers:
        raise PucError(refusals.other_driver(source, info["driver"]))
    return Look(
        name,
        str(info["geometry_type"]).removeprefix("2.5D ").removesuffix(" Z"),
        _crs(info["crs"]),
        int(info["features"]),
        dict(zip(map(str, info["fields"]), map(str, info["dtypes"]), strict=True)),
        _extent(info["total_bounds"]) if info["features"] else None,
        str(info["encoding"]),
    )


def _extent(bounds: tuple[float, float, float, float] | None) -> tuple[float, float, float, float] | None:
    if bounds is None:
        return None
    left, bottom, right, top = map(float, bounds)
    return left, bottom, right, top


def _crs(text: str | None) -> CRS | None:
    try:
        return CRS.from_user_input(text) if text else None
    except CRSError:
        return None
