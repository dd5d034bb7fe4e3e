"""The sheets' own maps drawn for a page of text: the same styles and numbers, the legend beside the map or below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import attrgetter

from analyses.analysis import Analysis
from layers import crs as coordinate_systems
from layers.problems import PucError
from layers.text import Lang, Text, say
from puc_tool.maps import legend
from puc_tool.maps.drawing import Drawing, draw
from puc_tool.maps.frame import (
    BAND_MM,
    BINDING_MM,
    GAP_MM,
    MARGIN_MM,
    Frame,
    Paper,
    frame_round,
    grid_step,
    scale_words,
)
from puc_tool.maps.layout import Box, Layout, lay_out
from puc_tool.maps.map_sentence import at_scale, without_table
from puc_tool.maps.no_boundary import boundary_of
from puc_tool.maps.sheet import Context, MapContent, Numbers, Sheet
from puc_tool.maps.style import Disc, Lettering
from puc_tool.printing import sheets
from puc_tool.printing.drawing_desk import context_of
from puc_tool.report.composing import MISSING
from puc_tool.report.document import Block, Key, Map, Note
from puc_tool.report.findings import Findings, Found
from puc_tool.shelf import Shelf

BESIDE_MM, BELOW_MM = (118.0, 112.0), (168.0, 112.0)
"""A map with its legend beside it, of which two fill a page; a wide map, with its legend below."""

_NOWHERE = (0.0, 0.0, 0.0, 0.0)


@dataclass
class MapDesk:
    """Draws the maps of one study; what lies around it is looked up once."""

    shelf: Shelf
    findings: Findings
    lang: Lang

    def __post_init__(self) -> None:
        self._context: Context | None = None

    def maps_of(self, analysis: Analysis) -> tuple[Block, ...]:
        """Return a map for each sheet that shows the results of ``analysis``."""
        return tuple(self._maps(analysis))

    def _maps(self, analysis: Analysis) -> Iterator[Block]:
        found = self.findings.of(analysis)
        if found is None:
            return
        for kind in sheets.ALL:
            if isinstance(kind, sheets.SheetKind) and kind.analysis is analysis:
                yield self._map(kind, found)

    def _map(self, kind: sheets.SheetKind, found: Found) -> Block:
        """Return the map of a sheet, or why it can't be drawn: the text does without it."""
        try:
            boundary_of(self.shelf, kind.title)
            sheet = kind.build(self.shelf, found.written, self.context, self.lang)
        except PucError as error:
            told = (say("{t}: {m} {r}", "{t}: {m} {r}", t=kind.title, m=each.message, r=each.remedy)
                    for each in error.problems)  # fmt: skip
            return Note(MISSING, tuple(told), warns=True)
        if kind.of and sheet.title != kind.title:  # a sheet of one unit bears the unit's name alone
            sheet = replace(sheet, title=say("{k}: {t}", "{k}: {t}", k=kind.title, t=sheet.title))
        return map_figure(sheet, kind.analysis.id, self.lang)

    @property
    def context(self) -> Context:
        """What lies around the study."""
        if self._context is None:
            self._context = context_of(self.shelf)
        return self._context


def map_figure(sheet: Sheet, result: str, lang: Lang) -> Map:
    """Return the map of ``sheet`` at the largest standard scale that fits the page, without the table's numbers.

    A sheet of a part shows the part, at no larger a scale than the sheet.
    """
    content = replace(sheet.map, layers=tuple(each for each in sheet.map.layers if not isinstance(each, Numbers)))
    frame = min((_frame(content, size_mm) for size_mm in (BESIDE_MM, BELOW_MM)), key=attrgetter("denominator"))
    drawing = drawn(content, frame, lang)
    where = say("{s}, {c}", "{s}, {c}", s=scale_words(frame), c=coordinate_systems.name_of(content.crs))
    return Map(
        say("{t}. Scala {w}", "{t}. Scale {w}", t=sheet.title, w=where),
        _sentence(sheet, frame) if sheet.alt else sheet.title,
        {picture.name: picture.content for picture in drawing.pictures},
        (frame.width_mm, frame.height_mm),
        tuple(keys(sheet, drawing, frame)),
        result,
    )


def _frame(content: MapContent, size_mm: tuple[float, float]) -> Frame:
    """Return the frame of ``size_mm`` round what the sheet shows; of a part, at no larger a scale than the sheet."""
    part, least = content.context.view.ground, content.denominator
    bounds = (part or content.boundary).bounds
    frame = frame_for(bounds, content, size_mm)
    too_large = part is not None and least is not None and frame.denominator < least
    return frame_for(bounds, content, size_mm, least) if too_large else frame


def _sentence(sheet: Sheet, frame: Frame) -> Text:
    """Return what the sheet says of its map, at the scale drawn here, where no table stands beside it."""
    on_sheet = scale_words(lay_out(sheet.map, sheet.is_demonstration).frame)
    return at_scale(without_table(sheet.alt), on_sheet, scale_words(frame))


def frame_for(
    bounds: tuple[float, float, float, float],
    content: MapContent,
    size_mm: tuple[float, float],
    scale: int | None = None,
) -> Frame:
    """Return the frame of ``size_mm`` round ``bounds``, as if it stood on a sheet whose map has just this size."""
    paper = Paper(
        size_mm[0] + BINDING_MM + MARGIN_MM + GAP_MM + 2 * BAND_MM, size_mm[1] + 2 * (MARGIN_MM + BAND_MM), 0.0
    )
    return frame_round(bounds, content.crs, paper, scale)


def drawn(content: MapContent, frame: Frame, lang: Lang, stamp: Box | None = None, scale: Box = _NOWHERE) -> Drawing:
    """Return ``content`` drawn in ``frame``; names keep clear of ``stamp`` and ``scale``, if they stand over it."""
    return draw(content, Layout(Paper(frame.width_mm, frame.height_mm, 0.0), frame, stamp, scale), lang)


def keys(sheet: Sheet, drawing: Drawing, frame: Frame) -> Iterator[Key]:
    """Yield the legend of what one can see on the map."""
    groups = legend.with_base(sheet.legend, drawing.drawn, grid_step(frame.denominator))
    for group in groups:
        for item in group.items:
            if item.style in drawing.drawn and not isinstance(item.style, Disc | Lettering):
                yield Key(legend.swatch(item.style), item.label, item.amount, group.title)
