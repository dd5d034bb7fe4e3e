"""Typst at work: a template and its files in a private folder, one font, nothing from the system or the clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Literal

import typst

from layers.aside import folder_aside
from puc_tool.maps import fonts

_SUSPECTS = b"/Suspects false"


@dataclass(frozen=True)
class TypstRoom:
    """A folder of this package that holds templates; ``shared`` are those that the others read."""

    folder: str
    shared: tuple[str, ...] = ()

    @contextmanager
    def compiler(self, template: str, content: Mapping[str, bytes]) -> Iterator[typst.Compiler]:
        """Yield what sets ``template``: with it lie the shared ones and ``content`` (name to bytes), nothing else."""
        where = files("puc_tool").joinpath(self.folder)
        ours = {name: where.joinpath(name).read_bytes() for name in (template, *self.shared)}
        with folder_aside(self.folder) as root:
            for name, each in {**ours, **content}.items():
                (root / name).parent.mkdir(exist_ok=True)
                (root / name).write_bytes(each)
            yield typst.Compiler(
                str(root / template), root=str(root), font_paths=[fonts.folder()], ignore_system_fonts=True
            )


def pdf(compiler: typst.Compiler, day: date | None) -> bytes:
    """Return all pages as one PDF/UA-1, dated ``day`` or not at all."""
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=_stamp(day))
    assert isinstance(made, bytes), "a PDF is one file whatever its pages"
    # «Suspects false» is the default, and poppler takes it for a fault; blanks keep every offset right.
    return made.replace(_SUSPECTS, b" " * len(_SUSPECTS))


def pages(compiler: typst.Compiler, kind: Literal["png", "svg"], dpi: int, day: date | None) -> tuple[bytes, ...]:
    """Return each page as a picture of ``kind``, «png» or «svg»; only a PDF has a standard to keep."""
    made = compiler.compile(format=kind, ppi=float(dpi), timestamp=_stamp(day))
    assert made is not None, "it was not asked to write a file"
    return (made,) if isinstance(made, bytes) else tuple(made)


def _stamp(day: date | None) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) if day else 0
