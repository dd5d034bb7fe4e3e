"""The report as PDF/UA-1: the document as one JSON for the page template, and its pictures."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from layers.text import Lang, Text, long_date, say, shortened
from puc_tool.maps.page import REGIONS, as_json, look
from puc_tool.report import printing
from puc_tool.report.document import (
    Block,
    Chart,
    Document,
    Entries,
    Key,
    Map,
    Note,
    Paragraph,
    Sentence,
    Table,
)
from puc_tool.report.marks import Marks

TEMPLATE, CONTENT, PICTURE, PICTURE_CONTENT = "report.typ", "report.json", "picture.typ", "picture.json"
CONTENTS = Text("Indice", "Contents")
_NARROW, _SHORT, _BETWEEN, _LINE = 3, 18, 2, 120.0
"""Characters: no column is narrower, no shorter cell is wrapped, what parts two columns, how many stand on a line."""

_LABEL = 72
"""Characters of the longest label that leaves room for its bar."""

_BARS_MM, _SWATCH_MM, _SWATCH = 140.0, 9.0, "swatch.svg"
TEXT_MM, _LEGEND_MM = 168.0, 46.0
"""The width of the text, and what a legend beside a map needs of it."""

Page = dict[str, Any]


def pdf(document: Document, lang: Lang) -> bytes:
    """Return the report as tagged PDF; the same document gives the same bytes."""
    pages = _Pages(document, lang)
    content = {CONTENT: as_json(pages.page(), lang), **pages.pictures}
    return printing.pdf(TEMPLATE, content, document.day)


def picture(block: Chart | Map, lang: Lang, dpi: int) -> bytes:
    """Return a chart or a map as PNG, for the formats that take no drawing."""
    pictures: dict[str, bytes] = {}
    page = {
        "lang": lang,
        "look": look(),
        "width": _BARS_MM if isinstance(block, Chart) else block.size_mm[0] + 0.6,
        "chart": chart_json(block) if isinstance(block, Chart) else None,
        "map": map_json(block, "", pictures) if isinstance(block, Map) else None,
        "swatch": "",
    }
    return printing.png(PICTURE, {PICTURE_CONTENT: as_json(page, lang), **pictures}, dpi)


def swatch_png(key: Key, lang: Lang, dpi: int) -> bytes:
    """Return the swatch of a legend as PNG."""
    page = {"lang": lang, "look": look(), "width": _SWATCH_MM, "chart": None, "map": None, "swatch": _SWATCH}
    return printing.png(PICTURE, {PICTURE_CONTENT: as_json(page, lang), _SWATCH: key.swatch}, dpi)


def dated(document: Document) -> Text:
    """Return the date of the study in words, nothing where it has none."""
    return long_date(document.day) if document.day else Text("", "")


def chart_json(chart: Chart) -> Page:
    """Return the bars for a template."""
    return {
        "full": chart.full,
        "bars": [{"label": shortened(bar.label, _LABEL), "value": bar.value, "words": bar.words} for bar in chart.bars],
    }


def map_json(shown: Map, prefix: str, pictures: dict[str, bytes]) -> Page:
    """Return a map and its legend for a template, and put their files in ``pictures`` under ``prefix``."""
    pictures.update({f"{prefix}{name}": content for name, content in shown.pictures.items()})
    pictures.update({f"{prefix}key-{place}.svg": key.swatch for place, key in enumerate(shown.legend)})
    return {
        "pictures": [f"{prefix}{name}" for name in shown.pictures],
        "width": shown.size_mm[0],
        "height": shown.size_mm[1],
        "beside": shown.size_mm[0] + _LEGEND_MM <= TEXT_MM,
        "legend": _groups(shown, prefix),
    }


def _groups(shown: Map, prefix: str) -> list[Page]:
    """Return the legend under its headings."""
    placed = itertools.groupby(enumerate(shown.legend), key=lambda numbered: numbered[1].group)
    return [
        {
            "title": title,
            "items": [
                {"swatch": f"{prefix}key-{place}.svg", "label": key.label, "amount": key.amount} for place, key in keys
            ],
        }
        for title, keys in placed
    ]


class _Pages:
    """The JSON of one document, gathering the pictures it names on the way."""

    def __init__(self, document: Document, lang: Lang) -> None:
        self.pictures: dict[str, bytes] = {}
        self._document, self._lang, self._marks = document, lang, Marks(document, lang)

    def page(self) -> Page:
        document = self._document
        return {
            "lang": self._lang, "region": REGIONS[self._lang], "look": look(),
            "title": document.title, "subtitle": self._cell(document.subtitle), "authority": document.authority,
            "day": document.day and [document.day.year, document.day.month, document.day.day],
            "dated": dated(document), "stamp": document.stamp, "contents": CONTENTS,
            "chapters": [
                {
                    "title": _numbered(place, chapter.title), "page": chapter.begins_page,
                    "blocks": [self._block(block) for block in chapter.blocks],
                    "sections": [
                        {"title": _numbered(f"{place}.{inner}", section.title),
                         "blocks": [self._block(block) for block in section.blocks]}
                        for inner, section in enumerate(chapter.sections, start=1)
                    ],
                }
                for place, chapter in enumerate(document.chapters, start=1)
            ],
        }  # fmt: skip

    def _block(self, block: Block) -> Page:
        return _KINDS[type(block)](self, block)

    def paragraph(self, block: Paragraph) -> Page:
        return {
            "kind": "paragraph",
            "lead": block.is_lead,
            "sentences": [self._sentence(sentence) for sentence in block.sentences],
        }

    def _sentence(self, sentence: Sentence) -> list[Page]:
        return [
            {"words": each.words, "mark": self._marks.of_result(each.result) if each.result else ""}
            for each in sentence.stretches(self._lang)
        ]

    def table(self, block: Table) -> Page:
        rows = [[self._cell(cell) for cell in row] for row in block.rows]
        return {
            "kind": "table",
            **self._captioned(block, block.note),
            "heads": [{"label": head.to(self._lang), "number": head.is_number} for head in block.heads],
            "rows": rows,
            "widths": widths(block, self._lang),
            "register": block.is_register,
        }

    def _cell(self, words: Text) -> Page:
        return {"words": words, "lang": words.foreign_to(self._lang) or self._lang}

    def chart(self, block: Chart) -> Page:
        return {"kind": "chart", "alt": block.alt, **self._captioned(block), **chart_json(block)}

    def map(self, block: Map) -> Page:
        prefix = f"map{len(self.pictures)}-"
        return {"kind": "map", "alt": block.alt, **self._captioned(block), **map_json(block, prefix, self.pictures)}

    def _captioned(self, block: Table | Chart | Map, note: Text | None = None) -> Page:
        return {
            "number": self._marks.caption(block), "caption": block.caption, "note": note or "",
            "source": self._marks.source(block.result),
        }  # fmt: skip

    def note(self, block: Note) -> Page:
        return {"kind": "note", "heading": block.heading, "items": list(block.items), "warns": block.warns}

    def entries(self, block: Entries) -> Page:
        return {"kind": "entries", "entries": [{"term": each.term, "words": each.words} for each in block.entries]}


_KINDS: Mapping[type, Callable[[_Pages, Any], Page]] = {
    Paragraph: _Pages.paragraph, Table: _Pages.table, Chart: _Pages.chart, Map: _Pages.map, Note: _Pages.note,
    Entries: _Pages.entries,
}  # fmt: skip


def widths(table: Table, lang: Lang) -> list[float]:
    """Return each column's share of the width: what its cells need on one line, less where they are long for the page.

    A column of which nine cells in ten are short is a short one. What long ones get goes by the square root of their
    need, which keeps the rows low.
    """
    needs = [_need(table, place, lang) for place in range(len(table.heads))]
    given, room = dict[int, float](), _LINE
    for left, place in zip(range(len(needs), 0, -1), sorted(range(len(needs)), key=needs.__getitem__), strict=True):
        if needs[place] > room / left:
            break
        given[place] = needs[place]
        room -= needs[place]
    long = {place: math.sqrt(need) for place, need in enumerate(needs) if place not in given}
    return [given[place] if place in given else room * long[place] / sum(long.values()) for place in range(len(needs))]


def _need(table: Table, place: int, lang: Lang) -> int:
    """Return how many characters wide a column would be, with the room between it and the next."""
    cells = [row[place].to(lang) for row in table.rows]
    usual = sorted(map(len, cells))[: len(cells) * 9 // 10 + 1][-1:]
    short = (len(cell) for cell in cells if len(cell) <= _SHORT)
    head = max(map(len, table.heads[place].to(lang).split()))
    return max(head + 1, *usual, *short, *_pieces(cells), _NARROW) + _BETWEEN


def _pieces(cells: list[str]) -> Iterator[int]:
    """Yield the lengths of what is not broken: words, of a path its folders."""
    for word in " ".join(cells).split():
        yield from map(len, word.replace("/", "/ ").split() if len(word) > _SHORT else [word])


def _numbered(place: object, title: Text) -> Text:
    return say("{p} {t}", "{p} {t}", p=place, t=title)
