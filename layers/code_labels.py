"""What a code of a field is called: as its codelist has it, so that no code stands on the screen without its name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from layers.codelist import label, rows
from layers.text import NOTHING, Text
from layers.vocabulary import YES_NO, CorineLike, Listed, OpenWords, Vocabulary

_ANSWERS = {"yes": Text("sì", "yes"), "no": Text("no", "no")}


def label_of(codes: Vocabulary | None, code: str) -> Text:
    """Return the label of ``code`` in its list; nothing where it is in none, or the list has no labels."""
    if stands_alone(codes):
        return _ANSWERS.get(code, NOTHING)
    found = (_labels(name, column).get(code) for name, column in _lists(codes))
    return next((each for each in found if each is not None), NOTHING)


def stands_alone(codes: Vocabulary | None) -> bool:
    """Tell whether the labels say it all, so that nobody needs the codes beside them: yes and no."""
    return codes == YES_NO


def _lists(codes: Vocabulary | None) -> tuple[tuple[str, str], ...]:
    """Return the codelists of a vocabulary, each with its column of codes."""
    if isinstance(codes, CorineLike):
        return ("clc", "code"), ("urban_atlas", "code")
    return ((codes.codelist, codes.column),) if isinstance(codes, Listed | OpenWords) else ()


@cache
def _labels(codelist: str, column: str) -> Mapping[str, Text]:
    return {row[column]: label(row) for row in rows(codelist) if row.get("label_it")}
