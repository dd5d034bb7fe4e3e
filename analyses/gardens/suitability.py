"""Each cell's verdict: excluded with causes, suitable or not whatever is missing, or not to be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyses.gardens.ground import Ground
from analyses.gardens.sites import Patches, patches
from analyses.gardens.vetoes import Veto, bits, of_size

SUITABLE, EXCLUDED, UNSUITABLE, NO_DATA = 1, 2, 3, 4

Cells = NDArray[np.float32]


@dataclass(frozen=True)
class Verdict:
    """``status`` (n,) is one of the four; ``patches`` what suitable ground hangs together; ``causes`` with its size."""

    status: NDArray[np.uint8]
    causes: tuple[Veto, ...]
    patches: Patches

    def area_m2(self, ground: Ground, status: int) -> float:
        """Return the ground of one status."""
        return float(ground.area_m2[self.status == status].sum())

    def bits(self) -> NDArray[np.uint32]:
        """Return the causes of each cell, the first as the lowest bit."""
        return bits(self.causes, len(self.status))


def verdict(
    ground: Ground, scores: tuple[Cells, Cells], causes: Sequence[Veto], *, least_score: float, least_m2: float
) -> Verdict:
    """Return the verdict on each cell.

    ``scores`` are the least and the largest of each. Where only what is missing decides, nothing is told: so is ground
    of which a veto can't be told, unless another one excludes it or its score falls short at best.
    """
    low, high = scores
    nothing = np.zeros(len(low), np.bool_)
    is_out = np.logical_or.reduce([nothing, *(each.holds for each in causes)])
    is_unsure = np.logical_or.reduce([low < least_score, *(each.unknown for each in causes)])
    status = np.where(high < least_score, UNSUITABLE, np.where(is_unsure, NO_DATA, SUITABLE))
    status = np.where(is_out, EXCLUDED, status).astype(np.uint8)
    found = patches(ground, status == SUITABLE, least_m2)
    status[found.too_small] = EXCLUDED
    return Verdict(status, (*causes, of_size(found.too_small, least_m2)), found)
