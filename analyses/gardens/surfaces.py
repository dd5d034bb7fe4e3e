"""What every criterion measures at every cell.

Distances are exact between the centres of cells, and end at the cells that a feature touches. Terrain is taken at the
centres, bilinear between the model's own. Walking distance is the straight one times a detour factor.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

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
from analyses.gardens.ground import MARGIN_M, Strip
from analyses.gardens.sampled import classes_on, heights_on
from analyses.gardens.surroundings import Surroundings
from analyses.soil.codes import CODES, IS_CONSUMED
from layers import roles
from layers.raster import Raster

ALBEDO = 0.2
_BUSY_KINDS = ("motorway", "trunk", "primary", "secondary")
_LEAST_PEOPLE = 1e-9

Cells = NDArray[np.float32]


@dataclass(frozen=True)
class Near:
    """What lies around one strip of the ground; everything it returns is for the cells inside of that strip."""

    around: Surroundings
    strip: Strip

    def values(self, criterion: Criterion) -> Cells:
        """Return what the criterion measures at each cell (n,), NaN where it is not known.

        Distances that the rim of the strip can't tell are greater than any that counts.
        """
        return _MEASURED_BY[criterion.measure](self, criterion).astype(np.float32)

    @cached_property
    def heights(self) -> Cells | None:
        """Heights (m) over the whole strip, (rows, columns), NaN where unknown; None without elevation."""
        raster: Raster | None = self.around.layers.get(roles.ELEVATION.id)
        return None if raster is None else heights_on(raster, self.around.ground.grid, self.strip.rows)

    @cached_property
    def terrain(self) -> tuple[Cells, Cells] | None:
        """Slope (%) and aspect (degrees) at each cell."""
        from analyses.kernels.terrain import slope_and_aspect

        if self.heights is None:
            return None
        slope, aspect = slope_and_aspect(self.heights, self.around.ground.cell_m)
        return self.strip.at(slope), self.strip.at(aspect)

    @cached_property
    def people(self) -> NDArray[np.float64]:
        """Residents in each cell of the whole strip, (rows, columns); 0 where there is no census."""
        homes = self.around.homes
        return np.zeros(self.strip.shape) if homes is None else homes.on(self.strip.rows)

    @cached_property
    def soil(self) -> Cells | None:
        """ISPRA code at each cell."""
        raster: Raster | None = self.around.layers.get(roles.SOIL_CONSUMPTION.id)
        return None if raster is None else classes_on(raster, self.strip)


def _slope(near: Near, criterion: Criterion) -> Cells:
    assert near.terrain is not None
    return near.terrain[0]


def _sun(near: Near, criterion: Criterion) -> Cells:
    from analyses.kernels.sunshine import yearly_irradiation
    from analyses.sun import yearly_sun

    assert near.heights is not None
    sun = yearly_sun(*near.around.middle, near.around.clear_sky_share)
    cell_m = near.around.ground.cell_m
    return yearly_irradiation(near.heights, cell_m, near.strip.cells, sun, reach_m=MARGIN_M, albedo=ALBEDO)


def _inside(near: Near, criterion: Criterion) -> Cells:
    return near.strip.inside(near.around.shapes(criterion)).astype(np.float32)


def _distance(near: Near, criterion: Criterion) -> Cells:
    return _away(near.strip, near.strip.touched(near.around.shapes(criterion)))


def _busy(near: Near, criterion: Criterion) -> Cells:
    streets = near.around.layers[roles.STREETS.id]
    busy = streets[streets["kind"].isin(_BUSY_KINDS)]
    return _away(near.strip, near.strip.touched(busy.geometry.to_numpy()))


def _walk(near: Near, criterion: Criterion) -> Cells:
    return _away(near.strip, near.people > _LEAST_PEOPLE) * np.float32(near.around.reach.detour)


def people_within(near: Near, cells: NDArray[np.int64], reach_m: float) -> NDArray[np.float64]:
    """Return the residents within ``reach_m``, in a straight line, of each of ``cells`` (row, column) of the strip."""
    from analyses.kernels.neighbourhood import sum_within

    return sum_within(near.people, cells, reach_m / near.around.ground.cell_m)


def _in_reach(near: Near, criterion: Criterion) -> Cells:
    return people_within(near, near.strip.cells, near.around.reach.demand_m).astype(np.float32)


def _soil(near: Near, criterion: Criterion) -> Cells:
    """Return 1 for soil that is not consumed, 0 for consumed."""
    assert near.soil is not None
    value = dict(zip(CODES, 1.0 - IS_CONSUMED, strict=True))
    codes, place = np.unique(near.soil, return_inverse=True)
    return np.array([value.get(int(code), np.nan) if code == code else np.nan for code in codes], np.float32)[place]


def _hazard(near: Near, criterion: Criterion) -> Cells:
    """Return the severity of the worst class, 0 outside all."""
    worst = np.zeros(len(near.strip.cells), np.float32)
    for each in near.around.hazards:
        if each.role in criterion.sources:
            worst = np.maximum(worst, near.strip.numbered(each.shapes, each.severity).astype(np.float32))
    return worst


_MEASURED_BY: Mapping[str, Callable[[Near, Criterion], Cells]] = {
    SLOPE: _slope, SUN: _sun, INSIDE: _inside, DISTANCE: _distance, BUSY: _busy, WALK: _walk, PEOPLE: _in_reach,
    SOIL: _soil, HAZARD: _hazard,
}  # fmt: skip


def _away(strip: Strip, is_target: NDArray[np.bool_]) -> Cells:
    """Return the distance (m) of each cell; without any target around it is farther than any (infinite)."""
    from analyses.kernels.distance import distance_to

    away = strip.at(distance_to(is_target, strip.ground.cell_m))
    return np.where(np.isnan(away), np.float32(np.inf), away)
