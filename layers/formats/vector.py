"""Vectors: read in bulk by pyogrio through Arrow, looked into by fiona without reading the features."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass

import fiona
import geopandas
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

from layers.problems import Problem, PucError, Severity
from layers.source import Source
from layers.text import NOTHING, Text, listing, same, say

# What GDAL says while a property is read, a damaged CRS for one, fiona hands on under its inner name.
_FIONA_ERRORS = (DriverError, FionaError, CPLE_BaseError, ValueError)


@dataclass(frozen=True)
class Look:
    """What a table holds, from its metadata alone. ``extent`` is left, bottom, right, top in its CRS."""

    name: str
    geometry: str
    crs: CRS | None
    features: int
    fields: Mapping[str, str]
    extent: tuple[float, float, float, float] | None
    encoding: str


def tables(source: Source) -> tuple[str, ...]:
    """Return the names of the tables in ``source``, in the file's order."""
    try:
        return tuple(fiona.listlayers(source.gdal_path))
    except _FIONA_ERRORS as error:
        raise PucError(_broken(source, error)) from error


def look(source: Source, table: str) -> Look:
    """Return what ``table`` holds without reading its features."""
    try:
        with fiona.open(source.gdal_path, layer=table) as dataset:
            _refuse_driver(source, dataset.driver)
            return _seen(dataset, table)
    except (*_FIONA_ERRORS, OSError) as error:
        raise PucError(_unopened(source, table, error)) from error


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


def read(source: Source, table: str | None, encoding: str | None = None) -> tuple[GeoDataFrame, list[Problem]]:
    """Return every feature of ``table`` with its attributes, in two dimensions, and what there is to say.

    Raises PucError if the file is broken, the table is not there or has no geometry, or its text is not in
    ``encoding`` (by default what the file says).
    """
    wanted = table or _only_table(source)
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        frame = _read_arrow(source, wanted, encoding)
    if not isinstance(frame, GeoDataFrame):
        raise PucError(_no_geometry(source, wanted))
    remarks = [_remark(source, message) for message in dict.fromkeys(str(warning.message) for warning in heard)]
    flat, noted = _flattened(frame, source)
    return flat, remarks + noted


def _read_arrow(source: Source, table: str, encoding: str | None) -> object:
    try:
        info = pyogrio.read_info(source.gdal_path, layer=table, encoding=encoding)
        _refuse_driver(source, info["driver"])
        # Arrow takes nothing but UTF-8 from most drivers.
        frame = pyogrio.read_dataframe(source.gdal_path, layer=table, encoding=encoding, use_arrow=encoding is None)
        _refuse_garbled(frame)
        return frame
    except (UnicodeError, LookupError, pyarrow.ArrowException) as error:
        raise PucError(_other_encoding(source, encoding)) from error
    except (DataSourceError, DataLayerError, ShapelyError, ValueError, RuntimeError, OSError) as error:
        raise PucError(_unopened(source, table, error)) from error


def _only_table(source: Source) -> str:
    names = tables(source)
    if len(names) != 1:
        raise PucError(_choose_table(source, names))
    return names[0]


def _flattened(frame: GeoDataFrame, source: Source) -> tuple[GeoDataFrame, list[Problem]]:
    with_height = int(frame.geometry.has_z.sum())
    if not with_height:
        return frame, []
    flat = frame.set_geometry(geopandas.GeoSeries(frame.geometry.force_2d(), crs=frame.crs))
    return flat, [_height_dropped(source, with_height)]


def _refuse_driver(source: Source, driver: str) -> None:
    if driver not in source.format.drivers:
        raise PucError(_other_driver(source, driver))


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
    return _broken(source, error) if table in names else _no_table(source, table, names)


def _broken(source: Source, error: Exception) -> Problem:
    return Problem(
        "source-broken",
        same(source.name),
        say("il file non si legge: {why}.", "the file can't be read: {why}.", why=source.reason(error)),
        Text("Il livello non entra nello studio.", "The layer does not enter the study."),
        Text(
            "Chiedere una nuova copia del dato, o riesportarlo in GeoPackage.",
            "Ask for a new copy of the data, or export it again as GeoPackage.",
        ),
    )


def _other_encoding(source: Source, encoding: str | None) -> Problem:
    return Problem(
        "encoding-wrong",
        same(source.name),
        say(
            "i testi non si leggono come «{e}».",
            "the text can't be read as “{e}”.",
            e=encoding or Text("UTF-8, o come il file dichiara", "UTF-8, or as the file states"),
        ),
        Text("Le lettere accentate andrebbero perse.", "Accented letters would be lost."),
        Text(
            "Indicare la codifica con --encoding, per esempio --encoding ISO-8859-1.",
            "Give the encoding with --encoding, for example --encoding ISO-8859-1.",
        ),
    )


def _no_table(source: Source, table: str, names: tuple[str, ...]) -> Problem:
    return Problem(
        "table-missing",
        same(source.name),
        say("la tabella «{t}» non c'è.", "there is no table “{t}”.", t=table),
        NOTHING,
        say("Il file contiene: {all}.", "The file holds: {all}.", all=listing(list(names), most=12)),
    )


def _choose_table(source: Source, names: tuple[str, ...]) -> Problem:
    return Problem(
        "table-unclear",
        same(source.name),
        say("il file contiene {n} tabelle.", "the file holds {n} tables.", n=len(names)),
        NOTHING,
        say("Sceglierne una con --layer: {all}.", "Choose one with --layer: {all}.", all=listing(list(names), most=12)),
    )


def _no_geometry(source: Source, table: str) -> Problem:
    return Problem(
        "geometry-none",
        same(source.name),
        say("la tabella «{t}» non ha geometria.", "table “{t}” has no geometry.", t=table),
        Text("Non può essere disegnata né misurata.", "It can be neither drawn nor measured."),
        Text(
            "Unirla a un livello di poligoni con --join, o indicare un altro file.",
            "Join it to a layer of polygons with --join, or name another file.",
        ),
    )


def _height_dropped(source: Source, count: int) -> Problem:
    return Problem(
        "geometry-height-dropped",
        same(source.name),
        say(
            "elementi con una quota, che non viene letta: {n}.",
            "features with a height, which is not read: {n}.",
            n=count,
        ),
        Text("Le superfici sono misurate in pianta.", "Areas are measured in plan."),
        severity=Severity.INFO,
    )


def _remark(source: Source, message: str) -> Problem:
    # A remark is printed and recorded; where somebody keeps the file is nobody's business.
    message = message.replace(source.gdal_path, source.name).replace(str(source.path), source.name)
    return Problem(
        "source-remark",
        same(source.name),
        say("durante la lettura: {m}.", "while reading: {m}.", m=message.rstrip(".")),
        severity=Severity.WARNING,
    )


def _other_driver(source: Source, driver: str) -> Problem:
    return Problem(
        "format-disguised",
        same(source.name),
        say(
            "il contenuto è «{d}», non {f} come dice il nome.",
            "the content is “{d}”, not {f} as the name says.",
            d=driver,
            f=source.format.title,
        ),
        NOTHING,
        Text("Dare al file il nome del suo formato.", "Give the file the name of its format."),
    )
