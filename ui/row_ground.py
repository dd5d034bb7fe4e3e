"""The ground of the row that was chosen, where rows share theirs; and why there is none, where a row has no place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from analyses.result import Table
from layers.text import Text
from puc_tool.figures.found_results import Results
from puc_tool.figures.pieces import CellAsked, pieces_of
from puc_tool.working.selection import Unit
from puc_tool.working.session import Session
from ui.desk import Desk
from ui.map.scene import UnitShape
from ui.map.view import MapView
from ui.panels.result_view import ResultView
from ui.result_units import shape_over
from ui.worker import Job

ROWS = "rows"
NO_GROUND = Text("Questa riga non ha un luogo sulla mappa.", "This row has no place on the map.")


class RowGround(QObject):
    """Follows the rows that are chosen in the table of results. ``shown`` tells that their ground is on the map."""

    shown = Signal()

    def __init__(self, session: Session, desk: Desk, map_view: MapView, view: ResultView) -> None:
        super().__init__(map_view)
        self._session, self._desk, self._map, self._view = session, desk, map_view, view
        self._kind = ""
        view.chosen_changed.connect(self._follow)
        session.results_changed.connect(self._forget)
        session.tried_changed.connect(self._forget)

    def _follow(self) -> None:
        results, model = self._session.looked_at, self._view.model_of_table
        table = results.table(self._session.table_id) if results is not None else None
        rows = [row for row in self._view.chosen if not model.is_total(row)]
        if results is None or table is None or not rows:
            return
        units = [(row - model.table.has_total, unit) for row in rows if (unit := model.unit(row)) is not None]
        known = self._map.scene
        lacking = [unit for _, unit in units if known.shape_of(unit) is None]
        if table.spec.is_by_row and lacking:
            self._draw(results, table, units)
        elif len(lacking) == len(units) and (not table.spec.made_of or table.spec.kind in known.units):
            self._desk.said.emit(table.spec.no_pieces or NO_GROUND)

    def _draw(self, results: Results, table: Table, rows: Sequence[tuple[int, Unit]]) -> None:
        work = Job(ROWS, lambda _: tuple(shapes_of(results, table, rows)), lambda made: self._add(results, table, made))
        self._desk.jobs.ask(work)

    def _add(self, results: Results, table: Table, made: tuple[UnitShape, ...]) -> None:
        """Show the ground of the rows in the place of that of the rows before; say so where there is none."""
        if results is not self._session.looked_at:
            return
        if not made:
            self._desk.said.emit(table.spec.no_pieces or NO_GROUND)
        self._show(table.spec.kind, made)

    def _forget(self) -> None:
        """Let go of the ground of rows of other results."""
        if self._kind in self._map.scene.units:
            self._show(self._kind, ())

    def _show(self, kind: str, made: tuple[UnitShape, ...]) -> None:
        self._kind = kind
        scene = self._map.scene
        self._map.show_scene(replace(scene, units={**scene.units, kind: made}))
        self.shown.emit()


def shapes_of(results: Results, table: Table, rows: Sequence[tuple[int, Unit]]) -> Iterator[UnitShape]:
    """Yield the ground of ``rows`` (places and units) of a table whose rows share theirs; not those without any."""
    column = next(column.id for column in table.columns if column.decimals is not None)
    for place, unit in rows:
        found = pieces_of(results, CellAsked(table.spec.id, place, column))
        if found is not None and len(found.ids):
            yield shape_over(unit, found.frame.geometry.to_numpy())
