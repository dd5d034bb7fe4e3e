"""The second step of a new study: every file of the folder with its role and the evidence, to accept or to change.

The rows come while the folder is read. What is chosen is told whole below the table, with a small map of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from pyproj import CRS
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from analyses.progress import Report
from layers.problems import Problem, PucError
from layers.text import Lang, Text, number, say
from puc_tool.intake import crs_question
from puc_tool.intake.folder_acceptance import Answers, accept
from puc_tool.intake.folder_answers import FolderAnswers
from puc_tool.intake.folder_joins import JoinOffer
from puc_tool.intake.outcomes import Brought, Outcome, State
from ui.forms.asides import Aside, Asides
from ui.forms.dataset_detail import DatasetDetail
from ui.forms.previewing import Previewer, Seen, Sight
from ui.forms.roles_table import IGNORED as IGNORED_STANDING
from ui.forms.roles_table import RolesTable, by_standing, standing
from ui.forms.steps import Steps
from ui.look import Look
from ui.panels.findings import card
from ui.parts import Elided, PushButton, clear, inset, rule, words
from ui.tokens import GAP_4, GAP_8, GAP_12, PREVIEW_FOOT_H, PREVIEW_H, PREVIEW_W
from ui.worker import Job, Jobs

TITLE = Text("Nuovo studio", "New study")
ABOUT = Text(
    "Togliere la spunta a ciò che non serve; scegliere il ruolo di ciò che è in dubbio. I file non vengono modificati.",
    "Untick what is not wanted; choose the role of what is in doubt. The files are not changed.",
)
BACK, OPEN = Text("Indietro", "Back"), Text("Apri lo studio", "Open the study")
ENOUGH = Text("Basta così", "That is enough")
TOLD = Text("Riconosciuti: {a}. Da scegliere: {c}. Lasciati fuori: {o}.", "Known: {a}. To choose: {c}. Left out: {o}.")
NO_DATA = Text(
    "Nella cartella non c'è nessun dato che il programma sappia aprire. Lo studio ha il confine e i residenti: i dati "
    "si possono aggiungere dopo.",
    "The folder holds no data that the program can open. The study has its boundary and residents: data can be added "
    "later.",
)
PREVIEW, ACCEPT, PLACE = "preview", "accept", "place"


class RolesPage(QWidget):
    """``accepted`` tells the folder of the study once the answers are written, ``back`` that another is wanted.

    ``enough`` asks for no more files to be looked at.
    """

    accepted = Signal(str)
    back = Signal()
    enough = Signal()

    def __init__(self, jobs: Jobs, look: Look, lang: Lang) -> None:
        super().__init__()
        self._jobs, self._look, self._lang = jobs, look, lang
        self._folder, self.known = Path(), FolderAnswers()
        self._is_reading = True
        self._previewer: Previewer | None = None
        self.asides = Asides(self)
        self.steps = Steps(look, lang)
        self.table = RolesTable(look, lang)
        self.detail = DatasetDetail(look, lang)
        self._said, self._problems = words("", "note", "ink2"), inset(QVBoxLayout(), 0, 0, 0, 0, GAP_4)
        self.open_button = PushButton(look, OPEN.to(lang), "primary")
        self.back_button = PushButton(look, BACK.to(lang), "secondary")
        self.enough_button = PushButton(look, ENOUGH.to(lang), "secondary")
        self._reading, self._bar = Elided("", "note", "ink2"), QProgressBar()
        self.open_button.clicked.connect(self.accept)
        self.back_button.clicked.connect(self.back)
        self.enough_button.clicked.connect(self.enough)
        self.table.currentCellChanged.connect(self._turn)
        self.table.picked.connect(self._repicked)
        self.detail.placed.connect(self._place)
        self.detail.joined.connect(self._join)
        look.changed.connect(self._look_again)
        self._lay_out()

    def begin(self, folder: Path, commune: str) -> None:
        """Show that a folder is being read for the study that is made in ``folder``."""
        self._put(folder, ())
        self.steps.show_commune(commune)
        self._wait(is_reading=True)

    def hear(self, outcome: Outcome) -> None:
        """Show what was found of one dataset, in the place of what was known of it before."""
        row = self.known.hear(outcome)
        self.table.show_row(row, outcome)
        self._said.setText(self._told())
        if self.table.currentRow() < 0:
            self.table.setCurrentCell(row, 0)
        elif self.table.currentRow() == row:
            self._turn(row)

    def progress(self, share: float, message: Text) -> None:
        """Show how far the reading is."""
        self._bar.setValue(max(self._bar.value(), round(100 * share)))
        self._reading.say(message.to(self._lang))

    def offer(self, folder: Path, came: Brought) -> None:
        """Show what came of a folder, to be accepted."""
        self._wait(is_reading=False)
        self._put(folder, by_standing(came.outcomes))
        self._tell(came.remarks)
        if came.outcomes:
            self.table.setCurrentCell(0, 0)

    def answers(self) -> Answers:
        """Return what was unticked, what was chosen, and the CRS that were told."""
        unticked = (at for at in range(len(self.known.first)) if self.table.is_unticked(at))
        picked = {at: choice for at in self.table.boxes if (choice := self._choice(at)) >= 0}
        return self.known.answers(unticked, picked)

    def accept(self) -> None:
        """Write the answers and open the study; what still does not serve is told, and can be opened without."""
        folder, outcomes, answers = self._folder, tuple(self.known.first), self.answers()
        self._stop_preview()
        self._jobs.ask(
            Job(ACCEPT, lambda report: accept(folder, outcomes, answers, report), self._accepted, self._refused)
        )

    def _accepted(self, after: tuple[Outcome, ...]) -> None:
        failed = self.known.failed(after, self.answers().chosen or {})
        if not failed:
            self.accepted.emit(str(self._folder))
            return
        self._put(self._folder, by_standing(after))
        self._tell([problem for outcome in failed for problem in outcome.problems])

    def _refused(self, error: PucError) -> None:
        self._tell(error.problems)

    def _tell(self, problems: Sequence[Problem]) -> None:
        clear(self._problems)
        for problem in problems:
            self._problems.addWidget(card(problem, self._look, self._lang))

    def _put(self, folder: Path, outcomes: Sequence[Outcome]) -> None:
        if folder != self._folder or self._previewer is None:
            self._folder, self._previewer = folder, Previewer(folder)
        self.known = FolderAnswers(outcomes)
        self.table.joinable = frozenset(self.known.offers)
        clear(self._problems)
        self.detail.forget()
        self.table.show_all(outcomes)
        self._said.setText(self._told())

    def _wait(self, *, is_reading: bool) -> None:
        self._is_reading = is_reading
        self._bar.setValue(0)
        for widget in (self._reading, self._bar, self.enough_button):
            widget.setVisible(is_reading)
        for button in (self.open_button, self.back_button):
            button.setEnabled(not is_reading)

    def _choice(self, row: int) -> int:
        """Return which of its roles a dataset was given by hand; below 0 none was."""
        box = self.table.boxes.get(row)
        return -1 if box is None else box.currentIndex() - 1

    def _turn(self, row: int, *_: int) -> None:
        """Tell of another dataset."""
        if 0 <= row < len(self.known.first):
            proposal = self.known.proposal(row, self._choice(row))
            self.detail.show_words(self.known.now(row), proposal, is_reading=self._is_reading)
            self.detail.offer_joins(self.known.offers.get(row, ()), self.known.joined(row))
            self._ask_for_picture(row)

    def _repicked(self, row: int) -> None:
        self.table.setCurrentCell(row, 0)
        self._turn(row)
        self._said.setText(self._told())

    def _look_again(self) -> None:
        self._turn(self.table.currentRow())

    def _ask_for_picture(self, row: int) -> None:
        """Have the picture of a dataset made beside the window; one that nobody waits for any more is given up.

        While a folder is read the thread that reads makes it, between two datasets.
        """
        self._stop_preview()
        if self._previewer is None:
            return
        previewer, sight = self._previewer, self._sight()
        first, now, proposal = self.known.first[row], self.known.now(row), self.known.proposal(row, self._choice(row))

        def work(report: Report) -> Seen:
            return previewer.look(first, now, proposal, sight, report)

        if self._is_reading:
            self.asides.ask(Aside(work, self._showing(row, now)))
        else:
            self._jobs.ask(Job(PREVIEW, work, self._showing(row, now)))

    def _sight(self) -> Sight:
        return Sight(PREVIEW_W, PREVIEW_H - PREVIEW_FOOT_H, self.devicePixelRatioF(), self._look.tokens)

    def _showing(self, row: int, now: Outcome) -> Callable[[Seen], None]:
        def show(seen: Seen) -> None:
            if row == self.table.currentRow() and row < len(self.known.first) and self.known.now(row) is now:
                self.detail.show_seen(now, seen)

        return show

    def _stop_preview(self) -> None:
        self.asides.ask(None)
        if self._jobs.running == PREVIEW:
            self._jobs.cancel()

    def _place(self, crs: CRS | None) -> None:
        """Look at the dataset anew, in the CRS that somebody told."""
        row, previewer = self.table.currentRow(), self._previewer
        if previewer is None or not 0 <= row < len(self.known.first):
            return
        first = self.known.first[row]
        self._stop_preview()
        work = Job(
            PLACE,
            lambda report: None if crs is None else crs_question.placed(first, crs, previewer.ground()),
            lambda after: self._put_placed(row, first, after),
            self._refused,
        )
        self._jobs.ask(work)

    def _put_placed(self, row: int, first: Outcome, after: Outcome | None) -> None:
        if row >= len(self.known.first) or self.known.first[row] is not first:
            return
        self.known.put(row, after)
        self.table.show_row(row, self.known.now(row))
        self._said.setText(self._told())
        self._turn(row)

    def _join(self, offer: JoinOffer | None) -> None:
        """Join the table that is shown to a layer, or to none."""
        self.known.join(self.table.currentRow(), offer)

    def _told(self) -> str:
        if not self.known.first and not self._is_reading:
            return NO_DATA.to(self._lang)
        now = self.known.all_now()
        added = sum(each.state in (State.ADDED, State.KNOWN) for each in now)
        rest = sum(standing(each) == IGNORED_STANDING for each in now)
        counts = {"a": number(added), "c": number(len(now) - added - rest), "o": number(rest)}
        return say(TOLD.it, TOLD.en, **counts).to(self._lang)

    def _lay_out(self) -> None:
        column = inset(QVBoxLayout(self), 0, 0, 0, 0, GAP_8)
        column.addWidget(words(TITLE.to(self._lang), "page"))
        column.addWidget(self.steps)
        column.addWidget(words(ABOUT.to(self._lang), "body", "ink2", wrap=True))
        column.addSpacing(GAP_4)
        column.addWidget(self.table, 1)
        column.addWidget(rule())
        column.addLayout(self._problems)
        column.addSpacing(GAP_4)
        column.addWidget(self.detail)
        column.addSpacing(GAP_4)
        column.addLayout(self._foot())
        self._wait(is_reading=False)

    def _foot(self) -> QHBoxLayout:
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(PREVIEW_W // 3)
        row = inset(QHBoxLayout(), 0, 0, 0, 0, GAP_12)
        self._said.setWordWrap(True)
        row.addWidget(self._said, 2)
        row.addWidget(self._reading, 1)
        for widget in (self._bar, self.enough_button, self.back_button, self.open_button):
            row.addWidget(widget)
        return row
