"""The weights that count: as they are set, as pairwise judgements share them out, and as others would set them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from analyses.decision.combining import normalised
from analyses.gardens.criteria import Criterion
from analyses.gardens.pairs import pairs
from analyses.gardens.params import Judgement, WeightSet

Floats = NDArray[np.float64]


def judged(judgements: Sequence[Judgement]) -> tuple[str, ...]:
    """Return the ids of the criteria that judgements name, in the order of naming."""
    return tuple(dict.fromkeys(name for each in judgements for name in each.pair))


def matrix(judgements: Sequence[Judgement]) -> Floats:
    """Return the reciprocal matrix (n × n, on Saaty's scale from 1/9 to 9) of the n judged criteria.

    Row and column stand in the order of ``judged``; a pair that nobody judged is NaN.
    """
    ids = judged(judgements)
    found = np.full((len(ids), len(ids)), np.nan)
    np.fill_diagonal(found, 1.0)
    for each in judgements:
        first, second = (ids.index(name) for name in each.pair)
        found[first, second], found[second, first] = each.value, 1.0 / each.value
    return found


def weights(criteria: Sequence[Criterion], judgements: Sequence[Judgement], of_judged: Floats) -> Floats:
    """Return the weight of each criterion (sum 1); judged ones share what they have together as AHP says."""
    given = {criterion.id: criterion.weight for criterion in criteria}
    there = [(name, share) for name, share in zip(judged(judgements), of_judged, strict=True) if name in given]
    together = sum(given[name] for name, _ in there)
    shares = sum(share for _, share in there)
    given |= {name: together * share / shares for name, share in there}
    return normalised(np.array([given[criterion.id] for criterion in criteria]))


def read(weight_set: WeightSet) -> Mapping[str, float] | None:
    """Return the weights by criterion; None where the words can't be read."""
    return pairs(weight_set.weights)


def of_sets(criteria: Sequence[Criterion], weight_sets: Sequence[WeightSet]) -> Floats:
    """Return the weights (sets × criteria, sums 1) of the sets that give any of ``criteria`` a say."""
    rows = [[(read(each) or {}).get(criterion.id, 0.0) for criterion in criteria] for each in weight_sets]
    return np.array([normalised(np.array(row)) for row in rows if sum(row) > 0.0]).reshape(-1, len(criteria))
