"""Asking where the number of a cell comes from: a double click, Alt+Enter on the cell, or the menu of the cell."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from layers.text import Lang, Text
from ui.keys import written
from ui.panels.result_view import ResultView

WHERE_FROM = Text("Da dove viene?", "Where does it come from?")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CellQuestions(QObject):
    """Listens to a `ResultView`. ``asked`` carries the row of its table and the column."""

    asked = Signal(int, int)

    def __init__(self, table: ResultView, lang: Lang) -> None:
        super().__init__(table)
        self._table, self._lang = table, lang
        table.doubleClicked.connect(self._ask)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._offer)
        table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Take Alt+Enter."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and is_question(event):
            self.ask()
            return True
        return False

    def ask(self) -> None:
        """Ask about the cell the keyboard is on."""
        self._ask(self._table.currentIndex())

    def menu(self, index: QModelIndex) -> QMenu:
        """Return the menu of a cell."""
        menu = QMenu(self._table)
        action = menu.addAction(f"{WHERE_FROM.to(self._lang)}\t{written('Alt+Return', self._lang)}")
        head = self._table.model_of_table.table.heads[index.column()]
        action.setEnabled(head.is_number)
        action.triggered.connect(lambda: self._ask(index))
        return menu

    def _offer(self, at: QPoint) -> None:
        index = self._table.indexAt(at)
        if index.isValid():
            self.menu(index).popup(self._table.viewport().mapToGlobal(at))

    def _ask(self, index: QModelIndex) -> None:
        if index.isValid():
            source = self._table.sorted.mapToSource(index)
            self.asked.emit(source.row(), source.column())


def is_question(event: QKeyEvent) -> bool:
    """Tell whether a key asks where a number comes from: Alt+Enter."""
    return event.key() in _ENTER and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
