"""Rows as a spreadsheet takes them: tab separated under their head, numbers plain, with the comma of the language."""

from __future__ import annotations

import math
from collections.abc import Sequence

from layers.text import Lang
from ui.panels.shown_table import Head, Row, ShownTable

_DIGITS = 15
"""What a floating-point number holds; a spreadsheet rounds what it shows, not what it adds up."""


def as_text(table: ShownTable, rows: Sequence[int], columns: Sequence[int], lang: Lang) -> str:
    """Return rows of ``table`` under the heads of ``columns``; units stand in the head, missing numbers are empty."""
    heads = [_head(table.heads[place]) for place in columns]
    cells = [[_cell(table.rows[row], table.heads[place], place, lang) for place in columns] for row in rows]
    return "\n".join("\t".join(line) for line in [heads, *cells])


def value_of(row: Row, head: Head, place: int) -> float | None:
    """Return the number of a cell in the unit that is shown, or None if it is missing or no number."""
    value = row.keys[place]
    is_number = head.is_number and isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) / head.divisor if is_number and math.isfinite(value) else None


def _head(head: Head) -> str:
    return f"{head.label} ({head.unit})" if head.unit else head.label


def _cell(row: Row, head: Head, place: int, lang: Lang) -> str:
    if not head.is_number:
        return _words(row.cells[place])
    value = value_of(row, head, place)
    if value is None:
        return ""
    plain = f"{value:.{_DIGITS}g}"
    plain = f"{value:.6f}".rstrip("0").rstrip(".") if "e" in plain else plain
    return plain.replace(".", ",") if lang == "it" else plain


def _words(text: str) -> str:
    """Return words that stay in their cell and are no formula there."""
    flat = " ".join(text.split())
    return f"'{flat}" if flat[:1] in "=+@-" and flat[:1] else flat
