"""The right panel: which analysis is in hand, what it answers and takes, what speaks against it, Run."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from analyses import registry
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers.spec import Role
from layers.text import Lang, Text
from puc_tool.working.layer_entry import Entry
from puc_tool.working.session import Session
from ui.desk import RUN, Desk
from ui.forms.param_form import ParamForm
from ui.look import Look
from ui.panels.findings import CHECKING, Findings
from ui.panels.panel import Panel, scrolling
from ui.parts import Elided, Icon, IconButton, PushButton, clear, inset, words
from ui.scenarios.work import ScenarioWork
from ui.tokens import GAP_4, GAP_8, GAP_12, INSET
from ui.trying import Trying

COMPARE = Text("Scenari: elenco e confronto", "Scenarios: list and comparison")
TRY = Text("Prova", "Try")
RUN_IT, STOP_IT = Text("Esegui", "Run"), Text("Ferma", "Stop")
DATA, PARAMETERS = Text("Dati", "Data"), Text("Parametri", "Parameters")
MISSING = Text("non c'è", "not there")
KEY = Text("Ctrl+Invio", "Ctrl+Enter")
CHOOSE = Text("Scegli un'altra analisi", "Choose another analysis")


class AnalysisPanel(Panel):
    """Follows the session's analysis: its form, its data, its problems."""

    def __init__(self, session: Session, desk: Desk, look: Look, lang: Lang) -> None:
        super().__init__(session.analysis.title.to(lang))
        self._session, self._desk, self._look, self._lang = session, desk, look, lang
        self.compare_button = IconButton(look, "columns", COMPARE.to(lang))
        self.picker = self._picker()
        for button in (self.compare_button, self.picker):
            self.head.addWidget(button)
        self._area = scrolling(QWidget())
        self.put_body(self._area, scrolls=False)
        self.run_button = PushButton(look, RUN_IT.to(lang), "primary", "play", "on_accent")
        self.run_button.clicked.connect(desk.run)
        self.stop_button = PushButton(look, STOP_IT.to(lang), "secondary", "stop-circle")
        self.stop_button.clicked.connect(desk.cancel)
        self.try_button = PushButton(look, TRY.to(lang), "secondary", "sliders-horizontal")
        self.put_foot(self._foot())
        session.problems_changed.connect(self._show_problems)
        session.layer_added.connect(self._show_inputs)
        session.layer_removed.connect(self._show_inputs)
        session.parameters_changed.connect(self._show_words)
        session.keeping_changed.connect(self._show_problems)
        session.analysis_changed.connect(self._turn)
        desk.jobs.started.connect(self._follow)
        desk.jobs.ended.connect(self._follow)
        self._turn()

    def offer_trying(self, trying: Trying) -> None:
        """Offer to try the parameters, where the analysis says how."""
        self._trying = trying
        self.try_button.clicked.connect(trying.open)
        self._session.results_changed.connect(self._follow_trying)
        self._session.analysis_changed.connect(self._follow_trying)
        self._follow_trying()

    def offer_scenarios(self, scenarios: ScenarioWork, show: Callable[[], None]) -> None:
        """Offer the scenarios of the districts, where the analysis in hand is of them."""
        self._scenarios = scenarios
        self.compare_button.clicked.connect(show)
        self._session.analysis_changed.connect(self._follow_scenarios)
        self._session.layers_arranged.connect(self._follow_scenarios)
        self._desk.opened.connect(self._follow_scenarios)
        self._follow_scenarios()

    def _follow_scenarios(self, _: object = None) -> None:
        is_theirs = self._session.analysis.id == TRANSFORMATION_DISTRICTS.id
        self.compare_button.setVisible(is_theirs and self._scenarios.can_open)

    def _follow_trying(self) -> None:
        self.try_button.setVisible(self._session.analysis.live is not None)
        self.try_button.setEnabled(self._trying.can_open)

    def _picker(self) -> QToolButton:
        """Return the button whose menu offers every analysis, the one in hand marked."""
        button = IconButton(self._look, "caret-down", CHOOSE.to(self._lang))
        menu, group = QMenu(button), QActionGroup(button)
        for analysis in registry.ALL:
            action = QAction(analysis.title.to(self._lang), group, checkable=True)
            action.setToolTip(analysis.about.to(self._lang))
            action.triggered.connect(lambda _, chosen=analysis: self._session.choose(chosen))
            menu.addAction(action)
        menu.aboutToShow.connect(lambda: self._mark(group))
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _mark(self, group: QActionGroup) -> None:
        for analysis, action in zip(registry.ALL, group.actions(), strict=True):
            action.setChecked(analysis.id == self._session.analysis.id)

    def _turn(self) -> None:
        """Show the analysis that is in hand now."""
        analysis = self._session.analysis
        self.heading.setText(analysis.title.to(self._lang))
        self.setAccessibleName(analysis.title.to(self._lang))
        self.form = ParamForm(analysis.params, self._look, self._lang, self._session.words)
        self.form.changed.connect(self._session.set_parameter)
        self.findings = Findings(self._look, self._lang)
        self._inputs = inset(QVBoxLayout(), 0, 0, 0, 0, GAP_4)
        self._shown: tuple[tuple[Role, str | None], ...] = ()
        self._area.setWidget(self._body())
        self._show_inputs()
        self._follow("")

    def _show_words(self) -> None:
        self.form.put(self._session.words)

    def _body(self) -> QWidget:
        body = QWidget()
        column = inset(QVBoxLayout(body), INSET, GAP_12, INSET, INSET, GAP_12)
        column.addWidget(words(self._session.analysis.about.to(self._lang), "body", "ink2", wrap=True))
        column.addWidget(words(DATA.to(self._lang), "strong"))
        column.addLayout(self._inputs)
        if self.form.editors:
            column.addWidget(words(PARAMETERS.to(self._lang), "strong"))
        column.addWidget(self.form)
        column.addWidget(self.findings)
        column.addStretch()
        return body

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.run_button)
        row.addWidget(self.stop_button)
        row.addWidget(self.try_button)
        row.addWidget(words(KEY.to(self._lang), "note", "ink3"))
        row.addStretch()
        return row

    def _show_problems(self) -> None:
        self.findings.show_all(self._session.problems)
        self._follow("")

    def _show_inputs(self) -> None:
        there = tuple((role, self._years(role)) for role in self._session.analysis.inputs)
        if there == self._shown:  # a layer that is no input of the analysis came or went
            return
        self._shown = there
        clear(self._inputs)
        for role, years in there:
            self._inputs.addWidget(self._input(role, years))

    def _years(self, role: Role) -> str | None:
        """Return the years of the layers of ``role``, or None if there is none."""
        found = [entry for entry in self._session.entries if entry.intake.role is role]
        years = (str(entry.ref.year) for entry in sorted(found, key=_year) if entry.ref.year)
        return ", ".join(years) if found else None

    def _input(self, role: Role, years: str | None) -> QWidget:
        """Return one line: the role, and the years of its layers or that there is none."""
        found = years is not None
        line = QWidget()
        row = inset(QHBoxLayout(line), 0, 0, 0, 0, GAP_8)
        row.addWidget(Icon(self._look, "check" if found else "minus", "ok" if found else "ink3"))
        row.addWidget(Elided(role.title.to(self._lang).partition(" (")[0], "body", "" if found else "ink3"), 1)
        row.addWidget(words(MISSING.to(self._lang) if years is None else years, "small", "ink3"))
        return line

    def _follow(self, job: str) -> None:
        is_running = self._desk.jobs.running == RUN
        self.run_button.setVisible(not is_running)
        self.stop_button.setVisible(is_running)
        self.run_button.setEnabled(self._desk.can_run)
        self.form.setEnabled(not self._session.is_read_only)
        self.picker.setEnabled(self._desk.can_choose)
        if not self._desk.is_checked:
            self.findings.say(CHECKING)


def _year(entry: Entry) -> int:
    return entry.ref.year or 0
