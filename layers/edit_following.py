"""Edits beside the source as it is now: which of them hold, and of which feature; why the others wait.

In the file they were made on, edits name their feature by its row. In one delivered since, the feature is looked for by
its mark. An edit holds only where the value it was made on is still there: nothing is guessed, nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from layers.edit_marks import Features, value_at
from layers.reference import Cell, Edit, Edits


class Why(Enum):
    """Why an edit is not applied."""

    GONE = "feature-gone"
    ALIKE = "features-alike"
    CHANGED = "value-changed"
    TAKEN = "edited-otherwise"
    UNMARKED = "made-without-mark"


@dataclass(frozen=True)
class Waiting:
    """An edit that is not applied. ``row`` is the feature it may be meant for, which holds ``now``; None for none."""

    edit: Edit
    why: Why
    row: int | None = None
    now: Cell = None


@dataclass(frozen=True)
class Followed:
    """The edits of a layer beside its source: ``applied`` with the rows that their features have now, and the others.

    ``made_on`` are the fingerprints of the source. ``found`` is how many were found again in a source delivered since.
    """

    made_on: tuple[str, ...]
    applied: tuple[Edit, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    found: int = 0


def followed(edits: Edits, made_on: tuple[str, ...], features: Features) -> Followed:
    """Return which of ``edits`` hold in ``features``, a source with the fingerprints ``made_on``.

    Two for one value: that of the source as it is goes before one that was found again.
    """
    old = [each for each in edits.values if edits.made_on(each) != made_on]
    own = [each for each in edits.values if edits.made_on(each) == made_on]
    asked = [_at_row(each, features) for each in own] + [_by_mark(_bound(each, edits), features) for each in old]
    applied: dict[tuple[int, str], Edit] = {}
    waiting = []
    for each in asked:
        spot = (each.edit.row, each.edit.field)
        if isinstance(each, Waiting):
            waiting.append(each)
        elif spot in applied:
            waiting.append(Waiting(each.was, Why.TAKEN, each.edit.row, applied[spot].after))
        else:
            applied[spot] = each.edit
    found = sum(not isinstance(each, Waiting) for each in asked[len(own) :])
    return Followed(made_on, _in_order(applied.values()), tuple(waiting), found)


@dataclass(frozen=True)
class _Fit:
    """An edit that holds, with the row of now, and as it was made."""

    edit: Edit
    was: Edit


def _bound(edit: Edit, edits: Edits) -> Edit:
    """Return an edit that says itself which files it was made on."""
    return replace(edit, made_on=edits.made_on(edit))


def _at_row(edit: Edit, features: Features) -> Waiting | _Fit:
    if edit.row not in features.layer.index:
        return Waiting(edit, Why.GONE)
    return _unless_changed(edit, edit.row, features)


def _by_mark(edit: Edit, features: Features) -> Waiting | _Fit:
    if edit.mark is None:
        return Waiting(edit, Why.UNMARKED)
    rows = features.bearing(edit)
    if len(rows) == 1:
        return _unless_changed(edit, rows[0], features)
    there = features.lying_at(edit)
    why = Why.ALIKE if rows else Why.GONE
    return Waiting(edit, why, there, None if there is None else value_at(features.layer, there, edit.field))


def _unless_changed(edit: Edit, row: int, features: Features) -> Waiting | _Fit:
    now = value_at(features.layer, row, edit.field)
    if now != edit.before:
        return Waiting(edit, Why.CHANGED, row, now)
    return _Fit(replace(edit, row=row, made_on=()), edit)


def _in_order(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    return tuple(sorted(edits, key=lambda each: (each.row, each.field)))
