"""A form for any dataclass of parameters: label, unit, bounds, help and default come from its declaration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSpacerItem, QVBoxLayout, QWidget

from analyses import param_filling
from analyses import params as parameters
from analyses.params import About, Entry
from layers.text import Lang, Text
from puc_tool.figures.amounts import said_unit
from ui.forms.editors import EDITORS, Field, YesNoField
from ui.look import Look
from ui.parts import Icon, inset, words
from ui.tokens import GAP_4, GAP_12

UNVERIFIED = Text("Valore di partenza senza fonte verificata.", "Default without a verified source.")
_SIGN_PX = 14


class ParamForm(QWidget):
    """One field a parameter; short ones stand in pairs. ``changed`` tells name and words."""

    changed = Signal(str, str)

    def __init__(self, params: type, look: Look, lang: Lang, given: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._params = params
        self._look, self._lang = look, lang
        self._entries = {name: entry for name, entry in parameters.entries(params).items() if not entry.about.is_detail}
        self.editors = {name: self._editor(name, entry) for name, entry in self._entries.items()}
        self.put(given or {})
        self._lay_out()

    def put(self, words: Mapping[str, str]) -> None:
        """Show ``words`` by parameter, the default where there are none; it is told to nobody."""
        for name, editor in self.editors.items():
            if editor.words().strip() != words.get(name, "").strip():
                editor.put(words.get(name, ""))

    def value(self) -> Any:
        """Return the parameters as they stand; what can't be read has its default."""
        typed = {name: editor.words() for name, editor in self.editors.items() if editor.words().strip()}
        return param_filling.build("", self._params, typed)[0]

    def _editor(self, name: str, entry: Entry) -> Field:
        editor = EDITORS[entry.kind](entry.about, entry.default, self._lang)
        editor.changed.connect(lambda text: self.changed.emit(name, text))
        editor.setToolTip(hint(entry.about, self._lang))
        return editor

    def _lay_out(self) -> None:
        column = inset(QVBoxLayout(self), 0, 0, 0, 0, GAP_12)
        pair: QGridLayout | None = None
        for name, entry in self._entries.items():
            editor = self.editors[name]
            if pair is None or not editor.is_short:
                grid = _grid()
                column.addLayout(grid)
                self._put(grid, 0, entry.about, editor)
                pair = grid if editor.is_short else None
            else:
                self._put(pair, 1, entry.about, editor)
                pair = None
        if pair is not None:
            pair.addItem(QSpacerItem(0, 0), 1, 1)

    def _put(self, grid: QGridLayout, place: int, about: About, editor: Field) -> None:
        """Put label, field and, for what help says of an empty field, a note under each other."""
        head = QWidget()
        head.setLayout(self._head(about, editor))
        grid.addWidget(head, 0, place, Qt.AlignmentFlag.AlignBottom)
        if not isinstance(editor, YesNoField):
            grid.addWidget(editor, 1, place)
        if about.help:
            note = words(about.help.to(self._lang), "small", "ink3", wrap=True)
            grid.addWidget(note, 2, place, Qt.AlignmentFlag.AlignTop)
        if editor.is_short:
            grid.setColumnStretch(0, 1)
            grid.setColumnStretch(1, 1)

    def _head(self, about: About, editor: Field) -> QHBoxLayout:
        """Return the label, or the box to tick that bears it, and the sign of a default nobody has verified."""
        head = inset(QHBoxLayout(), 0, 0, 0, 0, GAP_4)
        if isinstance(editor, YesNoField):
            head.addWidget(editor, 1)
        else:
            label = words(about.label.to(self._lang), "label", "ink2", wrap=True)
            label.setToolTip(hint(about, self._lang))
            head.addWidget(label, 1, Qt.AlignmentFlag.AlignBottom)
        if not about.is_verified:
            sign = Icon(self._look, "warning", "warn", _SIGN_PX)
            sign.setToolTip(UNVERIFIED.to(self._lang))
            sign.setAccessibleName(UNVERIFIED.to(self._lang))
            head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        return head


def _grid() -> QGridLayout:
    """Return the place of one field, or of two side by side: labels, fields and notes each in a line."""
    grid = inset(QGridLayout(), 0, 0, 0, 0)
    grid.setHorizontalSpacing(GAP_12)
    grid.setVerticalSpacing(GAP_4)
    return grid


def hint(about: About, lang: Lang) -> str:
    """Return what the tooltip of a field says: help, and the bounds."""
    bounds = " – ".join(f"{each:.15g}" for each in (about.low, about.high) if each is not None)
    allowed = (
        Text("Valori ammessi", "Allowed").to(lang) + f": {bounds} {said_unit(about.unit).to(lang)}".rstrip()
        if bounds
        else ""
    )
    return "\n".join(filter(None, (about.help.to(lang), allowed)))
