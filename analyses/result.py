"""What an analysis hands back: figures, tables and layers, each declared before it is computed.

The declarations are the data dictionary: the writer of results, ``puc-tool list columns`` and the docs read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd
from geopandas import GeoDataFrame

from layers.problems import Problem
from layers.raster import Raster
from layers.text import NOTHING, Text


@dataclass(frozen=True)
class Column:
    """One column of a table. ``decimals`` None means text; m² carry 6, as the contract says.

    ``is_whole`` is False where a cell may be empty because nothing is known of it.
    """

    id: str
    label: Text
    unit: str = ""
    decimals: int | None = None
    is_whole: bool = True


@dataclass(frozen=True)
class MadeOf:
    """What the rows of a table are sums of: those rows of ``layer`` that say in their columns what the row says.

    ``keys`` pairs a column of the table with one of the layer; one in braces («{unit_a}») is named by the row itself.
    ``columns`` names the layer's column where it is not called as the table's; an empty name counts rows. ``only`` is
    a column of the table and what it must say, where the layer tells of some rows alone.
    """

    layer: str
    keys: tuple[tuple[str, str], ...]
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    only: tuple[str, str] | None = None


@dataclass(frozen=True)
class TableSpec:
    """A table an analysis can give; a frame may leave out columns that do not apply to its inputs.

    ``unit`` is the kind of unit its rows stand for, where the id («by_zone») does not say it. ``made_of`` tells which
    pieces of ground its rows are sums of.
    """

    id: str
    title: Text
    columns: tuple[Column, ...]
    unit: str = ""
    made_of: MadeOf | None = None

    @property
    def kind(self) -> str:
        """The kind of unit its rows stand for."""
        return self.unit or self.id.removeprefix("by_")


@dataclass(frozen=True)
class FigureSpec:
    """A number an analysis can give. ``decimals`` is what its sources bear, for people; files hold all digits.

    ``made_of`` tells where it comes from: a layer of the result and a column of it («fragments.consumed_m2»), whose sum
    is the figure, or what the figure is a share of; areas are in m². A layer alone («sites») is counted. ``only`` is
    another column and a word that must be among those it says, where some features alone count.
    """

    id: str
    label: Text
    unit: str
    decimals: int
    method: str
    is_verified: bool = True
    made_of: str = ""
    only: tuple[str, str] | None = None


@dataclass(frozen=True)
class Figure:
    """One number, or None and the reason why there is none."""

    spec: FigureSpec
    value: float | None
    why: Text = NOTHING


@dataclass(frozen=True)
class Table:
    """Rows under the columns of ``spec``, in its order."""

    spec: TableSpec
    frame: pd.DataFrame

    @property
    def columns(self) -> tuple[Column, ...]:
        """The declared columns that this table has."""
        return tuple(column for column in self.spec.columns if column.id in self.frame.columns)


@dataclass(frozen=True)
class Result:
    """Everything an analysis found. ``layers`` go to ``layers.gpkg``, ``rasters`` to a GeoTIFF each, by their names."""

    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    layers: Mapping[str, GeoDataFrame] = field(default_factory=lambda: MappingProxyType({}))
    problems: tuple[Problem, ...] = ()
    rasters: Mapping[str, Raster] = field(default_factory=lambda: MappingProxyType({}))

    def figure(self, figure_id: str) -> Figure:
        """Return the figure called ``figure_id``."""
        return next(figure for figure in self.figures if figure.spec.id == figure_id)

    def table(self, table_id: str) -> Table | None:
        """Return the table called ``table_id``, if the inputs allowed it."""
        return next((table for table in self.tables if table.spec.id == table_id), None)
