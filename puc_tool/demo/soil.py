"""The soil consumption maps of two years, calibrated on the published figures of the real city.

Codes are ISPRA's third level (`ispra_soil_consumption.csv`), 0 outside and in the sea. Published for La Spezia
(`published_soil_figures.csv`): 1,478 ha consumed in 2018 and 1.8 ha net in a year; that the 1.8 ha are 2.6 ha built
less 0.8 ha restored is made up. The calibration measures the part of each cell in the commune, in EPSG:7791.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from puc_tool.demo.cells import Cells, Mask
from puc_tool.demo.chance import Floats
from puc_tool.demo.fabric import NATURE, SITE, Codes, Fabric
from puc_tool.demo.paint import Coat
from puc_tool.demo.places import GROWTH, RESTORED, Point

YEARS = (2017, 2018)
CONSUMED_M2, GROSS_M2, RESTORED_M2 = 14_780_000.0, 26_000.0, 8_000.0


def soil_maps(cells: Cells, grown: Fabric, coats: Iterable[Coat]) -> Mapping[int, Codes]:
    """Return the codes of each dry cell by year: the city cut to its size, and the same a year before."""
    codes, fixed = _painted(grown.codes, coats)
    now = _cut_to_size(cells, codes, np.where(fixed, np.inf, grown.pull))
    return {YEARS[0]: _a_year_before(cells, now, fixed), YEARS[1]: now}


def consumed(codes: Codes) -> Mask:
    """Tell which codes are consumed soil: 111 to 118, and the reversible 121 to 126."""
    is_consumed: Mask = (codes >= 111) & (codes <= 126)
    return is_consumed


def _painted(codes: Codes, coats: Iterable[Coat]) -> tuple[Codes, Mask]:
    """Lay the coats on; what they make is there whatever the city's size."""
    painted, fixed = codes.copy(), np.zeros(codes.shape, bool)
    for where, code in coats:
        painted[where], fixed[where] = code, True
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


def _a_year_before(cells: Cells, now: Codes, fixed: Mask) -> Codes:
    """Take back what was built in the year about GROWTH, and put a building site where RESTORED is green again."""
    before = now.copy()
    inside = (cells.area_m2 > 0) & ~fixed
    built = np.flatnonzero(inside & consumed(now))
    green = np.flatnonzero(inside & (now == NATURE))
    before[_up_to(_nearest_first(cells, built, GROWTH), cells.area_m2, GROSS_M2)] = NATURE
    before[_up_to(_nearest_first(cells, green, RESTORED), cells.area_m2, RESTORED_M2)] = SITE
    return before


def _nearest_first(cells: Cells, which: NDArray[np.int64], points: Sequence[Point]) -> NDArray[np.int64]:
    x, y = cells.x[which], cells.y[which]
    away_m = np.min([np.hypot(x - east, y - north) for east, north in points], axis=0)
    return which[np.argsort(away_m, kind="stable")]


def _up_to(which: NDArray[np.int64], area_m2: Floats, wanted_m2: float) -> NDArray[np.int64]:
    """Return the first cells whose areas add up to ``wanted_m2``, to the nearest cell."""
    return which[: int(np.searchsorted(np.cumsum(area_m2[which]) - area_m2[which] / 2, wanted_m2))]
