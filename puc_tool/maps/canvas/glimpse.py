"""A layer's picture before the layer has been read: what is in view, as it comes from the file.

Only what needs no care is seen so: a GeoPackage, FlatGeobuf or shapefile that says its CRS, chosen and joined by
nothing, with lines and areas alone or points alone. Of anything else there is no glimpse, and the map waits for the
layer itself, which takes the place of a glimpse too: it alone is checked, repaired and brought into the study's CRS by
the operation that is told, and only it has areas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray
from pyproj import Transformer
from pyproj.exceptions import ProjError

from layers import roles
from layers.formats.in_view import Strip, kind_in, strips
from layers.formats.salvage import FAILURES
from layers.problems import PucError
from layers.reference import LayerRef
from layers.shaping import shape
from layers.source import Source, locate
from layers.spec import Role
from puc_tool.maps.canvas.flattening import NotFlatError, Run, of_binary
from puc_tool.maps.canvas.pictures import Picture, classed, dressed
from puc_tool.maps.canvas.shapes import Bounds, Shapes, shapes_of, shapes_of_runs
from puc_tool.maps.themes import BY_ROLE, Theme, plain
from puc_tool.sources import trust
from puc_tool.study import Study

_FIRST, _TIMES = 8_000, 16
"""How many features are shown at once, and how many times as many there have to be to be shown anew."""
_POINTS, _MISSING = (shapely.GeometryType.POINT, shapely.GeometryType.MULTIPOINT), shapely.GeometryType.MISSING


def glimpses(study: Study, ref: LayerRef, bounds: Bounds) -> Iterator[Picture]:
    """Yield the picture of what ``ref`` has in ``bounds`` as it grows; the last holds all of it, if there is one."""
    if not _is_plain(ref) or trust.problems(study, ref):
        return
    try:
        source = locate(ref.path(study.folder), ref.layer)
        theme = _theme(source, ref)
        if theme is None or theme.undrawn:
            return
        column = ref.fields.get(theme.field, theme.field)
        seen = strips(source, source.table(ref.layer), column, study.crs, bounds)
        yield from grown(seen, theme, roles.BY_ID[ref.role], ref)
    except (PucError, ProjError, *FAILURES):
        return  # what is the matter, the reading of the layer tells


def _theme(source: Source, ref: LayerRef) -> Theme | None:
    """Return how a layer will be drawn; None where that is not known before its geometries are."""
    if ref.role in BY_ROLE:
        return BY_ROLE[ref.role]
    kind = kind_in(source, source.table(ref.layer))
    return plain({kind}) if kind else None


def _is_plain(ref: LayerRef) -> bool:
    is_as_stated = ref.crs is None and ref.encoding is None
    return is_as_stated and ref.join is None and ref.where is None and roles.BY_ID[ref.role].takes_vector


def grown(seen: Iterable[Strip], theme: Theme, role: Role, ref: LayerRef) -> Iterator[Picture]:
    """Yield the picture of the first strips, of those with more, and of all; raises NotFlatError where it must."""
    runs, values = list[Flat](), list[np.ndarray]()
    shown, wanted, count = 0, _FIRST, 0
    for strip in seen:
        runs.append(_flat(strip))
        values.append(strip.values)
        count += len(strip.starts)
        if count >= wanted:
            yield _picture(runs, values, theme, role, ref)
            shown, wanted = count, _TIMES * count
    if count > shown:
        yield _picture(runs, values, theme, role, ref)


Flat = Run | NDArray[np.object_]
"""Lines and areas made flat, or points as they are."""


def _flat(strip: Strip) -> Flat:
    """Return the features of a strip in the CRS that was asked in; raises NotFlatError if they are of no one kind."""
    try:
        points, rings, features = of_binary((strip.octets, strip.starts, strip.ends))
    except NotFlatError:
        return _points(strip)
    return (points if strip.way is None else _moved(points, strip.way)), rings, features


def _points(strip: Strip) -> NDArray[np.object_]:
    spans = zip(strip.starts.tolist(), strip.ends.tolist(), strict=True)
    found = shapely.from_wkb([strip.octets[start:end].tobytes() or None for start, end in spans])
    if not np.isin(shapely.get_type_id(found), (*_POINTS, _MISSING)).all():
        raise NotFlatError
    way = strip.way
    return found if way is None else shapely.transform(found, lambda points: _moved(points, way))


def _moved(points: NDArray[np.float64], way: Transformer) -> NDArray[np.float64]:
    """Return points in the study's CRS; raises NotFlatError where one has no place there."""
    x, y = way.transform(points[:, 0], points[:, 1])
    moved = np.column_stack([x, y])
    if not np.isfinite(moved).all():
        raise NotFlatError
    return moved


def _shapes(parts: list[Flat], classes: NDArray[np.integer]) -> Shapes:
    points = [part for part in parts if isinstance(part, np.ndarray)]
    if not points:
        return shapes_of_runs([part for part in parts if isinstance(part, tuple)], classes)
    if len(points) < len(parts):
        raise NotFlatError
    return shapes_of(np.concatenate(points), classes)


def _picture(runs: list[Flat], values: list[np.ndarray], theme: Theme, role: Role, ref: LayerRef) -> Picture:
    """Return the picture of these runs; what a value means is asked once for each."""
    features = sum(len(each) if isinstance(each, np.ndarray) else len(each[2]) - 1 for each in runs)
    column = ref.fields.get(theme.field, theme.field)
    is_told = sum(map(len, values)) == features
    places, different = pd.factorize(np.concatenate(values) if is_told else np.zeros(features), use_na_sentinel=False)
    few = GeoDataFrame({column: different} if is_told else {}, geometry=[None] * len(different))
    classes, place = classed(shape(few, role, ref)[0], theme)
    return dressed(Picture(theme.drawn, classes, (None,) * len(classes), _shapes(runs, place[places])), theme)
