"""Keys in words: how a shortcut is written in each language, in the menus as well."""

from __future__ import annotations

from PySide6.QtCore import QTranslator
from PySide6.QtGui import QKeySequence

from layers.text import Lang

_ITALIAN = {"Shift": "Maiusc", "Return": "Invio", "Enter": "Invio", "Del": "Canc", "Space": "Spazio"}
_ENGLISH = {"Return": "Enter"}


def written(key: str, lang: Lang) -> str:
    """Return a shortcut as people write it: «Ctrl+Maiusc+Z», “Ctrl+Shift+Z”."""
    names = _ITALIAN if lang == "it" else _ENGLISH
    portable = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
    return "+".join(names.get(part, part) for part in portable.split("+"))


class ItalianKeys(QTranslator):
    """Gives the menus the words that Qt's own Italian lacks."""

    def isEmpty(self) -> bool:  # noqa: N802 (Qt's name)
        """Say that there are words, or Qt would not ask."""
        return False

    def translate(self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """Return the Italian name of a key; nothing for all else, so that Qt asks its own catalogue."""
        return _ITALIAN.get(source_text) if context == "QShortcut" else None
