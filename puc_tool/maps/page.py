"""A sheet as one JSON for the page template: words in one language, millimetres, colours. Nothing is code there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from layers.text import NOTHING, Lang, Text, say
from puc_tool.maps import fonts, style
from puc_tool.maps.compared_page import compared_page
from puc_tool.maps.drawing import Picture
from puc_tool.maps.folding import folds_across, folds_up
from puc_tool.maps.frame import (
    BAND_MM,
    BINDING_MM,
    GAP_MM,
    MARGIN_MM,
    Frame,
    bar_breaks,
    bar_labels,
    convergence,
    grid_step,
    north_sentence,
    scale_words,
    tick_words,
    ticks,
)
from puc_tool.maps.halves import Half
from puc_tool.maps.inset import INSET_MM
from puc_tool.maps.layout import Box, Layout
from puc_tool.maps.legend import SWATCH_MM, columns_of, has_long_amounts
from puc_tool.maps.map_sentence import without_table
from puc_tool.maps.panel_page import panel_page, told_of_rows
from puc_tool.maps.sheet import LegendGroup, Sheet, SheetTable, TableRow
from puc_tool.maps.titleblock import references, title_block

Page = dict[str, Any]
INSET_FILE = "inset.svg"
REGIONS: Mapping[Lang, str] = {"it": "IT", "en": "GB"}
_STRONG_EVERY, _FROM_CORNER_MM = 5, 6.5

HEADINGS = {
    "legend": Text("Legenda", "Legend"),
    "sources": Text("Fonti e riferimenti", "Sources and references"),
    "inset": Text("Inquadramento", "Location"),
    "crest": Text("stemma", "crest"),
    "stamp": Text("DATI DIMOSTRATIVI", "DEMONSTRATION DATA"),
    "stamp_more": Text("senza valore legale", "without legal value"),
    "north": Text("N", "N"),
    "page": Text("pagina", "page"),
    "further": Text("Cifre, tabelle e formule", "Figures, tables and formulas"),
    "continued": Text("Segue alla pagina successiva", "Continues on the next page"),
}
_QUADRO = Text("Quadro di unione", "Sheet index")
CHECK_BAR_MM = 100.0
_CHECK_BAR = Text(
    "100 mm: se misura di meno o di più, la stampa non è in scala",
    "100 mm: where it measures otherwise, the print is not to scale",
)


def page_json(sheet: Sheet, layout: Layout, pictures: Sequence[Picture], legend: Sequence[LegendGroup]) -> bytes:
    """Return the JSON that ``page.typ`` prints; ``pictures`` are the map's from the bottom up."""
    page = {
        **_head(sheet),
        "look": {**look(), "swatch": list(SWATCH_MM)},
        "paper": _paper(layout),
        "pictures": [_picture(each, layout) for each in pictures],
        "compared": compared_page(sheet, layout),
        "ticks": _ticks(layout),
        "stamp": _box(layout.stamp),
        "scale": _scale(layout),
        "legend": [_group(group, number) for number, group in enumerate(legend)],
        "table": sheet.table and _table(sheet.table, continues=layout.paper.continues),
        "panel": sheet.panel and panel_page(sheet.panel, continues=layout.paper.continues),
        "note": sheet.note and {"heading": sheet.note.heading, "text": sheet.note.text, "warns": sheet.note.is_warning},
        "footnotes": list(sheet.footnotes),
        "sources": [{"label": line.label, "text": line.text} for line in (*sheet.sources, *references(sheet))],
        "folds": {
            "x": folds_across(layout.paper.width_mm, layout.paper.height_mm),
            "y": folds_up(layout.paper.height_mm),
        },
        "check": {"mm": CHECK_BAR_MM, "words": _CHECK_BAR},
        "crest": sheet.crest and sheet.crest[0],
        "inset": {"file": INSET_FILE, "width": INSET_MM[0], "height": INSET_MM[1], "alt": _inset_alt(sheet)},
        "block": _block(sheet, layout.frame),
    }
    return as_json(page, sheet.lang)


def _inset_alt(sheet: Sheet) -> Text:
    """Return what the small map shows: where this sheet lies, among its like or in the territory."""
    view = sheet.map.context.view
    if view.tiles:
        return say(
            "Quadro di unione, con il riquadro di questo foglio: il {i} di {n}.",
            "Sheet index, with the frame of this sheet: number {i} of {n}.",
            n=view.count, i=view.number,
        )  # fmt: skip
    return Text(
        "Inquadramento: il territorio fra i vicini, con il riquadro della tavola.",
        "Location: the territory among its neighbours, with the frame of the sheet.",
    )


def _block(sheet: Sheet, frame: Frame) -> Page:
    block = title_block(sheet, scale_words(frame))
    return {key: {"label": name, "value": value} for key, (name, value) in block.items()}


def as_json(page: Page, lang: Lang) -> bytes:
    """Return ``page`` for a template: its words in one language, every one of them printable."""
    return json.dumps(_in(page, lang), ensure_ascii=False, sort_keys=True).encode()


def look() -> Page:
    """Return the colours and the family that every template reads."""
    return {
        "ink": style.INK, "ink_2": style.INK_2, "rule": style.RULE, "accent": style.ACCENT,
        "warning": style.WARNING, "family": fonts.FAMILY,
    }  # fmt: skip


def lang_of(lang: Lang) -> Page:
    """Return the language as a template sets it."""
    return {"lang": lang, "region": REGIONS[lang]}


def _in(value: Any, lang: Lang) -> Any:
    """Return ``value`` with every Text in ``lang`` and every word printable."""
    if isinstance(value, Text):
        return fonts.printable(value.to(lang))
    if isinstance(value, str):
        return fonts.printable(value)
    if isinstance(value, Mapping):
        return {key: _in(inner, lang) for key, inner in value.items()}
    return [_in(inner, lang) for inner in value] if isinstance(value, list | tuple) else value


def _head(sheet: Sheet) -> Page:
    view = sheet.map.context.view
    return {
        **lang_of(sheet.lang),
        "title": sheet.title,
        "part": view.name if view.is_unit else NOTHING,
        "document": say("{code} · {title}", "{code} · {title}", code=sheet.code, title=sheet.title),
        "subtitle": sheet.subtitle,
        "day": sheet.day and [sheet.day.year, sheet.day.month, sheet.day.day],
        "alt": sheet.alt if sheet.alt else sheet.title,
        "alt_alone": without_table(sheet.alt) if sheet.alt else sheet.title,
        "words": HEADINGS | {"inset": _QUADRO if sheet.map.context.view.tiles else HEADINGS["inset"]},
        "key_figures": [{"value": figure.value, "caption": figure.caption} for figure in sheet.key_figures],
    }


def _paper(layout: Layout) -> Page:
    paper, frame = layout.paper, layout.frame
    return {
        "width": paper.width_mm, "height": paper.height_mm, "column": paper.column_mm, "panel": paper.panel_mm,
        "enlargement": paper.enlargement, "continues": paper.continues,
        "binding": BINDING_MM, "margin": MARGIN_MM, "gap": GAP_MM, "band": BAND_MM,
        "frame_width": frame.width_mm, "frame_height": frame.height_mm,
    }  # fmt: skip


def _picture(picture: Picture, layout: Layout) -> Page:
    width = layout.frame.width_mm if picture.width_mm is None else picture.width_mm
    return {"file": picture.name, "x": picture.left_mm, "width": width}


def _ticks(layout: Layout) -> Page:
    """Return the ticks of every ground there is along the frame's width, and those of its height, which is one."""
    frame, step = layout.frame, grid_step(layout.frame.denominator)
    _, bottom, _, top = frame.bounds
    north = [(metres, (top - metres) / frame.metres_a_mm) for metres in reversed(ticks(bottom, top, step))]
    along = [tick for ground in layout.grounds for tick in _ticks_along(ground, step)]
    return {"x": along, "y": _tick_list(north, frame.height_mm, step, "N")}


def _ticks_along(ground: Half, step: int) -> list[Page]:
    frame = ground.frame
    left, _, right, _ = frame.bounds
    east = [(metres, (metres - left) / frame.metres_a_mm) for metres in ticks(left, right, step)]
    return [{**tick, "mm": tick["mm"] + ground.left_mm} for tick in _tick_list(east, frame.width_mm, step, "E")]


def _tick_list(places: list[tuple[int, float]], length_mm: float, step: int, letter: str) -> list[Page]:
    """Return where each tick is and what it says; near a corner nothing, and the unit at the first that speaks."""
    spoken = [metres for metres, mm in places if _FROM_CORNER_MM < mm < length_mm - _FROM_CORNER_MM]
    words = {metres: tick_words(metres) + (f"\u00a0{letter}" if metres == spoken[0] else "") for metres in spoken}
    return [
        {"mm": round(mm, 3), "words": words.get(metres, ""), "strong": metres % (_STRONG_EVERY * step) == 0}
        for metres, mm in places
    ]


def _scale(layout: Layout) -> Page:
    frame = layout.frame
    breaks = bar_breaks(frame.denominator)
    words, unit = bar_labels(breaks)
    return {
        **(_box(layout.scale) or {}),
        "words": scale_words(frame),
        "breaks": [{"mm": at / layout.hand.metres_a_mm, "words": word} for at, word in zip(breaks, words, strict=True)],
        "unit": unit,
        "note": north_sentence(convergence(frame)),
    }


def _box(box: Box | None) -> Page | None:
    return box and {"x": box[0], "y": box[1], "width": box[2] - box[0], "height": box[3] - box[1]}


def swatch_file(group: int, item: int) -> str:
    """Return the name of the picture of one legend swatch."""
    return f"swatch-{group}-{item}.svg"


def _group(group: LegendGroup, number_of_group: int) -> Page:
    items = [
        {"swatch": swatch_file(number_of_group, index), "label": item.label, "amount": item.amount}
        for index, item in enumerate(group.items)
    ]
    title = HEADINGS["legend"] if number_of_group == 0 and not group.title else group.title
    return {"title": title, "columns": columns_of(group), "alone": has_long_amounts(group), "items": items}


def _table(table: SheetTable, *, continues: bool) -> Page:
    return {
        "title": table.title,
        "columns": [
            {"label": column.label, "align": column.align, "wide": column.wide, "strong": column.strong}
            for column in table.columns
        ],
        "rows": [_row(row) for row in table.rows],
        "total": table.total and _row(table.total),
        "bars": table.bars and {"label": table.bars.label, "colours": [fill.colour for fill in table.bars.styles]},
        "more": told_of_rows(len(table.rows), table.file, continues=continues),
    }


def _row(row: TableRow) -> Page:
    return {"cells": list(row.cells), "bar": list(row.bar)}
