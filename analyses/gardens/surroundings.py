"""Everything around the ground that can be measured, made ready once: layers, homes, the sun, zones of hazard."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray
from pyproj import Transformer

from analyses.gardens.criteria import BUSY, DISTANCE, PEOPLE, SUN, WALK, Criterion
from analyses.gardens.ground import MARGIN_M, Ground
from analyses.gardens.homes import Homes, homes_on
from analyses.hazard.classes import ROLES, zones
from analyses.people import Residents
from layers import roles
from layers.codelist import rows
from layers.crs import GEOGRAPHIC

_GRADIENT_CELLS = 2
"""Slope looks one cell around, and between the heights of two."""


@dataclass(frozen=True)
class Reach:
    """How far people go: on foot to a garden, and the detour of streets over the straight line."""

    demand_m: float
    detour: float


@dataclass(frozen=True)
class HazardZones:
    """Ground of one hazard and the severity of each shape; ``role`` is the layer's."""

    role: str
    shapes: NDArray[np.object_]
    severity: NDArray[np.int32]


@dataclass(frozen=True)
class Surroundings:
    """The layers by role (the latest of dated ones), people, the sun's share."""

    ground: Ground
    layers: Mapping[str, Any]
    residents: Residents | None
    reach: Reach
    clear_sky_share: float

    def has(self, criterion: Criterion) -> bool:
        """Tell whether a layer that the criterion looks at is there."""
        if criterion.measure in (WALK, PEOPLE):
            return self.residents is not None
        if criterion.measure == BUSY:
            streets = self.layers.get(roles.STREETS.id)
            return streets is not None and "kind" in streets
        return any(self.layers.get(role) is not None for role in criterion.sources)

    def shapes(self, criterion: Criterion) -> NDArray[np.object_]:
        """Return the geometry of all vector layers that the criterion looks at."""
        there = [self.layers[role] for role in criterion.sources if isinstance(self.layers.get(role), GeoDataFrame)]
        return np.concatenate([layer.geometry.to_numpy() for layer in there] or [np.empty(0, object)])

    @cached_property
    def homes(self) -> Homes | None:
        """Residents laid on the grid."""
        return None if self.residents is None else homes_on(self.residents, self.ground.grid)

    @cached_property
    def middle(self) -> tuple[float, float]:
        """Longitude and latitude (degrees, WGS 84) of the ground's centroid."""
        point = shapely.centroid(self.ground.boundary)
        place = Transformer.from_crs(self.ground.grid.crs, GEOGRAPHIC, always_xy=True).transform(point.x, point.y)
        return float(place[0]), float(place[1])

    @cached_property
    def hazards(self) -> tuple[HazardZones, ...]:
        """The zones of each hazard that the study has a layer of."""
        return tuple(self._hazards())

    def _hazards(self) -> Iterator[HazardZones]:
        for codelist, role in ROLES.items():
            layer = self.layers.get(role.id)
            if layer is not None:
                # A class without a rank counts 1.
                severity = {row["code"]: int(row["severity"] or 1) for row in rows(codelist)}
                frame = zones(layer, codelist).frame
                ranks = np.array([severity.get(code, 1) for code in frame["source_class"]], np.int32)
                yield HazardZones(role.id, frame.geometry.to_numpy(), ranks)


def rim_of(criteria: Sequence[Criterion], reach: Reach, cell_m: float) -> int:
    """Return how many rows around a cell count for any of ``criteria``: beyond them its score can't change.

    A distance is of no more account once it is past best, worst and limit: every greater one scores and excludes alike.
    """
    return max((rows_in_reach(_counts_m(each, reach), cell_m) for each in criteria), default=0) + _GRADIENT_CELLS


def rows_in_reach(reach_m: float, cell_m: float) -> int:
    """Return how many rows lie within reach of a cell, and one more."""
    return math.ceil(reach_m / cell_m) + 1


def _counts_m(criterion: Criterion, reach: Reach) -> float:
    from analyses.kernels.sunshine import STEP_GROWTH

    most = max(criterion.best, criterion.worst, criterion.veto_at or 0.0, 0.0)
    by_measure = {
        SUN: STEP_GROWTH * MARGIN_M,
        DISTANCE: most,
        BUSY: most,
        WALK: most / reach.detour,
        PEOPLE: reach.demand_m,
    }
    return by_measure.get(criterion.measure, 0.0)
