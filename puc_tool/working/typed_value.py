"""What somebody types into a cell of a layer, as the field's declaration takes it: numbers, codes, words."""

from __future__ import annotations

import re

from layers import edit_remarks as remarks
from layers.edits import fault_of
from layers.problems import PucError, refuse_if_any
from layers.reference import Cell
from layers.spec import Field, Kind, Role
from layers.text import Lang

_SIGNS = {"it": (",", "."), "en": (".", ",")}
"""Each language's sign of decimals, and of thousands."""
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")


def value_of(role: Role, field: Field, words: str, lang: Lang) -> Cell:
    """Return the value that ``words`` mean in ``field``; raises PucError, in a planner's words, for what it can't hold.

    A code may be typed in any of its known spellings. A number may have either sign of decimals; one that reads
    otherwise in the other language («1.250») is not guessed.
    """
    bare = words.strip()
    value: Cell = None
    if bare:
        value = _number(role, field, bare, lang) if field.kind is Kind.NUMBER else _word(field, bare)
    refuse_if_any(fault for fault in (fault_of(role, field, value),) if fault is not None)
    return value


def words_of(value: Cell, lang: Lang) -> str:
    """Return a value as somebody would type it again, with all its decimals and no sign of thousands."""
    if not isinstance(value, float):
        return value or ""
    plain = f"{value:.12f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else repr(value)
    return plain.replace(".", _SIGNS[lang][0])


def _word(field: Field, bare: str) -> str:
    return bare if field.codes is None else field.codes.canonical(bare) or bare


def _number(role: Role, field: Field, bare: str, lang: Lang) -> Cell:
    decimal, thousands = _SIGNS[lang]
    digits = re.sub(r"[\s\u202f\u00a0]", "", bare.removesuffix(field.unit)) if field.unit else re.sub(r"\s", "", bare)
    if re.fullmatch(rf"[-+]?[1-9]\d{{0,2}}\{thousands}\d{{3}}", digits):
        raise PucError(remarks.ambiguous(role, field, bare))
    grouped = re.fullmatch(rf"[-+]?\d{{1,3}}(\{thousands}\d{{3}})+(\{decimal}\d+)?", digits)
    if grouped and (decimal in digits or digits.count(thousands) > 1):
        digits = digits.replace(thousands, "")
    plain = digits.replace(",", ".")
    return float(plain) if _NUMBER.fullmatch(plain) else bare
