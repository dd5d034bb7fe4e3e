"""Fragments: the largest pieces of ground that lie in one unit of every kind at once.

Whatever is measured by fragment adds up the same way over neighbourhoods, zones, hazard classes and any two of them
crossed: every table that is summed from fragments closes with every other.

Method: one partition of the ground after the other cuts what the earlier ones left (GEOS). Pieces that lie whole in a
polygon are not cut. The areas of the pieces are brought to that of the ground they were cut from, which changes them by
rounding only: so nothing is lost over many cuts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from analyses.overlay import polygonal
from analyses.progress import Report, silent, tracked
from layers.text import Text

CUTTING = Text("Incrocio delle unità", "Crossing the units")

DUST_M2 = 1e-6
"""A piece under a square millimetre is what rounding leaves between edges that are one; its ground goes to the rest."""

_CLOSE_SHARE, _CLOSE_M2 = 1e-10, 1e-6
_FINE_GRID = 1e-7

Polygons = NDArray[np.object_]
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Partition:
    """Polygons that tile the ground, ``row`` being the unit each belongs to."""

    id: str
    polygons: Polygons
    row: Indices


@dataclass(frozen=True)
class Fragments:
    """Pieces of ground, their area, and, by the id of each partition, the row of the unit they lie in.

    ``area_m2`` adds up to the ground that was cut; it may differ from the area of ``polygons`` by rounding.
    """

    polygons: Polygons
    area_m2: NDArray[np.float64]
    rows: Mapping[str, Indices]


def fragments(ground: shapely.Geometry, partitions: Sequence[Partition], *, report: Report = silent) -> Fragments:
    """Cut ``ground`` by every partition.

    Parameters
    ----------
    ground : valid (multi)polygon in a metric CRS
    partitions : each tiles the ground; where polygons of one overlap after all, they share it in proportion, and
        ground that none of them covers goes to the pieces beside it
    report : told the share done; may raise Cancelled

    Returns
    -------
    Fragments
        In the order of the ground's parts and, within, of the partitions' polygons: the same whatever cut them.
    """
    parts = shapely.get_parts(ground)
    return cut_by(Fragments(parts, shapely.area(parts), {}), partitions, report=report)


def cut_by(found: Fragments, partitions: Sequence[Partition], *, report: Report = silent) -> Fragments:
    """Return ``found`` cut by further partitions, as ``fragments`` cuts the ground."""
    for partition in tracked(partitions, report, CUTTING):
        found = _cut(found, partition)
    return found


def _cut(found: Fragments, by: Partition) -> Fragments:
    piece, polygon = _pairs(found.polygons, by.polygons)
    cut = _shared(found.polygons, by.polygons, piece, polygon)
    area_m2 = shapely.area(cut)
    area_m2 = _closed(_without_dust(area_m2, piece), piece, found.area_m2)
    real = area_m2 > 0.0
    piece = piece[real]
    rows = {name: row[piece] for name, row in found.rows.items()}
    return Fragments(polygonal(cut[real]), area_m2[real], rows | {by.id: by.row[polygon[real]]})


def _pairs(pieces: Polygons, polygons: Polygons) -> tuple[Indices, Indices]:
    """Return which pieces may share ground with which polygons, piece by piece."""
    piece, polygon = shapely.STRtree(polygons).query(pieces)
    order = np.lexsort((polygon, piece))
    return piece[order], polygon[order]


def _shared(pieces: Polygons, polygons: Polygons, piece: Indices, polygon: Indices) -> Polygons:
    """Return the ground that each pair shares.

    GEOS, in rare and nearly coincident cases, loses a part or gives the whole of one that only touches: the parts of a
    piece must add up to it. Those that do not are cut again in other ways, and the way that comes nearest is taken.
    """
    shapely.prepare(polygons)
    shared = pieces[piece]
    touched = np.flatnonzero(~shapely.covers(polygons[polygon], shared))
    shared[touched] = shapely.intersection(shared[touched], polygons[polygon[touched]])
    whole = shapely.area(pieces)
    for way in _OTHER_WAYS:
        gap = _gaps(shared, piece, whole)
        again = np.flatnonzero((gap > np.maximum(_CLOSE_M2, _CLOSE_SHARE * whole))[piece])
        if not len(again):
            break
        other = shared.copy()
        other[again] = way(pieces[piece[again]], polygons[polygon[again]])
        shared = np.where((_gaps(other, piece, whole) < gap)[piece], other, shared)
    return shared


_OTHER_WAYS: tuple[Callable[[Polygons, Polygons], Polygons], ...] = (
    lambda first, second: shapely.intersection(second, first),
    lambda first, second: shapely.difference(first, shapely.difference(first, second)),
    lambda first, second: shapely.intersection(first, second, grid_size=_FINE_GRID),
)


def _gaps(shared: Polygons, piece: Indices, whole_m2: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return, of each piece, by how much its parts are more or less than it."""
    return np.abs(whole_m2 - np.bincount(piece, shapely.area(shared), len(whole_m2)))


def _without_dust(area_m2: NDArray[np.float64], piece: Indices) -> NDArray[np.float64]:
    """Return the areas with dust as nothing, unless it is the most there is of its piece."""
    most = np.zeros(int(piece.max(initial=-1)) + 1)
    np.maximum.at(most, piece, area_m2)
    return np.where((area_m2 < DUST_M2) & (area_m2 < most[piece]), 0.0, area_m2)


def _closed(area_m2: NDArray[np.float64], piece: Indices, whole_m2: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bring the parts of each piece to its area."""
    covered = np.bincount(piece, area_m2, len(whole_m2))
    return area_m2 * np.divide(whole_m2, covered, out=np.zeros_like(covered), where=covered > 0.0)[piece]
