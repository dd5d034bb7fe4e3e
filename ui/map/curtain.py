"""The line between two themes: a handle to drag, moved by the arrow keys too."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from layers.text import Lang, Text
from ui.look import Look
from ui.tokens import HANDLE, ICON_MAP

NAME = Text("Tendina fra i due livelli", "Curtain between the two layers")
_LINE, _EDGE, _STEP = 1.6, 4.0, 0.02


class Curtain(QWidget):
    """``moved`` tells the share of the map's width it was drawn to."""

    moved = Signal(float)

    def __init__(self, parent: QWidget, look: Look, lang: Lang) -> None:
        super().__init__(parent)
        self._map, self._look = parent, look
        self.setFixedWidth(HANDLE)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(NAME.to(lang))
        self.setToolTip(NAME.to(lang))
        look.changed.connect(self.update)
        self.hide()

    def stand_at(self, x: int, height: int) -> None:
        """Stand at a pixel of the map."""
        self.setGeometry(x - HANDLE // 2, 0, HANDLE, height)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the curtain."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.moved.emit((self.x() + event.position().x()) / max(1, self._map.width()))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Take hold of it, so that the map does not move."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Move a little."""
        steps = {Qt.Key.Key_Left: -_STEP, Qt.Key.Key_Right: _STEP}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit((self.x() + HANDLE / 2) / max(1, self._map.width()) + step)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint the line with its edge, and the handle in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        tokens = self._look.tokens
        for token, width in ((tokens.halo, _EDGE), (tokens.select, _LINE)):
            painter.setPen(QPen(QColor(token), width))
            painter.drawLine(QPointF(middle.x(), 0), QPointF(middle.x(), self.height()))
        painter.setPen(QPen(self._look.colour("accent" if self.hasFocus() else "halo"), 2.0))
        painter.setBrush(QColor(tokens.select))
        painter.drawEllipse(QRectF(1, middle.y() - HANDLE / 2 + 1, HANDLE - 2, HANDLE - 2))
        place = QRect((HANDLE - ICON_MAP) // 2, round(middle.y()) - ICON_MAP // 2, ICON_MAP, ICON_MAP)
        self._look.icon("arrows-left-right", "halo").paint(painter, place)
        painter.end()
