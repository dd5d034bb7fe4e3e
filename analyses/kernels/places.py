"""Which places sites take over thousands of rankings: the best, the worst, and how often one of the first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analyses.kernels.jit import kernel

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@kernel
def count_places(
    scores: Floats, order: Counts, close: float, top: int, best: Counts, worst: Counts, chosen: Counts
) -> None:
    """Bring ``best``, ``worst`` and ``chosen`` (n sites each) up to date with some rankings.

    ``scores`` are (rankings, n), ``order`` the sites of each from the largest score down. A score less than ``close``
    below the one before shares its place.
    """
    for ranking in range(len(scores)):
        place, before = 1, np.inf
        for at in range(scores.shape[1]):
            site = order[ranking, at]
            score = scores[ranking, site]
            if before - score > close:
                place = at + 1
            before = score
            best[site] = min(best[site], place)
            worst[site] = max(worst[site], place)
            chosen[site] += place <= top
