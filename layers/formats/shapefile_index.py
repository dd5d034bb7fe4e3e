"""The index of a shapefile (.shx): where each record of the .shp begins and how long it is.

Source: ESRI Shapefile Technical Description (1998): big-endian lengths in 16-bit words, headers of 100 bytes.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_HEADER = 100
_MAGIC = (9994).to_bytes(4, "big")
_ENTRY = np.dtype([("offset", ">i4"), ("length", ">i4")])
_RECORD_HEADER = 8
_MARK = ".shx-rebuilt"


def sidecar(main: Path, ending: str) -> Path | None:
    """Return the file beside ``main`` with ``ending``, whatever the case; the one written alike if there are two."""
    alike = [
        each
        for each in main.parent.iterdir()
        if each.suffix.lower() == ending and each.stem.lower() == main.stem.lower() and each.is_file()
    ]
    return min(alike, key=lambda each: (each.stem != main.stem, each.name), default=None)


def is_usable(shp: Path) -> bool:
    """Tell whether the index beside ``shp`` is there and whole, under a name that GDAL finds."""
    shx = sidecar(shp, ".shx")
    if shx is None or shx.stem != shp.stem or shx.suffix not in (".shx", ".SHX"):
        return False
    size = shx.stat().st_size
    with shx.open("rb") as stream:
        head = stream.read(_HEADER)
    return (
        len(head) == _HEADER and head.startswith(_MAGIC) and _HEADER <= 2 * int.from_bytes(head[24:28], "big") <= size
    )


def entries(shp: Path) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where each record of ``shp`` begins and how long its content is (bytes), as the index says."""
    shx = sidecar(shp, ".shx")
    assert shx is not None, "whoever asks has seen to it that there is one"
    content = shx.read_bytes()
    end = min(len(content), 2 * int.from_bytes(content[24:28], "big"))
    held = np.frombuffer(content, _ENTRY, count=max(0, end - _HEADER) // _ENTRY.itemsize, offset=_HEADER)
    return 2 * held["offset"].astype(np.int64), 2 * held["length"].astype(np.int64)


def rebuild(shp: Path) -> None:
    """Write the index beside ``shp``, a private copy, by walking from record to record.

    A record that the end of the file cuts short is listed, so that it is counted among those that can't be read.
    Does nothing if ``shp`` is no shapefile.
    """
    content = shp.read_bytes()
    if len(content) < _HEADER or not content.startswith(_MAGIC):
        return
    found = bytearray()
    at = _HEADER
    while at + _RECORD_HEADER <= len(content):
        words = int.from_bytes(content[at + 4 : at + 8], "big", signed=True)
        if words < 2:  # no record is shorter than its shape type: what follows is no record
            break
        found += (at // 2).to_bytes(4, "big") + words.to_bytes(4, "big")
        at += _RECORD_HEADER + 2 * words
    length = (_HEADER + len(found)) // 2
    shp.with_suffix(".shx").write_bytes(content[:24] + length.to_bytes(4, "big") + content[28:_HEADER] + found)
    shp.with_suffix(_MARK).touch()


def is_rebuilt(shp: Path) -> bool:
    """Tell whether the index of ``shp``, a private copy, is one that ``rebuild`` wrote."""
    return shp.with_suffix(_MARK).exists()
