"""The one road of every run: command line, window and tests take the same three steps.

``lacking`` (which roles are missing) → ``problems`` (what a form shows in red) → ``run`` (compute, write, record).
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from analyses import param_filling
from analyses import params as parameters
from analyses.analysis import ROLE_LACKING, Analysis
from analyses.progress import Report, part_of, silent
from analyses.result import Result
from layers import half_done
from layers.problems import Problem, PucError, errors, refuse_if_any
from layers.reference import LayerRef
from layers.text import NOTHING, Text, say
from layers.write import cannot_write
from puc_tool import declared, provenance, results
from puc_tool.our_folders import not_ours
from puc_tool.scenarios import scenario_files
from puc_tool.shelf import Shelf
from puc_tool.sources import source_changes, trust
from puc_tool.study import Study

WRITING = Text("Scrivo i risultati", "Writing the results")


@dataclass(frozen=True)
class Outcome:
    """What came of asking for an analysis. ``is_unchanged``: the results that lie there are still right."""

    analysis: Analysis
    folder: Path
    is_unchanged: bool
    problems: tuple[Problem, ...] = ()


def lacking(analysis: Analysis, study: Study) -> Text:
    """Return which roles the study lacks for ``analysis``, or nothing if it has what it takes."""
    missing = [group for group in analysis.needs if not any(study.of_role(role.id) for role in group)]
    if not missing:
        return NOTHING
    names = [
        Text(" o ".join(role.title.it for role in group), " or ".join(role.title.en for role in group))
        for group in missing
    ]
    together = Text("; ".join(name.it for name in names), "; ".join(name.en for name in names))
    return say("manca: {m}.", "missing: {m}.", m=together)


def settings(analysis: Analysis, study: Study, changes: Mapping[str, str]) -> tuple[Any, list[Problem]]:
    """Return the parameters of a run: defaults, the study's own, then ``changes`` of this run alone."""
    values = {**study.settings.get(analysis.id, {}), **changes}
    return param_filling.build(analysis.id, analysis.params, values)


def problems(analysis: Analysis, shelf: Shelf, params: Any) -> list[Problem]:
    """Return all that speaks against this run, or should be known before it."""
    reason = lacking(analysis, shelf.study)
    if reason:
        return [_lacking(analysis, reason)]
    said = parameters.problems(analysis.id, params) + shelf.problems(analysis.inputs) + shelf.grid_problems
    patches = shelf.scenarios.problems if analysis.takes_scenarios else ()
    if errors(said):
        return [*said, *patches]
    # A fault in one scenario's file hides none of the plan or of the other scenarios.
    return [*said, *patches, *analysis.problems(shelf.inputs(analysis), params)]


def run(
    analysis: Analysis, shelf: Shelf, params: Any, *, to: Path | None = None, jobs: int = 1, report: Report = silent
) -> Outcome:
    """Run ``analysis`` unless its results are already there, write them and their record.

    Raises PucError with every error found; then what lay in the folder is as it was.
    """
    study = shelf.study
    folder = (to or study.results) / analysis.id
    if to is not None:
        _refuse_unless_ours(to)
    started = provenance.now()
    shelf.forget_changed()
    key = _key(analysis, study, params)
    if key is not None and _is_current(analysis, folder, key):
        remembered = () if to else tuple(source_changes.remember(shelf, _refs(analysis, study)))
        return Outcome(analysis, folder, is_unchanged=True, problems=remembered)
    found = problems(analysis, shelf, params)
    refuse_if_any(found)
    result = analysis.run(**shelf.inputs(analysis), params=params, report=part_of(report, 0.1, 0.9))
    told = (*found, *result.problems)
    intakes = shelf.of_roles(analysis.inputs)
    patches = scenario_files.record(study) if analysis.takes_scenarios else ()
    record = provenance.Run(
        study, analysis.id, key or "", asdict(params), intakes, told, started, jobs, patches,
        declared.declaration(analysis),
    )  # fmt: skip
    report(0.9, WRITING)  # the last moment to stop: from here on there are new results
    _publish(result, record, folder)
    remembered = () if to else tuple(source_changes.remember(shelf, _refs(analysis, study)))
    return Outcome(analysis, folder, is_unchanged=False, problems=(*told, *remembered))


def _is_current(analysis: Analysis, folder: Path, key: str) -> bool:
    """Tell whether the results of this key lie there, with all that the analysis declares today."""
    record = provenance.read(folder)
    return record is not None and not declared.lacking(analysis, folder, record) and provenance.unchanged(folder, key)


def _key(analysis: Analysis, study: Study, params: Any) -> str | None:
    """Return the run's key, or None where a source can't, or may not, be read: the checks that follow say why."""
    refs = _refs(analysis, study)
    if any(trust.problems(study, ref) for ref in refs):
        return None
    try:
        patches = scenario_files.record(study) if analysis.takes_scenarios else ()
        return provenance.key(study, analysis.id, asdict(params), refs, scenarios=patches)
    except OSError:
        return None


def _refs(analysis: Analysis, study: Study) -> tuple[LayerRef, ...]:
    return tuple(ref for role in analysis.inputs for ref in study.of_role(role.id))


def _publish(result: Result, record: provenance.Run, folder: Path) -> None:
    """Write everything aside first: a full disk or a kill leaves the earlier results whole.

    Files of the earlier run that this one does not give are removed; files the user put there stay.
    """
    half_done.clear_left(folder)
    aside = half_done.folder_beside(folder)
    try:
        names = results.write_all(result, record.analysis_id, aside, is_demonstration=record.study.is_demonstration)
        provenance.record(record, aside, names)
        _move_in(aside, folder, names)
    except OSError as error:
        raise PucError(cannot_write(folder, error)) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _move_in(aside: Path, folder: Path, names: tuple[str, ...]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    before = provenance.read(folder)
    (folder / provenance.FILE).unlink(missing_ok=True)
    for each in before["outputs"] if before else ():
        if each["file"] not in names:
            (folder / each["file"]).unlink(missing_ok=True)
    for name in (*names, provenance.FILE):
        (aside / name).replace(folder / name)


def _refuse_unless_ours(folder: Path) -> None:
    """Raise PucError if ``folder`` holds things, and results of ours are not among them."""
    there = [each for each in folder.iterdir() if not half_done.is_half_done(each.name)] if folder.is_dir() else []
    if there and not any((each / results.FIGURES).is_file() for each in there):
        raise PucError(not_ours(folder, results.FIGURES))


def _lacking(analysis: Analysis, reason: Text) -> Problem:
    return Problem(
        ROLE_LACKING,
        analysis.title,
        reason,
        say("«{a}» non può essere calcolato.", "“{a}” can't be computed.", a=analysis.title),
        Text("Aggiungere il livello con «puc-tool add».", "Add the layer with “puc-tool add”."),
    )
