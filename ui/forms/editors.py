"""The fields of a form, one kind for each type of parameter. A new type is one row of ``EDITORS``."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit

from analyses.params import About
from layers.text import Lang, Text
from puc_tool.figures.amounts import said_unit
from ui.look import font
from ui.parts import inset, words
from ui.tokens import CONTROL_H, GAP_4, GAP_8

AUTOMATIC = Text("automatico", "automatic")
_FIT = {True: "true", False: "false"}
_OF_THE_WINDOW = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class Field(QFrame):
    """One editor. ``changed`` tells the words at every keystroke; empty words stand for the default."""

    changed = Signal(str)
    is_short = True

    def words(self) -> str:
        """Return what stands in the field."""
        raise NotImplementedError

    def put(self, text: str) -> None:
        """Put ``text`` into the field."""
        raise NotImplementedError


class LineField(Field):
    """Words or a number; the unit stands inside, at the right."""

    def __init__(self, about: About, default: object, lang: Lang, *, is_number: bool) -> None:
        super().__init__()
        self.is_short, self._has_comma = is_number, is_number and lang == "it"
        self.setProperty("box", "field")
        self.setFixedHeight(CONTROL_H)
        unit = said_unit(about.unit).to(lang)
        self._line = QLineEdit()
        self._line.setFont(font("body"))
        self._line.setPlaceholderText(_shown(default, lang))
        self._line.setAccessibleName(", ".join(filter(None, (about.label.to(lang), unit))))
        self._line.textEdited.connect(self.changed)
        self._line.installEventFilter(self)
        self.setFocusProxy(self._line)
        row = inset(QHBoxLayout(self), GAP_8, 0, GAP_8, 0, GAP_4)
        row.addWidget(self._line)
        if is_number:
            self._line.setAlignment(Qt.AlignmentFlag.AlignRight)
        if unit:
            row.addWidget(words(unit, "note", "ink3"))

    def words(self) -> str:
        """Return what was typed."""
        return self._line.text()

    def put(self, text: str) -> None:
        """Put ``text`` into the field, a number as the language writes it; who types it goes on where they are."""
        shown = text.replace(".", ",") if self._has_comma else text
        if text != self._line.text() and shown != self._line.text():
            self._line.setText(shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Show the focus around the whole field, unit and all; leave undo and redo to the window's one history."""
        if isinstance(event, QKeyEvent) and any(event.matches(key) for key in _OF_THE_WINDOW):
            event.ignore()
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.setProperty("focused", event.type() == QEvent.Type.FocusIn)
            self.style().unpolish(self)
            self.style().polish(self)
        return super().eventFilter(watched, event)


class YesNoField(Field):
    """A box to tick; its label is part of it."""

    is_short = False

    def __init__(self, about: About, default: object, lang: Lang) -> None:
        super().__init__()
        self._box = QCheckBox()
        self._box.setAccessibleName(about.label.to(lang))
        self._default = bool(default)
        self._box.setChecked(self._default)
        self._box.toggled.connect(lambda on: self.changed.emit(_FIT[on]))
        self.setFocusProxy(self._box)
        row = inset(QHBoxLayout(self), 0, 0, 0, 0, GAP_8)
        row.addWidget(self._box, 0, Qt.AlignmentFlag.AlignTop)
        # A box's own label does not wrap.
        row.addWidget(words(about.label.to(lang), "body", wrap=True), 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Tick or untick when the words beside the box are clicked."""
        self._box.toggle()

    def words(self) -> str:
        """Return «true» or «false»."""
        return _FIT[self._box.isChecked()]

    def put(self, text: str) -> None:
        """Tick the box or not; empty words stand for the default."""
        said = text.strip().lower()
        self._box.blockSignals(True)
        self._box.setChecked(said in ("true", "yes", "si", "sì", "1") if said else self._default)
        self._box.blockSignals(False)


def _number(about: About, default: object, lang: Lang) -> Field:
    return LineField(about, default, lang, is_number=True)


def _text(about: About, default: object, lang: Lang) -> Field:
    return LineField(about, default, lang, is_number=False)


EDITORS: dict[type, Callable[[About, object, Lang], Field]] = {
    bool: YesNoField,
    int: _number,
    float: _number,
    str: _text,
}


def _shown(default: object, lang: Lang) -> str:
    """Return a default as the field's pale words."""
    if default is None:
        return AUTOMATIC.to(lang)
    plain = f"{default:.15g}" if isinstance(default, int | float) else str(default)
    return plain.replace(".", ",") if lang == "it" and isinstance(default, float) else plain
