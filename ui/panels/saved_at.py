"""At the right of the menu bar: that everything is saved, and since when."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout

from layers.text import Lang, Text, say
from ui.keeping import Keeping
from ui.look import Look
from ui.parts import Icon, inset, words
from ui.tokens import GAP_4, INSET, MENU_H

SAVED = Text("Salvato alle {t}", "Saved at {t}")
_SIGN_PX = 14


class SavedAt(QFrame):
    """Empty until something was saved, and while the disk refuses."""

    def __init__(self, keeping: Keeping, look: Look, lang: Lang) -> None:
        super().__init__()
        self._keeping, self._lang = keeping, lang
        self._sign, self._words = Icon(look, "check", "ok", _SIGN_PX), words("", "note", "ink2")
        row = inset(QHBoxLayout(self), 0, 0, INSET, 0, GAP_4)
        row.addWidget(self._sign)
        row.addWidget(self._words)
        self._sign.hide()
        # The menu bar gives its corner its room once, so it is asked for whole.
        room = self._words.fontMetrics().horizontalAdvance(say(SAVED.it, SAVED.en, t="00:00").to(lang))
        self._room_w = room + _SIGN_PX + GAP_4 + INSET + GAP_4
        self.setFixedSize(self.sizeHint())
        row.insertStretch(0)
        keeping.saved.connect(self._save_ended)
        keeping.changed.connect(self._follow)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Return the room of the longest words, as high as the menu bar."""
        return QSize(self._room_w, MENU_H)

    def _save_ended(self) -> None:
        hour = f"{datetime.now().astimezone():%H:%M}"
        self._words.setText(say(SAVED.it, SAVED.en, t=hour).to(self._lang))
        self._follow()

    def _follow(self) -> None:
        is_saved = bool(self._words.text()) and self._keeping.trouble is None
        self._sign.setVisible(is_saved)
        self._words.setVisible(is_saved)
