"""The list of scenarios as a table: title, how many edits, how it stands. A title typed anew is a step."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from layers.problems import PucError
from layers.text import Lang, Text, joined, say
from puc_tool.scenarios.scenario_list import Row
from puc_tool.working import scenario_steps
from puc_tool.working.session import Session
from ui.headed_table import ROOT, HeadedTable, Index
from ui.look import Look, font
from ui.scenarios.work import ScenarioWork

HEADS = (Text("Scenario", "Scenario"), Text("Modifiche", "Edits"), Text("Stato", "State"))
TITLE, EDITS, STATE = range(3)
FAULTY, DOMINATED, FREE = (
    Text("da correggere", "to be mended"), Text("dominato", "dominated"), Text("non dominato", "not dominated"),
)  # fmt: skip
BETTER = Text(
    "Dominato da {b}: almeno pari in tutti i criteri e migliore in uno.",
    "Dominated by {b}: at least as good by every criterion and better by one.",
)
NO_EDIT = Text("Non cambia ancora niente.", "It changes nothing yet.")
RUN = Text("Le cifre sono quelle dei risultati eseguiti.", "The figures are those of the results that were run.")
NOT_RUN = Text("Cifre misurate ora, non ancora eseguite.", "Figures measured now, not run yet.")


def state_of(row: Row) -> Text:
    """Return how a scenario stands, in a word; nothing where it is not known."""
    if row.faults:
        return FAULTY
    if not row.is_rival:
        return Text("", "")
    return DOMINATED if row.dominated_by else FREE


def told(row: Row) -> Text:
    """Return all there is to say of a scenario: its edits or faults, by whom it is dominated, whether it was run."""
    if row.faults:
        return joined((say("{w}: {m}", "{w}: {m}", w=each.where, m=each.message) for each in row.faults), "\n")
    edits = row.edits or (() if row.is_base else (NO_EDIT,))
    better = (say(BETTER.it, BETTER.en, b=joined(row.dominated_by, ", ")),) if row.dominated_by else ()
    noted = (row.note,) if row.note else ()
    return joined((row.title, *noted, *edits, *better, RUN if row.is_run else NOT_RUN), "\n")


class ScenarioListModel(HeadedTable):
    """Follows the work on scenarios. ``refused`` carries why a title can't be given."""

    refused = Signal(object)
    heads, numbers = HEADS, frozenset({EDITS, STATE})

    def __init__(self, session: Session, work: ScenarioWork, look: Look, lang: Lang, parent: QObject) -> None:
        super().__init__(lang, parent)
        self._session, self._look = session, look
        self.rows: tuple[Row, ...] = work.rows
        self._work = work
        work.changed.connect(self._follow)

    def _follow(self) -> None:
        """Show the rows there are; only the whole list is told anew where scenarios came or went."""
        rows = self._work.rows
        if [each.id for each in rows] == [each.id for each in self.rows]:
            self.rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, STATE))
        else:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def place_of(self, scenario: str) -> int:
        """Return the row of a scenario; that of the plan if there is none."""
        return next((place for place, each in enumerate(self.rows) if each.id == scenario), 0)

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802 (Qt's name)
        """Return the number of scenarios, the plan among them."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that the title of a scenario can be typed anew."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        row = self.rows[index.row()]
        is_open = index.column() == TITLE and not row.is_base and not row.faults and not self._session.is_read_only
        return flags | Qt.ItemFlag.ItemIsEditable if is_open else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says; what is dominated is pale."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._look.colour("error" if row.faults else "ink3" if row.dominated_by else "ink")
        if role == Qt.ItemDataRole.FontRole:
            return font("strong" if row.id == self._work.chosen and index.column() == TITLE else "body")
        if role == Qt.ItemDataRole.ToolTipRole:
            return told(row).to(self._lang)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._words(row, index.column())
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 (Qt's name)
        """Call a scenario otherwise."""
        if role != Qt.ItemDataRole.EditRole or index.column() != TITLE or self.rows[index.row()].is_base:
            return False
        try:
            scenario_steps.rename(self._session, self.rows[index.row()].id, str(value))
        except PucError as error:
            self.refused.emit(error)
            return False
        return True

    def _words(self, row: Row, column: int) -> str:
        if column == TITLE:
            return row.title.to(self._lang)
        if column == EDITS:
            return str(len(row.edits)) if row.is_measured and not row.is_base else ""
        return state_of(row).to(self._lang)
