"""The report as one accessible HTML file: landmarks, headings in order, tables with heads, no script, no fetching."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from html import escape
from importlib.resources import files
from typing import Any

from layers.text import Lang, Text
from puc_tool.report.document import (
    Bar,
    Block,
    Chapter,
    Chart,
    Document,
    Entries,
    Map,
    Note,
    Paragraph,
    Sentence,
    Table,
)
from puc_tool.report.marks import Marks
from puc_tool.report.pdf_writer import CONTENTS, dated, picture

DPI = 150
_SKIP = Text("Vai al testo", "Skip to the text")
_VALUE = Text("Valore", "Value")
_NAME = Text("Nome", "Name")
_STYLE = "report.css"


def html(document: Document, lang: Lang) -> bytes:
    """Return the report as HTML, UTF-8; the same document gives the same bytes."""
    return "\n".join(_Pages(document, lang).lines()).encode() + b"\n"


class _Pages:
    """One document on its way into HTML, line by line."""

    def __init__(self, document: Document, lang: Lang) -> None:
        self._document, self._lang, self._marks = document, lang, Marks(document, lang)

    def lines(self) -> Iterator[str]:
        """Yield the whole page."""
        words = self._document
        title = f"{self._say(words.title)} · {self._say(words.subtitle)}"
        css = files("puc_tool").joinpath("report", _STYLE).read_text(encoding="utf-8")
        yield f'<!DOCTYPE html>\n<html lang="{self._lang}">\n<head>\n<meta charset="utf-8">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<title>{title}</title>\n<style>\n{css}</style>\n</head>\n<body>"
        yield f'<a class="skip" href="#text">{self._say(_SKIP)}</a>'
        yield f"<header>\n<p>{self._say(words.authority)}</p>\n<h1>{self._say(words.title)}</h1>"
        yield f'<p class="subtitle"{self._tongue(words.subtitle)}>{self._say(words.subtitle)}</p>'
        yield f"<p>{self._say(dated(words))}</p>"
        if words.stamp:
            yield f'<p class="stamp">{self._say(words.stamp)}</p>'
        yield "</header>"
        yield from self._contents()
        yield '<main id="text">'
        for place, chapter in enumerate(words.chapters, start=1):
            yield from self._chapter(place, chapter)
        yield f"</main>\n<footer><p>{self._say(dated(words))} {self._say(words.stamp)}</p></footer>\n</body>\n</html>"

    def _contents(self) -> Iterator[str]:
        yield f'<nav aria-labelledby="contents">\n<h2 id="contents">{self._say(CONTENTS)}</h2>\n<ol>'
        for place, chapter in enumerate(self._document.chapters, start=1):
            yield f'<li><a href="#c{place}">{self._say(chapter.title)}</a></li>'
        yield "</ol>\n</nav>"

    def _chapter(self, place: int, chapter: Chapter) -> Iterator[str]:
        begins = ' class="begins"' if chapter.begins_page else ""
        yield f'<section{begins} aria-labelledby="c{place}">\n<h2 id="c{place}">{place} {self._say(chapter.title)}</h2>'
        for block in chapter.blocks:
            yield from self._block(block)
        for inner, section in enumerate(chapter.sections, start=1):
            yield f"<h3>{place}.{inner} {self._say(section.title)}</h3>"
            for block in section.blocks:
                yield from self._block(block)
        yield "</section>"

    def _block(self, block: Block) -> Iterator[str]:
        return _KINDS[type(block)](self, block)

    def paragraph(self, block: Paragraph) -> Iterator[str]:
        kind = ' class="lead"' if block.is_lead else ""
        yield f"<p{kind}>{' '.join(self._sentence(sentence) for sentence in block.sentences)}</p>"

    def _sentence(self, sentence: Sentence) -> str:
        return "".join(
            f"<strong>{escape(each.words)}</strong>{self._mark(each.result)}" if each.result else escape(each.words)
            for each in sentence.stretches(self._lang)
        )

    def _mark(self, result: str) -> str:
        mark = self._marks.of_result(result)
        return f'<sup><a href="#{mark}">{mark}</a></sup>'

    def table(self, block: Table) -> Iterator[str]:
        yield f'<div class="table" role="region" tabindex="0" aria-label="{self._caption_words(block)}">\n<table>'
        yield f"<caption>{self._captioned(block)}</caption>\n<thead><tr>"
        yield "".join(
            f'<th scope="col"{_side(head.is_number)}>{escape(head.to(self._lang))}</th>' for head in block.heads
        )
        yield "</tr></thead>\n<tbody>"
        for row in block.rows:
            name = f' id="{self._say(row[0])}"' if block.is_register else ""
            first, *rest = (
                f"{self._tongue(words)}{_side(head.is_number)}>{self._say(words)}"
                for words, head in zip(row, block.heads, strict=True)
            )
            yield f'<tr><th scope="row"{name}{first}</th>{"".join(f"<td{cell}</td>" for cell in rest)}</tr>'
        yield "</tbody>\n</table>\n</div>"
        yield from self._source(self._say(block.note), block.result)

    def chart(self, block: Chart) -> Iterator[str]:
        yield f'<table class="bars">\n<caption>{self._captioned(block)}</caption>'
        heads = "".join(f'<th scope="col">{self._say(head)}</th>' for head in (_NAME, _VALUE))
        yield f'<thead class="unseen"><tr>{heads}</tr></thead>'
        yield "<tbody>"
        yield from (self._bar(bar, block.full) for bar in block.bars)
        yield "</tbody>\n</table>"
        yield from self._source("", block.result)

    def _bar(self, bar: Bar, full: float) -> str:
        share = min(1.0, abs(bar.value) / full) * 100
        kind = "bar minus" if bar.value < 0 else "bar"
        drawn = f'<span class="{kind}" style="width:{share:.1f}%"></span>'
        return (
            f'<tr><th scope="row"{self._tongue(bar.label)}>{self._say(bar.label)}</th>'
            f'<td><span class="room">{drawn}</span><span class="value">{self._say(bar.words)}</span></td></tr>'
        )

    def map(self, block: Map) -> Iterator[str]:
        content = b64encode(picture(block, self._lang, DPI)).decode()
        yield f'<figure>\n<img alt="{self._say(block.alt)}" src="data:image/png;base64,{content}">'
        yield f'<figcaption>{self._captioned(block)}</figcaption>\n</figure>\n<ul class="legend">'
        for key in block.legend:
            swatch = b64encode(key.swatch).decode()
            words = escape(key.to(self._lang))
            yield f'<li><img alt="" src="data:image/svg+xml;base64,{swatch}">{words}</li>'
        yield "</ul>"
        yield from self._source("", block.result)

    def note(self, block: Note) -> Iterator[str]:
        kind = ' class="warns"' if block.warns else ""
        yield f"<aside{kind}>\n<p><strong>{self._say(block.heading)}</strong></p>\n<ul>"
        yield from (f"<li>{self._say(item)}</li>" for item in block.items)
        yield "</ul>\n</aside>"

    def entries(self, block: Entries) -> Iterator[str]:
        yield "<dl>"
        yield from (f"<dt>{self._say(each.term)}</dt><dd>{self._say(each.words)}</dd>" for each in block.entries)
        yield "</dl>"

    def _captioned(self, block: Table | Chart | Map) -> str:
        return f"<strong>{self._marks.caption(block)}</strong> {self._say(block.caption)}"

    def _caption_words(self, block: Table) -> str:
        return f"{self._marks.caption(block)} {self._say(block.caption)}"

    def _source(self, note: str, result: str) -> Iterator[str]:
        mark = self._marks.of_result(result)
        source = f'<a href="#{mark}">{self._marks.source(result)}</a>' if mark else ""
        if note or source:
            yield f'<p class="source">{" ".join(part for part in (note, source) if part)}</p>'

    def _tongue(self, words: Text) -> str:
        """Return the language of an element whose words are of another than the page."""
        other = words.foreign_to(self._lang)
        return f' lang="{other}"' if other else ""

    def _say(self, words: Text) -> str:
        return escape(words.to(self._lang))


_KINDS: Mapping[type, Callable[[_Pages, Any], Iterator[str]]] = {
    Paragraph: _Pages.paragraph, Table: _Pages.table, Chart: _Pages.chart, Map: _Pages.map, Note: _Pages.note,
    Entries: _Pages.entries,
}  # fmt: skip


def _side(is_number: bool) -> str:
    return ' class="number"' if is_number else ""
