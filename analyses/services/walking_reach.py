"""How long the walk from every home to services takes: to the nearest one, and to each within its threshold.

Homes and services become nodes of the network: a home is left by its two ways to the junctions, a service is entered
from both sides of each way in, and where both stand on one edge the way between them is direct. The search starts at
the services, with every way turned round, so that the minutes are those from home to service.
Method: Dijkstra (``kernels/shortest``); no way beyond the limit is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from analyses.services.walking_pace import Profile
from analyses.services.walking_places import Entries, Streets, stand

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Geometries = NDArray[np.object_]


@dataclass(frozen=True)
class Pairs:
    """Which home reaches which service, and in how many ``minutes``."""

    home: NDArray[np.intp]
    service: NDArray[np.intp]
    minutes: Floats

    def within(self, limit_min: Floats | float) -> Pairs:
        """Return the pairs no farther than ``limit_min``."""
        near = self.minutes <= limit_min
        return Pairs(self.home[near], self.service[near], self.minutes[near])


@dataclass(frozen=True)
class _Rows:
    """Ways from a place to the network's nodes (turned round): compressed rows."""

    starts: Indices
    ends: Indices
    costs: Floats


@dataclass(frozen=True)
class OnStreets:
    """Homes (``points``) on a walking network; ``homes`` are their ways in, none for one too far from any way."""

    streets: Streets
    points: Geometries
    homes: Entries
    profile: Profile
    snap_limit_m: float

    @classmethod
    def of(cls, streets: Streets, homes: Geometries, profile: Profile, snap_limit_m: float) -> OnStreets:
        """Stand ``homes`` (points) on the streets."""
        return cls(streets, homes, stand(streets, homes, snap_limit_m), profile, snap_limit_m)

    @property
    def count(self) -> int:
        """How many homes there are, on the network or not."""
        return len(self.points)

    def nearest(self, services: Geometries, limit_min: float) -> Floats:
        """Return the minutes from each home to the nearest of ``services``, infinite beyond ``limit_min``."""
        return self._nearest(services, limit_min)[self._first_home : self._first_service]

    def pairs(self, services: Geometries, limit_min: Floats) -> Pairs:
        """Return each home with each service within that service's ``limit_min``."""
        home, minutes = zip(*self._each(services, limit_min), strict=True) if len(services) else ((), ())
        service = np.repeat(np.arange(len(services)), [len(each) for each in home])
        nothing = [np.empty(0, np.int64)]
        return Pairs(np.concatenate([*nothing, *home]), service, np.concatenate([np.empty(0), *minutes]))

    def entries(self, services: Geometries) -> Entries:
        """Return the ways into each service."""
        return stand(self.streets, services, self.snap_limit_m)

    def junction_minutes(self, services: Geometries, limit_min: float) -> Floats:
        """Return the minutes from each junction to the nearest of ``services``."""
        return self._nearest(services, limit_min)[: self._first_home]

    def _nearest(self, services: Geometries, limit_min: float) -> Floats:
        from analyses.kernels import shortest

        rows = self._with(services)
        found, seed_of = np.empty(len(rows.starts) - 1), np.empty(len(rows.starts) - 1, np.int64)
        seeds = np.arange(self._first_service, len(rows.starts) - 1)
        shortest.nearest(rows.starts, rows.ends, rows.costs, seeds, np.zeros(len(seeds)), limit_min, found, seed_of)
        return found

    def _each(self, services: Geometries, limit_min: Floats) -> Iterator[tuple[Indices, Floats]]:
        """Yield, of each service, the homes it is reached from and their minutes, homes in their order."""
        from analyses.kernels import shortest

        rows = self._with(services)
        n = len(rows.starts) - 1
        scratch, nodes = np.full(n, np.inf), np.empty(n, np.int64)
        heap, heap_nodes = np.empty(len(rows.ends) + 1), np.empty(len(rows.ends) + 1, np.int64)
        for place in range(len(services)):
            seed, limit = self._first_service + place, float(limit_min[place])
            count = shortest.reached(
                rows.starts, rows.ends, rows.costs, seed, 0.0, limit, scratch, heap, heap_nodes, nodes
            )
            reached = nodes[:count]
            homes = np.sort(reached[(reached >= self._first_home) & (reached < self._first_service)])
            yield homes - self._first_home, scratch[homes]
            scratch[reached] = np.inf

    @property
    def _first_home(self) -> int:
        return self.streets.network.junctions

    @property
    def _first_service(self) -> int:
        return self._first_home + self.count

    @cached_property
    def _tree(self) -> shapely.STRtree:
        """The homes: one that stands inside an area is there already."""
        return shapely.STRtree(self.points)

    @cached_property
    def _base(self) -> _Rows:
        """The network turned round, and the ways from its junctions (turned round: to the homes)."""
        net, home = self.streets.network, self._first_home + self.homes.place
        to_last, to_first = self._leaving(self.homes)
        edge = net.segments.edge[self.homes.segment]
        one_from = np.concatenate([net.last, net.first, net.last[edge], net.first[edge]])
        one_to = np.concatenate([net.first, net.last, home, home])
        return _rows(one_from, one_to, np.concatenate([net.along, net.back, to_last, to_first]), self._first_service)

    def _leaving(self, homes: Entries) -> tuple[Floats, Floats]:
        """Return the minutes from each home to the last and to the first junction of its edge."""
        net, pieces, at = self.streets.network, self.streets.network.segments, homes.segment
        edge, off = pieces.edge[at], homes.off_m / self.profile.speed_m_min
        to_last = net.along[edge] - pieces.along_before[at] - homes.share * pieces.along[at]
        to_first = pieces.back_before[at] + homes.share * pieces.back[at]
        return np.maximum(to_last, 0.0) + off, to_first + off

    def _entering(self, services: Entries) -> tuple[Floats, Floats]:
        """Return the minutes from the first and from the last junction of its edge into each service."""
        net, pieces, at = self.streets.network, self.streets.network.segments, services.segment
        edge, off = pieces.edge[at], services.off_m / self.profile.speed_m_min
        from_first = pieces.along_before[at] + services.share * pieces.along[at]
        from_last = net.back[edge] - pieces.back_before[at] - services.share * pieces.back[at]
        return from_first + off, np.maximum(from_last, 0.0) + off

    def _with(self, services: Geometries) -> _Rows:
        """Return the rows with the services as the last nodes."""
        base, net, entries = self._base, self.streets.network, self.entries(services)
        edge = net.segments.edge[entries.segment]
        from_first, from_last = self._entering(entries)
        service, home, minutes = self._direct(entries)
        areas = np.flatnonzero(shapely.get_dimensions(services) == 2)
        area, within = self._tree.query(services[areas], predicate="intersects")
        owner = np.concatenate([entries.place, entries.place, service, areas[area]])
        ends = np.concatenate([net.first[edge], net.last[edge], self._first_home + home, self._first_home + within])
        costs = np.concatenate([from_first, from_last, minutes, np.zeros(len(within))])
        added = _rows(owner, ends, costs, len(services))
        return _Rows(
            np.concatenate([base.starts, base.starts[-1] + added.starts[1:]]),
            np.concatenate([base.ends, added.ends]),
            np.concatenate([base.costs, added.costs]),
        )

    def _direct(self, entries: Entries) -> tuple[Indices, Indices, Floats]:
        """Return service, home and minutes of those that stand on one edge, along that edge."""
        pieces, homes = self.streets.network.segments, self.homes
        of_home, of_entry = pieces.edge[homes.segment], pieces.edge[entries.segment]
        order = np.argsort(of_home, kind="stable")
        low, high = (np.searchsorted(of_home[order], of_entry, side) for side in ("left", "right"))
        entry = np.repeat(np.arange(len(of_entry)), high - low)
        within = np.arange(len(entry)) - np.repeat(np.cumsum(high - low) - (high - low), high - low)
        home = order[np.repeat(low, high - low) + within]
        onward = self._place(entries, pieces.along, pieces.along_before)[entry]
        onward = onward - self._place(homes, pieces.along, pieces.along_before)[home]
        back = self._place(homes, pieces.back, pieces.back_before)[home]
        back = back - self._place(entries, pieces.back, pieces.back_before)[entry]
        off_m = homes.off_m[home] + entries.off_m[entry]
        # One of the two is negative, for the other direction; both are 0 at one place.
        minutes = np.maximum(np.maximum(onward, back), 0.0) + off_m / self.profile.speed_m_min
        return entries.place[entry], homes.place[home], minutes

    @staticmethod
    def _place(entries: Entries, piece: Floats, before: Floats) -> Floats:
        return before[entries.segment] + entries.share * piece[entries.segment]


def _rows(owner: NDArray[np.integer], ends: NDArray[np.integer], costs: Floats, count: int) -> _Rows:
    order = np.argsort(owner, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=count))]).astype(np.int64)
    return _Rows(starts, ends[order].astype(np.int64), costs[order])
