"""``verify``: whether what is recorded comes out again, here and now; if not, by how much and why."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyses import param_filling, registry
from analyses import params as parameters
from analyses.analysis import Analysis
from analyses.progress import Report, part_of, silent
from layers.aside import folder_aside
from layers.problems import Problem, PucError, Severity
from layers.text import Text, listing, number, same, say
from layers.write import CANNOT_WRITE
from puc_tool import provenance, results, run
from puc_tool import verification_causes as causes
from puc_tool.shelf import Shelf
from puc_tool.study import Study
from puc_tool.verification_causes import sha256_of

IDENTICAL, DIFFERENT, NOT_RUN = "identical", "different", "not_run"


@dataclass(frozen=True)
class FigureChange:
    """A figure that came out otherwise; None where it has no value."""

    id: str
    recorded: float | None
    now: float | None

    @property
    def difference(self) -> float | None:
        """How much more it is now."""
        return None if self.recorded is None or self.now is None else self.now - self.recorded


@dataclass(frozen=True)
class Verified:
    """What became of one recorded run. ``touched`` are outputs that somebody changed after the run."""

    analysis: Analysis
    outcome: str
    files: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    figures: tuple[FigureChange, ...] = ()
    causes: tuple[Text, ...] = ()
    refused: tuple[Problem, ...] = ()


def verify(study: Study, report: Report = silent) -> tuple[Verified, ...]:
    """Run again, aside, whatever the study has a record of, with the parameters recorded; the study stays as it is."""
    recorded = [each for each in registry.ALL if _has_results(study.results / each.id)]
    shelf = Shelf(study)
    return tuple(
        _verified(analysis, shelf, part_of(report, place / len(recorded), (place + 1) / len(recorded)))
        for place, analysis in enumerate(recorded)
    )


def _has_results(folder: Path) -> bool:
    """Tell whether results lie there; those without their record are not passed over in silence."""
    return any((folder / name).is_file() for name in (provenance.FILE, results.FIGURES))


def _verified(analysis: Analysis, shelf: Shelf, report: Report) -> Verified:
    folder = shelf.study.results / analysis.id
    record = provenance.read(folder)
    if record is None:
        return Verified(analysis, NOT_RUN, causes=(causes.NO_RECORD,))
    known = set(parameters.abouts(analysis.params))
    given = _as_given(record["parameters"])
    taken = {name: value for name, value in given.items() if name in known}
    params, said = param_filling.build(analysis.id, analysis.params, taken)
    errors = [problem for problem in said if problem.severity is Severity.ERROR]
    if errors:
        return _not_run(analysis, record, shelf.study, errors)
    with folder_aside("verify") as aside:
        try:
            run.run(analysis, shelf, params, to=aside, report=report)
        except PucError as error:
            if any(problem.code == CANNOT_WRITE for problem in error.problems):
                raise  # it tells of the disk here, not of the run
            return _not_run(analysis, record, shelf.study, error.problems)
        return _compared(analysis, record, (folder, Path(aside) / analysis.id), shelf.study)


def _not_run(analysis: Analysis, record: Mapping[str, Any], study: Study, refused: Sequence[Problem]) -> Verified:
    told = tuple(causes.known(record, study, analysis))
    return Verified(analysis, NOT_RUN, causes=told, refused=tuple(refused))


def _as_given(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return recorded parameters as a study gives them: what has no value is not written, nor in a table of it."""
    given = {name: value for name, value in table.items() if value is not None}
    return {
        name: [_as_given(row) if isinstance(row, dict) else row for row in value] if isinstance(value, list) else value
        for name, value in given.items()
    }


def _compared(analysis: Analysis, record: Mapping[str, Any], folders: tuple[Path, Path], study: Study) -> Verified:
    there, aside = folders
    now = provenance.read(aside)
    assert now is not None, "a run that ended wrote its record"
    before = {each["file"]: each["sha256"] for each in record["outputs"]}
    after = {each["file"]: each["sha256"] for each in now["outputs"]}
    files = tuple(sorted(name for name in {*before, *after} if before.get(name) != after.get(name)))
    touched = tuple(sorted(name for name, sha256 in before.items() if sha256_of(there / name) != sha256))
    if not files and not touched:
        return Verified(analysis, IDENTICAL)
    told = (*causes.touched(touched), *(causes.all_of(record, now, study, analysis) if files else ()))
    return Verified(analysis, DIFFERENT, files, touched, tuple(_figures(there, aside)), told)


def _figures(there: Path, aside: Path) -> Iterator[FigureChange]:
    before, after = _values(there), _values(aside)
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield FigureChange(name, before.get(name), after.get(name))


def _values(folder: Path) -> Mapping[str, float | None]:
    """Return the written values by id; a file that was damaged since has none."""
    try:
        return {name: _number(each.get("value")) for name, each in results.read_figures(folder).items()}
    except (OSError, ValueError, KeyError, TypeError, json.JSONDecodeError):
        return {}


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def problem_of(verified: Verified) -> Problem | None:
    """Return what speaks against a verified run, in a sentence; nothing if it came out identical."""
    if verified.outcome == IDENTICAL:
        return None
    title = verified.analysis.title
    if verified.outcome == NOT_RUN:
        return Problem(
            "verify-not-run",
            title,
            Text("il calcolo registrato non si può rifare.", "the recorded run can't be done again."),
            _because(verified.causes),
            _again(verified)
            if causes.NO_RECORD in verified.causes
            else Text("Ripristinare le fonti registrate in run.json.", "Restore the sources recorded in run.json."),
        )
    return Problem(
        "verify-different",
        title,
        say("il risultato non è identico: {w}.", "the result is not identical: {w}.", w=_what(verified)),
        _because(verified.causes),
        say("{a} Oppure ripristinare le fonti.", "{a} Or restore the sources.", a=_again(verified)),
    )


def _again(verified: Verified) -> Text:
    return say("Rieseguire «puc-tool run STUDIO {a}».", "Run “puc-tool run STUDY {a}” again.",
               a=same(verified.analysis.id))  # fmt: skip


def _what(verified: Verified) -> Text:
    """Say which figures are otherwise and by how much, else which files."""
    told = [_change(each) for each in verified.figures]
    if told:
        return Text(listing([each.it for each in told]).it, listing([each.en for each in told]).en)
    return listing([*verified.files, *(name for name in verified.touched if name not in verified.files)])


def _change(change: FigureChange) -> Text:
    if change.difference is None:
        return same(change.id)
    sign = "+" if change.difference > 0 else ""
    return say("{i} {s}{d}", "{i} {s}{d}", i=change.id, s=sign, d=number(change.difference, 6))


def _because(causes: Sequence[Text]) -> Text:
    if not causes:
        return Text("Fonti, libreria e parametri sono gli stessi.", "Sources, libraries and parameters are the same.")
    told = Text(listing([each.it for each in causes], most=8).it, listing([each.en for each in causes], most=8).en)
    return say("Che cosa è cambiato: {c}.", "What has changed: {c}.", c=told)
