"""What is wrong with a layer that is to play a role: a list of sentences, never the first fault alone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely
from geopandas import GeoDataFrame

from layers import check_remarks
from layers.geometry_kinds import has_geometry, kinds, shape_of
from layers.problems import Problem
from layers.spec import Field, Kind, Role

SHORT_SHARE = 0.25
"""A layer that leaves more than this share of the commune beyond its bounds may lack a sheet."""


def check(layer: GeoDataFrame, role: Role) -> list[Problem]:
    """Return every problem of ``layer`` against ``role``; an empty list means fit for use."""
    if layer.empty:
        return [check_remarks.empty(role)]
    return [*_crs(layer, role), *_geometry(layer, role), *_fields(layer, role)]


def check_place(layer: GeoDataFrame, role: Role, boundary: shapely.Geometry) -> list[Problem]:
    """Return a problem if nothing of ``layer`` lies on the ground of the study (both in the study's CRS)."""
    if layer.empty or shapely.box(*layer.total_bounds).intersects(boundary):
        return []
    gap_m = shapely.distance(shapely.box(*layer.total_bounds), boundary)
    return [check_remarks.elsewhere(layer, role, float(gap_m))]


def check_reach(layer: GeoDataFrame, role: Role, boundary: shapely.Geometry) -> list[Problem]:
    """Return what to know of a layer whose bounds stop short of the commune, both in the study's metric CRS.

    Asked only of roles whose features lie all over (``Role.spans_commune``): there it tells of a missing sheet.
    Layers that have to cover the commune are looked at piece by piece in ``layers.tiling``.
    """
    if layer.empty or not role.spans_commune:
        return []
    beyond_m2 = shapely.area(shapely.difference(boundary, shapely.box(*layer.total_bounds)))
    share = float(beyond_m2 / shapely.area(boundary))
    return [check_remarks.stops_short(role, float(beyond_m2), share)] if share > SHORT_SHARE else []


def _crs(layer: GeoDataFrame, role: Role) -> Iterator[Problem]:
    if layer.crs is None:
        yield check_remarks.without_crs(layer, role)


def _geometry(layer: GeoDataFrame, role: Role) -> Iterator[Problem]:
    there = has_geometry(layer)
    count = kinds(layer.geometry.to_numpy()[there])
    unfit = sorted(kind for kind in count if shape_of(kind) not in role.shapes)
    fit = sum(number for kind, number in count.items() if kind not in unfit)
    if not fit:
        yield check_remarks.wrong_kind(layer, role, sorted(count))
    elif unfit:
        yield check_remarks.some_wrong_kind(layer, role, unfit)
    if fit and not there.all():
        yield check_remarks.without_geometry(layer, role, ~there)


def _fields(layer: GeoDataFrame, role: Role) -> Iterator[Problem]:
    for field in role.fields:
        if field.name in layer.columns:
            yield from _field(layer, field, role)
        elif field.required:
            yield check_remarks.field_missing(layer, role, field)


def _field(layer: GeoDataFrame, field: Field, role: Role) -> Iterator[Problem]:
    column = layer[field.name]
    gaps = column.isna().to_numpy()
    if field.required and gaps.all():
        yield check_remarks.field_missing(layer, role, field)
    elif field.required and gaps.any():
        yield check_remarks.values_missing(role, field, int(gaps.sum()), check_remarks.amount_of(layer, gaps))
    if field.kind is Kind.NUMBER:
        low = -np.inf if field.low is None else field.low
        high = np.inf if field.high is None else field.high
        outside = ((column < low) | (column > high)).to_numpy()
        if outside.any():
            yield check_remarks.out_of_range(role, field, int(outside.sum()), check_remarks.amount_of(layer, outside))
