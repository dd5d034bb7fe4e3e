"""Catchments: the ground from which a service is reached on foot within its threshold, holes kept.

A point is in a catchment when a way lies no farther than the band from it, and from that point of the way the service
is reached in what the threshold leaves after walking the whole band. So nothing inside is farther than the threshold,
the way to the street counted, and still less than the threshold and the band. Along each stretch between two points
whose minutes are known they rise evenly from either end, so where the threshold ends on it is exact. Arcs are drawn by
chords, within the circle. Inside an area that is a service one is there.
Method: union of the bands of edges that are reached whole, and of the parts that are of others.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import shapely
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray

from analyses.progress import Report, tracked
from analyses.services.reach import Reach
from analyses.services.straight_reach import TowardStraight
from analyses.services.stretches import stretches_of, within
from analyses.services.sums import Measured
from analyses.services.walking_reach import OnStreets, TowardServices
from layers.text import Text

DRAWING = Text("Bacini dei servizi", "Catchments of the services")
MOST_THREADS = 4
CORNERS_A_QUARTER = 4
CLOSE = 1.01
"""GEOS may draw a buffer up to 1 % of its radius too wide (it simplifies what it buffers): a little less is asked."""

_TOGETHER = 4
_SERVICES_AT_ONCE = 16

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Truths = NDArray[np.bool_]
Geometries = NDArray[np.object_]
Part = TypeVar("Part")
Made = TypeVar("Made")


@dataclass(frozen=True)
class Bands:
    """The ground within ``band_m`` of the ways of a network, ready to be taken as far as a threshold goes."""

    on: OnStreets
    band_m: float

    def within(self, toward: TowardServices, chosen: Indices, limit_min: float) -> shapely.MultiPolygon:
        """Return the ground from which one of the ``chosen`` services is reached within ``limit_min``."""
        net, left_min = self.on.streets.network, limit_min - self.band_m / self.on.profile.speed_m_min
        minutes = toward.minutes(max(left_min, 0.0), chosen)
        first, last = minutes[net.first], minutes[net.last]
        entries = toward.entries.of(np.isin(toward.entries.place, chosen))
        whole = np.minimum(first + net.back, last + net.along) <= left_min
        partly = ~whole & (np.minimum(first, last) <= left_min)
        partly[net.segments.edge[entries.segment]] = True
        edges, parts = within(stretches_of(self.on, partly & ~whole, (first, last), entries), left_min)
        bands = self._whole.copy()
        bands[~whole] = None
        bands[edges] = _band(parts, self.band_m)
        services = toward.services[chosen]
        areas = services[shapely.get_dimensions(services) == 2]
        return _ground([self._united(bands, whole), *areas])

    @cached_property
    def _order(self) -> Indices:
        """The edges so that neighbours come together, along a Hilbert curve."""
        along = GeoSeries(self._whole).hilbert_distance().to_numpy() if len(self._whole) else np.empty(0)
        return np.argsort(along, kind="stable")

    @cached_property
    def _whole(self) -> Geometries:
        """The band of every edge, all of it."""
        return _band(self.on.streets.network.lines, self.band_m)

    @cached_property
    def _known(self) -> dict[int, Geometries]:
        """Unions of neighbours that have been needed whole: ``_TOGETHER`` of a level are one of the next."""
        return {}

    def _united(self, bands: Geometries, whole: Truths) -> shapely.Geometry | None:
        """Return the union of the bands (None of edges not reached), neighbours first."""
        shapes, is_whole, level = bands[self._order], whole[self._order], 0
        while len(shapes) > 1:
            lacking, level = -len(shapes) % _TOGETHER, level + 1
            groups = np.concatenate([shapes, np.full(lacking, None, object)]).reshape(-1, _TOGETHER)
            filled = np.concatenate([is_whole, np.ones(lacking, bool)]).reshape(-1, _TOGETHER)
            is_whole = np.logical_and.reduce(filled, axis=1)
            shapes = self._next(level, groups, is_whole)
        return shapes[0] if len(shapes) else None

    def _next(self, level: int, groups: Geometries, is_whole: Truths) -> Geometries:
        """Return the union of each row of ``groups``, which is known if it ``is_whole`` and was needed before."""
        known = self._known.setdefault(level, np.full(len(groups), None, object))
        made: Geometries = known.copy()
        made[~is_whole] = None
        missing = shapely.is_missing(made) & ~shapely.is_missing(groups).all(axis=1)
        if missing.any():
            made[missing] = shapely.union_all(groups[missing], axis=1)
        known[is_whole] = made[is_whole]
        return made


def straight_within(toward: TowardStraight, chosen: Indices, limit_min: float) -> shapely.MultiPolygon:
    """Return the ground within ``limit_min`` of the ``chosen`` services in a straight line."""
    services, reach_m = toward.services[chosen], limit_min * toward.on.m_min
    wide = shapely.get_dimensions(services) > 0
    radius_m = np.where(wide, reach_m / CLOSE, reach_m)
    return _ground([*shapely.buffer(services, radius_m, quad_segs=CORNERS_A_QUARTER * 2), *services[wide]])


def _band(lines: Geometries, band_m: float) -> Geometries:
    bands: Geometries = shapely.buffer(lines, band_m / CLOSE, quad_segs=CORNERS_A_QUARTER)
    return bands


def _ground(shapes: list[shapely.Geometry | None]) -> shapely.MultiPolygon:
    there = [shape for shape in shapes if shape is not None]
    parts = shapely.get_parts(there[0] if len(there) == 1 else shapely.union_all(there))
    return shapely.MultiPolygon(list(parts[shapely.get_dimensions(parts) == 2]))


@dataclass(frozen=True)
class Grounds:
    """Catchments on the ways of ``reach``: what is prepared of them is kept from one to the next."""

    reach: Reach

    @cached_property
    def _bands(self) -> Bands | None:
        on, params = self.reach.on, self.reach.params
        return Bands(on, params.catchment_band_m) if isinstance(on, OnStreets) else None

    def of(self, measured: Measured, at: int) -> shapely.MultiPolygon:
        """Return the catchment of the kind at place ``at`` of those ``measured`` on the same ways."""
        return self.of_services(measured, at, measured.found.services.rows_of(measured.found.kinds[at].id))

    def of_services(self, measured: Measured, at: int, chosen: Indices) -> shapely.MultiPolygon:
        """Return the catchment of some services of the kind at place ``at``."""
        found = measured.found
        limit_min = float(found.thresholds[at])
        if isinstance(found.toward, TowardStraight):
            return straight_within(found.toward, chosen, limit_min)
        assert self._bands is not None, "who walks on streets has them"
        return self._bands.within(found.toward, chosen, limit_min)


def catchments(measured: Measured, report: Report) -> GeoDataFrame:
    """Return the catchment of every kind, with its threshold (min), the band's width (m) and how it was measured.

    ``report`` is told the share done and may raise Cancelled: kinds not begun are then left.
    """
    kinds, grounds = measured.found.kinds, Grounds(measured.reach)
    shapes = _each(lambda at: grounds.of(measured, at), range(len(kinds)), report)
    head = {"kind": [kind.id for kind in kinds], "label": [kind.label.it for kind in kinds]}
    band_m = measured.reach.params.catchment_band_m
    columns = {**head, "threshold_min": measured.found.thresholds, "band_m": band_m, "basis": measured.reach.basis.it}
    return GeoDataFrame(columns, geometry=shapes, crs=measured.services.frame.crs)


def service_catchments(measured: Measured, report: Report) -> Geometries:
    """Return the catchment of every service (services,), empty where nothing is reached from it on foot.

    That of a kind is the ground of all of its services together.
    """
    found, grounds = measured.found, Grounds(measured.reach)
    kind_of = np.full(len(measured.services.frame), -1, np.intp)
    for at, kind in enumerate(found.kinds):
        kind_of[found.services.rows_of(kind.id)] = at
    shapes = np.full(len(kind_of), shapely.MultiPolygon(), object)
    there = np.flatnonzero(kind_of >= 0)
    blocks = np.array_split(there, max(1, len(there) // _SERVICES_AT_ONCE))

    def of_block(block: Indices) -> list[shapely.MultiPolygon]:
        return [grounds.of_services(measured, int(kind_of[row]), np.array([row])) for row in block]

    made = _each(of_block, blocks, report)
    shapes[there] = [shape for block in made for shape in block]
    return shapes


def _each(make: Callable[[Part], Made], parts: Sequence[Part], report: Report) -> list[Made]:
    """Return what is made of every part, several at once; if ``report`` raises, what was not begun is left."""
    with ThreadPoolExecutor(min(MOST_THREADS, os.cpu_count() or 1)) as pool:
        each = [pool.submit(make, part) for part in parts]
        try:
            return [one.result() for one in tracked(each, report, DRAWING)]
        finally:
            pool.shutdown(cancel_futures=True)
