"""Each cell's verdict: excluded with causes, suitable or not whatever is missing, or not to be told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyses.gardens.ground import Ground
from analyses.gardens.sites import Patches, patches
from analyses.gardens.status import EXCLUDED, NO_DATA, SUITABLE, UNSUITABLE
from analyses.gardens.vetoes import Causes, of_size
from layers.scratch import filled, slices

Cells = NDArray[np.float32]


@dataclass(frozen=True)
class Verdict:
    """``status`` (n,) is one of the four; ``patches`` what suitable ground hangs together; ``causes`` with its size."""

    status: NDArray[np.uint8]
    causes: Causes
    patches: Patches

    def area_m2(self, ground: Ground, status: int) -> float:
        """Return the ground (m²) of one status."""
        return ground.area_where(lambda some: self.status[some] == status)


def verdict(
    ground: Ground, scores: tuple[Cells, Cells], causes: Causes, *, least_score: float, least_m2: float
) -> Verdict:
    """Return the verdict on each cell.

    ``scores`` are the least and the largest of each. Where only what is missing decides, nothing is told: so is ground
    of which a veto can't be told, unless another one excludes it or its score falls short at best.
    """
    low, high = scores

    def told(some: slice) -> NDArray[np.uint8]:
        own = np.full(some.stop - some.start, SUITABLE, np.uint8)
        own[(low[some] < least_score) | causes.unsure[some]] = NO_DATA
        own[high[some] < least_score] = UNSUITABLE
        own[causes.held[some] > 0] = EXCLUDED
        return own

    status = filled(len(low), np.uint8, told)
    is_suitable = filled(len(low), np.bool_, lambda some: status[some] == SUITABLE)
    found = patches(ground, is_suitable, least_m2)
    for some in slices(len(low)):
        status[some][found.too_small[some]] = EXCLUDED
    return Verdict(status, causes.and_also(of_size(least_m2), found.too_small), found)
