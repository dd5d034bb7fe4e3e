"""The edits of a study's layers, ``edits/<role>[-<year>].toml``: written so that a person can review them, and read.

The file names the SHA-256 of the source it was made on, then each value: row in the source (from 0), field of the role,
what the source holds, what holds instead; a value that is not there is none. What its feature is known by stands with
it (``known``, ``content``, ``at``), and of an edit that waits the SHA-256 of the source it was made on. It is as little
trusted as a dataset.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from layers import roles
from layers.edit_remarks import FOLDER, file_of
from layers.reference import Cell, Edit, Edits, Mark
from puc_tool.study import Study
from puc_tool.working.view import LayerKey

_VERSION = 1
_HEAD = """\
# Valori modificati a mano / values edited by hand. Il dato originale resta com'è / the source stays as it is.
version = 1
sha256 = [{hashes}]
"""
_SAID = {"row", "field", "before", "after", "known", "content", "at", "sha256"}


def read(folder: Path) -> Mapping[LayerKey, Edits]:
    """Return the edits of every layer of the study in ``folder``; those that can't be understood are broken."""
    keys = (key for path in _paths(folder) if (key := _key_of(path.stem)) is not None)
    return {key: found for key in keys if (found := read_one(folder, key)) is not None}


def read_one(folder: Path, key: LayerKey) -> Edits | None:
    """Return the edits of one layer, or None without its file."""
    path = folder / file_of(*key)
    try:
        return _understood(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        return Edits((), is_broken=True)


def with_edits(study: Study, edits: Mapping[LayerKey, Edits]) -> Study:
    """Return the study with the edits of its layers, and no others."""
    return replace(study, layers=tuple(replace(ref, edits=edits.get(ref.key)) for ref in study.layers))


def text(edits: Edits) -> str:
    """Return what the file of these edits says."""
    head = _HEAD.format(hashes=", ".join(map(_written, edits.sha256)))
    return head + "".join("\n" + "".join(_lines(each)) for each in edits.values)


def in_order(found: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return edits as every list of them is ordered: by row, then by field; those that wait come last."""
    return tuple(sorted(found, key=lambda each: (each.made_on, each.row, each.field)))


def _lines(edit: Edit) -> Iterator[str]:
    yield "[[value]]\n"
    yield f"row = {edit.row}\n"
    yield f"field = {_written(edit.field)}\n"
    for name, value in (("before", edit.before), ("after", edit.after)):
        if value is not None:
            yield f"{name} = {_written(value)}\n"
    yield from _mark_lines(edit.mark)
    if edit.made_on:
        yield f"sha256 = [{', '.join(map(_written, edit.made_on))}]\n"


def _mark_lines(mark: Mark | None) -> Iterator[str]:
    if mark is None:
        return
    if mark.codes:
        yield f"known = {{ {', '.join(f'{_written(name)} = {_written(code)}' for name, code in mark.codes)} }}\n"
    yield f"content = {_written(mark.content)}\n"
    if mark.at is not None:
        yield f"at = [{', '.join(map(_written, mark.at))}]\n"


def _written(value: str | float) -> str:
    """Return a value as TOML has it: strings as in JSON, where only DEL would stand bare."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _understood(words: str) -> Edits:
    try:
        content = tomllib.loads(words)
        values = in_order(_edit(each) for each in content.get("value", []))
        hashes = content["sha256"]
        is_sound = content["version"] == _VERSION and _are_words(hashes) and _are_different(values)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        is_sound = False
    return Edits(tuple(hashes), values) if is_sound else Edits((), is_broken=True)


def _edit(said: Mapping[str, Any]) -> Edit:
    row, field = said["row"], said["field"]
    if not set(said) <= _SAID or type(row) is not int or row < 0 or not isinstance(field, str):
        raise ValueError(said)
    made_on = said.get("sha256", ())
    if made_on and not _are_words(made_on):
        raise ValueError(said)
    return Edit(row, field, cell(said.get("before")), cell(said.get("after")), mark(said), tuple(made_on))


def mark(said: Mapping[str, Any]) -> Mark | None:
    """Return what a feature is known by; raises ValueError for what no mark is."""
    if "content" not in said:
        return None
    codes, content, at = dict(said.get("known", {})), said["content"], said.get("at")
    if not all(isinstance(each, str) for each in (*codes, *codes.values(), content)):
        raise ValueError(said)
    return Mark(tuple(codes.items()), content, None if at is None else _point(at))


def mark_said(mark: Mark) -> Mapping[str, Any]:
    """Return a mark as `mark` reads it."""
    at = {} if mark.at is None else {"at": list(mark.at)}
    return {"known": dict(mark.codes), "content": mark.content, **at}


def _point(said: object) -> tuple[float, float]:
    if not isinstance(said, list) or len(said) != 2:
        raise ValueError(said)
    x, y = (cell(each) for each in said)
    if not isinstance(x, float) or not isinstance(y, float):
        raise ValueError(said)
    return x, y


def cell(value: object) -> Cell:
    """Return ``value`` as a field holds it; raises ValueError for what none does."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(value)
    return float(value)


def _are_words(hashes: object) -> bool:
    return isinstance(hashes, list) and bool(hashes) and all(isinstance(each, str) for each in hashes)


def _are_different(values: tuple[Edit, ...]) -> bool:
    return len({(each.made_on, each.row, each.field) for each in values}) == len(values)


def _paths(folder: Path) -> list[Path]:
    held = folder / FOLDER
    return sorted(held.glob("*.toml")) if held.is_dir() else []


def _key_of(stem: str) -> LayerKey | None:
    """Return the layer whose edits a file of this name holds, or None for a file of something else."""
    role, dash, year = stem.partition("-")
    if role not in roles.BY_ID or (dash and not (year.isdecimal() and roles.BY_ID[role].yearly)):
        return None
    key = role, int(year) if dash else None
    return key if file_of(*key) == f"{FOLDER}/{stem}.toml" else None
