"""What somebody says to the roles that a folder was given: which stay, which go, and what the doubtful ones are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analyses.progress import Report, silent, tracked
from layers.proposal import Proposal
from layers.text import CELLS, FEATURES, Text, counted, same
from puc_tool.intake import folder_intake, folder_joins
from puc_tool.intake.folder_intake import WORTH_ASKING
from puc_tool.intake.folder_joins import JoinOffer
from puc_tool.intake.outcomes import Outcome, State
from puc_tool.studies import study_editing, study_reading

_WRITING = Text("Scrivo i livelli", "Writing the layers")


@dataclass(frozen=True)
class Answers:
    """By the place of an outcome: the added ones that are not wanted, and the roles chosen for the others.

    ``placed`` are those whose CRS somebody told, as they are in it: what was added in another goes. ``joins`` are the
    tables to be joined to layers.
    """

    unwanted: Sequence[int] = ()
    chosen: Mapping[int, Proposal] | None = None
    placed: Mapping[int, Outcome] = field(default_factory=dict)
    joins: Sequence[JoinOffer] = ()


def choices(outcome: Outcome) -> tuple[Proposal, ...]:
    """Return the roles that a dataset left out may still be given, the likeliest first."""
    if outcome.found is None or outcome.state not in (State.TIED, State.UNCLEAR):
        return ()
    return tuple(each for each in outcome.found.roles if each.guess.confidence >= WORTH_ASKING)


def content(outcome: Outcome) -> Text:
    """Return how much a dataset holds: features, or cells of a raster."""
    if outcome.found is None or outcome.found.content is None:
        return same("–")
    subject = outcome.found.subject
    return counted(subject.features or 0, CELLS if subject.geometry == "Raster" else FEATURES)


def reason(outcome: Outcome) -> Text:
    """Return why a dataset has its role, or why it has none."""
    if outcome.state in (State.ADDED, State.KNOWN) and outcome.proposal is not None:
        return outcome.proposal.guess.why
    if outcome.problems:
        return outcome.problems[0].message
    return outcome.proposal.guess.why if outcome.proposal is not None else same("–")


def accept(folder: Path, outcomes: Sequence[Outcome], answers: Answers, report: Report = silent) -> tuple[Outcome, ...]:
    """Take the unwanted layers out of the study, add the chosen ones, and return what became of every dataset.

    ``study.toml`` is saved after each: stopped half way, the study is valid.
    """
    settled = dict(enumerate(outcomes)) | dict(answers.placed)
    replaced = [place for place in answers.placed if outcomes[place].state is State.ADDED]
    for place in dict.fromkeys((*answers.unwanted, *replaced)):
        out = _taken_out(folder, outcomes[place])
        settled[place] = answers.placed.get(place, out)
    for place, proposal in tracked(list((answers.chosen or {}).items()), report, _WRITING):
        found = settled[place].found
        assert found is not None, "only what was read has roles to choose from"
        settled[place] = folder_intake.add(folder, found, proposal)
    for offer in tracked(answers.joins, report, _WRITING):
        if settled[offer.layer].state is State.ADDED:
            settled[offer.table] = folder_joins.join(folder, tuple(settled.values()), offer)
    return tuple(settled.values())


def _taken_out(folder: Path, outcome: Outcome) -> Outcome:
    assert outcome.proposal is not None, "what was added has its role"
    document = study_reading.document(folder)
    year = outcome.proposal.year.year if outcome.proposal.year else None
    study_editing.drop_layer(document, outcome.proposal.role.id, year)
    study_editing.save(document, folder)
    return Outcome(outcome.path, State.UNCLEAR, outcome.found, outcome.proposal)
