"""What happened to the sources since results were computed from them, and which analyses that touches.

Told wherever a study is opened; nothing is written there. The record is brought up to date by a run that has read
the layer, once no other analysis rests on the layer as it was before. A source whose SHA-256 is that of the results
is not read; size and date of a file prove nothing, and are not asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from analyses import registry
from analyses.analysis import Analysis
from layers import roles
from layers.problems import Problem, PucError, Severity
from layers.reference import LayerRef
from layers.text import NOTHING, Text, listing, number, same, say
from puc_tool import provenance
from puc_tool.shelf import Shelf
from puc_tool.sources import source_record
from puc_tool.sources.source_content import CELLS, MIXED, Difference, content_of, difference
from puc_tool.sources.source_record import Record, Seen, key_of
from puc_tool.study import Study

_NOUNS = {
    "polygon": (Text("poligono", "polygon"), Text("poligoni", "polygons")),
    "line": (Text("linea", "line"), Text("linee", "lines")),
    "point": (Text("punto", "point"), Text("punti", "points")),
    MIXED: (Text("elemento", "feature"), Text("elementi", "features")),
    CELLS: (Text("cella", "cell"), Text("celle", "cells")),
}
_NO_AREA_M2 = 0.5
_IN_M2 = 1000.0
"""A change up to this is told in m²: in ha it would read as nothing."""


@dataclass(frozen=True)
class Change:
    """A source that is no longer what the results of ``analyses`` were computed from.

    ``difference`` is None where what it was is not known well enough to count.
    """

    ref: LayerRef
    analyses: tuple[Analysis, ...]
    difference: Difference | None


def told(shelf: Shelf, again: Iterable[Analysis] = ()) -> list[Problem]:
    """Return a problem for every source of the study that changed after an analysis that has results.

    ``again`` are the analyses that are about to be run.
    """
    known = source_record.read(shelf.study)
    found = (_change(shelf, ref, known) for ref in shelf.study.layers)
    return [_problem(change, tuple(again)) for change in found if change is not None]


def remember(shelf: Shelf, refs: Iterable[LayerRef]) -> list[Problem]:
    """Record the layers that a run has read. What can't be written is told, and costs only the count of a change."""
    known = source_record.read(shelf.study)
    new = {key_of(ref): seen for ref in refs if (seen := _to_remember(shelf, ref, known)) is not None}
    kept = {key: seen for key, seen in known.items() if key in {key_of(ref) for ref in shelf.study.layers}}
    if not new and len(kept) == len(known):
        return []
    try:
        source_record.save(shelf.study, {**kept, **new})
    except PucError as error:
        return [replace(problem, severity=Severity.WARNING) for problem in error.problems]
    return []


def _change(shelf: Shelf, ref: LayerRef, known: Record) -> Change | None:
    now = shelf.sha256(ref)
    touched = _resting_on_another(shelf.study, ref, now) if now else ()
    if not touched:
        return None
    intake = shelf.intake(ref)
    seen = known.get(key_of(ref))
    if intake.layer is None:  # why it can't be read is told by its check
        return None
    if seen is None or seen.recipe != _recipe(shelf, ref) or not _is_basis(shelf.study, ref, touched, seen.sha256):
        return Change(ref, touched, None)
    content = content_of(intake, shelf.ground())
    return Change(ref, touched, None if content is None else difference(seen.content, content))


def _to_remember(shelf: Shelf, ref: LayerRef, known: Record) -> Seen | None:
    """Return what to record of a layer; None if it stands there, or other results rest on what stands there."""
    now, recipe, seen = shelf.sha256(ref), _recipe(shelf, ref), known.get(key_of(ref))
    if not now or (seen is not None and (seen.sha256, seen.recipe) == (now, recipe)):
        return None
    others = _resting_on_another(shelf.study, ref, now)
    if seen is not None and others and _is_basis(shelf.study, ref, others, seen.sha256):
        return None
    content = content_of(shelf.intake(ref), shelf.ground()) if shelf.still_reads(ref, now) else None
    return None if content is None else Seen(now, recipe, content)


def _recipe(shelf: Shelf, ref: LayerRef) -> str:
    return source_record.recipe_of(shelf.study, ref, {grid.name: grid.sha256 for grid in shelf.grids})


def _resting_on_another(study: Study, ref: LayerRef, now: tuple[str, ...]) -> tuple[Analysis, ...]:
    """Return the analyses whose results were computed from another state of the layer."""
    asking = [each for each in registry.ALL if ref.role in {role.id for role in each.inputs}]
    return tuple(each for each in asking if _basis(study, ref, each) not in ((), now))


def _is_basis(study: Study, ref: LayerRef, analyses: tuple[Analysis, ...], sha256: tuple[str, ...]) -> bool:
    return any(_basis(study, ref, each) == sha256 for each in analyses)


def _basis(study: Study, ref: LayerRef, analysis: Analysis) -> tuple[str, ...]:
    """Return the fingerprints of the layer that results were computed from; nothing if there are no such results."""
    record = provenance.read(study.results / analysis.id)
    rows = record["inputs"] if record else ()
    row = next((row for row in rows if (row["role"], row.get("year")) == ref.key), None)
    return () if row is None else (row["sha256"], *([row["join_sha256"]] if row.get("join_sha256") else []))


def _problem(change: Change, again: tuple[Analysis, ...]) -> Problem:
    role = roles.BY_ID[change.ref.role]
    where = say("{t} {y}", "{t} {y}", t=role.title, y=change.ref.year) if change.ref.year else role.title
    untouched = change.difference is not None and change.difference.count == 0
    return Problem(
        "source-changed",
        where,
        _message(change.difference),
        say("{d}Riguarda: {a}.", "{d}This touches: {a}.", d=_detail(change.difference), a=_titles(change.analyses)),
        _remedy([each.id for each in change.analyses if each not in again]),
        Severity.INFO if untouched else Severity.WARNING,
    )  # fmt: skip


def _remedy(ids: list[str]) -> Text:
    if not ids:
        return Text("Viene ricalcolato adesso.", "It is computed again now.")
    return say(
        "Eseguire di nuovo: puc-tool run STUDIO {a}.", "Run again: puc-tool run STUDY {a}.", a=same(" ".join(ids))
    )


def _message(found: Difference | None) -> Text:
    if found is None:
        return Text(
            "il dato è cambiato dopo l'ultimo calcolo; quanto, non si può dire.",
            "the data have changed since the last run; by how much can't be told.",
        )
    if not found.count:
        return Text(
            "il file è cambiato dopo l'ultimo calcolo, ma non in quello che lo studio ne usa.",
            "the file has changed since the last run, but not in what the study uses of it.",
        )
    one, many = _NOUNS[found.kind]
    return say(
        "il dato è cambiato dopo l'ultimo calcolo: {n} {what}{ha}.",
        "the data have changed since the last run: {n} {what}{ha}.",
        n=number(found.count),
        what=one if found.count == 1 else many,
        ha=_area(found),
    )


def _area(found: Difference) -> Text:
    """Return «, +0,42 ha», in m² where that is little, and nothing for what has no area."""
    if found.kind not in ("polygon", MIXED, CELLS):
        return NOTHING
    if abs(found.area_m2) < _NO_AREA_M2:
        return Text(", superficie invariata", ", area unchanged")
    sign = "+" if found.area_m2 > 0 and found.kind != CELLS else ""
    small = abs(found.area_m2) < _IN_M2
    amount = number(found.area_m2 if small else found.area_m2 / 10_000, 0 if small else 2)
    return say(", {s}{n}\u202f{u}", ", {s}{n}\u202f{u}", s=sign, n=amount, u="m²" if small else "ha")


def _detail(found: Difference | None) -> Text:
    """Return how many changed, came and went, where that says more than their sum."""
    if found is None or found.kind == CELLS or not found.count:
        return NOTHING
    return say(
        "Cambiati {c}, aggiunti {a}, tolti {r}. ",
        "Changed {c}, added {a}, removed {r}. ",
        c=number(found.changed),
        a=number(found.added),
        r=number(found.removed),
    )


def _titles(analyses: tuple[Analysis, ...]) -> Text:
    return Text(
        listing([each.title.it.lower() for each in analyses], most=6).it,
        listing([each.title.en.lower() for each in analyses], most=6).en,
    )
