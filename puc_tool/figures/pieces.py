"""Which pieces of ground make a number: the features of ``layers.gpkg`` that a figure or a cell of a table is a sum of.

What is a sum of what is declared with the figures and tables (``FigureSpec.made_of``, ``TableSpec.made_of``); nothing
here knows an analysis.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from numpy.typing import NDArray

from analyses.formula_reading import read
from analyses.result import Column, Figure, FigureSpec, MadeOf, Table
from puc_tool.figures.found_results import COMMUNES, Results, with_total
from puc_tool.figures.row_features import features_of

SHARE, AREA, WHOLE = "_pct", "_m2", "area_m2"
_ADDS_UP = ("m²", "ab", "m")
_REAL = 1e-9
"""Two ways of adding up the same numbers differ by less, relative to the sum."""


@dataclass(frozen=True)
class FigureAsked:
    """A figure by its id."""

    figure: str


@dataclass(frozen=True)
class CellAsked:
    """A cell: the place of its row in the table's frame, None for the row of the whole study, and its column."""

    table: str
    row: int | None
    column: str


Asked = FigureAsked | CellAsked


@dataclass(frozen=True)
class Pieces:
    """The features that count for a number: their ids and what each brings; ``column`` is empty where they are counted.

    ``whole_m2`` is the area of all features that were asked, those that bring nothing among them. Without ``is_sum``
    the number is about them as a whole, and none brings a part of it. Where ``is_part`` it is worked out from their sum
    and something else. ``around`` is what is shown with them and brings nothing.
    """

    layer: str
    column: str
    frame: GeoDataFrame
    ids: tuple[str, ...]
    amounts: NDArray[np.float64]
    whole_m2: float
    is_sum: bool = True
    is_part: bool = False
    around: GeoDataFrame | None = None

    @property
    def sum(self) -> float:
        """What the pieces bring together."""
        return float(self.amounts.sum())

    @property
    def size(self) -> float:
        """What the pieces come to together, whichever way they count."""
        return float(np.abs(self.amounts).sum())

    def largest(self, most: int) -> list[int]:
        """Return the places of those that bring most, either way, the largest first."""
        return np.argsort(-np.abs(self.amounts), kind="stable")[:most].tolist()


def figure_of(results: Results, asked: FigureAsked) -> Figure | None:
    """Return the figure that is asked about."""
    return next((figure for figure in results.figures if figure.spec.id == asked.figure), None)


def value_of(results: Results, asked: Asked) -> float | None:
    """Return the number that is asked about; None where there is none."""
    if isinstance(asked, FigureAsked):
        figure = figure_of(results, asked)
        return None if figure is None else figure.value
    row = row_of(results, asked)
    value = None if row is None else row.get(asked.column)
    return float(value) if isinstance(value, int | float | np.number) and not pd.isna(value) else None


def row_of(results: Results, asked: CellAsked) -> pd.Series | None:
    """Return the row that is asked about."""
    table, communes = results.table(asked.table), results.table(COMMUNES)
    if table is None:
        return None
    if asked.row is not None:
        return table.frame.iloc[asked.row]
    return _summed(table) if communes is None else with_total(table, communes)


def _summed(table: Table) -> pd.Series:
    """Return a row of what adds up over the rows of a table that parts the study."""
    return table.frame[[column.id for column in table.columns if column.unit in _ADDS_UP]].sum()


def column_of(table: Table, column_id: str) -> Column | None:
    """Return a column of a table."""
    return next((column for column in table.columns if column.id == column_id), None)


def pieces_of(results: Results, asked: Asked) -> Pieces | None:
    """Return what a number is made of; None where its analysis has no such pieces."""
    if isinstance(asked, FigureAsked):
        return _of_figure(results, asked)
    table, row = results.table(asked.table), row_of(results, asked)
    if table is None or row is None:
        return None
    found = (_of_row(results, made_of, asked, row) for made_of in table.spec.made_of)
    return next((each for each in found if each is not None), None)


def is_sum(value: float, amount: float, *, decimals: int | None = None, size: float = 0.0) -> bool:
    """Tell whether ``amount`` is ``value``, as exactly as a file of so many decimals can say; None: of all digits.

    ``size`` is what the amounts come to that were added up and taken away, where some were.
    """
    rounding = 0.0 if decimals is None else 0.5 * 10.0**-decimals
    return abs(value - amount) <= rounding + _REAL * max(abs(value), abs(amount), size)


def _of_figure(results: Results, asked: FigureAsked) -> Pieces | None:
    figure = figure_of(results, asked)
    if figure is None or not figure.spec.made_of:
        return None
    spec = figure.spec
    around = results.ground(spec.around) if spec.around else None
    found = _counted_for(results, spec)
    if found is None or not len(found.ids):
        return found if around is None else _whole(around, spec.around)
    return replace(found, is_part=spec.is_part, around=around)


def _counted_for(results: Results, spec: FigureSpec) -> Pieces | None:
    name, _, column = spec.made_of.partition(".")
    layer = results.ground(name)
    if layer is None:
        return None
    if spec.only is not None:
        where, words = spec.only
        wanted = set(words.split())
        layer = layer[[not wanted.isdisjoint(str(said).split()) for said in layer[where]]]
    return _counting(layer, name, column) if spec.is_sum else _whole(layer, name)


def _of_row(results: Results, made_of: MadeOf, asked: CellAsked, row: pd.Series) -> Pieces | None:
    if (made_of.tells and asked.column not in made_of.tells) or not _is_about(made_of, row):
        return None
    layer = _ground(results, made_of, asked)
    if layer is None:
        return None
    if asked.row is not None:
        wanted = features_of(layer, made_of, row, asked.row + 1)
        if wanted is None:
            return None
        layer = layer[wanted]
    if not made_of.is_sum:
        return _whole(layer, made_of.layer)
    column = made_of.columns.get(asked.column, asked.column)
    column = column.format_map(row) if "{" in column else column
    if asked.column.endswith(SHARE) and column not in layer:
        column = column.removesuffix(SHARE) + AREA
    return _surrounded(results, made_of, asked, _counting(layer, made_of.layer, column))


def _surrounded(results: Results, made_of: MadeOf, asked: CellAsked, found: Pieces | None) -> Pieces | None:
    """Return the pieces with what is around them; None if they are none, for that alone is asked of others."""
    if found is None or made_of.around is None:
        return found
    row = row_of(results, asked)
    around = None if row is None else _of_row(results, made_of.around, asked, row)
    frame = None if around is None else around.frame
    return replace(found, is_part=made_of.is_part, around=frame) if len(found.ids) else None


def _is_about(made_of: MadeOf, row: pd.Series) -> bool:
    return made_of.only is None or str(row.get(made_of.only[0])) == made_of.only[1]


def _ground(results: Results, made_of: MadeOf, asked: CellAsked) -> GeoDataFrame | None:
    if not made_of.is_bits:
        return results.ground(made_of.layer)
    if asked.row is None:
        return None
    return results.cells_with(made_of.layer, asked.row, is_alone=asked.column in made_of.alone)


def _whole(layer: GeoDataFrame, name: str) -> Pieces | None:
    """Return the features that a number is about; None if there are none."""
    if not len(layer):
        return None
    frame = layer.reset_index(drop=True)
    return Pieces(name, "", frame, _ids(frame), np.ones(len(frame)), 0.0, is_sum=False)


def _counting(layer: GeoDataFrame, name: str, column: str) -> Pieces | None:
    """Return the features that bring something; None if the layer does not tell what each brings."""
    amounts = _amounts(layer, column)
    if amounts is None or not len(layer):
        return None
    areas = _amounts(layer, WHOLE)
    counts = amounts != 0.0
    frame = layer[counts].reset_index(drop=True)
    whole_m2 = 0.0 if areas is None else float(areas.sum())
    return Pieces(name, column, frame, _ids(frame), amounts[counts], whole_m2)


def _amounts(layer: GeoDataFrame, column: str) -> NDArray[np.float64] | None:
    if not column:
        return np.ones(len(layer))
    if column == WHOLE and column not in layer:
        return layer.area.to_numpy()
    how = read(column)
    if how is None or not all(_is_number(layer, name) for name in how.names()):
        return None
    return np.nan_to_num(how.values({name: layer[name].to_numpy(float) for name in how.names()}))


def _is_number(layer: GeoDataFrame, column: str) -> bool:
    return column in layer and pd.api.types.is_numeric_dtype(layer[column])


_ID_COLUMNS = ("id", "site", "code")


def _ids(frame: GeoDataFrame) -> tuple[str, ...]:
    """Return what the features are called; without a column that says it, their place."""
    for column in _ID_COLUMNS:
        if column in frame and frame[column].is_unique:
            return tuple(frame[column].astype(str))
    return tuple(str(place) for place in range(1, len(frame) + 1))
