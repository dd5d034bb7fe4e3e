"""Measures of how evenly and how far: Gini, least over most, weighted quantiles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def gini(values: Floats, people: Floats) -> float:
    """Return the Gini coefficient of ``values`` among ``people``: 0 where all have the same (or none has any)."""
    total = float(people.sum())
    mean = float((values * people).sum()) / total if total > 0.0 else 0.0
    if mean <= 0.0:
        return 0.0
    apart = np.abs(values[:, None] - values[None, :]) * people[:, None] * people[None, :]
    return float(apart.sum() / (2.0 * mean * total**2))


def least_over_most(values: Floats) -> float:
    """Return the least value as a share of the largest; 1 where all have the same, nothing included."""
    most = float(values.max(initial=0.0))
    return float(values.min()) / most if most > 0.0 else 1.0


def quantile(values: Floats, people: Floats, share: float) -> float:
    """Return the least value that at least ``share`` of ``people`` do not exceed; infinite if they are not reached."""
    order = np.argsort(values, kind="stable")
    held = np.cumsum(people[order])
    place = int(np.searchsorted(held, share * held[-1] * (1.0 - 1e-12)))
    return float(values[order][min(place, len(order) - 1)])


def percent(part: Floats | float, whole: Floats | float) -> Floats:
    """Return ``part`` of ``whole`` in percent (0 to 100), in the shape of ``whole``; 0 of nothing."""
    return 100.0 * np.divide(part, whole, out=np.zeros(np.shape(whole)), where=np.asarray(whole) > 0.0)
