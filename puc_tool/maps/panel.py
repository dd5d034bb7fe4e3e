"""What stands in a second column between map and first column: charts with their data, and one long table."""

from __future__ import annotations

from dataclasses import dataclass

from layers.text import Text
from puc_tool.maps.style import Mark

PANEL_MM = 100.0
"""How wide a panel is on A3; wider paper enlarges it with its column."""


@dataclass(frozen=True)
class Axis:
    """What a chart counts along one side, with its unit and which way is better; ``decimals`` of its ticks."""

    label: Text
    decimals: int = 0


@dataclass(frozen=True)
class Points:
    """Signs of one look at (across, up), each with the letters beside it; ``label`` says what the look means."""

    label: Text
    style: Mark
    places: tuple[tuple[float, float], ...]
    letters: tuple[str, ...]


@dataclass(frozen=True)
class PlainTable:
    """Words and numbers in rows; the first ``lefts`` columns stand left, the first of ``wide`` takes the room left."""

    columns: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    lefts: int = 1
    wide: tuple[int, ...] = (0,)

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row needs one cell for each column")


@dataclass(frozen=True)
class Chart:
    """A scatter of points. ``alt`` says what it shows; ``data`` are its very numbers, printed under it."""

    title: Text
    across: Axis
    up: Axis
    points: tuple[Points, ...]
    alt: Text
    data: PlainTable


@dataclass(frozen=True)
class Step:
    """What one part adds to a whole, of the ``most`` it could add."""

    label: Text
    amount: float
    most: float


@dataclass(frozen=True)
class Waterfall:
    """Parts that add up to a ``total`` between 0 and 1: each begins where the one before ended.

    ``given`` and ``possible`` say what the two bars of a part mean. ``alt`` says what it shows; ``data`` are its very
    numbers, printed under it.
    """

    title: Text
    axis: Axis
    steps: tuple[Step, ...]
    total: float
    total_label: Text
    given: Text
    possible: Text
    alt: Text
    data: PlainTable


@dataclass(frozen=True)
class LongTable:
    """A table set as small as it takes; rows without room are counted, and stand in ``file``."""

    title: Text
    table: PlainTable
    file: str


@dataclass(frozen=True)
class Panel:
    """A chart above a long table; either may be missing."""

    chart: Chart | Waterfall | None = None
    table: LongTable | None = None
