"""By which rule a number is worked out, and that rule with the values of this number."""

from __future__ import annotations

from layers.text import NOTHING, Text, same, say
from puc_tool.amounts import in_words
from puc_tool.found_results import Results
from puc_tool.pieces import AREA, SHARE, WHOLE, Asked, CellAsked, FigureAsked, column_of, figure_of, row_of

_FORMULAS = "formulas"
"""The table in which an analysis tells the formula of each of its cells."""


def rule_of(results: Results, asked: Asked) -> tuple[Text, Text]:
    """Return the rule of a number, and the rule with its values where the results hold them."""
    if isinstance(asked, FigureAsked):
        figure = figure_of(results, asked)
        return same(figure.spec.method if figure else ""), NOTHING
    return _written_formula(results, asked) or _share(results, asked) or (NOTHING, NOTHING)


def _written_formula(results: Results, asked: CellAsked) -> tuple[Text, Text] | None:
    """Return the formula that the table of formulas has for a cell."""
    written, row = results.table(_FORMULAS), row_of(results, asked)
    if written is None or row is None or not {"code", "scenario"} <= set(row.index):
        return None
    frame = written.frame
    is_cell = (
        (frame["code"] == row["code"]) & (frame["scenario"] == row["scenario"]) & (frame["column"] == asked.column)
    )
    found = frame[is_cell]
    return (same(found.iloc[0]["formula"]), same(found.iloc[0]["with_values"])) if len(found) else None


def _share(results: Results, asked: CellAsked) -> tuple[Text, Text] | None:
    """Return how a share of the row's area is worked out."""
    table, row = results.table(asked.table), row_of(results, asked)
    part_id = asked.column.removesuffix(SHARE) + AREA
    if table is None or row is None or asked.column == part_id:
        return None
    part, whole = column_of(table, part_id), column_of(table, WHOLE)
    if part is None or whole is None:
        return None
    amounts = [in_words(float(row[each.id]), each.unit, 0) for each in (part, whole)]
    return (
        say("100 × {p} / {w}", "100 × {p} / {w}", p=_lower(part.label), w=_lower(whole.label)),
        say("100 × {p} / {w}", "100 × {p} / {w}", p=amounts[0], w=amounts[1]),
    )


def _lower(label: Text) -> Text:
    return Text(label.it[:1].lower() + label.it[1:], label.en[:1].lower() + label.en[1:])
