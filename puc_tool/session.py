"""The open study as somebody works on it: layers, parameters, problems, results, one selection. No Qt.

Every change is told by a signal; where rows come and go it is told before and after, for item views must know first.
What takes time (`read_layers`, `check`, `run`, `export`) touches nothing but the shelf, so a worker may call it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from psygnal import Signal

from analyses import params as parameters
from analyses.analysis import Analysis
from analyses.progress import Report, silent, tracked
from analyses.result import Figure, Table
from layers import roles
from layers.intake import Intake
from layers.problems import Problem, PucError, errors
from layers.reference import LayerRef
from layers.text import Lang, Text, same, say
from puc_tool import results, run, source_changes
from puc_tool.exporting import Exported, export
from puc_tool.run import Outcome
from puc_tool.sheets import ALL as SHEETS
from puc_tool.shelf import Shelf
from puc_tool.study import Study
from puc_tool.written import Written, written

READING = Text("Leggo i livelli", "Reading the layers")
_SHOWN_AT_FIRST = (roles.BOUNDARY, roles.NEIGHBOURHOODS, roles.ELEVATION)
_THEMES = (roles.SOIL_CONSUMPTION, roles.LAND_USE, roles.ZONING)
"""Area themes; of these only the first that the study has, and of it the latest year, is shown at first."""


@dataclass(frozen=True)
class Entry:
    """A layer as it was taken in, and whether the map shows it."""

    intake: Intake
    is_visible: bool

    @property
    def ref(self) -> LayerRef:
        """How the study names the layer."""
        return self.intake.ref

    @property
    def title(self) -> Text:
        """The role's title, with the year where the role has years."""
        title = self.intake.role.title
        return say("{t} {y}", "{t} {y}", t=title, y=self.ref.year) if self.ref.year else title


@dataclass(frozen=True)
class Unit:
    """A row of the tables that is also a piece of the map. ``kind`` is commune, neighbourhood, zone or district."""

    kind: str
    code: str
    name: str


@dataclass(frozen=True)
class Results:
    """What an analysis found, as it lies on disk: everything on the screen comes from there."""

    analysis: Analysis
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    years: tuple[int, ...]

    def table(self, table_id: str) -> Table | None:
        """Return the table called ``table_id``, or None if the run had none."""
        return next((table for table in self.tables if table.spec.id == table_id), None)


class Session:
    """One open study and one analysis in hand. Every view follows it and holds nothing of its own."""

    layer_adding = Signal(int, Intake)
    layer_added = Signal(int)
    layer_changed = Signal(int)
    analysis_changed = Signal()
    parameters_changed = Signal()
    problems_changing = Signal()
    problems_changed = Signal()
    results_changing = Signal()
    results_changed = Signal()
    selection_changed = Signal()

    def __init__(self, study: Study, analysis: Analysis) -> None:
        self.study = study
        self.analysis = analysis
        self.shelf = Shelf(study)
        self.entries: tuple[Entry, ...] = ()
        self.words: Mapping[str, str] = _words(study, analysis)
        self.changes: tuple[Problem, ...] = ()
        self.problems: tuple[Problem, ...] = ()
        self.results: Results | None = None
        self.selected: Unit | None = None

    def read_layers(self, report: Report = silent) -> tuple[Intake, ...]:
        """Take in every layer of the study, whatever its state."""
        refs = sorted(self.study.layers, key=_order)
        taken = tuple(self.shelf.intake(ref) for ref in tracked(refs, report, READING))
        self.changes = tuple(source_changes.told(self.shelf))
        return taken

    def check(self, report: Report = silent) -> tuple[Problem, ...]:
        """Return what speaks against a run with the parameters as they stand."""
        params, said = self._params()
        said += self.changes
        return (*said, *(run.problems(self.analysis, self.shelf, params) if not errors(said) else ()))

    def run(self, report: Report = silent) -> tuple[Outcome, Results]:
        """Run the analysis and return what it wrote; raises PucError with every error found."""
        params, said = self._params()
        if errors(said):
            raise PucError(*said)
        outcome = run.run(self.analysis, self.shelf, params, report=report)
        self.changes = tuple(source_changes.told(self.shelf))
        return outcome, read_results(self.analysis, self.study)

    def export(self, lang: Lang, report: Report = silent) -> Exported:
        """Draw the sheets of the analysis; raises PucError if results are missing or old."""
        kinds = [kind for kind in SHEETS if kind.analysis.id == self.analysis.id]
        return export(self.shelf, kinds, ("pdf", "png"), lang=lang, report=report)

    def add(self, intake: Intake) -> None:
        """Put a layer after the others."""
        row = len(self.entries)
        self.layer_adding.emit(row, intake)
        self.entries = (*self.entries, Entry(intake, self._shown_at_first(intake.ref)))
        self.layer_added.emit(row)

    def show(self, row: int, visible: bool) -> None:
        """Show or hide a layer."""
        entries = list(self.entries)
        entries[row] = replace(entries[row], is_visible=visible)
        self.entries = tuple(entries)
        self.layer_changed.emit(row)

    def choose(self, analysis: Analysis) -> None:
        """Take another analysis in hand: its own parameters, no results and nothing known against it yet."""
        if analysis is self.analysis:
            return
        self.analysis = analysis
        self.words = _words(self.study, analysis)
        self.tell(())
        self.put(None)
        self.analysis_changed.emit()

    def set_parameter(self, name: str, words: str) -> None:
        """Take what was typed for a parameter; empty words stand for its default."""
        self.words = {key: value for key, value in {**self.words, name: words}.items() if value.strip()}
        self.parameters_changed.emit()

    def tell(self, problems: tuple[Problem, ...]) -> None:
        """Put ``problems`` in the place of those known before."""
        self.problems_changing.emit()
        self.problems = problems
        self.problems_changed.emit()

    def put(self, found: Results | None) -> None:
        """Put ``found`` in the place of the results known before."""
        self.results_changing.emit()
        self.results = found
        self.results_changed.emit()

    def select(self, unit: Unit | None) -> None:
        """Select one unit in every view, or none."""
        if unit != self.selected:
            self.selected = unit
            self.selection_changed.emit()

    @property
    def can_run(self) -> bool:
        """Tell whether nothing known stops a run."""
        return not errors(self.problems)

    def _params(self) -> tuple[Any, list[Problem]]:
        return parameters.build(self.analysis.id, self.analysis.params, self.words)

    def _shown_at_first(self, ref: LayerRef) -> bool:
        theme = next((role for role in _THEMES if self.study.of_role(role.id)), None)
        latest = theme is not None and ref == self.study.of_role(theme.id)[-1]
        return latest or ref.role in {role.id for role in _SHOWN_AT_FIRST}


def read_results(analysis: Analysis, study: Study) -> Results:
    """Return the written results; raises PucError if there are none, or the data have changed since."""
    found = written(analysis, study)
    return Results(analysis, _figures(found), tuple(_tables(found)), _years(found))


def with_total(table: Table, communes: Table) -> pd.Series:
    """Return the row of the whole study for ``table``: areas added up over the communes, shares from the sums."""
    columns = {column.id for column in table.columns if column.decimals is not None}
    sums = communes.frame[[name for name in communes.frame if name in columns]].sum()
    for name in (name for name in sums.index if name.endswith("_pct")):
        sums[name] = 100.0 * sums[name.replace("_pct", "_m2")] / sums["area_m2"]
    return sums


def _order(ref: LayerRef) -> tuple[int, int]:
    return list(roles.BY_ID).index(ref.role), -(ref.year or 0)


def _words(study: Study, analysis: Analysis) -> Mapping[str, str]:
    return parameters.words(analysis.params, study.settings.get(analysis.id, {}))


def _figures(found: Written) -> tuple[Figure, ...]:
    said = results.read_figures(found.folder)
    return tuple(_figure(spec, said[spec.id]) for spec in found.analysis.figures if spec.id in said)


def _figure(spec: Any, said: Mapping[str, object]) -> Figure:
    value = said.get("value")
    return Figure(spec, float(value) if isinstance(value, int | float) else None, same(said.get("why", "")))


def _tables(found: Written) -> list[Table]:
    frames = ((spec, found.table(spec.id)) for spec in found.analysis.tables)
    return [Table(spec, frame) for spec, frame in frames if frame is not None]


def _years(found: Written) -> tuple[int, ...]:
    """Return the first and last year compared: those asked for, else those of the data the question is about.

    A question that has no two years to ask for compares nothing: its figures are of the latest data.
    """
    choices = {name: year for name, year in found.parameters.items() if name.startswith("year_")}
    asked = [year for year in choices.values() if year]
    there = [each["year"] for each in found.record["inputs"] if each["role"] in _subject(found) and each["year"]]
    known = sorted({*asked, *(there if len(asked) < 2 else ())})
    return tuple(dict.fromkeys((known[0], known[-1]) if len(choices) > 1 else known[-1:])) if known else ()


def _subject(found: Written) -> set[str]:
    """Return the role the question is about: the first yearly one among the needs that the run had."""
    had = {each["role"] for each in found.record["inputs"]}
    subjects = [role.id for group in found.analysis.needs for role in group if role.yearly and role.id in had]
    return set(subjects[:1])
