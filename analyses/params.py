"""A parameter is declared once, with its label, unit, bounds and help. Form, command line, checks and docs read it.

A parameter may be a table: a tuple of rows of one declared dataclass, each known by its ``id``; a value of a row is
``row.name``. How values are set stands in ``analyses.param_filling``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from analyses import param_remarks
from layers.problems import Problem
from layers.text import NOTHING, Text, same, say


@dataclass(frozen=True)
class About:
    """What may be said of a parameter.

    ``is_verified`` is False for a default that no source confirms. ``rows`` is the dataclass of a table's rows.
    ``is_detail``: set in the study or on the command line, too fine for a form. ``words``: what its values are called
    in a text, where they are words of ours («coverage»).
    """

    label: Text
    unit: str = ""
    low: float | None = None
    high: float | None = None
    help: Text = NOTHING
    is_verified: bool = True
    rows: type | None = None
    is_detail: bool = False
    words: Mapping[str, Text] = field(default_factory=lambda: MappingProxyType({}))

    def worded(self, value: str) -> Text:
        """Return what a value that is a word is called, itself where it is called nothing else."""
        return self.words.get(value, same(value))


@dataclass(frozen=True)
class Entry:
    """One value that can be set: a parameter (``reach_m``), or that of a row of a table (``slope.weight``)."""

    about: About
    kind: type
    default: Any


def param(
    default: Any,
    label: Text,
    *,
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    help: Text = NOTHING,
    is_verified: bool = True,
    is_detail: bool = False,
    words: Mapping[str, Text] = MappingProxyType({}),
) -> Any:
    """Declare one field of a parameters dataclass."""
    about = About(label, unit, low, high, help, is_verified, is_detail=is_detail, words=words)
    return field(default=default, metadata={"about": about})


def param_rows(default: tuple[Any, ...], rows: type, label: Text, help: Text = NOTHING) -> Any:
    """Declare a field that is a table; ``rows`` has ``id``, ``title`` and fields declared by ``param``."""
    return field(default=default, metadata={"about": About(label, help=help, rows=rows)})


def abouts(params: type) -> Mapping[str, About]:
    """Return what every parameter of ``params`` says of itself, in order."""
    return {each.name: each.metadata["about"] for each in fields(params) if "about" in each.metadata}


def entries(params: type) -> Mapping[str, Entry]:
    """Return every value of ``params`` that can be set, those of its tables row by row."""
    return dict(_entries(params))


def kind_of(params: type, name: str) -> type:
    """Return the plain type of a parameter: int, float, bool or str («int | None» is int)."""
    return next(kind for kind in kinds(params, name) if kind is not NoneType)


def problems(analysis_id: str, params: Any) -> list[Problem]:
    """Return a problem for each value outside its bounds."""
    return [
        param_remarks.out_of_bounds(f"{analysis_id}.{name}", about.label, value, _bounds(about))
        for name, value, about in _values(params)
        if not _within(value, about)
    ]


def _entries(params: Any) -> Iterator[tuple[str, Entry]]:
    for each in fields(params):
        about = each.metadata["about"]
        if about.rows is None:
            yield each.name, Entry(about, kind_of(params, each.name), each.default)
            continue
        for row in getattr(params(), each.name):
            for name, of_row in abouts(about.rows).items():
                label = say("{r}: {l}", "{r}: {l}", r=row.title, l=of_row.label)
                named = replace(of_row, label=label)
                yield f"{row.id}.{name}", Entry(named, kind_of(about.rows, name), getattr(row, name))


def _values(params: Any) -> Iterator[tuple[str, Any, About]]:
    for name, about in abouts(type(params)).items():
        if about.rows is None:
            yield name, getattr(params, name), about
            continue
        for row in getattr(params, name):
            for inner, of_row in abouts(about.rows).items():
                yield f"{row.id}.{inner}", getattr(row, inner), of_row


def kinds(params: type, name: str) -> tuple[type, ...]:
    """Return every plain type that a parameter takes, NoneType among them where it is optional."""
    hint = get_type_hints(params)[name]
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)


def _within(value: object, about: About) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return True
    low = -math.inf if about.low is None else about.low
    high = math.inf if about.high is None else about.high
    return low <= value <= high


def _bounds(about: About) -> Text:
    return param_remarks.bounds_of(about.low, about.high, about.unit)
