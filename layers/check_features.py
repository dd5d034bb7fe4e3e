"""Features that stand twice in a layer, and slivers: counted for every role, mended for none.

Units of a partition are looked at in ``layers.tiling``, with the ground they claim twice.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from layers.check_remarks import amount_of
from layers.problems import Problem, Severity
from layers.spec import Role
from layers.text import Text, number, say
from layers.tiling import copies

THIN_M = 0.1
"""A polygon whose area over its perimeter is under this (so, about 20 cm wide) is a sliver, not a thing."""


def check_features(layer: GeoDataFrame, role: Role) -> list[Problem]:
    """Return the doubles and slivers of ``layer``, valid and in the study's metric CRS."""
    if layer.empty:
        return []
    return [*_doubles(layer, role), *_slivers(layer, role)]


def _doubles(layer: GeoDataFrame, role: Role) -> Iterator[Problem]:
    if role.is_partition:
        return
    again = _again(layer)
    if again.any():
        yield _twice(layer, role, again)


def _again(layer: GeoDataFrame) -> NDArray[np.bool_]:
    """Tell of each feature whether one before it is the same. Two services may share a place, but not all they say."""
    geometry = layer.geometry.to_numpy()
    same_place = copies(geometry)
    points = shapely.get_dimensions(geometry) == 0
    if not (same_place & points).any():
        return same_place
    said = layer.drop(columns=layer.geometry.name).astype(str)
    whole = pd.DataFrame(said).assign(_place=shapely.to_wkb(shapely.normalize(geometry), hex=True))
    return np.where(points, whole.duplicated().to_numpy(bool), same_place)


def _slivers(layer: GeoDataFrame, role: Role) -> Iterator[Problem]:
    geometry = layer.geometry.to_numpy()
    polygons = shapely.get_dimensions(geometry) == 2
    thin = polygons & (shapely.area(geometry) < THIN_M * shapely.length(geometry))
    if thin.any():
        yield _thin(layer, role, thin)


def _twice(layer: GeoDataFrame, role: Role, again: NDArray[np.bool_]) -> Problem:
    return Problem(
        "features-duplicate",
        role.title,
        say("elementi uguali a un altro: {n}.", "features equal to another: {n}.", n=number(int(again.sum()))),
        say("Contano due volte: {a}.", "They count twice: {a}.", a=amount_of(layer, again)),
        Text("Togliere i doppioni dal dato.", "Take the copies out of the data."),
        Severity.WARNING,
    )


def _thin(layer: GeoDataFrame, role: Role, thin: NDArray[np.bool_]) -> Problem:
    return Problem(
        "features-slivers",
        role.title,
        say(
            "poligoni larghi meno di circa 20 cm: {n}.",
            "polygons less than about 20 cm wide: {n}.",
            n=number(int(thin.sum())),
        ),
        say("Contano come gli altri: {a}.", "They count like the others: {a}.", a=amount_of(layer, thin)),
        Text(
            "Di solito restano da un ritaglio: toglierli dal dato, o unirli al vicino.",
            "Usually left over from clipping: take them out of the data, or join them to a neighbour.",
        ),
        Severity.INFO,
    )
