"""Trying while a slider moves: one worker, the newest wish only, and what was before stays to be held against it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from analyses.live import Bench, Handle
from layers.problems import PucError
from layers.text import Lang, Text, joined, say
from puc_tool.working import edited_district, scenario_steps, trying
from puc_tool.working.session import Session
from puc_tool.working.trying import Tried
from ui.desk import Desk
from ui.worker import Job

SAVED = Text("Prova su {d}", "Try on {d}")
BENCH, TRY = "bench", "try"
_SETTLE_MS = 30
NOTHING_TO_TRY = Text("Questo studio non ha dati su cui provare.", "This study has no data to try on.")
RUN_FIRST = Text("Prima di provare, eseguire l'analisi una volta.", "Run the analysis once before trying.")


class Trying(QObject):
    """Follows the parameters once a bench is open. ``opened`` and ``closed`` tell of the bench.

    ``tried`` carries the pictures to look at: those of what is tried, or None for those of the results.
    """

    opened = Signal()
    closed = Signal()
    moved = Signal()
    tried = Signal(object)

    def __init__(self, session: Session, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._desk = session, desk
        self._bench: Bench | None = None
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

    @property
    def is_open(self) -> bool:
        """Tell whether there is a bench to try on."""
        return self._bench is not None

    @property
    def can_open(self) -> bool:
        """Tell whether the analysis in hand can be tried: it has results to hold against, and says how."""
        return self._session.analysis.live is not None and self._desk.is_open and self._session.results is not None

    @property
    def wants_choice(self) -> bool:
        """Tell whether single objects have fields of their own to try."""
        live = self._session.analysis.live
        return live is not None and bool(live.chosen_kind)

    @property
    def can_save(self) -> bool:
        """Tell whether fields of districts are tried that a scenario could keep."""
        return self.is_open and bool(trying.edits(self._session)) and not self._session.is_read_only

    @property
    def scenarios(self) -> tuple[tuple[str, str], ...]:
        """The scenarios that could take what is tried: name and title."""
        return edited_district.scenarios(self._session)

    def save(self, name: str, lang: Lang) -> str:
        """Keep the fields that are tried in a scenario, or in a new one if there is no ``name``; return its name.

        Raises PucError, with everything as it was, for values that can't stand.
        """
        codes = dict.fromkeys(code for code, _ in trying.edits(self._session))
        title = say(SAVED.it, SAVED.en, d=", ".join(codes)).to(lang)
        return scenario_steps.save_tried(self._session, title, name)

    def open(self) -> None:
        """Measure the study, then try the parameters as they stand."""
        if self._session.results is None:
            self._desk.said.emit(RUN_FIRST)
        elif self.can_open and not self.is_open:
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
            self.closed.emit()

    def handles(self) -> tuple[Handle, ...]:
        """Return what can be moved."""
        return trying.handles(self._session, self._bench) if self._bench else ()

    def move(self, handle: Handle, value: float) -> None:
        """Move something."""
        trying.move(self._session, handle, value)

    def show_before(self, before: bool) -> None:
        """Look at what was before, or at what is tried."""
        self.is_before = before
        self._look()

    def _opened(self, bench: Bench | None) -> None:
        self._bench, self.is_before = bench, False
        if bench is None:
            self._desk.said.emit(NOTHING_TO_TRY)
            return
        self._held = trying.held(self._session, self.handles())
        self.opened.emit()
        self._try()

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

    def _try(self) -> None:
        """Try the newest wish; one that waits gives way to it, one that is being worked on comes to its end."""
        bench, session = self._bench, self._session
        if bench is not None:
            work = Job(
                TRY, lambda report: trying.try_out(session, bench, report), lambda tried: self._show(bench, tried)
            )
            self._desk.jobs.ask(work)

    def _show(self, bench: Bench, tried: Tried | None) -> None:
        if bench is self._bench:
            self._last = tried
            self._look()

    def _look(self) -> None:
        shown = None if self.is_before else self._last
        self._session.show_tried(shown.results if shown else None)
        self.tried.emit(shown.pictures if shown else None)
