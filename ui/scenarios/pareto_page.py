"""All scenarios by two criteria: the choice of both, the chart, and the same numbers as a table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from layers.text import Lang, Text, joined, say
from puc_tool.scenarios.scenario_chart import chart, criteria, tells_apart
from puc_tool.scenarios.scenario_desk import ScenarioDesk
from ui.forms.choice import Choice
from ui.look import Look
from ui.parts import inset, words
from ui.scenarios.pareto_chart import ParetoChart
from ui.scenarios.points_model import PointsModel
from ui.scenarios.work import ScenarioWork
from ui.tokens import GAP_4, GAP_8, GAP_12, INSET, ROW_H

ACROSS, UP = Text("Criterio in orizzontale", "Criterion across"), Text("Criterio in verticale", "Criterion up")
POINTS = Text("Scenari del grafico", "Scenarios of the chart")
UNKNOWN = Text("Senza valore per questi criteri: {s}.", "Without a value for these criteria: {s}.")
_NUMBER_W, _STATE_W = 78, 98
_FIRST_PAIR = (0, 1)
_ROWS_SHOWN = 3


class ParetoPage(QWidget):
    """Follows the work on scenarios."""

    def __init__(self, work: ScenarioWork, look: Look, lang: Lang) -> None:
        super().__init__()
        self._work, self._lang = work, lang
        self._criteria = criteria()
        titles = [each.label.to(lang) for each in self._criteria]
        self._is_chosen = False
        self.across = Choice(ACROSS.to(lang), self._choose_criterion, look)
        self.up = Choice(UP.to(lang), self._choose_criterion, look)
        for choice, place in zip((self.up, self.across), _FIRST_PAIR, strict=True):
            choice.offer(titles, place)
        self.chart = ParetoChart(work, look, lang)
        self.model = PointsModel(look, lang, self)
        self.table = self._table()
        self.note = words("", "small", "ink2", wrap=True)
        column = inset(QVBoxLayout(self), 0, GAP_8, 0, 0, GAP_8)
        row = inset(QHBoxLayout(), INSET, 0, INSET, 0, GAP_8)
        for label, choice in zip(("↑", "→"), (self.up, self.across), strict=True):
            row.addWidget(words(label, "strong", "ink2"))
            row.addWidget(choice, 1)
        column.addLayout(row)
        held = inset(QVBoxLayout(), INSET, 0, INSET, 0, GAP_4)
        held.addWidget(self.chart, 1)
        held.addWidget(self.note)
        column.addLayout(held, 1)
        numbers = inset(QVBoxLayout(), INSET, 0, GAP_12, GAP_4)
        numbers.addWidget(self.table)
        column.addLayout(numbers)
        work.changed.connect(self.follow)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Come up to date."""
        super().showEvent(event)
        self.follow()

    def follow(self) -> None:
        """Show the scenarios as they stand, while somebody looks."""
        if not self.isVisible():
            return
        found, measured, code = None, self._work.measured, self._work.code
        if measured is not None:
            if not self._is_chosen:
                self._suggest(measured, code)
            across, up = (self._criteria[each.currentIndex()] for each in (self.across, self.up))
            found = chart(measured, across, up, code)
        if found != self.model.chart:
            self.model.show_chart(found)
            self.table.setFixedHeight(self.table.horizontalHeader().height() + ROW_H * _rows(self.model) + 2)
        self.chart.show_chart(found)
        self._tell(found.unknown if found else ())
        self._mark()

    def _choose_criterion(self, _: int) -> None:
        self._is_chosen = True
        self.follow()

    def _suggest(self, measured: ScenarioDesk, code: str) -> None:
        """Begin with the first two criteria that tell the scenarios apart; what somebody has chosen stays."""
        apart = [at for at, each in enumerate(self._criteria) if tells_apart(measured, each, code)]
        for choice, place in zip((self.up, self.across), dict.fromkeys((*apart, *_FIRST_PAIR)), strict=False):
            choice.setCurrentIndex(place)

    def _tell(self, unknown: tuple[Text, ...]) -> None:
        self.note.setText(say(UNKNOWN.it, UNKNOWN.en, s=joined(unknown, ", ")).to(self._lang) if unknown else "")
        self.note.setVisible(bool(unknown))

    def _mark(self) -> None:
        """Keep the row of the scenario in hand the current one; nobody is asked for it."""
        points = self.model.chart.points if self.model.chart else ()
        place = next((at for at, each in enumerate(points) if each.scenario == self._work.chosen), -1)
        model = self.table.selectionModel()
        model.blockSignals(True)
        self.table.setCurrentIndex(self.model.index(place, 0))
        model.blockSignals(False)
        self.table.viewport().update()

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(POINTS.to(self._lang))
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_H)
        head = table.horizontalHeader()
        head.setFixedHeight(ROW_H)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, _NUMBER_W), (2, _NUMBER_W), (3, _STATE_W)):
            table.setColumnWidth(column, width)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setTabKeyNavigation(False)
        table.selectionModel().currentRowChanged.connect(lambda now, _: self._choose(now.row()))
        return table

    def _choose(self, place: int) -> None:
        points = self.model.chart.points if self.model.chart else ()
        if 0 <= place < len(points):
            self._work.choose(points[place].scenario)


def _rows(model: PointsModel) -> int:
    return max(1, min(model.rowCount(), _ROWS_SHOWN))
