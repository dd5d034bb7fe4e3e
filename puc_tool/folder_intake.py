"""Filling a new study from a folder: what is clear is added, the rest is named with the reason."""

from __future__ import annotations

import os
from pathlib import Path

from analyses.progress import Report
from layers import roles
from layers.formats import catalogue
from layers.formats.raster import layers
from layers.problems import Problem, PucError, Severity, errors
from layers.recognise import Guess, guesses, source_field
from layers.reference import LayerRef
from layers.source import locate
from layers.text import Text, listing, same, say
from puc_tool import inspection, study_editing, study_reading, trust
from puc_tool.shelf import Shelf

SURE = 0.8
"""A guess at least this confident, and alone at the top, is taken."""


def add_folder(folder: Path, origin: Path, report: Report) -> tuple[list[Text], list[Problem]]:
    """Add to the study every dataset of ``origin`` whose role is clear; return what was done and what was not."""
    refuse_unless_there(origin)
    paths = sorted(path for path in origin.rglob("*") if path.name.lower().endswith(catalogue.suffixes()))
    lines, said = list[Text](), list[Problem]()
    for done, path in enumerate(paths):
        report(done / len(paths), say("Leggo {p}", "Reading {p}", p=path.name))
        try:
            entries, _ = inspection.inspect(path, "it")
        except PucError as error:
            said += [_as_warning(problem) for problem in error.problems]
            continue
        for entry in entries:
            line, problems = _one(folder, path, entry)
            lines += line
            said += problems
    return lines, said


def refuse_unless_there(origin: Path) -> None:
    """Raise PucError if there is no folder ``origin``."""
    if not origin.is_dir():
        raise PucError(_no_folder(origin))


def _one(folder: Path, path: Path, entry: inspection.Entry) -> tuple[list[Text], list[Problem]]:
    name, fields = str(entry["name"]), list(map(str, entry["fields"]))  # type: ignore[call-overload]
    likely = guesses(f"{path.stem} {name}", str(entry["geometry"]), fields)
    if not _is_clear(likely):
        return [], [_unclear(path, name, likely)]
    role = likely[0].role
    mapping = {
        field.name: found
        for field in role.fields
        if field.name not in fields and (found := source_field(field, fields))
    }
    source = locate(path, name)
    table = None if source.format.is_raster and not source.of_several and not layers(source) else name
    ref = LayerRef(role.id, Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix(), table, None, mapping)
    return _try(folder, path, ref)


def _try(folder: Path, path: Path, ref: LayerRef) -> tuple[list[Text], list[Problem]]:
    document = study_reading.document(folder)
    try:
        study_editing.put_layer(document, ref)
        trust.agree(path)
        intake = Shelf(study_reading.from_document(document, folder)).intake(ref)
        if errors(intake.problems):
            raise PucError(*intake.problems)
    except PucError as error:
        return [], [_as_warning(problem) for problem in error.problems]
    study_editing.save(document, folder)
    added = say("{f}: {r}", "{f}: {r}", f=path.name, r=roles.BY_ID[ref.role].title)
    return [added], list(intake.problems)


def _is_clear(likely: tuple[Guess, ...]) -> bool:
    if not likely or likely[0].confidence < SURE:
        return False
    return len(likely) == 1 or likely[1].confidence < likely[0].confidence


def _as_warning(problem: Problem) -> Problem:
    return Problem(problem.code, problem.where, problem.message, problem.effect, problem.remedy, Severity.WARNING)


def _unclear(path: Path, name: str, likely: tuple[Guess, ...]) -> Problem:
    names = [f"{guess.role.id} ({guess.confidence:.0%})" for guess in likely[:3]]
    return Problem(
        "role-unclear",
        same(f"{path.name}: {name}"),
        say(
            "il ruolo non è chiaro; i più probabili: {l}.",
            "its role is unclear; the likeliest: {l}.",
            l=listing(names) if names else "–",
        ),
        Text("Non è stato aggiunto.", "It was not added."),
        Text("Aggiungerlo con «puc-tool add», dicendo il ruolo.", "Add it with “puc-tool add”, naming the role."),
        Severity.WARNING,
    )


def _no_folder(origin: Path) -> Problem:
    return Problem(
        "folder-missing",
        same(origin.name),
        Text("la cartella dei dati non c'è.", "the data folder is not there."),
        Text("Lo studio non è stato creato.", "The study was not made."),
        Text("Indicare la cartella giusta con --from.", "Name the right folder with --from."),
    )
