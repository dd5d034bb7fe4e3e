"""A line of the pack: whether it is wanted, and how far it is."""

from __future__ import annotations

from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QWidget

from layers.text import Lang, Text, counted, number, say
from puc_tool.printing.sheet_pack import Item, Line, State
from ui.look import Look
from ui.parts import Elided, inset, words
from ui.tokens import GAP_8, ICON

_SIGNS = {
    State.WAITING: ("clock", "ink3"),
    State.DRAWING: ("spinner", "accent"),
    State.UNCHANGED: ("equals", "ink2"),
    State.DONE: ("check-circle", "ok"),
    State.WARNED: ("warning", "warn"),
    State.REFUSED: ("x-circle", "error"),
}
_SAID = {
    State.WAITING: Text("In coda", "Waiting"),
    State.UNCHANGED: Text("Invariato", "Unchanged"),
    State.DONE: Text("Fatto", "Done"),
    State.REFUSED: Text("Non esportato", "Not exported"),
}
_STOPPED, _STOPPED_SIGN = Text("Fermato", "Stopped"), ("stop-circle", "ink3")


_WARNINGS = (Text("avviso", "warning"), Text("avvisi", "warnings"))


def said_of(line: Line) -> Text:
    """Return how far a line is, in a word or two."""
    if line.state is State.DRAWING:
        return say("{n} di {t}", "{n} of {t}", n=number(line.settled), t=number(line.total))
    if line.state is State.WARNED:
        return counted(len(line.problems), _WARNINGS)
    return _SAID[line.state]


class PackRow(QWidget):
    """A part of the pack: whether it is wanted, and how far it is."""

    def __init__(self, kind: Item, look: Look, lang: Lang, *, is_wanted: bool) -> None:
        super().__init__()
        self.kind, self._look, self._lang = kind, look, lang
        self._state: tuple[str, str] = ("", "")
        self._is_settled = True
        self.box, self._title = QCheckBox(), Elided(kind.title.to(lang), "body")
        self.box.setChecked(is_wanted)
        self.box.setAccessibleName(kind.title.to(lang))
        self._said, self._sign = words("", "note", "ink2"), QLabel()
        row = inset(QHBoxLayout(self), 0, 0, 0, 0, GAP_8)
        row.addWidget(self.box)
        row.addSpacing(-GAP_8)
        row.addWidget(self._title, 1)
        row.addWidget(self._said)
        row.addWidget(self._sign)
        look.changed.connect(self._draw)

    @property
    def is_wanted(self) -> bool:
        """Tell whether the pack is to hold it."""
        return self.box.isChecked()

    def follow(self, line: Line) -> None:
        """Show how far it is."""
        self._is_settled = line.state not in (State.WAITING, State.DRAWING)
        ink = {State.WARNED: "warn", State.REFUSED: "error"}.get(line.state, "ink2")
        self._show(said_of(line), ink, _SIGNS[line.state])

    def end(self) -> None:
        """Wait for nothing more: what is not settled now was stopped."""
        if not self._is_settled:
            self._show(_STOPPED, "ink2", _STOPPED_SIGN)

    def _show(self, how: Text, ink: str, sign: tuple[str, str]) -> None:
        said = how.to(self._lang)
        self._state = sign
        self._said.setText(said)
        self._said.setProperty("ink", ink)
        self._said.style().polish(self._said)
        self.setAccessibleName(f"{self.kind.title.to(self._lang)}, {said}")
        self._draw()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Want it, or not, by a click on its title."""
        if self.box.isEnabled():
            self.box.toggle()

    def _draw(self) -> None:
        name, token = self._state
        if name:
            self._sign.setPixmap(self._look.icon(name, token).pixmap(ICON, ICON))
