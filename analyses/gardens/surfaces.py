"""What every criterion measures at every cell.

Distances are exact between the centres of cells, and end at the cells that a feature touches. Terrain is taken at the
centres, bilinear between the model's own. Walking distance is the straight one times a detour factor.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray
from pyproj import Transformer

from analyses.gardens.criteria import (
    BUSY,
    DISTANCE,
    HAZARD,
    INSIDE,
    PEOPLE,
    SLOPE,
    SOIL,
    SUN,
    WALK,
    Criterion,
)
from analyses.gardens.ground import MARGIN_M, Ground, burnt, classes_on, heights_on
from analyses.hazard.classes import ROLES, zones
from analyses.people import Residents
from analyses.soil.codes import CODES, IS_CONSUMED
from layers import roles
from layers.codelist import rows
from layers.crs import GEOGRAPHIC
from layers.raster import Raster

ALBEDO = 0.2
_BUSY_KINDS = ("motorway", "trunk", "primary", "secondary")
_LEAST_PEOPLE = 1e-9

Cells = NDArray[np.float32]


@dataclass(frozen=True)
class Reach:
    """How far people go: on foot to a garden, and the detour of streets over the straight line."""

    demand_m: float
    detour: float


@dataclass(frozen=True)
class Surroundings:
    """Everything that can be measured: the layers by role (the latest of dated ones), people, the sun's share."""

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

    def values(self, criterion: Criterion) -> Cells:
        """Return what the criterion measures at each cell (n,), NaN where it is not known."""
        return _MEASURED_BY[criterion.measure](self, criterion).astype(np.float32)

    @cached_property
    def heights(self) -> Cells | None:
        """Heights over the whole grid."""
        raster: Raster | None = self.layers.get(roles.ELEVATION.id)
        return None if raster is None else heights_on(raster, self.ground.grid)

    @cached_property
    def terrain(self) -> tuple[Cells, Cells] | None:
        """Slope (%) and aspect (degrees) at each cell."""
        from analyses.kernels.terrain import slope_and_aspect

        if self.heights is None:
            return None
        slope, aspect = slope_and_aspect(self.heights, self.ground.cell_m)
        return self.ground.at(slope), self.ground.at(aspect)

    @cached_property
    def people(self) -> NDArray[np.float64]:
        """Residents in each cell of the whole grid."""
        return _people(self.residents, self.ground)

    @cached_property
    def soil(self) -> Cells | None:
        """ISPRA code at each cell."""
        raster: Raster | None = self.layers.get(roles.SOIL_CONSUMPTION.id)
        return None if raster is None else classes_on(raster, self.ground)

    def shapes(self, criterion: Criterion) -> NDArray[np.object_]:
        """Return the geometry of all vector layers that the criterion looks at."""
        there = [self.layers[role] for role in criterion.sources if isinstance(self.layers.get(role), GeoDataFrame)]
        return np.concatenate([layer.geometry.to_numpy() for layer in there] or [np.empty(0, object)])


def _slope(around: Surroundings, criterion: Criterion) -> Cells:
    assert around.terrain is not None
    return around.terrain[0]


def _sun(around: Surroundings, criterion: Criterion) -> Cells:
    from analyses.kernels.sunshine import yearly_irradiation
    from analyses.sun import yearly_sun

    ground = around.ground
    assert around.heights is not None
    middle = shapely.centroid(ground.boundary)
    place = Transformer.from_crs(ground.grid.crs, GEOGRAPHIC, always_xy=True).transform(middle.x, middle.y)
    sun = yearly_sun(*place, around.clear_sky_share)
    return yearly_irradiation(around.heights, ground.cell_m, ground.cells, sun, reach_m=MARGIN_M, albedo=ALBEDO)


def _inside(around: Surroundings, criterion: Criterion) -> Cells:
    return around.ground.inside(around.shapes(criterion)).astype(np.float32)


def _distance(around: Surroundings, criterion: Criterion) -> Cells:
    return _away(around.ground, around.ground.touched(around.shapes(criterion)))


def _busy(around: Surroundings, criterion: Criterion) -> Cells:
    streets = around.layers[roles.STREETS.id]
    busy = streets[streets["kind"].isin(_BUSY_KINDS)]
    return _away(around.ground, around.ground.touched(busy.geometry.to_numpy()))


def _walk(around: Surroundings, criterion: Criterion) -> Cells:
    return _away(around.ground, around.people > _LEAST_PEOPLE) * np.float32(around.reach.detour)


def people_within(around: Surroundings, cells: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the residents within reach of each of ``cells`` (row, column)."""
    from analyses.kernels.neighbourhood import sum_within

    return sum_within(around.people, cells, around.reach.demand_m / around.ground.cell_m)


def _in_reach(around: Surroundings, criterion: Criterion) -> Cells:
    return people_within(around, around.ground.cells).astype(np.float32)


def _soil(around: Surroundings, criterion: Criterion) -> Cells:
    """Return 1 for soil that is not consumed, 0 for consumed."""
    assert around.soil is not None
    value = dict(zip(CODES, 1.0 - IS_CONSUMED, strict=True))
    codes, place = np.unique(around.soil, return_inverse=True)
    return np.array([value.get(int(code), np.nan) if code == code else np.nan for code in codes], np.float32)[place]


def _hazard(around: Surroundings, criterion: Criterion) -> Cells:
    """Return the severity of the worst class, 0 outside all; a class without a rank counts 1."""
    worst = np.zeros(len(around.ground.cells), np.float32)
    for codelist, role in ROLES.items():
        layer = around.layers.get(role.id)
        if layer is None or role.id not in criterion.sources:
            continue
        severity = {row["code"]: int(row["severity"] or 1) for row in rows(codelist)}
        frame = zones(layer, codelist).frame
        ranks = np.array([severity.get(code, 1) for code in frame["source_class"]], np.int32)
        worst = np.maximum(worst, around.ground.numbered(frame.geometry.to_numpy(), ranks).astype(np.float32))
    return worst


_MEASURED_BY: Mapping[str, Callable[[Surroundings, Criterion], Cells]] = {
    SLOPE: _slope, SUN: _sun, INSIDE: _inside, DISTANCE: _distance, BUSY: _busy, WALK: _walk, PEOPLE: _in_reach,
    SOIL: _soil, HAZARD: _hazard,
}  # fmt: skip


def _away(ground: Ground, is_target: NDArray[np.bool_]) -> Cells:
    """Return the distance (m) of each cell; without any target around it is farther than any (infinite)."""
    from analyses.kernels.distance import distance_to

    away = ground.at(distance_to(is_target, ground.cell_m))
    return np.where(np.isnan(away), np.float32(np.inf), away)


def _people(residents: Residents | None, ground: Ground) -> NDArray[np.float64]:
    """Return residents by cell: a home in the cell that holds it, a section over the cells whose centre it has."""
    people = np.zeros(ground.shape)
    if residents is None:
        return people
    places, counts = residents.frame.geometry.to_numpy(), residents.frame["population"].to_numpy(float)
    is_area = shapely.get_dimensions(places) == 2
    numbers = burnt(places[is_area], ground.grid, all_touched=False, values=np.arange(1, int(is_area.sum()) + 1))
    size = np.bincount(numbers.ravel(), minlength=int(is_area.sum()) + 1)[1:]
    each = np.divide(counts[is_area], size, out=np.zeros(len(size)), where=size > 0)
    people += np.append(0.0, each)[numbers]
    is_point = ~is_area
    is_point[np.flatnonzero(is_area)[size == 0]] = True
    inner = shapely.point_on_surface(places[is_point])
    col, row = (
        np.floor(each).astype(int) for each in ~ground.grid.transform @ (shapely.get_x(inner), shapely.get_y(inner))
    )
    is_on = (col >= 0) & (row >= 0) & (col < ground.grid.width) & (row < ground.grid.height)
    np.add.at(people, (row[is_on], col[is_on]), counts[is_point][is_on])
    return people
