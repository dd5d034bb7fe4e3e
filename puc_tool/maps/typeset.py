"""From the page template and its files to PDF, PNG or SVG."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import typst

from puc_tool.maps import fonts, typst_room
from puc_tool.maps.inlined import inlined
from puc_tool.maps.style import Format
from puc_tool.maps.typst_room import TypstRoom

PAGE_FORMATS: tuple[Format, ...] = ("pdf", "png", "svg")
"""The formats of the whole page; the others hold the map alone."""

_MAIN, _FRAME = "page.typ", "frame.typ"
_PARTS = ("", "_kit", "_map", "_panel", "_column", "_foot", "_pages")
_ROOM = TypstRoom("maps", tuple(f"sheet{part}.typ" for part in _PARTS))


@dataclass(frozen=True)
class Typeset:
    """The files asked for, how many table rows found room, and the room left in the column (mm; < 0: too full).

    ``panel_rows``: how many rows of the panel's table found room. A PDF holds all pages; of PNG and SVG ``further``
    are those after the first.
    """

    files: Mapping[Format, bytes]
    rows_shown: int
    slack_mm: float
    panel_rows: int = 0
    further: Mapping[Format, tuple[bytes, ...]] = field(default_factory=dict)


def typeset(page: Mapping[str, bytes], formats: Sequence[Format], dpi: int, day: date | None) -> Typeset:
    """Set the sheet whose ``sheet.json`` and pictures are ``page``; PDF/UA-1, dated ``day`` or not at all."""
    with _ROOM.compiler(_MAIN, page) as compiler:
        made = {kind: _pages(compiler, kind, dpi, day) for kind in dict.fromkeys(formats)}
        fit = json.loads(compiler.query("<fit>", field="value", one=True))
    files = {kind: pages[0] for kind, pages in made.items()}
    further = {kind: pages[1:] for kind, pages in made.items() if pages[1:]}
    return Typeset(files, int(fit["rows"]), float(fit["slack"]), int(fit["panel"]), further)


def typeset_pages(template: str, content: Mapping[str, bytes], day: date | None) -> bytes:
    """Set as many pages as ``template`` makes of ``content``; PDF/UA-1, dated ``day`` or not at all."""
    with _ROOM.compiler(template, content) as compiler:
        return typst_room.pdf(compiler, day)


def picture_of(pictures: Mapping[str, bytes], size_mm: tuple[float, float], dpi: int) -> bytes:
    """Return a PNG at ``dpi`` of pictures one over the other, from the bottom up, each ``size_mm`` large."""
    width, height = size_mm
    words = json.dumps({"pictures": list(pictures), "width": width, "height": height, "family": fonts.FAMILY}).encode()
    with _ROOM.compiler(_FRAME, {"frame.json": words, **pictures}) as compiler:
        return typst_room.pages(compiler, "png", dpi, None)[0]


def _pages(compiler: typst.Compiler, kind: Format, dpi: int, day: date | None) -> tuple[bytes, ...]:
    """Return the pages, of a PDF the one file of all."""
    if kind == "pdf":
        return (typst_room.pdf(compiler, day),)
    assert kind in ("png", "svg"), "the others are not set by Typst"
    made = typst_room.pages(compiler, kind, dpi, day)
    return tuple(inlined(page) for page in made) if kind == "svg" else made
