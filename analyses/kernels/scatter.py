"""Sums of what lies at one end of many pairs, at their other end."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analyses.kernels.jit import kernel

Floats = NDArray[np.float64]
Places = NDArray[np.integer]


@kernel
def add_along(start: Places, stop: Places, values: Floats, sums: Floats) -> None:
    """Add to ``sums`` at the stop of each pair the value at its start, pair by pair."""
    for pair in range(len(start)):
        sums[stop[pair]] += values[start[pair]]


@kernel
def add_weighted_along(start: Places, stop: Places, values: Floats, weights: Floats, sums: Floats) -> None:
    """Add to ``sums`` at the stop of each pair the value at its start times the pair's weight, pair by pair."""
    for pair in range(len(start)):
        sums[stop[pair]] += values[start[pair]] * weights[pair]
