"""From a template and its files to PDF or PNG: a private folder, one font, nothing from the system or the clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib.resources import files

import typst

from layers.aside import folder_aside
from puc_tool.maps import fonts

_SHARED = ("figures.typ", "flow.typ")
_EPOCH = 0
_SUSPECTS = b"/Suspects false"


def pdf(template: str, content: Mapping[str, bytes], day: date | None) -> bytes:
    """Return the pages that ``template`` makes of ``content`` as PDF/UA-1, dated ``day`` or not at all."""
    with _compiler(template, content) as compiler:
        made = _one_file(compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=_stamp(day)))
    # «Suspects false» is the default, and poppler takes it for a fault; blanks keep every offset right.
    return made.replace(_SUSPECTS, b" " * len(_SUSPECTS))


def png(template: str, content: Mapping[str, bytes], dpi: int) -> bytes:
    """Return the one page that ``template`` makes of ``content`` as a picture."""
    with _compiler(template, content) as compiler:
        return _one_file(compiler.compile(format="png", ppi=float(dpi), timestamp=_EPOCH))


@contextmanager
def _compiler(template: str, content: Mapping[str, bytes]) -> Iterator[typst.Compiler]:
    ours = {name: files("puc_tool").joinpath("report", name).read_bytes() for name in (template, *_SHARED)}
    with folder_aside("report") as root:
        for name, each in {**ours, **content}.items():
            (root / name).write_bytes(each)
        yield typst.Compiler(
            str(root / template), root=str(root), font_paths=[fonts.folder()], ignore_system_fonts=True
        )


def _one_file(made: bytes | list[bytes] | None) -> bytes:
    assert isinstance(made, bytes), "a PDF is one file whatever its pages, and a picture has one page"
    return made


def _stamp(day: date | None) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) if day else _EPOCH
