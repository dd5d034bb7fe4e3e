"""The list of sheets: title, code with paper and scale, and a sign of how each stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from layers.problems import Severity
from layers.text import Lang, Text
from puc_tool.printing.sheet_list import Listed
from puc_tool.printing.sheets import BaseKind, Kind
from ui.look import Look, font
from ui.tokens import GAP_8, GAP_12, HEAD_H, ICON, INSET, LINES_2_H, MARK_W

NAME = Text("Tavole", "Sheets")
OF_ANALYSES, OF_LAYERS = Text("Dalle analisi", "From analyses"), Text("Dai livelli", "From layers")
_LISTED = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class SheetRows(QListWidget):
    """``chosen`` tells the sheet that somebody wants to look at."""

    chosen = Signal(object)

    def __init__(self, look: Look, lang: Lang) -> None:
        super().__init__()
        self._look, self._lang = look, lang
        self.setItemDelegate(_Rows(look, lang, self))
        self.setAccessibleName(NAME.to(lang))
        self.setMouseTracking(True)
        self.setProperty("box", "rows")
        look.changed.connect(self.viewport().update)
        self.currentItemChanged.connect(self._tell)

    def show_all(self, listed: Sequence[Listed], current: Kind) -> None:
        """Show these sheets, with a heading over each group, and mark ``current``."""
        self.blockSignals(True)
        self.clear()
        for title, is_base in ((OF_ANALYSES, False), (OF_LAYERS, True)):
            self._heading(title)
            for each in listed:
                if isinstance(each.kind, BaseKind) is is_base:
                    self._add(each, is_current=each.kind is current)
        self.blockSignals(False)

    def _heading(self, title: Text) -> None:
        item = QListWidgetItem(title.to(self._lang), self)
        item.setFlags(Qt.ItemFlag.NoItemFlags)

    def _add(self, each: Listed, *, is_current: bool) -> None:
        item = QListWidgetItem(each.kind.title.to(self._lang), self)
        item.setData(_LISTED, each)
        spoken = f"{each.kind.title.to(self._lang)}, {each.remark.to(self._lang)}"
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        item.setToolTip(spoken)
        if is_current:
            self.setCurrentItem(item)

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_LISTED) is not None:
            self.chosen.emit(item.data(_LISTED).kind)


def sign_of(each: Listed) -> tuple[str, str]:
    """Return the icon of a sheet and its colour; a sign is never colour alone."""
    if each.severity is Severity.ERROR:
        return "x-circle", "error"
    if each.severity is Severity.WARNING:
        return "warning", "warn"
    return ("check-circle", "ok") if each.is_exported else ("circle", "ink3")


class _Rows(QStyledItemDelegate):
    """Paints a heading in one line, a sheet in two."""

    def __init__(self, look: Look, lang: Lang, parent: SheetRows) -> None:
        super().__init__(parent)
        self._look, self._lang = look, lang

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 (Qt's name)
        """Return the height of a row."""
        return QSize(0, HEAD_H if index.data(_LISTED) is None else LINES_2_H)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a row."""
        each, rect = index.data(_LISTED), option.rect
        painter.save()
        if each is None:
            painter.setFont(font("head"))
            painter.setPen(self._look.colour("ink3"))
            painter.drawText(rect.adjusted(INSET, GAP_8, 0, 0), _LEFT, str(index.data()))
        else:
            self._sheet(painter, option, each)
        painter.restore()

    def _sheet(self, painter: QPainter, option: QStyleOptionViewItem, each: Listed) -> None:
        rect, is_chosen = option.rect, bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._look.colour("accent_soft" if is_chosen else "hover"))
        if is_chosen:
            painter.fillRect(QRect(rect.left(), rect.top(), MARK_W, rect.height()), self._look.colour("accent"))
        icon, token = sign_of(each)
        place = QRect(rect.left() + INSET, rect.center().y() - ICON // 2, ICON, ICON)
        self._look.icon(icon, token).paint(painter, place)
        room = rect.adjusted(INSET + ICON + GAP_12, 0, -GAP_12, 0)
        half = rect.height() // 2
        ink = "ink" if each.is_ready else "ink2"
        title, remark = each.kind.title.to(self._lang), each.remark.to(self._lang)
        self._words(painter, room.adjusted(0, 4, 0, -half + 2), title, "strong" if is_chosen else "body", ink)
        self._words(painter, room.adjusted(0, half, 0, -5), remark, "small", "ink2")

    def _words(self, painter: QPainter, room: QRect, said: str, role: str, ink: str) -> None:
        painter.setFont(font(role))
        painter.setPen(QColor(self._look.colour(ink)))
        shown = QFontMetrics(font(role)).elidedText(said, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, shown)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
