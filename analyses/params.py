"""A parameter is declared once, with its label, unit, bounds and help. Form, command line, checks and docs read it."""

from __future__ import annotations

import math
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Union, get_args, get_origin, get_type_hints

from layers.problems import Problem
from layers.text import NOTHING, Text, listing, same, say

_NONE = type(None)


@dataclass(frozen=True)
class About:
    """What may be said of a parameter. ``is_verified`` is False for a default that no source confirms."""

    label: Text
    unit: str = ""
    low: float | None = None
    high: float | None = None
    help: Text = NOTHING
    is_verified: bool = True


def param(
    default: Any,
    label: Text,
    *,
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    help: Text = NOTHING,
    is_verified: bool = True,
) -> Any:
    """Declare one field of a parameters dataclass."""
    return field(default=default, metadata={"about": About(label, unit, low, high, help, is_verified)})


def abouts(params: type) -> Mapping[str, About]:
    """Return what every parameter of ``params`` says of itself, in order."""
    return {each.name: each.metadata["about"] for each in fields(params)}


def kind_of(params: type, name: str) -> type:
    """Return the plain type of a parameter: int, float, bool or str («int | None» is int)."""
    return next(kind for kind in _kinds(params, name) if kind is not _NONE)


def problems(analysis_id: str, params: Any) -> list[Problem]:
    """Return a problem for each value outside its bounds."""
    return [
        _out_of_bounds(analysis_id, name, getattr(params, name), about)
        for name, about in abouts(type(params)).items()
        if not _within(getattr(params, name), about)
    ]


def build(analysis_id: str, params: type, values: Mapping[str, object]) -> tuple[Any, list[Problem]]:
    """Return ``params`` filled from words or study values; what can't be taken keeps its default and is told."""
    known = abouts(params)
    said = [_unknown(analysis_id, name, list(known)) for name in values if name not in known]
    taken: dict[str, object] = {}
    for name in known:
        if name in values:
            try:
                taken[name] = _read(values[name], _kinds(params, name))
            except ValueError:
                said.append(_unreadable(analysis_id, name, params, values[name]))
    filled = params(**taken)
    return filled, said + problems(analysis_id, filled)


def _kinds(params: type, name: str) -> tuple[type, ...]:
    hint = get_type_hints(params)[name]
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)


def _read(value: object, kinds: tuple[type, ...]) -> object:
    """Return ``value`` as the first of ``kinds``; an empty word is None where None is one of them."""
    text = str(value).strip()
    if not text and _NONE in kinds:
        return None
    kind = next(kind for kind in kinds if kind is not _NONE)
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
_REMEDIES = {
    bool: Text("Scrivere sì o no.", "Write yes or no."),
    int: Text("Scrivere un numero intero.", "Write a whole number."),
    float: Text("Scrivere un numero, con il punto o la virgola.", "Write a number, with a point or a comma."),
}


def _within(value: object, about: About) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return True
    low = -math.inf if about.low is None else about.low
    high = math.inf if about.high is None else about.high
    return low <= value <= high


def _plain(value: float) -> Text:
    """Return a number without thousands separators: a year is not 2.012."""
    english = f"{value:.15g}"
    return Text(english.replace(".", ","), english)


def _bounds(about: About) -> Text:
    if about.high is None:
        return say("almeno {l} {u}", "at least {l} {u}", l=_plain(about.low or 0.0), u=about.unit)
    if about.low is None:
        return say("al massimo {h} {u}", "at most {h} {u}", h=_plain(about.high), u=about.unit)
    return say("da {l} a {h} {u}", "{l} to {h} {u}", l=_plain(about.low), h=_plain(about.high), u=about.unit)


def _out_of_bounds(analysis_id: str, name: str, value: float, about: About) -> Problem:
    bounds = _bounds(about)
    return Problem(
        "parameter-out-of-bounds",
        same(f"{analysis_id}.{name}"),
        say("«{l}» vale {v}, fuori dai limiti.", "“{l}” is {v}, out of bounds.", l=about.label, v=_plain(value)),
        NOTHING,
        say("Valori ammessi: {b}.", "Allowed: {b}.", b=Text(bounds.it.rstrip(), bounds.en.rstrip())),
    )


def _unknown(analysis_id: str, name: str, known: list[str]) -> Problem:
    return Problem(
        "parameter-unknown",
        same(f"{analysis_id}.{name}"),
        Text("questo parametro non esiste.", "there is no such parameter."),
        NOTHING,
        say("I parametri sono: {all}.", "The parameters are: {all}.", all=listing(known, most=30)),
    )


def _unreadable(analysis_id: str, name: str, params: type, value: object) -> Problem:
    return Problem(
        "parameter-unreadable",
        same(f"{analysis_id}.{name}"),
        say("«{l}» non può valere «{v}».", "“{l}” can't be “{v}”.", l=abouts(params)[name].label, v=value),
        NOTHING,
        _REMEDIES[kind_of(params, name)],
    )
