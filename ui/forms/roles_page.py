"""The second step of a new study: every file of the folder with its role and the evidence, to accept or to change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from layers.problems import PucError
from layers.text import Lang, Text, number, say
from puc_tool.folder_acceptance import Answers, accept, choices, content, reason
from puc_tool.folder_intake import Outcome, State
from ui.choice import Choice
from ui.look import Look, font
from ui.panels.findings import card
from ui.parts import PushButton, clear, inset, words
from ui.tokens import GAP_4, GAP_8, GAP_12, HEAD_H
from ui.worker import Job, Jobs

TITLE = Text("Dati e ruoli", "Data and roles")
ABOUT = Text(
    "Togliere la spunta a ciò che non serve; scegliere il ruolo di ciò che è in dubbio. I file non vengono modificati.",
    "Untick what is not wanted; choose the role of what is in doubt. The files are not changed.",
)
HEADS = (
    Text("File", "File"), Text("Contenuto", "Content"), Text("Ruolo nello studio", "Role in the study"),
    Text("Esito", "Outcome"), Text("Perché", "Why"),
)  # fmt: skip
LEFT_OUT = Text("Lasciato fuori", "Left out")
SURE, CHOOSE, IGNORED = Text("Sicuro", "Sure"), Text("Da scegliere", "To choose"), Text("Lasciato fuori", "Left out")
OPEN = Text("Apri lo studio", "Open the study")
TOLD = Text("Riconosciuti: {a}. Da scegliere: {c}. Lasciati fuori: {o}.", "Known: {a}. To choose: {c}. Left out: {o}.")
_FILE, _CONTENT, _ROLE, _STATE, _WHY = range(5)
_ROW_H = 34


class RolesPage(QWidget):
    """``accepted`` tells the folder of the study once the answers are written."""

    accepted = Signal(str)

    def __init__(self, jobs: Jobs, look: Look, lang: Lang) -> None:
        super().__init__()
        self._jobs, self._look, self._lang = jobs, look, lang
        self._folder, self._outcomes = Path(), tuple[Outcome, ...]()
        self.table = QTableWidget(0, len(HEADS))
        self.table.setTabKeyNavigation(False)
        self.choices: dict[int, Choice] = {}
        self._said, self._problems = words("", "note", "ink2"), inset(QVBoxLayout(), 0, 0, 0, 0, GAP_4)
        self.open_button = PushButton(look, OPEN.to(lang), "primary")
        self.open_button.clicked.connect(self.accept)
        self._lay_out()

    def offer(self, folder: Path, outcomes: Sequence[Outcome]) -> None:
        """Show what came of a folder, to be accepted."""
        self._folder, self._outcomes = folder, tuple(outcomes)
        clear(self._problems)
        self.choices = {}
        self.table.setRowCount(len(outcomes))
        for row, outcome in enumerate(outcomes):
            self._row(row, outcome)
        self._said.setText(self._told())

    def answers(self) -> Answers:
        """Return what was unticked and what was chosen."""
        added = [at for at, each in enumerate(self._outcomes) if each.state is State.ADDED]
        unwanted = [at for at in added if self._is_unticked(at)]
        picked = {at: box.currentIndex() - 1 for at, box in self.choices.items() if box.currentIndex() > 0}
        return Answers(unwanted, {at: choices(self._outcomes[at])[place] for at, place in picked.items()})

    def _is_unticked(self, row: int) -> bool:
        item = self.table.item(row, _FILE)
        return item is not None and item.checkState() == Qt.CheckState.Unchecked

    def accept(self) -> None:
        """Write the answers and open the study; what still does not serve is told, and can be opened without."""
        folder, outcomes, answers = self._folder, self._outcomes, self.answers()
        self._jobs.ask(
            Job("accept", lambda report: accept(folder, outcomes, answers, report), self._accepted, self._refused)
        )

    def _accepted(self, after: tuple[Outcome, ...]) -> None:
        chosen = self.answers().chosen or {}
        failed = [after[at] for at in chosen if after[at].state is not State.ADDED]
        if not failed:
            self.accepted.emit(str(self._folder))
            return
        self.offer(self._folder, after)
        for outcome in failed:
            for problem in outcome.problems:
                self._problems.addWidget(card(problem, self._look, self._lang))

    def _refused(self, error: PucError) -> None:
        clear(self._problems)
        for problem in error.problems:
            self._problems.addWidget(card(problem, self._look, self._lang))

    def _row(self, row: int, outcome: Outcome) -> None:
        is_added, offered = outcome.state is State.ADDED, choices(outcome)
        role = outcome.proposal.role.title if is_added and outcome.proposal else LEFT_OUT
        year = outcome.proposal.year if is_added and outcome.proposal else None
        named = say("{r} {y}", "{r} {y}", r=role, y=year.year) if year else role
        state = SURE if is_added else CHOOSE if offered else IGNORED
        lang = self._lang
        cells = (outcome.name, *(each.to(lang) for each in (content(outcome), named, state, reason(outcome))))
        items = [_item(said, "strong" if column == _FILE and is_added else "body") for column, said in enumerate(cells)]
        for column, item in enumerate(items):
            self.table.setItem(row, column, item)
        if is_added:
            items[_FILE].setFlags(items[_FILE].flags() | Qt.ItemFlag.ItemIsUserCheckable)
            items[_FILE].setCheckState(Qt.CheckState.Checked)
        elif offered:
            self._offer_roles(row, outcome.name, [each.role.title for each in offered])

    def _offer_roles(self, row: int, name: str, titles: Sequence[Text]) -> None:
        box = Choice(self._look, f"{HEADS[_ROLE].to(self._lang)}, {name}")
        for title in (LEFT_OUT, *titles):
            box.addItem(title.to(self._lang))
        self.choices[row] = box
        self.table.setCellWidget(row, _ROLE, box)

    def _told(self) -> str:
        added = sum(each.state is State.ADDED for each in self._outcomes)
        rest = len(self._outcomes) - added - len(self.choices)
        counts = {"a": number(added), "c": number(len(self.choices)), "o": number(rest)}
        return say(TOLD.it, TOLD.en, **counts).to(self._lang)

    def _lay_out(self) -> None:
        self.table.setAccessibleName(TITLE.to(self._lang))
        self.table.setHorizontalHeaderLabels([head.to(self._lang) for head in HEADS])
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(_ROW_H)
        heads = self.table.horizontalHeader()
        heads.setFont(font("head"))
        heads.setFixedHeight(HEAD_H)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in ((_FILE, 190), (_CONTENT, 126), (_ROLE, 170), (_STATE, 100)):
            self.table.setColumnWidth(column, width)
        heads.setSectionResizeMode(_WHY, QHeaderView.ResizeMode.Stretch)
        column_ = inset(QVBoxLayout(self), 0, 0, 0, 0, GAP_8)
        column_.addWidget(words(TITLE.to(self._lang), "page"))
        column_.addWidget(words(ABOUT.to(self._lang), "body", "ink2", wrap=True))
        column_.addSpacing(GAP_12)
        column_.addWidget(self.table, 1)
        column_.addLayout(self._problems)
        row = inset(QHBoxLayout(), 0, 0, 0, 0, GAP_12)
        row.addWidget(self._said, 1)
        row.addWidget(self.open_button)
        column_.addLayout(row)


def _item(said: str, role: str) -> QTableWidgetItem:
    item = QTableWidgetItem(said)
    item.setToolTip(said)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    item.setFont(font(role))
    return item
