"""What the sun gives to each piece of ground in a year, with the shade of the terrain around it.

Method: the horizon is sought along a set of azimuths, at distances that grow in steps; between azimuths it runs
straight. Beam: each position of the sun, where it stands above the horizon, on the slope (Horn 1981). Diffuse: from a
sky equally bright all over (Liu & Jordan 1963), as far as slope and horizon let it be seen. What the ground opposite
reflects comes with the share of it that the slope sees.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from analyses.kernels.jit import kernel
from analyses.kernels.row_blocks import in_blocks
from analyses.kernels.terrain import gradient

Floats = NDArray[np.float64]
Cells = NDArray[np.float32]

AZIMUTHS = 16
"""Directions in which the horizon is looked for, from north, clockwise."""

STEP_GROWTH = 1.2

_SURE = 1.0 - 1e-6
"""A summit is out of sight only by more than single precision tells: so no bit depends on how far heights are known."""


@dataclass(frozen=True)
class Sun:
    """A year of sun over one place.

    ``towards`` is (n, 3), unit vectors east, north, up, all above the plain; ``beam`` (n,) what comes from there on a
    surface that faces it, ``diffuse`` and ``whole`` what level open ground gets (kWh/m²).
    """

    towards: Floats
    beam: Floats
    diffuse: float
    whole: float


def yearly_irradiation(
    heights: Cells,
    cell_m: float,
    cells: NDArray[np.int64],
    sun: Sun,
    *,
    reach_m: float,
    albedo: float,
    threads: int | None = None,
) -> Cells:
    """Return what each of ``cells`` gets in a year (kWh/m² of its own surface).

    Parameters
    ----------
    heights : (H, W) metres, north up, NaN without data
    cell_m : side of a cell
    cells : (n, 2) row and column
    sun : where it stands and what it gives
    reach_m : how far terrain throws shade
    albedo : share of light that the ground reflects
    threads : how many threads; the bits do not depend on it

    Returns
    -------
    (n,) NaN on the rim of ``heights`` and beside missing ones.
    """
    steps, away_m = _steps(cell_m, reach_m)
    below, part = _between_azimuths(sun.towards)
    rise = sun.towards[:, 2] / np.hypot(sun.towards[:, 0], sun.towards[:, 1])
    given = np.full(len(cells), np.nan, np.float32)
    sums = (sun.diffuse, albedo * sun.whole, float(np.nanmax(heights, initial=-np.inf)))
    seen = (steps, away_m, sun.towards, sun.beam, below, part, rise)
    in_blocks(partial(_irradiation, heights, cell_m, cells, *seen, sums, given), len(cells), threads)
    return given


def _between_azimuths(towards: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Return the last azimuth before each direction, and how far it lies on the way to the next (0 to 1)."""
    sector = np.degrees(np.arctan2(towards[:, 0], towards[:, 1])) % 360.0 * AZIMUTHS / 360.0
    below = np.minimum(sector.astype(np.int64), AZIMUTHS - 1)
    return below, sector - below


def _steps(cell_m: float, reach_m: float) -> tuple[NDArray[np.int64], Floats]:
    """Return (azimuths, k, 2) steps in rows and columns, and their lengths (m)."""
    count = max(1, math.ceil(math.log(max(reach_m / cell_m, 1.0)) / math.log(STEP_GROWTH)) + 1)
    wanted = np.unique(np.rint(STEP_GROWTH ** np.arange(count)))
    angle = np.radians(np.arange(AZIMUTHS) * 360.0 / AZIMUTHS)
    rows, cols = -np.cos(angle)[:, None] * wanted, np.sin(angle)[:, None] * wanted
    steps = np.stack([np.rint(rows), np.rint(cols)], axis=2).astype(np.int64)
    return steps, cell_m * np.hypot(steps[:, :, 0], steps[:, :, 1])


@kernel
def _irradiation(
    heights: Cells,
    cell_m: float,
    cells: NDArray[np.int64],
    steps: NDArray[np.int64],
    away_m: Floats,
    towards: Floats,
    beam: Floats,
    below: NDArray[np.int64],
    part: Floats,
    rise: Floats,
    sums: tuple[float, float, float],
    given: Cells,
    first: int,
    last: int,
) -> None:
    height, width = heights.shape
    horizon = np.empty(len(steps) + 1)
    for place in range(first, last):
        row, col = cells[place, 0], cells[place, 1]
        if row < 1 or col < 1 or row >= height - 1 or col >= width - 1:
            continue
        east, north = gradient(heights[row - 1], heights[row], heights[row + 1], col, cell_m)
        sky = _look_around(heights, row, col, steps, away_m, sums[2], horizon)
        upright = 1.0 / math.sqrt(1.0 + east * east + north * north)
        direct = 0.0
        for at in range(len(beam)):
            line = horizon[below[at]] * (1.0 - part[at]) + horizon[below[at] + 1] * part[at]
            if rise[at] > line:
                facing = towards[at, 2] - east * towards[at, 0] - north * towards[at, 1]
                direct += beam[at] * max(0.0, facing * upright)
        given[place] = direct + sums[0] * sky * (1.0 + upright) / 2.0 + sums[1] * (1.0 - upright) / 2.0
        if heights[row, col] != heights[row, col]:
            given[place] = np.nan


@kernel
def _look_around(
    heights: Cells, row: int, col: int, steps: NDArray[np.int64], away_m: Floats, summit: float, horizon: Floats
) -> float:
    """Fill the rise (tangent) of the horizon along each azimuth; return the share of the sky that stays in sight."""
    height, width = heights.shape
    open_sky = 0.0
    for way in range(len(steps)):
        highest = 0.0
        for step in range(steps.shape[1]):
            there, across = row + steps[way, step, 0], col + steps[way, step, 1]
            is_inside = 0 <= there < height and 0 <= across < width
            # Nothing further off can stand higher above the plain than the summit of the whole terrain would.
            if not is_inside or summit - heights[row, col] <= highest * away_m[way, step] * _SURE:
                break
            # A cell without data gives no number, which is never the greater one.
            seen = (heights[there, across] - heights[row, col]) / away_m[way, step]
            if seen > highest:
                highest = seen
        horizon[way] = highest
        open_sky += 1.0 / (1.0 + highest * highest)
    horizon[len(steps)] = horizon[0]
    return open_sky / len(steps)
