"""The table of a sheet, as the page prints it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem

from puc_tool.printing.sheet_preview import Words
from ui.look import font
from ui.tokens import GAP_24, HEAD_H, ROW_H


def data_table(name: str) -> QTableWidget:
    """Return an empty table of that name, to read and to select."""
    table = QTableWidget()
    table.setTabKeyNavigation(False)
    table.setAccessibleName(name)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(ROW_H)
    table.horizontalHeader().setFont(font("head"))
    table.horizontalHeader().setFixedHeight(HEAD_H)
    table.horizontalHeader().setHighlightSections(False)
    return table


def fill(table: QTableWidget, said: Words) -> None:
    """Show the table of a page; a total is set bold."""
    table.clear()
    table.setColumnCount(len(said.columns))
    table.setRowCount(len(said.rows))
    for column, (title, is_right) in enumerate(zip(said.columns, said.are_right, strict=True)):
        side = (Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
        head = QTableWidgetItem(title)
        head.setTextAlignment(side)
        table.setHorizontalHeaderItem(column, head)
        for row, cells in enumerate(said.rows):
            item = QTableWidgetItem(cells[column])
            item.setTextAlignment(side)
            item.setFont(font("strong" if said.has_total and row == len(said.rows) - 1 else "body"))
            table.setItem(row, column, item)
    table.resizeColumnsToContents()
    for column in range(table.columnCount()):
        table.setColumnWidth(column, table.columnWidth(column) + GAP_24)
