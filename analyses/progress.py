"""Progress and cancellation are the same callback."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from layers.text import Text

T = TypeVar("T")

Report = Callable[[float, Text], None]
"""Told the share done (0 to 1) and what is being done. It may raise Cancelled."""


class Cancelled(Exception):  # noqa: N818 (it is not an error: somebody asked for it)
    """The user asked to stop. Raised by a report, never caught by an analysis."""


def silent(share: float, message: Text) -> None:
    """Report to nobody."""


def tracked(items: Sequence[T], report: Report, message: Text) -> Iterator[T]:
    """Yield ``items``, reporting before each one, so that each is a point of cancellation."""
    for done, item in enumerate(items):
        report(done / len(items), message)
        yield item
    report(1.0, message)


def part_of(report: Report, low: float, high: float) -> Report:
    """Return a report whose 0 to 1 is ``low`` to ``high`` of ``report``."""

    def inner(share: float, message: Text) -> None:
        report(low + share * (high - low), message)

    return inner
