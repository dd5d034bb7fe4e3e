"""How long a step takes: who walks, how steep the ground is.

Method: pace of the profile × Tobler (1993), W(s) = exp(−3.5 · |s + 0.05|), over W(0); s is the rise over the horizontal
length in the direction walked, so that a way up and the same way down take different times. The ground's height is
read between the four nearest cells of ``elevation`` (bilinear).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer

from layers.codelist import rows
from layers.grid import Window
from layers.raster import Raster
from layers.text import Text

M_A_KM, MINUTES_AN_HOUR = 1000.0, 60.0

_STEEPNESS, _EASIEST = 3.5, 0.05

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Profile:
    """Who walks: pace on the flat (km/h), whether stairs are a way, and the steepest slope (%), if there is one."""

    id: str
    label: Text
    speed_kmh: float
    takes_stairs: bool = True
    steepest_pct: float | None = None

    @property
    def speed_m_min(self) -> float:
        """Pace on the flat in metres a minute."""
        return self.speed_kmh * M_A_KM / MINUTES_AN_HOUR


def _speed(key: str) -> float:
    return float(next(row["value"] for row in rows("accessibility_params") if row["key"] == key))


_ADULT, _SLOW = _speed("walk_speed_adult"), _speed("walk_speed_slow")
PROFILES: Mapping[str, Profile] = {
    each.id: each
    for each in (
        Profile("adult", Text("adulto", "adult"), _ADULT),
        Profile("slow", Text("anziano o passo lento", "elderly or slow"), _SLOW),
        Profile("child", Text("bambino", "child"), _SLOW),
        Profile("wheelchair", Text("in carrozzina", "in a wheelchair"), _SLOW, takes_stairs=False, steepest_pct=8.0),
    )
}


def slowing(slope: Floats) -> Floats:
    """Return the pace on a slope (rise over run, up positive) as a share of that on the flat."""
    return np.exp(-_STEEPNESS * (np.abs(slope + _EASIEST) - _EASIEST))


def minutes(length_m: Floats, rise_m: Floats, profile: Profile) -> Floats:
    """Return how many minutes it takes to walk ``length_m`` (horizontal, m) while rising by ``rise_m`` (m, or falling).

    One for each pair of both; ``slowing`` has the method.
    """
    slope = np.divide(rise_m, length_m, out=np.zeros_like(length_m), where=length_m > 0.0)
    return length_m / (profile.speed_m_min * slowing(slope))


def heights_m(elevation: Raster, x: Floats, y: Floats, crs: object) -> Floats:
    """Return the ground's height at points of ``crs``, between the four nearest cells; NaN where one is not known."""
    east, north = Transformer.from_crs(CRS(crs), elevation.grid.crs, always_xy=True).transform(x, y)
    window = _window(elevation, np.asarray(east), np.asarray(north))
    if window.width < 2 or window.height < 2:
        return np.full(len(x), np.nan)
    cells: Floats = np.ma.filled(np.ma.asarray(elevation.read(window), dtype=float), np.nan)
    col, row = ~elevation.grid.part(window).transform @ (np.asarray(east), np.asarray(north))
    return _between(cells, np.asarray(col) - 0.5, np.asarray(row) - 0.5)


def _window(elevation: Raster, east: Floats, north: Floats) -> Window:
    if not len(east):
        return Window(0, 0, 0, 0)
    margin = 2.0 * elevation.grid.cell_size
    return elevation.grid.window_over(
        (
            float(east.min()) - margin,
            float(north.min()) - margin,
            float(east.max()) + margin,
            float(north.max()) + margin,
        )
    )


def _between(cells: Floats, col: Floats, row: Floats) -> Floats:
    """Return the values at places counted in cells from the middle of the first one; NaN beyond the middles."""
    height, width = cells.shape
    left = np.clip(np.floor(col), 0, width - 2).astype(np.intp)
    top = np.clip(np.floor(row), 0, height - 2).astype(np.intp)
    right, down = col - left, row - top
    upper = cells[top, left] * (1.0 - right) + cells[top, left + 1] * right
    lower = cells[top + 1, left] * (1.0 - right) + cells[top + 1, left + 1] * right
    # Half a cell beyond the outermost middles the plane goes on; farther out nothing is known.
    inside = (np.abs(right - 0.5) <= 1.0) & (np.abs(down - 0.5) <= 1.0)
    return np.where(inside, upper * (1.0 - down) + lower * down, np.nan)
