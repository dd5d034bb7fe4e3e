"""Scenarios at work in the window: measured beside it, one of them in hand and on the map, two of them compared.

Everything that is changed of them is a step of the history; what is here follows, and measures only what is new.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
from PySide6.QtCore import QObject, QTimer, Signal

from analyses.districts.scenarios import BASE
from analyses.live import Bench
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers.problems import Problem, PucError, errors
from layers.reference import LayerRef
from puc_tool.scenarios import scenario_list, scenario_shown
from puc_tool.scenarios.scenario_desk import ScenarioDesk, desk_of
from puc_tool.working import scenario_steps, scenario_view
from puc_tool.working.selection import Unit
from puc_tool.working.session import Session
from puc_tool.working.trying import Tried
from ui.desk import Desk
from ui.scenarios.in_hand import InHand
from ui.worker import Job

MEASURE, SHOW, BIND = "measure scenarios", "show scenario", "bind scenario"
_SETTLE_MS = 30


class ScenarioWork(InHand):
    """``changed`` tells that list, figures or the pair are others; ``shown`` that another is to be looked at.

    ``shown`` carries it as it is shown, or None for the results: the plan in force.
    """

    changed = Signal()
    shown = Signal(object)

    def __init__(self, session: Session, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(session, desk, parent)
        self._jobs = desk.jobs
        self.refused: tuple[Problem, ...] = ()
        self.is_open = False
        self._looked, self._code = BASE, ""
        self._layers, self._is_shown = self._there, False
        self._settling = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settling.timeout.connect(self._measure)
        session.scenarios_changed.connect(self._follow)
        session.scenario_view_changed.connect(self._follow_view)
        desk.opened.connect(self._wake)
        session.parameters_changed.connect(self._follow_parameters)
        session.layers_arranged.connect(self._forget)
        session.analysis_changed.connect(self.close)
        session.results_changed.connect(self._follow_results)
        session.selection_changed.connect(self._follow_selection)

    def open(self) -> None:
        """Measure the scenarios, unless they are."""
        if self._is_in_hand and not self.is_open:
            self.is_open = True
            self._measure()

    def close(self) -> None:
        """Look at the plan again, and forget what was measured."""
        self._settling.stop()
        self.is_open, self.measured, self.refused = False, None, ()
        self._tell()
        self._look()
        self._wake()

    def choose(self, scenario: str) -> None:
        """Take a scenario in hand: it is on the map, in table and figures, and compared as B; the plan only shown."""
        if scenario != self.chosen:
            scenario_view.show(self._session.history, scenario, self.title_of(scenario))

    def compare(self, first: str, second: str) -> None:
        """Hold two scenarios beside each other."""
        if self.has_curtain:
            self.draw_curtain(first, second)
        elif (first, second) != self.pair:
            self._pair = (first, second)
            self._tell()

    def draw_curtain(self, first: str, second: str) -> None:
        """Hold two scenarios apart by the curtain of the map."""
        scenario_view.draw(self._session.history, (first, second), (self.title_of(first), self.title_of(second)))

    def end_curtain(self) -> None:
        """Draw the curtain away; the pair stays compared."""
        if self.has_curtain:
            self._pair = self.pair
            scenario_view.end(self._session.history)

    def bench(self) -> Bench | None:
        """Return what trying starts from, as a bench; None before anything is measured."""
        return self.measured.bench(self.base) if self.measured is not None else None

    def choose_district(self, unit: Unit | None) -> None:
        """Look at one district, or at all of them: the one selection of the window."""
        self._session.select(unit)

    def ask_what_binds(self, done: Callable[[pd.DataFrame], None]) -> None:
        """Ask what binds the second of the pair, in the district in hand; nothing is told if it is outrun."""
        measured, scenario, code = self.held, self.pair[1], self.code

        def tell(found: pd.DataFrame) -> None:
            if (measured, scenario, code) == (self.held, self.pair[1], self.code):
                done(found)

        if measured is not None and scenario in measured.case.plans:
            self._jobs.ask(Job(BIND, lambda report: measured.binding(scenario, code), tell))

    def _wake(self, *_: object) -> None:
        """Measure what a study was left with: a scenario shown, or the curtain drawn."""
        if self._desk.is_open and (self.chosen != BASE or self.has_curtain):
            self.open()

    def _tell(self) -> None:
        """Bring the list to what it is now."""
        self._code = self.code
        self.rows = scenario_list.rows(self._session, self.measured, self._code)
        self.changed.emit()

    def _measure(self) -> None:
        """Measure what is new of the scenarios as they stand."""
        params, said = self._session.params()
        if not self.is_open or errors(said):
            return
        texts, shelf, layers = scenario_steps.texts(self._session), self._session.shelf, self._layers
        work = Job(
            MEASURE,
            lambda report: desk_of(shelf, params, texts, self.measured, report),
            partial(self._put, layers),
            self._refuse,
            self._stop,
        )
        self._jobs.ask(work)

    def _put(self, layers: tuple[LayerRef, ...], found: ScenarioDesk) -> None:
        """Take what was measured, unless layers or analysis have changed meanwhile."""
        if not self.is_open or layers != self._layers:
            return
        is_first = self.measured is None and self._pair == (BASE, BASE)
        self.measured, self.refused = found, ()
        if is_first and len(self.rows) > 1:
            self._pair = (BASE, self.chosen if self.chosen != BASE else self.rows[1].id)
        self._tell()
        self._look()

    def _refuse(self, error: PucError) -> None:
        self.refused = error.problems
        self._tell()

    def _stop(self) -> None:
        if self.measured is None:
            self.is_open = False
            self._tell()

    def _look(self) -> None:
        """Show the scenario in hand in the place of the results; one with faults shows nothing of its own."""
        measured, scenario = self.measured, self.chosen
        self._looked = scenario
        if measured is None or scenario == BASE or scenario not in measured.case.plans:
            self._show_plan()
            return
        title = self.row.title
        work = Job(SHOW, lambda report: scenario_shown.shown(measured, scenario, title), partial(self._show, scenario))
        self._jobs.ask(work)

    def _show_plan(self) -> None:
        """Show the results again, if a scenario has their place."""
        if self._is_shown:
            self._is_shown = False
            self.shown.emit(None)

    def _show(self, scenario: str, tried: Tried) -> None:
        if scenario == self.chosen and self.is_open:
            self._is_shown = True
            self.shown.emit(tried)

    def _follow(self) -> None:
        """Follow a step on the scenarios: the list at once, the figures as soon as they are measured."""
        self._tell()
        if self.is_open:
            self._settling.start()
        self._follow_chosen()

    def _follow_view(self) -> None:
        """Follow what somebody wants to see: a scenario taken in hand is compared as B."""
        if self.chosen not in (self._looked, BASE):
            self._pair = (self._pair[0] if self._pair[0] != self.chosen else BASE, self.chosen)
        self._tell()
        self._follow_chosen()

    def _follow_chosen(self) -> None:
        self._wake()
        if self.chosen != self._looked:
            self._look()

    def look_again(self) -> None:
        """Say again what is to be looked at: another thing had its place."""
        self._is_shown = True
        self._look()

    def _follow_parameters(self) -> None:
        if self._is_in_hand:
            self._tell()
        if self.measured is not None and self._session.params()[0] != self.measured.case.params:
            self._settling.start()

    def _forget(self) -> None:
        """Measure anew where what was measured is no longer what the study has; their order is nothing to it."""
        if self._layers == self._there:
            return
        self.measured, self._layers = None, self._there
        self._tell()
        if self.is_open:
            self._settling.start()

    @property
    def _there(self) -> tuple[LayerRef, ...]:
        """The layers that districts are measured on, as the study names them now."""
        wanted = TRANSFORMATION_DISTRICTS.inputs
        return tuple(ref for role in wanted for ref in self._session.study.of_role(role.id))

    def _follow_results(self) -> None:
        """Stay with the scenario in hand, for new results have taken its place."""
        if self.is_open:
            self._tell()
            if self.chosen != BASE:
                self._look()

    def _follow_selection(self) -> None:
        if self.code != self._code:
            self._tell()
