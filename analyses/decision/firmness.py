"""How firm a ranking of sites is when the weights are not quite what was said.

Method: Monte Carlo on the weights. Each weight is multiplied by its own uniform factor in [1 − δ, 1 + δ], the set is
normalised again, and the sites are ranked; this many times, with a fixed seed. A site's score is linear in the
weights, so the table sites × criteria is all it takes. Equal scores share the better rank.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyses.decision.combining import normalised, ordered_by_each
from analyses.progress import Report, silent, tracked
from layers.text import Text

RANKING = Text("Tenuta della graduatoria", "Firmness of the ranking")
_BLOCK = 100
_TIE = 1e-12
"""Scores nearer than this are equal: their difference comes from arithmetic."""

Floats = NDArray[np.float64]
Ranks = NDArray[np.int64]


@dataclass(frozen=True)
class Draws:
    """How weightings are drawn: how many, how far each weight may stray (share), from which seed."""

    count: int = 5000
    spread: float = 0.20
    seed: int = 1968


@dataclass(frozen=True)
class Firmness:
    """Of each site the best and worst rank seen, and in which share of the draws it was among the first ``top``."""

    rank_low: Ranks
    rank_high: Ranks
    top_share: Floats
    top: int


def weightings(weights: Floats, draws: Draws) -> Floats:
    """Return the weight sets drawn (draws × criteria), each with the sum 1."""
    factors = np.random.Generator(np.random.PCG64(draws.seed)).uniform(
        1.0 - draws.spread, 1.0 + draws.spread, (draws.count, len(weights))
    )
    drawn = normalised(weights) * factors
    return drawn / drawn.sum(axis=1, keepdims=True)


def ranks(scores: Floats) -> Ranks:
    """Return the rank of each score along the last axis, 1 for the largest; equal ones share the better rank."""
    order = np.argsort(-scores, axis=-1)
    falling = np.take_along_axis(scores, order, axis=-1)
    fresh = np.ones(scores.shape, dtype=bool)
    fresh[..., 1:] = falling[..., :-1] - falling[..., 1:] > _TIE
    place = np.maximum.accumulate(np.where(fresh, np.arange(1, scores.shape[-1] + 1), 0), axis=-1)
    found = np.empty(scores.shape, dtype=np.int64)
    np.put_along_axis(found, order, place, axis=-1)
    return found


def firmness(
    scores: Floats,
    weights: Floats,
    *,
    top: int,
    orness: float = 0.5,
    draws: Draws = Draws(),
    report: Report = silent,
) -> Firmness:
    """Return how the rank of each site varies.

    Parameters
    ----------
    scores : sites × criteria, 0 to 1, nothing missing
    weights : one a criterion, any positive sum
    top : how many first places count as being chosen
    orness : of the combination; ½ is the weighted sum
    draws : how the weights are drawn
    report : told the share done; may raise Cancelled
    """
    from analyses.kernels.places import count_places

    drawn = weightings(weights, draws)
    n = len(scores)
    low, high, chosen = np.full(n, n, np.int64), np.zeros(n, np.int64), np.zeros(n, np.int64)
    for start in tracked(range(0, draws.count, _BLOCK), report, RANKING):
        scored = _scored(scores, drawn[start : start + _BLOCK], orness)
        count_places(scored, np.argsort(-scored, axis=1), _TIE, top, low, high, chosen)
    return Firmness(low, high, chosen / draws.count, top)


def _scored(scores: Floats, drawn: Floats, orness: float) -> Floats:
    """Return the score of each site under each weighting (draws × sites)."""
    if orness == 0.5:
        # Not by BLAS, whose last bits depend on the machine, and whose threads stand in the way of others.
        return np.einsum("dc,sc->ds", drawn, scores)
    return ordered_by_each(scores, drawn, orness)
