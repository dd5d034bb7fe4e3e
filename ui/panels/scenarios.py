"""Scenarios in the window: the study's list, any two side by side, and under each indicator the edits that moved it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHeaderView, QMenu, QPushButton, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from layers.text import Lang, Text, say
from puc_tool.scenario_sides import Named, Side, scenarios_of, sides
from puc_tool.session import Session
from ui.look import Look, font
from ui.panels.panel import Panel
from ui.parts import IconButton, inset, rule, words
from ui.tokens import GAP_4, GAP_8, GAP_12, GAP_24, INSET

TITLE = Text("Scenari a confronto", "Scenarios compared")
CLOSE = Text("Chiudi (Esc)", "Close (Esc)")
ITEM = Text("Voce", "Item")
DOMINATED = Text("{t} (dominato)", "{t} (dominated)")
NOTE = Text(
    "{l} è dominato da «{b}», almeno pari in tutto e migliore in qualcosa.",
    "{l} is dominated by “{b}”, at least as good in all and better in something.",
)
HOW = Text(
    "Aprendo una voce si vede quanto la muove ogni modifica; le modifiche di A contano rovesciate.",
    "Open an item to see how far each edit moves it; the edits of A count turned round.",
)
WIDTH = 420
_NUMBER_W = 62
_LEFT = INSET + GAP_8 + 2


class ScenariosPanel(Panel):
    """Follows the scenarios of the results in hand. ``closed`` says that it is no longer wanted."""

    closed = Signal()

    def __init__(self, session: Session, look: Look, lang: Lang) -> None:
        super().__init__(TITLE.to(lang))
        self._session, self._look, self._lang = session, look, lang
        self._scenarios: tuple[Named, ...] = ()
        self.chosen = ["", ""]
        self.close_button = IconButton(look, "x", CLOSE.to(lang))
        self.close_button.clicked.connect(self.closed)
        self.head.addWidget(self.close_button)
        self.pickers = [QPushButton(), QPushButton()]
        self.tree = self._tree()
        self._note = words("", "note", "ink2", wrap=True)
        self.put_body(self._body(), scrolls=False)
        self.setMinimumWidth(WIDTH)
        session.results_changed.connect(self._follow)
        look.changed.connect(self._compare)
        self.hide()

    @property
    def has_scenarios(self) -> bool:
        """Tell whether the results in hand compare scenarios."""
        return len(scenarios_of(self._session.results)) > 1

    def choose(self, side: int, scenario: str) -> None:
        """Compare another scenario, on side 0 (A) or 1 (B)."""
        self.chosen[side] = scenario
        self._compare()

    def _body(self) -> QWidget:
        body = QWidget()
        column = inset(QVBoxLayout(body), 0, GAP_12, 0, 0, GAP_4)
        top = inset(QVBoxLayout(), INSET, 0, INSET, GAP_8, GAP_4)
        for letter, picker in zip("AB", self.pickers, strict=True):
            picker.setProperty("kind", "picker")
            picker.setFont(font("body"))
            picker.setAccessibleName(f"Scenario {letter}")
            top.addWidget(picker)
        top.addWidget(self._note)
        column.addLayout(top)
        column.addWidget(rule())
        middle = inset(QVBoxLayout(), INSET, 0, GAP_12, 0)
        middle.addWidget(self.tree)
        column.addLayout(middle, 1)
        column.addWidget(rule())
        foot = inset(QVBoxLayout(), INSET, GAP_8, INSET, GAP_8)
        foot.addWidget(words(HOW.to(self._lang), "small", "ink3", wrap=True))
        column.addLayout(foot)
        return body

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setColumnCount(4)
        tree.setHeaderLabels([ITEM.to(self._lang), "A", "B", "B − A"])
        tree.setAccessibleName(TITLE.to(self._lang))
        tree.setFont(font("body"))
        tree.header().setFont(font("head"))
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2, 3):
            tree.header().setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            tree.setColumnWidth(column, _NUMBER_W)
            tree.headerItem().setTextAlignment(column, Qt.AlignmentFlag.AlignRight)
        tree.setIndentation(INSET)
        return tree

    def _follow(self) -> None:
        """Offer the scenarios there are; the plan in force beside the first of the others at first."""
        self._scenarios = scenarios_of(self._session.results)
        known = [each.id for each in self._scenarios]
        for side, chosen in enumerate(self.chosen):
            if chosen not in known and known:
                self.chosen[side] = known[min(side, len(known) - 1)]
        if not self.has_scenarios:
            self.closed.emit()
        for side, picker in enumerate(self.pickers):
            picker.setMenu(self._menu(side, picker))
        self._compare()

    def _menu(self, side: int, picker: QPushButton) -> QMenu:
        menu, group = QMenu(picker), QActionGroup(picker)
        for each in self._scenarios:
            action = QAction(self._called(each), group, checkable=True)
            action.setChecked(each.id == self.chosen[side])
            action.triggered.connect(lambda _, chosen=each.id: self.choose(side, chosen))
            menu.addAction(action)
        return menu

    def _called(self, scenario: Named) -> str:
        if not scenario.dominated_by:
            return scenario.title
        return say(DOMINATED.it, DOMINATED.en, t=scenario.title).to(self._lang)

    def _compare(self) -> None:
        """Show the two scenarios beside each other; what was open stays open."""
        results = self._session.results
        if results is None or len(self._scenarios) < 2:
            return
        is_open = {item.text(0) for item in self._items() if item.isExpanded()}
        named = {each.id: each for each in self._scenarios}
        chosen = [named[each] for each in self.chosen]
        for letter, picker, each in zip("AB", self.pickers, chosen, strict=True):
            called = f"{letter}   {each.title}"
            room = WIDTH - 2 * INSET - _LEFT - GAP_24
            picker.setText(picker.fontMetrics().elidedText(called, Qt.TextElideMode.ElideRight, room))
            picker.setToolTip(self._called(each))
        notes = [
            say(NOTE.it, NOTE.en, l=letter, b=self._titles(each.dominated_by)).to(self._lang)
            for letter, each in zip("AB", chosen, strict=True)
            if each.dominated_by
        ]
        self._note.setText("\n".join(notes))
        self._note.setVisible(bool(notes))
        self.tree.clear()
        for side in sides(results, *self.chosen):
            self._add(side, chosen, is_open)

    def _titles(self, ids: str) -> str:
        """Return the titles of scenarios that are listed by id."""
        known = {each.id: each.title for each in self._scenarios}
        return ", ".join(known.get(each, each) for each in ids.split(", "))

    def _items(self) -> list[QTreeWidgetItem]:
        found = (self.tree.topLevelItem(place) for place in range(self.tree.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _add(self, side: Side, chosen: list[Named], is_open: set[str]) -> None:
        label = f"{side.label.to(self._lang)} {side.unit}".rstrip()
        cells = [label, *(each.to(self._lang) for each in (side.first, side.second, side.change))]
        item = self._row(cells)
        item.setToolTip(0, label)
        for column, each in zip((1, 2), chosen, strict=True):
            if each.dominated_by:
                item.setForeground(column, self._look.colour("ink3"))
        if side.is_better is not None:
            item.setForeground(3, self._look.colour("ok" if side.is_better else "error"))
        self.tree.addTopLevelItem(item)
        for moved in side.moved:
            letter = "B" if moved.is_of_second else "A"
            part = self._row([f"{letter} · {moved.edit.to(self._lang)}", "", "", moved.effect.to(self._lang)])
            part.setForeground(0, self._look.colour("ink2"))
            part.setToolTip(0, moved.edit.to(self._lang))
            item.addChild(part)
        item.setExpanded(label in is_open)

    def _row(self, cells: list[str]) -> QTreeWidgetItem:
        item = QTreeWidgetItem(cells)
        for column in (1, 2, 3):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return item
