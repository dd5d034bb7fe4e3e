"""The tables of a GTFS timetable inside its zip, read column by column as text.

Source: the GTFS Schedule reference, gtfs.org, sections «File Requirements» and «Field Definitions».
"""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import pandas as pd
import pyarrow
from pyarrow import csv as arrow_csv

from layers.formats import gtfs_remarks
from layers.formats.table_text import other_encoding
from layers.problems import Problem, PucError
from layers.source import Source

MOST_BYTES = 2 << 30
"""How large one table may be, unpacked: a region's timetable."""

_HEAD_BYTES = 1 << 16
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class Feed:
    """An open feed. ``members`` gives where each table lies in the zip; some zips hold them in a folder."""

    source: Source
    archive: zipfile.ZipFile
    members: Mapping[str, str]
    encoding: str | None
    said: list[Problem] = field(default_factory=list)

    def has(self, table: str) -> bool:
        """Tell whether the feed has ``table``."""
        return table in self.members

    def read(self, table: str, needed: tuple[str, ...], wanted: tuple[str, ...] = ()) -> pd.DataFrame:
        """Return the columns of ``table`` as text without blanks at its ends; a wanted one not there is empty.

        Raises PucError if the table or a needed column is missing, or it can't be read. Rows that are cut or too long
        are left out, and told in ``said``.
        """
        names = self._columns(table)
        missing = [name for name in needed if name not in names]
        if missing:
            raise PucError(gtfs_remarks.no_column(self.source, table, missing[0]))
        here = [name for name in (*needed, *wanted) if name in names]
        columns = self._text(table, names, here)
        frame = pd.DataFrame({name: columns[name].str.strip() for name in here})
        return frame.reindex(columns=[*needed, *wanted], fill_value="")

    def _columns(self, table: str) -> list[str]:
        """Return the names in the head, which may come with blanks, quotes and a byte order mark."""
        with self._open(table) as stream:
            head = stream.read(_HEAD_BYTES).decode("utf-8-sig", errors="replace")
        return [name.strip() for name in next(csv.reader(io.StringIO(head)), [])]

    def _text(self, table: str, names: list[str], here: list[str]) -> pd.DataFrame:
        cut = list[int]()
        reading = arrow_csv.ReadOptions(column_names=names, skip_rows=1, encoding=self.encoding or "utf-8")
        parsing = arrow_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=lambda row: _skip(cut))
        text = {name: pyarrow.string() for name in here}
        converting = arrow_csv.ConvertOptions(include_columns=here, column_types=text, strings_can_be_null=False)
        try:
            with self._open(table) as stream:
                read = arrow_csv.read_csv(stream, reading, parsing, converting)
        except (UnicodeError, LookupError) as error:
            raise PucError(other_encoding(f"{self.source.name}/{table}", self.encoding)) from error
        except pyarrow.ArrowException as error:
            raise PucError(self._unread(table, error)) from error
        if cut:
            self.said.append(gtfs_remarks.rows_cut(self.source, table, len(cut)))
        return read.to_pandas()

    def _unread(self, table: str, error: Exception) -> Problem:
        if "UTF8" in str(error):
            return other_encoding(f"{self.source.name}/{table}", self.encoding)
        return gtfs_remarks.unreadable(self.source, table)

    @contextmanager
    def _open(self, table: str) -> Iterator[io.BufferedIOBase]:
        if not self.has(table):
            raise PucError(gtfs_remarks.no_table(self.source, table))
        if self.archive.getinfo(self.members[table]).file_size > MOST_BYTES:
            raise PucError(gtfs_remarks.too_large(self.source, table, MOST_BYTES))
        try:
            with self.archive.open(self.members[table]) as stream:
                yield stream  # type: ignore[misc]
        except _ZIP_ERRORS as error:
            raise PucError(gtfs_remarks.unreadable(self.source, table)) from error


@contextmanager
def opened(source: Source, encoding: str | None = None) -> Iterator[Feed]:
    """Give the feed at ``source``; its text is UTF-8 unless ``encoding`` says otherwise."""
    try:
        archive = zipfile.ZipFile(source.held)
    except _ZIP_ERRORS as error:
        raise PucError(gtfs_remarks.unreadable(source, source.path.name)) from error
    with archive:
        inside = [PurePosixPath(name) for name in archive.namelist() if not name.startswith("__MACOSX/")]
        # Of two tables of the same name the one nearest to the top is meant.
        deepest_first = sorted(inside, key=lambda path: -len(path.parts))
        yield Feed(source, archive, {path.name: str(path) for path in deepest_first}, encoding)


def _skip(cut: list[int]) -> str:
    cut.append(1)
    return "skip"
