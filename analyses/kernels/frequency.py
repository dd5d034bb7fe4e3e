"""How often each of millions of cells is suitable when the weights are drawn anew.

A thousand weighted sums a cell are needed only where draws differ: the least and the largest that each weight takes
bound the sum, and most cells lie above or below the limit under all of them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analyses.kernels.jit import kernel
from analyses.kernels.row_blocks import in_blocks
from layers.scratch import room_for

Cells = NDArray[np.float32]
Floats = NDArray[np.float64]

_BLOCK = 512
_AT_ONCE = 4
_CLOSE = 1e-6
"""A sum this little below the limit has reached it: single precision tells no nearer."""
_SURE = 1e-5


def share_at_least(scores: Cells, weightings: Floats, least: float, *, threads: int | None = None) -> Cells:
    """Return in which share of ``weightings`` (draws × criteria, sums 1) the weighted sum of a cell reaches ``least``.

    ``scores`` are (criteria, n). A missing criterion (NaN) counts as 0: the share is that of draws in which the cell
    reaches it whatever is missing.
    """
    found = room_for((scores.shape[1],), np.float32)
    drawn = np.zeros((-(-len(scores) // _AT_ONCE) * _AT_ONCE, len(weightings)), np.float32)
    drawn[: len(scores)] = weightings.T
    ends = np.stack([drawn.min(axis=1), drawn.max(axis=1)])
    limit = np.float32(least)
    in_blocks(lambda first, last: _counted(scores, drawn, ends, limit, found, first, last), scores.shape[1], threads)
    return found


@kernel
def _counted(scores: Cells, drawn: Cells, ends: Cells, least: np.float32, found: Cells, first: int, last: int) -> None:
    over = np.zeros((len(drawn), _BLOCK), np.float32)
    worst, best = np.empty(_BLOCK, np.float32), np.empty(_BLOCK, np.float32)
    total = np.empty(drawn.shape[1], np.float32)
    for start in range(first, last, _BLOCK):
        n = min(_BLOCK, last - start)
        _bounded(scores, ends, least, start, n, over, worst, best)
        for at in range(n):
            if worst[at] > _SURE:
                found[start + at] = 1.0
            elif best[at] < -_SURE:
                found[start + at] = 0.0
            else:
                found[start + at] = _times(over, drawn, at, total) / drawn.shape[1]


@kernel
def _bounded(
    scores: Cells, ends: Cells, least: np.float32, start: int, n: int, over: Cells, worst: Cells, best: Cells
) -> None:
    """Fill by how much each criterion is over the limit, and the least and largest that their weighted sum can be."""
    worst[:n], best[:n] = np.float32(0.0), np.float32(0.0)
    for criterion in range(len(scores)):
        low, high, row = ends[0, criterion], ends[1, criterion], scores[criterion, start : start + n]
        for at in range(n):
            score = row[at]
            by = (score if score == score else np.float32(0.0)) - least
            over[criterion, at] = by
            worst[at] += min(low * by, high * by)
            best[at] += max(low * by, high * by)


@kernel
def _times(over: Cells, drawn: Cells, at: int, total: Cells) -> int:
    """Return in how many draws the weighted sum of one cell reaches the limit; four criteria at once fill registers."""
    total[:] = np.float32(0.0)
    for criterion in range(0, len(drawn), _AT_ONCE):
        a, b = over[criterion, at], over[criterion + 1, at]
        c, d = over[criterion + 2, at], over[criterion + 3, at]
        of_a, of_b, of_c, of_d = drawn[criterion], drawn[criterion + 1], drawn[criterion + 2], drawn[criterion + 3]
        for draw in range(len(total)):
            total[draw] += (a * of_a[draw] + b * of_b[draw]) + (c * of_c[draw] + d * of_d[draw])
    times = 0
    for draw in range(len(total)):
        times += total[draw] >= -_CLOSE
    return times
