"""Two scenarios beside each other: an indicator a row, better or worse in a word, under it the edits that moved it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from layers.text import Lang, Text
from puc_tool.scenarios.scenario_sides import Moved, Side, sides
from ui.look import Look, font
from ui.scenarios.work import ScenarioWork
from ui.tokens import GAP_12

TITLE = Text("Scenari a confronto", "Scenarios compared")
ITEM, VERDICT = Text("Voce", "Item"), Text("Esito", "Verdict")
BETTER, WORSE = Text("meglio", "better"), Text("peggio", "worse")
_NUMBER_W, _VERDICT_W = 52, 54
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_FIRST, _SECOND, _CHANGE, _VERDICT = range(1, 5)


class ComparedTree(QTreeWidget):
    """Follows the pair of the work on scenarios; what was open stays open."""

    def __init__(self, work: ScenarioWork, look: Look, lang: Lang) -> None:
        super().__init__()
        self._work, self._look, self._lang = work, look, lang
        self.setColumnCount(5)
        self.setHeaderLabels([ITEM.to(lang), "A", "B", "B − A", VERDICT.to(lang)])
        self.setAccessibleName(TITLE.to(lang))
        self.setFont(font("body"))
        self.setIndentation(GAP_12)
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.header()
        head.setFont(font("head"))
        head.setStretchLastSection(False)
        head.setMinimumSectionSize(0)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, 5):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, _VERDICT_W if column == _VERDICT else _NUMBER_W)
            self.headerItem().setTextAlignment(column, _RIGHT)
        work.changed.connect(self.follow)
        look.changed.connect(self.follow)

    def items(self) -> list[QTreeWidgetItem]:
        """Return the rows of the indicators."""
        found = (self.topLevelItem(place) for place in range(self.topLevelItemCount()))
        return [item for item in found if item is not None]

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Come up to date."""
        super().showEvent(event)
        self.follow()

    def follow(self) -> None:
        """Show the pair as it stands, while somebody looks."""
        if not self.isVisible():
            return
        is_open = {item.data(0, Qt.ItemDataRole.UserRole) for item in self.items() if item.isExpanded()}
        at = self.verticalScrollBar().value()
        self.clear()
        measured = self._work.held
        pale = {row.id for row in self._work.rows if row.dominated_by}
        if measured is not None and self._work.can_compare:
            for side in sides(measured, *self._work.pair, self._work.code):
                self._add(side, pale)
        for item in self.items():
            item.setExpanded(item.data(0, Qt.ItemDataRole.UserRole) in is_open)
        self.verticalScrollBar().setValue(at)

    def _add(self, side: Side, pale: set[str]) -> None:
        label, whole = (
            f"{each.to(self._lang)} {side.unit.to(self._lang)}".rstrip() for each in (side.label, side.whole)
        )
        numbers = [each.to(self._lang) for each in (side.first, side.second, side.change)]
        item = _row([label, *numbers, self._verdict(side)])
        item.setData(0, Qt.ItemDataRole.UserRole, side.id)
        item.setToolTip(0, whole)
        for column, scenario in zip((_FIRST, _SECOND), self._work.pair, strict=True):
            if scenario in pale:
                item.setForeground(column, self._look.colour("ink3"))
        if side.is_better is not None:
            for column in (_CHANGE, _VERDICT):
                item.setForeground(column, self._look.colour("ok" if side.is_better else "error"))
        self.addTopLevelItem(item)
        for moved in side.moved:
            item.addChild(self._part(moved))

    def _verdict(self, side: Side) -> str:
        if side.is_better is None:
            return ""
        return (BETTER if side.is_better else WORSE).to(self._lang)

    def _part(self, moved: Moved) -> QTreeWidgetItem:
        words = f"{'B' if moved.is_of_second else 'A'} · {moved.edit.to(self._lang)}"
        part = _row([words, "", "", moved.effect.to(self._lang), ""])
        part.setForeground(0, self._look.colour("ink2"))
        part.setToolTip(0, words)
        return part


def _row(cells: list[str]) -> QTreeWidgetItem:
    item = QTreeWidgetItem(cells)
    for column in (_FIRST, _SECOND, _CHANGE, _VERDICT):
        item.setTextAlignment(column, _RIGHT)
    return item
