"""The report as an editable DOCX: real headings, tables with header rows, pictures with alternative text."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, cast

import docx as word
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run

from layers.text import Lang, Text
from puc_tool.report import docx_fields as fields
from puc_tool.report import docx_look as look
from puc_tool.report.document import Block, Chapter, Chart, Document, Entries, Key, Map, Note, Paragraph, Table
from puc_tool.report.marks import Marks
from puc_tool.report.pdf_writer import CONTENTS, dated, picture, swatch_png, widths
from puc_tool.still_zip import still

DPI = 150
_LANGUAGES: Mapping[Lang, str] = {"it": "it-IT", "en": "en-GB"}
_STILL = datetime(2000, 1, 1, tzinfo=UTC)
_LEFT_MM, _RIGHT_MM, _TOP_MM, _BOTTOM_MM = 25, 17, 22, 20
_SWATCH_MM = 8.4
_SIZES = {"Normal": 9.5, "Heading 1": 19, "Heading 2": 12, "Title": 32, "Subtitle": 14, "Caption": 8.5}


def docx(document: Document, lang: Lang) -> bytes:
    """Return the report as DOCX; the same document gives the same bytes."""
    pages = _Pages(document, lang)
    held = io.BytesIO()
    pages.written().save(held)
    return still(held.getvalue())


class _Pages:
    """One document on its way into Word."""

    def __init__(self, document: Document, lang: Lang) -> None:
        self._document, self._lang, self._marks = document, lang, Marks(document, lang)
        self._docx: Docx = word.Document()
        self._bookmarks, self._swatches = 0, dict[bytes, bytes]()

    def written(self) -> Docx:
        """Return the whole file."""
        self._properties()
        self._styles()
        self._cover()
        self._contents()
        for place, chapter in enumerate(self._document.chapters, start=1):
            self._chapter(place, chapter)
        return self._docx

    def _properties(self) -> None:
        core, words = self._docx.core_properties, self._document
        core.title = f"{words.title.to(self._lang)} · {words.subtitle.to(self._lang)}"
        core.author, core.last_modified_by, core.comments = words.authority.to(self._lang), "", ""
        core.language = _LANGUAGES[self._lang]
        core.created = core.modified = (
            datetime(words.day.year, words.day.month, words.day.day, tzinfo=UTC) if words.day else _STILL
        )

    def _styles(self) -> None:
        section = self._docx.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(_LEFT_MM), Mm(_RIGHT_MM)
        section.top_margin, section.bottom_margin = Mm(_TOP_MM), Mm(_BOTTOM_MM)
        for name, size in _SIZES.items():
            look.dress(self._docx.styles[name], size)
        fields.speak(self._docx.styles["Normal"], _LANGUAGES[self._lang])
        stamp = self._document.stamp.to(self._lang)
        foot = section.footer.paragraphs[0]
        foot.text = " · ".join(part for part in (dated(self._document).to(self._lang), stamp) if part) + "\t\t"
        foot.paragraph_format.tab_stops.add_tab_stop(Mm(look.WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)
        fields.simple(foot, "PAGE")

    def _cover(self) -> None:
        words = self._document
        self._docx.add_paragraph(words.authority.to(self._lang))
        self._docx.add_paragraph(words.title.to(self._lang), style="Title")
        subtitle = self._docx.add_paragraph(words.subtitle.to(self._lang), style="Subtitle")
        self._tongue(subtitle.runs[0], words.subtitle)
        self._docx.add_paragraph(dated(words).to(self._lang))
        if words.stamp:
            self._docx.add_paragraph().add_run(words.stamp.to(self._lang)).font.color.rgb = look.WARNING
        self._docx.add_page_break()  # type: ignore[no-untyped-call]

    def _contents(self) -> None:
        """Write the list of contents: a field that Word and LibreOffice update, filled with its entries already."""
        title = self._docx.add_paragraph()
        title.add_run(CONTENTS.to(self._lang)).bold = True
        headings = list(self._headings())
        for number, (anchor, level, words) in enumerate(headings):
            entry = self._docx.add_paragraph(style=self._entry_style(level))
            if not number:
                fields.begin(entry, r'TOC \o "1-2" \h \z \u', is_stale=True)
            fields.entry(entry, words, anchor)
            if number == len(headings) - 1:
                fields.end(entry)

    def _headings(self) -> Iterator[tuple[str, int, str]]:
        """Yield bookmark, level and words of every heading."""
        for place, chapter in enumerate(self._document.chapters, start=1):
            yield f"_Toc{place}", 1, f"{place} {chapter.title.to(self._lang)}"
            for inner, section in enumerate(chapter.sections, start=1):
                yield f"_Toc{place}_{inner}", 2, f"{place}.{inner} {section.title.to(self._lang)}"

    def _entry_style(self, level: int) -> ParagraphStyle:
        """Return the style «toc 1» or «toc 2», made with its dotted tab to the margin where the template has none."""
        name = f"toc {level}"
        if name not in {each.name for each in self._docx.styles}:
            made = cast("ParagraphStyle", self._docx.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
            made.base_style = self._docx.styles["Normal"]
            made.font.bold = level == 1
            made.paragraph_format.left_indent = Mm(5 * (level - 1))
            made.paragraph_format.space_after = Pt(1)
            made.paragraph_format.tab_stops.add_tab_stop(Mm(look.WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        return cast("ParagraphStyle", self._docx.styles[name])

    def _heading(self, words: str, level: int, anchor: str) -> DocxParagraph:
        heading = self._docx.add_heading(words, level)
        fields.bookmark(heading, anchor, self._bookmarks)
        self._bookmarks += 1
        return heading

    def _chapter(self, place: int, chapter: Chapter) -> None:
        heading = self._heading(f"{place} {chapter.title.to(self._lang)}", 1, f"_Toc{place}")
        heading.paragraph_format.page_break_before = chapter.begins_page
        for block in chapter.blocks:
            self._block(block)
        for inner, section in enumerate(chapter.sections, start=1):
            self._heading(f"{place}.{inner} {section.title.to(self._lang)}", 2, f"_Toc{place}_{inner}")
            for block in section.blocks:
                self._block(block)

    def _block(self, block: Block) -> None:
        _KINDS[type(block)](self, block)

    def paragraph(self, block: Paragraph) -> None:
        written = self._docx.add_paragraph()
        for place, sentence in enumerate(block.sentences):
            written.add_run(" " if place else "")
            for stretch in sentence.stretches(self._lang):
                words = written.add_run(stretch.words)
                words.bold = bool(stretch.result)
                if block.is_lead:
                    words.font.size = Pt(11)
                if stretch.result:
                    mark = written.add_run(self._marks.of_result(stretch.result))
                    mark.font.superscript, mark.font.color.rgb = True, look.GREY

    def table(self, block: Table) -> None:
        self._caption(block)
        table = self._docx.add_table(rows=1, cols=len(block.heads))
        table.style = "Table Grid"
        look.rule_lightly(table)
        look.repeat_head(table)
        for cell, head in zip(table.rows[0].cells, block.heads, strict=True):
            look.fill(cell.paragraphs[0], head.to(self._lang), head.is_number, bold=True)
        for row in block.rows:
            for cell, words, head in zip(table.add_row().cells, row, block.heads, strict=True):
                look.fill(cell.paragraphs[0], words.to(self._lang), head.is_number)
                self._tongue(cell.paragraphs[0].runs[0], words)
        look.set_widths(table, widths(block, self._lang))
        self._source(block.note.to(self._lang), block.result)

    def picture(self, block: Chart | Map) -> None:
        self._caption(block)
        wide = min(block.size_mm[0], look.WIDTH_MM) if isinstance(block, Map) else look.WIDTH_MM
        shape = self._docx.add_picture(io.BytesIO(picture(block, self._lang, DPI)), width=Mm(wide))
        self._docx.paragraphs[-1].paragraph_format.keep_with_next = True
        shape._inline.docPr.set("descr", block.alt.to(self._lang))
        shape._inline.docPr.set("name", self._marks.caption(block).rstrip("."))
        if isinstance(block, Map) and block.legend:
            self._legend(block.legend)
        self._source("", block.result)

    def _legend(self, legend: tuple[Key, ...]) -> None:
        """Write a legend: swatches, each with its words, which say it all."""
        written = self._docx.add_paragraph()
        written.paragraph_format.keep_with_next = True
        for key in legend:
            swatch = written.add_run().add_picture(io.BytesIO(self._swatch(key)), width=Mm(_SWATCH_MM))
            swatch._inline.docPr.set("descr", "")
            # Words stay together, and with their swatch.
            words = key.to(self._lang).replace(" ", "\u00a0")
            written.add_run(f"\u00a0{words}   ").font.size = Pt(7.5)

    def _swatch(self, key: Key) -> bytes:
        if key.swatch not in self._swatches:
            self._swatches[key.swatch] = swatch_png(key, self._lang, DPI)
        return self._swatches[key.swatch]

    def note(self, block: Note) -> None:
        headed = self._docx.add_paragraph()
        headed.paragraph_format.keep_with_next = True
        heading = headed.add_run(block.heading.to(self._lang))
        heading.bold, heading.font.color.rgb = True, look.WARNING if block.warns else look.ACCENT
        items = [self._docx.add_paragraph(item.to(self._lang), style="List Bullet") for item in block.items]
        for each in (headed, *items):
            look.shade(each, look.WARNED if block.warns else look.TOLD)

    def entries(self, block: Entries) -> None:
        for entry in block.entries:
            written = self._docx.add_paragraph()
            written.add_run(entry.term.to(self._lang)).bold = True
            written.add_run(f" — {entry.words.to(self._lang)}")

    def _tongue(self, run: Run, words: Text) -> None:
        """Mark a run whose words are of another language than the document."""
        other = words.foreign_to(self._lang)
        if other:
            fields.speak(run, _LANGUAGES[other])

    def _caption(self, block: Table | Chart | Map) -> None:
        written = self._docx.add_paragraph(style="Caption")
        written.add_run(f"{self._marks.caption(block)} ").bold = True
        written.add_run(block.caption.to(self._lang)).bold = False
        written.paragraph_format.keep_with_next = True

    def _source(self, note: str, result: str) -> None:
        words = " ".join(part for part in (note, self._marks.source(result)) if part)
        if words:
            small = self._docx.add_paragraph().add_run(words)
            small.font.size, small.font.color.rgb = Pt(7.5), look.GREY


_KINDS: Mapping[type, Callable[[_Pages, Any], None]] = {
    Paragraph: _Pages.paragraph, Table: _Pages.table, Chart: _Pages.picture, Map: _Pages.picture, Note: _Pages.note,
    Entries: _Pages.entries,
}  # fmt: skip
