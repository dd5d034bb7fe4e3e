"""What the unit of a row is called where it has no name of its own: by the words that tell the row from the others."""

from __future__ import annotations

from collections.abc import Mapping

from analyses.result import PLACE, Column, TableSpec
from layers.text import Text, joined

MOST_WORDS = 4


def name_of(spec: TableSpec, row: Mapping[str, object]) -> Text:
    """Return the words of the columns by which the ground of a row is found, each once: «alluvione · P3»."""
    words = [column.told(row) for column in spec.columns if _tells(spec, column) and column.id in row]
    different = {word.it: word for word in words if word.it.strip()}
    return joined(list(different.values())[:MOST_WORDS], " · ")


def _tells(spec: TableSpec, column: Column) -> bool:
    found = (each for each in spec.made_of if not each.is_bits and not each.tells)
    keys = {name for each in found for name, _ in each.keys} - {PLACE}
    return column.id in keys or (not keys and column.decimals is None)
