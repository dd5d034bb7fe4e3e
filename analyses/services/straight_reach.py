"""Without streets: straight lines, made longer by a declared detour factor, at the pace on the flat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from analyses.services.walking_reach import Pairs

Floats = NDArray[np.float64]
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

    def nearest(self, services: Geometries, limit_min: float) -> Floats:
        """Return the minutes from each home to the nearest of ``services``, infinite beyond ``limit_min``."""
        minutes = np.full(self.count, np.inf)
        if len(services):
            (home, _), distance_m = shapely.STRtree(services).query_nearest(
                self.homes, return_distance=True, all_matches=False
            )
            minutes[home] = distance_m / self.m_min
        return np.where(minutes <= limit_min, minutes, np.inf)

    def pairs(self, services: Geometries, limit_min: Floats) -> Pairs:
        """Return each home with each service within that service's ``limit_min``."""
        service, home = shapely.STRtree(self.homes).query(
            services, predicate="dwithin", distance=np.asarray(limit_min) * self.m_min
        )
        order = np.lexsort((home, service))
        service, home = service[order], home[order]
        minutes = shapely.distance(self.homes[home], services[service]) / self.m_min
        return Pairs(home, service, minutes).within(limit_min[service])
