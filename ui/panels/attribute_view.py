"""The table of a layer: sorted by its heads, edited by a double click or F2, edits taken back by its menu."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView

from layers.text import Lang, Text, number, say
from puc_tool.working import edited_values
from puc_tool.working.attribute_table import told
from puc_tool.working.session import Session
from ui.look import Look, font
from ui.panels.attribute_cells import AttributeCells
from ui.panels.attribute_model import AttributeModel
from ui.panels.result_heads import ResultHeads, two_lines_width
from ui.panels.shown_table import Row, ShownTable
from ui.panels.spreadsheet import as_text
from ui.tokens import GAP_8, ROW_H

EDIT = Text("Modifica\tF2", "Edit\tF2")
TAKE_BACK = Text("Ripristina il valore della fonte: {v}", "Restore the source's value: {v}")
NO_EDIT = Text("Ripristina il valore della fonte", "Restore the source's value")
ALL_BACK = Text("Togli tutte le modifiche del livello ({n})", "Take back all edits of the layer ({n})")
LOOK_AT = Text("Guarda sulla mappa", "Look at it on the map")
COPY = Text("Copia\tCtrl+C", "Copy\tCtrl+C")
_EMPTY = Text("vuoto", "empty")
_WIDEST, _SAMPLE = 260, 200
"""No column is wider (pixels); so many rows are measured for its width."""


class AttributeView(QTableView):
    """Shows an `AttributeModel`. ``map_wanted`` asks for the chosen features to be looked at, ``chosen`` tells them."""

    map_wanted = Signal()
    chosen = Signal()

    def __init__(self, session: Session, look: Look, lang: Lang) -> None:
        super().__init__()
        self._session, self._lang = session, lang
        self.model_of_features = AttributeModel(session, lang, self)
        self.setModel(self.model_of_features)
        self.setHorizontalHeader(ResultHeads(look, lambda: self.model_of_features.heads, self))
        self.horizontalHeader().setStretchLastSection(True)
        self.setItemDelegate(AttributeCells(look, lang, self.model_of_features, self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_H)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        self.setEditTriggers(triggers)
        self.setSortingEnabled(True)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._offer)
        self.selectionModel().selectionChanged.connect(self.chosen)

    def fit(self) -> None:
        """Give every column the room of its head and of the widest of its first rows."""
        model, metrics = self.model_of_features, QFontMetricsF(font("body"))
        rows = range(min(_SAMPLE, model.rowCount()))
        for place, head in enumerate(model.heads):
            cells = [str(model.index(row, place).data() or "") for row in rows]
            widest = ceil(max((metrics.horizontalAdvance(each) for each in cells), default=0.0))
            self.setColumnWidth(place, min(_WIDEST, max(widest, two_lines_width(head))) + 3 * GAP_8)

    def menu(self, index_at: QPoint) -> QMenu:
        """Return the menu of the cell at a place of the viewport."""
        menu, lang, index = QMenu(self), self._lang, self.indexAt(index_at)
        model, table = self.model_of_features, self.model_of_features.table
        assert table is not None, "a cell is there only with a table"
        can_edit = bool(model.flags(index) & Qt.ItemFlag.ItemIsEditable)
        edit = menu.addAction(EDIT.to(lang))
        edit.setEnabled(can_edit)
        edit.triggered.connect(lambda: self.edit(index))
        known = table.edit_at(model.row_of(index), index.column())
        said = NO_EDIT if known is None else say(TAKE_BACK.it, TAKE_BACK.en, v=told(known.before, lang) or _EMPTY)
        back = menu.addAction(said.to(lang))
        back.setEnabled(known is not None and can_edit)
        spot = table.spot(model.row_of(index), index.column())
        back.triggered.connect(lambda: edited_values.take_back(self._session, spot))
        self._offer_all_back(menu, can_edit=can_edit)
        menu.addSeparator()
        menu.addAction(LOOK_AT.to(lang)).triggered.connect(self.map_wanted)
        menu.addAction(COPY.to(lang)).triggered.connect(self.copy)
        return menu

    def _offer_all_back(self, menu: QMenu, *, can_edit: bool) -> None:
        table = self.model_of_features.table
        assert table is not None, "a cell is there only with a table"
        found = edited_values.edits_of(self._session, table.entry)
        count = 0 if found is None else len(found.values)
        action = menu.addAction(say(ALL_BACK.it, ALL_BACK.en, n=number(count)).to(self._lang))
        action.setEnabled(count > 0 and can_edit)
        action.triggered.connect(lambda: edited_values.take_all_back(self._session, table.entry))

    def _offer(self, at: QPoint) -> None:
        if self.indexAt(at).isValid():
            self.menu(at).popup(self.viewport().mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Copy the chosen rows with their head."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the chosen rows on the clipboard, as a spreadsheet takes them."""
        QGuiApplication.clipboard().setText(self.as_text())

    def as_text(self) -> str:
        """Return the chosen rows under their head, tab separated, numbers with the comma of the language."""
        model, table = self.model_of_features, self.model_of_features.table
        if table is None:
            return ""
        rows = [model.row_of(index) for index in sorted(self.selectionModel().selectedRows())]
        columns = range(len(model.heads))
        cells = [tuple(table.shown(row, place, self._lang) for place in columns) for row in rows]
        keys = [tuple(table.value(row, place) for place in columns) for row in rows]
        found = [Row(cell, key, ("",) * len(cell)) for cell, key in zip(cells, keys, strict=True)]
        return as_text(ShownTable(model.heads, tuple(found)), range(len(found)), list(columns), self._lang)
