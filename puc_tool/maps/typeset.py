"""From the page template and its files to PDF, PNG or SVG: a private folder, one font, nothing from the system."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path

import typst

from layers.aside import folder_aside
from puc_tool.maps import fonts
from puc_tool.maps.inlined import inlined
from puc_tool.maps.style import Format

PAGE_FORMATS: tuple[Format, ...] = ("pdf", "png", "svg")
"""The formats of the whole page; the others hold the map alone."""

_MAIN, _SHEET, _FRAME = "page.typ", "sheet.typ", "frame.typ"
_EPOCH = 0
_SUSPECTS = b"/Suspects false"


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
    with _folder_with(_MAIN, page) as root:
        compiler = _compiler(root, _MAIN)
        made = {kind: _pages(compiler, kind, dpi, _stamp(day)) for kind in dict.fromkeys(formats)}
        fit = json.loads(compiler.query("<fit>", field="value", one=True))
    files = {kind: pages[0] for kind, pages in made.items()}
    further = {kind: pages[1:] for kind, pages in made.items() if pages[1:]}
    return Typeset(files, int(fit["rows"]), float(fit["slack"]), int(fit["panel"]), further)


def typeset_pages(template: str, content: Mapping[str, bytes], day: date | None) -> bytes:
    """Set as many pages as ``template`` makes of ``content``; PDF/UA-1, dated ``day`` or not at all."""
    with _folder_with(template, content) as root:
        return _pdf(_compiler(root, template), _stamp(day))


def picture_of(pictures: Mapping[str, bytes], size_mm: tuple[float, float], dpi: int) -> bytes:
    """Return a PNG at ``dpi`` of pictures one over the other, from the bottom up, each ``size_mm`` large."""
    width, height = size_mm
    words = json.dumps({"pictures": list(pictures), "width": width, "height": height, "family": fonts.FAMILY}).encode()
    with _folder_with(_FRAME, {"frame.json": words, **pictures}) as root:
        return _pages(_compiler(root, _FRAME), "png", dpi, _EPOCH)[0]


@contextmanager
def _folder_with(template: str, content: Mapping[str, bytes]) -> Iterator[Path]:
    """Yield a private folder that holds the template and its files, and nothing else."""
    ours = {name: files("puc_tool").joinpath("maps", name).read_bytes() for name in (template, _SHEET)}
    with folder_aside("sheet") as root:
        for name, each in {**ours, **content}.items():
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_bytes(each)
        yield root


def _compiler(root: Path, template: str) -> typst.Compiler:
    return typst.Compiler(str(root / template), root=str(root), font_paths=[fonts.folder()], ignore_system_fonts=True)


def _stamp(day: date | None) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) if day else _EPOCH


def _pdf(compiler: typst.Compiler, stamp: int) -> bytes:
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=stamp)
    assert isinstance(made, bytes), "a PDF is one file whatever its pages"
    return _unsuspected(made)


def _unsuspected(made: bytes) -> bytes:
    """Return the PDF without «Suspects false», which is the default and which poppler takes for a fault.

    Blanks stand in its place, so that every offset in the file stays right.
    """
    return made.replace(_SUSPECTS, b" " * len(_SUSPECTS))


def _pages(compiler: typst.Compiler, kind: Format, dpi: int, stamp: int) -> tuple[bytes, ...]:
    """Return the pages, of a PDF the one file of all; only the PDF has a standard to keep."""
    if kind == "pdf":
        return (_pdf(compiler, stamp),)
    assert kind in ("png", "svg"), "the others are not set by Typst"
    made = compiler.compile(format=kind, ppi=float(dpi), timestamp=stamp)
    assert made is not None, "it was not asked to write a file"
    pages = (made,) if isinstance(made, bytes) else tuple(made)
    return tuple(inlined(page) for page in pages) if kind == "svg" else pages
