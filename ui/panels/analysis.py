"""The right panel: which analysis is in hand, what it answers and takes, what speaks against it, Run."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from analyses import registry
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers.problems import errors
from layers.text import Lang, Text
from puc_tool.working.session import Session
from ui.desk import RUN, Desk
from ui.forms.param_form import ParamForm
from ui.look import Look
from ui.panels.findings import CHECKING, Findings, counted
from ui.panels.inputs import Inputs
from ui.panels.panel import Panel, scrolling
from ui.parts import IconButton, PushButton, inset, words
from ui.scenarios.work import ScenarioWork
from ui.tokens import GAP_12, INSET
from ui.trying import Trying

COMPARE = Text("Scenari: elenco e confronto", "Scenarios: list and comparison")
TRY = Text("Prova", "Try")
RUN_IT, STOP_IT = Text("Esegui", "Run"), Text("Ferma", "Stop")
PARAMETERS = Text("Parametri", "Parameters")
KEY = Text("Ctrl+Invio", "Ctrl+Enter")
READ_ONLY = Text("Sola lettura", "Read-only")
CHOOSE = Text("Scegli un'altra analisi", "Choose another analysis")


class AnalysisPanel(Panel):
    """Follows the session's analysis: its form, its data, its problems."""

    def __init__(self, session: Session, desk: Desk, look: Look, lang: Lang) -> None:
        super().__init__(session.analysis.title.to(lang))
        self._session, self._desk, self._look, self._lang = session, desk, look, lang
        self.compare_button = IconButton(look, "columns", COMPARE.to(lang))
        self.picker = self._picker()
        self.inputs = Inputs(session, look, lang)
        for button in (self.compare_button, self.picker):
            self.head.addWidget(button)
        self._area = scrolling(QWidget())
        self.put_body(self._area, scrolls=False)
        self.run_button = PushButton(look, RUN_IT.to(lang), "primary", "play", "on_accent")
        self.run_button.clicked.connect(desk.run)
        self.stop_button = PushButton(look, STOP_IT.to(lang), "secondary", "stop-circle")
        self.stop_button.clicked.connect(desk.cancel)
        self.try_button = PushButton(look, TRY.to(lang), "secondary", "sliders-horizontal")
        self._key = words(KEY.to(lang), "note", "ink3")
        self.why_not = PushButton(look, "", "link")
        self.why_not.clicked.connect(self._show_why_not)
        self.put_foot(self._foot())
        session.problems_changed.connect(self._show_problems)
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
        self.heading.say(analysis.title.to(self._lang))
        self.setAccessibleName(analysis.title.to(self._lang))
        self.form = ParamForm(analysis.params, self._look, self._lang, self._session.words)
        self.form.changed.connect(self._session.set_parameter)
        self.findings = Findings(self._look, self._lang)
        self._area.setWidget(self._body())  # the data go over into it before the body that held them is deleted
        self.inputs.show_all()
        self._follow("")

    def _show_words(self) -> None:
        self.form.put(self._session.words)

    def _body(self) -> QWidget:
        body = QWidget()
        column = inset(QVBoxLayout(body), INSET, GAP_12, INSET, INSET, GAP_12)
        column.addWidget(words(self._session.analysis.about.to(self._lang), "body", "ink2", wrap=True))
        column.addWidget(self.inputs)
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
        row.addWidget(self._key)
        row.addWidget(self.why_not)
        row.addStretch()
        return row

    def _show_problems(self) -> None:
        self.findings.show_all(self._session.problems)
        self._follow("")

    def _show_why_not(self) -> None:
        """Bring what speaks against a run into sight."""
        self._area.verticalScrollBar().setValue(self.findings.y())

    def _say_why_not(self) -> None:
        """Say beside Run what it waits for, where the parameters leave no room to see it."""
        worst = [] if self._desk.can_run or not self._desk.is_checked else errors(self._session.problems)
        is_held = self._session.is_read_only and self._desk.is_open
        self.why_not.setText(READ_ONLY.to(self._lang) if is_held else counted(worst, self._lang))
        self.why_not.setEnabled(bool(worst))
        self.why_not.setVisible(is_held or bool(worst))
        self._key.setVisible(not self.why_not.isVisibleTo(self))

    def _follow(self, job: str) -> None:
        is_running = self._desk.jobs.running == RUN
        self.run_button.setVisible(not is_running)
        self.stop_button.setVisible(is_running)
        self.run_button.setEnabled(self._desk.can_run)
        self._say_why_not()
        self.form.setEnabled(not self._session.is_read_only)
        self.picker.setEnabled(self._desk.can_choose)
        if not self._desk.is_checked:
            self.findings.say(CHECKING)
