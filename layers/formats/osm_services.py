"""Which service of the catalogue an OpenStreetMap feature is, by the tags in ``service_catalog.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from layers.codelist import rows

Tags = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Rule:
    """One kind of service: a feature is of it if it has all the tags of one of ``choices``."""

    kind: str
    choices: frozenset[Tags]

    def narrower(self, other: Rule) -> bool:
        """Tell whether whatever is of this kind is of the other too, and not the other way round."""
        return self._within(other) and not other._within(self)

    def _within(self, other: Rule) -> bool:
        return all(any(wide <= narrow for wide in other.choices) for narrow in self.choices)


def rules() -> tuple[Rule, ...]:
    """Return the rule of every kind that has tags: a narrower one before the wider, else in the catalogue's order."""
    found = [Rule(row["id"], choices(row["osm_tags"])) for row in rows("service_catalog") if row["osm_tags"]]
    return tuple(sorted(found, key=lambda rule: -sum(rule.narrower(other) for other in found)))


def choices(words: str) -> frozenset[Tags]:
    """Return what the catalogue's notation means.

    ``;`` joins tags a feature must have together, ``|`` parts the choices; a choice without key takes the last one:
    ``shop=supermarket|bakery|amenity=marketplace``.
    """
    found, key = set[Tags](), ""
    for choice in words.split("|"):
        tags = set[tuple[str, str]]()
        for tag in choice.split(";"):
            named, _, value = tag.rpartition("=")
            key = named or key
            tags.add((key, value))
        found.add(frozenset(tags))
    return frozenset(found)


def keys() -> tuple[str, ...]:
    """Return every key that a rule asks for, in alphabetical order."""
    return tuple(sorted({key for rule in rules() for choice in rule.choices for key, _ in choice}))


def kinds(features: pd.DataFrame) -> tuple[pd.Series, Mapping[tuple[str, ...], int]]:
    """Return the kind of each feature (None where it is no service), and how many could be several, by those kinds.

    ``features`` has a column for every key of ``keys()`` that its file knows. The first kind named is the one taken.
    """
    fits = {rule.kind: _fits(features, rule) for rule in rules()}
    matches = pd.DataFrame(fits, index=features.index)
    several = matches[matches.sum(axis=1) > 1]
    counts = several.value_counts(sort=False)
    told = {_named(combination, list(fits)): int(count) for combination, count in counts.items()}
    first = matches.idxmax(axis=1) if len(matches) else pd.Series([], index=features.index, dtype=object)
    return first.astype(object).where(matches.any(axis=1), None), dict(sorted(told.items()))


def _named(combination: object, names: list[str]) -> tuple[str, ...]:
    assert isinstance(combination, tuple)
    return tuple(name for name, fits in zip(names, combination, strict=True) if fits)


def _fits(features: pd.DataFrame, rule: Rule) -> pd.Series:
    found = np.zeros(len(features), bool)
    for choice in rule.choices:
        found |= np.logical_and.reduce([_has(features, key, value) for key, value in sorted(choice)])
    return pd.Series(found, index=features.index)


def _has(features: pd.DataFrame, key: str, value: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    if key not in features.columns:
        return np.zeros(len(features), bool)
    # A tag may hold several values, as in «doctors;pharmacy».
    held = features[key].fillna("").str.split(r"\s*;\s*", regex=True)
    return np.array([value in values for values in held], bool)
