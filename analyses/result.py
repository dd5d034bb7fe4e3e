"""What an analysis hands back: figures, tables and layers, each declared before it is computed.

The declarations are the data dictionary: the writer of results, ``puc-tool list columns`` and the docs read them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd
from geopandas import GeoDataFrame

from analyses.formula import Quantity
from layers.problems import Problem
from layers.raster import Raster
from layers.text import NOTHING, Text, italian, joined, same


@dataclass(frozen=True)
class Column:
    """One column of a table. ``decimals`` None means text; m² carry 6, as the contract says.

    ``is_whole`` is False where a cell may be empty because nothing is known of it. ``formula`` is how a cell is worked
    out from others of its row. ``words`` is what the codes of its cells are called: files keep the codes,
    people read the words, and what is not among them (a word of the user's own) stays as it is. ``between`` parts
    several codes of one cell. ``named_by`` is the column that says in words what this one says in code: people read
    that one alone. ``english`` is the column that says the same in English, where a cell is a sentence: files have
    both, people the one of their language. ``read`` is how many decimals people read, where what the cell is worked out
    from bears fewer than its unit would have: homes and places are whole.
    """

    id: str
    label: Text
    unit: str = ""
    decimals: int | None = None
    read: int | None = None
    is_whole: bool = True
    formula: Quantity | None = None
    words: Mapping[str, Text] = field(default_factory=dict, hash=False)
    between: str = ""
    named_by: str = ""
    english: str = ""

    def said(self, value: object) -> Text:
        """Return what a cell of words says to people."""
        written = str(value)
        parts = written.split(self.between) if self.between else []
        if written in self.words or not any(part in self.words for part in parts):
            return self.words.get(written, italian(written))
        sign = self.between if self.between.strip() else ", "
        return joined((self.words.get(part, same(part)) for part in parts), sign)

    def told(self, row: Mapping[str, object]) -> Text:
        """Return what this column's cell of ``row`` says to people."""
        said = self.said(row[self.id])
        return Text(said.it, str(row[self.english])) if self.english in row else said


@dataclass(frozen=True)
class Operand:
    """A quantity that formulas name and that is no figure: the territory, the residents of a year.

    ``formula`` is where the results hold it: a column of a table added up («by_commune.area_m2»), a cell of it
    («by_kind[nido].covered_people»), the area of an input («input.boundary»). None: one of the analysis's ``facts``.
    """

    id: str
    label: Text
    unit: str = ""
    decimals: int = 0
    formula: Quantity | None = None


YEAR = "year"
"""The unit of an operand that is a year: written without a thousands separator."""


OUTLINE = "outline"
"""The layer that cuts the cells of a result's rasters, where these count with their part inside."""

PLACE = "#"
"""What a row that has no code is known by in a layer: its place in the table, from 1."""


@dataclass(frozen=True)
class Within:
    """A word of the table's ``column`` that stands for amounts of the layer's column ``where``.

    ``where`` may have braces as ``MadeOf.keys``. ``bounds`` gives for each word what the amount is more than, and no
    more than; where the layer knows no amount it is beyond all of them.
    """

    column: str
    where: str
    bounds: Mapping[str, tuple[float, float]] = field(hash=False)


@dataclass(frozen=True)
class MadeOf:
    """What the rows of a table are sums of: those rows of ``layer`` that say in their columns what the row says.

    ``layer`` is one of the results, or a raster of theirs: then its ``value`` are whole numbers, and ``codes`` tells
    which stands for a word of the table. ``keys`` pairs a column of the table with one of the layer; one in braces
    («{unit_a}») is named by the row itself. ``columns`` names the layer's column where it is not called as the table's,
    or a formula of its columns; an empty name counts rows. ``only`` is a column of the table and what it must say,
    where the layer tells of some rows alone. Without ``is_sum`` the numbers are about that ground as a whole.
    ``PLACE`` in ``keys`` is the place of the row in its table, from 1. With ``is_bits`` a row means the cells
    that have the bit of its place, the first the lowest; in the columns ``alone`` those that have no other. ``within``
    chooses by an amount; ``word``, a column and a word that must be among those it says, by what the row names in
    braces. It ``tells`` of these columns of the table alone, of all if there are none. ``around`` is
    shown with the pieces though it brings nothing: the unit they lie in. Where ``is_part`` the number is worked out
    from their sum and something else.
    """

    layer: str
    keys: tuple[tuple[str, str], ...] = ()
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    only: tuple[str, str] | None = None
    codes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    is_sum: bool = True
    is_bits: bool = False
    alone: tuple[str, ...] = ()
    within: Within | None = None
    word: tuple[str, str] | None = None
    tells: tuple[str, ...] = ()
    around: MadeOf | None = None
    is_part: bool = False

    @property
    def is_by_row(self) -> bool:
        """Tell whether only a row itself says in which column its ground is sought: rows then share their ground."""
        return self.within is not None or any("{" in where for _, where in self.keys)


def about_ground(layer: str, *keys: tuple[str, str]) -> MadeOf:
    """Return that the numbers of a row are about the ground of those rows of ``layer``, and no sum of them."""
    return MadeOf(layer, keys, is_sum=False)


@dataclass(frozen=True)
class TableSpec:
    """A table an analysis can give; a frame may leave out columns that do not apply to its inputs.

    ``unit`` is the kind of unit its rows stand for, where the id («by_zone») does not say it. ``made_of`` tells which
    pieces of ground its rows are sums of; of several the first that knows a column tells of it. ``no_pieces`` says why
    there are none, for the cells that none of them tells of.
    """

    id: str
    title: Text
    columns: tuple[Column, ...]
    unit: str = ""
    made_of: tuple[MadeOf, ...] = ()
    no_pieces: Text = NOTHING

    @property
    def kind(self) -> str:
        """The kind of unit its rows stand for."""
        return self.unit or self.id.removeprefix("by_")

    @property
    def of_features(self) -> MadeOf | None:
        """What has a feature for a row, by one code; None where rows are made of many."""
        single = (made_of for made_of in self.made_of if len(made_of.keys) == 1 and not made_of.tells)
        return next((made_of for made_of in single if made_of.keys[0][0] != PLACE), None)

    @property
    def grounds(self) -> tuple[MadeOf, ...]:
        """What has the ground of a row, be it one feature or many: of each row the first that knows any."""
        named = (made_of for made_of in self.made_of if made_of.keys and not made_of.is_bits and not made_of.tells)
        return tuple(each for each in named if not each.is_by_row)

    @property
    def of_rows(self) -> MadeOf | None:
        """The first of what has the ground of rows; None where rows have no ground of their own."""
        return next(iter(self.grounds), None)

    @property
    def is_by_row(self) -> bool:
        """Tell whether rows have ground that other rows have too, so that it is sought for one row at a time."""
        return self.of_rows is None and any(each.is_by_row for each in self.made_of)

    def code_of(self, row: Mapping[str, object], place: int) -> str:
        """Return what tells the unit of a row from the others: its code, else its ``place`` in the table, from 1."""
        column = self.code_column(row.keys())
        return str(row[column]) if column in row else str(place)

    def code_column(self, columns: Collection[str]) -> str:
        """Return which of the ``columns`` a table has tells the unit of a row."""
        return "code" if "code" in columns or self.of_features is None else self.of_features.keys[0][0]


@dataclass(frozen=True)
class FigureSpec:
    """A number an analysis can give. ``decimals`` is what its sources bear, for people; files hold all digits.

    ``made_of`` tells where it comes from: a layer of the result and a column of it («fragments.consumed_m2»), whose sum
    is the figure, or what the figure is a share of; areas are in m². A layer alone («sites») is counted, and a formula
    of its columns added up. ``only`` is another column and the words of which one must be among those it says, where
    some features alone count. Without ``is_sum`` the figure is about that ground as a whole; without ``made_of``,
    ``no_pieces`` says why. ``around`` is a layer shown with the pieces though it brings nothing, or alone where there
    are none; where ``is_part`` the figure is worked out from their sum and something else. ``formula`` is how it
    is worked out from other figures and operands; where there is none, ``rule`` says it in both languages.
    """

    id: str
    label: Text
    unit: str
    decimals: int
    method: str
    is_verified: bool = True
    made_of: str = ""
    only: tuple[str, str] | None = None
    formula: Quantity | None = None
    rule: Text = NOTHING
    is_sum: bool = True
    no_pieces: Text = NOTHING
    around: str = ""
    is_part: bool = False


@dataclass(frozen=True)
class Figure:
    """One number, or None and the reason why there is none."""

    spec: FigureSpec
    value: float | None
    why: Text = NOTHING

    @classmethod
    def of(cls, spec: FigureSpec, answer: float | Text) -> Figure:
        """Return the figure with a value (in the unit of ``spec``), or with the reason why there is none."""
        return cls(spec, None, answer) if isinstance(answer, Text) else cls(spec, answer)


@dataclass(frozen=True)
class Table:
    """Rows under the columns of ``spec``, in its order."""

    spec: TableSpec
    frame: pd.DataFrame

    @classmethod
    def of(cls, spec: TableSpec, frame: pd.DataFrame) -> Table:
        """Return the table with the declared columns that ``frame`` has, in their order."""
        return cls(spec, frame[[column.id for column in spec.columns if column.id in frame.columns]])

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
