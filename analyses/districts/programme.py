"""The most that linear limits allow, what each limit that binds is worth, or which limits can't hold together.

Method: linear programming by HiGHS (Huangfu & Hall 2018, doi:10.1007/s12532-017-0130-5) as scipy calls it. An
irreducible infeasible set is found by the deletion filter (Chinneck & Dravnieks 1991, doi:10.1287/ijoc.3.2.157): each
limit is left out in turn, and for good if what is left still can't hold.

Shadow prices are those of one optimal basis: where more limits meet in a corner than it takes to hold it, another basis
may share them out otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analyses.districts.limits import VARIABLES, Limit, Terms

_INFEASIBLE = 2
_LEAST_PRICE = 1e-9


@dataclass(frozen=True)
class Optimum:
    """The most there can be, where it is reached, and what one more of the bound of each limit that binds is worth."""

    most: float
    values: Mapping[str, float]
    prices: tuple[tuple[Limit, float], ...]


def optimum(goal: Terms, limits: Sequence[Limit], scale: float) -> Optimum | None:
    """Return the largest sum of ``goal`` under ``limits``, every quantity at least 0; None if they can't all hold.

    ``scale`` is the size of the bounds: it is reckoned in shares of it, so that tolerances mean the same everywhere.
    """
    solved = _solve(goal, limits, scale)
    if solved.status == _INFEASIBLE:
        return None
    values = dict(zip(VARIABLES, (solved.x * scale).tolist(), strict=True))
    return Optimum(-solved.fun * scale, values, tuple(_prices(solved, limits)))


def irreducible(limits: Sequence[Limit], scale: float) -> tuple[Limit, ...]:
    """Return limits that can't hold together, while any of them left out makes the others possible.

    There may be several such sets: the smaller of two is given, found from either end.
    """
    found = (_irreducible(limits, scale), _irreducible(limits[::-1], scale)[::-1])
    return min(found, key=len)


def _irreducible(limits: Sequence[Limit], scale: float) -> tuple[Limit, ...]:
    kept = list(limits)
    for limit in limits:
        others = [each for each in kept if each is not limit]
        if _solve({}, others, scale).status == _INFEASIBLE:
            kept = others
    return tuple(kept)


def _prices(solved: Any, limits: Sequence[Limit]) -> list[tuple[Limit, float]]:
    """Return the limits that bind with what the optimum gains by one more of their bound, the dearest first."""
    unequal = iter(solved.ineqlin.marginals)
    equal = iter(solved.eqlin.marginals)
    gains = [-next(equal) if each.sense == "=" else -next(unequal) * _sign(each) for each in limits]
    binding = [(limit, float(gain)) for limit, gain in zip(limits, gains, strict=True) if abs(gain) > _LEAST_PRICE]
    return sorted(binding, key=lambda each: -abs(each[1]))


def _solve(goal: Terms, limits: Sequence[Limit], scale: float) -> Any:
    # It takes its time to import; who only reads declarations needs none of it.
    from scipy.optimize import linprog

    equal = [each for each in limits if each.sense == "="]
    unequal = [each for each in limits if each.sense != "="]
    signs = np.array([_sign(each) for each in unequal])
    return linprog(
        -_row(goal),
        _matrix(unequal) * signs[:, None] if unequal else None,
        np.array([each.bound for each in unequal]) / scale * signs if unequal else None,
        _matrix(equal) if equal else None,
        np.array([each.bound for each in equal]) / scale if equal else None,
        method="highs",
    )


def _sign(limit: Limit) -> float:
    return -1.0 if limit.sense == ">=" else 1.0


def _matrix(limits: Sequence[Limit]) -> NDArray[np.float64]:
    return np.array([_row(each.terms) for each in limits])


def _row(terms: Terms) -> NDArray[np.float64]:
    return np.array([terms.get(name, 0.0) for name in VARIABLES])
