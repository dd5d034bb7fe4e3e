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
from layers.source import fingerprint
from layers.text import Text, listing, number, same, say
from puc_tool import edition, provenance, results, run
from puc_tool.shelf import Shelf
from puc_tool.sources import edit_record
from puc_tool.study import Study

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
    recorded = [each for each in registry.ALL if provenance.read(study.results / each.id) is not None]
    shelf = Shelf(study)
    return tuple(
        _verified(analysis, shelf, part_of(report, place / len(recorded), (place + 1) / len(recorded)))
        for place, analysis in enumerate(recorded)
    )


def _verified(analysis: Analysis, shelf: Shelf, report: Report) -> Verified:
    folder = shelf.study.results / analysis.id
    record = provenance.read(folder)
    assert record is not None, "only what has a record is verified"
    known = set(parameters.abouts(analysis.params))
    given = _as_given(record["parameters"])
    taken = {name: value for name, value in given.items() if name in known}
    params, said = param_filling.build(analysis.id, analysis.params, taken)
    errors = [problem for problem in said if problem.severity is Severity.ERROR]
    if errors:
        return Verified(analysis, NOT_RUN, causes=tuple(_causes(record, shelf.study)), refused=tuple(errors))
    with folder_aside("verify") as aside:
        try:
            run.run(analysis, shelf, params, to=aside, report=report)
        except PucError as error:
            causes = tuple(_causes(record, shelf.study))
            return Verified(analysis, NOT_RUN, causes=causes, refused=tuple(error.problems))
        return _compared(analysis, record, (folder, Path(aside) / analysis.id), shelf.study)


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
    touched = tuple(sorted(name for name, sha256 in before.items() if _sha256(there / name) != sha256))
    if not files:
        return Verified(analysis, DIFFERENT if touched else IDENTICAL, touched=touched)
    causes = tuple(_causes(record, study)) + tuple(_operations(record, now))
    return Verified(analysis, DIFFERENT, files, touched, tuple(_figures(there, aside)), causes)


def _sha256(path: Path) -> str:
    try:
        return fingerprint(path)
    except OSError:
        return ""


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


def _causes(record: Mapping[str, Any], study: Study) -> Iterator[Text]:
    """Yield what is otherwise now than when the run was recorded: the tool, libraries, sources, the CRS."""
    tool = record.get("tool", {}).get("version", "")
    if tool != provenance.tool_version():
        yield say("PUC Tool {a}, ora {b}", "PUC Tool {a}, now {b}", a=tool, b=provenance.tool_version())
    elif record.get("tool", {}).get("edition") != edition.of_results():
        yield say("il codice di PUC Tool {a}, che ha un'altra edizione",
                  "the code of PUC Tool {a}, which is of another edition", a=tool)  # fmt: skip
    libraries = record.get("libraries", {})
    for name, now in provenance.versions().items():
        if libraries.get(name) != now:
            before = libraries.get(name, "?")
            yield say("libreria {n} {a}, ora {b}", "library {n} {a}, now {b}", n=name, a=before, b=now)
    yield from _sources(record["inputs"], study)


def _sources(inputs: Sequence[Mapping[str, Any]], study: Study) -> Iterator[Text]:
    """Yield the layers that are not what they were: changed, gone, or new."""
    then = {(str(each["role"]), each.get("year")): (str(each["sha256"]), each.get("edits")) for each in inputs}
    for (role, year), (sha256, edits) in then.items():
        named = f"{role} {year}" if year else role
        found = [ref for ref in study.of_role(role) if ref.year == year]
        if not found:
            yield say("il livello «{r}» non c'è più", "the layer “{r}” is gone", r=named)
        elif _sha256(found[0].path(study.folder)) != sha256:
            yield say("la fonte di «{r}» è cambiata", "the source of “{r}” has changed", r=named)
        elif edit_record.edits_told(found[0]) != edits:
            yield say("le modifiche ai valori di «{r}» sono altre", "the edits of values of “{r}” are others", r=named)


def _operations(record: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Text]:
    """Yield the reprojections that PROJ does otherwise here."""
    before = {(each["role"], each.get("year")): each.get("reprojection") for each in record["inputs"]}
    for each in now["inputs"]:
        known = before.get((each["role"], each.get("year")), each.get("reprojection"))
        if known != each.get("reprojection"):
            yield say(
                "riproiezione di «{r}» con un'altra operazione PROJ", "another PROJ operation for “{r}”", r=each["role"]
            )


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
            Text("Ripristinare le fonti registrate in run.json.", "Restore the sources recorded in run.json."),
        )
    return Problem(
        "verify-different",
        title,
        say("il risultato non è identico: {w}.", "the result is not identical: {w}.", w=_what(verified)),
        _because(verified.causes),
        say("Rieseguire «puc-tool run STUDIO {a}» o ripristinare le fonti.",
            "Run “puc-tool run STUDY {a}” again, or restore the sources.", a=same(verified.analysis.id)),
    )  # fmt: skip


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
