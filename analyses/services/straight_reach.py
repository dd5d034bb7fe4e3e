"""Without streets: straight lines, made longer by a declared detour factor, at the pace on the flat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from analyses.services.walking_reach import Pairs

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Geometries = NDArray[np.object_]


@dataclass(frozen=True)
class StraightOn:
    """Homes (points) from which one walks straight. ``m_min``: straight metres a minute, the detour counted."""

    homes: Geometries
    m_min: float

    @property
    def count(self) -> int:
        """How many homes there are."""
        return len(self.homes)

    def toward(self, services: Geometries) -> TowardStraight:
        """Return the way to ``services`` (points, areas), all or some of them."""
        return TowardStraight(self, services)


@dataclass(frozen=True)
class TowardStraight:
    """``services`` that one walks straight to."""

    on: StraightOn
    services: Geometries

    def nearest(self, limit_min: float, chosen: NDArray[np.intp] | None = None) -> Floats:
        """Return the minutes from each home to the nearest of the ``chosen`` services, infinite beyond the limit."""
        services = self.services if chosen is None else self.services[chosen]
        minutes = np.full(self.on.count, np.inf)
        if len(services):
            (home, _), distance_m = shapely.STRtree(services).query_nearest(
                self.on.homes, return_distance=True, all_matches=False
            )
            minutes[home] = distance_m / self.on.m_min
        return np.where(minutes <= limit_min, minutes, np.inf)

    def pairs(self, limit_min: Floats) -> Pairs:
        """Return each home with each service within that service's ``limit_min``, service by service."""
        (pairs,) = self.parts(limit_min, np.arange(len(self.services)))
        return pairs

    def parts(self, limit_min: Floats, chosen: Indices) -> Iterator[Pairs]:
        """Yield the pairs of the ``chosen`` services, each within its ``limit_min``, all at once."""
        homes, services = self.on.homes, self.services[chosen]
        place, home = shapely.STRtree(homes).query(services, predicate="dwithin", distance=limit_min * self.on.m_min)
        order = np.lexsort((home, place))
        place, home = place[order], home[order]
        minutes = shapely.distance(homes[home], services[place]) / self.on.m_min
        yield Pairs(home, chosen[place], minutes).within(limit_min[place])
