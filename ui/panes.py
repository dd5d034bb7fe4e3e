"""The panes of a window in reading order: F6 goes from one to the next, to where the keyboard was in it last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from layers.text import Text
from ui import reading_order


@dataclass(frozen=True)
class Pane:
    """A part of the window that has a name, and its widget."""

    title: Text
    widget: QWidget

    @property
    def stops(self) -> list[QWidget]:
        """What the Tab key reaches in it, in order."""
        return reading_order.stops(self.widget)

    def holds(self, widget: QWidget | None) -> bool:
        """Tell whether ``widget`` is it or lies in it."""
        return widget is not None and (widget is self.widget or self.widget.isAncestorOf(widget))


class Panes:
    """``ask`` tells the panes that may be seen; those hidden now are passed over."""

    def __init__(self, ask: Callable[[], Sequence[Pane]]) -> None:
        self._ask = ask

    @property
    def now(self) -> list[Pane]:
        """The panes that are seen and that the keyboard can enter."""
        return [pane for pane in self._ask() if pane.widget.isVisible() and pane.stops]

    def step(self, step: int) -> None:
        """Put the keyboard into the next pane (+1) or the one before (-1)."""
        panes, focused = self.now, QApplication.focusWidget()
        at = next((place for place, pane in enumerate(panes) if pane.holds(focused)), -1 if step > 0 else 0)
        if panes:
            self.enter(panes[(at + step) % len(panes)])

    def enter(self, pane: Pane) -> None:
        """Put the keyboard into a pane: where it was last, else at its first stop."""
        last, stops = pane.widget.focusWidget(), pane.stops
        if stops:
            (last if last in stops else stops[0]).setFocus(Qt.FocusReason.TabFocusReason)
