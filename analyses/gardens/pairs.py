"""Names and numbers as a planner writes them in one line: «slope 0.3; water 0,1», «1: 0.8; 2: 0.3»."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SAID = re.compile(r"\s*([\w-]+)\s*[ =:]\s*(\d+(?:[.,]\d+)?)\s*")


def pairs(words: str) -> Mapping[str, float] | None:
    """Return the numbers by name; None where the words can't be read, or there are none."""
    found = [_SAID.fullmatch(part) for part in words.split(";") if part.strip()]
    if not found or None in found:
        return None
    return {each[1]: float(each[2].replace(",", ".")) for each in found if each}
