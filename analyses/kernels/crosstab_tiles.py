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

EDGES_A_TILE = 40_000
"""Few enough that threads end together, enough that the borders of the tiles are few."""

Areas = NDArray[np.float64]
Keys = NDArray[np.int64]


@dataclass(frozen=True)
class Crossed:
    """Combinations of keys with ground, each once, and their areas.

    ``keys`` (m,) number the combinations as ``numpy.ravel_multi_index`` does, by the layers in the order in which
    they were handed in. ``dropped`` is the sum of the slivers left out.
    """

    keys: Keys
    areas: Areas
    dropped: float


@dataclass(frozen=True)
class Tile:
    """The layers inside one tile, in the order in which they are laid: the ground, then coarse before fine.

    ``order`` tells which of the layers handed in each is, ``sizes`` how many keys it has.
    """

    layers: Sequence[EdgeTable]
    order: Sequence[int]
    sizes: Sequence[int]

    def crossed(self, sliver: float) -> Crossed:
        """Return the areas of all combinations of keys; pieces not larger than ``sliver`` are left out."""
        table, dropped = self.layers[0], 0.0
        areas = table.areas()
        for layer, size in zip(self.layers[1:-1], self.sizes[1:-1], strict=True):
            cut = pieces(table, layer, size, sliver)
            table, areas, dropped = cut.table, cut.areas, dropped + cut.dropped
        keys, areas = last_areas(table, areas, self.layers[-1], self.sizes[-1])
        kept = areas > sliver
        dropped += float(areas[~kept].sum())
        return Crossed(*summed(self._as_handed_in(keys[kept]), areas[kept]), dropped)

    def twice(self, sliver: float) -> Areas:
        """Return, for each layer handed in, the area that pairs of its polygons share; slivers do not count."""
        found = np.zeros(len(self.layers))
        for position, layer in zip(self.order, self.layers, strict=True):
            areas = overlaps(layer)
            found[position] = areas[areas > sliver].sum()
        return found

    def _as_handed_in(self, keys: Keys) -> Keys:
        by_layer, back = np.unravel_index(keys, self.sizes), np.argsort(self.order)
        numbers: Keys = np.ravel_multi_index([by_layer[i] for i in back], [self.sizes[i] for i in back])
        return numbers


@dataclass(frozen=True)
class Crossing:
    """Layers ready to be laid over each other in each of ``boxes`` (tiles, 4), which tile the ground.

    ``tables`` and ``inside``, the rows of a table that touch each tile, are in the order in which layers are laid.
    """

    tables: Sequence[EdgeTable]
    inside: Sequence[Sequence[Keys]]
    boxes: Areas
    order: Sequence[int]
    sizes: Sequence[int]

    def tile(self, number: int) -> Tile:
        """Return what lies in one tile, cut there."""
        box = self.boxes[number]
        layers = [table.clipped(rows[number], box) for table, rows in zip(self.tables, self.inside, strict=True)]
        return Tile(layers, self.order, self.sizes)


def crossing_of(
    polygons: Sequence[NDArray[np.object_]], keys: Sequence[NDArray[np.integer]], sizes: Sequence[int],
    pool: ThreadPoolExecutor,
) -> Crossing:  # fmt: skip
    """Return layers of valid polygons ready to be laid over the first of them.

    Parameters
    ----------
    polygons, keys : for each layer, (n,) polygons and their keys
    sizes : how many keys each layer has; in all but the first, the last one stands for ground without polygon
    pool : whose threads make the tables of the layers
    """
    ground = shapely.total_bounds(np.append(polygons[0], shapely.Polygon()))  # of nothing: four times no number
    origin = np.floor(np.nan_to_num(ground[:2]))
    tables = list(pool.map(lambda shapes, key: edge_table(shapes, key, origin), polygons, keys))
    extent = ground - np.tile(origin, 2)
    weights = [_edges_over(table, extent) for table in tables]
    order = [0, *sorted(range(1, len(tables)), key=weights.__getitem__)]
    boxes = _boxes(extent, sum(weights))
    tables = [tables[i] for i in order]
    inside = list(pool.map(lambda table: _by_tile(boxes, table), tables))
    return Crossing(tables, inside, boxes, order, [sizes[i] for i in order])


def _edges_over(table: EdgeTable, ground: Areas) -> int:
    _, rows = pairs(ground[None, :], table.bounds)
    return int(np.diff(table.spans[rows]).sum())


def _boxes(ground: Areas, edges: int) -> Areas:
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


def summed(keys: Keys, areas: Areas) -> tuple[Keys, Areas]:
    """Return each key once, in rising order, with the sum of its areas (m²)."""
    distinct, row = np.unique(keys, return_inverse=True)
    sums = np.bincount(row, areas, minlength=len(distinct)).astype(np.float64)
    return distinct, sums
