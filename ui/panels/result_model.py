"""Item models over a shown table: Qt asks, they translate. Numbers stand at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from puc_tool.working.selection import Unit
from ui.look import font
from ui.panels.shown_table import Row, ShownTable
from ui.panels.table_filter import TableFilter

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
SORT_ROLE = int(Qt.ItemDataRole.UserRole)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ResultModel(QAbstractTableModel):
    """One table of the results."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = ShownTable()

    @property
    def table(self) -> ShownTable:
        """What is shown."""
        return self._table

    def show(self, table: ShownTable) -> None:
        """Show another table."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def unit(self, row: int) -> Unit | None:
        """Return the unit that a row stands for."""
        return self._table.rows[row].unit

    def rows_of(self, units: Sequence[Unit]) -> list[int]:
        """Return every row of ``units``, in the order of ``units``; those this table does not have are passed over."""
        places: dict[Unit, list[int]] = {}
        for place, row in enumerate(self._table.rows):
            if row.unit is not None:
                places.setdefault(row.unit, []).append(place)
        return [place for unit in units for place in places.get(unit, ())]

    def is_total(self, row: int) -> bool:
        """Tell whether a row is that of the whole study."""
        return self._table.has_total and row == 0

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802 (Qt's name)
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: N802 (Qt's name)
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._table.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says, how it is aligned, what it is sorted by."""
        if not index.isValid():
            return None
        row = self._table.rows[index.row()]
        if role == Qt.ItemDataRole.FontRole:
            return font("strong") if self.is_total(index.row()) else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self._table.heads[index.column()].is_number else _LEFT
        read = _READ.get(role)
        return read(row, index.column()) if read else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802 (Qt's name)
        """Return the label and unit of a column."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._table.heads):
            return None
        head = self._table.heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if head.is_number else _LEFT
        return f"{head.label} {head.unit}".rstrip() if role == Qt.ItemDataRole.DisplayRole else None


def _cell(row: Row, column: int) -> str:
    return row.cells[column]


def _tip(row: Row, column: int) -> str:
    return row.notes[column] or (row.cells[column] if column == 0 else "")


def _key(row: Row, column: int) -> Any:
    return row.keys[column]


_READ = {
    int(Qt.ItemDataRole.DisplayRole): _cell,
    int(Qt.ItemDataRole.ToolTipRole): _tip,
    int(Qt.ItemDataRole.AccessibleTextRole): _cell,
    SORT_ROLE: _key,
}


class Sorted(QSortFilterProxyModel):
    """The rows in another order, or some of them; that of the whole study stays first, and goes when some go."""

    def __init__(self, source: ResultModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._filter = TableFilter()
        self.setSourceModel(source)

    @property
    def source_rows(self) -> list[int]:
        """The rows of the table that are shown, in order."""
        return [self.mapToSource(self.index(row, 0)).row() for row in range(self.rowCount())]

    def keep(self, wanted: TableFilter) -> None:
        """Show only what ``wanted`` keeps."""
        self.beginFilterChange()
        self._filter = wanted
        self.endFilterChange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort, and ask the filter anew: its bounds are about the sorted column."""
        self.beginFilterChange()
        super().sort(column, order)
        self.endFilterChange()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:  # noqa: N802 (Qt's name)
        """Tell whether the filter keeps a row."""
        if self._filter == TableFilter():
            return True
        table = self._source.table
        return not self._source.is_total(row) and self._filter.keeps(table, table.rows[row], self.sortColumn())

    def lessThan(self, left: Index, right: Index) -> bool:  # noqa: N802 (Qt's name)
        """Compare two cells by their values."""
        if self._source.is_total(left.row()) or self._source.is_total(right.row()):
            ascending = self.sortOrder() is Qt.SortOrder.AscendingOrder
            return self._source.is_total(left.row()) is ascending
        keys = left.data(SORT_ROLE), right.data(SORT_ROLE)
        return bool(keys[0] < keys[1])
