"""Which columns of a table say where its rows lie, and the geometry they say."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.formats import coordinates, curves
from layers.formats.place_remarks import axes_swapped, columns_used, curves_straightened
from layers.problems import Problem

_X = ("longitudine", "longitude", "long", "lng", "lon", "easting", "est", "east", "x")
_Y = ("latitudine", "latitude", "lat", "northing", "nord", "north", "y")
_STEMS = "coordinata|coordinate|coord|point|punto|utm|gps|gb|pos|centroide|centroid"
_FIELD = re.compile(
    rf"(?:(?P<stem>{_STEMS}|.*(?=[ _.-]))[ _.-]?)??(?P<axis>{'|'.join((*_X, *_Y))})(?:[ _.-](?P<tail>.*))?"
)
_WKT = re.compile(
    r"\s*(?:SRID=(?P<srid>\d+);|\d+ )?(?:MULTI)?(?:POINT|LINESTRING|POLYGON|CURVE|SURFACE|CURVEPOLYGON|CIRCULARSTRING"
    r"|COMPOUNDCURVE|GEOMETRYCOLLECTION)\s*(?:Z|M|ZM)?\s*[(E]",
    re.IGNORECASE,
)
_ENOUGH = 0.5
"""The share of the filled cells that must be coordinates: a code book in column X is none."""


@dataclass(frozen=True)
class Placed:
    """Geometry for each row, None where its cells say none. ``srid`` is what extended WKT states."""

    geometry: NDArray[np.object_]
    said: tuple[Problem, ...]
    srid: int | None = None


def place(table: pd.DataFrame, name: str) -> Placed | None:
    """Return the geometry of the rows of ``table``, or None where no column says any.

    A column of WKT goes first; then the first pair of columns with the same name but for the axis, both of numbers.
    """
    wkt = next((str(column) for column in table if _is_wkt(table[column])), None)
    if wkt is not None:
        return _from_wkt(table[wkt], name)
    for x, y in _pairs([str(column) for column in table]):
        if _holds(table[x]) and _holds(table[y]):
            return _from_pair(table, x, y, name)
    return None


def _is_wkt(column: pd.Series) -> bool:
    filled = column[column.fillna("").str.strip() != ""]
    return not filled.empty and bool(filled.str.match(_WKT).mean() >= _ENOUGH)


def _from_wkt(column: pd.Series, name: str) -> Placed:
    parts = column.fillna("").str.extract(r"^\s*(?:SRID=(?P<srid>\d+);|\d+ )?(?P<wkt>.*)$", flags=re.S | re.I)
    stated = {int(srid) for srid in parts["srid"].dropna()}
    texts = parts["wkt"].to_list()
    bent = curves.count(texts)
    used = columns_used(name, [str(column.name)])
    said = (used, curves_straightened(name, bent)) if bent else (used,)
    return Placed(curves.from_wkt(texts), said, stated.pop() if len(stated) == 1 else None)


def _pairs(names: list[str]) -> list[tuple[str, str]]:
    """Return the pairs of columns that differ only by their axis, plain names first."""
    xs, ys = dict[tuple[str, str], str](), dict[tuple[str, str], str]()
    for name in names:
        found = _FIELD.fullmatch(name.strip().lower())
        if found:
            stem = (found["stem"] or "", found["tail"] or "")
            (xs if found["axis"] in _X else ys).setdefault(stem, name)
    return [(xs[stem], ys[stem]) for stem in sorted(xs.keys() & ys.keys(), key=lambda stem: stem != ("", ""))]


def _holds(column: pd.Series) -> bool:
    filled = column[column.fillna("").str.strip() != ""]
    return not filled.empty and bool(np.isfinite(coordinates.numbers(filled)).mean() >= _ENOUGH)


def _from_pair(table: pd.DataFrame, x: str, y: str, name: str) -> Placed:
    across, up = coordinates.numbers(table[x]), coordinates.numbers(table[y])
    swapped = _are_swapped(across, up) or _letters_swapped(table[x], table[y])
    if swapped:
        across, up = up, across
    there = np.isfinite(across) & np.isfinite(up)
    geometry = np.full(len(table), None, dtype=object)
    geometry[there] = shapely.points(across[there], up[there])
    used = columns_used(name, [x, y], in_degrees=_in_degrees(across[there], up[there]))
    return Placed(geometry, (used, axes_swapped(name, x, y)) if swapped else (used,))


def _in_degrees(x: NDArray[np.float64], y: NDArray[np.float64]) -> bool:
    return x.size > 0 and bool((np.abs(x) <= 180).all() and (np.abs(y) <= 90).all())


def _letters_swapped(x: pd.Series, y: pd.Series) -> bool:
    return bool(coordinates.hemispheres(x) & coordinates.NORTHING and coordinates.hemispheres(y) & coordinates.EASTING)


def _are_swapped(x: NDArray[np.float64], y: NDArray[np.float64]) -> bool:
    """Tell whether nearly all pairs lie in Italy only with x and y the other way round, in degrees."""
    there = np.isfinite(x) & np.isfinite(y)
    return _share(y[there], _ITALY_EAST) * _share(x[there], _ITALY_NORTH) > 0.9


_ITALY_EAST, _ITALY_NORTH = (6.0, 19.0), (35.0, 48.0)
"""Where Italy lies, in degrees. In metres nothing can be told: EPSG:3035 looks like the UTM zones turned round."""


def _share(values: NDArray[np.float64], within: tuple[float, float]) -> float:
    return float(((values >= within[0]) & (values <= within[1])).mean()) if values.size else 0.0
