"""What a layer holds, as fingerprints: enough to count what changed in it later, without keeping the layer.

A feature is one 64-bit mark of its fields and of its outline to the millimetre, so that the last bits in which two
processors differ are no change. Cells are kept as they are: only so is the count of those that changed exact.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray

from layers import crs as coordinate_systems
from layers.geometry_kinds import shape_of
from layers.grid import Window
from layers.intake import Ground, Intake
from layers.problems import PucError
from layers.raster import FileRaster

CELLS = "cells"
MIXED = "feature"
MOST_CELLS = 16_000_000
"""Of a larger raster only that it changed is told."""

_DECIMALS = 3
_SEED = "PUC Tool sources"

Marks = NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True)
class Content:
    """A layer's fingerprints.

    ``kind`` is polygon, line, point, feature (of several shapes) or cells. ``marks`` are the features' marks, sorted,
    or the cells row by row, where 0 is no data; ``place`` says where the cells lie. ``area_m2`` is that of the
    features, or of all the cells, in the study's CRS.
    """

    kind: str
    marks: Marks
    area_m2: float
    place: str = ""


@dataclass(frozen=True)
class Difference:
    """How many features or cells changed, came and went, and by how much the area grew (of cells: what changed)."""

    kind: str
    changed: int
    added: int
    removed: int
    area_m2: float

    @property
    def count(self) -> int:
        """All that is no longer as it was."""
        return self.changed + self.added + self.removed


def content_of(intake: Intake, ground: Ground) -> Content | None:
    """Return the fingerprints of a layer that was taken in; None without one, or of a raster too large."""
    if intake.layer is None:
        return None
    if isinstance(intake.layer, FileRaster):
        return _cells(intake.layer, ground)
    marks = feature_marks(intake.layer)
    return Content(_kind(intake.layer), np.sort(marks), float(intake.layer.area.sum()))


def feature_marks(layer: GeoDataFrame) -> NDArray[np.uint64]:
    """Return one mark per feature, of all its fields and its geometry; equal features have equal marks."""
    rounded = shapely.transform(layer.geometry.to_numpy(), lambda xy: np.round(xy, _DECIMALS) + 0.0)
    columns = layer.drop(columns=layer.geometry.name).astype(object)
    columns = columns.where(columns.notna(), None).map(str)
    together = columns.assign(**{"": shapely.to_wkb(rounded, byte_order=1)})
    return pd.util.hash_pandas_object(together, index=False, hash_key=_SEED, categorize=False).to_numpy()


def difference(before: Content, now: Content) -> Difference | None:
    """Return what changed from ``before`` to ``now``; None where the two can't be compared."""
    if CELLS in (before.kind, now.kind):
        return _of_cells(before, now)
    went, came = _count_of_those_not_in(before.marks, now.marks), _count_of_those_not_in(now.marks, before.marks)
    changed = min(went, came)
    return Difference(now.kind, changed, came - changed, went - changed, now.area_m2 - before.area_m2)


def _of_cells(before: Content, now: Content) -> Difference | None:
    if before.place != now.place or len(before.marks) != len(now.marks):
        return None
    changed = int((before.marks != now.marks).sum())
    return Difference(CELLS, changed, 0, 0, now.area_m2 * changed / max(1, len(now.marks)))


def _count_of_those_not_in(marks: Marks, others: Marks) -> int:
    """Return how many of ``marks`` have no partner among ``others``, equal ones counted one by one."""
    values, count = np.unique(marks, return_counts=True)
    known, partners = np.unique(others, return_counts=True)
    at = np.searchsorted(known, values).clip(max=max(0, len(known) - 1))
    found = np.where(known[at] == values, partners[at], 0) if len(known) else np.zeros_like(count)
    return int((count - found).clip(min=0).sum())


def _kind(layer: GeoDataFrame) -> str:
    shapes = Counter(shape_of(kind) for kind in layer.geom_type.unique())
    only = next(iter(shapes)) if len(shapes) == 1 else None
    return MIXED if only is None else only.name.lower()


def _cells(raster: FileRaster, ground: Ground) -> Content | None:
    """Return the cells over the study: what lies beyond changes no figure."""
    try:
        window = _over(raster, ground)
        if window.width * window.height > MOST_CELLS:
            return None
        part = raster.grid.part(window)
        outline = GeoDataFrame(geometry=GeoSeries([shapely.box(*part.bounds)], crs=part.crs).segmentize(part.cell_size))
        moved, _ = coordinate_systems.reproject(outline, ground.crs, ground.grids)
        tokens = _tokens(raster.read(window))
    except PucError:  # the check of the layer tells why
        return None
    place = f"{coordinate_systems.name_of(part.crs)} {tuple(part.transform)[:6]} {part.width} {part.height}"
    return Content(CELLS, tokens, float(moved.area.sum()), place)


def _over(raster: FileRaster, ground: Ground) -> Window:
    grid = raster.grid
    if ground.boundary is None:
        return grid.whole
    outline = GeoDataFrame(geometry=[shapely.box(*shapely.bounds(ground.boundary))], crs=ground.crs)
    moved, _ = coordinate_systems.reproject(outline, grid.crs, ground.grids)
    left, bottom, right, top = moved.total_bounds
    return grid.window_over(
        (left - grid.cell_size, bottom - grid.cell_size, right + grid.cell_size, top + grid.cell_size)
    )


def _tokens(cells: np.ma.MaskedArray) -> Marks:
    """Return the bits of every cell plus one, in the narrowest whole numbers; 0 where there is no data."""
    bits = np.ascontiguousarray(cells.data).view(f"u{cells.dtype.itemsize}").astype(np.uint64) + np.uint64(1)
    tokens = np.where(np.ma.getmaskarray(cells), np.uint64(0), bits).ravel()
    return tokens.astype(np.min_scalar_type(int(tokens.max(initial=0))))
