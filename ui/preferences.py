"""The preferences: a row for each that is declared, taken at once, and the list of recent studies to be cleared."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from layers.text import Lang, Text, number, say
from puc_tool import settings
from puc_tool.settings import Setting, Settings
from ui.choice import Choice
from ui.help.dialog import SideDialog
from ui.look import Look
from ui.parts import PushButton, inset, rule, words
from ui.tokens import GAP_4, GAP_8, INSET, PREFERENCES_W

TITLE = Text("Preferenze", "Preferences")
RECENT = Text("Studi recenti", "Recent studies")
RECENT_ABOUT = Text(
    "La pagina iniziale elenca gli studi aperti per ultimi. Svuotare l'elenco non tocca gli studi.",
    "The start page lists the studies opened last. Clearing the list touches no study.",
)
CLEAR, CLEARED = Text("Svuota l'elenco", "Clear the list"), Text("L'elenco è vuoto.", "The list is empty.")
_EXAMPLE = number(1484.6, 1)


class PreferencesDialog(SideDialog):
    """What is chosen counts from the moment it is chosen, except where its row says otherwise."""

    def __init__(
        self, kept: Settings, forget: Callable[[], None], look: Look, lang: Lang, parent: QWidget | None = None
    ) -> None:
        super().__init__(TITLE.to(lang), parent)
        self._kept, self._forget, self._look, self._lang = kept, forget, look, lang
        self.put_title(TITLE.to(lang))
        self.setFixedWidth(PREFERENCES_W)
        self.boxes: dict[str, Choice] = {}
        body = inset(QVBoxLayout(), INSET, INSET, INSET, INSET, GAP_4)
        for setting in settings.ALL:
            self._add(body, setting)
        body.addWidget(rule())
        body.addSpacing(GAP_8)
        body.addWidget(words(RECENT.to(lang), "label", "ink2"))
        self.recent_said = words(RECENT_ABOUT.to(lang), "note", "ink3", wrap=True)
        body.addWidget(self.recent_said)
        self.clear_button = PushButton(look, CLEAR.to(lang), "secondary")
        self.clear_button.clicked.connect(self._clear)
        body.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignLeft)
        body.addStretch()
        self.column.addLayout(body)
        self.boxes[settings.LANGUAGE.id].setFocus()

    def _add(self, body: QVBoxLayout, setting: Setting) -> None:
        """Add the row of a setting: its name, its choices, and when it counts."""
        box = Choice(self._look, setting.title.to(self._lang))
        for value, title in setting.choices:
            box.addItem(title.to(self._lang), value)
        box.setCurrentIndex(box.findData(self._kept.get(setting)))
        box.activated.connect(partial(self._take, setting))
        self.boxes[setting.id] = box
        body.addWidget(words(setting.title.to(self._lang), "label", "ink2"))
        body.addWidget(box)
        if setting.about:
            told = say(setting.about.it, setting.about.en, n=_EXAMPLE)
            body.addWidget(words(told.to(self._lang), "note", "ink3", wrap=True))
        body.addSpacing(INSET)

    def _take(self, setting: Setting, place: int) -> None:
        self._kept.set(setting, self.boxes[setting.id].itemData(place))

    def _clear(self) -> None:
        self._forget()
        self.recent_said.setText(CLEARED.to(self._lang))
        self.clear_button.setEnabled(False)
