"""What became of the datasets of a folder: each with its state, its role and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from layers.problems import Problem
from layers.proposal import Proposal
from layers.text import Lang, Text
from puc_tool.intake.inspection import Found


class State(Enum):
    """What became of a dataset. One that is ``KNOWN`` is added once all others are looked at, if none is likelier."""

    KNOWN = Text("riconosciuto", "recognised")
    ADDED = Text("aggiunto", "added")
    TIED = Text("in dubbio", "in doubt")
    ELSEWHERE = Text("altrove", "elsewhere")
    REFUSED = Text("non serve", "unfit")
    UNCLEAR = Text("non chiaro", "unclear")
    UNREAD = Text("non letto", "not read")


@dataclass(frozen=True)
class Outcome:
    """What became of one dataset of the folder, in which role and why."""

    path: Path
    state: State
    found: Found | None = None
    proposal: Proposal | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        """What it is called."""
        return self.path.name if self.found is None else self.found.name

    def as_json(self, lang: Lang) -> Mapping[str, object]:
        """Return the object that ``new --json`` lists."""
        chosen = self.proposal
        return {
            "source": str(self.path),
            "layer": None if self.found is None else self.found.table,
            "state": self.state.name.lower(),
            "role": None if chosen is None else chosen.role.id,
            "confidence": None if chosen is None else chosen.guess.confidence,
            "year": None if chosen is None or chosen.year is None else chosen.year.year,
            "why": "" if chosen is None else chosen.guess.why.to(lang),
            "lacking": [] if chosen is None else [each.to(lang) for each in chosen.lacking],
        }


@dataclass(frozen=True)
class Brought:
    """What came of a folder: every dataset in it, and what there is to say of the folders."""

    outcomes: tuple[Outcome, ...]
    remarks: tuple[Problem, ...] = ()

    @property
    def problems(self) -> list[Problem]:
        """Everything there is to say."""
        return [*self.remarks, *(problem for outcome in self.outcomes for problem in outcome.problems)]
