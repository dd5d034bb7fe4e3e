"""The open study as somebody works on it: layers, parameters, problems, results, one selection. No Qt.

What a user can change is the state of a `History`; the session is what that state means for this study, and tells
every change by a signal. Where rows come and go it is told before and after, for item views must know first.
What takes time (`read_layers`, `check`, `run`, `export`) touches nothing but the shelf, so a worker may call it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from psygnal import Signal

from analyses import registry
from analyses.analysis import Analysis
from analyses.progress import Report, silent, tracked
from layers import roles
from layers.intake import Intake
from layers.problems import Problem, PucError, Severity, errors
from layers.reference import LayerRef
from layers.text import Lang, Text, say
from puc_tool import run
from puc_tool.figures.found_results import Results, read_results
from puc_tool.printing.exporting import Exported, export, ready
from puc_tool.printing.sheets import ALL as SHEETS
from puc_tool.printing.sheets import SheetKind
from puc_tool.run import Outcome
from puc_tool.scenarios import scenario_keeping
from puc_tool.shelf import Shelf
from puc_tool.sources import source_changes
from puc_tool.study import Study
from puc_tool.working import edit_keeping, layer_changes, scenario_view, selection_export, view
from puc_tool.working import study_settings as settings
from puc_tool.working.history import History, Place
from puc_tool.working.layer_entry import THEMES
from puc_tool.working.results_in_hand import ResultsInHand
from puc_tool.working.selection import Selection
from puc_tool.working.selection_export import Rows
from puc_tool.working.shown_layers import ShownLayers
from puc_tool.working.shown_results import ShownResults
from puc_tool.working.shown_tables import ShownTables
from puc_tool.working.typed_parameters import TypedParameters
from puc_tool.written import outdated

READING = Text("Leggo i livelli", "Reading the layers")


class Session(ShownLayers, ShownResults, ShownTables, ResultsInHand, TypedParameters, Selection):
    """One open study and one analysis in hand. Every view follows it and holds nothing of its own.

    ``is_read_only``: what would change the study's figures is not done; how it is looked at may change, unsaved.
    """

    analysis_changed = Signal()
    table_changed = Signal()
    parameters_changed = Signal()
    problems_changing = Signal()
    problems_changed = Signal()
    keeping_changed = Signal()
    scenarios_changed = Signal()
    scenario_view_changed = Signal()

    def __init__(self, study: Study, analysis: Analysis, history: History | None = None) -> None:
        ShownLayers.__init__(self, study, History(edit_keeping.of_study(study)) if history is None else history)
        ShownResults.__init__(self)
        ResultsInHand.__init__(self)
        Selection.__init__(self)
        self._first = analysis
        self.analysis = self._chosen()
        self.shelf = Shelf(self.study)
        self.changes: tuple[Problem, ...] = ()
        self.problems: tuple[Problem, ...] = ()
        self.layers_arranged.connect(self._hand_on_study)
        self.history.changed.connect(self._follow)
        self.covered: frozenset[view.LayerKey] = frozenset()

    def read_layers(self, report: Report = silent) -> tuple[Intake, ...]:
        """Take in every layer of the study, whatever its state; those taken out too, for they may come back."""
        refs = sorted(layer_changes.whole(self._whole, self.history.state).layers, key=_order)
        taken = tuple(self.shelf.intake(ref) for ref in tracked(refs, report, READING))
        self.changes = tuple(source_changes.told(self.shelf))
        return taken

    def check(self, report: Report = silent) -> tuple[Problem, ...]:
        """Return what speaks against a run with the parameters as they stand."""
        params, said = self.params()
        # No error in the window: a new run mends results that lack what is read today.
        lack = (replace(each, severity=Severity.WARNING) for each in outdated(self.analysis, self.study))
        said += (*self.changes, *lack)
        return (*said, *(run.problems(self.analysis, self.shelf, params) if not errors(said) else ()))

    def run(self, report: Report = silent) -> tuple[Outcome, Results]:
        """Run the analysis and return what it wrote; raises PucError with every error found."""
        params, said = self.params()
        if errors(said):
            raise PucError(*said)
        outcome = run.run(self.analysis, self.shelf, params, report=report)
        self.changes = tuple(source_changes.told(self.shelf))
        return outcome, read_results(self.analysis, self.study)

    def export(self, lang: Lang, report: Report = silent) -> Exported:
        """Draw the sheets of the analysis; raises PucError if results are missing or old."""
        kinds = [kind for kind in SHEETS if isinstance(kind, SheetKind) and kind.analysis.id == self.analysis.id]
        return export(self.shelf, ready(self.study, kinds)[0], ("pdf", "png"), lang=lang, report=report)

    def cover(self, keys: Iterable[view.LayerKey]) -> None:
        """Let results take the place of these layers on the map, whatever the layers say of themselves."""
        before, self.covered = self.covered, frozenset(keys)
        for row, entry in enumerate(self.entries):
            if entry.ref.key in before ^ self.covered:
                self.layer_changed.emit(row)

    def covered_by_results(self) -> frozenset[view.LayerKey]:
        """Return the area themes that the analysis in hand does not ask for: two on one ground are not read."""
        wanted = {role.id for group in self.analysis.needs for role in group}
        others = {role.id for role in THEMES} - wanted
        return frozenset(entry.ref.key for entry in self.entries if entry.ref.role in others)

    def choose(self, analysis: Analysis) -> None:
        """Take another analysis in hand: its own parameters, no results and nothing known against it yet."""
        if analysis.id != self.analysis.id:
            title = say("Analisi {a}", "Analysis {a}", a=analysis.title)
            self.history.do(title, {view.ANALYSIS: analysis.id})

    def tell(self, problems: tuple[Problem, ...]) -> None:
        """Put ``problems`` in the place of those known before."""
        self.problems_changing.emit()
        self.problems = problems
        self.problems_changed.emit()

    def save_rows(self, rows: Rows, path: Path, report: Report = silent) -> tuple[Problem, ...]:
        """Save chosen rows of a table as a file; raises PucError."""
        return selection_export.save(rows, self.shelf, path)

    @property
    def can_run(self) -> bool:
        """Tell whether nothing known stops a run."""
        return not errors(self.problems) and not self.is_read_only

    def keep(self, *, is_read_only: bool) -> None:
        """Say whether changes of the study are taken from now on."""
        self.is_read_only = is_read_only
        self.keeping_changed.emit()

    def _follow(self, places: Sequence[Place]) -> None:
        """Let a change of the state take effect: what each place means is said here, and nowhere else."""
        touched = {place[0] for place in places}
        self.follow_layers(places)
        self.follow_results(places, self.analysis)
        if view.ANALYSIS[0] in touched:
            self._turn()
        if touched & {view.TABLE, view.HIDDEN}:
            self.table_changed.emit()
        if scenario_keeping.SCENARIO in touched:
            self.scenarios_changed.emit()
        if touched & {scenario_view.SHOWN[0], scenario_view.CURTAIN[0]}:
            self.scenario_view_changed.emit()
        if touched & {
            settings.PARAMETER,
            scenario_view.TRIED,
            layer_changes.REMOVED,
            layer_changes.ENTRY,
            edit_keeping.EDIT,
        }:
            self.parameters_changed.emit()

    def _hand_on_study(self) -> None:
        self.shelf.study = self.study

    def _turn(self) -> None:
        self.analysis = self._chosen()
        self.tell(())
        self.put(None)
        self.analysis_changed.emit()

    def _chosen(self) -> Analysis:
        known = {each.id: each for each in registry.ALL}
        return known.get(str(self.history.get(view.ANALYSIS)), self._first)


def _order(ref: LayerRef) -> tuple[int, int]:
    return list(roles.BY_ID).index(ref.role), -(ref.year or 0)
