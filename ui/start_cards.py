"""The large buttons of the start page: a way to begin, and a study that was opened before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from layers.text import Lang, Text, same
from puc_tool.studies.recent_studies import Recent
from ui.look import Look
from ui.map.credit import DEMONSTRATION
from ui.parts import Elided, Icon, IconButton, inset
from ui.tokens import ICON_LARGE, INSET

REMOVE = Text("Togli dall'elenco", "Take off the list")


class Card(QPushButton):
    """A large button: icon, title, one line more."""

    def __init__(self, look: Look, icon: str, title: str, more: str, token: str = "accent") -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setAccessibleName(title)
        self.setAccessibleDescription(more)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.row = inset(QHBoxLayout(self), INSET, 0, INSET, 0, INSET)
        self.row.addWidget(Icon(look, icon, token, ICON_LARGE))
        column = inset(QVBoxLayout(), 0, 0, 0, 0, 2)
        column.addStretch()
        column.addWidget(Elided(title, "strong"))
        column.addWidget(Elided(more, "note", "ink2" if token == "accent" else token))
        column.addStretch()
        self.row.addLayout(column, 1)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Take Enter as a press: outside dialogs Qt takes the space bar alone."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class RecentCard(Card):
    """A study opened before. One that is gone says so, and is only to be taken off the list (``removed``)."""

    removed = Signal()

    def __init__(self, study: Recent, look: Look, lang: Lang) -> None:
        more = study.trouble or (DEMONSTRATION if study.is_demonstration else same(shortened(study.folder)))
        icon, token = ("warning", "warn") if study.trouble else ("map-trifold", "accent")
        super().__init__(look, icon, study.named.to(lang), more.to(lang), token)
        self.setToolTip(str(study.folder))
        self.remove_button = IconButton(look, "x", f"{REMOVE.to(lang)}: {study.named.to(lang)}", token="ink3")
        self.remove_button.clicked.connect(self.removed)
        self.row.addWidget(self.remove_button)


def shortened(folder: Path) -> str:
    """Return a folder as people say it: from their home, or its name and the one above."""
    home = Path.home()
    return str(folder.relative_to(home)) if folder.is_relative_to(home) else f"{folder.parent.name}/{folder.name}"
