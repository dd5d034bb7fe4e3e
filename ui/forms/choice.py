"""A choice out of a list, under its label."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from ui.look import font
from ui.parts import inset, words
from ui.tokens import GAP_4


class Choice(QComboBox):
    """``chosen`` is called with the place of what somebody chooses, never with what is put here."""

    def __init__(self, title: str, chosen: Callable[[int], object]) -> None:
        super().__init__()
        self.setFont(font("body"))
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(chosen)

    def offer(self, titles: Sequence[str], current: int = 0) -> None:
        """Offer these instead of those before."""
        self.clear()
        self.addItems(list(titles))
        self.setCurrentIndex(current)


def under_label(title: str, field: QWidget) -> QWidget:
    """Return ``field`` with its label above it."""
    held = QWidget()
    column = inset(QVBoxLayout(held), 0, 0, 0, 0, GAP_4)
    label = words(title, "label", "ink2")
    label.setBuddy(field)
    column.addWidget(label)
    column.addWidget(field)
    return held
