"""Numbers and scales as either language types them."""

from __future__ import annotations

import re

from layers.problems import Problem, PucError
from layers.text import NOTHING, Text, same, say

_SCALES = (1.0, 100_000_000.0)


def typed_number(words: str) -> float:
    """Return the number: 1.484,6 · 1,484.6 · 1484.6 · 1.484 (a point before every three digits); raises ValueError."""
    if "," in words and "." in words:
        decimal = "," if words.rfind(",") > words.rfind(".") else "."
        words = words.replace("." if decimal == "," else ",", "").replace(decimal, ".")
    elif re.fullmatch(r"-?\d{1,3}(\.\d{3})+", words):
        words = words.replace(".", "")
    return float(words.replace(",", "."))


def typed_scale(words: str) -> float:
    """Return the denominator of «1:10.000», «10000» or «1/10,000»; raises PucError for what is no scale."""
    bare = re.sub(r"^\s*1\s*[:/]", "", words).strip()
    digits = re.sub(r"(?<=\d)[.,\s\u202f](?=\d{3}(\D|$))", "", bare)
    if not re.fullmatch(r"\d{1,9}", digits) or not _SCALES[0] <= float(digits) <= _SCALES[1]:
        raise PucError(_no_scale(words))
    return float(digits)


def _no_scale(words: str) -> Problem:
    return Problem(
        "scale-not-understood",
        Text("Scala", "Scale"),
        say("«{w}» non è una scala.", "“{w}” is no scale.", w=same(words.strip() or "…")),
        NOTHING,
        Text("Per esempio: 1:10.000.", "For example: 1:10,000."),
    )
