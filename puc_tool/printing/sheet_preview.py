"""One sheet before it is exported: the very page, as a picture, with its sentence, its table and what the lint says."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image

from analyses.progress import Report, silent
from layers.problems import Problem, PucError
from layers.text import Lang
from puc_tool.maps.frame import paper
from puc_tool.maps.render import SHEET_FILE
from puc_tool.maps.typeset import typeset
from puc_tool.printing.coverage import Cut, Part
from puc_tool.printing.crest import crest
from puc_tool.printing.drawing_desk import Desk, Drawn
from puc_tool.printing.exporting import ordered
from puc_tool.printing.sheet_list import refuse_unless_drawable
from puc_tool.printing.sheet_orders import Wish
from puc_tool.printing.sheets import Kind
from puc_tool.shelf import Shelf

_FINEST_DPI, _WIDEST_PX, _MM_A_INCH = 150, 2500, 25.4
_GAP_PX, _BETWEEN = 24, "#8b9096"


@dataclass(frozen=True)
class Words:
    """What the page says beside its map: the alternative text, and the table with a total last where it has one."""

    alt: str
    title: str
    columns: tuple[str, ...]
    are_right: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    has_total: bool


@dataclass(frozen=True)
class Preview:
    """A sheet: ``picture`` is a PNG of its page, or of its pages one under the other.

    ``parts`` are all that the sheet is cut into, ``place`` the one shown.
    """

    kind: Kind
    parts: tuple[Part, ...]
    place: int
    picture: bytes
    code: str
    denominator: int
    problems: tuple[Problem, ...]
    words: Words

    @property
    def part(self) -> Part:
        """The part of the ground that is shown."""
        return self.parts[self.place]


def dpi_for(paper_name: str) -> int:
    """Return how fine the picture of a page is: as exported, or less where the paper is large."""
    return min(_FINEST_DPI, round(_WIDEST_PX * _MM_A_INCH / paper(paper_name).width_mm))


def preview(shelf: Shelf, kind: Kind, cut: Cut, lang: Lang, *, place: int = 0, report: Report = silent) -> Preview:
    """Return page ``place`` of a sheet, set by the same template from the same content as the exported one.

    Raises PucError if its results are missing or old, or a layer can't be read: what it says is why there is no page.
    """
    wish = Wish(("png",), dpi_for(cut.paper), lang, cut)
    refuse_unless_drawable(shelf, kind)
    crest(shelf.study)
    orders = ordered(shelf, (kind,), wish)
    chosen = min(place, len(orders) - 1)
    drawn = Desk(shelf).draw(orders[chosen], wish, report)
    if not drawn.page:
        raise PucError(*drawn.problems)
    parts = tuple(order.part for order in orders)
    words = words_of(drawn.page)
    return Preview(kind, parts, chosen, _picture(drawn, wish), drawn.code, drawn.denominator, drawn.problems, words)


def _picture(drawn: Drawn, wish: Wish) -> bytes:
    """Return the pages one under the other; a sheet unfit for print has no files, but it is looked at to see why."""
    made = drawn if drawn.is_fit else typeset(drawn.page, ("png",), wish.dpi, None)
    return _stacked((made.files["png"], *made.further.get("png", ())))


def _stacked(pages: Sequence[bytes]) -> bytes:
    if len(pages) == 1:
        return pages[0]
    opened = [Image.open(io.BytesIO(page)) for page in pages]
    width, height = max(page.width for page in opened), sum(page.height + _GAP_PX for page in opened) - _GAP_PX
    whole = Image.new("RGB", (width, height), _BETWEEN)
    top = 0
    for page in opened:
        whole.paste(page, (0, top))
        top += page.height + _GAP_PX
    written = io.BytesIO()
    whole.save(written, "PNG", compress_level=1)
    return written.getvalue()


def words_of(page: Mapping[str, bytes]) -> Words:
    """Return what a page was set from."""
    said: Mapping[str, Any] = json.loads(page[SHEET_FILE])
    table = said["table"] or {"title": "", "columns": [], "rows": [], "total": None}
    rows = [*table["rows"], *([table["total"]] if table["total"] else [])]
    return Words(
        said["alt"],
        table["title"],
        tuple(column["label"] for column in table["columns"]),
        tuple(column["align"] == "right" for column in table["columns"]),
        tuple(tuple(row["cells"]) for row in rows),
        bool(table["total"]),
    )
