"""What was done to the open study, step by step: commands as data, each with its inverse.

The state is flat: a place (``("visible", "zoning", "2003")``) has a value or none. A change says what stood there
before and what stands there after, so its inverse is itself turned round, and what is journalled can be done again
without knowing what it means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from psygnal import Signal

from layers.text import NOTHING, Text

Place = tuple[str, ...]
Value = bool | int | float | str | tuple[str, ...] | None
"""What may stand in a place; None is nothing."""


@dataclass(frozen=True)
class Change:
    """One place and what stood there before and after."""

    place: Place
    before: Value
    after: Value

    @property
    def inverse(self) -> Change:
        """Return the change that takes this one back."""
        return Change(self.place, self.after, self.before)


@dataclass(frozen=True)
class Step:
    """What one command changed, and how people call it: «Nascondi Zonizzazione»."""

    title: Text
    changes: tuple[Change, ...]

    @property
    def inverse(self) -> Step:
        """Return the step that takes this one back."""
        return Step(self.title, tuple(change.inverse for change in reversed(self.changes)))

    @property
    def places(self) -> tuple[Place, ...]:
        """Return the places this step touches."""
        return tuple(change.place for change in self.changes)

    def joined(self, later: Step) -> Step:
        """Return this step and ``later`` as one, without what came back to where it was."""
        befores = {change.place: change.before for change in (*later.changes, *self.changes)}
        afters = {change.place: change.after for change in (*self.changes, *later.changes)}
        kept = (place for place in afters if befores[place] != afters[place])
        return Step(later.title, tuple(Change(place, befores[place], afters[place]) for place in kept))


class Kind(StrEnum):
    """What can be done with a history: something new, going on with the last step, back, forth."""

    DO = "do"
    JOIN = "join"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True)
class Act:
    """One line of the journal. Only what is new has a step; undo and redo know theirs."""

    kind: Kind
    step: Step | None = None


Record = Callable[[Act], None]


class ForeignActError(ValueError):
    """An act that this history can't have come from: a journal of something else."""


class History:
    """The state, the steps that led to it, and those that were taken back. ``changed`` tells the places.

    ``record`` is told each act before it takes effect; if it raises, nothing has changed.
    """

    changed = Signal(tuple)

    def __init__(self, state: Mapping[Place, Value] | None = None, record: Record | None = None) -> None:
        self.state: dict[Place, Value] = {place: value for place, value in (state or {}).items() if value is not None}
        self.done: tuple[Step, ...] = ()
        self.undone: tuple[Step, ...] = ()
        self.record = record
        self._may_join = False

    def get(self, place: Place) -> Value:
        """Return what stands in ``place``, or None."""
        return self.state.get(place)

    def do(self, title: Text, values: Mapping[Place, Value], *, joins: bool = False) -> None:
        """Put ``values`` in their places; what stands there already is no step.

        ``joins``: goes on with the last step if that touched the same places and nothing came between, as the next
        key typed into a field or the next move of a slider does.
        """
        changes = tuple(Change(at, self.get(at), value) for at, value in values.items() if self.get(at) != value)
        if changes:
            step = Step(title, changes)
            goes_on = joins and self._may_join and self.done[-1].places == step.places
            self.take(Act(Kind.JOIN if goes_on else Kind.DO, step))

    def undo(self) -> None:
        """Take the last step back, if there is one."""
        if self.done:
            self.take(Act(Kind.UNDO))

    def redo(self) -> None:
        """Do again what was taken back last, if there is anything."""
        if self.undone:
            self.take(Act(Kind.REDO))

    def take(self, act: Act) -> None:
        """Record ``act`` and let it take effect."""
        step = self._checked(act)
        if self.record is not None:
            self.record(act)
        self._effect(act, step)
        self.changed.emit(step.places)

    def replay(self, acts: Iterable[Act]) -> int:
        """Take acts of a journal, up to the first that can't be of this history; return how many were taken."""
        taken = 0
        for act in acts:
            try:
                step = self._checked(act)
            except ForeignActError:
                break
            self._effect(act, step)
            self.changed.emit(step.places)
            taken += 1
        return taken

    def _checked(self, act: Act) -> Step:
        """Return what ``act`` changes; raises ForeignActError."""
        steps = {Kind.UNDO: self.done, Kind.REDO: self.undone}.get(act.kind)
        if steps is not None:
            if not steps:
                raise ForeignActError(act.kind)
            return steps[-1].inverse if act.kind is Kind.UNDO else steps[-1]
        if act.step is None or not act.step.changes or (act.kind is Kind.JOIN and not self.done):
            raise ForeignActError(act.kind)
        return act.step

    def _effect(self, act: Act, step: Step) -> None:
        for change in step.changes:
            if change.after is None:
                self.state.pop(change.place, None)
            else:
                self.state[change.place] = change.after
        self._may_join = act.kind in (Kind.DO, Kind.JOIN)
        if act.kind is Kind.UNDO:
            self.done, self.undone = self.done[:-1], (*self.undone, self.done[-1])
        elif act.kind is Kind.REDO:
            self.done, self.undone = (*self.done, self.undone[-1]), self.undone[:-1]
        else:
            self._add(act, step)

    def _add(self, act: Act, step: Step) -> None:
        self.undone = ()
        if act.kind is Kind.DO:
            self.done = (*self.done, step)
            return
        joined = self.done[-1].joined(step)
        self.done = (*self.done[:-1], joined) if joined.changes else self.done[:-1]
        self._may_join = bool(joined.changes)

    @property
    def acts(self) -> tuple[Act, ...]:
        """The acts that lead from the first state to this one with the same steps to take back and to do again."""
        steps = (*self.done, *reversed(self.undone))
        return (*(Act(Kind.DO, step) for step in steps), *(Act(Kind.UNDO) for _ in self.undone))

    @property
    def next_undo(self) -> Text:
        """What would be taken back, or nothing."""
        return self.done[-1].title if self.done else NOTHING

    @property
    def next_redo(self) -> Text:
        """What would be done again, or nothing."""
        return self.undone[-1].title if self.undone else NOTHING
