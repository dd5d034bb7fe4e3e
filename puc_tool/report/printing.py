"""From a template of the reports and its files to PDF or PNG."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from puc_tool.maps import typst_room
from puc_tool.maps.typst_room import TypstRoom

ROOM = TypstRoom("report", ("figures.typ", "flow.typ"))


def pdf(template: str, content: Mapping[str, bytes], day: date | None) -> bytes:
    """Return the pages that ``template`` makes of ``content`` as PDF/UA-1, dated ``day`` or not at all."""
    with ROOM.compiler(template, content) as compiler:
        return typst_room.pdf(compiler, day)


def png(template: str, content: Mapping[str, bytes], dpi: int) -> bytes:
    """Return the one page that ``template`` makes of ``content`` as a picture."""
    with ROOM.compiler(template, content) as compiler:
        (page,) = typst_room.pages(compiler, "png", dpi, None)
    return page
