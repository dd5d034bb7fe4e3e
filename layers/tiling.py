"""Whether the units of a plan tile the commune: what they leave out, which of them cover each other, and how much.

Nothing is mended here (``layers.mend.partition`` does): these are sentences. A gap is no error, its ground is
counted outside every unit. Method: areas by GEOS in the study's CRS; a valid coverage is united by its shared edges.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from layers.mend import overlaps, title_of
from layers.problems import Problem, Severity
from layers.spec import Role
from layers.text import Text, hectares, number, same, say, the_percent

THIN_M = 0.5
"""A gap whose area over its perimeter is under this (so, about 1 m wide) is a sliver between edges drawn twice."""

LISTED = 5
NOISE_M2 = 0.01
"""Smaller gaps and overlaps come from arithmetic, not from the plan."""

Geometries = NDArray[np.object_]


@dataclass(frozen=True)
class Gaps:
    """Parts of the commune under no unit, largest first, and how large the commune is (m²)."""

    wide: Geometries
    slivers: Geometries
    commune_m2: float


def tiling(layer: GeoDataFrame, role: Role, boundary: shapely.Geometry) -> list[Problem]:
    """Return what keeps ``layer`` (valid polygons, in the metric CRS of ``boundary``) from tiling the commune."""
    if not role.is_partition or layer.empty:
        return []
    geometry = layer.geometry.to_numpy()
    sound = bool(shapely.coverage_is_valid(geometry))
    said = [] if sound else [*_duplicates(geometry, role), *_pairs(layer, role)]
    return said + (_gaps(gaps(geometry, boundary), role) if role.covers_commune else [])


def gaps(geometry: Geometries, boundary: shapely.Geometry) -> Gaps:
    """Return what of ``boundary`` no polygon of ``geometry`` covers, slivers apart (``THIN_M``)."""
    sound = bool(shapely.coverage_is_valid(geometry))
    covered = shapely.coverage_union_all(geometry) if sound else shapely.union_all(geometry)
    parts = shapely.get_parts(shapely.difference(boundary, covered))
    parts = parts[shapely.area(parts) > NOISE_M2]
    parts = parts[np.argsort(-shapely.area(parts), kind="stable")]
    thin = shapely.area(parts) < THIN_M * shapely.length(parts)
    return Gaps(parts[~thin], parts[thin], float(shapely.area(boundary)))


def copies(geometry: Geometries) -> NDArray[np.bool_]:
    """Tell of each geometry whether an earlier one is the same, wherever and whichever way its outline begins."""
    again = np.zeros(len(geometry), dtype=bool)
    # Few have the same bounds as another: only those are compared corner by corner.
    alike = np.flatnonzero(pd.DataFrame(shapely.bounds(geometry)).duplicated(keep=False))
    again[alike] = pd.Series(shapely.to_wkb(shapely.normalize(geometry[alike]))).duplicated().to_numpy(bool)
    return again


def _gaps(found: Gaps, role: Role) -> list[Problem]:
    said = [_left_out(found, role)] if len(found.wide) else []
    return [*said, _thin(found, role)] if len(found.slivers) else said


def _duplicates(geometry: Geometries, role: Role) -> list[Problem]:
    again = copies(geometry)
    return [_drawn_twice(role, int(again.sum()), float(shapely.area(geometry[again]).sum()))] if again.any() else []


def _pairs(layer: GeoDataFrame, role: Role) -> list[Problem]:
    first, second, area_m2 = overlaps(layer.geometry.to_numpy())
    real = area_m2 > NOISE_M2
    first, second, area_m2 = first[real], second[real], area_m2[real]
    if not len(area_m2):
        return []
    largest = np.argsort(-area_m2, kind="stable")[:LISTED]
    pairs = [
        say("«{a}» e «{b}» {ha}", "“{a}” and “{b}” {ha}", ha=hectares(float(area_m2[pair])),
            a=title_of(layer, role, int(first[pair])), b=title_of(layer, role, int(second[pair])))
        for pair in largest
    ]  # fmt: skip
    return [_conflicts(role, pairs, len(area_m2), float(area_m2.sum()))]


def _area(geometry: Geometries) -> float:
    return float(shapely.area(geometry).sum())


def _place(geometry: shapely.Geometry) -> Text:
    """Return a point that surely lies in ``geometry``, for the planner to go and look."""
    point = shapely.point_on_surface(geometry)
    return same(f"{shapely.get_x(point):.0f} {shapely.get_y(point):.0f}")


def _left_out(found: Gaps, role: Role) -> Problem:
    area_m2 = _area(found.wide)
    return Problem(
        "units-gaps",
        role.title,
        say(
            "parti del comune che nessun poligono copre: {n}, la più grande di {ha} (a {xy}).",
            "parts of the commune that no polygon covers: {n}, the largest of {ha} (at {xy}).",
            n=number(len(found.wide)),
            ha=hectares(float(shapely.area(found.wide[0]))),
            xy=_place(found.wide[0]),
        ),
        say(
            "Contano come «fuori da ogni unità»: {ha}, {p} del comune.",
            "They count as “outside every unit”: {ha}, {p} of the commune.",
            ha=hectares(area_m2),
            p=the_percent(area_m2 / found.commune_m2, 2),
        ),
        Text("Se il livello doveva coprirle, completarlo.", "If the layer was to cover them, complete it."),
        Severity.WARNING,
    )


def _thin(found: Gaps, role: Role) -> Problem:
    return Problem(
        "units-slivers",
        role.title,
        say(
            "fessure sottili fra i poligoni o lungo il confine: {n}, la più grande a {xy}.",
            "thin slivers between polygons or along the boundary: {n}, the largest at {xy}.",
            n=number(len(found.slivers)),
            xy=_place(found.slivers[0]),
        ),
        say(
            "Contano come «fuori da ogni unità»: {ha}.",
            "They count as “outside every unit”: {ha}.",
            ha=hectares(_area(found.slivers)),
        ),
        Text(
            "Si possono lasciare; chi tiene il dato può agganciare i bordi fra loro.",
            "They may be left; whoever keeps the data can snap the edges together.",
        ),
        Severity.INFO,
    )


def _drawn_twice(role: Role, count: int, area_m2: float) -> Problem:
    return Problem(
        "units-duplicate",
        role.title,
        say("poligoni uguali a un altro: {n}.", "polygons equal to another: {n}.", n=number(count)),
        say("Terreno disegnato più di una volta: {ha}.", "Ground drawn more than once: {ha}.", ha=hectares(area_m2)),
        Text("Togliere i doppioni dal dato.", "Take the copies out of the data."),
        Severity.WARNING,
    )


def _conflicts(role: Role, pairs: list[Text], count: int, area_m2: float) -> Problem:
    words = Text("; ".join(pair.it for pair in pairs), "; ".join(pair.en for pair in pairs))
    return Problem(
        "units-in-conflict",
        role.title,
        say(
            "coppie di poligoni in conflitto: {n}; le più grandi: {w}.",
            "pairs of polygons in conflict: {n}; the largest: {w}.",
            n=number(count),
            w=words,
        ),
        say("Terreno conteso: {ha}.", "Ground in conflict: {ha}.", ha=hectares(area_m2)),
        Text("Decidere di chi è e correggere i confini nel dato.", "Decide whose it is and mend the outlines."),
        Severity.INFO,
    )
