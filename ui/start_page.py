"""The page without a study: open one, see the demonstration, or begin a new one with the name of its commune."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_documents_path
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from analyses.progress import Report
from layers.problems import PucError
from layers.text import Lang, Text, same
from puc_tool.folder_intake import Brought
from puc_tool.recent_studies import Recent
from puc_tool.study import FILE
from ui.errors import tell
from ui.forms.new_study import NewStudyForm
from ui.forms.roles_page import RolesPage
from ui.look import Look
from ui.map.credit import DEMONSTRATION
from ui.parts import Elided, Icon, PushButton, box, inset, rule, words
from ui.tokens import FIRST, GAP_4, GAP_8, GAP_12, GAP_24, GAP_32, ICON_LARGE, INSET, SMALLEST, START_W
from ui.worker import Job, Jobs

ABOUT = Text("Analisi per il Piano Urbanistico Comunale", "Analyses for the Italian municipal plan")
RECENT = Text("Studi recenti", "Recent studies")
BEGIN = Text("Per cominciare", "To begin")
DEMO = Text("Apri lo studio dimostrativo", "Open the demonstration study")
DEMO_MORE = Text("La Spezia, dati inventati", "La Spezia, made-up data")
OPEN = Text("Apri uno studio…", "Open a study…")
OPEN_MORE = Text("La cartella che contiene study.toml", "The folder that holds study.toml")
CHOOSE = Text("Apri uno studio", "Open a study")
OFFLINE = Text("Versione {v}. Funziona senza rete.", "Version {v}. Works without a network.")
CANCEL = Text("Annulla", "Cancel")
WRITING = Text("Preparo lo studio dimostrativo", "Making the demonstration study")
STOPPED = Text("Fermato.", "Stopped.")
DEMO_FOLDER = "studio dimostrativo"


class StartPage(QWidget):
    """``study_wanted`` tells the folder to open."""

    study_wanted = Signal(str)

    def __init__(self, look: Look, lang: Lang, documents: Path | None = None, recent: Sequence[Recent] = ()) -> None:
        super().__init__()
        self.setProperty("box", "surface")
        self.setWindowTitle("PUC Tool")
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST)
        self._look, self._lang = look, lang
        self.documents = (documents or user_documents_path()) / "PUC Tool"
        self.recent_cards = [self._recent_card(each) for each in recent]
        self.jobs = Jobs(self)
        self.jobs.crashed.connect(self._tell)
        self.jobs.progress.connect(self._progress)
        self.jobs.ended.connect(self._quiet)
        self.form = NewStudyForm(self.jobs, self.documents, look, lang)
        self.form.made.connect(self.study_wanted)
        self.form.brought.connect(self._show_roles)
        self.roles = RolesPage(self.jobs, look, lang)
        self.roles.accepted.connect(self.study_wanted)
        row = inset(QHBoxLayout(self), 0, 0, 0, 0)
        row.addWidget(self._left(look, lang))
        row.addWidget(rule(vertical=True))
        row.addWidget(self._right(), 1)
        self._quiet("")
        self.form.prepare()

    def open_demo(self) -> None:
        """Open the demonstration study; the first time it is made."""
        folder = self.documents / DEMO_FOLDER
        if (folder / FILE).is_file():
            self.study_wanted.emit(str(folder))
        else:
            self.jobs.ask(Job("demo", lambda report: _demo(folder, report), self._made, self._refused, self._stopped))

    def choose(self) -> None:
        """Choose the folder of a study."""
        folder = QFileDialog.getExistingDirectory(self, CHOOSE.to(self._lang), str(self.documents.parent))
        if folder:
            self.study_wanted.emit(folder)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """End the thread."""
        self.jobs.stop()
        super().closeEvent(event)

    def _left(self, look: Look, lang: Lang) -> QWidget:
        left = box("app", inset(QVBoxLayout(), GAP_32, GAP_32, GAP_24, GAP_24, GAP_8))
        left.setFixedWidth(START_W)
        column = left.layout()
        assert isinstance(column, QVBoxLayout)
        column.addLayout(self._brand())
        column.addSpacing(GAP_24)
        if self.recent_cards:
            column.addWidget(words(RECENT.to(lang), "label", "ink2"))
            for card in self.recent_cards:
                column.addWidget(card)
            column.addSpacing(GAP_12)
        column.addWidget(words(BEGIN.to(lang), "label", "ink2"))
        self.demo_card = Card(look, "play-circle", DEMO.to(lang), DEMO_MORE.to(lang))
        self.demo_card.clicked.connect(self.open_demo)
        self.open_card = Card(look, "folder-open", OPEN.to(lang), OPEN_MORE.to(lang))
        self.open_card.clicked.connect(self.choose)
        column.addWidget(self.demo_card)
        column.addWidget(self.open_card)
        column.addWidget(self._progress_line())
        column.addStretch()
        column.addWidget(words(OFFLINE.to(lang).format(v=version("puc-tool")), "note", "ink3"))
        return left

    def _recent_card(self, study: Recent) -> Card:
        more = DEMONSTRATION if study.is_demonstration else same(_shortened(study.folder))
        card = Card(self._look, "map-trifold", study.title, more.to(self._lang))
        card.setToolTip(str(study.folder))
        card.clicked.connect(partial(self._open_recent, str(study.folder)))
        return card

    def _open_recent(self, folder: str, checked: bool = False) -> None:
        self.study_wanted.emit(folder)

    def _brand(self) -> QHBoxLayout:
        row = inset(QHBoxLayout(), 0, 0, 0, 0, GAP_12)
        row.addWidget(Icon(self._look, "map-trifold", "accent", ICON_LARGE), 0, Qt.AlignmentFlag.AlignVCenter)
        column = inset(QVBoxLayout(), 0, 0, 0, 0, 0)
        column.addWidget(words("PUC Tool", "page"))
        column.addWidget(words(ABOUT.to(self._lang), "note", "ink2"))
        row.addLayout(column, 1)
        return row

    def _progress_line(self) -> QWidget:
        self._line = QWidget()
        column = inset(QVBoxLayout(self._line), 0, GAP_8, 0, 0, GAP_4)
        self._said = words("", "note", "ink2")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        cancel = PushButton(self._look, CANCEL.to(self._lang), "link")
        cancel.clicked.connect(self.jobs.cancel)
        for widget in (self._said, self._bar, cancel):
            column.addWidget(widget)
        return self._line

    def _right(self) -> QWidget:
        self._pages = QStackedWidget()
        for page, stretches in ((self.form, False), (self.roles, True)):
            right = QWidget()
            column = inset(QVBoxLayout(right), GAP_32, GAP_32, GAP_32, GAP_32)
            column.addWidget(page, int(stretches))
            if not stretches:
                column.addStretch()
            self._pages.addWidget(right)
        return self._pages

    def _show_roles(self, folder: str, came: Brought) -> None:
        self.roles.offer(Path(folder), came.outcomes)
        self._pages.setCurrentIndex(1)
        self.roles.table.setFocus()

    def _made(self, folder: object) -> None:
        self.study_wanted.emit(str(folder))

    def _refused(self, error: PucError) -> None:
        self._tell(error)

    def _stopped(self) -> None:
        self._said.setText(STOPPED.to(self._lang))

    def _progress(self, job: str, share: float, message: Text) -> None:
        self._line.show()
        self._bar.setValue(max(self._bar.value(), round(100 * share)))
        self._said.setText(message.to(self._lang))

    def _quiet(self, job: str) -> None:
        self._line.hide()
        self._bar.setValue(0)

    def _tell(self, error: BaseException) -> None:
        tell(error, self._lang, self)


class Card(QPushButton):
    """A large button: icon, title, one line more."""

    def __init__(self, look: Look, icon: str, title: str, more: str) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setAccessibleName(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = inset(QHBoxLayout(self), INSET, 0, INSET, 0, INSET)
        row.addWidget(Icon(look, icon, "accent", ICON_LARGE))
        column = inset(QVBoxLayout(), 0, 0, 0, 0, 2)
        column.addStretch()
        column.addWidget(Elided(title, "strong"))
        column.addWidget(Elided(more, "note", "ink2"))
        column.addStretch()
        row.addLayout(column, 1)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def _shortened(folder: Path) -> str:
    """Return a folder as people say it: from their home, or its name and the one above."""
    home = Path.home()
    return str(folder.relative_to(home)) if folder.is_relative_to(home) else f"{folder.parent.name}/{folder.name}"


def _demo(folder: Path, report: Report) -> Path:
    # The generator is heavy; nobody needs it before this card is pressed.
    from puc_tool.demo.study import write_study

    report(0.0, WRITING)
    folder.mkdir(parents=True, exist_ok=True)
    write_study(folder, report)
    return folder
