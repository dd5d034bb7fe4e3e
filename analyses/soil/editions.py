"""Choosing, among the dated layers of a role, the one or two a question is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from analyses.analysis import Edition
from layers.problems import Problem
from layers.spec import Role
from layers.text import NOTHING, Text, listing, say

T = TypeVar("T")

_ISSUE = re.compile(r"\bed(?:izione|ition|\.)?\s*(\d{4})\b", re.IGNORECASE)

_NO_YEARS = Text("Nessun livello ha l'anno: indicarlo con --year.", "No layer has a year: give it with --year.")


@dataclass(frozen=True)
class Span(Generic[T]):
    """The state at the later date and, where there is one to compare with, at the earlier."""

    last: Edition[T]
    first: Edition[T] | None = None


def span(editions: Sequence[Edition[T]], year_from: int | None, year_to: int | None) -> Span[T]:
    """Return the editions of the two years, or the earliest and the latest where no year is asked."""
    last = _of_year(editions, year_to) if year_to is not None else editions[-1]
    first = _of_year(editions, year_from) if year_from is not None else editions[0]
    return Span(last, None if first.year == last.year else first)


def problems(role: Role, editions: Sequence[Edition[T]], year_from: int | None, year_to: int | None) -> list[Problem]:
    """Return what speaks against comparing these two years."""
    known = [edition.year for edition in editions if edition.year is not None]
    asked = [year for year in (year_from, year_to) if year is not None]
    said = [_no_such_year(role, year, known) for year in dict.fromkeys(asked) if year not in known]
    if not said and year_from is not None and year_to is not None and year_from > year_to:
        said.append(_backwards(role, year_from, year_to))
    return said


def issue_of(edition: Edition[T]) -> str:
    """Return the year of the edition («ed. 2024», «edizione 2024») that a layer's credit names, or nothing."""
    found = _ISSUE.search(edition.credit)
    return found[1] if found else ""


def _of_year(editions: Sequence[Edition[T]], year: int) -> Edition[T]:
    return next(edition for edition in editions if edition.year == year)


def _no_such_year(role: Role, year: int, known: list[int]) -> Problem:
    there = listing([str(year) for year in known], most=12)
    return Problem(
        "year-missing",
        role.title,
        say("manca l'anno {y}.", "year {y} is missing.", y=year),
        NOTHING,
        say("Gli anni che ci sono: {all}.", "The years there are: {all}.", all=there) if known else _NO_YEARS,
    )


def _backwards(role: Role, year_from: int, year_to: int) -> Problem:
    return Problem(
        "years-backwards",
        role.title,
        say("l'anno iniziale {a} viene dopo il finale {b}.", "the first year {a} comes after the last {b}.",
            a=year_from, b=year_to),
        NOTHING,
        Text("Scambiare i due anni.", "Swap the two years."),
    )  # fmt: skip
