"""Where the next services help most: the sites that together bring the most people within reach.

Method: maximal covering location (Church & ReVelle 1974), solved exactly by HiGHS as a mixed-integer programme. Homes
that the same sites would serve are one demand, which changes nothing and makes it small.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyses.services.walking_reach import Pairs

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Truths = NDArray[np.bool_]

MOST_SECONDS = 30.0
"""Longest search; choosing no site is a solution, so there always is one."""

_NOTHING = 1e-9


@dataclass(frozen=True)
class Placed:
    """``sites`` chosen, the one that adds most first; ``reached`` (sites, homes): whom each adds.

    ``gap_pct`` is how far the best sites could still be ahead of these; 0 where these are proven to be the best.
    """

    sites: Indices
    reached: Truths
    gap_pct: float


def most_covered(pairs: Pairs, people: Floats, sites: int, how_many: int) -> Placed:
    """Return at most ``how_many`` of ``sites`` that together reach the most ``people``; fewer where none adds any.

    Parameters
    ----------
    pairs : which home (its place in ``people``) each site would serve (the site is its ``service``)
    people : people at each home who are not served yet (0 at one that is)
    """
    serves = np.zeros((sites, len(people)), bool)
    serves[pairs.service, pairs.home] = True
    serves &= people > 0.0
    if how_many < 1 or not serves.any():
        return Placed(np.empty(0, np.intp), np.zeros((0, len(people)), bool), 0.0)
    demands, of_demand = _demands(serves)
    weight = np.asarray(np.bincount(of_demand, people[serves.any(axis=0)]), dtype=np.float64)
    chosen, gap_pct = _solved(demands, weight, how_many)
    order, reached = _ranked(serves, people, chosen)
    return Placed(order, reached, gap_pct)


def _demands(serves: Truths) -> tuple[Truths, Indices]:
    """Return the distinct sets of sites (demands, sites), and which each home that has one belongs to."""
    table = serves[:, serves.any(axis=0)].T
    distinct, number = np.unique(np.packbits(table, axis=1), axis=0, return_inverse=True)
    return np.unpackbits(distinct, axis=1, count=table.shape[1]).astype(bool), number.ravel()


def _solved(demands: Truths, weight: Floats, how_many: int) -> tuple[Indices, float]:
    """Return the sites of the best solution found, and the gap to the bound in percent.

    Max Σ weight · z, z ≤ Σ y of the sites that serve it, Σ y ≤ ``how_many``; y whole, all 0 to 1.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    count, sites = demands.shape
    demand, site = np.nonzero(demands)
    row = np.concatenate([demand, np.arange(count), np.full(sites, count)])
    column = np.concatenate([site, sites + np.arange(count), np.arange(sites)])
    value = np.concatenate([np.full(len(site), -1.0), np.ones(count + sites)])
    table = coo_array((value, (row, column)), shape=(count + 1, sites + count)).tocsr()
    most = np.append(np.zeros(count), float(how_many))
    found = milp(
        np.concatenate([np.zeros(sites), -weight]),
        integrality=np.concatenate([np.ones(sites), np.zeros(count)]),
        bounds=Bounds(0.0, 1.0),
        constraints=LinearConstraint(table, -np.inf, most),
        options={"time_limit": MOST_SECONDS, "mip_rel_gap": 0.0},
    )
    gap_pct = 100.0 * float(found.mip_gap)
    return np.flatnonzero(found.x[:sites] > 0.5), 0.0 if gap_pct < _NOTHING else gap_pct


def _ranked(serves: Truths, people: Floats, chosen: Indices) -> tuple[Indices, Truths]:
    """Return the chosen sites, the one that adds most to those before it first, and whom each adds."""
    left, order, reached = people.copy(), list[int](), list[Truths]()
    remaining = list(chosen)
    while remaining:
        gains = serves[remaining] @ left
        if gains.max() <= 0.0:
            break
        best = remaining.pop(int(np.argmax(gains)))
        adds = serves[best] & (left > 0.0)
        left[adds] = 0.0
        order.append(int(best))
        reached.append(adds)
    return np.array(order, np.intp), np.array(reached, bool).reshape(len(order), len(people))
