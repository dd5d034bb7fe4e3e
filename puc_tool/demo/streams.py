"""Streams of the demonstration city: where enough land drains together, drawn as smooth lines from source to end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from puc_tool.demo.cells import Mask
from puc_tool.demo.chance import Floats
from puc_tool.demo.drainage import Drainage
from puc_tool.demo.field import Lattice
from puc_tool.demo.setting import Setting
from puc_tool.demo.surface import dry_land, surface

_SOURCE_M2 = 220_000.0
_SHORTEST_M = 250.0
_PASSES = 6

Cells = NDArray[np.int64]


@dataclass(frozen=True)
class Stream:
    """A stream from its source to the sea, to a larger stream, or to the edge of the map.

    ``upstream_km2`` is the land that drains through each vertex of ``line``; ``ends_in`` the place of the larger
    stream in `Water.streams`, -1 without.
    """

    line: shapely.LineString
    upstream_km2: Floats
    ends_in: int


@dataclass(frozen=True)
class Water:
    """How water runs: cell by cell, and as ``streams``, the largest first."""

    ways: Drainage
    streams: tuple[Stream, ...]


def water(stage: Setting) -> Water:
    """Return the finished relief of the stage with the streams that come near the commune."""
    ways = surface(stage)
    land = dry_land(stage.ground)
    shapely.prepare(land)
    streams: list[Stream] = []
    by_cell: dict[int, int] = {}
    for course in _courses(ways, shapely.contains_xy(land, *ways.lattice.centres()).ravel()):
        line = _drawn(course, ways.lattice, land, by_cell, streams)
        if shapely.length(line) > _SHORTEST_M and shapely.intersects(line, stage.ground.land):
            by_cell |= dict.fromkeys(course[:-1].tolist(), len(streams))
            streams.append(Stream(line, _upstream_km2(line, course, ways), by_cell.get(int(course[-1]), -1)))
    return Water(ways, tuple(streams))


def _courses(ways: Drainage, dry: Mask) -> Iterator[Cells]:
    """Yield the cells of each stream from source to end, larger streams first; the last is the first cell beyond.

    Where two meet, the one that drains more goes on.
    """
    wet = (ways.upstream_m2 >= _SOURCE_M2) & dry & (ways.below != np.arange(ways.below.size))
    main = _main_stems(ways, wet)
    ends = [cell for cell in np.flatnonzero(wet).tolist() if main.get(int(ways.below[cell])) != cell]
    for end in sorted(ends, key=lambda cell: (-ways.upstream_m2[cell], cell)):
        course = [int(ways.below[end]), end]
        while course[-1] in main:
            course.append(main[course[-1]])
        yield np.array(course[::-1])


def _main_stems(ways: Drainage, wet: Mask) -> dict[int, int]:
    """Return for each cell of a stream the one above it that brings most water, if that is a stream."""
    above = np.flatnonzero(wet)
    rising = above[np.argsort(ways.upstream_m2[above], kind="stable")]
    stems = dict(zip(ways.below[rising].tolist(), rising.tolist(), strict=True))
    return {below: cell for below, cell in stems.items() if wet[below]}


def _drawn(
    course: Cells, lattice: Lattice, land: shapely.Geometry, by_cell: Mapping[int, int], larger: Sequence[Stream]
) -> shapely.LineString:
    """Draw a course from its source to the shore, to the larger stream it meets, or to the edge of the map."""
    row, col = np.divmod(course, lattice.width)
    x, y = lattice.left + (col + 0.5) * lattice.cell_m, lattice.top - (row + 0.5) * lattice.cell_m
    path = np.stack([x, y], axis=1)
    if int(course[-1]) in by_cell:
        met = larger[by_cell[int(course[-1])]].line
        path[-1] = shapely.get_coordinates(shapely.shortest_line(met, shapely.Point(path[-1])))[0]
        return _smoothed(path)
    wet = shapely.intersection(_smoothed(path), land)
    return shapely.get_parts(wet)[0]


def _smoothed(path: Floats) -> shapely.LineString:
    """Return the path without the lattice's stairs: its bends evened out, then its corners cut; the ends stay."""
    for _ in range(_PASSES):
        path = np.vstack([path[:1], (path[:-2] + 2 * path[1:-1] + path[2:]) / 4, path[-1:]])
    return shapely.simplify(shapely.LineString(_without_corners(_without_corners(path))), 1.0)


def _without_corners(path: Floats) -> Floats:
    """Return the path after one round of Chaikin (1974): every corner cut at a quarter of its sides."""
    before, after = path[:-1], path[1:]
    cut = np.stack([0.75 * before + 0.25 * after, 0.25 * before + 0.75 * after], axis=1).reshape(-1, 2)
    return np.vstack([path[:1], cut, path[-1:]])


def _upstream_km2(line: shapely.LineString, course: Cells, ways: Drainage) -> Floats:
    """Return the land drained at each vertex, growing along the line as it does along the course."""
    vertices = shapely.points(shapely.get_coordinates(line))
    along = shapely.line_locate_point(line, vertices, normalized=True)
    km2 = ways.upstream_m2[course[:-1]] / 1e6
    return np.interp(along, np.linspace(0, 1, km2.size), km2)
