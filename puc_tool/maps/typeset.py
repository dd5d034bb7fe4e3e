"""From the page template and its files to PDF, PNG or SVG: a private folder, one font, nothing from the system."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from puc_tool.maps import fonts
from puc_tool.maps.style import Format

_MAIN = "page.typ"


@dataclass(frozen=True)
class Typeset:
    """The files asked for, how many table rows found room, and the room left in the column (mm; < 0: too full)."""

    files: Mapping[Format, bytes]
    rows_shown: int
    slack_mm: float


def typeset(page: Mapping[str, bytes], formats: Sequence[Format], dpi: int, day: date | None) -> Typeset:
    """Set the sheet whose ``sheet.json`` and pictures are ``page``; PDF/UA-1, dated ``day`` or not at all."""
    template = files("puc_tool").joinpath("maps", _MAIN).read_bytes()
    with TemporaryDirectory(prefix="puc-sheet-") as folder:
        root = Path(folder)
        for name, content in {_MAIN: template, **page}.items():
            (root / name).write_bytes(content)
        return _set(root, formats, dpi, day)


def _set(root: Path, formats: Sequence[Format], dpi: int, day: date | None) -> Typeset:
    main, fonts_at = str(root / _MAIN), [fonts.folder()]
    compiler = typst.Compiler(main, root=str(root), font_paths=fonts_at, ignore_system_fonts=True)
    stamp = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) if day else 0
    made = {kind: _one(compiler, kind, dpi, stamp) for kind in dict.fromkeys(formats)}
    fit = json.loads(compiler.query("<fit>", field="value", one=True))
    return Typeset(made, int(fit["rows"]), float(fit["slack"]))


def _one(compiler: typst.Compiler, kind: Format, dpi: int, stamp: int) -> bytes:
    """Return the one page; only the PDF has a standard to keep."""
    if kind == "pdf":
        made = compiler.compile(format=kind, pdf_standards=["ua-1"], timestamp=stamp)
    else:
        made = compiler.compile(format=kind, ppi=float(dpi), timestamp=stamp)
    if not isinstance(made, bytes):
        raise ValueError("the page template made more than one page")
    return made
