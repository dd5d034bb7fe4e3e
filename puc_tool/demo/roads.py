"""Roads of the demonstration city: the easiest ways over the relief, so that they follow valleys and meet.

Method: Dijkstra (1959) on a lattice of 80 m with eight neighbours; a step costs its length, times one plus the
square of its slope over 6 %, more or less by chance. Corners are cut after Chaikin (1974).
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from puc_tool.demo.chance import Floats, noise, stream
from puc_tool.demo.field import Field, Lattice, lattice_over
from puc_tool.demo.ground import Ground
from puc_tool.demo.places import CENTRE, EXITS, FORTS, MOTORWAY, RAILWAYS, Place, Point

_CELL_M = 80.0
_EASY_SLOPE = 0.06
_TRACKS_ABOVE_M = 40.0
_DIRECTIONS = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1) if (down, right) != (0, 0)]

Ints = NDArray[np.int64]
Step = tuple[int, int]


@dataclass(frozen=True)
class Roads:
    """Lines in EPSG:7791: streets between the parts of town, hill roads, unpaved tracks, a motorway, railways.

    ``leaving`` are those of ``main`` that leave the commune; ``paths`` go to the forts.
    """

    main: shapely.Geometry
    leaving: shapely.Geometry
    hill: shapely.Geometry
    tracks: shapely.Geometry
    paths: shapely.Geometry
    motorway: shapely.Geometry
    railways: shapely.Geometry


def roads(ground: Ground, heights: Field, centres: Sequence[Place], seed: int) -> Roads:
    """Draw the roads from the centre to every place and out of the commune."""
    coarse = heights.on(lattice_over(ground.window, _CELL_M))
    dry = shapely.contains_xy(ground.land, *coarse.lattice.centres())
    hills = [place.at for place in centres if place.character == "hill"]
    town = [place.at for place in centres if place.character != "hill"]
    effort = np.where(dry, 1 + 0.5 * noise(stream(seed, "roads"), 500).at(*coarse.lattice.centres()), math.inf)
    from_centre, from_hill = (_easiest(coarse, effort, start) for start in (CENTRE, hills[0]))
    leaving = _steps(from_centre, coarse.lattice, EXITS)
    main = _steps(from_centre, coarse.lattice, town) | leaving
    hill = _steps(from_centre, coarse.lattice, hills) - main
    high = set(np.flatnonzero(coarse.values > _TRACKS_ABOVE_M).tolist())
    tracks = {step for step in _steps(from_hill, coarse.lattice, hills[1:]) if high.issuperset(step)} - main - hill
    paths = _steps(from_hill, coarse.lattice, FORTS) - main - hill - tracks
    return Roads(
        main=_lines(main, coarse.lattice),
        leaving=_lines(leaving, coarse.lattice),
        hill=_lines(hill, coarse.lattice),
        tracks=_lines(tracks, coarse.lattice),
        paths=_lines(paths, coarse.lattice),
        motorway=_bundle([smoothed(np.array(MOTORWAY, float))]),
        railways=_bundle(smoothed(np.array(path, float)) for path in RAILWAYS),
    )


def _bundle(paths: Iterable[Floats]) -> shapely.Geometry:
    return shapely.multilinestrings([shapely.LineString(path) for path in paths])


def _easiest(heights: Field, effort: Floats, start: Point) -> Ints:
    """Return for each cell, counted row by row, the cell before it on the easiest way from ``start``; -1 without."""
    width, cost = heights.lattice.width, _costs(heights, effort)
    best, before = [math.inf] * effort.size, [-1] * effort.size
    source = _cell(heights.lattice, start)
    best[source] = 0.0
    queue = [(0.0, source)]
    while queue:
        so_far, cell = heapq.heappop(queue)
        if so_far > best[cell]:
            continue
        for (down, across), costs in cost:
            there, total = cell + down * width + across, so_far + costs[cell]
            if total < math.inf and total < best[there]:
                best[there], before[there] = total, cell
                heapq.heappush(queue, (total, there))
    return np.array(before)


def _costs(heights: Field, effort: Floats) -> list[tuple[tuple[int, int], list[float]]]:
    """Return per direction the cost of leaving each cell; infinite into the sea and over the edge."""
    return [(step, _cost(heights, effort, step).ravel().tolist()) for step in _DIRECTIONS]


def _cost(heights: Field, effort: Floats, step: tuple[int, int]) -> Floats:
    length = math.hypot(*step) * heights.lattice.cell_m
    climb = np.abs(_shifted(heights.values, step, 0.0) - heights.values) / length
    cost: Floats = length * (1 + (climb / _EASY_SLOPE) ** 2) * (effort + _shifted(effort, step, math.inf))
    return cost


def _shifted(values: Floats, step: tuple[int, int], beyond: float) -> Floats:
    """Return at each cell the value of the cell one ``step`` (rows down, columns right) away."""
    framed = np.pad(values, 1, constant_values=beyond)
    (down, across), (rows, cols) = step, values.shape
    return framed[1 + down : 1 + down + rows, 1 + across : 1 + across + cols]


def _cell(lattice: Lattice, at: Point) -> int:
    col, row = int((at[0] - lattice.left) / lattice.cell_m), int((lattice.top - at[1]) / lattice.cell_m)
    return row * lattice.width + col


def _steps(before: Ints, lattice: Lattice, ends: Iterable[Point]) -> set[Step]:
    """Return the steps, from cell to cell, of the ways to all ``ends``; where ways meet they are one."""
    steps: set[Step] = set()
    for end in ends:
        cell = _cell(lattice, end)
        while before[cell] >= 0:
            previous = int(before[cell])
            steps.add((min(previous, cell), max(previous, cell)))
            cell = previous
    return steps


def _lines(steps: set[Step], lattice: Lattice) -> shapely.Geometry:
    """Join the steps to lines from fork to fork, each drawn as a smooth bend."""
    row, col = np.divmod(np.array(sorted(steps)), lattice.width)
    x, y = lattice.left + (col + 0.5) * lattice.cell_m, lattice.top - (row + 0.5) * lattice.cell_m
    forked = shapely.line_merge(shapely.multilinestrings(np.stack([x, y], axis=2)))
    bends = shapely.simplify(shapely.get_parts(forked), 0.7 * lattice.cell_m)
    return _bundle(smoothed(shapely.get_coordinates(bend)) for bend in bends)


def smoothed(path: Floats, rounds: int = 3) -> Floats:
    """Return the path with its corners cut, its ends where they were."""
    for _ in range(rounds):
        a, b = path[:-1], path[1:]
        cut = np.stack([0.75 * a + 0.25 * b, 0.25 * a + 0.75 * b], axis=1).reshape(-1, 2)
        path = np.vstack([path[:1], cut, path[-1:]])
    return path
