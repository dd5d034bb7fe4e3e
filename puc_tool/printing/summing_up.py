"""What is said of many sheets, said once: the places it is said of stand together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from layers.problems import Problem, Severity
from layers.text import Text, joined, listing

_MOST = 3


def summed_up(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return each thing once, the gravest first: what is said of several sheets names them all."""
    same: dict[tuple[object, ...], list[Problem]] = {}
    for each in problems:
        same.setdefault((each.severity, each.message, each.remedy), []).append(each)
    order = list(Severity)
    return tuple(sorted(map(_one_of, same.values()), key=lambda each: order.index(each.severity)))


def _one_of(alike: Sequence[Problem]) -> Problem:
    places = list(dict.fromkeys(each.where for each in alike))
    where = Text(listing([each.it for each in places], _MOST).it, listing([each.en for each in places], _MOST).en)
    return replace(alike[0], where=where, effect=joined(dict.fromkeys(each.effect for each in alike), " "))
