"""The ways from the start page to what is no study: the help, the preferences, what the program is made of."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from layers.text import Lang, Text
from ui.commands import PREFERENCES_KEY
from ui.help.pages import ABOUT_PAGE, COMMANDS_PAGE, HELP_PAGES
from ui.look import Look
from ui.parts import PushButton, inset
from ui.tokens import INSET

PREFERENCES = Text("Preferenze", "Preferences")


class StartLinks(QWidget):
    """Three links; ``page`` listens to the keys that the window's menus have for them.

    ``help_wanted`` tells the page of the help.
    """

    help_wanted = Signal(str)
    preferences_wanted = Signal()

    def __init__(self, page: QWidget, look: Look, lang: Lang) -> None:
        super().__init__(page)
        self._look, self._lang = look, lang
        self._row = inset(QHBoxLayout(self), 0, 0, 0, 0, INSET)
        self._add(COMMANDS_PAGE.short).clicked.connect(partial(self._help, COMMANDS_PAGE.id))
        self._add(PREFERENCES).clicked.connect(lambda: self.preferences_wanted.emit())
        self._add(ABOUT_PAGE.short).clicked.connect(partial(self._help, ABOUT_PAGE.id))
        self._row.addStretch()
        QShortcut(QKeySequence(PREFERENCES_KEY), page, self.preferences_wanted.emit)
        for each in HELP_PAGES:
            if each.key:
                QShortcut(QKeySequence(each.key), page, partial(self._help, each.id))

    def _add(self, title: Text) -> PushButton:
        link = PushButton(self._look, title.to(self._lang), "link")
        self._row.addWidget(link)
        return link

    def _help(self, page_id: str, checked: bool = False) -> None:
        self.help_wanted.emit(page_id)
