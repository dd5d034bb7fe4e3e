"""Who reaches what: minutes to the nearest service of each kind, and the thresholds they are held against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.homes import Homes
from analyses.progress import Report, tracked
from analyses.services import remarks
from analyses.services.params import CoverageParams
from analyses.services.service_kinds import Kind, Services
from analyses.services.straight_reach import StraightOn, TowardStraight
from analyses.services.walking_network import Network, network
from analyses.services.walking_places import Streets
from analyses.services.walking_reach import OnStreets, TowardServices
from layers.problems import Problem
from layers.raster import Raster
from layers.text import Text, number, say

LONGEST_MIN = 60.0
QUARTER_MIN = 15.0
SEARCHING = Text("Tempi a piedi verso i servizi", "Walking times to the services")

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Reach:
    """How people walk: on streets, or straight where there are none. ``basis`` says which, wherever a figure stands."""

    on: OnStreets | StraightOn
    basis: Text
    network: Network | None
    problems: tuple[Problem, ...]
    params: CoverageParams

    def threshold_min(self, kind: Kind) -> float:
        """Return the minutes within which a kind counts: asked for, its own, or those its straight distance takes."""
        asked = self.params.own_threshold_min(kind.id)
        if asked is not None:
            return asked
        if self.network is None and kind.max_distance_m is not None:
            return kind.max_distance_m / self.params.walker.speed_m_min
        return self.params.own_kind_walk_min if kind.walk_min is None else kind.walk_min


@dataclass(frozen=True)
class Reached:
    """``minutes`` (homes, kinds) to the nearest service, who reaches none, and the way ``toward`` them."""

    services: Services
    kinds: tuple[Kind, ...]
    thresholds: Floats
    minutes: Floats
    unreachable: Truths
    toward: TowardServices | TowardStraight

    @property
    def covered(self) -> Truths:
        """Which home is served by which kind."""
        return self.minutes <= self.thresholds

    @property
    def score(self) -> Floats:
        """How many kinds each home has within a quarter of an hour."""
        return (self.minutes <= QUARTER_MIN).sum(axis=1).astype(float)


def walking(streets: GeoDataFrame | None, elevation: Raster | None, homes: Homes, params: CoverageParams) -> Reach:
    """Return how people walk from their homes."""
    walker = params.walker
    if streets is None or streets.empty:
        words = say("linea d'aria × {f}", "straight line × {f}", f=number(params.detour_factor, 2))
        straight = StraightOn(homes.points, walker.speed_m_min / params.detour_factor)
        return Reach(straight, words, None, (remarks.straight(params),), params)
    net = network(streets, elevation, walker)
    on = OnStreets.of(Streets.of(net), homes.points, walker, params.snap_limit_m)
    words = say("rete, {p}", "network, {p}", p=walker.label)
    return Reach(on, words, net, tuple(remarks.of_network(net)), params)


def reached(reach: Reach, services: Services, report: Report, before: Reached | None = None) -> Reached:
    """Search from the services of each kind.

    What ``before`` found, for the same homes and ways, is kept for kinds whose services stand where they stood.
    """
    kinds, toward = services.kinds, reach.on.toward(services.places)
    thresholds = np.array([reach.threshold_min(kind) for kind in kinds])
    minutes = [_minutes(toward, services, kind, before) for kind in tracked(kinds, report, SEARCHING)]
    alone = ~np.isfinite(toward.nearest(np.inf))
    table = np.stack(minutes, axis=1) if kinds else np.empty((reach.on.count, 0))
    return Reached(services, kinds, thresholds, table, alone, toward)


def _minutes(toward: TowardServices | TowardStraight, services: Services, kind: Kind, before: Reached | None) -> Floats:
    rows = services.rows_of(kind.id)
    if before is not None and kind in before.kinds:
        stood = before.services.places[before.services.rows_of(kind.id)]
        if np.array_equal(stood, services.places[rows]):
            return before.minutes[:, before.kinds.index(kind)]
    return toward.nearest(LONGEST_MIN, rows)


def near_green(homes: Homes, parks: NDArray[np.object_], distance_m: float) -> Truths:
    """Tell which homes have green within ``distance_m`` in a straight line."""
    near = np.zeros(len(homes.points), bool)
    near[shapely.STRtree(homes.points).query(parks, predicate="dwithin", distance=distance_m)[1]] = True
    return near
