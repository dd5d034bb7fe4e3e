"""The page without a study: open one, see the demonstration, or begin a new one with the name of its commune."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from platformdirs import user_documents_path
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from analyses.progress import Report
from layers.problems import PucError
from layers.text import Lang, Text
from puc_tool.intake.outcomes import Brought
from puc_tool.studies.recent_studies import Recent
from puc_tool.study import FILE
from ui.errors import tell
from ui.forms.new_study import MAKE, NewStudyForm
from ui.forms.roles_page import RolesPage
from ui.look import Look
from ui.parts import inset, rule
from ui.start_side import StartSide
from ui.tokens import FIRST, GAP_24, GAP_32, NARROW, SMALLEST
from ui.worker import Job, Jobs

CHOOSE = Text("Apri uno studio", "Open a study")
WRITING = Text("Preparo lo studio dimostrativo", "Making the demonstration study")
DEMO_FOLDER = "studio dimostrativo"
_DEMO = "demo"


class StartPage(QWidget):
    """``study_wanted`` tells the folder to open, ``forgotten`` one to take off the list of recent studies.

    ``help_wanted`` tells the page of the help that is wanted.
    """

    study_wanted = Signal(str)
    forgotten = Signal(str)
    help_wanted = Signal(str)
    preferences_wanted = Signal()

    def __init__(self, look: Look, lang: Lang, documents: Path | None = None, recent: Sequence[Recent] = ()) -> None:
        super().__init__()
        self.setProperty("box", "surface")
        self.setWindowTitle("PUC Tool")
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST)
        self.setAcceptDrops(True)
        self._lang = lang
        self._is_stopped = False
        self.documents = (documents or user_documents_path()) / "PUC Tool"
        self.jobs = Jobs(self)
        self.jobs.crashed.connect(self._tell)
        self.jobs.progress.connect(self._progress)
        self.jobs.started.connect(self._follow)
        self.jobs.ended.connect(self._follow)
        self.form = NewStudyForm(self.jobs, self.documents, look, lang)
        self.roles = RolesPage(self.jobs, look, lang)
        self.side, self._edge = StartSide(self, look, lang, recent), rule(vertical=True)
        row = inset(QHBoxLayout(self), 0, 0, 0, 0)
        row.addWidget(self.side)
        row.addWidget(self._edge)
        row.addWidget(self._right(), 1)
        self._connect()
        self._follow("")
        self.form.prepare()
        self.form.name.setFocus()

    def _connect(self) -> None:
        self.side.recent.wanted.connect(self.study_wanted)
        self.side.recent.forgotten.connect(self._forgotten)
        self.side.demo_card.clicked.connect(self.open_demo)
        self.side.open_card.clicked.connect(self.choose)
        self.side.making.cancel_button.clicked.connect(self.escape)
        self.side.links.help_wanted.connect(self.help_wanted)
        self.side.links.preferences_wanted.connect(self.preferences_wanted)
        self.form.made.connect(self.study_wanted)
        self.form.begun.connect(self._begin_reading)
        self.form.seen.connect(self.roles.hear)
        self.form.between = self.roles.pictures.serve
        self.form.brought.connect(self._show_roles)
        self.form.stopped.connect(self._stopped)
        self.roles.accepted.connect(self.study_wanted)
        self.roles.enough.connect(self.form.leave_the_rest)
        self.roles.back.connect(self._show_form)
        QShortcut(QKeySequence.StandardKey.Open, self, self.choose)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.escape)

    def open_demo(self) -> None:
        """Open the demonstration study; the first time it is made."""
        folder = self.documents / DEMO_FOLDER
        if (folder / FILE).is_file():
            self.study_wanted.emit(str(folder))
        else:
            self.jobs.ask(Job(_DEMO, lambda report: _demo(folder, report), self._made, self._refused, self._stopped))

    def choose(self) -> None:
        """Choose the folder of a study."""
        folder = QFileDialog.getExistingDirectory(self, CHOOSE.to(self._lang), str(self.documents.parent))
        if folder:
            self.study_wanted.emit(folder)

    def escape(self) -> None:
        """Stop what is being made; of a folder that is read, take what was read so far."""
        if self.jobs.running == MAKE and self._is_at_roles:
            self.form.leave_the_rest()
        else:
            self.jobs.cancel()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Take a study or a folder of data, while the form is shown."""
        if not self._is_at_roles and _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        """Open the study that was dropped; any other folder is taken for the one with the data."""
        folder = _dropped(event)
        if folder is None:
            return
        event.acceptProposedAction()
        if (folder / FILE).is_file():
            self.study_wanted.emit(str(folder))
        else:
            self.form.take_data(folder)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Give the roles all the room where there is little."""
        super().resizeEvent(event)
        self._arrange()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """End the thread."""
        self.jobs.stop()
        super().closeEvent(event)

    def _forgotten(self, folder: str) -> None:
        self.side.keep_focus()
        self.forgotten.emit(folder)

    def _right(self) -> QWidget:
        self._pages = QStackedWidget()
        for page, stretches in ((self.form, False), (self.roles, True)):
            right = QWidget()
            around = GAP_24 if stretches else GAP_32
            column = inset(QVBoxLayout(right), GAP_32, around, GAP_32, around)
            column.addWidget(page, int(stretches))
            if not stretches:
                column.addStretch()
            self._pages.addWidget(right)
        return self._pages

    @property
    def _is_at_roles(self) -> bool:
        return self._pages.currentIndex() == 1

    def _arrange(self) -> None:
        for part in (self.side, self._edge):
            part.setVisible(not self._is_at_roles or self.width() >= NARROW)

    def _begin_reading(self, folder: str, commune: str) -> None:
        self.roles.begin(Path(folder), commune)
        self._turn_to(1)
        self.roles.foot.enough_button.setFocus()

    def _show_roles(self, folder: str, came: Brought) -> None:
        self.roles.offer(Path(folder), came)
        self._turn_to(1)
        self.roles.table.setFocus()

    def _show_form(self) -> None:
        self._turn_to(0)
        self.form.look_up()
        self.form.name.setFocus()

    def _turn_to(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self._arrange()

    def _made(self, folder: object) -> None:
        self.study_wanted.emit(str(folder))

    def _refused(self, error: PucError) -> None:
        self._tell(error)

    def _stopped(self) -> None:
        self._turn_to(0)
        self._is_stopped = True

    def _progress(self, job: str, share: float, message: Text) -> None:
        if job == MAKE and self._is_at_roles:
            self.roles.foot.progress(share, message)
        elif job in (MAKE, _DEMO):
            self.side.making.progress(share, message)

    def _follow(self, job: str) -> None:
        """Show how far the making is, and let nothing be begun meanwhile."""
        is_making = self.jobs.running in (MAKE, _DEMO)
        self.side.allow(is_free=not is_making)
        self.form.setEnabled(not is_making)
        if is_making:
            self.side.making.begin()
        elif self._is_stopped:
            self.side.making.stop()
            self._is_stopped = False
        elif job in (MAKE, _DEMO):
            self.side.making.rest()

    def _tell(self, error: BaseException) -> None:
        tell(error, self._lang, self)


def _dropped(event: QDropEvent) -> Path | None:
    """Return the folder that is dropped, itself or by its ``study.toml``; None for anything else."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    folders = (path.parent if path.name == FILE else path for path in paths)
    return next((folder for folder in folders if folder.is_dir()), None)


def _demo(folder: Path, report: Report) -> Path:
    # The generator is heavy; nobody needs it before this card is pressed.
    from puc_tool.demo.study import write_study

    report(0.0, WRITING)
    folder.mkdir(parents=True, exist_ok=True)
    write_study(folder, report)
    return folder
