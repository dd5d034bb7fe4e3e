"""The table of results: head with the unit in lighter type, one selection with the map, copying with the head."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from layers.text import Lang
from puc_tool.working.session import Session
from ui.look import Look, font
from ui.panels.result_heads import ResultHeads, two_lines_width
from ui.panels.result_model import ResultModel, Sorted
from ui.panels.shown_table import Head
from ui.panels.spreadsheet import as_text
from ui.panels.table_filter import TableFilter
from ui.tokens import GAP_8, INSET, ROW_H

_NAME_LEAST_W, _NAME_SCROLLED_W, _GIVING_LEAST_W = 132, 200, 120
_MARK_W = 3


class ResultView(QTableView):
    """Shows a `ResultModel`; choosing rows selects their units everywhere. ``chosen_changed`` tells other rows."""

    chosen_changed = Signal()

    def __init__(self, session: Session, look: Look, lang: Lang) -> None:
        super().__init__()
        self._session, self._lang = session, lang
        self._is_following = self._is_choosing = False
        self._hidden: tuple[str, ...] = ()
        self.model_of_table = ResultModel(self)
        self.sorted = Sorted(self.model_of_table, self)
        self.setModel(self.sorted)
        self.setHorizontalHeader(ResultHeads(look, lambda: self.model_of_table.table.heads, self))
        self.horizontalHeader().setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setItemDelegate(Cells(look, self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_H)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSortingEnabled(True)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.selectionModel().selectionChanged.connect(self._choose)
        self.horizontalHeader().sortIndicatorChanged.connect(self.chosen_changed)
        self.model_of_table.modelReset.connect(self._fit)
        session.selection_changed.connect(self.follow)

    @property
    def chosen(self) -> list[int]:
        """The rows of the table that are chosen, in the order they are shown."""
        return [self.sorted.mapToSource(index).row() for index in sorted(self.selectionModel().selectedRows())]

    def hide_columns(self, ids: Sequence[str]) -> None:
        """Hide the columns of these ids, beside those there is no room for."""
        self._hidden = tuple(ids)
        self._fit_room()

    def follow(self) -> None:
        """Show the session's selection; rows that are being chosen here stay chosen, be they units or not."""
        if self._is_choosing:
            return
        rows = self.model_of_table.rows_of(self._session.selection)
        indexes = [self.sorted.mapFromSource(self.model_of_table.index(row, 0)) for row in rows]
        wanted = QItemSelection()
        indexes = [index for index in indexes if index.isValid()]
        for index in indexes:
            wanted.select(index, index)
        self._is_following = True
        kept = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().select(wanted, kept)
        if not wanted.isEmpty():
            self._go_to_row(indexes[-1])
        self._is_following = False
        self.viewport().update()

    def _go_to_row(self, index: QModelIndex) -> None:
        """Put the keyboard on a row, in the column where it is; on a chosen row it stays."""
        current = self.currentIndex()
        if current.row() not in {each.row() for each in self.selectionModel().selectedRows()}:
            at = index.siblingAtColumn(max(0, current.column()))
            self.selectionModel().setCurrentIndex(at, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.scrollTo(self.currentIndex())

    def keep(self, wanted: TableFilter) -> None:
        """Show only the rows that ``wanted`` keeps; a unit that goes out of sight stays selected elsewhere."""
        self._is_following = True
        self.sorted.keep(wanted)
        self._is_following = False
        self.follow()
        self.chosen_changed.emit()

    def _choose(self) -> None:
        """Select the units of the chosen rows everywhere; the row the keyboard is on is the one told about."""
        if not self._is_following:
            current = self.sorted.mapToSource(self.currentIndex()).row() if self.currentIndex().isValid() else -1
            rows = sorted(self.chosen, key=lambda row: row == current)
            self._is_choosing = True
            self._session.select_all([unit for unit in map(self.model_of_table.unit, rows) if unit is not None])
            self._is_choosing = False
        self.chosen_changed.emit()

    def _fit(self) -> None:
        """Give every column the room of its widest words, sort by the first share, and begin at the top."""
        heads = self.model_of_table.table.heads
        for place, head in enumerate(heads):
            self.setColumnWidth(place, self._wanted(place, head))
        self._fit_room()
        shares = [place for place, head in enumerate(heads) if head.unit == "%" and head.is_number]
        order = Qt.SortOrder.DescendingOrder if shares else Qt.SortOrder.AscendingOrder
        self.sortByColumn(shares[0] if shares else -1, order)
        self.follow()
        self.scrollToTop()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Fit the columns into the room there is."""
        super().resizeEvent(event)
        self._fit_room()

    @property
    def wanted_width(self) -> int:
        """How wide the table is with every shown column whole (pixels)."""
        heads = enumerate(self.model_of_table.table.heads)
        whole = sum(self._wanted(place, head) for place, head in heads if not self.isColumnHidden(place))
        return whole + INSET + self.verticalScrollBar().sizeHint().width()

    def _fit_room(self) -> None:
        """Leave parts out where room is scarce; where there is more than enough, share it among the numbers."""
        heads = self.model_of_table.table.heads
        if not heads:
            return
        widths = [0, *(self._wanted(place, head) for place, head in enumerate(heads[1:], start=1))]
        is_scarce = sum(widths) + _NAME_LEAST_W > self.viewport().width()
        for place, head in enumerate(heads):
            self.setColumnHidden(place, (is_scarce and head.is_part) or (place > 0 and head.id in self._hidden))
        shown = [place for place in range(1, len(heads)) if not self.isColumnHidden(place)]
        left = self.viewport().width() - sum(widths[place] for place in shown)
        whole = self._wanted(0, heads[0]) + INSET
        # A table that has to be scrolled anyway gives names more room.
        name = min(max(left, _NAME_LEAST_W if left >= _NAME_LEAST_W else _NAME_SCROLLED_W), whole)
        taking = [place for place in shown if heads[place].gives_way] or shown
        for place in shown:
            more = max(0, left - name) // len(taking) if place in taking else 0
            self.setColumnWidth(place, widths[place] + more)
        self.setColumnWidth(0, name + max(0, left - name) % max(1, len(taking)))

    def _wanted(self, place: int, head: Head) -> int:
        if head.gives_way:
            return max(_GIVING_LEAST_W, two_lines_width(head) + 2 * GAP_8)
        # Whole pixels would round down words that end within one; the first row may be the total, in stronger type.
        body, strong = QFontMetricsF(font("body")), QFontMetricsF(font("strong"))
        rows = self.model_of_table.table.rows
        cells = max((body.horizontalAdvance(row.cells[place]) for row in rows), default=0.0)
        first = strong.horizontalAdvance(rows[0].cells[place]) if rows else 0.0
        return max(ceil(max(cells, first)), two_lines_width(head)) + 2 * GAP_8

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Copy with the head, tab separated; Escape takes the selection away."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Escape:
            self._session.select(None)
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the chosen rows, or all that are shown, on the clipboard."""
        QGuiApplication.clipboard().setText(self.as_text())

    def as_text(self) -> str:
        """Return the chosen rows, or all that are shown, as a spreadsheet takes them."""
        table = self.model_of_table.table
        columns = [place for place in range(len(table.heads)) if not self.isColumnHidden(place)]
        return as_text(table, self.chosen or self.sorted.source_rows, columns, self._lang)


class Cells(QStyledItemDelegate):
    """Cells on white, a line under each row; the selected one is pale accent with a mark at its left."""

    def __init__(self, look: Look, parent: QTableView) -> None:
        super().__init__(parent)
        self._look = look

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        self.initStyleOption(option, index)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        rect = option.rect
        painter.save()
        ground = "accent_soft" if is_selected else "hover" if is_hovered else "surface"
        painter.fillRect(rect, self._look.colour(ground))
        painter.setPen(self._look.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if is_selected and index.column() == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), _MARK_W, rect.height()), self._look.colour("accent"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._look.colour("accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
        is_strong = (is_selected and index.column() == 0) or index.data(Qt.ItemDataRole.FontRole) == font("strong")
        shown = font("strong" if is_strong else "body")
        painter.setFont(shown)
        painter.setPen(self._look.colour("ink"))
        room = rect.adjusted(INSET if index.column() == 0 else GAP_8, 0, -GAP_8, 0)
        elided = QFontMetrics(shown).elidedText(option.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(option.displayAlignment), elided)
        painter.restore()
