"""How far a study that is being made is, with a way to stop it; once it is stopped, that nothing was opened."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from layers.text import Lang, Text
from ui.look import Look
from ui.parts import PushButton, inset, words
from ui.tokens import GAP_4, GAP_8

CANCEL = Text("Annulla (Esc)", "Cancel (Esc)")
STOPPED = Text("Fermato: nulla è stato aperto.", "Stopped: nothing was opened.")


class MakingLine(QWidget):
    """Seen while something is made; after a stop its words stay until something is made again."""

    def __init__(self, look: Look, lang: Lang) -> None:
        super().__init__()
        self._lang = lang
        self.said = words("", "note", "ink2", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.cancel_button = PushButton(look, CANCEL.to(lang), "link")
        column = inset(QVBoxLayout(self), 0, GAP_8, 0, 0, GAP_4)
        for widget in (self.said, self._bar, self.cancel_button):
            column.addWidget(widget)
        self.rest()

    def begin(self) -> None:
        """Show that something is being made."""
        self._show("", is_making=True)

    def progress(self, share: float, message: Text) -> None:
        """Show how far it is; a share below the last one is that of a part, and not shown."""
        self._bar.setValue(max(self._bar.value(), round(100 * share)))
        self.said.setText(message.to(self._lang))

    def rest(self) -> None:
        """Show nothing."""
        self._show("", is_making=False)

    def stop(self) -> None:
        """Say that it was stopped."""
        self._show(STOPPED.to(self._lang), is_making=False)

    def _show(self, told: str, *, is_making: bool) -> None:
        self._bar.setValue(0)
        self.said.setText(told)
        self.said.setVisible(is_making or bool(told))
        for widget in (self._bar, self.cancel_button):
            widget.setVisible(is_making)
