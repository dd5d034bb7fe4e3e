"""Parameters filled from what a study or a command line says of them, and said again in words.

A table's value is set as ``row.name``; a study writes rows as tables of their own (``[[analysis.….criterion]]``), where
a known id changes the row of that id and another one adds a row. What can't be taken is told, all at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from types import NoneType
from typing import Any

from analyses import param_remarks
from analyses.params import abouts, kind_of, kinds, problems
from layers.problems import Problem


def words(params: type, values: Mapping[str, object]) -> Mapping[str, str]:
    """Return study values as somebody would type them, those of tables as ``row.name``."""
    tables = [name for name, about in abouts(params).items() if about.rows is not None]
    said = {name: str(value) for name, value in values.items() if name not in tables}
    for row in chain.from_iterable(_row_tables(values[name]) for name in tables if name in values):
        said |= {f"{row.get('id')}.{inner}": str(value) for inner, value in row.items() if inner != "id"}
    return said


def read(text: str, kind: type) -> object:
    """Return what ``text`` means as a value of ``kind``; raises ValueError if it means none."""
    return _READERS[kind](text.strip())


def build(analysis_id: str, params: type, values: Mapping[str, object]) -> tuple[Any, list[Problem]]:
    """Return ``params`` filled from words or study values; what can't be taken keeps its default and is told."""
    tables = {name: about.rows for name, about in abouts(params).items() if about.rows is not None}
    plain, of_rows, said = _sorted_out(analysis_id, params(), tables, values)
    taken, unread = _taken(analysis_id, params, plain)
    for name, row_type in tables.items():
        taken[name], of_table = _rows(analysis_id, row_type, getattr(params(), name), of_rows[name])
        unread += of_table
    filled = params(**taken)
    return filled, said + unread + problems(analysis_id, filled)


RowValues = dict[str, dict[str, object]]


def _sorted_out(
    analysis_id: str, params: Any, tables: Mapping[str, type], values: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, RowValues], list[Problem]]:
    """Part plain values from those of rows, which come as tables or as ``row.name``; the latter win."""
    plain: dict[str, object] = {}
    of_rows: dict[str, RowValues] = {name: {} for name in tables}
    said: list[Problem] = []
    for name, value in sorted(values.items(), key=lambda item: item[0] not in tables):
        row, dot, inner = name.rpartition(".")
        table = _table_of(params, tables, row, inner) if dot else None
        if name in tables:
            said += _written_rows(analysis_id, name, value, of_rows[name])
        elif table is not None:
            of_rows[table].setdefault(row, {})[inner] = value
        else:
            plain[name] = value
    return plain, of_rows, said


def _table_of(params: Any, tables: Mapping[str, type], row: str, inner: str) -> str | None:
    """Return the table that has a row of this id, else the first whose rows have such a field."""
    having = [name for name in tables if any(each.id == row for each in getattr(params, name))]
    return next(iter([*having, *(name for name, kind in tables.items() if inner in abouts(kind))]), None)


def _written_rows(analysis_id: str, name: str, value: object, into: RowValues) -> list[Problem]:
    """Take the rows as a study writes them; each must be a table with an id of its own."""
    said = []
    for row in _row_tables(value):
        row_id = str(row.get("id", "")).strip()
        if not row_id:
            said.append(param_remarks.without_id(f"{analysis_id}.{name}"))
        elif row_id in into:
            said.append(param_remarks.twice(f"{analysis_id}.{name}", row_id))
        else:
            into[row_id] = {str(key): each for key, each in row.items() if key != "id"}
    return said


def _row_tables(value: object) -> list[Mapping[str, object]]:
    """Return what stands for rows in a study; anything else is one without an id, and told as such."""
    given = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    return [row if isinstance(row, Mapping) else {} for row in given]


def _rows(
    analysis_id: str, row_type: type, default: tuple[Any, ...], given: RowValues
) -> tuple[tuple[Any, ...], list[Problem]]:
    """Return the default rows with what is ``given`` of them, then the rows that are new."""
    said: list[Problem] = []
    rows = {row.id: row for row in default}
    for row_id, values in given.items():
        taken, unread = _taken(f"{analysis_id}.{row_id}", row_type, values)
        rows[row_id] = replace(rows[row_id], **taken) if row_id in rows else row_type(id=row_id, **taken)
        said += unread
    return tuple(rows.values()), said


def _taken(where: str, params: type, values: Mapping[str, object]) -> tuple[dict[str, object], list[Problem]]:
    """Return what can be read of ``values``, and a problem for each that can't."""
    known = abouts(params)
    said = [param_remarks.unknown(f"{where}.{name}", list(known)) for name in values if name not in known]
    taken: dict[str, object] = {}
    for name in known:
        if name in values and known[name].rows is None:
            try:
                taken[name] = _read(values[name], kinds(params, name))
            except ValueError:
                label, kind = known[name].label, kind_of(params, name)
                said.append(param_remarks.unreadable(f"{where}.{name}", label, values[name], kind))
    return taken, said


def _read(value: object, kinds: tuple[type, ...]) -> object:
    """Return ``value`` as the first of ``kinds``; an empty word is None where None is one of them."""
    text = str(value).strip()
    if not text and NoneType in kinds:
        return None
    kind = next(kind for kind in kinds if kind is not NoneType)
    return _READERS[kind](text)


def _truth(text: str) -> bool:
    if text.lower() in ("true", "yes", "si", "sì", "1"):
        return True
    if text.lower() in ("false", "no", "0"):
        return False
    raise ValueError(text)


def _number(text: str) -> float:
    value = float(text.replace(",", "."))
    if not math.isfinite(value):
        raise ValueError(text)
    return value


_READERS: Mapping[type, Callable[[str], object]] = {bool: _truth, int: int, float: _number, str: str}
