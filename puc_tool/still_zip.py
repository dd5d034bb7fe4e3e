"""Office files are zip files that carry the hour they were made. Here they lose it: equal content is equal bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

_TIME = (1980, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"

Change = Callable[[str, bytes], bytes]
"""What becomes of a file of the zip, by its name and content."""


def still(packed: bytes, change: Change = lambda _, content: content) -> bytes:
    """Return the same files in a fixed order, without times, each as ``change`` makes it."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != _FIRST, name)):
            new.writestr(zipfile.ZipInfo(name, _TIME), change(name, old.read(name)), zipfile.ZIP_DEFLATED)
    return held.getvalue()
