"""How large a dataset is once unpacked, so that a small file can't fill the memory."""

from __future__ import annotations

import gzip

from layers.source import Source

_CHUNK = 1 << 20


def unpacked_bytes(source: Source, most: int) -> int:
    """Return the size (bytes) of what ``source`` holds, unpacked; past ``most`` the counting ends.

    Of ``.gz`` it is counted by unpacking: what such a file says of its size is cut at 4 GiB, and may be wrong.
    Raises OSError, EOFError or zlib.error if the file is broken.
    """
    if not source.name.lower().endswith(".gz"):
        return source.held.stat().st_size
    size = 0
    with gzip.open(source.held) as stream:
        while size <= most and (chunk := stream.read(_CHUNK)):
            size += len(chunk)
    return size
