"""Where the next services help most: the sites that together bring most people in reach, or shorten walks the most.

Method: maximal covering location (Church & ReVelle 1974), solved exactly by HiGHS as a mixed-integer programme. Homes
that the same sites would serve are one demand, which changes nothing and makes it small. The p-median (Hakimi 1964) is
a covering too (Cornuéjols, Nemhauser & Wolsey 1980): what a home saves by its k best sites is a sum of steps, each of
them had as soon as one of these k sites is chosen. A solution is held against the bound of the programme: the gap is
0 where it is proven to be the best, and said where the time was not enough for that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyses.services.walking_reach import Pairs

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Truths = NDArray[np.bool_]

COVERING_SECONDS, MEDIAN_SECONDS = 30.0, 60.0
"""The longest search of each."""

_NO_GAP_PCT = 1e-6
"""What the solver's own tolerance leaves between a solution and its bound."""


@dataclass(frozen=True)
class Placed:
    """``sites`` chosen, the one that adds most first; ``gains`` (sites, homes): what each adds, of ``people`` or more.

    Of a covering it is the people who come within reach, of a median the minutes of all residents that are saved.
    ``gap_pct`` is how far the best sites could still be ahead of these; 0 where these are proven to be the best.
    """

    sites: Indices
    gains: Floats
    gap_pct: float


@dataclass(frozen=True)
class _Demands:
    """``sets`` (demands, sites): the sites each is met by; ``weight``: what is gained by meeting it."""

    sets: Truths
    weight: Floats

    def met(self, chosen: Indices) -> float:
        """Return the weight that sites meet."""
        return float(self.weight[self.sets[:, chosen].any(axis=1)].sum())


def most_covered(
    pairs: Pairs, people: Floats, sites: int, how_many: int, *, most_seconds: float = COVERING_SECONDS
) -> Placed:
    """Return at most ``how_many`` of ``sites`` that together reach the most ``people``; fewer where none adds any.

    Parameters
    ----------
    pairs : which home (its place in ``people``) each site would serve (the site is its ``service``)
    people : people at each home who are not served yet (0 at one that is)
    sites, how_many : how many sites there are, and how many of them are wanted
    most_seconds : how long the solver may look for the best; the gap left is told
    """
    gain = np.zeros((sites, len(people)))
    gain[pairs.service, pairs.home] = people[pairs.home]
    has_any = gain.any(axis=0)
    demands = _merged((gain[:, has_any] > 0.0).T, people[has_any])
    return _placed(gain, demands, how_many, most_seconds)


def most_shortened(
    pairs: Pairs, people: Floats, now_min: Floats, *, sites: int, how_many: int, most_seconds: float = MEDIAN_SECONDS
) -> Placed:
    """Return at most ``how_many`` of ``sites`` that together save residents the most minutes of walking.

    Parameters
    ----------
    pairs : the minutes from each home to each site (its ``service``) as far as anybody would walk
    people : residents of each home
    now_min : minutes to the nearest service there is, and no more than one would walk at all
    sites, how_many, most_seconds : as in ``most_covered``
    """
    gain = np.zeros((sites, len(people)))
    gain[pairs.service, pairs.home] = people[pairs.home] * np.maximum(now_min[pairs.home] - pairs.minutes, 0.0)
    return _placed(gain, _steps(gain), how_many, most_seconds)


def _placed(gain: Floats, demands: _Demands, how_many: int, most_seconds: float) -> Placed:
    if how_many < 1 or not len(demands.weight):
        return Placed(np.empty(0, np.intp), np.zeros((0, gain.shape[1])), 0.0)
    chosen, gap_pct = _solved(demands, how_many, most_seconds)
    return Placed(*_ranked(gain, chosen), gap_pct)


def _steps(gain: Floats) -> _Demands:
    """Return each step from what a home saves by one site more to what it saves by it, met by the better sites."""
    sites, homes = gain.shape
    order = np.argsort(-gain, axis=0, kind="stable")
    sorted_gain = np.take_along_axis(gain, order, axis=0)
    step = sorted_gain - np.concatenate([sorted_gain[1:], np.zeros((1, homes))])
    met, sets, weight = np.zeros((homes, sites), bool), list[Truths](), list[Floats]()
    for rank in range(sites):
        met[np.arange(homes), order[rank]] = True
        there = step[rank] > 0.0
        sets.append(met[there])
        weight.append(step[rank, there])
    return _merged(np.concatenate([np.zeros((0, sites), bool), *sets]), np.concatenate([np.empty(0), *weight]))


def _merged(sets: Truths, weight: Floats) -> _Demands:
    """Return demands that the same sites meet as one."""
    distinct, number = np.unique(np.packbits(sets, axis=1), axis=0, return_inverse=True)
    unpacked = np.unpackbits(distinct, axis=1, count=sets.shape[1]).astype(bool)
    return _Demands(unpacked, np.bincount(number.ravel(), weight, len(distinct)).astype(float))


def _solved(demands: _Demands, how_many: int, most_seconds: float) -> tuple[Indices, float]:
    """Return the sites of the best solution found, and the gap to the bound in percent.

    Max Σ weight · z, z ≤ Σ y of the sites that meet it, Σ y ≤ ``how_many``; y whole, all 0 to 1.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    count, sites = demands.sets.shape
    demand, site = np.nonzero(demands.sets)
    row = np.concatenate([demand, np.arange(count), np.full(sites, count)])
    column = np.concatenate([site, sites + np.arange(count), np.arange(sites)])
    value = np.concatenate([np.full(len(site), -1.0), np.ones(count + sites)])
    table = coo_array((value, (row, column)), shape=(count + 1, sites + count)).tocsr()
    most = np.append(np.zeros(count), float(how_many))
    found = milp(
        np.concatenate([np.zeros(sites), -demands.weight]),
        integrality=np.concatenate([np.ones(sites), np.zeros(count)]),
        bounds=Bounds(0.0, 1.0),
        constraints=LinearConstraint(table, -np.inf, most),
        options={"time_limit": most_seconds, "mip_rel_gap": 0.0},
    )
    candidates = [_one_by_one(demands, how_many)]
    if found.x is not None:
        candidates.insert(0, np.flatnonzero(found.x[:sites] > 0.5))
    best = max(candidates, key=demands.met)
    return best, _gap_pct(demands.met(best), found.mip_dual_bound, float(demands.weight.sum()))


def _gap_pct(met: float, bound: float | None, whole: float) -> float:
    """Return by how many percent of the bound a solution falls short; without a bound all demands are one."""
    most = whole if bound is None or not np.isfinite(bound) else min(-bound, whole)
    gap_pct = 100.0 * max(most - met, 0.0) / most
    return 0.0 if gap_pct < _NO_GAP_PCT else gap_pct


def _one_by_one(demands: _Demands, how_many: int) -> Indices:
    """Return sites chosen greedily: what there is when the time ends before the programme has any solution."""
    left, chosen = demands.weight.copy(), list[int]()
    for _ in range(min(how_many, demands.sets.shape[1])):
        best = int(np.argmax(left @ demands.sets))
        chosen.append(best)
        left[demands.sets[:, best]] = 0.0
    return np.array(chosen, np.intp)


def _ranked(gain: Floats, chosen: Indices) -> tuple[Indices, Floats]:
    """Return the chosen sites, the one that adds most to those before it first, and what each adds at each home."""
    had, order, adds = np.zeros(gain.shape[1]), list[int](), list[Floats]()
    remaining = [int(site) for site in chosen]
    while remaining:
        more = np.maximum(gain[remaining] - had, 0.0)
        best = int(np.argmax(more.sum(axis=1)))
        if more[best].sum() <= 0.0:
            break
        order.append(remaining.pop(best))
        adds.append(more[best])
        had = had + more[best]
    return np.array(order, np.intp), np.array(adds, float).reshape(len(order), gain.shape[1])
