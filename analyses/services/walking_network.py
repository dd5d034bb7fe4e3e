"""The walking network: junctions, the ways between them, how long each takes in either direction, and its islands.

Ways are kept as straight segments, so that a home or a service stands at its nearest point of a way, not at a junction.
What counts is the time from home to service, so the network is searched from the services, against the direction
walked: ``starts``, ``ends``, ``costs`` are its compressed rows with every way turned round.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.services.walking_pace import Profile, heights_m, minutes
from analyses.services.walking_ways import Rows, Ways, ways
from layers.raster import Raster

STEP_M = 20.0
"""Slope is taken over steps of at most this length (or a cell, if that is longer)."""

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Geometries = NDArray[np.object_]


@dataclass(frozen=True)
class Segments:
    """Straight pieces of ways, edge by edge: ends (n, 4), and minutes along and back, of the piece and up to it.

    ``along_before`` is what walking from the edge's start to the piece takes, ``back_before`` the same way back.
    """

    ends: Floats
    edge: Indices
    along: Floats
    back: Floats
    along_before: Floats
    back_before: Floats

    @property
    def lines(self) -> Geometries:
        """The pieces as lines."""
        lines: Geometries = shapely.linestrings(self.ends.reshape(-1, 2, 2))
        return lines


@dataclass(frozen=True)
class Network:
    """``first`` and ``last`` junction of each edge, its minutes ``along`` and ``back``, the ``island`` it lies on.

    Island 0 is the longest. ``flat_m`` is the length of ways whose height is not known, walked as if they were flat.
    """

    segments: Segments
    first: Indices
    last: Indices
    along: Floats
    back: Floats
    island: Indices
    junctions: int
    flat_m: float
    ways: Ways

    @property
    def islands(self) -> int:
        """How many parts that no way connects."""
        return int(self.island.max()) + 1 if len(self.island) else 0

    @property
    def edge_length_m(self) -> Floats:
        """Horizontal length of each edge, (edges,) in m."""
        return _summed(self.segments, len(self.first))

    @cached_property
    def lines(self) -> Geometries:
        """The edges as lines."""
        corners = np.concatenate([self.segments.ends[:, :2], self.segments.ends[_last_of(self.segments.edge), 2:]])
        edge = np.concatenate([self.segments.edge, np.arange(len(self.first))])
        order = np.argsort(edge, kind="stable")
        lines: Geometries = shapely.linestrings(corners[order], indices=edge[order])
        return lines

    def layer(self, crs: object) -> GeoDataFrame:
        """Return the edges as lines with minutes along and back, and the island (0 is the main network)."""
        columns = {"island": self.island, "minutes_along": self.along, "minutes_back": self.back}
        return GeoDataFrame(columns, geometry=self.lines, crs=crs)


def network(streets: GeoDataFrame, elevation: Raster | None, profile: Profile) -> Network:
    """Return the network that ``profile`` walks on.

    Parameters
    ----------
    streets : lines with ``kind``, ``stairs``, ``walkable`` as far as known, in a metric CRS
    elevation : heights (m) in any CRS; without it every way is flat
    profile : who walks
    """
    found = ways(streets, profile)
    ends, edge, points = _pieces(found.rows, _step_m(elevation))
    length_m = np.hypot(*(ends[:, 2:] - ends[:, :2]).T)
    rise_m = _rises_m(ends, elevation, streets.crs)
    known = np.nan_to_num(rise_m)
    passable = _gentle(length_m, known, edge, profile)
    segments = _segments(ends, edge, minutes(length_m, known, profile), minutes(length_m, -known, profile))
    unknown_m = float(length_m[np.isnan(rise_m)].sum()) if elevation is not None else 0.0
    return _network(_kept(segments, passable), points[passable], unknown_m, found)


def _step_m(elevation: Raster | None) -> float:
    return np.inf if elevation is None else max(STEP_M, elevation.grid.cell_size)


def _pieces(rows: Rows, step_m: float) -> tuple[Floats, Indices, Indices]:
    """Return the straight pieces, the edge of each, and of each edge the places it goes from and to."""
    here = np.flatnonzero((np.diff(rows.line) == 0) & (np.diff(rows.point) != 0))
    # An edge begins at every vertex where one can turn: what came before it on its line is another edge.
    turns = np.cumsum(rows.node)
    edge, number = np.unique(turns[here], return_inverse=True)
    ends = np.hstack([rows.xy[here], rows.xy[here + 1]])
    first = here[np.searchsorted(number, np.arange(len(edge)))] if len(edge) else here
    last = here[_last_of(number)] + 1 if len(edge) else here
    parts = np.maximum(1, np.ceil(np.hypot(*(ends[:, 2:] - ends[:, :2]).T) / step_m)).astype(np.intp)
    return _cut(ends, parts), np.repeat(number, parts).astype(np.int64), rows.point[np.stack([first, last], axis=1)]


def _cut(ends: Floats, parts: NDArray[np.intp]) -> Floats:
    """Return each piece in ``parts`` of equal length."""
    owner = np.repeat(np.arange(len(ends)), parts)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(parts) - parts, parts)
    low, high = place / parts[owner], (place + 1) / parts[owner]
    start, way = ends[owner, :2], ends[owner, 2:] - ends[owner, :2]
    return np.hstack([start + way * low[:, None], start + way * high[:, None]])


def _last_of(edge: NDArray[np.integer]) -> Indices:
    """Return the place of the last piece of each edge; pieces of an edge stand together."""
    return np.flatnonzero(np.append(np.diff(edge) != 0, True)) if len(edge) else np.empty(0, np.int64)


def _rises_m(ends: Floats, elevation: Raster | None, crs: object) -> Floats:
    if elevation is None:
        return np.zeros(len(ends))
    x, y = np.concatenate([ends[:, :2], ends[:, 2:]]).T
    start, stop = np.split(heights_m(elevation, x, y, crs), 2)
    return np.asarray(stop - start)


def _gentle(length_m: Floats, rise_m: Floats, edge: Indices, profile: Profile) -> NDArray[np.bool_]:
    """Tell which edges have no piece steeper than ``profile`` can take."""
    count = int(edge.max()) + 1 if len(edge) else 0
    if profile.steepest_pct is None:
        return np.ones(count, bool)
    steep = np.abs(rise_m) > length_m * profile.steepest_pct / 100.0
    return np.bincount(edge, steep, count) == 0


def _segments(ends: Floats, edge: Indices, along: Floats, back: Floats) -> Segments:
    return Segments(ends, edge, along, back, _before(along, edge), _before(back, edge))


def _before(values: Floats, edge: Indices) -> Floats:
    """Return the sum of ``values`` of the pieces of the same edge that come earlier."""
    total = np.cumsum(values) - values
    starts = np.flatnonzero(np.append(True, np.diff(edge) != 0)) if len(edge) else np.empty(0, np.int64)
    return total - np.repeat(total[starts], np.diff(np.append(starts, len(edge))))


def _kept(segments: Segments, passable: NDArray[np.bool_]) -> Segments:
    """Return the pieces of the edges that are passable, with the edges counted anew."""
    chosen = passable[segments.edge]
    number = (np.cumsum(passable) - 1)[segments.edge[chosen]]
    return _segments(segments.ends[chosen], number.astype(np.int64), segments.along[chosen], segments.back[chosen])


def _network(segments: Segments, points: Indices, flat_m: float, found: Ways) -> Network:
    junction, ends = np.unique(points, return_inverse=True)
    first, last = ends.reshape(-1, 2).T.astype(np.int64)
    last_piece = _last_of(segments.edge)
    along = segments.along_before[last_piece] + segments.along[last_piece]
    back = segments.back_before[last_piece] + segments.back[last_piece]
    island = _islands(first, last, len(junction), _summed(segments, len(first)))
    return Network(segments, first, last, along, back, island, len(junction), flat_m, found)


def _summed(segments: Segments, edges: int) -> Floats:
    """Return the horizontal length of each edge (m)."""
    length_m = np.hypot(*(segments.ends[:, 2:] - segments.ends[:, :2]).T)
    return np.asarray(np.bincount(segments.edge, length_m, edges), dtype=np.float64)


def _islands(first: Indices, last: Indices, junctions: int, length_m: Floats) -> Indices:
    """Return the island of each edge: 0 is the longest, then by length."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    if not len(first):
        return np.empty(0, np.int64)
    table = coo_array((np.ones(len(first)), (first, last)), shape=(junctions, junctions))
    _, part = connected_components(table, directed=False)
    of_edge = part[first]
    order = np.argsort(-np.bincount(of_edge, length_m), kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return rank[of_edge]
