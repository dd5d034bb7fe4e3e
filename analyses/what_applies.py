"""What applies at a place: zones, districts, hazards, constraints, each with its area, share, norm, source and year.

What a *certificato di destinazione urbanistica* is made of (D.P.R. 380/2001, art. 30); it is none itself.

Method: planar intersections (GEOS) in the study's metric CRS. Units of a plan do not overlap, and of overlapping
hazard polygons the most restrictive class wins, so their rows and the ground in none add up to the place. Constraints
and properties may lie on each other: each counts in full, and how much ground counts more than once is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses import place_remarks
from analyses.attributes import first_said, words
from analyses.coded import PLACES, italian
from analyses.constraint_kinds import KINDS
from analyses.districts.named import NORMS
from analyses.districts.terms import TERMS
from analyses.hazard.classes import FLOOD, LANDSLIDE, class_label, hazard_zones
from analyses.overlay import polygonal
from analyses.progress import Report, silent, tracked
from analyses.result import Column, Table, TableSpec
from analyses.units import OUTSIDE
from layers import roles
from layers.codelist import rows
from layers.problems import Problem
from layers.spec import Role
from layers.text import Text
from layers.union import ground_of, outside, parted, union_of_parts

NOISE_M2 = 0.01
"""A piece smaller than this comes from arithmetic, not from a plan; its ground goes to the row of what is in none."""

LOOKING = Text("Che cosa vale qui", "What applies here")
Geometries = NDArray[np.object_]


@dataclass(frozen=True)
class Reading:
    """How a role is asked: which of its fields are a row's code, name and class ("" where it has none).

    ``overlaps``: its features may lie on each other, and each applies in full. ``hazard``: its list of classes.
    """

    role: Role
    code: str = ""
    name: str = "name"
    rank: str = ""
    overlaps: bool = False
    hazard: str = ""


READINGS: tuple[Reading, ...] = (
    Reading(roles.NEIGHBOURHOODS, code="code"),
    Reading(roles.ZONING, code="zone", rank="dm1444"),
    Reading(roles.DISTRICTS, code="code", rank="kind"),
    Reading(roles.LANDSLIDE_HAZARD, code="source_class", rank="class", hazard=LANDSLIDE),
    Reading(roles.FLOOD_HAZARD, code="source_class", rank="class", hazard=FLOOD),
    Reading(roles.CONTAMINATED_SITES, rank="status", overlaps=True),
    Reading(roles.CONSTRAINTS, code="kind", overlaps=True),
    Reading(roles.PUBLIC_LAND, code="owner", rank="status", overlaps=True),
)
ROLES: tuple[Role, ...] = tuple(reading.role for reading in READINGS)
_BY_ROLE = {reading.role.id: reading for reading in READINGS}

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
class Asked:
    """A layer that may apply, with the source and the year that the study names."""

    role: Role
    layer: GeoDataFrame
    source: str
    year: int | None = None

    @property
    def reading(self) -> Reading:
        """How its role is asked."""
        return _BY_ROLE[self.role.id]


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
    named = _named(inside, asked)
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


def _named(inside: GeoDataFrame, asked: Asked) -> GeoDataFrame:
    """Return the columns of an answer; what a feature does not say itself, the code list and the study say."""
    reading = asked.reading
    code = words(inside, reading.code)
    names, norms = _official(reading)
    columns = {
        "code": code,
        "name": first_said(words(inside, reading.name), code.map(lambda each: names.get(each, ""))),
        "class": words(inside, reading.rank),
        "norm": first_said(words(inside, "norm"), code.map(lambda each: norms.get(each, ""))),
        "source": first_said(words(inside, "source"), pd.Series(asked.source, index=inside.index, dtype=object)),
    }
    return GeoDataFrame(columns, geometry=inside.geometry, crs=inside.crs, index=inside.index)


@cache
def _official(reading: Reading) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the names and the norms that a code list gives to codes; a norm not read at its source is marked so."""
    if reading.hazard:
        return {row["code"]: class_label(row["code"], reading.hazard).it for row in rows(reading.hazard)}, {}
    if reading.role is not roles.CONSTRAINTS:
        return {}, {}
    names = {kind: each.label.it for kind, each in KINDS.items()}
    return names, {kind: each.norm.it for kind, each in KINDS.items()}


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
