"""The application: built once, it opens the window on a study or the start page, and is one of the two walls."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

from analyses import registry
from layers.problems import PucError
from layers.text import Lang, Text
from puc_tool import settings
from puc_tool.maps.canvas import warming
from puc_tool.settings import Setting, Settings
from puc_tool.studies import recent_studies, study_reading
from puc_tool.studies.recent_studies import Recent
from puc_tool.working.keeper import open_study
from puc_tool.working.lock import Lock
from ui import errors
from ui.help.help_dialog import HelpDialog
from ui.help.pages import COMMANDS_PAGE
from ui.look import Look
from ui.main_window import MainWindow
from ui.preferences import PreferencesDialog
from ui.voice import Voice
from ui.worker import Job, Jobs

_Dialog = TypeVar("_Dialog", bound=QDialog)
_SCALE = "QT_SCALE_FACTOR"
LANGUAGE_LATER = Text(
    "La lingua cambia alla prossima apertura: adesso è in corso un lavoro.",
    "The language changes at the next opening: something is being done now.",
)


class Windows:
    """Which window is open: one at a time, a study's or the start page. ``listed_in`` keeps the studies opened last.

    ``kept`` are the preferences: the theme and the language follow them, and the windows are opened anew in another.
    """

    def __init__(
        self,
        look: Look,
        lang: Lang,
        listed_in: Path | None = None,
        kept: Settings | None = None,
        voice: Voice | None = None,
    ) -> None:
        self._look, self._lang = look, lang
        self._listed_in, self._voice = listed_in, voice
        self._kept = kept or Settings()
        self._kept.take_for_now(settings.LANGUAGE, lang)
        self._warming = Jobs()
        self.current: QMainWindow | QWidget | None = None
        self._told: object = None
        self._kept.changed.connect(self._prefer)
        look.switched.connect(self._keep_theme)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._dress)
        self._dress()

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
        page.help_wanted.connect(self.show_help)
        page.preferences_wanted.connect(self.show_preferences)
        self._show(page)

    def try_open(self, folder: str) -> None:
        """Open the window on the study in ``folder``; if it is none, say so and stay."""
        try:
            self.open(Path(folder))
        except PucError as error:
            self.tell(error)

    def show_help(self, page: str = COMMANDS_PAGE.id) -> None:
        """Show a page of the help beside the window that is open."""
        shown = self._beside(HelpDialog) or HelpDialog(self._look, self._lang, self.current)
        shown.open_page(page)
        _raise(shown)

    def show_preferences(self) -> None:
        """Show the preferences beside the window that is open."""
        shown = self._beside(PreferencesDialog) or PreferencesDialog(
            self._kept, self._forget_all, self._look, self._lang, self.current
        )
        _raise(shown)

    def tell(self, error: BaseException) -> None:
        """Show an error over the window that is open."""
        self._told = errors.tell(error, self._lang, self.current)

    def _forget(self, folder: str) -> None:
        if self._listed_in is not None:
            recent_studies.forget(Path(folder), self._listed_in)

    def _forget_all(self) -> None:
        if self._listed_in is not None:
            recent_studies.forget_all(self._listed_in)
        if not isinstance(self.current, MainWindow) and self.current is not None:
            self.current.side.recent.forget_all()  # type: ignore[attr-defined]  # the start page, the only other window

    def _beside(self, kind: type[_Dialog]) -> _Dialog | None:
        """Return the dialog of this kind that is open already."""
        return next(iter(self.current.findChildren(kind)), None) if self.current is not None else None

    def _prefer(self, setting: Setting) -> None:
        """Follow a preference that was changed; the size of the text counts from the next start."""
        if setting is settings.THEME:
            self._dress()
        elif setting is settings.LANGUAGE:
            self._speak()

    def _dress(self, _: object = None) -> None:
        """Put the theme on that is preferred."""
        wanted = self._kept.get(settings.THEME)
        is_dark_outside = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        dark = is_dark_outside if wanted == "system" else wanted == "dark"
        if dark is not self._look.is_dark:
            self._look.set_dark(dark)

    def _keep_theme(self) -> None:
        self._kept.set(settings.THEME, "dark" if self._look.is_dark else "light")

    def _speak(self) -> None:
        """Open what is open anew in the language that is preferred; work that is under way is not stopped for it."""
        before = self.current
        if isinstance(before, MainWindow) and not before.desk.can_choose:
            before.status.say(LANGUAGE_LATER)
            return
        self._lang = self._kept.lang
        if self._voice is not None:
            self._voice.speak(self._lang)
        if isinstance(before, MainWindow):
            self._show(self._window(before.session.study.folder))
        elif before is not None:
            self.start()
        self.show_preferences()

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
        window.help_wanted.connect(self.show_help)
        window.preferences_wanted.connect(self.show_preferences)
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
    kept = Settings(settings.place())
    _scale(kept)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("puc-tool")
    app.setApplicationDisplayName("PUC Tool")
    voice = Voice(app)
    voice.speak(lang)
    windows = Windows(Look(app), lang, recent_studies.place(), kept, voice)
    before = errors.install(windows.tell)
    try:
        windows.warm()
        windows.open(study)
        app.exec()
    finally:
        windows.stop()
        sys.excepthook = before
        voice.silence()


def _scale(kept: Settings) -> None:
    """Have Qt draw everything as large as is preferred; what the system itself asks for goes before."""
    percent = int(kept.get(settings.SIZE))
    if percent != 100:
        os.environ.setdefault(_SCALE, str(percent / 100))


def _raise(dialog: QDialog) -> None:
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
