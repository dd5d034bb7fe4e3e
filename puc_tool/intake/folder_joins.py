"""Tables of a folder that have no place of their own, and the layers of the study whose keys they share.

Offered with how many keys match, never done by itself: keys alike may be chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from layers.mapping import matches
from layers.problems import PucError, errors
from layers.reference import Join
from layers.sampling import Column, Sample
from layers.subject import TABLE
from layers.text import Text, say
from layers.vocabulary import folded
from puc_tool.intake.folder_intake import place_of
from puc_tool.intake.folder_remarks import as_warnings
from puc_tool.intake.outcomes import Outcome, State
from puc_tool.shelf import Shelf
from puc_tool.sources import trust
from puc_tool.studies import study_editing, study_reading

_MOSTLY, _FEWEST, _TELLING = 0.8, 2, 3
"""From which share of a layer's keys on, and from how many, a table is offered; keys shorter than this tell little."""

_TITLE = Text("Unire a {l}: {a} = {b}, chiavi trovate: {n} su {of}", "Join to {l}: {a} = {b}, keys found: {n} of {of}")


@dataclass(frozen=True)
class JoinOffer:
    """A table (``table``) that may be joined to a layer (``layer``): places of two outcomes, and the two keys."""

    table: int
    layer: int
    left: str
    right: str
    title: Text
    matched: float


def offers(outcomes: Sequence[Outcome], table: int) -> tuple[JoinOffer, ...]:
    """Return the layers that a table may be joined to, each by its best key, the best first."""
    right = _sample(outcomes[table]) if _is_table(outcomes[table]) else None
    if right is None or not right.is_whole:
        return ()
    found = (_best(outcomes, table, layer, right) for layer, each in enumerate(outcomes) if each.state is State.ADDED)
    return tuple(sorted((each for each in found if each is not None), key=lambda each: -each.matched))


def join(folder: Path, outcomes: Sequence[Outcome], offer: JoinOffer) -> Outcome:
    """Join a table to its layer in the study, and return the table's outcome: if refused, with the reasons."""
    layer, table = outcomes[offer.layer], outcomes[offer.table]
    assert layer.proposal is not None, "what was added has its role"
    year = layer.proposal.year.year if layer.proposal.year else None
    document = study_reading.document(folder)
    study = study_reading.from_document(document, folder)
    before = next((ref for ref in study.layers if ref.key == (layer.proposal.role.id, year)), None)
    if before is None:
        return table
    ref = replace(before, join=Join(place_of(table.path, folder), offer.left, offer.right))
    ref = replace(ref, fields={**_more_fields(layer, table), **ref.fields})
    try:
        trust.agree(table.path)
        study_editing.put_layer(document, ref, replace=True)
        problems = Shelf(study_reading.from_document(document, folder)).intake(ref).problems
        if errors(problems):
            raise PucError(*problems)
    except PucError as error:
        return replace(table, problems=as_warnings(error.problems, table.name))
    study_editing.save(document, folder)
    return table


def _more_fields(layer: Outcome, table: Outcome) -> Mapping[str, str]:
    """Return the fields of the role that the table's columns play."""
    assert layer.proposal is not None, "what was added has its role"
    assert layer.found is not None, "what was added was read"
    role, own = layer.proposal.role, set(layer.found.subject.fields)
    assert table.found is not None, "a table that is offered was read"
    columns = tuple(name for name in table.found.subject.fields if name not in own)
    found = matches(role, columns, table.found.subject.sample)
    given = {match.field.name for match in layer.proposal.guess.fields}
    more = {each.field.name: each.column for each in found if each.field.name not in given}
    return {name: column for name, column in more.items() if name != column}


def _is_table(outcome: Outcome) -> bool:
    return outcome.found is not None and outcome.found.content is not None and outcome.found.subject.geometry == TABLE


def _sample(outcome: Outcome) -> Sample | None:
    return None if outcome.found is None else outcome.found.subject.sample


def _best(outcomes: Sequence[Outcome], table: int, layer: int, right: Sample) -> JoinOffer | None:
    left = _sample(outcomes[layer])
    found = list(_pairs(left, right)) if left is not None else []
    if not found:
        return None
    matched, count, of, names = max(found, key=lambda each: each[0])
    title = say(_TITLE.it, _TITLE.en, l=outcomes[layer].name, a=names[0], b=names[1], n=count, of=of)
    return JoinOffer(table, layer, *names, title, matched)


def _pairs(left: Sample, right: Sample) -> Iterator[tuple[float, int, int, tuple[str, str]]]:
    """Yield each two columns that share most keys of the layer, of which the table has each once."""
    keys = {name: column for name, column in right.columns.items() if _is_key(column)}
    for name, column in left.columns.items():
        own = set(column.values)
        for other, key in keys.items():
            common = own & set(key.values)
            if len(common) >= max(_FEWEST, _MOSTLY * len(own)) and _tells(name, other, common):
                likeness = 0.5 if folded(name) == folded(other) else 0.0
                yield likeness + len(common) / len(own), len(common), len(own), (name, other)


def _is_key(column: Column) -> bool:
    return bool(column.values) and max(column.values.values()) == 1


def _tells(left: str, right: str, common: set[str]) -> bool:
    """Tell whether keys alike are no chance: columns of one name, or keys longer than a running number."""
    return folded(left) == folded(right) or all(len(each) > _TELLING for each in common)
