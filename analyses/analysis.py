"""What the rest of the tool may know about an analysis: a pure function and its declarations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pandas as pd

from analyses.live import Live
from analyses.result import FigureSpec, Operand, Result, TableSpec
from layers.problems import Problem
from layers.spec import Role
from layers.text import NOTHING, Text

T = TypeVar("T")

ROLE_LACKING = "role-lacking"
"""The code of a problem that says which layers an analysis can't do without."""

Population = Mapping[str, Mapping[int, int]]
"""Residents by year, one series a reference; series are never mixed."""


@dataclass(frozen=True)
class Edition(Generic[T]):
    """A layer of a role that allows one a year. ``year`` is None where the study does not say it.

    ``credit`` is what the study says of its source, where an edition may be named.
    """

    year: int | None
    data: T
    credit: str = ""


Facts = Callable[[Mapping[str, pd.DataFrame], Population, tuple[int, ...]], Mapping[str, float]]
"""What formulas need and figures don't say, by the ids of operands: from tables, residents, years compared."""


def _no_facts(tables: Mapping[str, pd.DataFrame], population: Population, years: tuple[int, ...]) -> dict[str, float]:
    return {}


def _nothing_against(inputs: Mapping[str, Any], params: Any) -> list[Problem]:
    return []


@dataclass(frozen=True)
class Analysis:
    """A question a planner asks.

    ``run`` takes every role of ``inputs`` by its id (None or an empty tuple where the study has none; a tuple of
    Edition, oldest first, for yearly roles), ``population``, ``params`` and ``report``. Of each group of ``needs`` at
    least one role must be there. ``problems`` tells what speaks against these inputs and parameters beyond that.
    ``layers`` declares layers that are more than a table on its units' ground: what figures are ``made_of``.
    ``headlines`` are the ids of the figures that answer it at a glance, the weightiest first. With ``takes_scenarios``
    ``run`` and ``problems`` are also given the study's ``scenarios``: a tuple of patches on its districts. ``method``
    tells in plain words how it is done, with its sources: reports print it. ``live`` is how its parameters are tried
    while they are moved. ``operands`` are what the formulas of figures name besides figures, ``facts`` tells those of
    them that no table holds.
    """

    id: str
    title: Text
    about: Text
    inputs: tuple[Role, ...]
    needs: tuple[tuple[Role, ...], ...]
    params: type
    run: Callable[..., Result]
    figures: tuple[FigureSpec, ...]
    tables: tuple[TableSpec, ...]
    problems: Callable[[Mapping[str, Any], Any], list[Problem]] = _nothing_against
    headlines: tuple[str, ...] = ()
    layers: tuple[TableSpec, ...] = ()
    takes_scenarios: bool = False
    method: Text = NOTHING
    live: Live | None = None
    operands: tuple[Operand, ...] = ()
    facts: Facts = _no_facts
