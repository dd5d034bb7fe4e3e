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
    return NOTHING if codes is None else _labels(codes).get(code, NOTHING)


def stands_alone(codes: Vocabulary | None) -> bool:
    """Tell whether the labels say it all, so that nobody needs the codes beside them: yes and no."""
    return codes == YES_NO


@cache
def _labels(codes: Vocabulary) -> Mapping[str, Text]:
    if stands_alone(codes):
        return _ANSWERS
    if isinstance(codes, CorineLike):
        return {row["code"]: label(row) for name in ("urban_atlas", "clc") for row in rows(name)}
    if isinstance(codes, Listed | OpenWords):
        return {row[codes.column]: label(row) for row in rows(codes.codelist) if row.get("label_it")}
    return {}
