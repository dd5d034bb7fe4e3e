"""The tables and the charts of a report: the chosen rows of what an analysis has written."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

import pandas as pd

from analyses.units import OUTSIDE
from layers.text import NOTHING, Text, joined, number, say
from puc_tool.report.document import Bar, Block, Chart, Head, Table
from puc_tool.report.findings import Found, cell_of, unit_of
from puc_tool.report.telling import Bars, Listing, Rows

_WHOLE = 100.0


def rows_of(rows: Rows, found: Found) -> pd.DataFrame | None:
    """Return the chosen rows of a table in their order; None if the run had no such table, or none of its rows.

    A column that the inputs of the run did not allow orders nothing.
    """
    table = found.table(rows.table)
    if table is None:
        return None
    if not set(rows.where) <= set(table.columns):
        return None
    for column, words in rows.where.items():
        table = table[table[column].isin(words.split("|"))]
    if rows.order in table.columns:
        table = table.sort_values(rows.order, ascending=rows.least_first, kind="stable")
    return table if len(table) else None


def result_id(found: Found, name: str) -> str:
    """Return the id of a figure or a table of an analysis."""
    return f"{found.written.analysis.id}/{name}"


def shown(content: Listing | Bars, found: Found) -> Iterator[Block]:
    """Yield the table or the chart, if the run wrote what it shows."""
    rows = rows_of(content.rows, found)
    if rows is None:
        return
    if isinstance(content, Listing):
        yield _table(content, rows, found)
    elif content.value in rows.columns and rows[content.value].notna().any():
        yield _chart(content, rows, found)


def _table(listing: Listing, rows: pd.DataFrame, found: Found) -> Table:
    declared = found.columns(listing.rows.table)
    columns = [declared[name] for name in listing.columns if name in rows.columns]
    few = rows.head(listing.rows.most)
    count = len(rows)
    telling = [name for name in listing.rows.telling if name in rows.columns]
    if telling and (few[telling] != 0.0).any(axis=None):
        few = few[(few[telling] != 0.0).any(axis=1)]
    rest = count - len(few)
    more = say("Righe mostrate: {n} su {t}; le altre stanno nel file {f}.", "Rows shown: {n} of {t}; the others are in "
               "{f}.", n=len(few), t=count, f=f"{listing.rows.table}.csv") if rest else NOTHING  # fmt: skip
    return Table(
        listing.caption,
        tuple(Head(column.label, unit_of(column), column.decimals is not None) for column in columns),
        tuple(tuple(cell_of(row, column) for column in columns) for row in few.to_dict("records")),
        joined((listing.note, more), " "),
        result_id(found, listing.rows.table),
    )


def _chart(bars: Bars, rows: pd.DataFrame, found: Found) -> Chart:
    column = found.columns(bars.rows.table)[bars.value]
    named, unit = found.columns(bars.rows.table)[bars.label], unit_of(column)
    shown = rows[rows["name"] != OUTSIDE.it].head(bars.rows.most)
    drawn = tuple(
        Bar(cell_of(row, named), float(row[bars.value]), cell_of(row, column))
        for row in shown.to_dict("records")
        if not pd.isna(row[bars.value])
    )
    return Chart(
        _with_unit(bars.caption, unit),
        _alt(bars, drawn, unit),
        drawn,
        result_id(found, bars.rows.table),
        _WHOLE if unit.it == "%" else 0.0,
    )


def _with_unit(words: Text, unit: Text) -> Text:
    return say("{w} ({u})", "{w} ({u})", w=words, u=unit) if unit else words


def _alt(bars: Bars, drawn: tuple[Bar, ...], unit: Text) -> Text:
    """Say in words what the bars show, from their own numbers."""
    caption = _with_unit(bars.caption, unit)
    if not drawn:
        return say("Grafico a barre senza barre: {c}.", "Bar chart without bars: {c}.", c=caption)
    if len(drawn) == 1:
        first = drawn[0]
        return say(
            "Grafico a barre. {c}: {f} {x}.", "Bar chart. {c}: {f} {x}.", c=caption, f=first.label, x=first.words
        )
    most, least = max(drawn, key=attrgetter("value")), min(drawn, key=attrgetter("value"))
    return say(
        "Grafico a barre, {n} barre. {c}: la più lunga è {f}, {x}; la più corta {l}, {y}. I valori stanno accanto alle "
        "barre.",
        "Bar chart, {n} bars. {c}: the longest is {f}, {x}; the shortest {l}, {y}. The values stand beside the bars.",
        n=number(len(drawn)), c=caption, f=most.label, x=most.words, l=least.label, y=least.words,
    )  # fmt: skip
