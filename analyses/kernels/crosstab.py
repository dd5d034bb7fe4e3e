"""The ground that polygons of several layers share, exactly: tables of signed edges and what can be done with them.

Method: each polygon is a set of signed edges (``crosstab_edges``); the area two of them share is a sum over pairs of
edges (``crosstab_shared``), and the ground they share is a set of signed edges again (``crosstab_common``), over which
a third layer can be laid. No topology is built, so nothing can fail geometrically. Areas without topology: W. R.
Franklin & V. Sivaswami, OVERPROP, Second National Conference on GIS, Ottawa 1990, pp. 1646-1654; their half-edges carry
points of intersection, ours only signs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from analyses.kernels.crosstab_boxes import touching
from analyses.kernels.crosstab_cut import clip, cut
from analyses.kernels.crosstab_edges import areas_of, edges_of
from analyses.kernels.crosstab_shared import shared_areas

POLYGON = 3
Box = NDArray[np.float64]
"""(4,): left, bottom, right, top."""


@dataclass(frozen=True)
class EdgeTable:
    """n polygons without parts as signed edges, each with the ``key`` (n,) of what it belongs to.

    ``edges`` (m, 6), ``spans`` (n, 2), ``bounds`` (n, 4): see ``analyses.kernels.crosstab_edges``.
    """

    edges: NDArray[np.float64]
    spans: NDArray[np.int64]
    bounds: NDArray[np.float64]
    key: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.spans)

    def areas(self) -> NDArray[np.float64]:
        """Return the area of each polygon, (polygons,) in the square of the coordinates' unit."""
        areas: NDArray[np.float64] = areas_of(self.edges, self.spans, self.bounds)
        return areas

    def clipped(self, chosen: NDArray[np.int64], box: Box) -> EdgeTable:
        """Return the chosen polygons inside ``box``."""
        edges, spans, bounds, rows = clip(self.edges, self.spans, self.bounds, chosen, box)
        return EdgeTable(edges, spans, bounds, self.key[chosen[rows]])


@dataclass(frozen=True)
class Pieces:
    """What a cut leaves: ``table`` and its ``areas``, and the sum of the pieces too small to keep."""

    table: EdgeTable
    areas: NDArray[np.float64]
    dropped: float


def edge_table(polygons: NDArray[np.object_], keys: NDArray[np.integer], origin: NDArray[np.float64]) -> EdgeTable:
    """Return valid Polygons and MultiPolygons as signed edges, part by part; empty and missing ones have none.

    Parameters
    ----------
    polygons, keys : (n,) each
    origin : (2,), taken off all coordinates, so that no digit is lost to the distance from the equator
    """
    simple = (shapely.get_num_interior_rings(polygons) == 0) & (shapely.get_type_id(polygons) == POLYGON)
    simple &= ~shapely.is_empty(polygons)
    points, ring_points, part_rings = _one_ring_each(polygons[simple])
    others, other_ring_points, other_part_rings, part_counts = _any_rings(polygons[~simple])
    points = np.concatenate((points, others)) if len(others) else points
    points -= origin
    edges, spans, bounds = edges_of(
        points,
        np.concatenate((ring_points, other_ring_points[1:] + ring_points[-1])),
        np.concatenate((part_rings, other_part_rings[1:] + simple.sum())),
    )
    key = np.concatenate((keys[simple], np.repeat(keys[~simple], part_counts))).astype(np.int64)
    return EdgeTable(edges, spans, bounds, key)


def _one_ring_each(polygons: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the points, where each ring begins in them, and where each polygon begins in the rings."""
    starts = np.append(0, np.cumsum(shapely.get_num_coordinates(polygons), dtype=np.int64))
    return shapely.get_coordinates(polygons), starts, np.arange(len(polygons) + 1)


def _any_rings(
    polygons: NDArray[np.object_],
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the same of polygons with holes or several parts, part by part, and how many parts each has."""
    several = np.append(polygons, shapely.MultiPolygon())  # makes the arrays multi-part, whatever the polygons are
    _, points, (ring_points, part_rings, starts) = shapely.to_ragged_array(several, include_z=False)
    return points, ring_points.astype(np.int64), part_rings.astype(np.int64), np.diff(starts)[:-1]


def pairs(boxes: NDArray[np.float64], others: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return, for each of ``boxes`` (n, 4), which of ``others`` (m, 4) share ground with it.

    The first array (n + 1,) says where the pairs of each box begin, the second holds the row of the other.
    """
    starts, found = touching(boxes, others)
    return starts, found


def shared(first: EdgeTable, second: EdgeTable) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return the rows of the pairs whose boxes share ground, and the area that each pair shares."""
    starts, others = pairs(first.bounds, second.bounds)
    areas = shared_areas(*_arrays(first), *_arrays(second), starts, others)
    return np.repeat(np.arange(len(first)), np.diff(starts)), others, areas


def overlaps(table: EdgeTable) -> NDArray[np.float64]:
    """Return the area that each pair of polygons of one table shares, each pair once."""
    starts, others = pairs(table.bounds, table.bounds)
    row = np.repeat(np.arange(len(table)), np.diff(starts))
    once = others > row
    starts = np.append(0, np.cumsum(np.bincount(row[once], minlength=len(table))))
    areas: NDArray[np.float64] = shared_areas(*_arrays(table), *_arrays(table), starts, others[once])
    return areas


def pieces(first: EdgeTable, second: EdgeTable, n_keys: int, smallest: float) -> Pieces:
    """Cut the polygons of ``first`` by those of ``second``; what none of these covers is a piece too.

    Parameters
    ----------
    first, second : what is cut, and what cuts it
    n_keys : keys of ``second`` are 0 to ``n_keys`` - 2; ``n_keys`` - 1 stands for the ground it does not cover
    smallest : pieces not larger than this area are left out

    Returns
    -------
    Pieces, whose key is that of ``first`` times ``n_keys`` plus that of ``second``.
    """
    starts, others = pairs(first.bounds, second.bounds)
    edges, spans, bounds, areas, rows, dropped = cut(*_arrays(first), *_arrays(second), starts, others, smallest)
    key = first.key[rows[:, 0]] * n_keys + np.append(second.key, n_keys - 1)[rows[:, 1]]
    return Pieces(EdgeTable(edges, spans, bounds, key), areas, dropped)


def last_areas(
    first: EdgeTable, areas: NDArray[np.float64], second: EdgeTable, n_keys: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return keys and areas (m²) as ``pieces`` does, an entry a pair, without the pieces.

    ``areas`` are those of ``first``; last come the grounds of ``first`` under nothing of ``second``.
    """
    row, other, found = shared(first, second)
    rest = areas - np.bincount(row, found, minlength=len(first))
    key = np.concatenate((first.key[row] * n_keys + second.key[other], first.key * n_keys + n_keys - 1))
    return key, np.concatenate((found, rest))


def _arrays(table: EdgeTable) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    return table.edges, table.spans, table.bounds
