"""Scenarios at work in the window: measured beside it, one of them in hand and on the map, two of them compared.

Everything that is changed of them is a step of the history; what is here follows, and measures only what is new.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
from PySide6.QtCore import QObject, QTimer, Signal

from analyses.districts.scenarios import BASE
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers import roles
from layers.problems import Problem, PucError, errors
from layers.reference import LayerRef
from puc_tool.scenarios import scenario_list, scenario_shown
from puc_tool.scenarios.scenario_desk import ScenarioDesk, desk_of
from puc_tool.scenarios.scenario_list import Row
from puc_tool.working import scenario_steps
from puc_tool.working.selection import Unit
from puc_tool.working.session import Session
from puc_tool.working.trying import Tried
from ui.desk import Desk
from ui.worker import Job

MEASURE, SHOW, BIND = "measure scenarios", "show scenario", "bind scenario"
_SETTLE_MS = 30


class ScenarioWork(QObject):
    """``changed`` tells that list, figures or the pair are others; ``shown`` that another is on the map.

    ``shown`` carries its pictures, or None for those of the results: the plan in force. ``rows`` is the list: the plan,
    then the scenarios; ``pair`` are those compared, A and B.
    """

    changed = Signal()
    shown = Signal(object)

    def __init__(self, session: Session, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._desk = session, desk.jobs, desk
        self.measured: ScenarioDesk | None = None
        self.refused: tuple[Problem, ...] = ()
        self.is_open = False
        self.rows = scenario_list.rows(session, None)
        self.chosen = BASE
        self.pair = (BASE, BASE)
        self._code = ""
        self._layers, self._is_shown = self._there, False
        self._settling = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settling.timeout.connect(self._measure)
        session.scenarios_changed.connect(self._follow)
        session.parameters_changed.connect(self._follow_parameters)
        session.layers_arranged.connect(self._forget)
        session.analysis_changed.connect(self.close)
        session.results_changed.connect(self._follow_results)
        session.selection_changed.connect(self._follow_selection)

    @property
    def can_open(self) -> bool:
        """Tell whether the study in hand has districts to make scenarios of."""
        return self._desk.is_open and bool(self._session.study.of_role(roles.DISTRICTS.id))

    @property
    def row(self) -> Row:
        """The scenario in hand."""
        return next((each for each in self.rows if each.id == self.chosen), self.rows[0])

    @property
    def code(self) -> str:
        """The district in hand; nothing where it is all of them."""
        known = self.measured.case.plan.frame["code"] if self.measured else ()
        codes = [unit.code for unit in self._session.selection if unit.kind == "district" and unit.code in set(known)]
        return codes[-1] if codes else ""

    @property
    def districts(self) -> tuple[Unit, ...]:
        """The districts, as units of the session."""
        if self.measured is None:
            return ()
        frame = self.measured.case.plan.frame
        named = zip(frame["code"], frame["name"], strict=True)
        return tuple(Unit("district", str(code), str(name)) for code, name in named)

    def open(self) -> None:
        """Measure the scenarios, unless they are."""
        if self._session.analysis.id == TRANSFORMATION_DISTRICTS.id and not self.is_open:
            self.is_open = True
            self._measure()

    def close(self) -> None:
        """Look at the plan again, and forget what was measured."""
        self._settling.stop()
        self.is_open, self.measured, self.refused = False, None, ()
        self.chosen = BASE
        self._tell()
        self._look()

    def choose(self, scenario: str) -> None:
        """Take a scenario in hand: it is on the map, in table and figures, and compared as B; the plan only shown."""
        if scenario != self.chosen:
            self._choose(scenario)

    @property
    def can_compare(self) -> bool:
        """Tell whether the figures of both of the pair are known."""
        return self.measured is not None and all(each in self.measured.case.plans for each in self.pair)

    def compare(self, first: str, second: str) -> None:
        """Hold two scenarios beside each other."""
        if (first, second) != self.pair:
            self.pair = (first, second)
            self._tell()

    def choose_district(self, unit: Unit | None) -> None:
        """Look at one district, or at all of them: the one selection of the window."""
        self._session.select(unit)

    def ask_what_binds(self, done: Callable[[pd.DataFrame], None]) -> None:
        """Ask what binds the second of the pair, in the district in hand; nothing is told if it is outrun."""
        measured, scenario, code = self.measured, self.pair[1], self.code

        def tell(found: pd.DataFrame) -> None:
            if (measured, scenario, code) == (self.measured, self.pair[1], self.code):
                done(found)

        if measured is not None and scenario in measured.case.plans:
            self._jobs.ask(Job(BIND, lambda report: measured.binding(scenario, code), tell))

    def _choose(self, scenario: str) -> None:
        self.chosen = scenario
        if scenario != BASE:
            self.pair = (self.pair[0] if self.pair[0] != scenario else BASE, scenario)
        self._tell()
        self._look()

    def _tell(self) -> None:
        """Bring the list to what it is now; of what is gone the plan takes the place."""
        self._code = self.code
        self.rows = scenario_list.rows(self._session, self.measured, self._code)
        there = {each.id for each in self.rows}
        first, second = (each if each in there else BASE for each in self.pair)
        self.pair = (first, second)
        self.chosen = self.chosen if self.chosen in there else BASE
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
        is_first = self.measured is None and self.pair == (BASE, BASE)
        self.measured, self.refused = found, ()
        if is_first and len(self.rows) > 1:
            self.pair = (BASE, self.rows[1].id)
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
            if self._session.tried is not None and self._session.tried.shown_as:
                self._session.show_tried(None)
            self.shown.emit(None)

    def _show(self, scenario: str, tried: Tried) -> None:
        if scenario == self.chosen and self.is_open:
            self._is_shown = True
            self._session.show_tried(tried.results)
            self.shown.emit(tried.pictures)

    def _follow(self) -> None:
        """Follow a step on the scenarios: the list at once, the figures as soon as they are measured."""
        was = self.chosen
        self._tell()
        if self.is_open:
            self._settling.start()
        if was != self.chosen:
            self._look()

    def _follow_parameters(self) -> None:
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
