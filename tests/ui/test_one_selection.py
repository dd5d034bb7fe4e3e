"""A row, a bar and a place on the map are one selection: in every table of every analysis whose rows are units."""

from __future__ import annotations

import pandas as pd
import pytest

from analyses import registry
from analyses.analysis import Analysis
from analyses.result import Column, Table, TableSpec
from puc_tool.figures.found_results import Results
from puc_tool.working.selection import Unit
from ui.panels.bar_chart import bars_of
from ui.panels.shown_table import shown

CODES = ("A", "B")
KINDS = {
    "commune", "neighbourhood", "zone", "district", "flood_class", "landslide_class", "coast_strip", "slope_class",
    "elevation_class", "water_150", "site",
}  # fmt: skip
"""The units of tables, as the contract names them, and the sites of the gardens."""
TABLES = [(analysis, spec) for analysis in registry.ALL for spec in analysis.tables if spec.kind in KINDS]
each = pytest.mark.parametrize(("analysis", "spec"), TABLES, ids=lambda each: each.id)


def cells(spec: TableSpec, column: Column) -> list[object]:
    if column.id == spec.code_column([each.id for each in spec.columns]):
        return list(CODES)
    if column.id == "name":
        return [f"name of {code}" for code in CODES]
    return [2.0, 1.0] if column.decimals is not None else ["x", "y"]


def made(analysis: Analysis, spec: TableSpec) -> Results:
    """Return results of two units alone."""
    frame = pd.DataFrame({column.id: cells(spec, column) for column in spec.columns})
    return Results(analysis, (), (Table(spec, frame),), ())


def test_that_every_analysis_has_tables_by_unit():
    assert {analysis.id for analysis, _ in TABLES} == {analysis.id for analysis in registry.ALL}


@each
def test_that_every_row_of_a_table_by_unit_stands_for_its_unit(analysis, spec):
    table = shown(made(analysis, spec), spec.id, "it")
    rows = table.rows[table.has_total :]
    assert [(row.unit.kind, row.unit.code) for row in rows] == [(spec.kind, code) for code in CODES]


@each
def test_that_every_bar_is_the_unit_of_its_row(analysis, spec):
    table = shown(made(analysis, spec), spec.id, "it")
    bars = bars_of(table).bars
    assert all(table.rows[bar.row].unit == bar.unit for bar in bars)
    has_one_measure = any(column.decimals is not None for column in spec.columns) and "unit" not in {
        column.id for column in spec.columns
    }
    assert {bar.unit.code for bar in bars} == (set(CODES) if has_one_measure else set())


@each
def test_that_a_unit_chosen_elsewhere_is_found_in_the_table_whatever_it_is_called_there(analysis, spec):
    table = shown(made(analysis, spec), spec.id, "it")
    chosen = Unit(spec.kind, "B", "called otherwise")
    assert [row.unit == chosen for row in table.rows[table.has_total :]] == [False, True]
