"""How long a NetCDF of the classic format says it is: of one that is cut the library reads zeros for what is missing.

Source: «The NetCDF Classic Format Specification» (Unidata): big-endian, names and values padded to 4 bytes. Those of
the HDF5 format state their end, and the library refuses them when they are cut.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO

_MAGIC = b"CDF"
_OFFSET_BYTES = {1: 4, 2: 8}
_VALUE_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 4, 6: 8}
_PADDING = 3
_HEAD = 1 << 20
_MOST = 100_000
"""Things in a list of the head, at most: what claims more is no head."""


def least_length(path: Path) -> int | None:
    """Return the length (bytes) that the file has at least, by its head; None if that does not tell.

    A file of another format, or with a dimension that grows, does not.
    """
    with path.open("rb") as stream:
        head = io.BytesIO(stream.read(_HEAD))
    if head.read(3) != _MAGIC:
        return None
    try:
        return _end(head, _OFFSET_BYTES[head.read(1)[0]])
    except (EOFError, KeyError, IndexError):
        return None


def _end(head: IO[bytes], offset_bytes: int) -> int | None:
    head.seek(8)
    lengths = [_dimension(head) for _ in range(_count(head))]
    _pass_attributes(head)
    ends = [_variable_end(head, offset_bytes) for _ in range(_count(head))]
    return max(ends) - _PADDING if ends and 0 not in lengths else None


def _dimension(head: IO[bytes]) -> int:
    _pass_name(head)
    return _number(head)


def _variable_end(head: IO[bytes], offset_bytes: int) -> int:
    _pass_name(head)
    for _ in range(_number(head)):
        _number(head)
    _pass_attributes(head)
    _number(head)
    size = _number(head)
    return size + _number(head, offset_bytes)


def _pass_attributes(head: IO[bytes]) -> None:
    for _ in range(_count(head)):
        _pass_name(head)
        size = _VALUE_BYTES[_number(head)]
        _pass(head, size * _number(head))


def _pass_name(head: IO[bytes]) -> None:
    _pass(head, _number(head))


def _pass(head: IO[bytes], size: int) -> None:
    head.seek(size + -size % 4, io.SEEK_CUR)


def _count(head: IO[bytes]) -> int:
    """Return how many things a list has, behind the tag that says which."""
    _number(head)
    found = _number(head)
    if found > _MOST:
        raise EOFError
    return found


def _number(head: IO[bytes], size: int = 4) -> int:
    read = head.read(size)
    if len(read) < size:
        raise EOFError
    return int.from_bytes(read, "big")
