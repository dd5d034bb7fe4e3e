"""Scores of several criteria combined into one: weighted sum, or ordered weights between «all» and «any».

Method: weighted linear combination (Malczewski 1999); OWA with criterion weights (Yager 1988, RIM quantifier;
Malczewski 2006): scores are sorted from the largest, each carries its criterion's weight u, and the k-th counts
(u₁ + … + u_k)^α − (u₁ + … + u_{k−1})^α with α = 1 / orness − 1. Orness ½ is the weighted sum; towards 0 it becomes the
least score (all criteria must be good), towards 1 the largest (one is enough).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def normalised(weights: Floats) -> Floats:
    """Return ``weights`` with the sum 1; raises ValueError if one is negative or not finite, or all are 0."""
    given = np.asarray(weights, dtype=float)
    if not np.isfinite(given).all() or (given < 0).any() or given.sum() <= 0:
        raise ValueError("weights must be 0 or more, and not all 0")
    return given / given.sum()


def ordered(scores: Floats, weights: Floats, orness: float) -> Floats:
    """Return the OWA score of each row (rows × criteria, 0 to 1); ``orness`` from 0 (all) to 1 (any).

    Criteria of weight 0 have no say at any orness, not even as the largest or the least.
    """
    return ordered_by_each(scores, normalised(weights)[None], orness)[0]


def ordered_by_each(scores: Floats, weightings: Floats, orness: float) -> Floats:
    """Return the OWA score of each row under each of ``weightings`` (sets × criteria, sums 1): sets × rows."""
    z = np.asarray(scores, dtype=float)
    if orness <= 0.0:
        return np.where(weightings[:, None] > 0, z, np.inf).min(axis=2)
    if orness >= 1.0:
        return np.where(weightings[:, None] > 0, z, -np.inf).max(axis=2)
    # Which score stands ahead of which does not depend on the weights.
    order = np.argsort(-z, axis=1, kind="stable")
    reached = np.minimum(np.cumsum(weightings[:, order], axis=2), 1.0) ** (1.0 / orness - 1.0)
    share = np.diff(reached, axis=2, prepend=0.0)
    return np.asarray((share * np.take_along_axis(z, order, axis=1)).sum(axis=2))


def bounds(scores: Floats, weights: Floats, orness: float = 0.5) -> tuple[Floats, Floats]:
    """Return the least and the largest score of each row whatever its missing criteria (NaN) are.

    Both combinations never fall as a score rises, so the ends are those with 0 and with 1 in every gap.
    """
    given = np.asarray(scores, dtype=float)
    low, high = (ordered(np.where(np.isnan(given), gap, given), weights, orness) for gap in (0.0, 1.0))
    return low, high
