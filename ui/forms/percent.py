"""A slider from 0 to 100 %, with its value beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from layers.text import Text, number
from ui.look import font
from ui.parts import inset, words
from ui.tokens import GAP_8, PERCENT_W

_PAGE = 5


class PercentSlider(QWidget):
    """``moved`` tells each value somebody drags or types it to; a double click tells ``first``, the first value.

    Arrow keys change it by one, page keys by five.
    """

    moved = Signal(int)

    def __init__(self, title: str, first: int = 100) -> None:
        super().__init__()
        self._first = first
        self.track = QSlider(Qt.Orientation.Horizontal)
        self.track.setRange(0, 100)
        self.track.setPageStep(_PAGE)
        self.track.setAccessibleName(f"{title}, %")
        self.track.installEventFilter(self)
        self.track.valueChanged.connect(self._tell)
        self._value = words("", "body")
        self._value.setFont(font("body"))
        self._value.setFixedWidth(PERCENT_W)
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = inset(QHBoxLayout(self), 0, 0, 0, 0, GAP_8)
        row.addWidget(self.track, 1)
        row.addWidget(self._value)
        self.setFocusProxy(self.track)
        self.put(first)

    def put(self, value: int) -> None:
        """Show a value that nobody at this slider has chosen."""
        self.track.blockSignals(True)
        self.track.setValue(value)
        self.track.blockSignals(False)
        self._say(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Go back to the first value on a double click."""
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self.track.setValue(self._first)
            return True
        return super().eventFilter(watched, event)

    def _tell(self, value: int) -> None:
        self._say(value)
        self.moved.emit(value)

    def _say(self, value: int) -> None:
        self._value.setText(f"{number(value).it}\u202f%")


OPACITY = Text("Opacità", "Opacity")
