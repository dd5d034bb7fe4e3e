"""A quantity that a number is worked out from, to be asked about in its turn by a click or by keys."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.look import Look, font
from ui.tokens import GAP_4

_LEAST_WIDTH = 48
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


class OperandLink(QPushButton):
    """A link whose name takes as many lines as it needs."""

    def __init__(self, look: Look, name: str, tip: str) -> None:
        super().__init__(name)
        self._look = look
        self.setFont(font("note"))
        self.setProperty("kind", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setToolTip(tip)
        self.setAccessibleName(tip)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 (Qt's name)
        """Say that a narrower link is higher."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 (Qt's name)
        """Return the height that the name takes in lines of ``width``."""
        room = QRect(0, 0, width, 10_000)
        return self.fontMetrics().boundingRect(room, int(_WRAPPED), self.text()).height() + 2 * GAP_4

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Ask for the name in one line."""
        width = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Never ask for the room of the whole name in one line."""
        return QSize(_LEAST_WIDTH, self.fontMetrics().height() + 2 * GAP_4)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint the name, and a frame while the keyboard is on it."""
        painter = QPainter(self)
        painter.setPen(self._look.colour("accent_text"))
        painter.drawText(self.rect(), int(_WRAPPED), self.text())
        if self.hasFocus():
            painter.setPen(QPen(self._look.colour("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()
