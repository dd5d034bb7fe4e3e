"""Which delivered field plays which field of a role: by its name, by the values it holds, or by both.

Proposed, never applied by itself: ``puc_tool`` shows the mapping, and writes it into the study where it is seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from layers import roles
from layers.sampling import Column, Sample
from layers.spec import Field, Kind, Role
from layers.text import NOTHING, Text, joined, say
from layers.vocabulary import Pattern, Vocabulary, folded

LISTED = 40
"""How many values of a field are looked up, the most frequent first."""

MOSTLY = 0.8
"""From this share on, values that are known make a field known."""

_OWN, _USUAL, _CUT, _LONGER, _ONLY = 1.0, 0.9, 0.8, 0.55, 0.5
"""How well a name fits: the role's own, a usual one, one cut to the ten letters of a DBF, one with more behind it;
or no name, but the only field of names."""

_CODES_UNKNOWN = 0.7
"""What is left of a name that fits when the field holds no code of its list."""

_ENOUGH_REQUIRED, _ENOUGH = 0.5, 0.75
_DBF_LETTERS = 10
_BUILT_LETTERS = 6


@dataclass(frozen=True)
class Known:
    """How many of the values looked up are known to a vocabulary."""

    count: int
    of: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.count / self.of if self.of else 0.0


@dataclass(frozen=True)
class Match:
    """A field of a role and the delivered field that may play it.

    ``by_name`` (0 to 1) tells how well the name fits ``word``, one of those used for the field; ``known`` the values,
    where they tell anything; ``rivals`` are fields that fit as well.
    """

    field: Field
    column: str
    by_name: float
    word: str = ""
    known: Known | None = None
    rivals: tuple[str, ...] = ()

    @property
    def by_values(self) -> bool:
        """Tell whether the values alone make the field known."""
        return self.known is not None and self.known.share >= MOSTLY

    @property
    def why(self) -> Text:
        """Return why this field was chosen."""
        return joined((self._name(), self._values()), "; ")

    def _name(self) -> Text:
        if self.by_name >= _CUT:
            return say("il nome «{c}» è usato per «{f}»", "the name “{c}” is used for “{f}”",
                       c=self.column, f=self.field.label)  # fmt: skip
        if self.by_name >= _LONGER:
            return say("il nome «{c}» comincia come uno usato per «{f}»",
                       "the name “{c}” begins like one used for “{f}”", c=self.column, f=self.field.label)  # fmt: skip
        if self.by_name >= _ONLY:
            return say("«{c}» è il solo campo di nomi tutti diversi",
                       "“{c}” is the only field of names that all differ", c=self.column)  # fmt: skip
        return NOTHING

    def _values(self) -> Text:
        if self.known is None or not self.by_values:
            return NOTHING
        return say(
            "i valori di «{c}» sono noti per «{f}»: {n} di {of}",
            "the values of “{c}” are known for “{f}”: {n} of {of}",
            c=self.column, f=self.field.label, n=self.known.count, of=self.known.of,
        )  # fmt: skip


def matches(role: Role, fields: tuple[str, ...], sample: Sample | None) -> tuple[Match, ...]:
    """Return for each field of ``role`` the delivered field that plays it best, each used once; the surest first."""
    columns = sample.columns if sample is not None else {}
    only = _only_names(columns)
    found = (match for field in role.fields for match in _candidates(field, fields, columns, only))
    scored = [(_score(match), match) for match in found]
    scored.sort(key=lambda pair: -pair[0])
    taken, chosen = set[str](), dict[str, Match]()
    for score, match in scored:
        if match.field.name in chosen or match.column in taken or score < _needed(match.field):
            continue
        rivals = tuple(other.column for rate, other in scored if _is_rival(match, score, other, rate, taken))
        chosen[match.field.name] = replace(match, rivals=rivals)
        taken.add(match.column)
    return tuple(chosen.values())


def known(vocabulary: Vocabulary, column: Column) -> Known:
    """Return how many of the most frequent values of ``column`` the vocabulary knows."""
    values = sorted(column.values, key=lambda value: -column.values[value])[:LISTED]
    if len(values) == 1 and _may_be_anything(values[0], vocabulary):
        return Known(0, 1)
    return Known(sum(vocabulary.knows(value) for value in values), len(values))


@cache
def claims() -> Mapping[str, int]:
    """Return how many roles use each field name: «nome» says little of the role, «per_fr_ita» says all."""
    found: dict[str, set[str]] = {}
    for role in roles.ALL:
        for field in role.fields:
            for word in (field.name, *field.seen_as):
                found.setdefault(folded(word), set()).add(role.id)
    return {word: len(ids) for word, ids in found.items()}


def _may_be_anything(value: str, vocabulary: Vocabulary) -> bool:
    """Tell whether one value alone says nothing: a number of any list, or a few letters built like a code."""
    return len(value) < _BUILT_LETTERS if isinstance(vocabulary, Pattern) else value.isdigit()


def _needed(field: Field) -> float:
    return _ENOUGH_REQUIRED if field.required else _ENOUGH


def _score(match: Match) -> float:
    share = match.known.share if match.known is not None else 0.0
    return match.by_name + (0.7 * share if match.by_values else 0.0)


def _is_rival(match: Match, score: float, other: Match, rate: float, taken: set[str]) -> bool:
    same_field = other.field is match.field and other.column != match.column
    return same_field and other.column not in taken and abs(rate - score) < 1e-9


def _candidates(
    field: Field, fields: tuple[str, ...], columns: Mapping[str, Column], only: str | None
) -> Iterator[Match]:
    for name in fields:
        column = columns.get(name)
        found = known(field.telling, column) if field.telling is not None and column is not None else None
        by_name, word = _by_name(field, name)
        if not by_name and name == only and field.required and field.name == "name":
            by_name = _ONLY
        if field.kind is Kind.NUMBER and column is not None and column.filled and column.numbers < MOSTLY:
            continue
        # A field of codes that holds none of them is hardly the one, whatever it is called.
        if field.codes is not None and found is not None and found.of and not found.count:
            by_name *= _CODES_UNKNOWN
        if by_name or (found is not None and found.share >= MOSTLY):
            yield Match(field, name, by_name, word, found)


def _by_name(field: Field, name: str) -> tuple[float, str]:
    """Return how well ``name`` fits and the word it fits; 0 where none."""
    wanted = folded(name)
    if wanted == folded(field.name):
        return _OWN, field.name
    for place, word in enumerate(field.seen_as):
        if wanted == folded(word):
            return _USUAL - 0.001 * place, word
    for word in field.seen_as:
        if _is_cut(wanted, folded(word)):
            return _CUT, word
    for word in (field.name, *field.seen_as):
        if _goes_on(name, word):
            return _LONGER, word
    return 0.0, ""


def _is_cut(name: str, word: str) -> bool:
    return 5 <= len(name) <= _DBF_LETTERS < len(word) + 1 and word.startswith(name)


def _goes_on(name: str, word: str) -> bool:
    return len(word) >= 4 and re.match(rf"{re.escape(word)}[ _.:-]", name.lower()) is not None


def _only_names(columns: Mapping[str, Column]) -> str | None:
    """Return the one field whose values are words, all filled and all different, if there is just one."""
    found = [
        name
        for name, column in columns.items()
        if column.filled == len(column.values) > 1 and not column.numbers and all(map(_is_words, column.values))
    ]
    return found[0] if len(found) == 1 else None


def _is_words(value: str) -> bool:
    return re.fullmatch(r"[^\W\d_]{2}[\w\s.'’/()-]*", value) is not None and len(value) < 60
