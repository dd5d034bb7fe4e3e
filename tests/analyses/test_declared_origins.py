"""Every number an analysis can give has pieces of ground, or says why there are none, and a rule in both languages."""

from __future__ import annotations

import pytest

from analyses import registry
from analyses.formula_reading import read

each = pytest.mark.parametrize("analysis", registry.ALL, ids=lambda analysis: analysis.id)


@each
def test_that_every_figure_has_pieces_or_says_why_there_are_none(analysis):
    assert [spec.id for spec in analysis.figures if not spec.made_of and not spec.no_pieces] == []


@each
def test_that_every_table_of_numbers_has_pieces_or_says_why_there_are_none(analysis):
    silent = [
        table.id
        for table in analysis.tables
        if any(column.decimals is not None for column in table.columns) and not table.made_of and not table.no_pieces
    ]
    assert silent == []


@each
def test_that_every_figure_has_a_formula_or_a_rule_in_both_languages(analysis):
    assert [spec.id for spec in analysis.figures if spec.formula is None and not spec.rule] == []
    same = [spec.id for spec in analysis.figures if spec.rule and spec.rule.it == spec.rule.en]
    assert same == []


@each
def test_that_what_formulas_of_figures_name_is_declared(analysis):
    figures, operands = ({each.id for each in found} for found in (analysis.figures, analysis.operands))
    columns = {(table.id, column.id) for table in analysis.tables for column in table.columns}
    roles = {role.id for role in analysis.inputs}
    formulas = [found.formula for found in (*analysis.figures, *analysis.operands) if found.formula is not None]
    for name in (name for how in formulas for name in how.names()):
        table, _, column = name.partition(".")
        is_cell = (table.partition("[")[0], column) in columns
        assert name in figures | operands or is_cell or (table == "input" and column in roles), name


@each
def test_that_what_formulas_of_columns_name_are_columns_of_the_row_or_parameters(analysis):
    for table in analysis.tables:
        there = {column.id for column in table.columns}
        declared = [column for column in table.columns if column.formula is not None]
        assert all(set(column.formula.names()) & there for column in declared), table.id


@each
def test_that_what_figures_are_made_of_is_a_layer_and_a_formula_of_columns(analysis):
    for spec in analysis.figures:
        layer, _, column = spec.made_of.partition(".")
        assert layer.isidentifier() or not spec.made_of
        assert not column or read(column) is not None, spec.id
