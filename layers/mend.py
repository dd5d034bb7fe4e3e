"""Repairs in memory, each with a receipt: what was touched, and by how much the area changed.

The source is never modified. Invalid polygons are repaired by ``make_valid`` with the *structure* method, which keeps
holes as holes; ``buffer(0)`` is never used, it can lose the larger half of a bow-tie.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray

from layers.geometry_kinds import has_geometry, type_ids
from layers.in_chunks import in_chunks
from layers.problems import Problem, Severity
from layers.spec import Role
from layers.text import Text, hectares, number, say
from layers.union import outside, union_of_parts

OVERLAP_TOLERATED_SHARE = 0.001
"""Overlaps up to this share of the layer are drawing noise and given to one polygon; larger ones are refused."""

_NOTHING_M2 = 1e-6


def fit_shapes(layer: GeoDataFrame, role: Role) -> GeoDataFrame:
    """Return the features whose geometry the role takes; ``check`` has told of the others."""
    return layer[has_geometry(layer) & np.isin(shapely.get_type_id(layer.geometry.to_numpy()), type_ids(role.shapes))]


def repair(layer: GeoDataFrame, role: Role) -> tuple[GeoDataFrame, list[Problem]]:
    """Return ``layer`` with valid geometry and the receipt. CRS must be metric for the areas to mean m²."""
    geometry = layer.geometry.to_numpy()
    broken = ~in_chunks(shapely.is_valid, geometry)
    if not broken.any():
        return layer, []
    mended = geometry.copy()
    mended[broken] = in_chunks(_valid, geometry[broken])
    alive = ~shapely.is_empty(mended)
    said = [_repaired(role, int(broken.sum()), _area(geometry[broken]), _area(mended[broken]))]
    if not alive.all():
        said.append(_collapsed(role, int((~alive).sum()), nothing_left=not alive.any()))
    return layer.set_geometry(GeoSeries(mended, index=layer.index, crs=layer.crs))[alive], said


def partition(layer: GeoDataFrame, role: Role) -> tuple[GeoDataFrame, list[Problem]]:
    """Return ``layer`` with no ground under two polygons, and what there is to say.

    Slight overlaps (``OVERLAP_TOLERATED_SHARE`` of the whole) go to the polygon that comes first; larger ones are
    an error with their area, and the layer is returned as it came.
    """
    geometry = layer.geometry.to_numpy()
    if shapely.coverage_is_valid(geometry):
        return layer, []
    first, second, overlap_m2 = overlaps(geometry)
    total_m2 = float(overlap_m2.sum())
    if total_m2 <= _NOTHING_M2:
        return layer, []
    if total_m2 > OVERLAP_TOLERATED_SHARE * _area(geometry):
        return layer, [_overlapping(role, total_m2, len(first), _widest_pair(layer, role, first, second, overlap_m2))]
    apart = parted(geometry, first, second)
    alive = ~shapely.is_empty(apart)
    told = _overlaps_settled(role, total_m2, len(first))
    return layer.set_geometry(GeoSeries(apart, index=layer.index, crs=layer.crs))[alive], [told]


def overlaps(geometry: NDArray[np.object_]) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    """Return the rows of each pair of polygons that share ground, the earlier first, and how much (m²)."""
    left, right = shapely.STRtree(geometry).query(geometry, predicate="intersects")
    once = left < right
    left, right = left[once], right[once]
    area_m2 = shapely.area(shapely.intersection(geometry[left], geometry[right]))
    real = area_m2 > _NOTHING_M2
    return left[real], right[real], area_m2[real]


def parted(geometry: NDArray[np.object_], first: NDArray[np.intp], second: NDArray[np.intp]) -> NDArray[np.object_]:
    """Return polygons that share no ground: of each pair of ``overlaps``, the later gives way to the earlier."""
    apart = geometry.copy()
    for later in np.unique(second):
        earlier = union_of_parts(apart[first[second == later]])
        apart[later] = _of_dimension(outside(apart[later], earlier), 2)
    return apart


def title_of(layer: GeoDataFrame, role: Role, row: int) -> str:
    """Return what a planner calls the feature in ``row``: its code, zone or name, else its row number from 1."""
    for name in ("code", "zone", "name"):
        if role.field(name) and name in layer.columns and pd.notna(layer[name].iloc[row]):
            return str(layer[name].iloc[row])
    return str(row + 1)


def _valid(geometry: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the geometries made valid; of one that falls into parts of several dimensions, those of its own."""
    sound: NDArray[np.object_] = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    # A ring that runs twice along one line comes out as two parts that share it, which is not valid either.
    still = ~shapely.is_valid(sound)
    sound[still] = shapely.make_valid(sound[still], method="structure", keep_collapsed=False)
    own = shapely.get_dimensions(geometry)
    mixed = (shapely.get_type_id(sound) == shapely.GeometryType.GEOMETRYCOLLECTION) | (
        shapely.get_dimensions(sound) != own
    )
    sound[mixed] = [_of_dimension(each, dimension) for each, dimension in zip(sound[mixed], own[mixed], strict=True)]
    return sound


def _of_dimension(geometry: shapely.Geometry, dimension: int) -> shapely.Geometry:
    """Return the parts of one dimension; what was a polygon leaves no lines and points behind."""
    parts = shapely.get_parts(geometry)
    fit = parts[shapely.get_dimensions(parts) == dimension]
    return shapely.union_all(fit) if len(fit) != 1 else fit[0]


def _area(geometry: NDArray[np.object_]) -> float:
    return float(shapely.area(geometry).sum())


def _widest_pair(
    layer: GeoDataFrame, role: Role, first: NDArray[np.intp], second: NDArray[np.intp], area_m2: NDArray[np.float64]
) -> Text:
    widest = int(area_m2.argmax())
    names = [title_of(layer, role, int(row[widest])) for row in (first, second)]
    return say(
        "la più grande fra «{a}» e «{b}», {ha}",
        "the largest between “{a}” and “{b}”, {ha}",
        a=names[0],
        b=names[1],
        ha=hectares(float(area_m2[widest])),
    )


def _repaired(role: Role, count: int, before_m2: float, after_m2: float) -> Problem:
    return Problem(
        "geometry-repaired",
        role.title,
        say(
            "geometrie non valide, riparate nella copia di lavoro (metodo «structure»): {n}.",
            "invalid geometries, repaired in the working copy (“structure” method): {n}.",
            n=count,
        ),
        say(
            "La loro superficie passa da {before} a {after} m².",
            "Their area goes from {before} to {after} m².",
            before=number(before_m2, 1),
            after=number(after_m2, 1),
        ),
        Text("Il file originale resta com'è.", "The original file stays as it is."),
        Severity.WARNING,
    )


def _collapsed(role: Role, count: int, *, nothing_left: bool) -> Problem:
    return Problem(
        "geometry-collapsed",
        role.title,
        say(
            "elementi senza estensione, ridotti a un punto o a una linea: {n}.",
            "features without extent, shrunk to a point or a line: {n}.",
            n=count,
        ),
        Text("Non vengono contati.", "They are not counted."),
        Text("Ridisegnarli nel dato.", "Draw them again in the data."),
        Severity.ERROR if nothing_left else Severity.WARNING,
    )


def _overlapping(role: Role, area_m2: float, pairs: int, widest: Text) -> Problem:
    return Problem(
        "units-overlap",
        role.title,
        say(
            "coppie di poligoni che coprono lo stesso terreno: {n}, {ha} in tutto, {w}.",
            "pairs of polygons that cover the same ground: {n}, {ha} in all, {w}.",
            n=pairs,
            ha=hectares(area_m2),
            w=widest,
        ),
        Text("Quel terreno sarebbe contato due volte.", "That ground would be counted twice."),
        Text("Correggere i confini nel dato.", "Mend the outlines in the data."),
    )


def _overlaps_settled(role: Role, area_m2: float, pairs: int) -> Problem:
    return Problem(
        "units-overlap-settled",
        role.title,
        say(
            "coppie di poligoni che si sovrappongono appena: {n}, {m2} m² in tutto.",
            "pairs of polygons that overlap slightly: {n}, {m2} m² in all.",
            n=pairs,
            m2=number(area_m2, 1),
        ),
        Text(
            "Nella copia di lavoro quel terreno è del poligono che viene prima, ed è contato una volta sola.",
            "In the working copy that ground belongs to the polygon that comes first, and is counted once.",
        ),
        Text("Il file originale resta com'è.", "The original file stays as it is."),
        Severity.WARNING,
    )
