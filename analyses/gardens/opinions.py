"""Where those who weigh differently agree, where they do not, and where no small change of the weights matters.

Consensus is the mean over the weight sets of a cell's score, disagreement its standard deviation; concordance is
Kendall's W on the sites (``decision.consensus``). The share of draws is the domain's «always suitable» map: in how many
of the drawn weightings the cell is suitable. What misses a criterion counts with its least score in all of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from analyses.decision.consensus import concordance
from analyses.decision.firmness import Draws, weightings
from analyses.gardens.weighing import Weighed, Weighing
from analyses.gardens.weights import of_sets
from layers.scratch import room_for, slices

MAP_DRAWS = 1000
"""A map is drawn from this many weightings at most: a thousandth is as fine as a colour tells."""

_SUM = 0.5

Cells = NDArray[np.float32]
Floats = NDArray[np.float64]


def sets_of(weighing: Weighing) -> Floats:
    """Return the weights of the run and of every other set that gives a criterion with a layer a say (sums 1)."""
    return np.vstack([weighing.own_shares, of_sets(weighing.criteria, weighing.params.weight_set)])


def agreement(weighing: Weighing, weighed: Weighed) -> float | None:
    """Return Kendall's W of all sets on the sites; None where there is nothing to rank, or nobody to agree."""
    sets, table = sets_of(weighing), weighed.placing.scores.middle
    if len(sets) < 2 or len(table) < 2:
        return None
    found = concordance(table @ sets.T)
    return None if np.isnan(found) else found


def maps(weighing: Weighing, weighed: Weighed) -> Iterator[tuple[str, Cells]]:
    """Yield the maps of agreement where there are several sets, and of firmness where scores are weighted sums."""
    sets = sets_of(weighing)
    if len(sets) > 1:
        mean, apart = _spread(weighing, sets)
        yield "consensus", mean
        yield "disagreement", apart
    if weighing.params.orness == _SUM:
        yield "suitable_draws_pct", _suitable_draws_pct(weighing, weighed)


def _spread(weighing: Weighing, sets: Floats) -> tuple[Cells, Cells]:
    """Return mean and standard deviation over the sets of each cell's least score, some cells at a time."""
    from analyses.kernels.ordered_weights import combined

    consensus, apart = (room_for((weighing.scores.shape[1],), np.float32) for _ in range(2))
    for some in slices(len(consensus)):
        scores = np.ascontiguousarray(weighing.scores[:, some])
        mean, squares = np.zeros((2, scores.shape[1]))
        for count, shares in enumerate(sets, start=1):
            low, _ = combined(scores, shares, weighing.params.orness)
            off = low - mean
            mean += off / count
            squares += off * (low - mean)
        consensus[some], apart[some] = mean, np.sqrt(squares / len(sets))
    return consensus, apart


def _suitable_draws_pct(weighing: Weighing, weighed: Weighed) -> Cells:
    """Return in which share of draws each cell is suitable: never where a cause excludes it, or may."""
    from analyses.kernels.frequency import share_at_least

    params = weighing.params
    drawn = weightings(weighed.shares, Draws(min(params.draws, MAP_DRAWS), params.spread_pct / 100.0))
    share = share_at_least(weighing.scores, drawn, params.least_score)
    causes = weighed.verdict.causes
    for some in slices(len(share)):
        share[some][(causes.held[some] > 0) | causes.unsure[some]] = 0.0
        share[some] *= np.float32(100.0)
    return share
