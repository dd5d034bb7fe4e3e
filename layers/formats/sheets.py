"""Workbooks: the sheets of XLSX and ODS as rows of text. Formulas give their stored result, and nothing is run."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PurePath

from layers.formats import ods
from layers.formats.disguise import is_plain_xml
from layers.formats.table_text import Records
from layers.problems import Problem, PucError
from layers.text import Text, same

_XLSX, _ODS = ".xlsx", ".ods"
_MOST = 1 << 30
"""Bytes unpacked, at most. What a workbook says of its parts' size bounds what is read of them."""

_XML, _HEAD = (".xml", ".rels"), 1 << 16
_BROKEN = (
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    EOFError,
    OSError,
    SyntaxError,
    zlib.error,
    RuntimeError,  # a locked part, or one packed in a way of the future
)


def is_workbook(name: str, inside: str = "") -> bool:
    """Tell whether the file of that name, or the one inside it, is a workbook."""
    return PurePath(inside or name).suffix.lower() in (_XLSX, _ODS)


def names(content: bytes, name: str) -> tuple[str, ...]:
    """Return the names of the sheets that are not empty, in the workbook's order; raises PucError if it is broken."""
    return tuple(sheet for sheet, rows in _sheets(content, name) if _filled(rows))


def records(content: bytes, name: str, sheet: str) -> Records:
    """Return the rows of ``sheet`` from its head on: the first row with two filled cells."""
    rows = next(_filled(rows) for each, rows in _sheets(content, name) if each == sheet)
    start = next((at for at, (_, row) in enumerate(rows) if sum(cell != "" for cell in row) > 1), len(rows))
    table = rows[start:]
    width = max((len(row) for _, row in table), default=0)
    return Records([row + [""] * (width - len(row)) for _, row in table], [line for line, _ in table], "UTF-8")


def _filled(rows: Iterable[list[str]]) -> list[tuple[int, list[str]]]:
    return [(line, row) for line, row in enumerate(rows, start=1) if any(row)]


def _sheets(content: bytes, name: str) -> list[tuple[str, list[list[str]]]]:
    try:
        if content[30:].startswith(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"):
            return ods.sheets(content)
        return list(_xlsx(content))
    except _BROKEN as error:
        raise PucError(_broken(name)) from error


def _xlsx(content: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > _MOST:
            raise ValueError("too large")
        if not all(is_plain_xml(_head(archive, name)) for name in archive.namelist() if name.endswith(_XML)):
            raise ValueError("a document type")
    # Slow to load, and most studies hold no workbook.
    import openpyxl

    with warnings.catch_warnings():
        # openpyxl warns of the styles and validations that it does not keep; only values are wanted.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            yield sheet.title, [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def _head(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        return stream.read(_HEAD)


def _text(value: object) -> str:
    """Return a cell as it would stand in a text table: whole numbers without «.0», dates as 2026-11-22."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return value.isoformat().removesuffix("T00:00:00")
    return str(value).strip()


def _broken(name: str) -> Problem:
    return Problem(
        "table-unreadable",
        same(name),
        Text(
            "la cartella di lavoro è rotta o non è quello che dice il nome.",
            "the workbook is broken or is no workbook.",
        ),
        Text("Non se ne legge alcun foglio.", "None of its sheets is read."),
        Text(
            "Aprirla e salvarla di nuovo, o salvare il foglio in CSV.",
            "Open and save it again, or save the sheet as CSV.",
        ),
    )
