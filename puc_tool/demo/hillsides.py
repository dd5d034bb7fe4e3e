"""The streets of the slopes: roads that keep their height, ramps that zigzag between them, stairs straight up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from puc_tool.demo.chance import hashed
from puc_tool.demo.contours import contour
from puc_tool.demo.field import Shapes
from puc_tool.demo.roads import smoothed
from puc_tool.demo.settled import Settled

_LEVELS_M = np.arange(12.0, 620.0, 17.0)
_RAMP_SLOPE = 0.09
_RAMP_STEPS = 14
_STAIR_EVERY_M, _RAMP_EVERY_M = 120.0, 420.0
_REACH_M = 150.0
_SHORTEST_M = 70.0
_STAIR_SLOPE = 0.14


@dataclass(frozen=True)
class Hillside:
    """Lines: ``contours`` keep their height, ``ramps`` climb in zigzags, ``stairs`` go straight up."""

    contours: Shapes
    ramps: Shapes
    stairs: Shapes


def hillside(land: Settled, below: Shapes, seed: int) -> Hillside:
    """Lay streets on the settled slopes; ``below`` are the streets of the plain, which stairs come down to."""
    levels = [_level(land, height) for height in _LEVELS_M]
    ramps, stairs = [], []
    for number, (lower, upper) in enumerate(pairwise(levels)):
        ramps.append(_ramps(lower, upper, seed + number, climbs_east=number % 2 == 0))
        stairs.append(_rungs(lower, upper, seed + number))
    foot = np.concatenate(levels[:6])
    return Hillside(np.concatenate(levels), np.concatenate(ramps), np.concatenate([*stairs, _rungs(foot, below, seed)]))


def steep(lines: Shapes, land: Settled) -> NDArray[np.bool_]:
    """Tell which straight lines climb too much for a street, and have steps."""
    first, last = (shapely.get_coordinates(shapely.get_point(lines, end)) for end in (0, -1))
    climb = np.abs(land.heights.at(*first.T) - land.heights.at(*last.T))
    is_steep: NDArray[np.bool_] = climb > _STAIR_SLOPE * np.maximum(shapely.length(lines), 1.0)
    return is_steep


def _level(land: Settled, height: float) -> Shapes:
    """Return the roads that keep to one height, without their smallest bends."""
    lines = shapely.simplify(contour(land.heights, height), 9.0)
    parts = shapely.get_parts(shapely.intersection(lines, land.slopes))
    kept = parts[(shapely.length(parts) > _SHORTEST_M) & (shapely.get_type_id(parts) == 1)]
    return np.array([shapely.LineString(smoothed(shapely.get_coordinates(part), 2)) for part in kept], dtype=object)


def _rungs(lower: Shapes, upper: Shapes, seed: int) -> Shapes:
    """Return the shortest ways up from places along ``lower``."""
    if not lower.size or not upper.size:
        return np.array([], dtype=object)
    places = _places(lower, _STAIR_EVERY_M, seed)
    rungs = shapely.shortest_line(places, shapely.multilinestrings(upper))
    length = shapely.length(rungs)
    return rungs[(length > 12) & (length < _REACH_M)]


def _ramps(lower: Shapes, upper: Shapes, seed: int, *, climbs_east: bool) -> Shapes:
    """Return ways that leave ``lower`` at a place and reach ``upper`` further along, gaining height evenly."""
    if not lower.size or not upper.size:
        return np.array([], dtype=object)
    length = float(np.diff(_LEVELS_M)[0]) / _RAMP_SLOPE
    longer = lower[shapely.length(lower) > length]
    target = shapely.multilinestrings(upper)
    starts = [(line, start) for line in _headed(longer, climbs_east) for start in _starts(line, seed)]
    ways = [_ramp(line, start, length, target) for line, start in starts]
    return np.array([way for way in ways if way is not None], dtype=object)


def _headed(lines: Shapes, east: bool) -> Shapes:
    """Return the lines drawn towards the east, or away from it, so that ramps of two levels turn back."""
    x = [shapely.get_x(shapely.get_point(lines, end)) for end in (0, -1)]
    return np.where((x[1] > x[0]) == east, lines, shapely.reverse(lines))


def _starts(line: shapely.Geometry, seed: int) -> Sequence[float]:
    first = _RAMP_EVERY_M * 0.5 * float(hashed(seed, int(line.length)))
    return np.arange(first, line.length, _RAMP_EVERY_M).tolist()


def _ramp(line: shapely.Geometry, start: float, length: float, target: shapely.Geometry) -> shapely.Geometry | None:
    if start + length > line.length:
        return None
    share = np.linspace(0, 1, _RAMP_STEPS)
    here = shapely.line_interpolate_point(line, start + share * length)
    way = shapely.get_coordinates(shapely.shortest_line(here, target)).reshape(-1, 2, 2)
    if np.hypot(*(way[:, 1] - way[:, 0]).T).max() > _REACH_M:
        return None
    path = way[:, 0] + share[:, None] * (way[:, 1] - way[:, 0])
    # A real ramp has no jumps; where the upper road bends away there is none.
    jump = np.hypot(*np.diff(path, axis=0).T).max()
    return shapely.LineString(path) if jump < 3 * length / _RAMP_STEPS else None


def _places(lines: Shapes, every_m: float, seed: int) -> Shapes:
    """Return points along the lines, about every so many metres, and one on each line at least."""
    length = shapely.length(lines)
    count = np.maximum(np.rint(length / every_m).astype(int), 1)
    line = np.repeat(np.arange(lines.size), count)
    turn = np.arange(line.size) - np.repeat(np.cumsum(count) - count, count)
    aside = hashed(seed, line, turn, np.rint(length[line]))
    return shapely.line_interpolate_point(lines[line], (turn + 0.2 + 0.6 * aside) / count[line], normalized=True)
