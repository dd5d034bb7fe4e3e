"""Weights from pairwise judgements (AHP), how consistent they are, and which judgement to think over.

Method: Saaty (1980). Weights are the principal eigenvector of the reciprocal matrix; CI = (λmax − n) / (n − 1);
CR = CI / RI with the random index of ``ahp_random_index.csv``. Above 0.10 the judgement that disturbs most is the one
whose replacement by what all others imply (Harker 1987, incomplete comparisons) lowers CR most; the value that mends
it is the step of Saaty's scale nearest to what was said that brings CR to the limit, or else lowers it most.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from layers.codelist import rows

Floats = NDArray[np.float64]

LIMIT = 0.10
SCALE: tuple[float, ...] = (*(1.0 / step for step in range(9, 1, -1)), *(float(step) for step in range(1, 10)))
"""Saaty's scale: 1 as important, 9 far more important, and the reciprocals."""

RANDOM_INDEX = {int(row["n"]): float(row["random_index"]) for row in rows("ahp_random_index")}
MOST_CRITERIA = max(RANDOM_INDEX)
_CLOSE = 1e-12


@dataclass(frozen=True)
class Weighting:
    """Weights (sum 1), the largest eigenvalue, consistency index and ratio; the ratio is 0 for one or two criteria."""

    weights: Floats
    largest_eigenvalue: float
    consistency_index: float
    consistency_ratio: float

    @property
    def is_consistent(self) -> bool:
        """Tell whether the judgements may be used as they are."""
        return self.consistency_ratio <= LIMIT


@dataclass(frozen=True)
class Advice:
    """The judgement that disturbs most: ``first`` against ``second``, what was said, what mends it, the ratio then."""

    first: int
    second: int
    said: float
    mended: float
    consistency_ratio: float


def weighting(judgements: Floats) -> Weighting:
    """Return the weights of a reciprocal matrix (n × n, 1 to ``MOST_CRITERIA`` criteria).

    Raises ValueError if it is not square, positive and reciprocal, or too large for the random index.
    """
    matrix = _checked(judgements)
    value, vector = _principal(matrix)
    n = len(matrix)
    index = (value - n) / (n - 1) if n > 1 else 0.0
    return Weighting(vector, value, index, index / RANDOM_INDEX[n] if RANDOM_INDEX[n] else 0.0)


def advice(judgements: Floats) -> Advice | None:
    """Return the judgement to think over and the value that mends it; None where the judgements are consistent."""
    matrix = _checked(judgements)
    if weighting(matrix).is_consistent:
        return None
    first, second = min(combinations(range(len(matrix)), 2), key=lambda pair: _ratio_without(matrix, *pair))
    mended, ratio = _mended(matrix, first, second)
    return Advice(first, second, float(matrix[first, second]), mended, ratio)


def _checked(judgements: Floats) -> Floats:
    matrix = np.asarray(judgements, dtype=float)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not len(matrix):
        raise ValueError("judgements must be a square matrix")
    if len(matrix) > MOST_CRITERIA:
        raise ValueError(f"no random index beyond {MOST_CRITERIA} criteria")
    if not (np.isfinite(matrix).all() and (matrix > 0).all() and np.allclose(matrix * matrix.T, 1.0, rtol=1e-9)):
        raise ValueError("judgements must be positive and reciprocal")
    return matrix


def _principal(matrix: Floats) -> tuple[float, Floats]:
    """Return the largest eigenvalue of a positive matrix and its eigenvector, with the sum 1."""
    values, vectors = np.linalg.eig(matrix)
    place = int(np.argmax(values.real))
    vector = np.abs(vectors[:, place].real)
    return float(values[place].real), vector / vector.sum()


def _ratio_without(matrix: Floats, first: int, second: int) -> float:
    """Return the consistency ratio with one judgement replaced by what all the others imply."""
    return weighting(_with(matrix, first, second, _implied(matrix, first, second))).consistency_ratio


def _implied(matrix: Floats, first: int, second: int) -> float:
    """Return what the other judgements imply for one: the ratio of the weights found without it (Harker)."""
    without = matrix.copy()
    without[first, second] = without[second, first] = 0.0
    without[first, first] = without[second, second] = 2.0
    _, weights = _principal(without)
    return float(weights[first] / weights[second])


def _with(matrix: Floats, first: int, second: int, value: float) -> Floats:
    other = matrix.copy()
    other[first, second], other[second, first] = value, 1.0 / value
    return other


def _mended(matrix: Floats, first: int, second: int) -> tuple[float, float]:
    """Return the step of the scale for one judgement and the ratio it gives, preferring the nearest that suffices."""
    said = float(matrix[first, second])
    steps = list(_steps(matrix, first, second))
    enough = [(value, ratio) for value, ratio in steps if ratio <= LIMIT + _CLOSE]
    if enough:
        return min(enough, key=lambda step: abs(np.log(step[0] / said)))
    return min(steps, key=lambda step: step[1])


def _steps(matrix: Floats, first: int, second: int) -> Iterator[tuple[float, float]]:
    for value in SCALE:
        yield value, weighting(_with(matrix, first, second, value)).consistency_ratio
