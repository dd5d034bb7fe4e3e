"""From drawn lines to a street network: cut where they meet, ends on common nodes, loose ends and crowding gone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from puc_tool.demo.cells import Mask
from puc_tool.demo.field import Shapes

SNAP_M = 0.01
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Network:
    """Edges from node to node; ``source`` is the position of the drawn line each one is a part of."""

    edges: Shapes
    source: Ints

    @property
    def nodes(self) -> Ints:
        """The number of the node at both ends of each edge: two columns."""
        ends = [np.rint(shapely.get_coordinates(shapely.get_point(self.edges, end)) / SNAP_M) for end in (0, -1)]
        _, number = np.unique(np.concatenate(ends).astype(np.int64), axis=0, return_inverse=True)
        return number.reshape(2, -1).T

    def only(self, kept: Mask) -> Network:
        """Return some of the edges."""
        return Network(self.edges[kept], self.source[kept])


def noded(lines: Shapes) -> Network:
    """Cut the lines where they meet; where two lie on each other the first one wins.

    Coordinates come to lie on whole hundredths of a metre, so that edges that meet share their ends exactly.
    """
    edges = shapely.get_parts(shapely.union_all(lines, grid_size=SNAP_M))
    middles = shapely.line_interpolate_point(edges, 0.5, normalized=True)
    edge, line = shapely.STRtree(lines).query(middles, predicate="dwithin", distance=5 * SNAP_M)
    source = np.full(edges.size, lines.size)
    np.minimum.at(source, edge, line)
    return Network(edges[source < lines.size], source[source < lines.size])


def without_loose_ends(network: Network, shorter_than_m: float, rounds: int = 3) -> Network:
    """Return the network without short dead ends."""
    for _ in range(rounds):
        nodes = network.nodes
        degree = np.bincount(nodes.ravel())
        loose = (degree[nodes] == 1).any(axis=1) & (shapely.length(network.edges) < shorter_than_m)
        network = network.only(~loose)
    return network


def tied(network: Network, which: Mask, reach_m: float) -> Shapes:
    """Return short lines from the loose ends of some edges to the nearest other edge, up to ``reach_m`` away."""
    nodes = network.nodes
    loose = (np.bincount(nodes.ravel())[nodes] == 1) & which[:, None]
    ends = [shapely.get_point(network.edges[loose[:, side]], end) for side, end in ((0, 0), (1, -1))]
    points, own = np.concatenate(ends), np.concatenate([np.flatnonzero(loose[:, side]) for side in (0, 1)])
    point, edge = shapely.STRtree(network.edges).query(points, predicate="dwithin", distance=reach_m)
    point, edge = point[own[point] != edge], edge[own[point] != edge]
    ties = shapely.shortest_line(points[point], network.edges[edge])
    nearest = np.lexsort((shapely.length(ties), point))
    return ties[nearest[np.unique(point[nearest], return_index=True)[1]]]


def without_crowding(network: Network, crowd: Mask, room_m: float) -> Network:
    """Return the network without edges that run along another close by; ``crowd`` tells which may go."""
    points = [shapely.line_interpolate_point(network.edges, share, normalized=True) for share in (0.2, 0.5, 0.8)]
    tree = shapely.STRtree(network.edges[~crowd])
    beside = np.zeros((3, network.edges.size), bool)
    for row, places in zip(beside, points, strict=True):
        row[np.unique(tree.query(places, predicate="dwithin", distance=room_m)[0])] = True
    return network.only(~(crowd & beside.all(axis=0)))


def components(nodes: Ints) -> Ints:
    """Return for each edge a number that edges joined by any way have in common: that of their first node."""
    label = np.arange(int(nodes.max()) + 1)
    while True:
        least = label[nodes].min(axis=1)
        joined = label.copy()
        for end in (0, 1):
            np.minimum.at(joined, nodes[:, end], least)
        joined = joined[joined]
        if (joined == label).all():
            return label[nodes[:, 0]]
        label = joined


def ways_back(network: Network, reach_m: float) -> Shapes:
    """Return for each stretch that hangs by nothing the shortest line to the largest, up to ``reach_m`` long."""
    main = largest(network)
    lost, there = network.only(~main), network.edges[main]
    (edge, near), metres = shapely.STRtree(there).query_nearest(
        lost.edges, max_distance=reach_m, return_distance=True, all_matches=False
    )
    stretch = components(lost.nodes)[edge]
    order = np.lexsort((metres, stretch))
    first = order[np.unique(stretch[order], return_index=True)[1]]
    return shapely.shortest_line(lost.edges[edge[first]], there[near[first]])


def largest(network: Network) -> Mask:
    """Tell which edges belong to the component with the most edges."""
    component = components(network.nodes)
    return component == np.bincount(component).argmax()
