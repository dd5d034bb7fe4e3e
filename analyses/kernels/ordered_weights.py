"""Scores of millions of cells combined at once: the weighted sum, or ordered weights.

The method, and its source, stand in ``analyses.decision.combining``; this is the same for a whole map. What ordered
weights make of a criterion depends only on *which* criteria stand ahead of it at a cell: up to ``MOST_IN_TABLE`` of
them have a table of all such sets, so no cell is sorted and no power is taken.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analyses.decision.combining import bounds, normalised
from analyses.kernels.jit import kernel
from analyses.kernels.row_blocks import in_blocks
from layers.scratch import room_for

Cells = NDArray[np.float32]
Floats = NDArray[np.float64]
Sets = NDArray[np.int32]

MOST_IN_TABLE = 16
_BLOCK = 512
_SORTED_AT_ONCE = 100_000
_COPIED_AT_ONCE = 4_000_000


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
    has_say = share > 0
    low, high = (room_for((scores.shape[1],), np.float32) for _ in range(2))
    if has_say.all():
        _fill(scores, share, orness, (low, high), threads)
        return low, high
    for first in range(0, scores.shape[1], _COPIED_AT_ONCE):
        some = slice(first, first + _COPIED_AT_ONCE)
        _fill(scores[has_say, some], share[has_say], orness, (low[some], high[some]), threads)
    return low, high


def _fill(scores: Cells, share: Floats, orness: float, ends: tuple[Cells, Cells], threads: int | None) -> None:
    if orness != 0.5 and len(share) > MOST_IN_TABLE:
        _sorted(scores, share, orness, ends)
        return
    reached = np.empty(0) if orness == 0.5 else _reached(share, orness)

    def work(first: int, last: int) -> None:
        if orness == 0.5:
            _summed(scores, share, *ends, first, last)
        else:
            _ordered(scores, reached, *ends, first, last)

    in_blocks(work, scores.shape[1], threads)


def _reached(share: Floats, orness: float) -> Floats:
    """Return (u₁ + … + u_k)^α of every set of criteria, criterion ``c`` being bit ``c`` of the set's number."""
    sums = np.zeros(1)
    for part in share:
        sums = np.concatenate([sums, sums + part])
    if orness <= 0.0:
        reached = np.zeros(len(sums))
    elif orness >= 1.0:
        reached = np.ones(len(sums))
    else:
        reached = np.minimum(sums, 1.0) ** (1.0 / orness - 1.0)
    reached[0], reached[-1] = 0.0, 1.0
    return reached


def _sorted(scores: Cells, share: Floats, orness: float, ends: tuple[Cells, Cells]) -> None:
    """Fill the ends of each cell the plain way: so many criteria would need too large a table."""
    for first in range(0, scores.shape[1], _SORTED_AT_ONCE):
        some = slice(first, first + _SORTED_AT_ONCE)
        ends[0][some], ends[1][some] = bounds(scores[:, some].T.astype(float), share, orness)


@kernel
def _summed(scores: Cells, share: Floats, low: Cells, high: Cells, first: int, last: int) -> None:
    total, missing = np.empty(_BLOCK), np.empty(_BLOCK)
    for start in range(first, last, _BLOCK):
        n = min(_BLOCK, last - start)
        total[:n] = 0.0
        for criterion in range(len(share)):
            # A slice counts from 0: then no place can be below it, and the loop is one of vectors.
            weight, row = share[criterion], scores[criterion, start : start + n]
            for at in range(n):
                total[at] += weight * row[at]
        # What is missing is no number, and so is every sum with it: most blocks miss nothing.
        gaps = 0
        for at in range(n):
            gaps += total[at] != total[at]
        if gaps:
            _summed_with_gaps(scores, share, start, n, total, missing)
        least, largest = low[start : start + n], high[start : start + n]
        for at in range(n):
            least[at] = total[at]
            largest[at] = total[at] + missing[at] if gaps else total[at]


@kernel
def _summed_with_gaps(scores: Cells, share: Floats, start: int, n: int, total: Floats, missing: Floats) -> None:
    """Fill the sum of what is known of each cell, and the weight of what is not."""
    total[:n], missing[:n] = 0.0, 0.0
    for criterion in range(len(share)):
        weight, row = share[criterion], scores[criterion, start : start + n]
        for at in range(n):
            score = row[at]
            is_known = score == score
            total[at] += weight * (score if is_known else 0.0)
            missing[at] += 0.0 if is_known else weight


@kernel
def _ordered(scores: Cells, reached: Floats, low: Cells, high: Cells, first: int, last: int) -> None:
    z, ahead = np.empty((len(scores), _BLOCK), np.float32), np.empty((len(scores), _BLOCK), np.int32)
    total, holed = np.empty(_BLOCK), np.empty(_BLOCK, np.int64)
    for start in range(first, last, _BLOCK):
        n = min(_BLOCK, last - start)
        gaps = _filled(scores, start, n, z, holed)
        _score(z, reached, n, ahead, total)
        for at in range(n):
            low[start + at] = high[start + at] = total[at]
        if gaps:
            for criterion in range(len(scores)):
                for at in range(gaps):
                    score = scores[criterion, start + holed[at]]
                    z[criterion, at] = score if score == score else np.float32(1.0)
            _score(z, reached, gaps, ahead, total)
            for at in range(gaps):
                high[start + holed[at]] = total[at]


@kernel
def _filled(scores: Cells, start: int, n: int, z: Cells, holed: NDArray[np.int64]) -> int:
    """Copy ``n`` cells with 0 for what is missing; list the cells that miss anything, and return how many do."""
    for criterion in range(len(scores)):
        row = scores[criterion, start : start + n]
        for at in range(n):
            z[criterion, at] = row[at] if row[at] == row[at] else np.float32(0.0)
    gaps = 0
    for at in range(n):
        is_whole = True
        for criterion in range(len(scores)):
            is_whole &= scores[criterion, start + at] == scores[criterion, start + at]
        if not is_whole:
            holed[gaps] = at
            gaps += 1
    return gaps


@kernel
def _score(z: Cells, reached: Floats, n: int, ahead: Sets, total: Floats) -> None:
    """Fill the ordered score of ``n`` cells; of equal criteria the first in the list stands ahead."""
    ahead[:, :n] = 0
    for one in range(len(z)):
        for other in range(one + 1, len(z)):
            for at in range(n):
                is_first = np.int32(z[one, at] >= z[other, at])
                ahead[other, at] |= is_first << np.int32(one)
                ahead[one, at] |= (np.int32(1) - is_first) << np.int32(other)
    total[:n] = 0.0
    for criterion in range(len(z)):
        own = np.int32(1) << np.int32(criterion)
        for at in range(n):
            before = ahead[criterion, at]
            total[at] += (reached[before | own] - reached[before]) * z[criterion, at]
