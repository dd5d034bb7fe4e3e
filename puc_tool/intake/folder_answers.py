"""The datasets of a folder as somebody answers for them, one after the other: nothing is written yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from layers.proposal import Proposal
from puc_tool.intake import folder_joins
from puc_tool.intake.folder_acceptance import Answers, choices
from puc_tool.intake.folder_joins import JoinOffer
from puc_tool.intake.outcomes import Outcome, State


class FolderAnswers:
    """``first`` is how each dataset was read, ``offers`` the layers that a table may be joined to, by its place."""

    def __init__(self, outcomes: Sequence[Outcome] = ()) -> None:
        self.first = list(outcomes)
        self.offers = {at: found for at in range(len(outcomes)) if (found := folder_joins.offers(outcomes, at))}
        self._placed = dict[int, Outcome]()
        self._joins = dict[int, JoinOffer]()

    def hear(self, outcome: Outcome) -> int:
        """Put what was found of a dataset in the place of what was known of it before; return that place."""
        keys = [_key(each) for each in self.first]
        place = keys.index(_key(outcome)) if _key(outcome) in keys else len(keys)
        self.first[place : place + 1] = [outcome]
        return place

    def now(self, place: int) -> Outcome:
        """Return a dataset as it is in the CRS that it was given, if it was."""
        return self._placed.get(place, self.first[place])

    def all_now(self) -> list[Outcome]:
        """Return every dataset as it stands."""
        return [self.now(place) for place in range(len(self.first))]

    def proposal(self, place: int, choice: int) -> Proposal | None:
        """Return the role that is looked at: the one chosen, else (``choice`` below 0) the likeliest."""
        now = self.now(place)
        if choice >= 0:
            return choices(now)[choice]
        return now.proposal or (now.found.roles[0] if now.found is not None and now.found.roles else None)

    def put(self, place: int, after: Outcome | None) -> None:
        """Take a dataset as it is in a CRS that was told; None takes it as it was read."""
        self._placed.pop(place, None)
        if after is not None:
            self._placed[place] = after

    def join(self, place: int, offer: JoinOffer | None) -> None:
        """Join a table to a layer, or to none."""
        self._joins.pop(place, None)
        if offer is not None:
            self._joins[place] = offer

    def joined(self, place: int) -> JoinOffer | None:
        """Return what a table is joined to, if it is."""
        return self._joins.get(place)

    def answers(self, unticked: Iterable[int], picked: Mapping[int, int]) -> Answers:
        """Return all that was answered; ``picked`` are the choices made, by place."""
        unwanted = [at for at in unticked if self.first[at].state is State.ADDED and at not in self._placed]
        chosen = {at: choices(self.now(at))[choice] for at, choice in picked.items()}
        return Answers(unwanted, chosen, dict(self._placed), tuple(self._joins.values()))

    def failed(self, after: Sequence[Outcome], chosen: Iterable[int]) -> list[Outcome]:
        """Return what does not serve ``after`` the answers were written, though it was chosen or joined."""
        lost = [after[at] for at in chosen if after[at].state is not State.ADDED]
        tables = [each.table for each in self._joins.values()]
        return lost + [after[at] for at in tables if after[at] != self.first[at]]


def _key(outcome: Outcome) -> tuple[Path, str | None]:
    return outcome.path, None if outcome.found is None else outcome.found.table
