"""Text tables as they come: encoding, separator and line ends are found out, and what was found is said."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from layers.problems import Problem, PucError, Severity
from layers.text import NOTHING, Text, same, say

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = ";,\t|"
_SAMPLE = 40


@dataclass(frozen=True)
class Records:
    """Rows of cells as text; ``lines`` is the place of each in its file, counted from 1, the head's first."""

    rows: list[list[str]]
    lines: list[int]
    encoding: str = "UTF-8"
    said: tuple[Problem, ...] = ()


def records(content: bytes, name: str, encoding: str | None = None) -> Records:
    """Return the rows of a text table that are not empty.

    Without ``encoding``: what a byte order mark says, else UTF-8, else Windows-1252, and then that is told.
    Raises PucError if the text is in none of them, or is no table.
    """
    text, used = _decoded(content, name, encoding)
    separator, body = _separated(text)
    try:
        found = list(_numbered(body, separator))
    except csv.Error as error:
        raise PucError(not_a_table(name)) from error
    skipped = text.count("\n") - body.count("\n")
    guessed = (_windows(name),) if used == "cp1252" and encoding is None else ()
    return Records([row for _, row in found], [line + skipped for line, _ in found], used.upper(), guessed)


def _decoded(content: bytes, name: str, encoding: str | None) -> tuple[str, str]:
    for tried in (encoding,) if encoding else _likely(content):
        try:
            text = content.decode(tried)
        except (UnicodeError, LookupError):
            continue
        return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), tried
    raise PucError(other_encoding(name, encoding))


def _likely(content: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return (encoding,)
    # Every other byte of Latin text is zero in UTF-16, and none is in any other encoding.
    if b"\0" in content[:2]:
        return ("utf-16-be",) if content[:1] == b"\0" else ("utf-16-le",)
    return "utf-8", "cp1252"


def _separated(text: str) -> tuple[str, str]:
    """Return the separator and the text after the line «sep=;» that a spreadsheet may put first."""
    first, _, rest = text.partition("\n")
    if first.strip().lower()[:-1] == "sep=" and first.strip()[-1] in _SEPARATORS:
        return first.strip()[-1], rest
    return max(_SEPARATORS, key=lambda separator: _fit(text, separator)), text


def _fit(text: str, separator: str) -> tuple[bool, float, int]:
    """Tell how well ``separator`` cuts the first rows: into several columns, as many in each, and many."""
    sample = [row for row in _sample(text, separator) if row]
    if not sample:
        return False, 0.0, 0
    width = len(sample[0])
    return width > 1, sum(len(row) == width for row in sample) / len(sample), width


def _sample(text: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        return [row for row, _ in zip(reader, range(_SAMPLE), strict=False)]
    except csv.Error:
        return []


def _numbered(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    for row in reader:
        if any(cell.strip() for cell in row):
            yield reader.line_num, row


def not_a_table(name: str) -> Problem:
    """Return the problem of a file that holds no table."""
    return Problem(
        "table-unreadable",
        same(name),
        Text("non è una tabella con intestazione e almeno due colonne.", "it is no table with a head and two columns."),
        NOTHING,
        Text("Salvare la tabella in CSV.", "Save the table as CSV."),
    )


def other_encoding(name: str, encoding: str | None) -> Problem:
    """Return the problem of text that is not in ``encoding``, or not in what the file says."""
    return Problem(
        "encoding-wrong",
        same(name),
        say(
            "i testi non si leggono come «{e}».",
            "the text can't be read as “{e}”.",
            e=encoding or Text("UTF-8, o come il file dichiara", "UTF-8, or as the file states"),
        ),
        Text("Le lettere accentate andrebbero perse.", "Accented letters would be lost."),
        Text(
            "Indicare la codifica con --encoding, per esempio --encoding ISO-8859-1.",
            "Give the encoding with --encoding, for example --encoding ISO-8859-1.",
        ),
    )


def _windows(name: str) -> Problem:
    return Problem(
        "encoding-guessed",
        same(name),
        Text("i testi non sono in UTF-8: letti come Windows-1252.", "the text is not UTF-8: read as Windows-1252."),
        NOTHING,
        Text("Se gli accenti sono sbagliati, indicare --encoding.", "If accents are wrong, give --encoding."),
        Severity.INFO,
    )
