"""Two-step floating catchment area: how much of a service's capacity there is for each person in reach.

Step 1: each service shares its capacity among the people in reach, R_j = S_j / Σ P_k · W. Step 2: each home sums what
reaches it, A_i = Σ R_j · W. W is 1 within the threshold (Luo & Wang 2003, doi:10.1068/b29120), or falls by zones of
the time (E2SFCA, Luo & Qi 2009, doi:10.1016/j.healthplace.2009.06.002). Where every service has people in reach,
Σ A_i · P_i = Σ S_j.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyses.services.walking_reach import Pairs
from layers.codelist import rows

Floats = NDArray[np.float64]

SLOW_DECAY: tuple[float, ...] = tuple(
    float(each)
    for row in rows("accessibility_params")
    if row["key"] == "e2sfca_w_slow"
    for each in row["value"].split(";")
)


@dataclass(frozen=True)
class Shares:
    """What services share among the people in reach: ``in_reach`` of each service, ``near`` and ``by_zone`` per person.

    ``near`` is of homes within the threshold (2SFCA), ``by_zone`` falls with the time (E2SFCA).
    """

    in_reach: Floats
    near: Floats
    by_zone: Floats


def shares(parts: Iterable[Pairs], people: Floats, capacity: Floats, limit_min: float) -> Shares:
    """Return what is shared of ``capacity`` (each service's) within ``limit_min``; pairs of one service come together.

    The pairs are summed part by part, so that they need never all be held.
    """
    found = Shares(np.zeros(len(capacity)), np.zeros(len(people)), np.zeros(len(people)))
    for pairs in parts:
        found.in_reach[:] += in_reach(pairs, people, len(capacity))
        if capacity.any():
            found.near[:] += provision(pairs, people, capacity)
            found.by_zone[:] += provision(pairs, people, capacity, zone_weights(pairs, limit_min))
    return found


def in_reach(pairs: Pairs, people: Floats, services: int) -> Floats:
    """Return the people in reach of each service."""
    return np.bincount(pairs.service, people[pairs.home], services).astype(float)


def provision(pairs: Pairs, people: Floats, capacity: Floats, weights: Floats | None = None) -> Floats:
    """Return the capacity a person of each home has a share in (of the capacity's unit); ``weights`` per pair."""
    demand = _along(pairs.home, pairs.service, people, weights, len(capacity))
    share = np.divide(capacity, demand, out=np.zeros(len(capacity)), where=demand > 0.0)
    return _along(pairs.service, pairs.home, share, weights, len(people))


def _along(
    start: NDArray[np.intp], stop: NDArray[np.intp], values: Floats, weights: Floats | None, count: int
) -> Floats:
    """Return, at the stop of the pairs, the sums of the values at their start, times their weights."""
    from analyses.kernels import scatter

    sums = np.zeros(count)
    if weights is None:
        scatter.add_along(start, stop, values, sums)
    else:
        scatter.add_weighted_along(start, stop, values, weights, sums)
    return sums


def zone_weights(pairs: Pairs, limit_min: float, decay: tuple[float, ...] = SLOW_DECAY) -> Floats:
    """Return the weight of each pair: the threshold is cut into as many equal zones as ``decay`` has weights."""
    zone = np.ceil(pairs.minutes / limit_min * len(decay)).astype(np.intp) - 1
    return np.array(decay)[np.clip(zone, 0, len(decay) - 1)]
