"""What python-docx does not write: languages, bookmarks, and fields that the word processor fills in."""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.styles.style import BaseStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run


def simple(paragraph: Paragraph, code: str) -> None:
    """Add the field ``code``, without a result yet: of a page number, say."""
    begin(paragraph, code)
    end(paragraph)


def speak(of: Run | BaseStyle, language: str) -> None:
    """Say in which language («it-IT») the words of a run, or of a style, are."""
    of.element.get_or_add_rPr().append(_element("w:lang", {"w:val": language}))


def begin(paragraph: Paragraph, code: str, *, is_stale: bool = False) -> None:
    """Open a field; what follows up to :func:`end` is its result, made anew when the file is opened if ``is_stale``."""
    _mark(paragraph, "begin", is_stale)
    words = _element("w:instrText", {"xml:space": "preserve"})
    words.text = f" {code} "
    paragraph.add_run()._r.append(words)
    _mark(paragraph, "separate")


def end(paragraph: Paragraph) -> None:
    """Close a field."""
    _mark(paragraph, "end")


def entry(paragraph: Paragraph, words: str, anchor: str) -> None:
    """Add an entry of a list of contents: words that lead to the bookmark ``anchor``, and its page."""
    link = _element("w:hyperlink", {"w:anchor": anchor, "w:history": "1"})
    before = len(paragraph._p)
    paragraph.add_run(f"{words}\t")
    simple(paragraph, rf"PAGEREF {anchor} \h")
    for run in list(paragraph._p)[before:]:
        link.append(run)
    paragraph._p.append(link)


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put the bookmark ``name`` round the words of a paragraph."""
    first = _element("w:bookmarkStart", {"w:id": str(number), "w:name": name})
    paragraph.runs[0]._r.addprevious(first)
    paragraph._p.append(_element("w:bookmarkEnd", {"w:id": str(number)}))


def _mark(paragraph: Paragraph, kind: str, is_stale: bool = False) -> None:
    told = {"w:fldCharType": kind, **({"w:dirty": "true"} if is_stale else {})}
    paragraph.add_run()._r.append(_element("w:fldChar", told))


def _element(name: str, attributes: dict[str, str]) -> BaseOxmlElement:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key), value)
    return made
