"""What features are known by when their source is delivered anew, and which feature of a layer bears a mark.

A code comes first: the first naming field that the layer has any value of decides, and nobody else may hold the value.
Where no code tells, outline and values have to be the same to the last bit. Who merely lies there is never taken, only
proposed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from layers.reference import Cell, Edit, Mark
from layers.spec import Role

NAMING = ("code", "zone", "name")
"""Fields that tell a feature from all others of its layer, the firmest first."""
_NEAR_M = 0.5
"""A point, or a line, that lies no farther from the place of an edit lies at it."""

Values = Callable[[int, str], Cell]
"""What the source holds of a feature, by row and field."""


@dataclass(frozen=True)
class Marked:
    """A layer in the study's CRS, of whose features marks are taken; ``values`` are those of its source."""

    layer: GeoDataFrame
    role: Role
    values: Values

    def mark(self, row: int, field: str) -> Mark:
        """Return what the feature in ``row`` is known by, whatever ``field`` holds."""
        outline = self.layer.geometry.at[row]
        names = [name for name in NAMING if self.role.field(name)]
        codes = tuple((name, str(code)) for name in names if (code := self.values(row, name)) is not None)
        alone = tuple((name, code) for name, code in codes if self._is_alone(row, name, code))
        return Mark(alone, self.content(row, field), _place(outline))

    def content(self, row: int, field: str) -> str:
        """Return the sum of the outline and of all the values that the source has, but that of ``field``."""
        others = (each.name for each in self.role.fields if each.name != field)
        said = {name: value for name in others if (value := self.values(row, name)) is not None}
        written = json.dumps(said, sort_keys=True).encode()
        return hashlib.sha256(_written(self.layer.geometry.at[row]) + written).hexdigest()

    def _is_alone(self, row: int, name: str, code: str) -> bool:
        """Tell whether no other feature's source says the same; only those that say it now are looked at."""
        if name not in self.layer.columns:
            return True
        alike = self.layer.index[(self.layer[name] == code).to_numpy(bool)]
        return all(int(other) == row or self.values(int(other), name) != code for other in alike)


@dataclass(frozen=True)
class Features:
    """A layer in which marks are looked for. ``place`` returns it in the study's CRS, or nothing where it can't be."""

    layer: GeoDataFrame
    role: Role
    place: Callable[[], GeoDataFrame | None]

    def bearing(self, edit: Edit) -> list[int]:
        """Return the rows that bear the mark of an edit: one, if it is found; several that can't be told apart."""
        codes = edit.mark.codes if edit.mark else ()
        told = next(((name, code) for name, code in codes if self._has(name)), None)
        if told is None:
            return self._alike(edit, self._there(edit))
        named = [int(row) for row in self.layer.index[(self.layer[told[0]] == told[1]).to_numpy(bool)]]
        return named if len(named) < 2 else self._alike(edit, named) or named

    def lying_at(self, edit: Edit) -> int | None:
        """Return the one feature that lies where that of an edit lay; None if there is none, or several."""
        there = self._there(edit)
        return there[0] if len(there) == 1 else None

    def _has(self, name: str) -> bool:
        return name in self.layer.columns and bool(self.layer[name].notna().any())

    def _alike(self, edit: Edit, rows: Collection[int]) -> list[int]:
        """Return those of ``rows`` with the very outline and values that the feature of an edit had."""
        placed, mark = self._placed, edit.mark
        if placed is None or mark is None:
            return []
        marked = Marked(placed, self.role, lambda row, name: value_at(self.layer, row, name))
        return [row for row in rows if row in placed.index and marked.content(row, edit.field) == mark.content]

    def _there(self, edit: Edit) -> list[int]:
        """Return the rows that lie where the feature of an edit lay."""
        placed = self._placed
        if placed is None or edit.mark is None or edit.mark.at is None:
            return []
        found = placed.sindex.query(shapely.Point(edit.mark.at), predicate="dwithin", distance=_NEAR_M)
        return sorted(int(row) for row in placed.index[found])

    @cached_property
    def _placed(self) -> GeoDataFrame | None:
        return self.place()


def value_at(layer: GeoDataFrame, row: int, field: str) -> Cell:
    """Return what a feature holds; nothing where the layer has no such field."""
    value = layer[field].at[row] if field in layer.columns else None
    if value is None or pd.isna(value):
        return None
    return float(value) if isinstance(value, int | float | np.number) else str(value)


def _place(outline: shapely.Geometry | None) -> tuple[float, float] | None:
    """Return a point of an outline, to the millimetre."""
    if outline is None or outline.is_empty:
        return None
    point = shapely.point_on_surface(outline)
    return round(point.x, 3), round(point.y, 3)


def _written(outline: shapely.Geometry | None) -> bytes:
    """Return the same for one outline, wherever it begins and whether or not it stands alone in a collection."""
    if outline is None or outline.is_empty:
        return b""
    parts = shapely.get_parts(shapely.normalize(shapely.force_2d(outline)))
    return b"".join(shapely.to_wkb(each) for each in parts)
