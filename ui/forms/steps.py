"""Where somebody is in the making of a study: the commune, its data and roles, the first map."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from layers.text import Lang, Text, say
from ui.look import Look
from ui.parts import Icon, badge, clear, inset, words
from ui.tokens import GAP_8, GAP_12

COMMUNE = Text("Comune: {c}", "Commune: {c}")
ROLES, MAP = Text("Dati e ruoli", "Data and roles"), Text("Prima mappa", "First map")


class Steps(QWidget):
    """A line: what is done, where one is, what comes."""

    def __init__(self, look: Look, lang: Lang) -> None:
        super().__init__()
        self._look, self._lang = look, lang
        self._row = inset(QHBoxLayout(self), 0, 0, 0, 0, GAP_8)

    def show_commune(self, name: str) -> None:
        """Say that the commune is chosen, and the roles are in hand."""
        clear(self._row)
        steps = (("✓", say(COMMUNE.it, COMMUNE.en, c=name), "ok", "body"), ("2", ROLES, "here", "strong"),
                 ("3", MAP, "quiet", "body"))  # fmt: skip
        for place, (sign, title, colour, kind) in enumerate(steps):
            if place:
                self._row.addWidget(Icon(self._look, "caret-right", "ink3", GAP_12))
            self._row.addWidget(badge(sign, colour))
            self._row.addWidget(words(title.to(self._lang), kind, "ink3" if colour == "quiet" else ""))
        self._row.addStretch()
        self.setAccessibleName(ROLES.to(self._lang))
