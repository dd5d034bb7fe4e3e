"""The attributes of a shapefile (.dbf), as far as GDAL does not tell them: how many there are, and in which encoding.

Source: dBASE III file structure; language driver numbers as ESRI and dBASE give them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_HEADER, _FIELD = 32, 32
_END_OF_FIELDS = b"\r"
_DELETED = ord("*")
_PADDING = (b" ", b"\0")
_LANGUAGES = {0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x64: "cp852", 0x65: "cp866", 0xC8: "cp1250"}
"""Language driver numbers that say a code page; the others, like 0x57 («ANSI»), mean nothing sure."""

_ENOUGH_SAMPLES = 200
_BYTES_AT_ONCE = 1 << 20
"""Rows are looked at by so many bytes: the samples are mostly found in the first few."""


@dataclass(frozen=True)
class Dbf:
    """The rows of a .dbf. ``deleted`` tells of each row that is there whether it is marked as deleted.

    ``announced`` is how many rows the header says there are. ``samples`` are values of text with letters that are not
    ASCII, as bytes, each as long as its field. ``language`` is the code page of the header's language number, if it
    says one.
    """

    announced: int
    deleted: NDArray[np.bool_]
    samples: tuple[bytes, ...]
    language: str | None

    @property
    def there(self) -> int:
        """How many rows are there."""
        return len(self.deleted)


def opened(path: Path) -> Dbf | None:
    """Return what ``path`` holds, or None if it is no .dbf; raises OSError if it can't be read."""
    with path.open("rb") as stream:
        head = stream.read(_HEADER)
        fields = stream.read(max(0, int.from_bytes(head[8:10], "little") - _HEADER))
    announced, start = int.from_bytes(head[4:8], "little"), int.from_bytes(head[8:10], "little")
    length = int.from_bytes(head[10:12], "little")
    if len(head) < _HEADER or start < _HEADER or length < 1:
        return None
    there = min(announced, max(0, path.stat().st_size - start) // length)
    if not there:
        return Dbf(announced, np.zeros(0, dtype=np.bool_), (), _LANGUAGES.get(head[29]))
    # As a plain array: slices of a memmap are memmaps, which are slow to make.
    rows = np.asarray(np.memmap(path, np.uint8, "r", start, (there, length)))
    columns = _text_columns(fields, length)
    return Dbf(announced, rows[:, 0] == _DELETED, tuple(_samples(rows, columns)), _LANGUAGES.get(head[29]))


def codec_of(cpg: str) -> str | None:
    """Return the codec that a .cpg names in one of its many ways («1252», «ANSI 1252», «ISO 88591»), or None."""
    words = cpg.strip().strip("\0\ufeff").strip()
    digits = re.sub(r"\D", "", words)
    iso = digits.removeprefix("8859") if digits.startswith("8859") and len(digits) > 4 else ""
    for name in (words, f"iso8859-{iso}" if iso else "", f"cp{digits}"):
        try:
            return codecs.lookup(name).name
        except LookupError:
            continue
    return None


def is_text(sample: bytes, codec: str) -> bool:
    """Tell whether ``sample`` is text in ``codec``; where it fills its field, its last letter may be cut."""
    try:
        codecs.getincrementaldecoder(codec)().decode(sample, final=sample.endswith(_PADDING))
    except UnicodeError:
        return False
    return True


def is_utf8(samples: tuple[bytes, ...]) -> bool:
    """Tell whether all ``samples`` are UTF-8, with at least one letter that is whole and not ASCII."""
    whole = "".join(sample.decode("utf-8", errors="ignore") for sample in samples)
    return not whole.isascii() and all(is_text(sample, "utf-8") for sample in samples)


def _text_columns(fields: bytes, length: int) -> list[slice]:
    found, at = list[slice](), 1
    for start in range(0, len(fields) - _FIELD + 1, _FIELD):
        field = fields[start : start + _FIELD]
        if field[:1] == _END_OF_FIELDS:
            break
        if field[11:12] == b"C":
            found.append(slice(at, min(length, at + field[16])))
        at += field[16]
    return found


def _samples(rows: NDArray[np.uint8], columns: list[slice]) -> Iterator[bytes]:
    """Yield up to 200 values with bytes above 127, from the rows that are read for them, not from all at once."""
    left, step = _ENOUGH_SAMPLES, max(1, _BYTES_AT_ONCE // rows.shape[1])
    for start in range(0, len(rows), step):
        block = rows[start : start + step]
        for column in columns:
            accented = np.flatnonzero((block[:, column] > 127).any(axis=1))[:left]
            yield from (block[row, column].tobytes() for row in accented)
            left -= len(accented)
        if left <= 0:
            return
