"""The strip over a layer's attributes while edits of it wait: one after the other, accepted or discarded."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from layers import edit_waiting_remarks as said_of
from layers.edit_following import Waiting
from layers.problems import PucError
from layers.text import Lang, Text, number, say
from puc_tool.working import edited_values
from puc_tool.working.layer_entry import Entry
from puc_tool.working.session import Session
from ui.look import Look
from ui.parts import Icon, IconButton, PushButton, inset, words
from ui.tokens import GAP_4, GAP_8, GAP_12, INSET

SAID = Text(
    "Modifica non applicata {n} di {of}. {t}, {f}: {b} → {a}; {w}.",
    "Edit not applied {n} of {of}. {t}, {f}: {b} → {a}; {w}.",
)
ACCEPT, DISCARD = Text("Accetta", "Accept"), Text("Scarta", "Discard")
ACCEPT_TIP = Text("Applicala all'elemento che ora è lì", "Apply it to the feature that is there now")
NOBODY_TIP = Text("Non c'è un elemento a cui applicarla", "There is no feature to apply it to")
DISCARD_TIP = Text("Toglila dal file delle modifiche; si può annullare", "Take it out of the edits; can be undone")
BEFORE, AFTER = Text("Modifica precedente", "Edit before"), Text("Modifica seguente", "Edit after")


class WaitingEdits(QFrame):
    """Shown while edits of a layer wait. ``told`` carries the row of the feature that one may be meant for, or None."""

    told = Signal(object)
    refused = Signal(object)

    def __init__(self, session: Session, look: Look, lang: Lang) -> None:
        super().__init__()
        self.setProperty("box", "notice")
        self.setProperty("severity", "warning")
        self._session, self._lang = session, lang
        self._entry: Entry | None = None
        self._place = 0
        self.can_edit = True
        self._said = words("", "note", wrap=True)
        self.before = self._button(IconButton(look, "caret-left", BEFORE.to(lang)), lambda: self._turn(-1))
        self.after = self._button(IconButton(look, "caret-right", AFTER.to(lang)), lambda: self._turn(1))
        self.accept_button = self._button(PushButton(look, ACCEPT.to(lang), "secondary", "check"), self.accept)
        self.discard_button = self._button(PushButton(look, DISCARD.to(lang), "secondary", "x"), self.discard)
        self.discard_button.setToolTip(DISCARD_TIP.to(lang))
        row = inset(QHBoxLayout(self), INSET, GAP_4, GAP_12, GAP_4, GAP_8)
        row.addWidget(Icon(look, "warning", "warn"))
        row.addWidget(self._said, 1)
        for each in (self.before, self.after, self.accept_button, self.discard_button):
            row.addWidget(each)
        self.follow(None)

    def _button(self, button: IconButton | PushButton, act: Callable[[], None]) -> IconButton | PushButton:
        button.clicked.connect(lambda: act())
        return button

    def follow(self, entry: Entry | None) -> None:
        """Say what waits in a layer, as it stands now."""
        if entry is None or self._entry is None or entry.ref.key != self._entry.ref.key:
            self._place = 0
        self._entry = entry
        waiting = self._waiting
        self._place = min(self._place, max(0, len(waiting) - 1))
        self.setVisible(bool(waiting))
        if waiting:
            self._tell(waiting[self._place], len(waiting))

    def sentence(self) -> str:
        """Return what is said."""
        return self._said.text()

    def accept(self) -> None:
        """Let the edit told of hold for the feature that it may be meant for."""
        self._settle(edited_values.accept)

    def discard(self) -> None:
        """Let the edit told of go."""
        self._settle(edited_values.discard)

    @property
    def _waiting(self) -> tuple[Waiting, ...]:
        return edited_values.holding(self._session, self._entry).waiting if self._entry is not None else ()

    def _settle(self, act: Callable[[Session, Entry, Waiting], None]) -> None:
        waiting = self._waiting
        if self._entry is None or self._place >= len(waiting):
            return
        try:
            act(self._session, self._entry, waiting[self._place])
        except PucError as error:
            self.refused.emit(error)

    def _turn(self, way: int) -> None:
        self._place = (self._place + way) % max(1, len(self._waiting))
        self.follow(self._entry)
        self.told.emit(self._waiting[self._place].row)

    def _tell(self, waiting: Waiting, count: int) -> None:
        assert self._entry is not None, "asked only of a layer"
        edit, lang = waiting.edit, self._lang
        field = said_of.field_of(self._entry.intake.role, edit)
        told = say(
            SAID.it, SAID.en, n=number(self._place + 1), of=number(count), t=said_of.feature(edit), f=field,
            b=said_of.cell(edit.before), a=said_of.cell(edit.after), w=said_of.why(waiting),
        )  # fmt: skip
        self._said.setText(told.to(lang))
        self.setAccessibleName(told.to(lang))
        can_edit, is_there = self.can_edit and not self._session.is_read_only, waiting.row is not None
        self.accept_button.setEnabled(can_edit and is_there)
        self.accept_button.setToolTip((ACCEPT_TIP if is_there else NOBODY_TIP).to(lang))
        self.discard_button.setEnabled(can_edit)
        for each in (self.before, self.after):
            each.setVisible(count > 1)
