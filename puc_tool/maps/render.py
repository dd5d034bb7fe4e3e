"""A sheet, drawn and set: the one way from :class:`Sheet` to files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analyses.progress import Report, silent
from layers.problems import Problem
from layers.text import Text
from puc_tool.maps import dxf, geotiff, legend
from puc_tool.maps.compared_drawing import draw_map
from puc_tool.maps.drawing import Drawing
from puc_tool.maps.frame import grid_step
from puc_tool.maps.inset import inset
from puc_tool.maps.layout import lay_out
from puc_tool.maps.lint import lint
from puc_tool.maps.page import INSET_FILE, page_json, swatch_file
from puc_tool.maps.panel_page import CHART_FILE, picture
from puc_tool.maps.proof import Proof
from puc_tool.maps.sheet import LegendGroup, Sheet
from puc_tool.maps.style import Format
from puc_tool.maps.typeset import PAGE_FORMATS, typeset

PNG_DPI = 150
SHEET_FILE = "sheet.json"


@dataclass(frozen=True)
class Rendered:
    """The files by format, and what speaks against printing them; ``page`` is what the page was set from.

    ``further``: of PNG and SVG the pages after the first.
    """

    files: Mapping[Format, bytes]
    denominator: int
    problems: tuple[Problem, ...]
    page: Mapping[str, bytes] = field(default_factory=dict)
    further: Mapping[Format, tuple[bytes, ...]] = field(default_factory=dict)


def render(sheet: Sheet, formats: Sequence[Format] = ("pdf",), dpi: int = PNG_DPI, report: Report = silent) -> Rendered:
    """Return ``sheet`` as PDF (PDF/UA-1), PNG at ``dpi``, SVG, GeoTIFF or DXF. The same sheet gives the same bytes.

    Raises
    ------
    PucError
        Where the boundary is empty, so that there is nothing to frame.
    """
    report(0.0, Text("Disegno la carta", "Drawing the map"))
    layout = lay_out(sheet.map, sheet.is_demonstration)
    drawing = draw_map(sheet.map, layout, sheet.lang)
    report(0.5, Text("Compongo la tavola", "Setting the sheet"))
    shown = legend.on_the_page(sheet.legend, drawing.drawn) if sheet.map.context.view.is_part else sheet.legend
    groups = legend.with_base(shown, drawing.drawn, grid_step(layout.frame.denominator))
    page = page_json(sheet, layout, drawing.pictures, groups)
    files = {SHEET_FILE: page, INSET_FILE: inset(sheet.map, layout.seen), **_pictures(sheet, drawing, groups)}
    done = typeset(files, [each for each in formats if each in PAGE_FORMATS], dpi, sheet.day)
    made = {**done.files}
    if "tif" in formats:
        made["tif"] = geotiff.geotiff(drawing.pictures, layout.frame, dpi)
    if "dxf" in formats:
        made["dxf"] = dxf.dxf(sheet.map, groups, layout.frame)
    report(1.0, Text("Tavola composta", "Sheet set"))
    proof = Proof(sheet, layout.seen, drawing, groups, done.rows_shown, done.slack_mm, done.panel_rows)
    ordered = {each: made[each] for each in dict.fromkeys(formats)}
    return Rendered(ordered, layout.frame.denominator, tuple(lint(proof)), files, done.further)


def _pictures(sheet: Sheet, drawing: Drawing, groups: Sequence[LegendGroup]) -> dict[str, bytes]:
    swatches = {
        swatch_file(number, index): legend.swatch(item.style)
        for number, group in enumerate(groups)
        for index, item in enumerate(group.items)
    }
    crest = dict([sheet.crest] if sheet.crest else [])
    plot = sheet.panel.chart if sheet.panel else None
    charts = {CHART_FILE: picture(plot, sheet.lang)} if plot else {}
    return {**{each.name: each.content for each in drawing.pictures}, **swatches, **charts, **crest}
