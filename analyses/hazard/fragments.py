"""The ground of a study cut into pieces that have one hazard class and lie in one unit of every kind.

Every figure and every row of hazard exposure is a sum over these pieces, so parts add up to the whole in every table,
and each figure can name the pieces that make it. Ground in no class is cut out too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from analyses.hazard.classes import Zones
from analyses.overlay import Indices, Polygons, pieces, polygonal
from analyses.progress import Report, tracked
from analyses.units import Units
from layers.text import Text
from layers.union import rest_of, union_of_parts

NO_CLASS = -1
CUTTING = Text("Ritaglio delle classi nelle unità", "Cutting classes at the units")
_BLOCKS = 20


@dataclass(frozen=True)
class Ground:
    """The boundary cut by every kind of unit: ``unit[kind]`` is the row of each piece among the units of that kind."""

    geometry: Polygons
    unit: dict[str, Indices]


def ground_of(everywhere: Sequence[Units]) -> Ground:
    """Return the pieces of ground between the outlines of all ``everywhere``, each kind of which is a partition."""
    first, *others = everywhere
    geometry = first.frame.geometry.to_numpy()
    held = ~shapely.is_empty(geometry)
    ground, unit = geometry[held], {first.id: np.flatnonzero(held)}
    for each in others:
        ground, before, now = pieces(ground, each.frame.geometry.to_numpy())
        unit = {kind: rows[before] for kind, rows in unit.items()} | {each.id: now}
    return Ground(ground, unit)


def fragments(ground: Ground, zones: Zones, report: Report) -> GeoDataFrame:
    """Return the pieces of ``ground`` under each class, and those under none.

    Columns: ``zone_row`` (row of ``zones.frame``, or ``NO_CLASS``), one column per kind of unit (row of its frame),
    ``area_m2``, geometry.
    """
    parts, part_row = _parts(zones)
    cut, piece, part = pieces(ground.geometry, parts)
    rest, rest_piece = _rest(ground.geometry, cut, piece, report)
    rows = np.concatenate([part_row[part], np.full(len(rest), NO_CLASS)])
    of_piece = np.concatenate([piece, rest_piece])
    geometry = np.concatenate([cut, rest])
    columns = {kind: unit[of_piece] for kind, unit in ground.unit.items()}
    frame = pd.DataFrame({"zone_row": rows, **columns, "area_m2": shapely.area(geometry)})
    return GeoDataFrame(frame, geometry=geometry, crs=zones.frame.crs)


def _parts(zones: Zones) -> tuple[Polygons, Indices]:
    """Return the single polygons of every zone: small outlines meet few pieces."""
    parts, row = shapely.get_parts(zones.frame.geometry.to_numpy(), return_index=True)
    return parts, row.astype(np.intp)


def _rest(ground: Polygons, cut: Polygons, piece: Indices, report: Report) -> tuple[Polygons, Indices]:
    """Return what of each ground no cut piece covers, and of which ground it is."""
    order = np.argsort(piece, kind="stable")
    starts = np.searchsorted(piece[order], np.arange(len(ground) + 1))
    rest = ground.copy()
    for block in tracked(np.array_split(np.arange(len(ground)), _BLOCKS), report, CUTTING):
        for row in block[starts[block] < starts[block + 1]]:
            covered = cut[order[starts[row] : starts[row + 1]]]
            rest[row] = rest_of(ground[row], union_of_parts(covered))
    rest = polygonal(rest)
    left = shapely.area(rest) > 0.0
    return rest[left], np.flatnonzero(left)
