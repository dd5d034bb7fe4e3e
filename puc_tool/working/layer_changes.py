"""Layers added, mended or taken out in the window: the entry of each as the state of a history holds it.

The place ``("entry", role, year)`` has the text of the ``[[layer]]`` that stands for the layer from now on. An added
layer, one in the place of another, and a mended one are the same change: an entry, whose inverse is the one before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import tomlkit

from layers.reference import LayerRef
from puc_tool.sources import edit_files
from puc_tool.studies import study_editing, study_entries
from puc_tool.study import Study
from puc_tool.working import edit_keeping
from puc_tool.working.history import Place, Value
from puc_tool.working.view import LayerKey, named

ENTRY, REMOVED = "entry", "removed"


def entry_place(key: LayerKey) -> Place:
    """Return the place of a layer's entry."""
    return ENTRY, *named(key)


def removed_place(key: LayerKey) -> Place:
    """Return the place that tells a layer is taken out."""
    return REMOVED, *named(key)


def stated(ref: LayerRef) -> str:
    """Return the entry that says ``ref``, as the program writes it."""
    document = tomlkit.document()
    study_editing.put_layer(document, ref)
    return tomlkit.dumps(document).strip("\n") + "\n"


def whole(study: Study, state: Mapping[Place, Value]) -> Study:
    """Return the study with every layer of ``state`` and its edits, those taken out too: they may come back."""
    changed = dict(_changed(study.folder, state))
    there = [changed.pop(ref.key, ref) for ref in study.layers]
    return edit_files.with_edits(replace(study, layers=(*there, *changed.values())), edit_keeping.edits(state))


def arranged(study: Study, state: Mapping[Place, Value]) -> Study:
    """Return the study with the layers of ``state``, without those taken out."""
    every = whole(study, state)
    return replace(every, layers=tuple(ref for ref in every.layers if not state.get(removed_place(ref.key))))


def written(text: str, state: Mapping[Place, Value]) -> str:
    """Return the text of ``study.toml`` with the entries of ``state``; all else stays byte for byte."""
    for key, ref in _changed(Path(), state):
        if not state.get(removed_place(key)):
            text = _with_entry(text, ref, str(state[entry_place(key)]))
    return text


def _changed(folder: Path, state: Mapping[Place, Value]) -> Iterator[tuple[LayerKey, LayerRef]]:
    """Yield the layers that have an entry in ``state``; a journal is not trusted, so one it garbles is passed over."""
    for place in sorted(place for place in state if place[0] == ENTRY):
        ref = study_entries.meaning(str(state[place]), folder)
        if ref is not None and entry_place(ref.key) == place:
            yield ref.key, ref


def _with_entry(text: str, ref: LayerRef, entry: str) -> str:
    """Return ``text`` with ``entry`` in the place of the layer's own, or behind the other layers."""
    document = tomlkit.parse(text.removeprefix(study_entries.MARK))
    if study_editing.has_layer(document, ref.role, ref.year):
        return study_entries.with_entry(text, ref, entry)
    study_editing.put_layer(document, ref)
    return tomlkit.dumps(document)
