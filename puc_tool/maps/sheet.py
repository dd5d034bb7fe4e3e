"""A map sheet as data: everything that is printed, and nothing about how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from layers.grid import Grid
from layers.text import NOTHING, Lang, Text
from puc_tool.maps.panel import Panel
from puc_tool.maps.style import NUMBER, PLACE_NAME, Disc, Fill, Lettering, Mark, Stroke, Style
from puc_tool.maps.view import WHOLE, View


@dataclass(frozen=True)
class RasterClasses:
    """Cells of classes: 0 draws nothing, ``k`` is drawn as ``styles[k - 1]``. In the grid's own CRS."""

    cells: NDArray[np.uint8]
    grid: Grid
    styles: tuple[Fill, ...]


@dataclass(frozen=True)
class Areas:
    """Polygons of one class, in the CRS of the map."""

    geometries: tuple[BaseGeometry, ...]
    style: Fill


@dataclass(frozen=True)
class Lines:
    """Lines of one kind, or the borders of polygons, in the CRS of the map."""

    geometries: tuple[BaseGeometry, ...]
    style: Stroke


@dataclass(frozen=True)
class Marks:
    """Signs at points, in the CRS of the map."""

    geometries: tuple[BaseGeometry, ...]
    style: Mark


@dataclass(frozen=True)
class Numbers:
    """``words[i]`` in a circle at ``geometries[i]``: a point, or the middle of a polygon."""

    geometries: tuple[BaseGeometry, ...]
    words: tuple[str, ...]
    style: Disc = NUMBER


@dataclass(frozen=True)
class Labels:
    """Names at points or in the middle of polygons, most important first; one that finds no room is left out."""

    geometries: tuple[BaseGeometry, ...]
    words: tuple[Text, ...]
    style: Lettering = PLACE_NAME


@dataclass(frozen=True)
class Tones:
    """A picture of many tones that covers the frame, PNG or JPEG: a photo, a relief. ``style`` is its swatch."""

    content: bytes
    style: Fill


Layer = RasterClasses | Areas | Lines | Marks | Numbers | Labels | Tones


@dataclass(frozen=True)
class Context:
    """What lies around, in the CRS of the map, and how the sheet looks at it.

    ``coastal``: what no commune covers inside the frame is sea.
    """

    neighbours: tuple[BaseGeometry, ...] = ()
    names: tuple[str, ...] = ()
    coastal: bool = False
    view: View = WHOLE


@dataclass(frozen=True)
class Compared:
    """What the right of two maps shows, and what both are called; all but the layers is the same on both.

    ``curtain_x`` is how far east the curtain hangs (m): one ground, the left map to it, the right one from it on.
    Without, both show the same ground side by side. Only whole pages are made of them, no GeoTIFF and no DXF.
    """

    names: tuple[Text, Text]
    layers: tuple[Layer, ...]
    curtain_x: float | None = None


@dataclass(frozen=True)
class MapContent:
    """What the map shows, in a projected ``crs`` in metres, x east and y north whatever its axis order.

    ``layers`` are drawn in order; the commune's border, its neighbours and the grid need no layer. Fills
    outside ``boundary`` are paled. ``denominator`` fixes the scale; without it the view's, else what fits the frame.
    ``panel_mm`` is what the sheet's panel takes of the map's width, where the paper has room for one. ``within`` is the
    commune, where ``boundary`` is but a unit of it: the small map shows where it lies. ``compared``: the map is two,
    and ``layers`` are those of the left one.
    """

    boundary: BaseGeometry
    crs: CRS
    layers: tuple[Layer, ...]
    context: Context = Context()
    denominator: int | None = None
    panel_mm: float = 0.0
    within: BaseGeometry | None = None
    compared: Compared | None = None


@dataclass(frozen=True)
class KeyFigure:
    """A large number and what it says, in one line or two."""

    value: Text
    caption: Text


@dataclass(frozen=True)
class LegendItem:
    """A swatch drawn from the very style of the map, its meaning, and how much of it there is."""

    label: Text
    style: Style
    amount: Text = NOTHING


@dataclass(frozen=True)
class LegendGroup:
    """Items under one heading; without amounts they stand in two columns. The first group may go untitled."""

    items: tuple[LegendItem, ...]
    title: Text = NOTHING


@dataclass(frozen=True)
class Column:
    """A column of the table. The first left-aligned column that is ``wide`` takes the room that is left."""

    label: Text
    align: Literal["left", "right"] = "left"
    wide: bool = False
    strong: bool = False


@dataclass(frozen=True)
class TableRow:
    """One cell for each column, and the parts of its bar as shares of the longest possible bar (0 to 1)."""

    cells: tuple[Text, ...]
    bar: tuple[float, ...] = ()


@dataclass(frozen=True)
class Bars:
    """What the bars mean; ``styles[i]`` colours part ``i``. They stand after the left-aligned columns."""

    label: Text
    styles: tuple[Fill, ...]


@dataclass(frozen=True)
class SheetTable:
    """A table beside the map, most important rows first. Rows without room are counted, not shown."""

    title: Text
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    total: TableRow | None = None
    bars: Bars | None = None
    file: str = ""
    """Name of the file that holds every row, for the line «… e altre n righe nel file …»."""

    def __post_init__(self) -> None:
        parts = len(self.bars.styles) if self.bars else 0
        listed = self.rows if self.total is None else (*self.rows, self.total)
        if any(len(row.cells) != len(self.columns) or len(row.bar) > parts for row in listed):
            raise ValueError("every row needs one cell for each column, and no more bar parts than bar styles")


@dataclass(frozen=True)
class Note:
    """A short paragraph after the table, with its first words in bold."""

    heading: Text
    text: Text
    is_warning: bool = False


@dataclass(frozen=True)
class SourceLine:
    """One source: what it is for, then who, what, of which date, under which licence."""

    label: Text
    text: Text


@dataclass(frozen=True)
class Sheet:
    """One map sheet, ready to be drawn.

    ``title_block`` is keyed by the ids of ``titleblock_fields.csv``; title, code, scale, sheet number and date
    are filled in from the sheet itself. ``day`` is the date of the data, never of printing; None is a
    fault the lint tells.
    ``alt`` says what the map shows, from the results' numbers. ``unverified`` names the defaults behind them that no
    source confirms. ``crest`` is the coat of arms, by file name.
    """

    id: str
    code: str
    title: Text
    subtitle: Text
    map: MapContent
    alt: Text
    day: date | None
    legend: tuple[LegendGroup, ...]
    sources: tuple[SourceLine, ...]
    key_figures: tuple[KeyFigure, ...] = ()
    table: SheetTable | None = None
    note: Note | None = None
    footnotes: tuple[Text, ...] = ()
    title_block: Mapping[str, Text] = field(default_factory=dict)
    is_demonstration: bool = False
    number: int = 1
    count: int = 1
    lang: Lang = "it"
    unverified: tuple[Text, ...] = ()
    crest: tuple[str, bytes] | None = None
    panel: Panel | None = None
