"""A field for a year of four digits; empty is none."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit

from ui.look import font

_FIRST, _LAST = 1000, 2999


class YearField(QLineEdit):
    """``typed`` is called with each year, or None, that somebody types."""

    def __init__(self, title: str, typed: Callable[[int | None], object]) -> None:
        super().__init__()
        self.setFont(font("body"))
        self.setAccessibleName(title)
        self.setValidator(QIntValidator(_FIRST, _LAST, self))
        self.textEdited.connect(lambda _: typed(self.value))

    @property
    def value(self) -> int | None:
        """The year that stands there; None without a whole one."""
        return int(self.text()) if self.hasAcceptableInput() else None

    def put(self, year: int | None) -> None:
        """Show another year."""
        self.setText("" if year is None else str(year))
