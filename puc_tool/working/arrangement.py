"""From one order of rows to another, one row at a time: what an item model has to be told."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Removal:
    """The row that goes."""

    row: int


@dataclass(frozen=True)
class Insertion(Generic[K]):
    """The row at which ``key`` comes in."""

    row: int
    key: K


@dataclass(frozen=True)
class Move:
    """The row that goes up to ``to``; those between go down by one."""

    row: int
    to: int


def edits(now: Sequence[K], wanted: Sequence[K]) -> Iterator[Removal | Insertion[K] | Move]:
    """Yield what turns ``now`` into ``wanted``, to be done one after the other. Keys occur once in each."""
    rows = list(now)
    for row in reversed(range(len(rows))):
        if rows[row] not in wanted:
            del rows[row]
            yield Removal(row)
    for row, key in enumerate(wanted):
        if row < len(rows) and rows[row] == key:
            continue
        if key not in rows:
            rows.insert(row, key)
            yield Insertion(row, key)
        else:
            before = rows.index(key)
            rows.insert(row, rows.pop(before))
            yield Move(before, row)
