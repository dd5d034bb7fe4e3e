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

from analyses.kernels.compressed_rows import Rows, rows_of
from analyses.services.walking_pace import Profile
from analyses.services.walking_places import Entries, Streets, stand
from analyses.services.walking_rows import entering, leaving, on_one_edge

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Geometries = NDArray[np.object_]


@dataclass(frozen=True)
class Pairs:
    """Which home reaches which service, and in how many ``minutes``."""

    home: NDArray[np.intp]
    service: NDArray[np.intp]
    minutes: Floats

    @classmethod
    def none(cls) -> Pairs:
        """Return no pair."""
        return cls(np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0))

    def within(self, limit_min: Floats | float) -> Pairs:
        """Return the pairs no farther than ``limit_min``."""
        near = self.minutes <= limit_min
        return Pairs(self.home[near], self.service[near], self.minutes[near])


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

    def toward(self, services: Geometries) -> TowardServices:
        """Stand ``services`` (points, lines, areas) on the streets, ready to be searched from, all or some of them."""
        return TowardServices.of(self, services)

    def nearest(self, services: Geometries, limit_min: float) -> Floats:
        """Return the minutes from each home to the nearest of ``services``, infinite beyond ``limit_min``."""
        return self.toward(services).nearest(limit_min)

    def pairs(self, services: Geometries, limit_min: Floats) -> Pairs:
        """Return each home with each service within that service's ``limit_min``."""
        return self.toward(services).pairs(limit_min)

    @property
    def first_home(self) -> int:
        """The node of the first home: junctions come before."""
        return self.streets.network.junctions

    @property
    def first_service(self) -> int:
        """The node of the first service: homes come before."""
        return self.first_home + self.count

    @cached_property
    def tree(self) -> shapely.STRtree:
        """The homes: one that stands inside an area is there already."""
        return shapely.STRtree(self.points)

    @cached_property
    def base(self) -> Rows:
        """The network turned round, and the ways from its junctions (turned round: to the homes)."""
        net, home = self.streets.network, self.first_home + self.homes.place
        to_last, to_first = leaving(self.streets, self.homes, self.profile.speed_m_min)
        edge = net.segments.edge[self.homes.segment]
        one_from = np.concatenate([net.last, net.first, net.last[edge], net.first[edge]])
        one_to = np.concatenate([net.first, net.last, home, home])
        return rows_of(one_from, one_to, np.concatenate([net.along, net.back, to_last, to_first]), self.first_service)


@dataclass(frozen=True)
class TowardServices:
    """Services on the network of ``on``, each a node of it; ``entries`` are the ways into them."""

    on: OnStreets
    services: Geometries
    entries: Entries
    rows: Rows

    @classmethod
    def of(cls, on: OnStreets, services: Geometries) -> TowardServices:
        """Stand ``services`` on the streets of ``on``."""
        entries = stand(on.streets, services, on.snap_limit_m)
        return cls(on, services, entries, _with(on, services, entries))

    @property
    def count(self) -> int:
        """How many services there are, on the network or not."""
        return len(self.services)

    def nearest(self, limit_min: float, chosen: NDArray[np.intp] | None = None) -> Floats:
        """Return the minutes from each home to the nearest of the ``chosen`` services, infinite beyond the limit."""
        return self.minutes(limit_min, chosen)[self.on.first_home :]

    def minutes(self, limit_min: float, chosen: NDArray[np.intp] | None = None) -> Floats:
        """Return the minutes to the nearest of the ``chosen`` services (all) from each junction, then each home."""
        from analyses.kernels import shortest

        rows, places = self.rows, np.arange(self.count) if chosen is None else chosen
        seeds = (self.on.first_service + places).astype(np.int32)
        found = shortest.nearest(rows, seeds, limit_min)
        return found[: self.on.first_service]

    def pairs(self, limit_min: Floats) -> Pairs:
        """Return each home with each service within that service's ``limit_min``, service by service."""
        parts = list(self.parts(limit_min, np.arange(self.count)))
        columns = ([getattr(part, name) for part in parts] for name in Pairs.__dataclass_fields__)
        return Pairs(*(np.concatenate(each) for each in columns)) if parts else Pairs.none()

    def parts(self, limit_min: Floats, chosen: NDArray[np.intp]) -> Iterator[Pairs]:
        """Yield the pairs of the ``chosen`` services, each within its ``limit_min``: those of one come together."""
        from analyses.kernels import shortest

        on, done = self.on, 0
        homes, seeds = (on.first_home, on.first_service), (on.first_service + chosen).astype(np.int32)
        for counts, home, minutes in shortest.reached(self.rows, seeds, limit_min, homes):
            yield Pairs(home, np.repeat(chosen[done : done + len(counts)], counts), minutes)
            done += len(counts)


def _with(on: OnStreets, services: Geometries, entries: Entries) -> Rows:
    """Return the rows with the services as the last nodes."""
    net = on.streets.network
    edge, speed = net.segments.edge[entries.segment], on.profile.speed_m_min
    from_first, from_last = entering(on.streets, entries, speed)
    home, entry, minutes = on_one_edge(on.streets, on.homes, entries)
    direct = minutes + (on.homes.off_m[home] + entries.off_m[entry]) / speed
    areas = np.flatnonzero(shapely.get_dimensions(services) == 2)
    area, within = on.tree.query(services[areas], predicate="intersects")
    owner = np.concatenate([entries.place, entries.place, entries.place[entry], areas[area]])
    homes = np.concatenate([on.homes.place[home], within]) + on.first_home
    ends = np.concatenate([net.first[edge], net.last[edge], homes])
    costs = np.concatenate([from_first, from_last, direct, np.zeros(len(within))])
    return on.base.followed_by(rows_of(owner, ends, costs, len(services)))
