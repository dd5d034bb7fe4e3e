"""The language that Qt itself speaks: its own dialogs, the names of keys, the way numbers are typed."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from layers.text import Lang
from ui.keys import ItalianKeys


class Voice:
    """One language at a time."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._translators: list[QTranslator] = []

    def speak(self, lang: Lang) -> None:
        """Make Qt speak ``lang`` from now on."""
        self.silence()
        locale = QLocale("it_IT" if lang == "it" else "en_GB")
        QLocale.setDefault(locale)
        own = QTranslator(self._app)
        if own.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._install(own)
        if lang == "it":
            self._install(ItalianKeys(self._app))  # the last one is asked first

    def silence(self) -> None:
        """Take away what was installed."""
        while self._translators:
            self._app.removeTranslator(self._translators.pop())

    def _install(self, translator: QTranslator) -> None:
        self._app.installTranslator(translator)
        self._translators.append(translator)
