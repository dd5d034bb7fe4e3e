"""The list of scenarios: the current row is the one in hand, on the map and everywhere. F2 renames, Del removes."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from layers.text import Lang, Text
from puc_tool.working.session import Session
from ui.look import Look
from ui.scenarios.list_model import EDITS, STATE, TITLE, ScenarioListModel
from ui.scenarios.work import ScenarioWork
from ui.tokens import ROW_H

NAME = Text("Elenco degli scenari", "List of the scenarios")
_EDITS_W, _STATE_W = 64, 96
_LEAST, _MOST = 3, 5


class ScenarioList(QTableView):
    """``new_wanted`` and ``removal_wanted`` ask for another scenario, and for the one in hand to go."""

    new_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self, session: Session, work: ScenarioWork, look: Look, lang: Lang) -> None:
        super().__init__()
        self._work = work
        self.model_of_list = ScenarioListModel(session, work, look, lang, self)
        self.setModel(self.model_of_list)
        self.setAccessibleName(NAME.to(lang))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_H)
        head = self.horizontalHeader()
        head.setFixedHeight(ROW_H)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(EDITS, _EDITS_W)
        self.setColumnWidth(STATE, _STATE_W)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentRowChanged.connect(self._choose)
        work.changed.connect(self._follow)
        self._follow()

    def rename(self) -> None:
        """Begin to type another title for the scenario in hand."""
        index = self.model_of_list.index(self.model_of_list.place_of(self._work.chosen), TITLE)
        if self.model_of_list.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentIndex(index)
            self.edit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Make and remove by keys."""
        if event.key() == Qt.Key.Key_Insert:
            self.new_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removal_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self, now: QModelIndex, _: QModelIndex) -> None:
        if now.isValid():
            self._work.choose(self.model_of_list.rows[now.row()].id)

    def _follow(self) -> None:
        """Keep the row of the scenario in hand the current one, and as much room as the rows want."""
        place = self.model_of_list.place_of(self._work.chosen)
        if self.currentIndex().row() != place:
            self.setCurrentIndex(self.model_of_list.index(place, TITLE))
        shown = max(_LEAST, min(self.model_of_list.rowCount(), _MOST))
        self.setFixedHeight(ROW_H * (shown + 1))
