"""Paints the list of layers: headings, layers with eye and swatch, classes of the legend."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from ui.look import Look, font
from ui.panels import swatch
from ui.panels.layer_data import (
    AMOUNT_ROLE,
    CLASS_ROLE,
    EDITS_ROLE,
    OPACITY_ROLE,
    PICTURE_ROLE,
    SEVERITY_ROLE,
)
from ui.tokens import GAP_4, GAP_8, ICON, INSET, SWATCH_H, SWATCH_W

Index = QModelIndex | QPersistentModelIndex
EYE_X, SWATCH_X = 24, 46
_CARET_X = 4
_GROUP_H, _LAYER_H, _CLASS_H = 30, 28, 21
_NAME_X = SWATCH_X + SWATCH_W + GAP_8
_SIGNS = {"error": ("x-circle", "error"), "warning": ("warning", "warn")}


class LayerRows(QStyledItemDelegate):
    """Paints headings, layers and classes."""

    def __init__(self, look: Look, tree: QTreeView) -> None:
        super().__init__(tree)
        self._look, self._tree = look, tree

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 (Qt's name)
        """Return the height of a row."""
        if index.data(CLASS_ROLE) is not None:
            return QSize(0, _CLASS_H)
        return QSize(0, _LAYER_H if index.parent().isValid() else _GROUP_H)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        painter.save()
        if not index.parent().isValid():
            self._heading(painter, option.rect, index)
        elif index.data(CLASS_ROLE) is not None:
            self._class(painter, option.rect, index)
        else:
            self._layer(painter, option, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._look.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRect, index: Index) -> None:
        painter.setFont(font("head"))
        painter.setPen(self._look.colour("ink3"))
        room = rect.adjusted(INSET, GAP_8, -INSET, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(index.data()))

    def _layer(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        is_shown = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        if is_chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._look.colour("accent_soft" if is_chosen else "hover"))
        if index.model().hasChildren(index):
            caret = "caret-down" if self._tree.isExpanded(index) else "caret-right"
            self._icon(painter, rect, _CARET_X, caret, "ink3", ICON - 2)
        self._icon(painter, rect, EYE_X, "eye" if is_shown else "eye-slash", "ink2" if is_shown else "ink3", ICON)
        self._swatch(painter, rect, SWATCH_X, index)
        sign = _SIGNS.get(str(index.data(SEVERITY_ROLE)))
        if sign:
            self._icon(painter, rect, rect.width() - INSET - ICON, sign[0], sign[1], ICON)
        taken = INSET + (ICON + GAP_4 if sign else 0)
        if index.data(EDITS_ROLE):
            self._icon(painter, rect, rect.width() - taken - ICON, "pencil-simple", "accent_text", ICON - 2)
            taken += ICON + GAP_4
        taken += self._amount(painter, rect.adjusted(0, 0, -taken, 0), str(index.data(AMOUNT_ROLE)))
        room = rect.adjusted(_NAME_X, 0, -taken, 0)
        ink = self._look.colour("ink" if is_shown else "ink2")
        self._words(painter, room, str(index.data()), "strong" if is_chosen else "body", ink)

    def _class(self, painter: QPainter, rect: QRect, index: Index) -> None:
        amount = str(index.data(AMOUNT_ROLE) or "")
        self._swatch(painter, rect, SWATCH_X, index)
        taken = INSET + self._amount(painter, rect.adjusted(0, 0, -INSET, 0), amount)
        room = rect.adjusted(_NAME_X, 0, -taken, 0)
        self._words(painter, room, str(index.data()), "note", self._look.colour("ink"))

    def _amount(self, painter: QPainter, room: QRect, amount: str) -> int:
        """Write a year or an area at the right and return the width it takes."""
        painter.setFont(font("small"))
        painter.setPen(self._look.colour("ink2"))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, amount)
        return QFontMetrics(font("small")).horizontalAdvance(amount) + GAP_4 if amount else 0

    def _words(self, painter: QPainter, room: QRect, words_of: str, role: str, ink: QColor) -> None:
        painter.setFont(font(role))
        painter.setPen(ink)
        shown = QFontMetrics(font(role)).elidedText(words_of, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _icon(self, painter: QPainter, rect: QRect, x: int, name: str, token: str, size: int) -> None:
        place = QRect(rect.left() + x, rect.center().y() - size // 2 + 1, size, size)
        self._look.icon(name, token).paint(painter, place)

    def _swatch(self, painter: QPainter, rect: QRect, x: int, index: Index) -> None:
        picture = index.data(PICTURE_ROLE)
        if picture is not None:
            corner = QPoint(rect.left() + x, rect.center().y() - SWATCH_H // 2 + 1)
            place = QRectF(corner.x(), corner.y(), SWATCH_W, SWATCH_H)
            sample = swatch.Sample(picture, index.data(CLASS_ROLE), index.data(OPACITY_ROLE))
            swatch.paint(painter, place, sample, self._look.tokens)
