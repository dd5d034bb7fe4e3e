"""Filling a new study from a folder: what is clear is added, a tie is asked, the rest is named with the reason."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from analyses.progress import Report
from layers.intake import Ground
from layers.problems import Problem, PucError, errors
from layers.proposal import Proposal
from layers.recognise import AHEAD, is_clear, tied
from layers.reference import LayerRef
from layers.text import Lang, Text, say
from puc_tool import folder_remarks as remarks
from puc_tool import inspection, study_editing, study_reading, trust
from puc_tool.folder_walk import datasets
from puc_tool.inspection import Found
from puc_tool.shelf import Shelf

Ask = Callable[[Text], str]

WORTH_ASKING = 0.5
"""A role less likely than this is not asked about: the list of what was left out names it."""


class State(Enum):
    """What became of a dataset."""

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


@dataclass
class _Work:
    """The study being filled, the roles it has for good, and how to speak with whoever fills it."""

    folder: Path
    ground: Ground
    taken: frozenset[str]
    report: Report
    ask: Ask | None = None
    outcomes: list[Outcome] = field(default_factory=list)


def add_folder(folder: Path, origin: Path, report: Report, ask: Ask | None = None) -> Brought:
    """Add to the study in ``folder`` every dataset of ``origin`` whose role is clear, or is told when asked.

    ``study.toml`` is saved after each: stopped half way, the study is valid and holds what was added.
    """
    refuse_unless_there(origin)
    paths, said = datasets(origin, folder)
    study = study_reading.read(folder)
    taken = frozenset(layer.role for layer in study.layers if layer.year is None)
    work = _Work(folder, Shelf(study).ground(), taken, report, ask)
    chosen = [pair for pair in _looked_at(work, paths) if pair is not None]
    for group in _groups(chosen):
        for found, proposal in _settled(work, group):
            work.report(1.0, say("Aggiungo {n}", "Adding {n}", n=found.name))
            work.outcomes.append(add(work.folder, found, proposal))
    order = {path: place for place, path in enumerate(paths)}
    return Brought(tuple(sorted(work.outcomes, key=lambda each: (order[each.path], _place(each)))), tuple(said))


def refuse_unless_there(origin: Path) -> None:
    """Raise PucError if there is no folder ``origin``."""
    if not origin.is_dir():
        raise PucError(remarks.no_folder(origin))


Chosen = tuple[Found, Proposal]


def _place(outcome: Outcome) -> str:
    return "" if outcome.found is None else outcome.found.table or ""


def _looked_at(work: _Work, paths: Sequence[Path]) -> Iterator[Chosen | None]:
    for done, path in enumerate(paths):
        work.report(done / len(paths), say("Leggo {p}", "Reading {p}", p=path.name))
        try:
            found = inspection.find(path, work.ground)
        except PucError as error:
            work.outcomes.append(Outcome(path, State.UNREAD, problems=remarks.as_warnings(error.problems)))
            continue
        for each in found:
            yield _chosen(work, each)


def _chosen(work: _Work, found: Found) -> Chosen | None:
    """Return the dataset with its role, if it is clear or was told; else note why not."""
    if found.content is None:
        work.outcomes.append(Outcome(found.path, State.UNREAD, found, problems=remarks.as_warnings(found.problems)))
        return None
    first = found.roles[0] if found.roles else None
    if found.is_empty:
        work.outcomes.append(Outcome(found.path, State.REFUSED, found, first, found.problems))
        return None
    if found.is_elsewhere:
        problem = remarks.elsewhere(found, work.ground)
        work.outcomes.append(Outcome(found.path, State.ELSEWHERE, found, first, (problem,)))
        return None
    if is_clear(found.guesses):
        return found, found.roles[0]
    likely = [each for each in found.roles if each.guess.confidence >= WORTH_ASKING and each.role.id not in work.taken]
    if likely and work.ask is not None:
        told = _asked(work.ask, remarks.which_role(found, likely), len(likely))
        if told is not None:
            return found, likely[told]
    state = State.TIED if first is not None and len(tied(found.guesses)) > 1 else State.UNCLEAR
    work.outcomes.append(Outcome(found.path, state, found, first, (remarks.unclear(found),)))
    return None


def _asked(ask: Ask, question: Text, count: int) -> int | None:
    """Return which of ``count`` answers, numbered from 1, was given; None for any other answer."""
    answer = ask(question)
    return int(answer) - 1 if answer.isdecimal() and 1 <= int(answer) <= count else None


def _groups(chosen: Sequence[Chosen]) -> Iterator[list[Chosen]]:
    """Yield together what would take the same place in the study: a role, and its year where it has one."""
    groups: dict[tuple[str, int | None], list[Chosen]] = {}
    for found, proposal in chosen:
        groups.setdefault((proposal.role.id, _year(proposal)), []).append((found, proposal))
    yield from groups.values()


def _year(proposal: Proposal) -> int | None:
    return None if proposal.year is None else proposal.year.year


def _settled(work: _Work, group: list[Chosen]) -> list[Chosen]:
    """Return the one dataset of ``group`` to take, noting the others; none where it can't be told which."""
    if len(group) == 1:
        return group
    told = None
    if work.ask is not None:
        told = _asked(work.ask, remarks.which_dataset(group), len(group))
    first = _leader(group) if told is None else group[told]
    for each in group:
        if each is not first:
            problem = remarks.one_role_several(each[0], group, first)
            work.outcomes.append(Outcome(each[0].path, State.TIED, *each, (problem,)))
    return [] if first is None else [first]


def _leader(group: list[Chosen]) -> Chosen | None:
    """Return the dataset that is much surer than the others, or None."""
    ranked = sorted(group, key=lambda each: -each[1].guess.confidence)
    if len(ranked) > 1 and ranked[0][1].guess.confidence - ranked[1][1].guess.confidence < AHEAD:
        return None
    return ranked[0]


def add(folder: Path, found: Found, proposal: Proposal) -> Outcome:
    """Add a dataset to the study in ``folder`` in the role proposed; one that does not serve is told and left out."""
    document = study_reading.document(folder)
    ref = reference(folder, found, proposal)
    try:
        study_editing.put_layer(document, ref)
        trust.agree(found.path)
        intake = Shelf(study_reading.from_document(document, folder)).intake(ref)
        if errors(intake.problems):
            raise PucError(*intake.problems)
    except PucError as error:
        return Outcome(found.path, State.REFUSED, found, proposal, remarks.as_warnings(error.problems, found.name))
    study_editing.save(document, folder)
    return Outcome(found.path, State.ADDED, found, proposal, intake.problems)


def reference(folder: Path, found: Found, proposal: Proposal) -> LayerRef:
    """Return the layer to write: codes that are only close stay out, they are for the planner to confirm."""
    ref = LayerRef(
        proposal.role.id, place_of(found.path, folder), found.table, _year(proposal), proposal.fields, proposal.values
    )
    return replace(ref, codes=proposal.sure_codes)


def place_of(path: Path, folder: Path) -> str:
    """Return ``path`` as a study in ``folder`` names it."""
    return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
