"""What applies at a place: zones, districts, hazards, constraints, each with its area, share, norm, source and year.

What a *certificato di destinazione urbanistica* is made of (D.P.R. 380/2001, art. 30); it is none itself.

Method: planar intersections (GEOS) in the study's metric CRS. Units of a plan do not overlap, and of overlapping
hazard polygons the most restrictive class wins, so their rows and the ground in none add up to the place. Constraints
and properties may lie on each other: each counts in full, and how much ground counts more than once is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses import place_remarks
from analyses.coded import PLACES, italian
from analyses.constraint_kinds import KINDS
from analyses.districts.named import NORMS
from analyses.districts.terms import TERMS
from analyses.hazard.classes import hazard_zones
from analyses.overlay import polygonal
from analyses.place_readings import Asked, Reading, named_answers
from analyses.progress import Report, silent, tracked
from analyses.result import Column, Table, TableSpec
from analyses.units import OUTSIDE
from layers.problems import Problem
from layers.text import Text
from layers.union import ground_of, outside, parted, union_of_parts

NOISE_M2 = 0.01
"""A piece smaller than this comes from arithmetic, not from a plan; its ground goes to the row of what is in none."""

LOOKING = Text("Che cosa vale qui", "What applies here")
Geometries = NDArray[np.object_]


APPLIES = TableSpec(
    "applies",
    LOOKING,
    (
        Column("role", Text("Tema", "Theme")),
        Column("code", Text("Sigla", "Code")),
        Column("name", Text("Denominazione", "Name"), words=PLACES | italian(*(kind.label for kind in KINDS.values()))),
        Column("class", Text("Classe", "Class"), words=TERMS),
        Column("area_m2", Text("Superficie", "Area"), "m²", 6),
        Column("pct", Text("Quota", "Share"), "%", 6),
        Column("norm", Text("Norma", "Norm"), words=NORMS | italian(*(kind.norm for kind in KINDS.values()))),
        Column("source", Text("Fonte", "Source")),
        Column("year", Text("Anno", "Year")),
        Column("length_m", Text("Lunghezza", "Length"), "m", 6),
    ),
)
_KEYS = ["code", "name", "class", "norm", "source"]


@dataclass(frozen=True)
class Found:
    """The rows of ``APPLIES``, the pieces of ground behind them (same index), and the remarks."""

    table: Table
    pieces: GeoDataFrame
    problems: tuple[Problem, ...]


def what_applies(
    place: shapely.Geometry, boundary: shapely.Geometry, layers: Sequence[Asked], *, report: Report = silent
) -> Found:
    """Return what of ``layers`` applies at ``place``.

    Parameters
    ----------
    place : a point or a valid polygon, in the study's metric CRS like everything else
    boundary : the ground of the study
    layers : layers of ``ROLES``, each fit for its role
    report : told the share done; may raise Cancelled

    Returns
    -------
    Found
        Areas in m², shares in % of the place, lengths in m; at a point all three are null. Within a layer whose
        features do not overlap, areas and the last row «(fuori da ogni unità)» add up to the place.
    """
    said = place_remarks.beyond(place, boundary)
    frames = []
    for asked in tracked(layers, report, LOOKING):
        answers = _answers(place, asked)
        frames.append(_measured(place, answers, asked))
        said += [] if place.geom_type == "Point" else _counted_twice(answers, asked.reading)
    pieces = _together(frames, getattr(layers[0].layer, "crs", None) if layers else None)
    columns = [column.id for column in APPLIES.columns]
    return Found(Table(APPLIES, pd.DataFrame(pieces[columns])), pieces, tuple(said))


def _answers(place: shapely.Geometry, asked: Asked) -> GeoDataFrame:
    """Return what of the layer lies in ``place``, one row for each distinct answer, in the order of the layer."""
    near = np.sort(asked.layer.sindex.query(place, predicate="intersects"))
    inside = _cut(asked.layer.iloc[near], place)
    if asked.reading.hazard:
        # That classes overlap is told where the layer is read whole, not for a piece of it.
        inside = _there(hazard_zones(inside, asked.reading.hazard), place)
    named = named_answers(inside, asked)
    groups = [(key, part.geometry.to_numpy()) for key, part in named.groupby(_KEYS, sort=False)]
    frame = pd.DataFrame([key for key, _ in groups], columns=_KEYS, dtype=object)
    return GeoDataFrame(frame, geometry=[_whole(parts, asked.reading) for _, parts in groups], crs=asked.layer.crs)


def _cut(layer: GeoDataFrame, place: shapely.Geometry) -> GeoDataFrame:
    """Return the parts of the features in ``place``: of polygons ground, never the edges in which they touch it."""
    if place.geom_type == "Point":
        return _there(layer, place)
    geometry = layer.geometry.to_numpy()
    is_ground = shapely.get_dimensions(geometry) == 2
    cut = shapely.intersection(geometry, place)
    cut[is_ground] = polygonal(np.array([parted(place, each)[0] for each in geometry[is_ground]], dtype=object))
    return _there(layer.set_geometry(cut, crs=layer.crs), place)


def _there(layer: GeoDataFrame, place: shapely.Geometry) -> GeoDataFrame:
    """Return the features that are more than noise: those that hold a point, or have ground or length in a polygon."""
    if place.geom_type == "Point":
        return layer[layer.intersects(place)]
    geometry = layer.geometry.to_numpy()
    is_ground = shapely.get_dimensions(geometry) == 2
    return layer[np.where(is_ground, shapely.area(geometry) > NOISE_M2, ~shapely.is_empty(geometry))]


def _whole(parts: Geometries, reading: Reading) -> shapely.Geometry:
    if shapely.get_dimensions(parts).min() < 2:
        return shapely.union_all(parts)
    return ground_of(parts) if reading.overlaps else union_of_parts(parts)


def _measured(place: shapely.Geometry, answers: GeoDataFrame, asked: Asked) -> GeoDataFrame:
    """Return the rows of one layer with their measures, the ground of ``place`` that lies in none as the last."""
    geometry = answers.geometry.to_numpy()
    rest = _rest(place, geometry)
    keys = pd.DataFrame(answers[_KEYS])
    if not rest.is_empty:
        geometry = np.append(geometry, rest)
        nowhere = dict.fromkeys(_KEYS, "") | {"name": OUTSIDE.it}
        keys = pd.concat([keys, pd.DataFrame([nowhere], dtype=object)], ignore_index=True)
    years = pd.Series([asked.year] * len(keys), dtype=object)
    frame = keys.assign(role=asked.role.id, year=years, **_measures(place, geometry))
    return GeoDataFrame(frame, geometry=geometry, crs=asked.layer.crs)


def _rest(place: shapely.Geometry, geometry: Geometries) -> shapely.Geometry:
    """Return the ground of ``place`` in none of ``geometry``, empty where it is no more than noise."""
    if place.geom_type == "Point":
        return shapely.Point() if len(geometry) else place
    ground = geometry[shapely.get_dimensions(geometry) == 2]
    if not len(ground):
        return place
    rest = polygonal(np.array([outside(place, ground_of(ground))], dtype=object))[0]
    return rest if shapely.area(rest) > NOISE_M2 else shapely.Polygon()


def _measures(place: shapely.Geometry, geometry: Geometries) -> dict[str, object]:
    if place.geom_type == "Point":
        return {name: pd.Series([None] * len(geometry), dtype=object) for name in ("area_m2", "pct", "length_m")}
    area_m2 = shapely.area(geometry)
    lines = shapely.get_dimensions(geometry) == 1
    length_m = np.where(lines, shapely.length(geometry), np.nan)
    return {"area_m2": area_m2, "pct": 100.0 * area_m2 / shapely.area(place), "length_m": length_m}


def _counted_twice(answers: GeoDataFrame, reading: Reading) -> list[Problem]:
    """Tell how much ground of a layer that overlaps itself stands in more than one row."""
    ground = answers.geometry.to_numpy()[shapely.get_dimensions(answers.geometry.to_numpy()) == 2]
    if not reading.overlaps or not len(ground):
        return []
    twice_m2 = float(shapely.area(ground).sum() - shapely.area(ground_of(ground)))
    return [place_remarks.counted_twice(reading.role, twice_m2)] if twice_m2 > NOISE_M2 else []


def _together(frames: Sequence[GeoDataFrame], crs: object) -> GeoDataFrame:
    if not frames:
        return GeoDataFrame({column.id: [] for column in APPLIES.columns}, geometry=[], crs=crs)
    columns = {
        column.id: np.concatenate([frame[column.id].to_numpy(object) for frame in frames]) for column in APPLIES.columns
    }
    return GeoDataFrame(columns, geometry=np.concatenate([frame.geometry.to_numpy() for frame in frames]), crs=crs)
