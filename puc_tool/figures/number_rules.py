"""By which rule a number is worked out, and that rule with the values of this number.

A rule is the declared formula of a figure or column, or, where a number is no formula of others, its declared words.
"""

from __future__ import annotations

from dataclasses import dataclass

from analyses.formula import Quantity, written
from analyses.formula_reading import formula
from layers.text import NOTHING, Text, same, say
from puc_tool.figures.found_results import Results
from puc_tool.figures.operands import Known, Resolve, of_figures, of_row
from puc_tool.figures.pieces import AREA, SHARE, WHOLE, Asked, CellAsked, FigureAsked, column_of, figure_of, row_of

_FORMULAS = "formulas"
"""The table in which an analysis tells the formula of each of its cells."""


@dataclass(frozen=True)
class Rule:
    """How a number is worked out: in words, with its values, and what it is worked out from.

    ``names_values``: with its values it also says what they are, and so all that ``words`` say.
    """

    words: Text = NOTHING
    with_values: Text = NOTHING
    operands: tuple[Known, ...] = ()
    names_values: bool = True


def rule_of(results: Results, asked: Asked) -> Rule:
    """Return the rule of a number, and the rule with its values where the results hold them."""
    if isinstance(asked, FigureAsked):
        return _of_figure(results, asked)
    how = _formula(results, asked)
    rule = Rule() if how is None else _rule(how, of_row(results, asked))
    return _as_written(results, asked, rule)


def _of_figure(results: Results, asked: FigureAsked) -> Rule:
    figure = figure_of(results, asked)
    if figure is None:
        return Rule()
    rule = _rule(figure.spec.formula, of_figures(results)) if figure.spec.formula else Rule()
    return rule if rule.words else Rule(figure.spec.rule or same(figure.spec.method))


def _rule(how: Quantity, known: Resolve) -> Rule:
    """Return a formula in words, and with its values where all are known; no rule where a name means nothing."""
    operands = {name: known(name) for name in how.names()}
    there = {name: each for name, each in operands.items() if each is not None}
    if len(there) < len(operands):
        return Rule(operands=tuple(there.values()))
    words = written(how, lambda name: there[name].label)
    if any(each.value is None for each in there.values()):
        return Rule(words, NOTHING, tuple(there.values()))
    put_in = written(how, lambda name: say("{l} {a}", "{l} {a}", l=there[name].label, a=there[name].amount))
    return Rule(words, put_in, tuple(there.values()))


def _formula(results: Results, asked: CellAsked) -> Quantity | None:
    """Return the declared formula of a cell; a share of the row's area is one without being declared."""
    table = results.table(asked.table)
    column = column_of(table, asked.column) if table else None
    if table is None or column is None or column.formula is not None:
        return column.formula if column else None
    part = asked.column.removesuffix(SHARE) + AREA
    is_share = asked.column.endswith(SHARE) and all(column_of(table, each) for each in (part, WHOLE))
    return formula(f"100 * {part} / {WHOLE}") if is_share else None


def _as_written(results: Results, asked: CellAsked, rule: Rule) -> Rule:
    """Return the rule as the analysis wrote it into its table of formulas, for a cell that has its own there."""
    table, row = results.table(_FORMULAS), row_of(results, asked)
    if table is None or row is None or not {"code", "scenario"} <= set(row.index):
        return rule
    frame = table.frame
    is_cell = (
        (frame["code"] == row["code"]) & (frame["scenario"] == row["scenario"]) & (frame["column"] == asked.column)
    )
    if not is_cell.any():
        return rule
    told = frame[is_cell].iloc[0]
    words, put_in = (
        Text(str(told[name]), str(told.get(f"{name}_en", told[name]))) for name in ("formula", "with_values")
    )
    return Rule(words, put_in, rule.operands, names_values=False)
