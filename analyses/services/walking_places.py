"""Where homes and services stand on the walking network, and the way between the network and them.

A point stands at the nearest point of a way, and what lies between counts as walking. An area is entered wherever a way
meets it; one that no way meets, at the nearest. A line is a row of points, its vertices and others at most
``LINE_STEP_M`` apart, and entered at each as a point would be. Farther than the limit, a place is not on the network.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from analyses.services.walking_network import Network

LINE_STEP_M = 10.0
"""A way that comes to a line between two of its points is taken to come to the nearer: half of this is not walked."""

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Geometries = NDArray[np.object_]


@dataclass(frozen=True)
class Entries:
    """A row for each way into a place: the ``segment``, the share of it walked (0 to 1), ``off_m`` between."""

    place: Indices
    segment: Indices
    share: Floats
    off_m: Floats

    def of(self, chosen: NDArray[np.bool_]) -> Entries:
        """Return some of the rows."""
        return Entries(self.place[chosen], self.segment[chosen], self.share[chosen], self.off_m[chosen])


@dataclass(frozen=True)
class Streets:
    """The network with an index of its pieces, to stand places on."""

    network: Network
    lines: Geometries
    tree: shapely.STRtree

    @classmethod
    def of(cls, network: Network) -> Streets:
        """Return the index of ``network``."""
        lines = network.segments.lines
        return cls(network, lines, shapely.STRtree(lines))


def stand(streets: Streets, geometry: Geometries, limit_m: float) -> Entries:
    """Return the ways into each place, in the order of the places; one beyond ``limit_m`` has none."""
    dimension = shapely.get_dimensions(geometry)
    lines = np.flatnonzero(dimension == 1)
    place, segment = streets.tree.query(geometry[dimension == 2], predicate="intersects")
    areas = np.flatnonzero(dimension == 2)[place]
    apart = np.setdiff1d(np.arange(len(geometry)), np.concatenate([areas, lines]))
    return _together(
        _met(streets, geometry, areas, segment),
        _nearest(streets, geometry, apart, limit_m),
        _along(streets, geometry, lines, limit_m),
    )


def _together(*parts: Entries) -> Entries:
    """Return the rows of all parts in the order of their places."""
    names = Entries.__dataclass_fields__
    place, segment, share, off_m = (np.concatenate([getattr(part, name) for part in parts]) for name in names)
    order = np.argsort(place, kind="stable")
    return Entries(place[order], segment[order], share[order], off_m[order])


def _along(streets: Streets, geometry: Geometries, lines: Indices, limit_m: float) -> Entries:
    """Return the way into each of the points that stand for a line."""
    xy, row = shapely.get_coordinates(shapely.segmentize(geometry[lines], LINE_STEP_M), return_index=True)
    near = _nearest(streets, shapely.points(xy), np.arange(len(xy)), limit_m)
    return Entries(lines[row[near.place]], near.segment, near.share, near.off_m)


def _met(streets: Streets, geometry: Geometries, area: Indices, segment: Indices) -> Entries:
    """Return where the pieces that meet an area come into it and leave it."""
    inside = shapely.intersection(geometry[area], streets.lines[segment])
    xy, row = shapely.get_coordinates(inside, return_index=True)
    where = segment[row]
    share = _share(streets, where, shapely.points(xy))
    # A piece that runs on inside has the same point twice; which of the two ways in is taken makes no difference.
    return Entries(area[row], where, share, np.zeros(len(row)))


def _nearest(streets: Streets, geometry: Geometries, chosen: Indices, limit_m: float) -> Entries:
    """Return the nearest way in of each chosen place within the limit; of equally near ones the first."""
    if not len(streets.lines) or not len(chosen):
        nothing = np.empty(0, np.intp)
        return Entries(nothing, nothing, np.empty(0), np.empty(0))
    (row, segment), off_m = streets.tree.query_nearest(
        geometry[chosen], max_distance=limit_m, return_distance=True, all_matches=True
    )
    order = np.lexsort((segment, row))
    row, first = np.unique(row[order], return_index=True)
    segment, off_m = segment[order][first], off_m[order][first]
    ways = shapely.shortest_line(streets.lines[segment], geometry[chosen][row])
    share = _share(streets, segment, shapely.get_point(ways, 0))
    return Entries(chosen[row], segment, share, off_m)


def _share(streets: Streets, segment: Indices, points: Geometries) -> Floats:
    share = shapely.line_locate_point(streets.lines[segment], points, normalized=True)
    return np.clip(np.asarray(share, dtype=float), 0.0, 1.0)
