"""``study.toml`` with what was changed in the window: parameters, layers. All else stays byte for byte."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.toml_document import TOMLDocument

from analyses import param_filling, registry
from analyses import params as parameters
from puc_tool.studies import study_editing, study_entries
from puc_tool.working import layer_changes
from puc_tool.working.history import Place, Value
from puc_tool.working.layer_changes import REMOVED

PARAMETER = "parameter"


def parameter(analysis: str, name: str) -> Place:
    """Return the place of the words typed for a parameter; empty words stand for its default."""
    return PARAMETER, analysis, name


def with_changes(text: str, state: Mapping[Place, Value]) -> str:
    """Return ``text`` saying the parameters and the layers of ``state``; the same if nothing of them was changed."""
    return layer_changes.written(_with_parameters(text, state), state)


def _with_parameters(text: str, state: Mapping[Place, Value]) -> str:
    """Return ``text`` saying the parameters of ``state``, without the layers taken out."""
    changed = sorted(place for place in state if place[0] in (PARAMETER, REMOVED))
    if not changed:
        return text
    document = tomlkit.parse(text.removeprefix(study_entries.MARK))
    for place in changed:
        if place[0] == PARAMETER:
            _put_parameter(document, place[1], place[2], str(state[place]))
        else:
            _drop(document, place[1], int(place[2]) if place[2] else None)
    return tomlkit.dumps(document)


def _drop(document: TOMLDocument, role: str, year: int | None) -> None:
    """Take a layer out, if somebody else has not done so meanwhile."""
    if study_editing.has_layer(document, role, year):
        study_editing.drop_layer(document, role, year)


def _put_parameter(document: TOMLDocument, analysis: str, name: str, words: str) -> None:
    declared = next((each.params for each in registry.ALL if each.id == analysis), None)
    if declared is None:
        return
    table = _table_of(document, analysis)
    row, dot, inner = name.rpartition(".")
    rows = _rows_of(declared, row) if dot else None
    if rows is not None and name not in table:
        table = _row(table, rows, row)
        name_there = inner
    else:
        name_there = name
    if words.strip():
        table[name_there] = _written(declared, name, words)
    else:
        table.pop(name_there, None)


def _table_of(document: TOMLDocument, analysis: str) -> Any:
    """Return ``[analysis.<id>]``, made at the end of the document if it is not there."""
    if "analysis" not in document:
        if not tomlkit.dumps(document).endswith("\n\n"):
            document.add(tomlkit.nl())
        document.append("analysis", tomlkit.table(is_super_table=True))
    every: Any = document["analysis"]
    if analysis not in every:
        every.append(analysis, tomlkit.table())
    return every[analysis]


def _rows_of(declared: type, row: str) -> str | None:
    """Return the parameter that is a table with a row of this id."""
    tables = (name for name, about in parameters.abouts(declared).items() if about.rows is not None)
    return next((name for name in tables if any(each.id == row for each in getattr(declared(), name))), None)


def _row(table: Any, rows: str, row: str) -> Any:
    """Return the row of this id, put behind the others if it is not there."""
    if rows not in table:
        table.append(rows, tomlkit.aot())
    for each in table[rows]:
        if each.get("id") == row:
            return each
    made = tomlkit.table()
    made.add("id", row)
    table[rows].append(made)
    return table[rows][-1]


def _written(declared: type, name: str, words: str) -> object:
    """Return ``words`` as the value they mean; words that mean none stay words, and are told at every check."""
    entry = parameters.entries(declared).get(name)
    try:
        return words if entry is None else param_filling.read(words, entry.kind)
    except ValueError:
        return words
