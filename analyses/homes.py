"""Where people start walking: a point for each place they live in, with their ages and their neighbourhood.

Residents come from the census sections, spread over residential buildings (``people``); those of a section without
any stand evenly on its ground, ``STEP_M`` apart. Without a census the neighbourhoods' own population is spread so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.analysis import Edition
from analyses.people import Residents, shares_on, spread
from analyses.units import Units
from layers import roles
from layers.problems import Problem

STEP_M = 50.0
MOST_ON_A_SIDE = 40

AGES = ("population_0_14", "population_65_plus")
ALL = "population"

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Geometries = NDArray[np.object_]


@dataclass(frozen=True)
class Homes:
    """``points``; ``people`` (n, groups) of the ``groups`` known, all residents first; ``unit``, -1 in none."""

    points: Geometries
    people: Floats
    groups: tuple[str, ...]
    unit: Indices
    problems: tuple[Problem, ...] = ()

    @property
    def residents(self) -> Floats:
        """Residents of every age at each home, (homes,)."""
        return self.people[:, 0]


def homes_of(
    census: tuple[Edition[GeoDataFrame], ...],
    neighbourhoods: GeoDataFrame | None,
    buildings: GeoDataFrame | None,
    where: Units,
) -> Homes | None:
    """Return where people live, or None where the study does not know of any."""
    found = _residents(census, neighbourhoods, buildings)
    if found is None or not found.frame[ALL].sum() > 0.0:
        return None
    points, owner, share = points_of(found.frame.geometry.to_numpy())
    groups = (ALL, *(name for name in AGES if name in found.frame))
    people = found.frame[list(groups)].to_numpy(float)[owner] * share[:, None]
    lived_in = people[:, 0] > 0.0
    points, people = points[lived_in], people[lived_in]
    return Homes(points, people, groups, _unit_of(points, where), found.problems)


def with_places(homes: Homes | None, points: Geometries, where: Units) -> Homes:
    """Return the homes, if there are any, with more ``points`` after them, where nobody lives yet."""
    if homes is None:
        homes = Homes(np.empty(0, object), np.empty((0, 1)), (ALL,), np.empty(0, np.intp))
    nobody = np.zeros((len(points), homes.people.shape[1]))
    return replace(
        homes,
        points=np.concatenate([homes.points, points]),
        people=np.concatenate([homes.people, nobody]),
        unit=np.concatenate([homes.unit, _unit_of(points, where)]),
    )


def _unit_of(points: Geometries, where: Units) -> Indices:
    """Return the unit that each point stands in, -1 in none."""
    on = shares_on(points, where.frame.geometry.to_numpy())
    unit = np.full(len(points), -1, np.intp)
    unit[on.place] = on.ground
    return unit


def _residents(
    census: tuple[Edition[GeoDataFrame], ...], neighbourhoods: GeoDataFrame | None, buildings: GeoDataFrame | None
) -> Residents | None:
    if census:
        return spread(census[-1].data, buildings)
    if neighbourhoods is not None and ALL in neighbourhoods:
        return spread(neighbourhoods, buildings, role=roles.NEIGHBOURHOODS)
    return None


def points_of(places: Geometries) -> tuple[Geometries, Indices, Floats]:
    """Return points for each place, whose they are, and the share of its people at each."""
    is_ground = shapely.get_dimensions(places) == 2
    grids = [standing(ground) for ground in places[is_ground]]
    owner = np.repeat(np.flatnonzero(is_ground), [len(grid) for grid in grids])
    single = np.flatnonzero(~is_ground)
    middles = shapely.centroid(places[single])
    points = np.concatenate([middles, *grids])
    owner = np.concatenate([single, owner]).astype(np.intp)
    return points, owner, (1.0 / np.bincount(owner, minlength=len(places)))[owner]


def standing(ground: shapely.Geometry) -> Geometries:
    """Return points ``STEP_M`` (m) apart on ``ground`` (a polygon in a metric CRS), or one inside it.

    On a large ground they stand wider, at most ``MOST_ON_A_SIDE`` along its longer side.
    """
    left, bottom, right, top = shapely.bounds(ground)
    step = max(STEP_M, max(right - left, top - bottom) / MOST_ON_A_SIDE)
    x, y = np.meshgrid(np.arange(left + step / 2.0, right, step), np.arange(bottom + step / 2.0, top, step))
    points: Geometries = shapely.points(x.ravel(), y.ravel())
    inside: Geometries = points[shapely.intersects_xy(ground, x.ravel(), y.ravel())]
    return inside if len(inside) else np.array([shapely.point_on_surface(ground)], dtype=object)


def sums(homes: Homes, people: Floats, units: int) -> Floats:
    """Return the sums of ``people`` (homes, k) in each unit; those in none are not in it."""
    inside = homes.unit >= 0
    columns = [np.bincount(homes.unit[inside], column[inside], units) for column in people.T]
    return np.stack(columns, axis=1)
