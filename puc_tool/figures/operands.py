"""What a formula is worked out from: each quantity it names, with its label, its value and where that comes from."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analyses import params as parameters
from analyses.formula import Quantity
from analyses.result import YEAR, Column, Operand
from layers import roles
from layers.text import Text, same
from puc_tool.figures.amounts import decimals_read, reckoned
from puc_tool.figures.found_results import Results
from puc_tool.figures.pieces import Asked, CellAsked, FigureAsked, column_of, figure_of, row_of, value_of

_CELL = re.compile(r"(?P<table>\w+)(?:\[(?P<row>\w+)\])?\.(?P<column>\w+)")
_INPUT = "input"
_MOST_DECIMALS = 3


@dataclass(frozen=True)
class Known:
    """A quantity of a formula; ``value`` is None where the results do not hold it, ``asked`` where it has no origin."""

    name: str
    label: Text
    unit: str
    decimals: int
    value: float | None
    asked: Asked | None = None

    @property
    def amount(self) -> Text:
        """Its value with its unit; areas stay in the unit they are reckoned in, so that what is printed adds up."""
        if self.value is None:
            return Text("non noto", "not known")
        return same(int(self.value)) if self.unit == YEAR else reckoned(self.value, self.unit, self.decimals)


Resolve = Callable[[str], Known | None]


def value_with(how: Quantity, known: Resolve) -> float | None:
    """Return what a formula comes to; None where something it needs is not known."""
    found = {name: known(name) for name in how.names()}
    values = {name: np.asarray(np.nan if each is None or each.value is None else each.value, dtype=float)
              for name, each in found.items()}  # fmt: skip
    value = float(how.values(values))
    return value if np.isfinite(value) else None


def of_figures(results: Results) -> Resolve:
    """Return what knows the quantities that formulas of figures name: figures, operands, cells, areas of inputs."""

    def known(name: str) -> Known | None:
        return _figure(results, name) or _operand(results, name) or _cell(results, name) or _input(results, name)

    return known


def of_row(results: Results, asked: CellAsked) -> Resolve:
    """Return what knows the quantities that formulas of a row name: its columns, and the parameters of the run."""
    table, row = results.table(asked.table), row_of(results, asked)

    def known(name: str) -> Known | None:
        column = column_of(table, name) if table else None
        if column is None or row is None or name not in row:
            return _parameter(results, name)
        return _of_column(results, CellAsked(asked.table, asked.row, name), column)

    return known


def _of_column(results: Results, asked: CellAsked, column: Column) -> Known:
    value = value_of(results, asked)
    return Known(column.id, column.label, column.unit, decimals_read(column), value, None if value is None else asked)


def _parameter(results: Results, name: str) -> Known | None:
    """Return a number that the run was asked for."""
    about = parameters.abouts(results.analysis.params).get(name)
    value = results.found.parameters.get(name) if about is not None and results.found is not None else None
    if about is None or not isinstance(value, int | float):
        return None
    return Known(name, about.label, about.unit, _MOST_DECIMALS, float(value))


def _figure(results: Results, name: str) -> Known | None:
    asked = FigureAsked(name)
    figure = figure_of(results, asked)
    if figure is None:
        return None
    spec, value = figure.spec, figure.value
    return Known(name, spec.label, spec.unit, spec.decimals, value, None if value is None else asked)


def _operand(results: Results, name: str) -> Known | None:
    operand = next((each for each in results.analysis.operands if each.id == name), None)
    if operand is None:
        return None
    if operand.formula is None:
        return _shown(operand, _fact(results, name), None)
    behind = [of_figures(results)(each) for each in operand.formula.names()]
    asked = behind[0].asked if len(behind) == 1 and behind[0] else None
    return _shown(operand, value_with(operand.formula, of_figures(results)), asked)


def _shown(operand: Operand, value: float | None, asked: Asked | None) -> Known:
    return Known(operand.id, operand.label, operand.unit, operand.decimals, value, asked)


def _fact(results: Results, name: str) -> float | None:
    tables = {table.spec.id: table.frame for table in results.tables}
    return results.analysis.facts(tables, results.population, results.years).get(name)


def _cell(results: Results, name: str) -> Known | None:
    """Return a column of a table added up («by_commune.area_m2»), or its cell in a row («by_kind[nido].services»)."""
    said = _CELL.fullmatch(name)
    table = results.table(said["table"]) if said else None
    column = column_of(table, said["column"]) if said and table else None
    if said is None or table is None or column is None:
        return None
    if said["row"] is None:
        return _of_column(results, CellAsked(table.spec.id, None, column.id), column)
    places = np.flatnonzero(table.frame.iloc[:, 0].astype(str) == said["row"])
    return _of_column(results, CellAsked(table.spec.id, int(places[0]), column.id), column) if len(places) else None


def _input(results: Results, name: str) -> Known | None:
    """Return the area of a layer that went in: «input.boundary»."""
    kind, _, role_id = name.partition(".")
    role = roles.BY_ID.get(role_id)
    if kind != _INPUT or role is None or results.found is None:
        return None
    areas = [each.get("area_m2") for each in results.found.record.get("inputs", ()) if each.get("role") == role_id]
    value = float(sum(areas)) if areas and all(isinstance(area, int | float) for area in areas) else None
    return Known(name, role.title, "m²", 0, value)
