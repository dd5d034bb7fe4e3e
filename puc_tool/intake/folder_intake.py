"""Filling a new study from a folder: what is clear is added, a tie is asked, the rest is named with the reason."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from analyses.progress import Report
from layers.crs import name_of
from layers.intake import Ground
from layers.problems import PucError, errors
from layers.proposal import Proposal
from layers.recognise import AHEAD, is_clear, tied
from layers.reference import LayerRef
from layers.text import Text, say
from puc_tool.intake import folder_remarks as remarks
from puc_tool.intake import inspection
from puc_tool.intake.folder_walk import datasets, promising
from puc_tool.intake.inspection import Found
from puc_tool.intake.outcomes import Brought, Outcome, State
from puc_tool.shelf import Shelf
from puc_tool.sources import trust
from puc_tool.studies import study_editing, study_reading

Ask = Callable[[Text], str]

WORTH_ASKING = 0.5
"""A role less likely than this is not asked about: the list of what was left out names it."""


def _never() -> bool:
    return False


def _unheard(outcome: Outcome) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Talk:
    """How to speak with whoever fills a study: ``ask`` where a role is in doubt, ``hear`` what is found as it is found.

    Where ``is_enough`` says so, no more files are looked at.
    """

    ask: Ask | None = None
    hear: Callable[[Outcome], None] = _unheard
    is_enough: Callable[[], bool] = _never


SILENT = Talk()


@dataclass
class _Work:
    """The study being filled, the roles it has for good, and how to speak with whoever fills it."""

    folder: Path
    ground: Ground
    taken: frozenset[str]
    report: Report
    talk: Talk
    outcomes: list[Outcome] = field(default_factory=list)

    def keep(self, outcome: Outcome) -> None:
        """Note what became of a dataset, and tell it."""
        self.outcomes.append(outcome)
        self.talk.hear(outcome)


def add_folder(folder: Path, origin: Path, report: Report, talk: Talk = SILENT) -> Brought:
    """Add to the study in ``folder`` every dataset of ``origin`` whose role is clear, or is told when asked.

    Files are looked at in an order of their own, the likeliest first; what becomes of them does not depend on it.
    ``study.toml`` is saved after each: stopped half way, the study is valid and holds what was added.
    """
    refuse_unless_there(origin)
    paths, said = datasets(origin, folder)
    study = study_reading.read(folder)
    taken = frozenset(layer.role for layer in study.layers if layer.year is None)
    work = _Work(folder, Shelf(study).ground(), taken, report, talk)
    order = {path: place for place, path in enumerate(paths)}
    known = sorted(_looked_at(work, promising(paths)), key=lambda each: (order[each.path], _place(each)))
    for group in _groups(known):
        for each in _settled(work, group):
            work.report(1.0, say("Aggiungo {n}", "Adding {n}", n=each.name))
            work.keep(add(work.folder, *_chosen(each)))
    return Brought(tuple(sorted(work.outcomes, key=lambda each: (order[each.path], _place(each)))), tuple(said))


def refuse_unless_there(origin: Path) -> None:
    """Raise PucError if there is no folder ``origin``."""
    if not origin.is_dir():
        raise PucError(remarks.no_folder(origin))


def judged(found: Found, ground: Ground) -> Outcome:
    """Return what a dataset is by itself: known, or why its role is not."""
    first = found.roles[0] if found.roles else None
    if found.content is None:
        return Outcome(found.path, State.UNREAD, found, problems=remarks.as_warnings(found.problems))
    if found.is_empty:
        return Outcome(found.path, State.REFUSED, found, first, found.problems)
    if found.is_elsewhere:
        return Outcome(found.path, State.ELSEWHERE, found, first, (remarks.elsewhere(found, ground),))
    if is_clear(found.guesses):
        return Outcome(found.path, State.KNOWN, found, first)
    state = State.TIED if first is not None and len(tied(found.guesses)) > 1 else State.UNCLEAR
    return Outcome(found.path, state, found, first, (remarks.unclear(found),))


Chosen = tuple[Found, Proposal]


def _chosen(outcome: Outcome) -> Chosen:
    assert outcome.found is not None, "what is known was read"
    assert outcome.proposal is not None, "what is known has its role"
    return outcome.found, outcome.proposal


def _place(outcome: Outcome) -> str:
    return "" if outcome.found is None else outcome.found.table or ""


def _looked_at(work: _Work, paths: Sequence[Path]) -> Iterator[Outcome]:
    """Yield what is known, and note why the rest is not."""
    for done, path in enumerate(paths):
        if work.talk.is_enough():
            work.keep(Outcome(path, State.UNREAD, problems=(remarks.not_looked_at(path),)))
            continue
        work.report(done / len(paths), say("Leggo {p}", "Reading {p}", p=path.name))
        for outcome in _of_file(path, work):
            if outcome.state is State.KNOWN:
                work.talk.hear(outcome)
                yield outcome
            else:
                work.keep(outcome)


def _of_file(path: Path, work: _Work) -> Iterator[Outcome]:
    try:
        found = inspection.find(path, work.ground)
    except PucError as error:
        yield Outcome(path, State.UNREAD, problems=remarks.as_warnings(error.problems))
        return
    for each in found:
        yield _told(judged(each, work.ground), work)


def _told(outcome: Outcome, work: _Work) -> Outcome:
    """Return a doubtful dataset in the role that somebody tells, if they do."""
    if outcome.state not in (State.TIED, State.UNCLEAR) or outcome.found is None or work.talk.ask is None:
        return outcome
    found = outcome.found
    likely = [each for each in found.roles if each.guess.confidence >= WORTH_ASKING and each.role.id not in work.taken]
    told = _asked(work.talk.ask, remarks.which_role(found, likely), len(likely)) if likely else None
    return outcome if told is None else Outcome(found.path, State.KNOWN, found, likely[told])


def _asked(ask: Ask, question: Text, count: int) -> int | None:
    """Return which of ``count`` answers, numbered from 1, was given; None for any other answer."""
    answer = ask(question)
    return int(answer) - 1 if answer.isdecimal() and 1 <= int(answer) <= count else None


def _groups(known: Sequence[Outcome]) -> Iterator[list[Outcome]]:
    """Yield together what would take the same place in the study: a role, and its year where it has one."""
    groups: dict[tuple[str, int | None], list[Outcome]] = {}
    for outcome in known:
        _, proposal = _chosen(outcome)
        groups.setdefault((proposal.role.id, _year(proposal)), []).append(outcome)
    yield from groups.values()


def _year(proposal: Proposal) -> int | None:
    return None if proposal.year is None else proposal.year.year


def _settled(work: _Work, group: list[Outcome]) -> list[Outcome]:
    """Return the one dataset of ``group`` to take, noting the others; none where it can't be told which."""
    if len(group) == 1:
        return group
    rivals = [_chosen(each) for each in group]
    told = None
    if work.talk.ask is not None:
        told = _asked(work.talk.ask, remarks.which_dataset(rivals), len(group))
    first = _leader(group) if told is None else group[told]
    for each in group:
        if each is not first:
            found, _ = _chosen(each)
            problem = remarks.one_role_several(found, rivals, None if first is None else _chosen(first))
            work.keep(replace(each, state=State.TIED, problems=(problem,)))
    return [] if first is None else [first]


def _leader(group: list[Outcome]) -> Outcome | None:
    """Return the dataset that is much surer than the others, or None."""
    sure = [_chosen(each)[1].guess.confidence for each in group]
    first, second = sorted(sure, reverse=True)[:2]
    return group[sure.index(first)] if first - second >= AHEAD else None


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
    return replace(ref, codes=proposal.sure_codes, crs=name_of(found.given) if found.given else None)


def place_of(path: Path, folder: Path) -> str:
    """Return ``path`` as a study in ``folder`` names it."""
    return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
