"""What is done at the desk: opening, checking, running, exporting. Each is a job; its end changes the session."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from analyses.analysis import Analysis
from analyses.progress import Report
from layers.problems import Problem, PucError
from layers.text import LAYERS, NOTHING, ROWS, Lang, Text, counted, joined, same, say
from puc_tool.declared import OUTDATED
from puc_tool.figures.found_results import Results, read_results
from puc_tool.maps.canvas.results import ResultPicture, result_pictures
from puc_tool.printing.exporting import Exported
from puc_tool.run import Outcome
from puc_tool.study import Study
from puc_tool.working.old_results import Old, old_results, told_run
from puc_tool.working.selection import Unit
from puc_tool.working.selection_export import Rows
from puc_tool.working.session import Session
from puc_tool.written import written
from ui.map.scene import Opened, open_all
from ui.worker import Job, Jobs

OPEN, CHECK, RESULTS, RUN, EXPORT = "open", "check", "results", "run", "export"
PRINT, SAVE = "print", "save"
_SETTLE_MS = 150
_RESULTS_THAT_LACK = ("results-missing", "results-stale", OUTDATED)

OPENING = Text("Leggo i livelli dello studio, poi i risultati.", "Reading the study's layers, then the results.")
LOOKING = Text("Leggo i risultati.", "Reading the results.")
REACHING = Text("Calcolo i risultati.", "Making the results.")
STOPPED = Text("Calcolo fermato. I risultati di prima restano.", "Stopped. The earlier results stay.")
UNREAD = Text("Lettura fermata: F5 per riprendere.", "Reading stopped: F5 to go on.")
REFUSED = Text("Calcolo non eseguito: a destra si legge che cosa manca.", "Not run: see at the right what is wrong.")
UNCHANGED = Text("Nulla da ricalcolare: dati e parametri di prima.", "Unchanged: data and parameters are as before.")
_Found = tuple[Results | None, tuple[ResultPicture, ...], Old | None]
NOT_EXPORTED = Text("Tavola non esportata.", "Sheet not exported.")


class Desk(QObject):
    """Connects a session with the one worker.

    ``said`` is for the status line, as is ``hinted``, how to use the tool in hand; ``opened`` carries the scene,
    ``glimpsed`` what of it is known while the study is being read, ``mapped`` the pictures of the results.
    ``save_wanted`` comes before the study's files are asked for figures or sheets: they must say what the window shows.
    """

    save_wanted = Signal()
    said = Signal(object)
    hinted = Signal(object)
    opened = Signal(object)
    glimpsed = Signal(object)
    mapped = Signal(object)
    exported = Signal(object)

    def __init__(self, session: Session, lang: Lang, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._lang = session, lang
        self.jobs = Jobs(self)
        self.is_open = False
        self.is_checked = False
        self.has_looked = False
        self._settling = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settling.timeout.connect(self.check)
        session.parameters_changed.connect(self._settle)
        session.analysis_changed.connect(self._turn)
        session.layers_arranged.connect(self._ask_for_results)

    @property
    def can_run(self) -> bool:
        """Tell whether Run has a sense now."""
        return self.is_open and self._session.can_run and self.jobs.running != RUN

    @property
    def can_read(self) -> bool:
        """Tell whether there are layers to be read still."""
        return not self.is_open and not self.jobs.running

    @property
    def can_choose(self) -> bool:
        """Tell whether another analysis may be taken in hand: not while results or sheets of this one are made."""
        return self.jobs.running not in (RUN, EXPORT)

    @property
    def awaited(self) -> Text:
        """What is being done to have results where none are seen; nothing once it is known that there are none."""
        if not self.is_open:
            return OPENING if self.jobs.running == OPEN else NOTHING
        return REACHING if self.jobs.running == RUN else NOTHING if self.has_looked else LOOKING

    def open(self) -> None:
        """Read the study's layers, its results, and what speaks against a run."""
        work = Job(
            OPEN,
            lambda report: open_all(self._session, report, self.glimpsed.emit),
            self._opened,
            cancelled=self._unread,
        )
        self.jobs.ask(work)

    def check(self) -> None:
        """Ask what speaks against a run with the parameters as they are."""
        if self.is_open:
            analysis = self._session.analysis
            self.jobs.ask(Job(CHECK, self._session.check, lambda problems: self._checked(analysis, problems)))

    def run(self) -> None:
        """Run the analysis."""
        if self.can_run:
            self.save_wanted.emit()
            self.jobs.ask(Job(RUN, self._run, self._ran, self._refused, self._stopped))

    def export(self) -> None:
        """Draw the sheets."""
        self.save_wanted.emit()
        draw = Job(
            EXPORT,
            lambda report: self._session.export(self._lang, report),
            self._exported,
            self._not_exported,
            lambda: self.said.emit(NOT_EXPORTED),
        )
        self.jobs.ask(draw)

    def save_rows(self, table_id: str, units: Sequence[Unit], path: Path) -> None:
        """Save the rows of these units of a table as a file."""
        table = self._session.results.table(table_id) if self._session.results else None
        if table is None or not units:
            return
        rows = Rows(table, units[0].kind, tuple(unit.code for unit in units))
        save = Job(
            SAVE,
            lambda report: self._session.save_rows(rows, path, report),
            lambda told: self._rows_saved(rows, path, told),
            self._not_saved,
        )
        self.jobs.ask(save)

    def _rows_saved(self, rows: Rows, path: Path, told: tuple[Problem, ...]) -> None:
        done = say("Scritte in {p}: {n}.", "Written to {p}: {n}.", n=counted(len(rows.codes), ROWS), p=path.name)
        self.said.emit(joined([done, *(problem.message for problem in told)], " "))

    def _not_saved(self, error: PucError) -> None:
        self.said.emit(joined([same(each.sentence(self._lang)) for each in error.problems], " "))

    def cancel(self) -> None:
        """Stop what is being done."""
        self.jobs.cancel()

    def say_why_not(self, error: PucError) -> None:
        """Tell the worst of what stands against something in the status line."""
        worst = error.problems[0]
        self.said.emit(say("{w}: {m}", "{w}: {m}", w=worst.where, m=worst.message))

    def _settle(self) -> None:
        self._settling.start()

    def _turn(self) -> None:
        self.is_checked = self.has_looked = False
        self._ask_for_results()
        self.check()

    def _ask_for_results(self) -> None:
        if not self.is_open:
            return
        analysis, study = self._session.analysis, self._session.study
        put = partial(self._put, analysis)
        self.jobs.ask(Job(RESULTS, lambda report: _written(analysis, study), put, lambda _: put((None, (), None))))

    def _put(self, analysis: Analysis, found: _Found) -> None:
        """Show what was found, unless another analysis was taken in hand meanwhile."""
        if analysis is self._session.analysis:
            self.has_looked = True
            self._map(found[1])
            self._session.put(found[0], found[2])

    def _map(self, pictures: tuple[ResultPicture, ...]) -> None:
        self.mapped.emit(pictures)
        self._session.cover(self._session.covered_by_results() if pictures else ())

    def _opened(self, opened: Opened) -> None:
        self.is_open = True
        self.opened.emit(opened.scene)
        for intake in opened.intakes:
            self._session.add(intake)
        self.said.emit(say("Letti: {n}.", "Read: {n}.", n=counted(len(opened.intakes), LAYERS)))
        self._ask_for_results()
        self.check()

    def _unread(self) -> None:
        self.said.emit(UNREAD)

    def _checked(self, analysis: Analysis, problems: tuple[Problem, ...]) -> None:
        if analysis is not self._session.analysis:
            return
        self.is_checked = True
        self._session.tell(problems)

    def _run(self, report: Report) -> tuple[Outcome, Results, tuple[ResultPicture, ...]]:
        outcome, results = self._session.run(report)
        return outcome, results, _pictures(results.analysis, self._session.study)

    def _ran(self, done: tuple[Outcome, Results, tuple[ResultPicture, ...]]) -> None:
        outcome, results, pictures = done
        if results.analysis.id != self._session.analysis.id:
            return
        self._map(pictures)
        before = self._session.old.results if self._session.old else self._session.results
        self._session.put(results)
        standing = tuple(each for each in self._session.problems if each.code != OUTDATED)
        self._session.tell(outcome.problems or standing)
        self.said.emit(UNCHANGED if outcome.is_unchanged else told_run(results, before))

    def _refused(self, error: PucError) -> None:
        self._session.tell(error.problems)
        self.said.emit(REFUSED)

    def _stopped(self) -> None:
        self.said.emit(STOPPED)

    def _exported(self, done: Exported) -> None:
        self.exported.emit(done)
        names = ", ".join(path.name for path in done.files)
        folder = done.files[0].parent.name if done.files else ""
        self.said.emit(say("Scritto in {d}: {n}", "Written to {d}: {n}", d=folder, n=names))

    def _not_exported(self, error: PucError) -> None:
        others = tuple(problem for problem in self._session.problems if problem not in error.problems)
        self._session.tell((*error.problems, *others))
        self.said.emit(NOT_EXPORTED)


def _written(analysis: Analysis, study: Study) -> _Found:
    """Return the results that lie there, with their pictures; those that no longer count are old, and not mapped."""
    try:
        return read_results(analysis, study), _pictures(analysis, study), None
    except PucError as error:
        if {problem.code for problem in error.problems} <= set(_RESULTS_THAT_LACK):
            return None, (), old_results(analysis, study)
        raise


def _pictures(analysis: Analysis, study: Study) -> tuple[ResultPicture, ...]:
    return result_pictures(written(analysis, study), study.crs)
