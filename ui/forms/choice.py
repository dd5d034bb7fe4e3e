"""A choice out of a list, under its label."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter, QVBoxLayout, QWidget

from ui.look import Look, font
from ui.parts import inset, words
from ui.tokens import GAP_4, GAP_8, ICON


class Choice(QComboBox):
    """``chosen`` is called with the place of what somebody chooses, never with what is put here."""

    def __init__(self, title: str, chosen: Callable[[int], object], look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "choice")
        self.setFont(font("body"))
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(chosen)
        self.currentTextChanged.connect(self.setToolTip)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint the field, its words as far as they fit, and its caret in the colours of the theme."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        icon_width = option.iconSize.width() + GAP_8 if not option.currentIcon.isNull() else 0
        room = self.width() - 3 * GAP_8 - ICON - icon_width
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        place = QRect(self.width() - GAP_8 - ICON, (self.height() - ICON) // 2, ICON, ICON)
        self._look.icon("caret-down", "ink2" if self.isEnabled() else "ink3").paint(painter, place)
        painter.end()

    def offer(self, titles: Sequence[str], current: int = 0) -> None:
        """Offer these instead of those before."""
        self.clear()
        self.addItems(list(titles))
        self.setCurrentIndex(current)


def under_label(title: str, field: QWidget) -> QWidget:
    """Return ``field`` with its label above it."""
    held = QWidget()
    held.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    column = inset(QVBoxLayout(held), 0, 0, 0, 0, GAP_4)
    label = words(title, "label", "ink2")
    label.setBuddy(field)
    column.addWidget(label)
    column.addWidget(field)
    return held
