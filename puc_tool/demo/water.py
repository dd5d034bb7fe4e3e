"""Hydrography, coastline and water points of the demonstration city."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from layers.commune_boundaries import neighbours
from layers.communes import CREDIT
from puc_tool.demo.chance import stream
from puc_tool.demo.field import Field
from puc_tool.demo.ground import Ground
from puc_tool.demo.levels import region
from puc_tool.demo.neighbourhoods import MADE_UP
from puc_tool.demo.places import CODE, CRS_CODE, OPEN_SEA
from puc_tool.demo.setting import Setting
from puc_tool.demo.streams import Stream, Water

_DENSE_BELOW_M = 12.0
_ROUNDED_M = 60.0
_SHORTEST_M = 40.0
_NAMED_KM2 = 0.8
_SEA_REACH_M = 12_000.0
_HILL_M = 30.0
_BETWEEN_POINTS_M = 700.0
_POINTS = ("Fontana", "Sorgente", "Pozzo")

_STREAM_SOURCE = f"{MADE_UP}: corso d'acqua inventato, scende lungo il rilievo inventato"
_NAMED_SOURCE = f"{MADE_UP}: corso d'acqua e nome inventati, il nome è quello del quartiere che attraversa"
_SEA_SOURCE = f"ciò che nessun comune copre. {CREDIT.it}"
_SHORE_SOURCE = f"il confine dove non tocca un altro comune. {CREDIT.it}"
_POINT_SOURCE = f"{MADE_UP}: punto d'acqua inventato lungo una strada di collina"


def hydrography(stage: Setting, water: Water) -> GeoDataFrame:
    """Return ``name``, ``kind`` (river, covered, sea), ``source`` and lines of streams, then the sea as a polygon.

    Streams reach up to a margin beyond the commune; under the dense city they are covered.
    """
    city = dense_city(stage, water)
    parts = [
        (name, kind, source, line)
        for flowing, (name, source) in zip(water.streams, _names(stage, water.streams), strict=True)
        for kind, line in _open_and_covered(flowing.line, city)
    ]
    sea = ("Golfo della Spezia e Mar Ligure", "sea", _SEA_SOURCE, _sea(stage.ground))
    return _frame([*parts, sea], ("name", "kind", "source"))


def coastline(ground: Ground) -> GeoDataFrame:
    """Return ``name``, ``source`` and the parts of the commune's boundary that no other commune shares, as lines."""
    others = shapely.union_all(shapely.boundary(ground.around.geometry.to_numpy()))
    shore = shapely.get_parts(shapely.line_merge(shapely.difference(ground.commune.boundary, others)))
    outside = shapely.distance(shore, shapely.Point(OPEN_SEA)) < shapely.distance(shore, ground.gulf_shore)
    names = np.where(outside, "Costa sul mare aperto", "Costa sul golfo")
    return _frame([(name, _SHORE_SOURCE, line) for name, line in zip(names, shore, strict=True)], ("name", "source"))


def water_points(stage: Setting) -> GeoDataFrame:
    """Return ``name``, ``source`` and points every few hundred metres along the hill roads and tracks."""
    rng = stream(stage.seed, "water points")
    paths = shapely.get_parts(shapely.union_all([stage.ways.hill, stage.ways.tracks]))
    ends = np.concatenate([_along(path, rng) for path in paths])
    high = stage.heights.at(shapely.get_x(ends), shapely.get_y(ends)) > _HILL_M
    spaced = _spaced(ends[shapely.contains(stage.ground.commune, ends) & high])
    kinds = rng.choice(_POINTS, len(spaced), p=[0.5, 0.35, 0.15])
    numbers = pd.Series(kinds).groupby(kinds).cumcount() + 1
    rows = [(f"{k} {n}", _POINT_SOURCE, at) for k, n, at in zip(kinds, numbers, spaced, strict=True)]
    return _frame(rows, ("name", "source"))


def dense_city(stage: Setting, water: Water) -> shapely.Geometry:
    """Return the low ground of the centre and the town quarters, under which streams are covered."""
    town = shapely.union_all(stage.hoods.geometry[stage.hoods["character"].isin(["centre", "town"])].to_numpy())
    low = region(Field(-water.ways.filled, water.ways.lattice), -_DENSE_BELOW_M)
    return shapely.intersection(town, low).buffer(-_ROUNDED_M).buffer(2 * _ROUNDED_M).buffer(-_ROUNDED_M)


def open_streams(stage: Setting, water: Water) -> list[shapely.LineString]:
    """Return the stretches of streams that are not covered, the larger streams first."""
    city = dense_city(stage, water)
    stretches = (stretch for flowing in water.streams for stretch in _open_and_covered(flowing.line, city))
    return [line for kind, line in stretches if kind == "river"]


def _open_and_covered(line: shapely.LineString, city: shapely.Geometry) -> list[tuple[str, shapely.LineString]]:
    """Cut a stream where it goes under the city; a stretch too short to draw stays with the one before it."""
    pieces = [shapely.intersection(line, city), shapely.difference(line, city)]
    kinds = [(kind, part) for kind, piece in zip(("covered", "river"), pieces, strict=True) for part in _lines(piece)]
    found = sorted(kinds, key=lambda pair: shapely.line_locate_point(line, shapely.Point(pair[1].coords[0])))
    joined: list[tuple[str, shapely.LineString]] = []
    for kind, part in found:
        if joined and (kind == joined[-1][0] or shapely.length(part) < _SHORTEST_M):
            before = joined.pop()
            kind, part = before[0], shapely.LineString([*before[1].coords, *part.coords[1:]])
        joined.append((kind, part))
    return joined


def _lines(shape: shapely.Geometry) -> list[shapely.LineString]:
    return [part for part in shapely.get_parts(shape) if part.geom_type == "LineString" and not part.is_empty]


def _names(stage: Setting, streams: Sequence[Stream]) -> list[tuple[str, str]]:
    """Return name and source of each stream: a larger one is called after a neighbourhood, the others are counted."""
    names: list[tuple[str, str]] = []
    taken: set[str] = set()
    for flowing in streams:
        called = _called(stage, flowing)
        if called and called not in taken:
            taken.add(called)
            names.append((called, _NAMED_SOURCE))
        else:
            names.append((f"Fosso {len(names) - len(taken) + 1}", _STREAM_SOURCE))
    return names


def _called(stage: Setting, flowing: Stream) -> str:
    """Return what a larger stream is called, after the neighbourhood in the middle of its way through the commune."""
    inside = shapely.intersection(flowing.line, stage.ground.commune)
    if flowing.upstream_km2[-1] < _NAMED_KM2 or shapely.length(inside) == 0:
        return ""
    middle = shapely.line_interpolate_point(max(_lines(inside), key=shapely.length), 0.5, normalized=True)
    hood = stage.hoods["name"][stage.hoods.contains(middle)]
    return f"Fosso di {hood.iloc[0].split(' / ')[0].split(' (')[0]}" if len(hood) else ""


def _sea(ground: Ground) -> shapely.Geometry:
    """Return what no commune covers in the frame of those around, where it reaches the commune's shores."""
    known = neighbours([CODE], CRS.from_epsg(CRS_CODE), _SEA_REACH_M)
    dry = shapely.union_all([ground.commune, *known.geometry])
    left = shapely.get_parts(shapely.difference(shapely.box(*ground.around.total_bounds), dry))
    return shapely.union_all(left[shapely.intersects(left, ground.gulf_shore | ground.open_shore)])


def _along(path: shapely.LineString, rng: np.random.Generator) -> np.ndarray:
    steps = rng.uniform(0.4, 1.6, 1 + int(shapely.length(path) / _BETWEEN_POINTS_M)) * _BETWEEN_POINTS_M
    return shapely.line_interpolate_point(path, np.cumsum(steps) - steps / 2)


def _spaced(points: np.ndarray) -> list[shapely.Point]:
    """Return the points that are not near an earlier one."""
    kept: list[shapely.Point] = []
    for point in points:
        if not kept or shapely.distance(kept, point).min() > _BETWEEN_POINTS_M / 3:
            kept.append(point)
    return kept


def _frame(rows: Sequence[tuple[object, ...]], fields: Sequence[str]) -> GeoDataFrame:
    columns = {name: [row[place] for row in rows] for place, name in enumerate(fields)}
    return GeoDataFrame(columns, geometry=[row[-1] for row in rows], crs=CRS.from_epsg(CRS_CODE))
