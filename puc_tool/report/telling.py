"""What a report tells, declared: sentence templates whose slots are figure ids, tables, charts and maps by their ids.

A sentence is said only if every figure it names has a value; otherwise each figure that lacks one is named, with why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Formatter
from types import MappingProxyType
from typing import Literal

from analyses.analysis import Analysis
from layers.text import NOTHING, Text


@dataclass(frozen=True)
class Told:
    """A sentence about figures of ``analysis``: «Il suolo consumato è {suolo_consumato_ha}».

    A slot may ask for the article (``{x:the}``: il 28,9 %), for «di» with it (``{x:of}``: dello 0,6 %), for the amount
    without its sign (``{x:abs}``), or for a noun that agrees (``{x:residents}``: 1 residente).
    ``{period}`` is «Fra il 2012 e il 2018».
    ``where`` keeps the sentence to a sign of one figure: («standard_verde_balance_m2», «-»).
    """

    analysis: Analysis
    words: Text
    where: tuple[str, Literal["+", "-", "0"]] | None = None
    is_lead: bool = False

    @property
    def figures(self) -> tuple[str, ...]:
        """The ids of the figures it names."""
        named = (name for _, name, _, _ in Formatter().parse(self.words.it) if name)
        return tuple(dict.fromkeys(name for name in named if name != PERIOD))


@dataclass(frozen=True)
class Rows:
    """Which rows of a table: those whose columns hold these words, ordered by a column, the largest first.

    Words parted by «|» are any of them. Of ``telling`` columns, a listing shows the rows that have other than zeros.
    """

    table: str
    order: str = ""
    where: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    most: int = 10
    least_first: bool = False
    telling: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listing:
    """A table of the report: some rows and some columns of a written table."""

    analysis: Analysis
    rows: Rows
    columns: tuple[str, ...]
    caption: Text
    note: Text = NOTHING


@dataclass(frozen=True)
class Bars:
    """A chart of one column of a written table, a bar for each row called by its column ``label``."""

    analysis: Analysis
    rows: Rows
    label: str
    value: str
    caption: Text


@dataclass(frozen=True)
class Extremes:
    """A sentence about the rows with most and least of a column; said of three rows or more.

    Slots: ``{most}``, ``{most_value}``, ``{least}``, ``{least_value}``.
    """

    analysis: Analysis
    rows: Rows
    value: str
    words: Text


@dataclass(frozen=True)
class MapOf:
    """The maps of the sheets that show the results of ``analysis``; none where the tool has no such sheet."""

    analysis: Analysis


@dataclass(frozen=True)
class Said:
    """A sentence without numbers, which always holds."""

    words: Text


PERIOD = "period"
"""The slot that is no figure: «Fra il 2012 e il 2018», the two dates that the run has compared."""

Content = Said | Told | Listing | Bars | Extremes | MapOf


@dataclass(frozen=True)
class Indicator:
    """What the report tells of one indicator of ``study_components.csv``, under its own heading."""

    id: str
    title: Text
    contents: tuple[Content, ...]


@dataclass(frozen=True)
class Component:
    """One of the four components of the study: its id in ``study_components.csv`` and its indicators, in order."""

    id: str
    opening: tuple[Told, ...]
    indicators: tuple[Indicator, ...]
