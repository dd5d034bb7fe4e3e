"""Exact areas of the classes of several polygon layers, crossed: land use by hazard by zone by neighbourhood.

Method: signed edges (``analyses.kernels.crosstab``), tile by tile. The ground is the first layer; ground that another
layer does not cover is a class of its own there, so every table closes to the ground.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import prod

import numpy as np
import shapely
from numpy.typing import NDArray

from analyses.kernels.crosstab_tiles import Crossed, crossing_of
from analyses.progress import Report, silent, tracked
from layers.text import Text

MEASURING = Text("Superficie delle classi incrociate", "Area of the crossed classes")

SLIVER_M2 = 1e-6
"""Pieces of a square millimetre or less come from arithmetic; they are left out and their sum is told."""

OVERLAP_TOLERATED_SHARE = 1e-9
"""Share of the ground that a layer may cover twice: rounding, never a whole polygon."""

MOST_THREADS = 4
BLOCKS = 64
MOST_COMBINATIONS = 2**62

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
        """Return the areas summed by the classes of some layers: an array with an axis for each, in that order."""
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
    with ThreadPoolExecutor(threads or min(MOST_THREADS, os.cpu_count() or 1)) as pool:
        _refuse_strange(layers, pool)
        polygons, classes = [layer.polygons for layer in layers], [layer.classes for layer in layers]
        crossing = crossing_of(polygons, classes, sizes_of(layers), pool)
        tiles = [pool.submit(crossing.in_tile, tile, SLIVER_M2) for tile in range(len(crossing.boxes))]
        try:
            done = [tile.result() for tile in tracked(tiles, report, MEASURING)]
        finally:
            pool.shutdown(cancel_futures=True)
    ground_m2 = float(shapely.area(layers[0].polygons).sum())
    _refuse_overlaps(done, ground_m2)
    return _table(done, sizes_of(layers), ground_m2)


def sizes_of(layers: Sequence[Coverage]) -> tuple[int, ...]:
    """Return the number of classes of each layer, with the one for no polygon in all but the first."""
    return layers[0].n_classes, *(layer.n_classes + 1 for layer in layers[1:])


def _refuse_strange(layers: Sequence[Coverage], pool: ThreadPoolExecutor) -> None:
    if len(layers) < 2:
        raise ValueError(f"areas are crossed between two layers or more, not {len(layers)}")
    if prod(sizes_of(layers)) > MOST_COMBINATIONS:
        raise ValueError(f"{sizes_of(layers)} classes have more combinations than can be numbered")
    for number, layer in enumerate(layers):
        fault = layer.problem() or _invalid(layer.polygons, pool)
        if fault:
            raise ValueError(f"layer {number}: {fault}")


def _invalid(polygons: NDArray[np.object_], pool: ThreadPoolExecutor) -> str:
    valid = np.concatenate(list(pool.map(shapely.is_valid, np.array_split(polygons, BLOCKS))))
    valid |= shapely.is_missing(polygons)
    return "" if valid.all() else f"{(~valid).sum()} polygons are not valid, first row {int(np.argmin(valid))}"


def _refuse_overlaps(tiles: Sequence[Crossed], ground_m2: float) -> None:
    overlaps_m2 = np.sum([tile.overlaps for tile in tiles], axis=0)
    for number in np.flatnonzero(overlaps_m2 > OVERLAP_TOLERATED_SHARE * ground_m2):
        raise ValueError(f"layer {number}: its polygons cover {overlaps_m2[number]:.6f} m² of the ground twice")


def _table(tiles: Sequence[Crossed], sizes: tuple[int, ...], ground_m2: float) -> CrossAreas:
    keys, row = np.unique(np.concatenate([tile.keys for tile in tiles]), return_inverse=True)
    areas = np.bincount(row, np.concatenate([tile.areas for tile in tiles]), minlength=len(keys))
    classes = np.column_stack(np.unravel_index(keys, sizes))
    return CrossAreas(classes, areas, sizes, sum(tile.dropped for tile in tiles), ground_m2)
