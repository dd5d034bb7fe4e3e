"""A new study: the name of its commune is enough. Names alike and namesakes are offered while typing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from analyses.progress import Report
from layers import communes
from layers.communes import Commune
from layers.problems import PucError
from layers.text import Lang, Text, say
from puc_tool.intake.folder_intake import Talk
from puc_tool.intake.outcomes import Brought, Outcome
from puc_tool.intake.study_filling import WantedStudy
from puc_tool.studies.free_folder import free_folder
from ui.look import Look, font
from ui.panels.findings import card
from ui.parts import Icon, PushButton, clear, inset, words
from ui.tokens import FORM_W, GAP_4, GAP_8, GAP_12, GAP_24
from ui.worker import Job, Jobs

TITLE = Text("Nuovo studio", "New study")
ABOUT = Text(
    "Basta il nome del comune: confine e residenti ci sono già. I dati si aggiungono dopo, e i file originali non "
    "vengono mai modificati.",
    "The commune's name is enough: boundary and residents are there already. Data are added later, and the original "
    "files are never changed.",
)
COMMUNE = Text("Comune, per nome o codice ISTAT", "Commune, by name or ISTAT code")
FOLDER = Text("Cartella dello studio", "The study's folder")
ORIGIN = Text("Cartella con i dati", "Folder with the data")
OPTIONAL = Text("facoltativa: si può trascinare qui", "optional: drop one here")
CHOOSE, CREATE = Text("Scegli…", "Choose…"), Text("Crea lo studio", "Make the study")
WHICH = Text("Quale?", "Which one?")
MAKE = "new"
_SETTLE_MS = 150
_MOST_OFFERED = 6


class NewStudyForm(QWidget):
    """``made`` tells the folder of the study that was made; ``brought`` also what came of a folder of data.

    ``begun`` tells the study's folder and the commune when a folder of data is about to be read, ``seen`` each dataset;
    ``between`` is called in the thread that reads after each.
    """

    made = Signal(str)
    begun = Signal(str, str)
    seen = Signal(object)
    brought = Signal(str, object)
    stopped = Signal()

    def __init__(self, jobs: Jobs, documents: Path, look: Look, lang: Lang) -> None:
        super().__init__()
        self._jobs, self._documents, self._look, self._lang = jobs, documents, look, lang
        self._commune: Commune | None = None
        self._is_enough = threading.Event()
        self.between: Callable[[], None] = _nothing
        self.setFixedWidth(FORM_W)
        self.name, self.folder, self.origin = QLineEdit(), QLineEdit(), QLineEdit()
        self.origin.setPlaceholderText(OPTIONAL.to(lang))
        for line, label in ((self.name, COMMUNE), (self.folder, FOLDER), (self.origin, ORIGIN)):
            line.setFont(font("body"))
            line.setAccessibleName(label.to(lang))
            line.returnPressed.connect(self._enter)
        self._names = QStringListModel(self)
        self.name.setCompleter(_completer(self._names, self))
        self._answer = inset(QVBoxLayout(), 0, 0, 0, 0, GAP_4)
        self._refusals = inset(QVBoxLayout(), 0, 0, 0, 0, GAP_4)
        self.create_button = PushButton(look, CREATE.to(lang), "primary")
        self.create_button.clicked.connect(self.create_study)
        self._settling = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settling.timeout.connect(self.look_up)
        self.name.textChanged.connect(self._settling.start)
        self._lay_out()
        self._take(None)

    def prepare(self) -> None:
        """Load the communes beside the window."""
        self._jobs.ask(Job("communes", _names, self._names.setStringList))

    def look_up(self) -> None:
        """Say which commune the words mean, or which they may mean."""
        clear(self._answer)
        clear(self._refusals)
        self._take(None)
        typed = self.name.text().strip()
        if len(typed) < 2:
            return
        found = communes.matching(typed)
        if len(found) == 1:
            self._take(found[0])
        elif found:
            self._offer(found)
        else:
            self._say_unknown(typed)

    def create_study(self) -> None:
        """Make the study in the folder that is written there."""
        commune, folder, data = self._commune, Path(self.folder.text()).expanduser(), self.origin.text().strip()
        if commune is None:
            return
        clear(self._refusals)
        self._is_enough.clear()
        talk = Talk(hear=self._hear, is_enough=self._is_enough.is_set)
        origin = Path(data).expanduser() if data else None
        # The one place of the window where today enters a study, as in `puc-tool new`.
        made = WantedStudy(folder, commune, date.today(), origin, talk, self.begun.emit)
        self._jobs.ask(Job(MAKE, made.make, self._made, self._refused, self._stopped))

    def _hear(self, outcome: Outcome) -> None:
        """Tell what was found; the thread that reads comes by here."""
        self.seen.emit(outcome)
        self.between()

    def _enter(self) -> None:
        """Take what is typed; once a commune is settled, make the study."""
        if self._settling.isActive():
            self._settling.stop()
            self.look_up()
        elif self.create_button.isEnabled():
            self.create_study()

    def leave_the_rest(self) -> None:
        """Look at no more files of the folder."""
        self._is_enough.set()

    def _stopped(self) -> None:
        self.stopped.emit()

    def _made(self, done: tuple[Path, Brought | None]) -> None:
        folder, came = done
        if came is None:
            self.made.emit(str(folder))
        else:
            self.brought.emit(str(folder), came)

    def _take(self, commune: Commune | None) -> None:
        self._commune = commune
        self.create_button.setEnabled(commune is not None)
        if commune is None:
            return
        self.folder.setText(str(free_folder(self._documents / commune.name.replace("/", "-"))))
        row = inset(QHBoxLayout(), 0, 0, 0, 0, GAP_8)
        row.addWidget(Icon(self._look, "check-circle", "ok"))
        told = say("{l}, {r}", "{l}, {r}", l=commune.label, r=commune.region)
        row.addWidget(words(told.to(self._lang), "body"), 1)
        line = QWidget()
        line.setLayout(row)
        self._answer.addWidget(line)

    def _offer(self, found: tuple[Commune, ...]) -> None:
        self._answer.addWidget(words(WHICH.to(self._lang), "note", "ink2"))
        for commune in found[:_MOST_OFFERED]:
            button = PushButton(self._look, commune.label, "link")
            button.clicked.connect(self._typing(commune.label))
            self._answer.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _typing(self, label: str) -> Callable[[], None]:
        return lambda: self.name.setText(label.rsplit(",", 1)[-1].strip())

    def _say_unknown(self, typed: str) -> None:
        try:
            communes.find(typed)
        except PucError as error:
            self._show(error, self._answer)

    def _refused(self, error: PucError) -> None:
        self._show(error, self._refusals)

    def _show(self, error: PucError, where: QVBoxLayout) -> None:
        for problem in error.problems:
            where.addWidget(card(problem, self._look, self._lang))

    def _choose(self, line: QLineEdit, label: Text) -> None:
        folder = QFileDialog.getExistingDirectory(self, label.to(self._lang), str(self._documents.parent))
        if folder:
            line.setText(folder)

    def take_data(self, folder: Path) -> None:
        """Take a folder that was dropped for the one with the data."""
        self.origin.setText(str(folder))
        self.name.setFocus()

    def _lay_out(self) -> None:
        column = inset(QVBoxLayout(self), 0, 0, 0, 0, GAP_4)
        column.addWidget(words(TITLE.to(self._lang), "page"))
        column.addWidget(words(ABOUT.to(self._lang), "body", "ink2", wrap=True))
        column.addSpacing(GAP_24)
        column.addWidget(words(COMMUNE.to(self._lang), "label", "ink2"))
        column.addWidget(self.name)
        column.addLayout(self._answer)
        column.addSpacing(GAP_12)
        for line, label in ((self.folder, FOLDER), (self.origin, ORIGIN)):
            column.addWidget(words(label.to(self._lang), "label", "ink2"))
            row = inset(QHBoxLayout(), 0, 0, 0, 0, GAP_8)
            choose = PushButton(self._look, CHOOSE.to(self._lang), "secondary")
            choose.setAccessibleName(f"{CHOOSE.to(self._lang)} {label.to(self._lang)}")
            choose.clicked.connect(partial(self._choose, line, label))
            row.addWidget(line, 1)
            row.addWidget(choose)
            column.addLayout(row)
            column.addSpacing(GAP_12)
        column.addLayout(self._refusals)
        column.addSpacing(GAP_24)
        column.addWidget(self.create_button, 0, Qt.AlignmentFlag.AlignLeft)


def _nothing() -> None:
    """Do nothing between two datasets."""


def _names(report: Report) -> list[str]:
    return sorted({commune.name for commune in communes.all_communes()})


def _completer(names: QStringListModel, parent: QWidget) -> QCompleter:
    completer = QCompleter(names, parent)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    return completer
