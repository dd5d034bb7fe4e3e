"""Units that only results know, on the map: garden sites, hazard classes, strips. A row of theirs is selected there.

What a scenario draws otherwise takes the place of the plan's units while it is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from analyses.progress import Report, tracked
from analyses.result import PLACE, MadeOf, Table
from layers.text import NOTHING, Text
from puc_tool.figures.found_results import Results
from puc_tool.working.selection import Unit
from puc_tool.working.session import Session
from ui.desk import Desk
from ui.map.paths import path_of
from ui.map.scene import UnitShape
from ui.map.view import MapView
from ui.named_units import named_unit
from ui.worker import Job

UNITS = "units"
OUTLINES = Text("Contorni delle unità dei risultati", "Outlines of the units of results")
MARK_M = 15.0
"""How far around a point or a line its row is marked on the map, and found under a click."""
_FEW_POINTS = 50
Shapes = Mapping[str, tuple[UnitShape, ...]]


class ResultUnits(QObject):
    """Follows the session's results and gives the map the units that its layers do not have."""

    def __init__(self, session: Session, desk: Desk, map_view: MapView) -> None:
        super().__init__(map_view)
        self._session, self._desk, self._map = session, desk, map_view
        self._own: Shapes = {}
        self._lent: Shapes = {}
        session.results_changed.connect(self._follow)
        session.tried_changed.connect(self._follow)
        session.table_changed.connect(self._follow_table)

    def _follow(self) -> None:
        results = self._session.looked_at
        if results is None:
            self._add(None, {})
            return
        redrawn = {table.spec.kind for table in results.tables} if results.shown_as else set()
        known = frozenset(self._of_layers) - redrawn
        table_id = self._session.table_id
        work = Job(
            UNITS, lambda report: units_of(results, known, report, table_id), lambda found: self._add(results, found)
        )
        self._desk.jobs.ask(work)

    def _follow_table(self) -> None:
        """Draw the cells of the table that is looked at, the first time it is."""
        results, drawn = self._session.looked_at, self._map.scene.units
        table = results.table(self._session.table_id) if results is not None else None
        if results is None or table is None or table.spec.kind in drawn or not _is_of_cells(results, table):
            return
        self._follow()

    @property
    def _of_layers(self) -> Shapes:
        """The units that the layers of the study have."""
        return {kind: each for kind, each in self._map.scene.units.items() if each is not self._own.get(kind)} | {
            kind: each for kind, each in self._lent.items() if self._map.scene.units.get(kind) is self._own.get(kind)
        }

    def _add(self, results: Results | None, found: Shapes) -> None:
        if results is self._session.looked_at and (found or self._own):
            of_layers = self._of_layers
            self._own, self._lent = found, {kind: each for kind, each in of_layers.items() if kind in found}
            self._map.show_scene(replace(self._map.scene, units={**of_layers, **found}))


def units_of(results: Results, known: frozenset[str], report: Report, table_id: str = "") -> Shapes:
    """Return the units of every table whose rows have ground of their own, but kinds that are ``known``.

    Cells take seconds to be outlined: only those of the table called ``table_id`` are.
    """
    wanted = [table for table in results.tables if table.spec.kind not in known]
    tables = [table for table in wanted if table.spec.id == table_id or not _is_of_cells(results, table)]
    return {
        table.spec.kind: shapes
        for table in tracked(tables, report, OUTLINES)
        if (shapes := tuple(_shapes(results, table)) or tuple(_of_rows(results, table)))
    }


def _shapes(results: Results, table: Table) -> Iterator[UnitShape]:
    """Yield the units of a layer that has a feature for each row, by one code."""
    made_of, kind = table.spec.of_features, table.spec.kind
    layer = results.layer(kind)
    key = "code"
    if layer is None and made_of is not None:
        layer, key = results.layer(made_of.layer), made_of.keys[0][1]
    if layer is None or key not in layer or "name" not in layer or not layer[key].is_unique:
        return
    for code, name, geometry in zip(layer[key], layer["name"], layer.geometry, strict=True):
        if geometry.geom_type in ("Polygon", "MultiPolygon") and geometry.area > 0.0:
            yield _shape(Unit(kind, str(code), str(name)), geometry)


def _of_rows(results: Results, table: Table) -> Iterator[UnitShape]:
    """Yield the ground of rows that no code of units tells of: all the features that say what the row says."""
    yield from _of_bits(results, table)
    grounds = [each for each in (_Ground.of(results, made_of) for made_of in table.spec.grounds) if each is not None]
    for place, row in enumerate(table.frame.to_dict("records") if "code" not in table.frame else (), 1):
        ground = next((each for each in grounds if len(each.parts_of(row, place))), None)
        if ground is not None:
            parts = ground.parts_of(row, place)
            unit = named_unit(table.spec, row, place)
            own = replace(unit, name=str(row["name"]), words=NOTHING) if "name" in row else unit
            yield _shape(own, _apart(parts) if ground.are_cells else _ground(parts))


@dataclass(frozen=True)
class _Ground:
    """The features of a layer by what they say of the rows of a table."""

    made_of: MadeOf
    geometry: NDArray[np.object_]
    places: Mapping[object, NDArray[np.intp]]
    are_cells: bool

    @classmethod
    def of(cls, results: Results, made_of: MadeOf) -> _Ground | None:
        """Return them; None where the results have no such layer."""
        layer = results.ground(made_of.layer)
        if layer is None or not {where for _, where in made_of.keys} <= set(layer):
            return None
        said = [layer[where].fillna("").astype(str) for _, where in made_of.keys]
        are_cells = results.layer(made_of.layer) is None
        return cls(made_of, layer.geometry.to_numpy(), layer.groupby(said).indices, are_cells)

    def parts_of(self, row: Mapping[str, object], place: int) -> NDArray[np.object_]:
        """Return the ground of a row."""
        said = [str(place if name == PLACE else row[name]) for name, _ in self.made_of.keys]
        key = tuple(self.made_of.codes.get(each, each) for each in said)
        return self.geometry[self.places.get(key if len(key) > 1 else key[0], [])]


def _is_of_cells(results: Results, table: Table) -> bool:
    """Tell whether the ground of rows is cells of a raster."""
    made_of = table.spec.of_rows
    is_raster = made_of is not None and "code" not in table.frame and results.layer(made_of.layer) is None
    return is_raster or any(each.is_bits for each in table.spec.made_of)


def _of_bits(results: Results, table: Table) -> Iterator[UnitShape]:
    """Yield the ground of rows that are bits of a raster: all the cells that have the bit, whatever else they have."""
    made_of = next((each for each in table.spec.made_of if each.is_bits), None)
    for place, row in enumerate(table.frame.to_dict("records") if made_of else (), 1):
        cells = results.cells_with(made_of.layer, place - 1, is_alone=False) if made_of else None
        if cells is not None and len(cells):
            unit = Unit(table.spec.kind, table.spec.code_of(row, place), str(row.get("name", place)))
            yield _shape(unit, _apart(cells.geometry.to_numpy()))


def _apart(parts: NDArray[np.object_]) -> shapely.Geometry:
    """Return pieces of cells of one value as one: they meet at corners alone, so nothing has to be united."""
    return shapely.multipolygons(shapely.get_parts(parts))


def _ground(parts: NDArray[np.object_]) -> shapely.Geometry:
    """Return the ground of several features as one; points and lines as what lies near them.

    Many points stay apart: to unite thousands takes seconds, and nobody measures what lies near them.
    """
    is_flat = shapely.get_dimensions(parts) == 2
    if len(parts) > _FEW_POINTS and (shapely.get_dimensions(parts) == 0).all():
        return shapely.multipolygons(shapely.buffer(parts, MARK_M, quad_segs=2))
    grounds = np.where(is_flat, parts, shapely.buffer(parts, MARK_M))
    return grounds[0] if len(grounds) == 1 else shapely.union_all(grounds)


def shape_over(unit: Unit, parts: NDArray[np.object_]) -> UnitShape:
    """Return a unit that is the ground of several features together."""
    return _shape(unit, _ground(parts))


def _shape(unit: Unit, geometry: shapely.Geometry) -> UnitShape:
    x, y = shapely.get_coordinates(shapely.point_on_surface(geometry))[0].tolist()
    return UnitShape(unit, geometry, path_of(geometry), geometry.area, (x, y))
