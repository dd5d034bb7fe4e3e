"""Trying while a slider moves: one worker, the newest wish only, and what was before stays to be held against it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from analyses.districts.scenarios import BASE
from analyses.live import Bench, Handle
from analyses.progress import Report
from layers.problems import PucError
from layers.text import Lang, Text, joined
from puc_tool.scenarios.scenario_shown import shown
from puc_tool.working import edited_district, scenario_steps, trying
from puc_tool.working.scenario_view import TRIED
from puc_tool.working.session import Session
from puc_tool.working.trying import PLAN, Start, Tried
from ui.desk import Desk
from ui.scenarios.work import ScenarioWork
from ui.worker import Job

BENCH, TRY = "bench", "try"
_SETTLE_MS = 30
NOTHING_TO_TRY = Text("Questo studio non ha dati su cui provare.", "This study has no data to try on.")
RUN_FIRST = Text("Prima di provare, eseguire l'analisi una volta.", "Run the analysis once before trying.")


class Trying(QObject):
    """Follows the parameters once a bench is open. ``opened`` and ``closed`` tell of the bench.

    ``tried`` carries the pictures to look at: those of what is tried, or None for those of the results. It starts from
    the scenario that is shown; ``rebased`` tells that this is another now. What was tried when a window ended is
    tried again in the next one.
    """

    opened = Signal()
    closed = Signal()
    moved = Signal()
    rebased = Signal()
    tried = Signal(object)

    def __init__(self, session: Session, desk: Desk, work: ScenarioWork, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._desk, self._work = session, desk, work
        self._bench: Bench | None = None
        self._start, self._measured = PLAN, work.measured
        self._is_found_again = any(place[0] == TRIED for place in session.history.state)
        self._last: Tried | None = None
        self._held: Mapping[str, str] = {}
        self.is_before = False
        self._settling = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settling.timeout.connect(self._try)
        session.parameters_changed.connect(self._follow)
        session.selection_changed.connect(self._follow_selection)
        session.results_changed.connect(self._hold)
        session.analysis_changed.connect(self.close)
        session.layers_arranged.connect(self.close)
        work.changed.connect(self._follow_scenario)

    @property
    def is_open(self) -> bool:
        """Tell whether there is a bench to try on."""
        return self._bench is not None

    @property
    def base(self) -> str:
        """The scenario that trying starts from."""
        return self._start.base

    @property
    def base_title(self) -> Text:
        """What the scenario is called that trying starts from."""
        return self._work.title_of(self.base)

    @property
    def can_open(self) -> bool:
        """Tell whether the analysis in hand can be tried: it says how, and there is something to hold against."""
        return self._session.analysis.live is not None and self._desk.is_open and self._has_start

    @property
    def _has_start(self) -> bool:
        return self._session.results is not None or (self.wants_choice and self._work.measured is not None)

    @property
    def wants_choice(self) -> bool:
        """Tell whether single objects have fields of their own to try."""
        live = self._session.analysis.live
        return live is not None and bool(live.chosen_kind)

    @property
    def can_save(self) -> bool:
        """Tell whether fields of districts are tried that a scenario could keep."""
        return self.is_open and bool(trying.edits(self._session, self.base)) and not self._session.is_read_only

    @property
    def scenarios(self) -> tuple[tuple[str, str], ...]:
        """The scenarios that could take what is tried: name and title; first the one that it is tried on."""
        return tuple(sorted(edited_district.scenarios(self._session), key=lambda each: each[0] != self.base))

    def save(self, name: str, lang: Lang) -> str:
        """Keep the fields that are tried in a scenario, or in a new one if there is no ``name``; return its name.

        Raises PucError, with everything as it was, for values that can't stand.
        """
        return scenario_steps.save_tried(self._session, lang, name, self.base)

    def open(self) -> None:
        """Measure the study, unless its scenarios are measured, then try the parameters as they stand."""
        if not self._has_start:
            self._desk.said.emit(RUN_FIRST)
        elif self.can_open and not self.is_open:
            if self._work.base != BASE:
                self._opened(self._work.bench())
                return
            analysis, session = self._session.analysis, self._session
            self._desk.jobs.ask(
                Job(
                    BENCH,
                    lambda report: trying.open_bench(session, report),
                    lambda bench: self._opened(bench) if analysis is session.analysis else None,
                    self._refused,
                )
            )

    def close(self) -> None:
        """Look at the results again."""
        self._settling.stop()
        if self._bench is not None:
            self._bench = self._last = None
            self._look()
            self._start = PLAN
            self.closed.emit()

    def handles(self) -> tuple[Handle, ...]:
        """Return what can be moved."""
        return trying.handles(self._session, self._bench, self.base) if self._bench else ()

    def move(self, handle: Handle, value: float) -> None:
        """Move something."""
        trying.move(self._session, handle, value, self.base)

    def show_before(self, before: bool) -> None:
        """Look at what was before, or at what is tried."""
        self.is_before = before
        self._look()

    def _opened(self, bench: Bench | None) -> None:
        self._bench, self.is_before = bench, False
        if bench is None:
            self._desk.said.emit(NOTHING_TO_TRY)
            return
        self._begin(bench)
        self.opened.emit()
        self._follow_scenario()
        self._try()

    def _begin(self, bench: Bench) -> None:
        """Try on what is measured now, from the scenario that is shown; what was tried before is out of date."""
        self._bench, self._last, self._measured = bench, None, self._work.measured
        self._start = Start(self._work.base if self.wants_choice else BASE)
        self._held = trying.held(self._session, self.handles())

    def _follow_scenario(self) -> None:
        """Start from the scenario that is shown now, as it is measured now."""
        if self._bench is None:
            self._find_again()
            return
        is_other = self._work.base != self.base or (self.base != BASE and self._work.measured is not self._measured)
        bench = self._work.bench() if is_other and self.wants_choice else None
        if bench is not None:
            self._begin(bench)
            self.rebased.emit()
            self._settling.start()

    def _find_again(self) -> None:
        """Try again what was tried on the scenario that is shown when the last window on the study ended."""
        is_due = self._is_found_again and self.wants_choice and self.can_open
        if is_due and trying.edits(self._session, self._work.base):
            self._is_found_again = False
            self.open()

    def _refused(self, error: PucError) -> None:
        self._desk.said.emit(joined((problem.message for problem in error.problems), " "))

    def _follow(self) -> None:
        """Try anew; what the bench was measured with must stay as it was."""
        if self._bench is None:
            return
        if trying.held(self._session, self.handles()) != self._held:
            self.close()
        else:
            self._settling.start()
            self.moved.emit()

    def _follow_selection(self) -> None:
        if self._bench is not None and self.wants_choice:
            self.moved.emit()

    def _hold(self) -> None:
        """Hold against other results from now on: what was run is no longer tried."""
        if self._bench is not None:
            self._last = None
            self._settling.start()
        else:
            self._find_again()

    def _try(self) -> None:
        """Try the newest wish; one that waits gives way to it, one that is being worked on comes to its end."""
        bench, session, start = self._bench, self._session, self._start
        measured, title = self._measured, self.base_title
        if bench is None:
            return

        def work(report: Report) -> tuple[Start, Tried | None]:
            known = start
            is_to_be_shown = start.base != BASE or session.results is None
            if start.shown is None and measured is not None and is_to_be_shown:
                known = Start(start.base, shown(measured, start.base, title))
            return known, trying.try_out(session, bench, report, start=known)

        self._desk.jobs.ask(Job(TRY, work, lambda found: self._show(bench, *found)))

    def _show(self, bench: Bench, start: Start, tried: Tried | None) -> None:
        if bench is self._bench:
            self._start, self._last = start, tried
            self._look()

    def _look(self) -> None:
        looked_at = self._start.shown if self.is_before else self._last
        self._session.show_tried(looked_at.results if looked_at else None)
        self.tried.emit(looked_at.pictures if looked_at else None)
