"""Exact areas of the classes of several polygon layers, crossed: land use by hazard by zone by neighbourhood.

Method: signed edges (``analyses.kernels.crosstab``), tile by tile. The ground is the first layer; ground that another
layer does not cover is a class of its own there, so every table closes to the ground.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import prod
from typing import TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray

from analyses.kernels.crosstab_tiles import Crossed, Tile, crossing_of, summed
from analyses.progress import Report, silent, tracked
from layers.text import Text

MEASURING = Text("Superficie delle classi", "Area of the classes")

SLIVER_M2 = 1e-6
"""Pieces of a square millimetre or less come from arithmetic; they are left out and their sum is told."""

OVERLAP_TOLERATED_SHARE = 1e-9
"""Share of the ground that a layer may cover twice: rounding, never a whole polygon."""

MOST_THREADS = 4
BLOCKS = 8
MOST_COMBINATIONS = 2**62

T = TypeVar("T")
Indices = NDArray[np.intp]
Areas = NDArray[np.float64]


@dataclass(frozen=True)
class Coverage:
    """A layer of polygons (n,) that do not overlap each other, each of a class (n,) from 0 to ``n_classes`` - 1."""

    polygons: NDArray[np.object_]
    classes: Indices
    n_classes: int

    def problem(self) -> str:
        """Return what is wrong with the layer by itself; nothing if it is fit for use."""
        if self.polygons.shape != self.classes.shape or self.polygons.ndim != 1:
            return f"{self.polygons.shape} polygons do not have {self.classes.shape} classes"
        if self.classes.dtype.kind not in "ui":
            return f"classes must be whole numbers, not {self.classes.dtype}"
        if len(self.classes) and (self.classes.min() < 0 or self.classes.max() >= self.n_classes):
            return f"classes must be 0 to {self.n_classes - 1}, not {self.classes.min()} to {self.classes.max()}"
        return ""


@dataclass(frozen=True)
class CrossAreas:
    """The crossed classes that have ground.

    ``classes`` (m, layers) holds a class index per layer, rows sorted; in every layer but the first, ``n_classes``
    stands for the ground it does not cover. ``area_m2`` (m,) is in the square of the CRS's unit. ``dropped_m2`` is
    the sum of the slivers left out: with it, areas add up to ``ground_m2``, the area of the first layer.
    """

    classes: Indices
    area_m2: Areas
    sizes: tuple[int, ...]
    dropped_m2: float
    ground_m2: float

    def by(self, *layers: int) -> Areas:
        """Return the areas (m²) summed by the classes of some layers: an array with an axis for each, in that order."""
        sizes = [self.sizes[layer] for layer in layers]
        areas = np.zeros(sizes)
        np.add.at(areas, tuple(self.classes[:, layer] for layer in layers), self.area_m2)
        return areas


def cross_areas(layers: Sequence[Coverage], *, threads: int | None = None, report: Report = silent) -> CrossAreas:
    """Measure the ground of every combination of classes.

    Parameters
    ----------
    layers : two or more, in one metric CRS. The first is the ground: its polygons bound all that is measured
    threads : how many threads; by default one for each core, up to ``MOST_THREADS``
    report : told the share done, before each tile; may raise Cancelled

    Returns
    -------
    CrossAreas, the same to the last bit whatever the number of threads.

    Raises
    ------
    ValueError
        If a class is out of range, a polygon is not valid, or the polygons of one layer cover more than
        ``OVERLAP_TOLERATED_SHARE`` of the ground twice: dissolve them per class first.
    """
    with _pool(threads) as pool:
        _refuse_unfit(layers, pool)

        def measure(tile: Tile) -> tuple[Crossed, Areas]:
            return tile.crossed(SLIVER_M2), tile.twice(SLIVER_M2)

        done = _tile_by_tile(layers, measure, pool, report)
    areas = _table(layers, [crossed for crossed, _ in done])
    _refuse_overlaps(np.sum([twice for _, twice in done], axis=0), areas.ground_m2)
    return areas


def counted_areas(layers: Sequence[Coverage], *, report: Report = silent) -> CrossAreas:
    """Measure as ``cross_areas`` does, without looking at the layers: ground that polygons share counts for each.

    The first layer may overlap itself as it likes; where another does, ``dropped_m2`` tells the excess as well.
    """
    with _pool(None) as pool:
        return _table(layers, _tile_by_tile(layers, lambda tile: tile.crossed(SLIVER_M2), pool, report))


def _pool(threads: int | None) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads or min(MOST_THREADS, os.cpu_count() or 1))


def _tile_by_tile(
    layers: Sequence[Coverage], measure: Callable[[Tile], T], pool: ThreadPoolExecutor, report: Report
) -> list[T]:
    crossing = crossing_of(
        [layer.polygons for layer in layers], [layer.classes for layer in layers], _sizes(layers), pool
    )
    tiles = [pool.submit(lambda i: measure(crossing.tile(i)), i) for i in range(len(crossing.boxes))]
    try:
        return [tile.result() for tile in tracked(tiles, report, MEASURING)]
    finally:
        pool.shutdown(cancel_futures=True)


def _sizes(layers: Sequence[Coverage]) -> tuple[int, ...]:
    """Return the number of classes of each layer, with the one for no polygon in all but the first."""
    if len(layers) < 2:
        raise ValueError(f"areas are crossed between two layers or more, not {len(layers)}")
    sizes = layers[0].n_classes, *(layer.n_classes + 1 for layer in layers[1:])
    if prod(sizes) > MOST_COMBINATIONS:
        raise ValueError(f"{sizes} classes have more combinations than can be numbered")
    return sizes


def _refuse_unfit(layers: Sequence[Coverage], pool: ThreadPoolExecutor) -> None:
    checks = [pool.map(shapely.is_valid, np.array_split(layer.polygons, BLOCKS)) for layer in layers]
    for number, (layer, valid) in enumerate(zip(layers, checks, strict=True)):
        fault = layer.problem() or _invalid(layer.polygons, np.concatenate(list(valid)))
        if fault:
            raise ValueError(f"layer {number}: {fault}")


def _invalid(polygons: NDArray[np.object_], valid: NDArray[np.bool_]) -> str:
    fit = valid | shapely.is_missing(polygons)
    return "" if fit.all() else f"{(~fit).sum()} polygons are not valid, the first in row {int(fit.argmin())}"


def _refuse_overlaps(twice_m2: Areas, ground_m2: float) -> None:
    for number in np.flatnonzero(twice_m2 > OVERLAP_TOLERATED_SHARE * ground_m2):
        raise ValueError(f"layer {number}: its polygons cover {twice_m2[number]:.6f} m² of the ground twice")


def _table(layers: Sequence[Coverage], tiles: Sequence[Crossed]) -> CrossAreas:
    keys, areas = summed(
        np.concatenate([np.empty(0, np.int64), *(tile.keys for tile in tiles)]),
        np.concatenate([np.empty(0), *(tile.areas for tile in tiles)]),
    )
    sizes, ground_m2 = _sizes(layers), float(np.nansum(shapely.area(layers[0].polygons)))
    classes = np.column_stack(np.unravel_index(keys, sizes))
    return CrossAreas(classes, areas, sizes, sum((tile.dropped for tile in tiles), start=0.0), ground_m2)
