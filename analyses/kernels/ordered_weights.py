"""Scores of millions of cells combined at once: the weighted sum, ordered weights, and how often a cell is suitable.

The method, and its source, stand in ``analyses.decision.combining``; this is the same for a whole map.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analyses.decision.combining import normalised
from analyses.kernels.jit import kernel
from analyses.kernels.row_blocks import in_blocks

Cells = NDArray[np.float32]
Floats = NDArray[np.float64]

_BLOCK = 2048


def combined(scores: Cells, weights: Floats, orness: float = 0.5, *, threads: int | None = None) -> tuple[Cells, Cells]:
    """Return the least and the largest score of each cell whatever its missing criteria are; equal where none is.

    Parameters
    ----------
    scores : (criteria, n) 0 to 1, NaN where a criterion is missing
    weights : one a criterion, any positive sum; a criterion of weight 0 has no say
    orness : 0 the least score counts, ½ the weighted sum, 1 the largest
    threads : how many threads; the bits do not depend on it
    """
    share = normalised(weights)
    counted = np.ascontiguousarray(scores[share > 0])
    share = share[share > 0]
    low, high = np.empty(scores.shape[1], np.float32), np.empty(scores.shape[1], np.float32)

    def work(first: int, last: int) -> None:
        if orness == 0.5:
            _summed(counted, share, low, high, first, last)
        else:
            _ordered(counted, share, orness, low, high, first, last)

    in_blocks(work, scores.shape[1], threads)
    return low, high


def share_at_least(scores: Cells, weightings: Floats, least: float, *, threads: int | None = None) -> Cells:
    """Return in which share of ``weightings`` (draws × criteria, sums 1) the weighted sum of a cell reaches ``least``.

    A missing criterion counts as 0: the share is that of draws in which the cell reaches it whatever is missing.
    """
    found = np.empty(scores.shape[1], np.float32)
    drawn = np.ascontiguousarray(weightings, dtype=np.float32)
    known = np.nan_to_num(scores, nan=0.0)
    in_blocks(
        lambda first, last: _counted(known, drawn, np.float32(least), found, first, last), scores.shape[1], threads
    )
    return found


@kernel
def _summed(scores: Cells, share: Floats, low: Cells, high: Cells, first: int, last: int) -> None:
    least, most = np.empty(_BLOCK), np.empty(_BLOCK)
    for start in range(first, last, _BLOCK):
        n = min(_BLOCK, last - start)
        least[:n], most[:n] = 0.0, 0.0
        for criterion in range(len(share)):
            weight = share[criterion]
            for at in range(n):
                score = scores[criterion, start + at]
                is_known = score == score
                least[at] += weight * (score if is_known else 0.0)
                most[at] += weight * (score if is_known else 1.0)
        for at in range(n):
            low[start + at], high[start + at] = least[at], most[at]


@kernel
def _ordered(scores: Cells, share: Floats, orness: float, low: Cells, high: Cells, first: int, last: int) -> None:
    sorted_scores, sorted_shares = np.empty(len(share)), np.empty(len(share))
    for cell in range(first, last):
        low[cell], has_gap = _one(scores, cell, 0.0, share, orness, sorted_scores, sorted_shares)
        high[cell] = low[cell]
        if has_gap:
            high[cell], _ = _one(scores, cell, 1.0, share, orness, sorted_scores, sorted_shares)


@kernel
def _one(
    scores: Cells, cell: int, gap: float, share: Floats, orness: float, z: Floats, u: Floats
) -> tuple[float, bool]:
    """Return the ordered score of one cell with ``gap`` for what is missing, and whether anything is."""
    has_gap = False
    for criterion in range(len(share)):
        score = float(scores[criterion, cell])
        if score != score:
            score, has_gap = gap, True
        place = criterion
        while place > 0 and z[place - 1] < score:
            z[place], u[place] = z[place - 1], u[place - 1]
            place -= 1
        z[place], u[place] = score, share[criterion]
    if orness <= 0.0:
        return z[len(share) - 1], has_gap
    if orness >= 1.0:
        return z[0], has_gap
    power, reached, before, total = 1.0 / orness - 1.0, 0.0, 0.0, 0.0
    for place in range(len(share)):
        reached = min(reached + u[place], 1.0)
        after = reached**power
        total += (after - before) * z[place]
        before = after
    return total, has_gap


@kernel
def _counted(known: Cells, drawn: Cells, least: np.float32, found: Cells, first: int, last: int) -> None:
    total, times = np.empty(_BLOCK, np.float32), np.empty(_BLOCK, np.int32)
    for start in range(first, last, _BLOCK):
        n = min(_BLOCK, last - start)
        times[:n] = 0
        for draw in range(len(drawn)):
            total[:n] = np.float32(0.0)
            for criterion in range(len(known)):
                weight = drawn[draw, criterion]
                for at in range(n):
                    total[at] += weight * known[criterion, start + at]
            for at in range(n):
                times[at] += np.int32(total[at] >= least)
        for at in range(n):
            found[start + at] = np.float32(times[at] / len(drawn))
