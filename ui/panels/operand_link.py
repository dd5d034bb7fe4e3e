"""A quantity that a number is worked out from, to be asked about in its turn by a click or by keys."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.look import font

_LEAST_WIDTH = 48


class OperandLink(QPushButton):
    """A link as wide as there is room: a longer name has «…» in its middle and stands whole in the tooltip."""

    def __init__(self, name: str, tip: str) -> None:
        super().__init__()
        self._name = name
        self.setFont(font("note"))
        self.setProperty("kind", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Never ask for the room of the whole name."""
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Cut the name anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = max(_LEAST_WIDTH, self.width())
        self.setText(self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, width))
