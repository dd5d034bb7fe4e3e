"""What the selected rows come to, in the column the table is sorted by: how many, sum, mean, least, most."""

from __future__ import annotations

from collections.abc import Sequence

from layers.text import NOTHING, ROWS, Text, counted, number, say
from ui.panels.shown_table import Head, ShownTable
from ui.panels.spreadsheet import value_of

_FEWEST = 2


def told(table: ShownTable, rows: Sequence[int], column: int) -> Text:
    """Return the sentence for ``rows``; nothing for fewer than two. Shares have no sum: only areas can be added."""
    if len(rows) < _FEWEST:
        return NOTHING
    count = counted(len(rows), ROWS)
    if not 0 <= column < len(table.heads) or not table.heads[column].is_number:
        return count
    head = table.heads[column]
    known = [value for value in (value_of(table.rows[row], head, column) for row in rows) if value is not None]
    return say("{c} · {h}: {s}", "{c} · {h}: {s}", c=count, h=_name(head), s=_figures(known, head))


def _name(head: Head) -> str:
    return f"{head.label} {head.unit}".rstrip()


def _figures(known: list[float], head: Head) -> Text:
    if not known:
        return Text("nessun valore", "no value")
    low, high, mean = (number(value, head.decimals) for value in (min(known), max(known), sum(known) / len(known)))
    spread = say("media {m}, da {a} a {b}", "mean {m}, from {a} to {b}", m=mean, a=low, b=high)
    if head.unit == "%":
        return spread
    return say("somma {s}, {r}", "sum {s}, {r}", s=number(sum(known), head.decimals), r=spread)
