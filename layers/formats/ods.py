"""The sheets of an OpenDocument spreadsheet, from the one XML file in it that holds the cells."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator

_MOST = 200 * 2**20
"""Bytes of cells unpacked, at most: 200 MiB are millions of cells, and what claims more is no plan's table."""

_MOST_REPEATED = 1024
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def sheets(content: bytes) -> list[tuple[str, list[list[str]]]]:
    """Return name and rows of each sheet; raises ValueError, KeyError or BadZipFile where it is none."""
    root = ET.fromstring(_cells(content))  # with no document type there is no entity to expand
    return [(table.get(f"{_TABLE}name", ""), _rows(table)) for table in root.iter(f"{_TABLE}table")]


def _cells(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("content.xml") as stream:
        found = stream.read(_MOST + 1)
    if len(found) > _MOST or b"<!DOCTYPE" in found or not found.lstrip().startswith(b"<"):
        raise ValueError("no spreadsheet we open")
    return found


def _rows(table: ET.Element) -> list[list[str]]:
    rows = list[list[str]]()
    for row in table.iter(f"{_TABLE}table-row"):
        cells = list(_row(row))
        # The sheet ends with an empty row repeated a million times.
        rows += [cells] * (_repeats(row, "number-rows-repeated") if cells else 1)
    return rows


def _row(row: ET.Element) -> Iterator[str]:
    cells = [(_value(cell), _repeats(cell, "number-columns-repeated")) for cell in row if _is_cell(cell)]
    while cells and not cells[-1][0]:
        cells.pop()
    for value, times in cells:
        yield from [value] * times


def _is_cell(element: ET.Element) -> bool:
    return element.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def _repeats(element: ET.Element, name: str) -> int:
    return min(int(element.get(f"{_TABLE}{name}", 1)), _MOST_REPEATED)


def _value(cell: ET.Element) -> str:
    """Return the stored value of numbers and dates, which does not depend on how they are shown; else the text."""
    stored = cell.get(f"{_OFFICE}value") or cell.get(f"{_OFFICE}date-value")
    if stored is not None:
        return stored.removesuffix(".0").removesuffix("T00:00:00")
    return "\n".join("".join(line.itertext()) for line in cell.iter(f"{_TEXT}p")).strip()
