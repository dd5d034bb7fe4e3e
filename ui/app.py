"""The application: built once, it opens the window on a study or the start page, and is one of the two walls."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from analyses import registry
from layers.problems import PucError
from layers.text import Lang
from puc_tool.maps.canvas import warming
from puc_tool.studies import recent_studies, study_reading
from puc_tool.studies.recent_studies import Recent
from puc_tool.working.keeper import open_study
from puc_tool.working.lock import Lock
from ui import errors
from ui.keys import ItalianKeys
from ui.look import Look
from ui.main_window import MainWindow
from ui.worker import Job, Jobs


class Windows:
    """Which window is open: one at a time, a study's or the start page. ``listed_in`` keeps the studies opened last."""

    def __init__(self, look: Look, lang: Lang, listed_in: Path | None = None) -> None:
        self._look, self._lang = look, lang
        self._listed_in = listed_in
        self._warming = Jobs()
        self.current: QMainWindow | QWidget | None = None
        self._told: object = None

    def warm(self) -> None:
        """Compile what paints the map beside the windows, where the installation has not done it."""
        if not warming.is_warm():
            self._warming.ask(Job("warming", warming.warm, lambda _: None))

    def stop(self) -> None:
        """End what is still being compiled."""
        self._warming.stop()

    def open(self, study: Path | None) -> None:
        """Open the window on ``study``, or the start page; raises PucError if it is no study."""
        if study is None:
            self.start()
        else:
            self._show(self._window(study))

    def start(self) -> None:
        """Open the start page."""
        # The page knows all communes, half a second; a window on a study must not wait for them.
        from ui.start_page import StartPage

        page = StartPage(self._look, self._lang, recent=self._recent())
        page.study_wanted.connect(self.try_open)
        page.forgotten.connect(self._forget)
        self._show(page)

    def try_open(self, folder: str) -> None:
        """Open the window on the study in ``folder``; if it is none, say so and stay."""
        try:
            self.open(Path(folder))
        except PucError as error:
            self.tell(error)

    def tell(self, error: BaseException) -> None:
        """Show an error over the window that is open."""
        self._told = errors.tell(error, self._lang, self.current)

    def _forget(self, folder: str) -> None:
        if self._listed_in is not None:
            recent_studies.forget(Path(folder), self._listed_in)

    def _recent(self) -> tuple[Recent, ...]:
        return () if self._listed_in is None else recent_studies.recent(self._listed_in)

    def _window(self, study: Path, lock: Lock | None = None) -> MainWindow:
        study_reading.read(study)  # refused before the window that is open lets its study go
        if isinstance(self.current, MainWindow) and self.current.keeping and lock is None:
            self.current.keeping.close()
        keeper = open_study(study, registry.ALL[0], lock)
        if self._listed_in is not None:
            recent_studies.opened(study, self._listed_in)
        window = MainWindow(keeper.session, self._look, self._lang, keeper)
        window.start_wanted.connect(self.start)
        window.study_wanted.connect(self.try_open)
        window.again_wanted.connect(lambda taken: self._show(self._window(study, taken)))
        window.start()
        if self._warming.running:
            window.status.say(warming.FIRST_TIME)
        return window

    def _show(self, window: QWidget) -> None:
        before, self.current = self.current, window
        window.show()
        if before is not None:
            before.close()
            before.deleteLater()


def open_window(study: Path | None, lang: Lang) -> None:
    """Open the window and stay until it is closed.

    Raises PucError if ``study`` is given and can't be read.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("puc-tool")
    app.setApplicationDisplayName("PUC Tool")
    translator = speak(app, lang)
    windows = Windows(Look(app), lang, recent_studies.place())
    before = errors.install(windows.tell)
    try:
        windows.warm()
        windows.open(study)
        app.exec()
    finally:
        windows.stop()
        sys.excepthook = before
        app.removeTranslator(translator)


def speak(app: QApplication, lang: Lang) -> QTranslator:
    """Make Qt's own dialogs, and the way numbers are typed, those of ``lang``."""
    locale = QLocale("it_IT" if lang == "it" else "en_GB")
    QLocale.setDefault(locale)
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(locale, "qtbase", "_", folder):
        app.installTranslator(translator)
    if lang == "it":
        app.installTranslator(ItalianKeys(translator))  # the last one is asked first
    return translator
