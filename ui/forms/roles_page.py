"""The second step of a new study: every file of the folder with its role and the evidence, to accept or to change.

The rows come while the folder is read. What is chosen is told whole below the table, with a small map of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from pyproj import CRS
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from layers.problems import Problem, PucError
from layers.text import Lang, Text
from puc_tool.intake import crs_question
from puc_tool.intake.folder_acceptance import Answers, accept
from puc_tool.intake.folder_answers import FolderAnswers
from puc_tool.intake.folder_joins import JoinOffer
from puc_tool.intake.outcomes import Brought, Outcome
from ui.forms.dataset_detail import DatasetDetail
from ui.forms.picture_work import PictureWork
from ui.forms.previewing import Seen, Sight
from ui.forms.roles_foot import RolesFoot
from ui.forms.roles_table import RolesTable, by_standing
from ui.forms.steps import Steps
from ui.look import Look
from ui.panels.findings import card
from ui.parts import clear, inset, rule, words
from ui.tokens import GAP_4, GAP_8, PREVIEW_FOOT_H, PREVIEW_H, PREVIEW_W
from ui.worker import Job, Jobs

TITLE = Text("Nuovo studio", "New study")
ABOUT = Text(
    "Togliere la spunta a ciò che non serve; scegliere il ruolo di ciò che è in dubbio. I file non vengono modificati.",
    "Untick what is not wanted; choose the role of what is in doubt. The files are not changed.",
)
ACCEPT, PLACE = "accept", "place"


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
        self.pictures = PictureWork(jobs, self)
        self.steps = Steps(look, lang)
        self.table = RolesTable(look, lang)
        self.detail = DatasetDetail(look, lang)
        self.foot = RolesFoot(look, lang)
        self._problems = inset(QVBoxLayout(), 0, 0, 0, 0, GAP_4)
        self.foot.open_button.clicked.connect(self.accept)
        self.foot.back_button.clicked.connect(self.back)
        self.foot.enough_button.clicked.connect(self.enough)
        self.table.currentCellChanged.connect(self._turn)
        self.table.picked.connect(self._repicked)
        self.detail.placed.connect(self._place)
        self.detail.joined.connect(self._join)
        look.changed.connect(self._look_again)
        self._lay_out()

    def begin(self, folder: Path, commune: str) -> None:
        """Show that a folder is being read for the study that is made in ``folder``."""
        self.foot.wait(is_reading=True)
        self._put(folder, ())
        self.steps.show_commune(commune)

    def hear(self, outcome: Outcome) -> None:
        """Show what was found of one dataset, in the place of what was known of it before."""
        row = self.known.hear(outcome)
        self.table.show_row(row, outcome)
        self._count()
        if self.table.currentRow() < 0:
            self.table.setCurrentCell(row, 0)
        elif self.table.currentRow() == row:
            self._turn(row)

    def offer(self, folder: Path, came: Brought) -> None:
        """Show what came of a folder, to be accepted."""
        self.foot.wait(is_reading=False)
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
        self.pictures.stop()
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
        self._folder = folder
        self.pictures.begin(folder)
        self.known = FolderAnswers(outcomes)
        self.table.joinable = frozenset(self.known.offers)
        clear(self._problems)
        self.detail.forget()
        self.table.show_all(outcomes)
        self._count()

    def _choice(self, row: int) -> int:
        """Return which of its roles a dataset was given by hand; below 0 none was."""
        box = self.table.boxes.get(row)
        return -1 if box is None else box.currentIndex() - 1

    def _turn(self, row: int, *_: int) -> None:
        """Tell of another dataset."""
        if 0 <= row < len(self.known.first):
            proposal = self.known.proposal(row, self._choice(row))
            self.detail.show_words(self.known.now(row), proposal, is_reading=self.foot.is_reading)
            self.detail.offer_joins(self.known.offers.get(row, ()), self.known.joined(row))
            self._ask_for_picture(row)

    def _repicked(self, row: int) -> None:
        self.table.setCurrentCell(row, 0)
        self._turn(row)
        self._count()

    def _look_again(self) -> None:
        self._turn(self.table.currentRow())

    def _ask_for_picture(self, row: int) -> None:
        first, now, sight = self.known.first[row], self.known.now(row), self._sight()
        proposal = self.known.proposal(row, self._choice(row))
        self.pictures.ask(
            lambda previewer, report: previewer.look(first, now, proposal, sight, report),
            self._showing(row, now),
            is_reading=self.foot.is_reading,
        )

    def _sight(self) -> Sight:
        return Sight(PREVIEW_W, PREVIEW_H - PREVIEW_FOOT_H, self.devicePixelRatioF(), self._look.tokens)

    def _showing(self, row: int, now: Outcome) -> Callable[[Seen], None]:
        def show(seen: Seen) -> None:
            if row == self.table.currentRow() and row < len(self.known.first) and self.known.now(row) is now:
                self.detail.show_seen(now, seen)

        return show

    def _place(self, crs: CRS | None) -> None:
        """Look at the dataset anew, in the CRS that somebody told."""
        row, previewer = self.table.currentRow(), self.pictures.previewer
        if previewer is None or not 0 <= row < len(self.known.first):
            return
        first = self.known.first[row]
        self.pictures.stop()
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
        self._count()
        self._turn(row)

    def _join(self, offer: JoinOffer | None) -> None:
        """Join the table that is shown to a layer, or to none."""
        self.known.join(self.table.currentRow(), offer)

    def _count(self) -> None:
        self.foot.count(self.known.all_now())

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
        column.addWidget(self.foot)
