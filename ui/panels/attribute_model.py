"""The features of a layer as an item model that can be edited; sorted and searched by an order of its own rows.

A layer may have half a million features, so nothing is made before it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from layers.problems import PucError
from layers.spec import Kind
from layers.text import Lang, Text, say
from puc_tool.figures.amounts import said_unit
from puc_tool.working import edited_values
from puc_tool.working.attribute_table import AttributeTable, told
from puc_tool.working.session import Session
from ui.panels.shown_table import Head

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
EDITED_ROLE = int(Qt.ItemDataRole.UserRole)
IN_SOURCE = Text("Modificato. Nella fonte: {v}", "Edited. In the source: {v}")
_EMPTY = Text("vuoto", "empty")
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class AttributeModel(QAbstractTableModel):
    """Shows an `AttributeTable`. ``refused`` carries why a value can't be so, ``edited`` that one was taken."""

    refused = Signal(object)
    edited = Signal()

    def __init__(self, session: Session, lang: Lang, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._lang = session, lang
        self.table: AttributeTable | None = None
        self.heads: tuple[Head, ...] = ()
        self.can_edit = True
        self._order: NDArray[np.intp] = np.empty(0, np.intp)
        self._sorted: tuple[int, bool] | None = None
        self._words: tuple[str, ...] = ()

    def show(self, table: AttributeTable | None) -> None:
        """Show another table; where only values are others, every row stays where it is."""
        if self._is_same_layer(table):
            self.table = table
            last = self.index(max(0, self.rowCount() - 1), max(0, self.columnCount() - 1))
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.table, self._sorted, self._words = table, None, ()
        self.heads = (
            () if table is None else tuple(_head(table, place, self._lang) for place in range(len(table.fields)))
        )
        self._order = np.arange(0 if table is None else len(table.labels))
        self.endResetModel()

    def _is_same_layer(self, table: AttributeTable | None) -> bool:
        if table is None or self.table is None or table.entry.ref.key != self.table.entry.ref.key:
            return False
        return np.array_equal(table.labels, self.table.labels)

    def search(self, words: str) -> None:
        """Keep the rows that hold all these words."""
        self._words = tuple(words.split())
        self._put_in_order()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; by none the rows stand as in the source."""
        self._sorted = (column, order is Qt.SortOrder.AscendingOrder) if column >= 0 else None
        self._put_in_order()

    def _put_in_order(self) -> None:
        if self.table is None:
            return
        self.beginResetModel()
        order = np.arange(len(self.table.labels))
        if self._sorted is not None:
            order = self.table.ordered(self._sorted[0], is_ascending=self._sorted[1])
        self._order = order[self.table.holding(self._words)[order]] if self._words else order
        self.endResetModel()

    def row_of(self, index: Index) -> int:
        """Return the row of the table that a row shown is."""
        return int(self._order[index.row()])

    def shown_rows(self, rows: NDArray[np.intp] | Sequence[int]) -> NDArray[np.intp]:
        """Return where these rows of the table are shown, those that are."""
        return np.flatnonzero(np.isin(self._order, rows))

    def outlines(self, indexes: Sequence[Index]) -> list[shapely.Geometry]:
        """Return where features lie."""
        return [self.table.outline(self.row_of(each)) for each in indexes] if self.table is not None else []

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802 (Qt's name)
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: N802 (Qt's name)
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.heads)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let values be edited, where the study may be changed."""
        is_open = index.isValid() and self.can_edit and not self._session.is_read_only
        return super().flags(index) | (Qt.ItemFlag.ItemIsEditable if is_open else Qt.ItemFlag.NoItemFlags)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says, and whether somebody edited it."""
        if not index.isValid() or self.table is None:
            return None
        row, column = self.row_of(index), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.heads[column].is_number else _LEFT
        if role == Qt.ItemDataRole.DisplayRole:
            return self.table.worded(row, column, self._lang)
        if role == Qt.ItemDataRole.EditRole:
            return self.table.typed(row, column, self._lang)
        if role == EDITED_ROLE:
            return self.table.edit_at(row, column) is not None
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._told(row, column, is_tip=role == Qt.ItemDataRole.ToolTipRole)
        return None

    def _told(self, row: int, column: int, *, is_tip: bool) -> str:
        assert self.table is not None, "asked only of a cell"
        edit, shown = self.table.edit_at(row, column), self.table.worded(row, column, self._lang)
        if edit is None:
            return shown
        before = told(edit.before, self._lang) or _EMPTY.to(self._lang)
        said = say(IN_SOURCE.it, IN_SOURCE.en, v=before).to(self._lang)
        return said if is_tip else f"{shown}. {said}"

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 (Qt's name)
        """Take what was typed, or say why not."""
        if role != Qt.ItemDataRole.EditRole or self.table is None or value == index.data(Qt.ItemDataRole.EditRole):
            return False
        try:
            spot = self.table.spot(self.row_of(index), index.column())
            edited_values.edit(self._session, spot, str(value), self._lang)
        except PucError as error:
            self.refused.emit(error)
            return False
        self.edited.emit()
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802 (Qt's name)
        """Return the label and unit of a column."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.heads):
            return None
        head = self.heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if head.is_number else _LEFT
        return f"{head.label} {head.unit}".rstrip() if role == Qt.ItemDataRole.DisplayRole else None


def _head(table: AttributeTable, place: int, lang: Lang) -> Head:
    field = table.fields[place]
    return Head(field.label.to(lang), said_unit(field.unit).to(lang), field.kind is Kind.NUMBER, id=field.name)
