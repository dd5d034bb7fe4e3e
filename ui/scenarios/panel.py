"""The workspace of scenarios at the right: the one list and what is done to it, and under it three ways to compare."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from layers.problems import Problem, PucError
from layers.text import Lang, Text
from puc_tool.working import scenario_steps
from puc_tool.working.session import Session
from ui.forms.choice import Choice
from ui.look import Look
from ui.panels.findings import card
from ui.panels.panel import Panel
from ui.parts import IconButton, clear, inset, rule, words
from ui.scenarios.bounds_page import BoundsPage
from ui.scenarios.comparison import ComparedTree
from ui.scenarios.list_model import NOT_RUN, RUN
from ui.scenarios.list_view import ScenarioList
from ui.scenarios.pareto_page import ParetoPage
from ui.scenarios.work import ScenarioWork
from ui.segments import Segments
from ui.tokens import GAP_4, GAP_8, GAP_12, INSET

TITLE = Text("Scenari", "Scenarios")
CLOSE = Text("Chiudi (Esc)", "Close (Esc)")
NEW, NEW_TITLE = Text("Nuovo scenario (Ins)", "New scenario (Ins)"), Text("Scenario senza titolo", "Untitled scenario")
COPY, EDIT = Text("Duplica", "Duplicate"), Text("Modifica valori e contorni", "Edit values and outlines")
RENAME, REMOVE = Text("Rinomina (F2)", "Rename (F2)"), Text("Elimina (Canc); si può annullare",
                                                            "Delete (Del); it can be undone")  # fmt: skip
CURTAIN = Text("Tendina sulla mappa: A a sinistra, B a destra (Ctrl+Maiusc+W)",
               "Curtain on the map: A on the left, B on the right (Ctrl+Shift+W)")  # fmt: skip
DISTRICT, ALL = Text("Distretto", "District"), Text("Tutti i distretti", "All districts")
COMPARE, CHART, BOUNDS = Text("Confronto", "Compare"), Text("Grafico", "Chart"), Text("Vincoli", "Limits")
MEASURING = Text("Misuro i distretti e gli scenari.", "Measuring the districts and the scenarios.")
STOPPED = Text("Misura fermata: Ctrl+Maiusc+T per riprenderla.", "Measuring stopped: Ctrl+Shift+T to go on.")
NONE_YET = Text(
    "Non ci sono ancora scenari: «+» ne fa uno, e Prova può salvarne.",
    "There are no scenarios yet: “+” makes one, and Try can save one.",
)
WIDTH = 420


class ScenariosPanel(Panel):
    """Follows the work on scenarios. ``closed`` says that it is no longer wanted, ``edit_wanted`` asks to edit one.

    ``curtain_wanted`` asks for the curtain between A and B, or for an end to it.
    """

    closed = Signal()
    edit_wanted = Signal(str, str)
    curtain_wanted = Signal()

    def __init__(self, session: Session, work: ScenarioWork, look: Look, lang: Lang) -> None:
        super().__init__(TITLE.to(lang))
        self._session, self.work, self._look, self._lang = session, work, look, lang
        self.list = ScenarioList(session, work, look, lang)
        self.list.model_of_list.refused.connect(self._refuse)
        self.list.new_wanted.connect(self.make)
        self.list.removal_wanted.connect(self.remove)
        self.pair = (self._picker(0), self._picker(1))
        self.districts = Choice(DISTRICT.to(lang), self._choose_district, look)
        self.tree, self.pareto, self.bounds = (
            kind(work, look, lang) for kind in (ComparedTree, ParetoPage, BoundsPage)
        )
        self.pages = QStackedWidget()
        compared = QWidget()
        inset(QVBoxLayout(compared), INSET, 0, GAP_12, 0).addWidget(self.tree)
        for page in (compared, self.pareto, self.bounds):
            self.pages.addWidget(page)
        self.segments = Segments(self.pages.setCurrentIndex, lang)
        self.segments.offer([each.to(lang) for each in (COMPARE, CHART, BOUNDS)], 0)
        self._note = words("", "small", "ink2", wrap=True)
        self._cards = inset(QVBoxLayout(), 0, 0, 0, 0, GAP_4)
        self._buttons()
        self.put_body(self._body(), scrolls=False)
        self.setMinimumWidth(WIDTH)
        work.changed.connect(self._follow)
        session.keeping_changed.connect(self._follow)
        self._follow()
        self.hide()

    def make(self) -> None:
        """Add a scenario that changes nothing yet, and take it in hand, its title ready to be typed."""
        if not self._session.is_read_only:
            scenario_steps.make(self._session, NEW_TITLE.to(self._lang))
            self.list.rename()

    def duplicate(self) -> None:
        """Add a copy of the scenario in hand."""
        if not self.work.row.is_base and not self._session.is_read_only:
            self._try(lambda: scenario_steps.duplicate(self._session, self.work.chosen, self._lang))

    def remove(self) -> None:
        """Take the scenario in hand out of the study."""
        if not self.work.row.is_base:
            scenario_steps.remove(self._session, self.work.chosen)

    def edit(self) -> None:
        """Ask to edit the scenario in hand, in the district in hand."""
        if not self.work.row.is_base:
            self.edit_wanted.emit(self.work.chosen, self.work.code)

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except PucError as error:
            self._refuse(error)

    def _refuse(self, error: PucError) -> None:
        self._show_cards(error.problems)

    def _show_cards(self, problems: tuple[Problem, ...]) -> None:
        clear(self._cards)
        for problem in problems[:2]:
            self._cards.addWidget(card(problem, self._look, self._lang))

    def _buttons(self) -> None:
        acts = {
            "plus": (NEW, self.make), "copy": (COPY, self.duplicate), "text-aa": (RENAME, self.list.rename),
            "pencil-simple": (EDIT, self.edit), "trash": (REMOVE, self.remove), "x": (CLOSE, self.closed.emit),
        }  # fmt: skip
        self.buttons: dict[str, IconButton] = {}
        for icon, (tip, act) in acts.items():
            button = self.buttons[icon] = IconButton(self._look, icon, tip.to(self._lang))
            button.clicked.connect(lambda _=False, act=act: act())
            self.head.addWidget(button)

    def _picker(self, side: int) -> Choice:
        return Choice(f"Scenario {'AB'[side]}", lambda place: self._choose(side, place), self._look)

    def _choose(self, side: int, place: int) -> None:
        """Compare another scenario, on side 0 (A) or 1 (B)."""
        chosen = self.work.rivals[place].id
        first, second = (chosen if at == side else each for at, each in enumerate(self.work.pair))
        self.work.compare(first, second)

    def _choose_district(self, place: int) -> None:
        self.work.choose_district(self.work.districts[place - 1] if place else None)

    def _body(self) -> QWidget:
        body = QWidget()
        column = inset(QVBoxLayout(body), 0, 0, 0, 0)
        listed = inset(QVBoxLayout(), INSET, GAP_4, GAP_12, GAP_4)
        listed.addWidget(self.list)
        column.addLayout(listed)
        column.addWidget(rule())
        top = inset(QVBoxLayout(), INSET, GAP_8, INSET, GAP_8, GAP_8)
        top.addWidget(self._note)
        top.addLayout(self._cards)
        top.addWidget(self.districts)
        row = inset(QHBoxLayout(), 0, 0, 0, 0, GAP_8)
        for letter, picker in zip("AB", self.pair, strict=True):
            row.addWidget(words(letter, "strong", "ink2"))
            row.addWidget(picker, 1)
        self.curtain = IconButton(self._look, "columns", CURTAIN.to(self._lang))
        self.curtain.setCheckable(True)
        self.curtain.setProperty("kind", "tool")
        self.curtain.clicked.connect(self.curtain_wanted)
        row.addWidget(self.curtain)
        top.addLayout(row)
        line = inset(QHBoxLayout(), 0, 0, 0, 0)
        line.addWidget(self.segments)
        line.addStretch()
        top.addLayout(line)
        column.addLayout(top)
        column.addWidget(self.pages, 1)
        return body

    def _follow(self) -> None:
        """Show the choices as they stand, and what is known of the figures."""
        rows, measured = self.work.rows, self.work.measured
        rivals = self.work.rivals
        ids, titles = [each.id for each in rivals], [each.title.to(self._lang) for each in rivals]
        for picker, scenario in zip(self.pair, self.work.pair, strict=True):
            picker.offer(titles, ids.index(scenario) if scenario in ids else 0)
        codes = [unit.code for unit in self.work.districts]
        names = [f"{unit.code} {unit.name}" for unit in self.work.districts]
        at = codes.index(self.work.code) + 1 if self.work.code in codes else 0
        self.districts.offer([ALL.to(self._lang), *names], at)
        row, is_open = self.work.row, not self._session.is_read_only
        self.buttons["plus"].setEnabled(is_open)
        self.curtain.setChecked(self.work.has_curtain)
        self.curtain.setEnabled(self.work.has_curtain or (measured is not None and len(rivals) > 1))
        for name in ("copy", "text-aa", "pencil-simple", "trash"):
            self.buttons[name].setEnabled(is_open and not row.is_base)
        waits = MEASURING if self.work.is_open else STOPPED
        note = waits if measured is None else NONE_YET if len(rows) == 1 else RUN if row.is_run else NOT_RUN
        self._note.setText("" if self.work.refused else note.to(self._lang))
        self._note.setVisible(not self.work.refused)
        self._show_cards(self.work.refused or row.faults)
