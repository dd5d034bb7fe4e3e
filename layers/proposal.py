"""What to write into a study to take a dataset for a role: fields, values, codes, year, and what is not sure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from layers import dating
from layers.evidence import service_in
from layers.mapping import LISTED, Match
from layers.recognise import Guess
from layers.roles import SERVICES
from layers.sampling import Column, Sample
from layers.spec import Role
from layers.spellings import Near, unsettled
from layers.subject import Subject
from layers.text import Text, listing, number, say


@dataclass(frozen=True)
class Proposal:
    """How ``guess`` would enter a study.

    ``fields`` maps role field → source field where the names differ, ``values`` role field → one value for all,
    ``near`` are values that are no code themselves, with what each may mean; ``lacking`` are sentences: what is missing
    to be sure.
    """

    guess: Guess
    fields: Mapping[str, str]
    values: Mapping[str, str]
    near: tuple[Near, ...]
    year: dating.Dated | None
    lacking: tuple[Text, ...]

    @property
    def codes(self) -> Mapping[str, str]:
        """Every code proposed, the close ones too."""
        return {each.value: each.code for each in self.near if each.code is not None}

    @property
    def sure_codes(self) -> Mapping[str, str]:
        """The codes that are another word for a known one: these need no confirming."""
        return {each.value: each.code for each in self.near if each.code is not None and each.is_same}

    @property
    def role(self) -> Role:
        """The role proposed."""
        return self.guess.role


def propose(guess: Guess, subject: Subject) -> Proposal:
    """Return how ``subject`` would enter a study in the role of ``guess``; nothing is applied."""
    columns = subject.sample.columns if subject.sample is not None else {}
    values = _values(guess, subject)
    near = tuple(each for match in guess.fields for each in _near(match, columns))
    year = dating.of_dataset(subject.name, columns) if guess.role.yearly else None
    return Proposal(
        guess,
        {match.field.name: match.column for match in guess.fields if match.column != match.field.name},
        values,
        near,
        year,
        tuple(_lacking(guess, subject, values, near, year)),
    )


def _values(guess: Guess, subject: Subject) -> Mapping[str, str]:
    """Return the kind of service that the dataset's name tells, where no field does."""
    kind = service_in(subject.name) if guess.role is SERVICES else None
    return {} if kind is None or "kind" in _mapped(guess) else {"kind": kind}


def _mapped(guess: Guess) -> set[str]:
    return {match.field.name for match in guess.fields}


def _near(match: Match, columns: Mapping[str, Column]) -> tuple[Near, ...]:
    column = columns.get(match.column)
    if match.field.codes is None or column is None:
        return ()
    frequent = sorted(column.values, key=lambda value: (-column.values[value], value))
    return unsettled(match.field.codes, frequent[:LISTED])


def _lacking(
    guess: Guess, subject: Subject, values: Mapping[str, str], near: tuple[Near, ...], year: dating.Dated | None
) -> Iterator[Text]:
    given = _mapped(guess) | set(values)
    for field in guess.role.fields:
        if field.required and field.name not in given:
            yield say("il campo per «{f}» ({n})", "the field for “{f}” ({n})", f=field.label, n=field.name)
    for match in guess.fields:
        if match.rivals:
            yield say("se «{f}» è {a} o {b}", "whether “{f}” is {a} or {b}",
                      f=match.field.label, a=match.column, b=listing(list(match.rivals)))  # fmt: skip
    yield from _codes_to_confirm(near)
    if subject.crs is None:
        yield Text("il sistema di riferimento", "the CRS")
    if guess.role.yearly and year is None:
        yield Text("l'anno", "the year")
    if guess.fields and subject.sample is not None and not subject.sample.is_whole:
        yield _only_a_sample(subject.sample)


def _codes_to_confirm(near: tuple[Near, ...]) -> Iterator[Text]:
    guessed = [each for each in near if each.code is not None and not each.is_same]
    if guessed:
        yield _together("i codici proposti: {w}", "the codes proposed: {w}", guessed)
    if left := [each for each in near if each.code is None]:
        yield _together("il significato di: {w}", "the meaning of: {w}", left)


def _together(it: str, en: str, near: list[Near]) -> Text:
    words = [each.why for each in near]
    return Text(
        it.format(w=listing([each.it for each in words]).it), en.format(w=listing([each.en for each in words]).en)
    )


def _only_a_sample(sample: Sample) -> Text:
    return say(
        "gli altri valori (elementi guardati: {n} su {of})",
        "the other values (features looked at: {n} of {of})",
        n=number(sample.rows),
        of=number(sample.total),
    )
