"""The fields of a district in a scenario as a table: what the plan states, and a cell to say otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from layers.problems import PucError
from layers.text import Lang, Text, same
from puc_tool.figures.amounts import said_unit
from puc_tool.scenarios import scenario_texts
from puc_tool.working import edited_district
from puc_tool.working.edited_district import Line, lines
from puc_tool.working.session import Session
from ui.headed_table import ROOT, HeadedTable, Index
from ui.look import font

HEADS = (Text("Voce", "Field"), Text("Piano", "Plan"), Text("Scenario", "Scenario"))
_FIELD, _PLAN, _SCENARIO = range(3)
_SHORT: Mapping[str, Text] = {
    "ut_m2_m2": same("Ut"), "se_pct": same("Se"), "ve_pct": same("Ve"), "ac_pct": same("Ac"), "sp_pct": same("Sp"),
    "max_height_m": Text("Altezza", "Height"), "residential_pct": Text("Residenza", "Housing"),
    "commercial_pct": Text("Commercio", "Commerce"), "industrial_pct": Text("Produttivo", "Industry"),
    "ers_pct": Text("Sociale (ERS)", "Social (ERS)"),
    "floor_area_existing_m2": Text("Sul esistente", "Existing Sul"),
}  # fmt: skip
"""What the narrow column says; the whole name stands in the tooltip."""


class ScenarioModel(HeadedTable):
    """Translates between a scenario's text and a table. ``refused`` carries why a cell can't say what was typed."""

    refused = Signal(object)
    heads, numbers = HEADS, frozenset({_PLAN, _SCENARIO})

    def __init__(self, session: Session, lang: Lang, parent: QObject | None = None) -> None:
        super().__init__(lang, parent)
        self._session = session
        self.name = self.code = ""
        self._lines: tuple[Line, ...] = ()

    def show(self, name: str, code: str) -> None:
        """Show a district in a scenario."""
        self.beginResetModel()
        self.name, self.code = name, code
        self._lines = lines(self._session, name, code) if name and code else ()
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802 (Qt's name)
        """Return the number of fields."""
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that the scenario's cells can be typed into."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        is_open = index.column() == _SCENARIO and not self._session.is_read_only
        return flags | Qt.ItemFlag.ItemIsEditable if is_open else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() != _FIELD:
            return self.alignment(index.column())
        if role == Qt.ItemDataRole.FontRole:
            return font("strong" if index.column() == _SCENARIO else "body")
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole) and index.column() == _FIELD:
            return self._lines[index.row()].field.label.to(self._lang)
        if role == Qt.ItemDataRole.DisplayRole and index.column() == _SCENARIO:
            return self._lines[index.row()].brief.to(self._lang)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(self._lines[index.row()], index.column())
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 (Qt's name)
        """Let the scenario say what was typed; nothing typed is as the plan has it."""
        if role != Qt.ItemDataRole.EditRole or index.column() != _SCENARIO:
            return False
        field, typed = self._lines[index.row()].field.name, str(value)

        def act(words: str) -> str:
            return scenario_texts.with_words(self.name, words, self.code, field, typed)

        try:
            edited_district.edit(self._session, self.name, act)
        except PucError as error:
            self.refused.emit(error)
            return False
        return True

    def _words(self, line: Line, column: int) -> str:
        if column == _FIELD:
            label = _SHORT.get(line.field.name, line.field.label).to(self._lang)
            return f"{label}, {said_unit(line.field.unit).to(self._lang)}" if line.field.unit else label
        return (line.plan if column == _PLAN else line.scenario).to(self._lang)
