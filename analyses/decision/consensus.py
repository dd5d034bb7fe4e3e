"""Several people weigh the same criteria: where they agree, where they do not, and how much in all.

Method: Kendall's coefficient of concordance W (Kendall & Babington Smith 1939) with the correction for ties,
0 no agreement at all, 1 the same ranking by everybody. Disagreement at a place is the standard deviation of the scores.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyses.decision.combining import normalised

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Consensus:
    """Of each row the mean score over the weight sets and its standard deviation; ``concordance`` is W, or NaN."""

    mean: Floats
    disagreement: Floats
    concordance: float


def consensus(scores: Floats, weight_sets: Floats) -> Consensus:
    """Return how far ``weight_sets`` (sets × criteria, each any positive sum) agree on ``scores`` (rows × criteria)."""
    sets = np.array([normalised(each) for each in weight_sets])
    given = scores @ sets.T
    return Consensus(given.mean(axis=1), given.std(axis=1), concordance(given))


def concordance(given: Floats) -> float:
    """Return Kendall's W of ``given`` (rows × judges); NaN for one row, or where nobody tells any rows apart."""
    ranked = np.column_stack([_mean_ranks(column) for column in given.T])
    n, judges = ranked.shape
    deviation = float(((ranked.sum(axis=1) - ranked.sum() / n) ** 2).sum()) if n else 0.0
    ties = sum(float((counts**3 - counts).sum()) for counts in map(_tie_counts, given.T))
    most = judges**2 * (n**3 - n) - judges * ties
    return 12.0 * deviation / most if most > 0 else float("nan")


def _mean_ranks(values: Floats) -> Floats:
    """Return ranks from 1, equal values sharing the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2.0)[inverse]


def _tie_counts(values: Floats) -> NDArray[np.float64]:
    return np.unique(values, return_counts=True)[1].astype(float)
