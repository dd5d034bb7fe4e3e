"""The files of a sheet that goes on: a PDF holds all its pages, of pictures each page is a file of its own."""

from __future__ import annotations

from collections.abc import Sequence

from puc_tool.maps.style import Format
from puc_tool.printing.export_manifest import Entry, Manifest

_PAGES = "pages"
_MOST = 99


def names(folder: Manifest, stem: str, form: Format) -> tuple[str, ...]:
    """Return the files of a sheet in one format, as the manifest has them."""
    return _named(stem, form, _count(folder[f"{stem}.{form}"]))


def put(folder: Manifest, file: tuple[str, Format], pages: Sequence[bytes], entry: Entry) -> None:
    """Write the pages of a sheet in one format; of an earlier, longer one none stays."""
    stem, form = file
    before, now = names(folder, stem, form), _named(stem, form, len(pages))
    said = {**entry, _PAGES: len(pages)} if len(pages) > 1 else entry
    for name, page in zip(now, pages, strict=True):
        folder.put(name, page, said)
    for name in before[len(now) :]:
        if folder[name]:
            folder.drop(name)


def _named(stem: str, form: Format, count: int) -> tuple[str, ...]:
    return (f"{stem}.{form}", *(f"{stem}.p{number}.{form}" for number in range(2, count + 1)))


def _count(entry: Entry) -> int:
    """Return into how many files a sheet went; a manifest is little trusted."""
    found = entry.get(_PAGES, 1)
    return found if isinstance(found, int) and 1 <= found <= _MOST else 1
