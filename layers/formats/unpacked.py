"""How large a dataset is once unpacked, so that a small file can't fill the memory."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from layers.source import Source

_CHUNK = 1 << 20


def unpacked_bytes(source: Source, most: int) -> int:
    """Return the size (bytes) of what ``source`` holds, unpacked; past ``most`` the counting ends.

    Of ``.gz`` it is counted by unpacking: what such a file says of its size is cut at 4 GiB, and may be wrong.
    Raises OSError, EOFError, zlib.error or zipfile.BadZipFile if the file is broken.
    """
    if not source.name.lower().endswith(".gz"):
        return _listed(source)
    size = 0
    with _packed(source) as packed, gzip.open(packed) as stream:
        while size <= most and (chunk := stream.read(_CHUNK)):
            size += len(chunk)
    return size


def _listed(source: Source) -> int:
    if not source.inside:
        return source.path.stat().st_size
    with zipfile.ZipFile(source.path) as archive:
        return archive.getinfo(source.inside).file_size


@contextmanager
def _packed(source: Source) -> Iterator[IO[bytes]]:
    if not source.inside:
        with source.path.open("rb") as stream:
            yield stream
        return
    with zipfile.ZipFile(source.path) as archive, archive.open(source.inside) as member:
        yield member
