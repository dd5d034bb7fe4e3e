"""One choice out of a few, side by side; what finds no room stands in the menu of a last one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QMenu, QToolButton

from layers.text import Lang, Text
from ui.look import font
from ui.parts import inset
from ui.tokens import CONTROL_H, GAP_8, GAP_12

MORE = Text("Altre", "More")
_SIDE_BY_SIDE, _AROUND, _UNBOUNDED = 4, GAP_8 + GAP_12 + 6, 1 << 20
"""``_AROUND``: padding, border and what Qt leaves beside the words of a tool button (pixels)."""


class Segments(QFrame):
    """One choice out of a few, side by side; what goes beyond those stands in the menu of a last one."""

    def __init__(self, chosen: Callable[[int], None], lang: Lang) -> None:
        super().__init__()
        self._chosen, self._lang = chosen, lang
        self._titles: list[str] = []
        self._beside = self._place = 0
        self._room = _UNBOUNDED
        self._more: QToolButton | None = None
        self.setProperty("box", "segments")
        self._row = inset(QHBoxLayout(self), 2, 2, 2, 2, 2)
        self.setFixedHeight(CONTROL_H)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._take)

    def offer(self, titles: list[str], current: int) -> None:
        """Show these choices instead of those before."""
        self._titles, self._place, self._beside = titles, current, min(len(titles), _SIDE_BY_SIDE)
        self._show(current)
        self.fit(self._room)

    def fit(self, room: int) -> None:
        """Show as many side by side as have room for their whole title (pixels); the others go into the menu."""
        self._room = room
        counts = range(min(len(self._titles), _SIDE_BY_SIDE), 0, -1)
        wanted = next((count for count in counts if self._width(count) <= room), 1)
        if self._titles and wanted != self._beside:
            self._beside = wanted
            self._show(self._place)

    def _width(self, count: int) -> int:
        """Return how wide ``count`` choices are, with the menu of the others."""
        metrics = QFontMetrics(font("label"))
        shown = self._titles[:count]
        if count < len(self._titles):
            shown = [*shown, self._menu_title(count)]
        return sum(metrics.horizontalAdvance(title) + _AROUND for title in shown) + 2 * (len(shown) + 1)

    def _menu_title(self, beside: int) -> str:
        """Return what stands on the menu of those beyond ``beside``: the one that is chosen, if it is one of them."""
        title = self._titles[self._place] if self._place >= beside else MORE.to(self._lang)
        return f"{title} \u25be"

    def _show(self, current: int) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._more = None
        for place, title in enumerate(self._titles[: self._beside]):
            self._add(place, title, place == current)
        if len(self._titles) > self._beside:
            self._more = self._add(self._beside, MORE.to(self._lang), False)
            self._more.setMenu(self._menu(self._more))
            self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        if self._titles:
            self.choose(current)
        self.setVisible(len(self._titles) > 1)

    def choose(self, place: int) -> None:
        """Mark a choice as made; one that stands in the menu may be longer than the one before."""
        self._place = place
        self.fit(self._room)
        self._group.button(min(place, self._beside)).setChecked(True)
        if self._more is not None:
            self._more.setText(self._menu_title(self._beside))
        self.setMinimumWidth(self._row.totalSizeHint().width())

    def _take(self, place: int) -> None:
        self.choose(place)
        self._chosen(place)

    def _menu(self, button: QToolButton) -> QMenu:
        menu = QMenu(button)
        for place, title in enumerate(self._titles[self._beside :], start=self._beside):
            menu.addAction(title).triggered.connect(lambda _, chosen=place: self._take(chosen))
        return menu

    def _add(self, place: int, title: str, is_current: bool) -> QToolButton:
        button = QToolButton()
        button.setText(title)
        button.setFont(font("label"))
        button.setCheckable(True)
        button.setChecked(is_current)
        button.setProperty("kind", "segment")
        self._group.addButton(button, place)
        self._row.addWidget(button)
        return button
