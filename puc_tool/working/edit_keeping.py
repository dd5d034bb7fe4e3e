"""Edited values beside the history that makes them: their files read into its state, written from it.

The place ``("edit", role, year, row, field)`` has what the source holds, what holds instead and what the feature is
known by, as JSON; where an edit waits, ``row`` tells its source too (``12@…``) and the fingerprints of that come last.
``("edited", role, year)`` has the fingerprints of the files the others were made on, or nothing for a file nobody
understands.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from layers import write
from layers.edit_remarks import file_of
from layers.problems import Problem, PucError
from layers.reference import Edit, Edits
from layers.text import Text, same
from puc_tool.sources import edit_files
from puc_tool.study import Study
from puc_tool.working.history import Act, History, Place, Value
from puc_tool.working.view import LayerKey, named

EDIT, EDITED = "edit", "edited"
_NOTHING = ""
_OF = "@"


def place(key: LayerKey, edit: Edit) -> Place:
    """Return the place of one edited value."""
    told = hashlib.sha256("".join(edit.made_on).encode()).hexdigest()[:12]
    return EDIT, *named(key), f"{edit.row}{_OF}{told}" if edit.made_on else str(edit.row), edit.field


def files_place(key: LayerKey) -> Place:
    """Return the place of the fingerprints that the edits of a layer were made on."""
    return EDITED, *named(key)


def value_of(edit: Edit) -> Value:
    """Return an edit as its place holds it."""
    mark = None if edit.mark is None else edit_files.mark_said(edit.mark)
    more = [mark, list(edit.made_on)] if edit.made_on else [mark] if mark else []
    return tuple(json.dumps(each) for each in (edit.before, edit.after, *more))


def read(folder: Path) -> Mapping[Place, Value]:
    """Return the edits of a study's layers as the state of a history holds them."""
    return _state(edit_files.read(folder))


def of_study(study: Study) -> Mapping[Place, Value]:
    """Return the edits that a study was read with as the state of a history holds them."""
    return _state({ref.key: ref.edits for ref in study.layers if ref.edits is not None})


def _state(found: Mapping[LayerKey, Edits]) -> Mapping[Place, Value]:
    return {place: value for key, edits in found.items() for place, value in _said(key, edits)}


def edits(state: Mapping[Place, Value]) -> Mapping[LayerKey, Edits]:
    """Return the edits of ``state`` by layer; a journal is not trusted, so what it garbles is passed over."""
    values: dict[LayerKey, list[Edit]] = {}
    hashes: dict[LayerKey, tuple[str, ...]] = {}
    for at, value in state.items():
        if at[0] == EDITED and len(at) == 3 and (key := _key(at)) is not None and isinstance(value, tuple):
            hashes[key] = value
        elif at[0] == EDIT and len(at) == 5 and (key := _key(at)) is not None and (edit := _edit(at, value)):
            values.setdefault(key, []).append(edit)
    return {
        key: Edits(found, edit_files.in_order(values.get(key, ())))
        if found != (_NOTHING,)
        else Edits((), is_broken=True)
        for key, found in hashes.items()
    }


class EditFiles:
    """Writes the edits that a history made; ``before`` is the state it began from, ``acts`` what was done since."""

    def __init__(self, folder: Path, before: Mapping[Place, Value], acts: Iterable[Act] = ()) -> None:
        self._folder = folder
        self._known: dict[LayerKey, set[str]] = {}
        past = History(before)
        self._first = {key: _sum(each) for key, each in edits(past.state).items()}
        self.follow(past)
        past.replay(acts)

    def follow(self, history: History) -> None:
        """Remember each state that a file may be written from, so that it is known again as ours."""
        history.changed.connect(lambda places: self._note(places, history.state))

    def save(self, state: Mapping[Place, Value]) -> None:
        """Let the files say what ``state`` says; those that only others changed are theirs.

        Raises PucError, with that file as it is, where somebody else has changed it meanwhile, or it can't be written.
        """
        now = edits(state)
        problems = [each for key in sorted(self._known, key=str) for each in self._save(key, now.get(key))]
        if problems:
            raise PucError(*problems)

    def _note(self, places: Iterable[Place], state: Mapping[Place, Value]) -> None:
        touched = {key for at in places if at[0] in (EDIT, EDITED) and (key := _key(at)) is not None}
        now = edits(state) if touched else {}
        for key in touched:
            self._known.setdefault(key, {self._first.get(key, _NOTHING)}).add(_sum(now.get(key)))

    def _save(self, key: LayerKey, wanted: Edits | None) -> Iterator[Problem]:
        path, there = self._folder / file_of(*key), edit_files.read_one(self._folder, key)
        if wanted == there or (wanted is not None and wanted.is_broken):
            return
        if _sum(there) not in self._known[key]:
            yield _changed_meanwhile(path)
        elif wanted is None:
            path.unlink(missing_ok=True)
        else:
            write.text(path, edit_files.text(wanted))


def between(key: LayerKey, before: Edits | None, after: Edits | None) -> Mapping[Place, Value]:
    """Return what a step has to say so that ``after`` are the edits of a layer, and no longer ``before``."""
    gone = {place: None for place, _ in _said(key, before)} if before else {}
    return {**gone, **(dict(_said(key, after)) if after else {})}


def _said(key: LayerKey, found: Edits) -> Iterator[tuple[Place, Value]]:
    yield files_place(key), (_NOTHING,) if found.is_broken else found.sha256
    for edit in found.values:
        yield place(key, edit), value_of(edit)


def _edit(at: Place, value: Value) -> Edit | None:
    try:
        before, after, *more = (json.loads(each) for each in value)  # type: ignore[union-attr]
        mark = edit_files.mark(more[0]) if more and more[0] else None
        made_on = tuple(map(str, more[1])) if len(more) > 1 else ()
        row = int(at[3].partition(_OF)[0])
        return Edit(row, at[4], edit_files.cell(before), edit_files.cell(after), mark, made_on)
    except (TypeError, ValueError, AttributeError):
        return None


def _key(at: Place) -> LayerKey | None:
    try:
        return at[1], int(at[2]) if at[2] else None
    except (IndexError, ValueError):
        return None


def _sum(found: Edits | None) -> str:
    """Return what tells these edits from others: many are remembered, so not their text."""
    return _NOTHING if found is None else hashlib.sha256(repr(found).encode()).hexdigest()


def _changed_meanwhile(path: Path) -> Problem:
    return Problem(
        "edits-changed-meanwhile",
        same(f"{path.parent.name}/{path.name}"),
        Text("è stato cambiato da altri mentre lo studio era aperto.", "others changed it while the study was open."),
        Text(
            "Il file resta com'è; le modifiche di questa finestra restano nel diario.",
            "The file stays as it is; this window's changes stay in the journal.",
        ),
        Text("Annullare le modifiche ai valori, o togliere il file.", "Undo the edits of values, or remove the file."),
    )
