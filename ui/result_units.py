"""Units that only results know, on the map: garden sites, hazard classes, strips. A row of theirs is selected there.

What a scenario draws otherwise takes the place of the plan's units while it is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import shapely
from PySide6.QtCore import QObject

from analyses.progress import Report, tracked
from analyses.result import Table
from layers.text import Text
from puc_tool.figures.found_results import Results
from puc_tool.working.selection import Unit
from puc_tool.working.session import Session
from ui.desk import Desk
from ui.map.paths import path_of
from ui.map.scene import UnitShape
from ui.map.view import MapView
from ui.worker import Job

UNITS = "units"
OUTLINES = Text("Contorni delle unità dei risultati", "Outlines of the units of results")
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

    def _follow(self) -> None:
        results = self._session.looked_at
        if results is None:
            self._add(None, {})
            return
        redrawn = {table.spec.kind for table in results.tables} if results.shown_as else set()
        known = frozenset(self._of_layers) - redrawn
        work = Job(UNITS, lambda report: units_of(results, known, report), lambda found: self._add(results, found))
        self._desk.jobs.ask(work)

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


def units_of(results: Results, known: frozenset[str], report: Report) -> Shapes:
    """Return the units of every table that has a feature for each of its rows, but kinds that are ``known``."""
    tables = [table for table in results.tables if table.spec.kind not in known and "name" in table.frame]
    return {
        table.spec.kind: shapes
        for table in tracked(tables, report, OUTLINES)
        if (shapes := tuple(_shapes(results, table)))
    }


def _shapes(results: Results, table: Table) -> Iterator[UnitShape]:
    made_of, kind = table.spec.of_features, table.spec.kind
    layer = results.layer(kind)
    key = "code"
    if layer is None and made_of is not None:
        layer, key = results.layer(made_of.layer), made_of.keys[0][1]
    if layer is None or key not in layer or "name" not in layer or not layer[key].is_unique:
        return
    has_ground = (layer.area > 0.0).to_numpy()  # a class that is nowhere has a row, but no place on the map
    for code, name, geometry in zip(
        layer[key][has_ground], layer["name"][has_ground], layer.geometry[has_ground], strict=True
    ):
        if geometry.geom_type in ("Polygon", "MultiPolygon"):
            x, y = shapely.get_coordinates(shapely.point_on_surface(geometry))[0].tolist()
            unit = Unit(kind, str(code), str(name))
            yield UnitShape(unit, geometry, path_of(geometry), geometry.area, (x, y))
