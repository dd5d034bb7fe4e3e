"""Layers laid over each other tile by tile, so that neither memory nor a polygon that reaches far weighs on the rest.

The ground is cut into tiles of about as many edges each, and what reaches beyond its tile is cut there: tiles are
one more layer. So the work grows with the number of edges, however large single polygons are, and threads share it
without changing a bit of the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from analyses.kernels.crosstab import EdgeTable, edge_table, last_areas, overlaps, pairs, pieces

EDGES_A_TILE = 30_000

Areas = NDArray[np.float64]
Keys = NDArray[np.int64]


@dataclass(frozen=True)
class Crossed:
    """One tile: the combinations of classes with ground in it, each once, and their areas.

    ``keys`` (m,) number the combinations as ``numpy.ravel_multi_index`` does. ``dropped`` is the sum of the slivers
    left out, ``overlaps`` (layers,) the area that each layer covers twice.
    """

    keys: Keys
    areas: Areas
    dropped: float
    overlaps: Areas


@dataclass(frozen=True)
class Crossing:
    """Layers ready to be laid over each other in each of ``boxes`` (tiles, 4).

    ``tables`` and ``inside``, the rows of a table that touch each tile, are in the order in which the layers are laid,
    coarse before fine; ``order`` tells which of the layers handed in each is, ``sizes`` how many keys it has.
    """

    tables: Sequence[EdgeTable]
    inside: Sequence[Sequence[Keys]]
    boxes: Areas
    order: Sequence[int]
    sizes: Sequence[int]

    def in_tile(self, tile: int, sliver: float) -> Crossed:
        """Return the crossed areas of one tile."""
        layers = [t.clipped(rows[tile], self.boxes[tile]) for t, rows in zip(self.tables, self.inside, strict=True)]
        crossed, dropped = layers[0], 0.0
        areas = crossed.areas()
        for layer, size in zip(layers[1:-1], self.sizes[1:-1], strict=True):
            cut = pieces(crossed, layer, size, sliver)
            crossed, areas, dropped = cut.table, cut.areas, dropped + cut.dropped
        keys, areas = last_areas(crossed, areas, layers[-1], self.sizes[-1])
        kept = areas > sliver
        keys, areas, dropped = *_summed(keys[kept], areas[kept]), dropped + float(areas[~kept].sum())
        return Crossed(self._as_handed_in(keys), areas, dropped, self._overlaps(layers, sliver))

    def _as_handed_in(self, keys: Keys) -> Keys:
        """Number the combinations by the layers in the order in which they were handed in."""
        classes = np.unravel_index(keys, self.sizes)
        back = np.argsort(self.order)
        numbers: Keys = np.ravel_multi_index([classes[i] for i in back], [self.sizes[i] for i in back])
        return numbers

    def _overlaps(self, layers: Sequence[EdgeTable], sliver: float) -> Areas:
        twice = np.zeros(len(layers))
        for position, layer in zip(self.order, layers, strict=True):
            areas = overlaps(layer)
            twice[position] = areas[areas > sliver].sum()
        return twice


def crossing_of(
    polygons: Sequence[NDArray[np.object_]], keys: Sequence[NDArray[np.integer]], sizes: Sequence[int],
    pool: ThreadPoolExecutor,
) -> Crossing:  # fmt: skip
    """Return layers of valid polygons ready to be laid over the first of them.

    Parameters
    ----------
    polygons, keys : for each layer, (n,) polygons and their keys
    sizes : how many keys each layer has; in all but the first, the last one stands for ground without polygon
    """
    ground = shapely.total_bounds(polygons[0])
    origin = tuple(np.floor(np.nan_to_num(ground[:2])))
    tables = list(pool.map(lambda shapes, key: edge_table(shapes, key, origin), polygons, keys))
    weights = [_edges_over(table, np.append(ground[:2] - origin, ground[2:] - origin)) for table in tables]
    order = [0, *sorted(range(1, len(tables)), key=weights.__getitem__)]
    boxes = _tiles(ground - np.tile(origin, 2), sum(weights))
    tables = [tables[i] for i in order]
    inside = list(pool.map(lambda table: _by_tile(boxes, table), tables))
    return Crossing(tables, inside, boxes, order, [sizes[i] for i in order])


def _edges_over(table: EdgeTable, ground: Areas) -> int:
    _, rows = pairs(ground[None, :], table.bounds)
    return int(np.diff(table.spans[rows]).sum())


def _tiles(ground: Areas, edges: int) -> Areas:
    """Return boxes that tile the ground, about square, as many as the edges ask for; none if there is no ground."""
    left, bottom, right, top = ground
    if not (left < right and bottom < top):
        return np.empty((0, 4))
    count = 1 + edges // EDGES_A_TILE
    across = min(max(round((count * (right - left) / (top - bottom)) ** 0.5), 1), count)
    x, y = np.linspace(left, right, across + 1), np.linspace(bottom, top, -(-count // across) + 1)
    cols, rows = (each.ravel() for each in np.meshgrid(np.arange(len(x) - 1), np.arange(len(y) - 1)))
    return np.column_stack((x[cols], y[rows], x[cols + 1], y[rows + 1]))


def _by_tile(boxes: Areas, table: EdgeTable) -> list[Keys]:
    starts, rows = pairs(boxes, table.bounds)
    return [np.sort(part) for part in np.split(rows, starts[1:-1])]


def _summed(keys: Keys, areas: Areas) -> tuple[Keys, Areas]:
    """Return each key once, with the sum of its areas."""
    distinct, row = np.unique(keys, return_inverse=True)
    return distinct, np.bincount(row, areas, minlength=len(distinct))
