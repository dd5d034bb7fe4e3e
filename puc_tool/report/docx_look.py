"""How a DOCX looks: the colours and the width of its text, and what python-docx has no word for."""

from __future__ import annotations

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph as DocxParagraph

from puc_tool.maps import fonts, style

WIDTH_MM = 168
ACCENT, WARNING, GREY = (RGBColor.from_string(each[1:].upper()) for each in (style.ACCENT, style.WARNING, style.INK_2))
WARNED, TOLD = "FBF1E8", "EBF1F4"


def dress(named: ParagraphStyle, size: float) -> None:
    """Give a style our family and size; Word falls back to Arial where the family is not installed."""
    named.font.name, named.font.size = fonts.FAMILY, Pt(size)
    fonts_of = named.element.get_or_add_rPr().get_or_add_rFonts()
    for which in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts_of.set(qn(which), fonts.FAMILY)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts_of.attrib.pop(qn(theme), None)
    named.font.color.rgb = ACCENT if named.name in ("Heading 1", "Heading 2", "Title") else None


def repeat_head(table: DocxTable) -> None:
    """Mark the first row as the header, repeated on every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def rule_lightly(table: DocxTable) -> None:
    """Leave the lines between rows, thin and grey: the numbers are to be read, not the grid."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "nil" if side in ("left", "right", "insideV") else "single")
        line.set(qn("w:sz"), "4")
        line.set(qn("w:color"), "AAB0B6")
        borders.append(line)
    table._tbl.tblPr.append(borders)


def shade(paragraph: DocxParagraph, colour: str) -> None:
    """Lay a colour under a paragraph."""
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour)
    paragraph._p.get_or_add_pPr().append(shade)


def fill(paragraph: DocxParagraph, words: str, is_number: bool, *, bold: bool = False) -> None:
    """Write the words of a cell: numbers to the right."""
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold, Pt(8)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if is_number else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.space_after = Pt(0)


def set_widths(table: DocxTable, shares: list[float]) -> None:
    """Share the width of the page among the columns."""
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        width = Mm(WIDTH_MM * share / sum(shares))
        column.width = width
        for cell in column.cells:
            cell.width = width
