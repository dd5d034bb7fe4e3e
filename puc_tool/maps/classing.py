"""Classes of amounts: where one ends and the next begins, and what the legend calls each.

Schemes of the mapclassify package (Rey, Anselin and others, PySAL): natural breaks (Fisher 1958, Jenks 1977), equal
counts, equal widths, round numbers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layers.text import Text, number, say

_MOST_FOR_BREAKS = 1000
_MOST_SAMPLED = 250_000
NATURAL, QUANTILES, EQUAL, ROUND = "natural", "quantiles", "equal", "round"
SCHEMES: Mapping[str, Text] = {
    NATURAL: Text("Intervalli naturali", "Natural breaks"),
    QUANTILES: Text("Stesso numero di elementi", "Equal counts"),
    EQUAL: Text("Stessa ampiezza", "Equal widths"),
    ROUND: Text("Numeri tondi", "Round numbers"),
}
_PACKAGE_NAMES = {NATURAL: "FisherJenks", EQUAL: "EqualInterval", ROUND: "PrettyBreaks"}


@dataclass(frozen=True)
class Measured:
    """What amounts are told in."""

    unit: str = ""
    decimals: int = 0


def prepare() -> None:
    """Import the package: it takes seconds the first time, so a worker does it before anybody waits for breaks."""
    import mapclassify  # noqa: F401


def breaks(values: NDArray[np.float64], most: int, scheme: str = NATURAL) -> NDArray[np.float64]:
    """Return the upper ends of at most ``most`` classes, ascending; the last is the largest value.

    Of very many values, a thousand evenly spaced quantiles stand for all where the breaks are natural. With no more
    different values than classes, each is its own.
    """
    known = values[np.isfinite(values)]
    different = np.unique(known)
    if len(different) <= most:
        return different
    if scheme == NATURAL and len(known) > _MOST_FOR_BREAKS:
        known = np.quantile(known, np.linspace(0.0, 1.0, _MOST_FOR_BREAKS))
    ends = np.unique(_ends(known, min(most, len(np.unique(known))), scheme))
    ends = ends[(ends >= different[0]) & (ends < different[-1])]
    return np.append(ends, different[-1])


def _ends(known: NDArray[np.float64], most: int, scheme: str) -> NDArray[np.float64]:
    if scheme == QUANTILES:  # as the package's, without its warning where ties leave fewer classes
        return np.quantile(known, np.linspace(1.0 / most, 1.0, most))
    # The package takes seconds to import, so only what classes amounts pays for it.
    import mapclassify

    return np.asarray(getattr(mapclassify, _PACKAGE_NAMES[scheme])(known, k=most).bins, float)


def places(values: NDArray[np.float64], ends: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the place of each value's class; -1 where there is no value. An end belongs to the class below it."""
    found = np.searchsorted(ends, values).clip(0, max(len(ends) - 1, 0))
    return np.where(np.isnan(values), -1, found)


def sampled(amounts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the amounts, of very many some that are evenly spaced, with the least and the most: always the same."""
    if len(amounts) <= _MOST_SAMPLED:
        return amounts
    some = amounts[:: math.ceil(len(amounts) / _MOST_SAMPLED)]
    return np.append(some, [amounts.min(), amounts.max()])


def graded(cells: np.ma.MaskedArray, ends: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return the place of each cell's class of amounts, counted from one; what lies beyond the last is of the last."""
    found = np.searchsorted(ends, cells.filled(ends[0]).ravel()).clip(0, len(ends) - 1).reshape(cells.shape) + 1
    return np.where(np.ma.getmaskarray(cells), 0, found).astype(np.uint8)


def labels(low: float, ends: NDArray[np.float64], measured: Measured) -> tuple[Text, ...]:
    """Return «3–7 ha» for each class, or the value where it is one."""
    begins = [low, *ends[:-1].tolist()]
    return tuple(_label(begin, end, measured) for begin, end in zip(begins, ends.tolist(), strict=True))


def _label(begin: float, end: float, measured: Measured) -> Text:
    unit = f"\u202f{measured.unit}" if measured.unit else ""
    low, high = number(begin, measured.decimals), number(end, measured.decimals)
    if low == high:
        return say("{a}{u}", "{a}{u}", a=low, u=unit)
    return say("{a}–{b}{u}", "{a}–{b}{u}", a=low, b=high, u=unit)
