"""The foot of the roles of a new study: how many datasets are known, how far the reading is, the ways on and back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from layers.text import Lang, Text, number, say
from puc_tool.intake.outcomes import Outcome, State
from ui.forms.roles_table import IGNORED, standing
from ui.look import Look
from ui.parts import Elided, PushButton, inset, words
from ui.tokens import GAP_12, PREVIEW_W

BACK, OPEN = Text("Indietro", "Back"), Text("Apri lo studio", "Open the study")
ENOUGH = Text("Basta così", "That is enough")
TOLD = Text("Riconosciuti: {a}. Da scegliere: {c}. Lasciati fuori: {o}.", "Known: {a}. To choose: {c}. Left out: {o}.")
NO_DATA = Text(
    "Nella cartella non c'è nessun dato che il programma sappia aprire. Lo studio ha il confine e i residenti: i dati "
    "si possono aggiungere dopo.",
    "The folder holds no data that the program can open. The study has its boundary and residents: data can be added "
    "later.",
)


class RolesFoot(QWidget):
    """Nothing can be opened while a folder is still being read; that can be stopped."""

    def __init__(self, look: Look, lang: Lang) -> None:
        super().__init__()
        self._lang, self.is_reading = lang, False
        self.said = words("", "note", "ink2", wrap=True)
        self._reading, self._bar = Elided("", "note", "ink2"), QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(PREVIEW_W // 3)
        self.enough_button = PushButton(look, ENOUGH.to(lang), "secondary")
        self.back_button = PushButton(look, BACK.to(lang), "secondary")
        self.open_button = PushButton(look, OPEN.to(lang), "primary")
        row = inset(QHBoxLayout(self), 0, 0, 0, 0, GAP_12)
        row.addWidget(self.said, 2)
        row.addWidget(self._reading, 1)
        for widget in (self._bar, self.enough_button, self.back_button, self.open_button):
            row.addWidget(widget)
        self.wait(is_reading=False)

    def wait(self, *, is_reading: bool) -> None:
        """Show that a folder is being read, or that it has been."""
        self.is_reading = is_reading
        self._bar.setValue(0)
        for widget in (self._reading, self._bar, self.enough_button):
            widget.setVisible(is_reading)
        for button in (self.open_button, self.back_button):
            button.setEnabled(not is_reading)

    def progress(self, share: float, message: Text) -> None:
        """Show how far the reading is."""
        self._bar.setValue(max(self._bar.value(), round(100 * share)))
        self._reading.say(message.to(self._lang))

    def count(self, outcomes: Sequence[Outcome]) -> None:
        """Say how many datasets are known, to be chosen, left out; once the folder is read, that it has none."""
        told = NO_DATA if not outcomes and not self.is_reading else counted(outcomes)
        self.said.setText(told.to(self._lang))


def counted(outcomes: Sequence[Outcome]) -> Text:
    """Return how many datasets are known, to be chosen, left out: together all of them."""
    known = sum(each.state in (State.ADDED, State.KNOWN) for each in outcomes)
    out = sum(standing(each) == IGNORED for each in outcomes)
    return say(TOLD.it, TOLD.en, a=number(known), c=number(len(outcomes) - known - out), o=number(out))
