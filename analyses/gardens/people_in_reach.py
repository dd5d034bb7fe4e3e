"""Residents within walking reach of each site: on the streets where the study has them, else in a straight line.

On the streets (``services.walking_reach``): metres walked, without slope, from where people live to wherever a way
comes into the site, or to the way nearest to it; what lies between a home or a site and the way is walked too. Without
streets: straight from the site's middle cell, times the declared detour factor.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.gardens.sites import SiteCells
from analyses.gardens.surfaces import Near, people_within
from analyses.gardens.surroundings import Surroundings, rows_in_reach
from analyses.homes import points_of
from analyses.people import Residents
from analyses.services.walking_network import network
from analyses.services.walking_pace import PROFILES
from analyses.services.walking_places import Streets
from analyses.services.walking_reach import OnStreets
from analyses.services.walking_ways import walkable
from layers import roles

WALKER = PROFILES["adult"]

Floats = NDArray[np.float64]


def streets_to_walk(layers: Mapping[str, Any]) -> GeoDataFrame | None:
    """Return the streets of the study, None unless one can walk on some."""
    streets: GeoDataFrame | None = layers.get(roles.STREETS.id)
    return streets if streets is not None and walkable(streets, WALKER).any() else None


def people_in_reach(around: Surroundings, sites: GeoDataFrame, cells: SiteCells) -> Floats | None:
    """Return the residents within reach of each of ``sites`` (with their ``cells``); None where no home is known."""
    if around.residents is None:
        return None
    streets = streets_to_walk(around.layers)
    if streets is None:
        # One cell in the middle of each site's list stands for it: the reach is far larger than a site.
        return _straight(around, around.ground.cells[cells.middle])
    return _walked(streets, around.residents, sites, around.reach.demand_m)


def _walked(streets: GeoDataFrame, residents: Residents, sites: GeoDataFrame, reach_m: float) -> Floats:
    points, owner, share = points_of(residents.frame.geometry.to_numpy())
    people = residents.frame["population"].to_numpy(float)[owner] * share
    on = OnStreets.of(Streets.of(network(streets, None, WALKER)), points, WALKER, reach_m)
    toward, limit_min = on.toward(sites.geometry.to_numpy()), np.full(len(sites), reach_m / WALKER.speed_m_min)
    parts = toward.parts(limit_min, np.arange(len(sites)))
    found = [np.bincount(part.service, people[part.home], len(sites)) for part in parts]
    return np.sum(found, axis=0) if found else np.zeros(len(sites))


def _straight(around: Surroundings, places: NDArray[np.int32]) -> Floats:
    """Return the residents within reach of cells (row, column) of the grid."""
    people, straight_m = np.zeros(len(places)), around.reach.demand_m / around.reach.detour
    for strip in around.ground.strips(rows_in_reach(straight_m, around.ground.cell_m)):
        inside = strip.ground.cells[strip.some, 0]
        here = np.flatnonzero((places[:, 0] >= inside[0]) & (places[:, 0] <= inside[-1]))
        people[here] = people_within(Near(around, strip), places[here] - np.array((strip.rows.first, 0)), straight_m)
    return people
