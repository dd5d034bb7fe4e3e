"""A form for any dataclass of parameters: label, unit, bounds, help and default come from its declaration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from analyses import params as parameters
from analyses.params import About, Entry
from layers.text import Lang, Text
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
        return parameters.build("", self._params, typed)[0]

    def _editor(self, name: str, entry: Entry) -> Field:
        editor = EDITORS[entry.kind](entry.about, entry.default, self._lang)
        editor.changed.connect(lambda text: self.changed.emit(name, text))
        editor.setToolTip(hint(entry.about, self._lang))
        return editor

    def _lay_out(self) -> None:
        column = inset(QVBoxLayout(self), 0, 0, 0, 0, GAP_12)
        pair: QHBoxLayout | None = None
        for name, entry in self._entries.items():
            block = self._block(entry.about, self.editors[name])
            if not self.editors[name].is_short:
                column.addWidget(block)
                pair = None
            elif pair is None:
                pair = inset(QHBoxLayout(), 0, 0, 0, 0, GAP_12)
                pair.addWidget(block, 1)
                column.addLayout(pair)
            else:
                pair.addWidget(block, 1)
                pair = None

    def _block(self, about: About, editor: Field) -> QWidget:
        """Return label, field and, for what help says of an empty field, a note."""
        block = QWidget()
        column = inset(QVBoxLayout(block), 0, 0, 0, 0, GAP_4)
        if not about.help:
            column.addStretch()  # beside a longer label the field stands on the same line
        column.addLayout(self._head(about, editor))
        if not isinstance(editor, YesNoField):
            column.addWidget(editor)
        if about.help:
            column.addWidget(words(about.help.to(self._lang), "small", "ink3", wrap=True))
            column.addStretch()
        return block

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


def hint(about: About, lang: Lang) -> str:
    """Return what the tooltip of a field says: help, and the bounds."""
    bounds = " – ".join(f"{each:.15g}" for each in (about.low, about.high) if each is not None)
    allowed = Text("Valori ammessi", "Allowed").to(lang) + f": {bounds} {about.unit}".rstrip() if bounds else ""
    return "\n".join(filter(None, (about.help.to(lang), allowed)))
