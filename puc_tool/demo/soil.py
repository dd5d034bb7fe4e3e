"""The soil consumption maps of three years, calibrated on the published figures of the real city.

Codes are ISPRA's third level (`ispra_soil_consumption.csv`), 0 outside and in the sea. Published for La Spezia
(`published_soil_figures.csv`): 1,478 ha consumed in 2018 and 1.8 ha net in a year; that the 1.8 ha are 2.6 ha built
less 0.8 ha restored is made up, and so is all that changed before 2017. The calibration measures the part of each
cell in the commune, in EPSG:7791.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from puc_tool.demo.cells import Cells, Mask
from puc_tool.demo.chance import Floats
from puc_tool.demo.fabric import BUILDING, NATURE, SITE, Codes, Fabric
from puc_tool.demo.paint import Coat
from puc_tool.demo.places import GROWTH, RESTORED, Point

CONSUMED_M2 = 14_780_000.0


@dataclass(frozen=True)
class Change:
    """What became consumed soil after a year, and what stopped being it (m²)."""

    year: int
    gross_m2: float
    restored_m2: float


CHANGES = (Change(2017, 26_000.0, 8_000.0), Change(2012, 95_000.0, 21_000.0))
"""The latest first."""
YEARS = (2012, 2017, 2018)


def soil_maps(cells: Cells, grown: Fabric, coats: Iterable[Coat]) -> Mapping[int, Codes]:
    """Return the codes of each dry cell by year: the city cut to its size, and the same in years before."""
    codes, fixed = _painted(grown, coats)
    now = _cut_to_size(cells, codes, np.where(fixed, np.inf, grown.pull))
    found = {YEARS[-1]: now}
    for change in CHANGES:
        now = _before(cells, now, fixed, change)
        found[change.year] = now
    return {year: found[year] for year in YEARS}


def standing(codes: Codes, grown: Fabric, count: int) -> Mask:
    """Tell which of ``count`` lots have their building whole on the soil map."""
    covers = grown.building >= 0
    lot = grown.building[covers]
    whole = np.bincount(lot, minlength=count)
    still = np.bincount(lot[codes[covers] == BUILDING], minlength=count)
    stands: Mask = (whole > 0) & (whole == still)
    return stands


def consumed(codes: Codes) -> Mask:
    """Tell which codes are consumed soil: 111 to 118, and the reversible 121 to 126."""
    is_consumed: Mask = (codes >= 111) & (codes <= 126)
    return is_consumed


def _painted(grown: Fabric, coats: Iterable[Coat]) -> tuple[Codes, Mask]:
    """Lay the coats on, around the buildings; what they make is there whatever the city's size."""
    painted, fixed = grown.codes.copy(), np.zeros(grown.codes.shape, bool)
    free = grown.building < 0
    for where, code in coats:
        painted[where & free], fixed[where & free] = code, True
    return painted, fixed


def _cut_to_size(cells: Cells, codes: Codes, pull: Floats) -> Codes:
    """Give back to nature what has the least pull, until the consumed area is the published one."""
    candidates = np.flatnonzero(consumed(codes) & (cells.area_m2 > 0))
    soonest = candidates[np.argsort(-pull[candidates], kind="stable")]
    kept = _up_to(soonest, cells.area_m2, CONSUMED_M2)
    stays = consumed(codes) & (pull >= pull[kept[-1]])
    stays[candidates] = False
    stays[kept] = True
    return np.where(consumed(codes) & ~stays, NATURE, codes).astype(np.uint8)


def _before(cells: Cells, now: Codes, fixed: Mask, change: Change) -> Codes:
    """Take back what was built about GROWTH, and put a building site where RESTORED is green again."""
    before = now.copy()
    inside = (cells.area_m2 > 0) & ~fixed
    built = np.flatnonzero(inside & consumed(now))
    green = np.flatnonzero(inside & (now == NATURE))
    grew, healed = (_nearest_first(cells, *at) for at in ((built, GROWTH[change.year]), (green, RESTORED[change.year])))
    before[_up_to(grew, cells.area_m2, change.gross_m2)] = NATURE
    before[_up_to(healed, cells.area_m2, change.restored_m2)] = SITE
    return before


def _nearest_first(cells: Cells, which: NDArray[np.int64], points: Sequence[Point]) -> NDArray[np.int64]:
    x, y = cells.x[which], cells.y[which]
    away_m = np.min([np.hypot(x - east, y - north) for east, north in points], axis=0)
    return which[np.argsort(away_m, kind="stable")]


def _up_to(which: NDArray[np.int64], area_m2: Floats, wanted_m2: float) -> NDArray[np.int64]:
    """Return the first cells whose areas add up to ``wanted_m2``, to the nearest cell."""
    return which[: int(np.searchsorted(np.cumsum(area_m2[which]) - area_m2[which] / 2, wanted_m2))]
