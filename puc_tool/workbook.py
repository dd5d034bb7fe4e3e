"""Results as a workbook of XLSX: a page of figures, and one for each table."""

from __future__ import annotations

import io
import re

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from analyses.result import Result, Table
from puc_tool.still_zip import still

_STILL_STAMP = "2000-01-01T00:00:00Z"


def workbook(result: Result, about: str = "") -> bytes:
    """Return the figures and tables of ``result``; ``about`` stands above each page."""
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = "Cifre"
    _fill(page, ["Cifra", "Valore", "Unità", "Perché manca"], _figure_rows(result), about)
    for table in result.tables:
        _page(book.create_sheet(), table, about)
    return _saved(book)


def workbook_of(table: Table) -> bytes:
    """Return a table as a workbook of one page."""
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    _page(page, table, "")
    return _saved(book)


def _page(page: Worksheet, table: Table, about: str) -> None:
    page.title = table.spec.id[:31]
    heads = [f"{column.label.it} ({column.unit})" if column.unit else column.label.it for column in table.columns]
    _fill(page, heads, table.frame[[column.id for column in table.columns]].to_numpy().tolist(), about)


def _saved(book: Workbook) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return still(held.getvalue(), _hourless)


def _figure_rows(result: Result) -> list[list[object]]:
    return [[each.spec.label.it, each.value, each.spec.unit, each.why.it] for each in result.figures]


def _fill(page: Worksheet, heads: list[str], rows: list[list[object]], about: str) -> None:
    # Rows are counted here: the worksheet finds its last row by looking at every cell.
    top = 2 if about else 1
    if about:
        page.append([about])
    for place, head in enumerate(heads, start=1):
        cell = page.cell(top, place, head)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        page.column_dimensions[get_column_letter(place)].width = 32 if place <= 2 else 18
    page.freeze_panes = f"A{top + 1}"
    for number, row in enumerate(rows, start=top + 1):
        for place, value in enumerate(row, start=1):
            _put(page.cell(number, place), value)


def _put(cell: Cell, value: object) -> None:
    """Write a value; a name that begins with «=» stays a name, it never becomes a formula."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(value, float):
        cell.number_format = "#,##0.00"


def _hourless(name: str, content: bytes) -> bytes:
    """Return a file of a workbook without the hour it was made: equal content gives equal bytes."""
    if name != "docProps/core.xml":
        return content
    return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _STILL_STAMP.encode(), content)
