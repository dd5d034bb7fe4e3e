"""The rows of what was found: name, what it is, and at the right the key, or why it can't be done now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from layers.text import Lang, Text
from ui.keys import written
from ui.look import Look, font
from ui.search.entry import Entry
from ui.tokens import FOUND_H, GAP_8, INSET, KEYS_W, MARK_W

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = Qt.ItemDataRole.UserRole
CANNOT = Text("non ora: {w}", "not now: {w}")
_LEFT, _RIGHT = (
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
)


class Found(QAbstractListModel):
    """What was found, the best first."""

    def __init__(self, lang: Lang, parent: QListView) -> None:
        super().__init__(parent)
        self._lang = lang
        self._entries: Sequence[Entry] = ()

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these."""
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 (Qt's name and default)
        """Return how many were found."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the entry, its name, or all of it in words to speak."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title.to(self._lang)
        is_whole = role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        return spoken(entry, self._lang) if is_whole else None


def spoken(entry: Entry, lang: Lang) -> str:
    """Return all that a row says, in words."""
    told = [entry.title.to(lang), entry.kind.to(lang), written(entry.key, lang) if entry.key else ""]
    why_not = CANNOT.to(lang).format(w=entry.why_not.to(lang)) if entry.why_not else ""
    return ", ".join(filter(None, (*told, why_not)))


class FoundRows(QStyledItemDelegate):
    """Paints one row in one line; what can't be done is pale and says why in the place of its key."""

    def __init__(self, look: Look, lang: Lang, parent: QListView) -> None:
        super().__init__(parent)
        self._look, self._lang = look, lang

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 (Qt's name)
        """Return the height of a row."""
        return QSize(0, FOUND_H)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        entry, rect = index.data(ENTRY_ROLE), option.rect
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_current or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._look.colour("accent_soft" if is_current else "hover"))
        if is_current:
            painter.fillRect(QRect(rect.left(), rect.top(), MARK_W, rect.height()), self._look.colour("accent"))
        room = rect.adjusted(INSET, 0, -INSET, 0)
        right = entry.why_not.to(self._lang) or (written(entry.key, self._lang) if entry.key else "")
        room.setRight(room.right() - max(KEYS_W, self._write(painter, room, right, ("note", "ink3"), _RIGHT)))
        room.setRight(room.right() - self._write(painter, room, entry.kind.to(self._lang), ("note", "ink2"), _RIGHT))
        self._write(painter, room, entry.title.to(self._lang), ("body", "ink3" if entry.why_not else "ink"), _LEFT)
        painter.restore()

    def _write(self, painter: QPainter, room: QRect, words: str, type_: tuple[str, str], side: Qt.AlignmentFlag) -> int:
        """Write ``words`` in a type and an ink, cut where there is no room; return the width they take, with a gap."""
        role, ink = type_
        metrics = QFontMetrics(font(role))
        said = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(font(role))
        painter.setPen(QColor(self._look.colour(ink)))
        painter.drawText(room, int(side), said)
        return metrics.horizontalAdvance(said) + 2 * GAP_8 if said else 0
