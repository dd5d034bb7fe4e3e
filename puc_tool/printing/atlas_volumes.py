"""The atlas as files: one, or as many volumes as keep the memory that setting them takes within any office's machine.

Typst holds the picture under each map in full while it sets a document: about 45 MB a page of A3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from analyses.progress import Report, part_of
from puc_tool.printing import atlas, kept_pages
from puc_tool.printing.drawing_desk import Drawn, draw_all
from puc_tool.printing.export_manifest import Manifest
from puc_tool.printing.sheet_orders import Order, Wish
from puc_tool.shelf import Shelf

MOST_PAGES = 80


def volumes(fit: Sequence[Order], most: int) -> list[tuple[Order, ...]]:
    """Return the sheets in volumes of ``most`` pages at most; a sheet's parts stay in one volume if they find room."""
    found: list[tuple[Order, ...]] = []
    for _, run in groupby(fit, key=lambda order: order.kind_id):
        for parts in _pieces(tuple(run), most):
            if found and len(found[-1]) + len(parts) <= most:
                found[-1] = (*found[-1], *parts)
            else:
                found.append(parts)
    return found


def _pieces(parts: tuple[Order, ...], most: int) -> Iterator[tuple[Order, ...]]:
    return (parts[start : start + most] for start in range(0, len(parts), most))


def name_of(place: int) -> str:
    """Return the file of a volume, counted from 0."""
    return f"atlas_{place + 1}.pdf" if place else "atlas.pdf"


@dataclass(frozen=True)
class AtlasDesk:
    """Writes the atlas of sheets that were drawn now, or lie there from before."""

    shelf: Shelf
    folder: Manifest
    wish: Wish
    jobs: int

    def write(self, fit: Sequence[Order], drawn_now: Mapping[str, Drawn], report: Report) -> list[Path]:
        """Write the volumes that do not lie there unchanged; return all. Of an earlier, longer atlas none stays."""
        found = volumes(fit, MOST_PAGES)
        for place, orders in enumerate(found):
            share = part_of(report, place / len(found), (place + 1) / len(found))
            self._write(orders, (place, len(found)), drawn_now, share)
        self._drop_after(len(found))
        return [self.folder.folder / name_of(place) for place in range(len(found))]

    def _write(
        self, orders: Sequence[Order], volume: tuple[int, int], drawn_now: Mapping[str, Drawn], report: Report
    ) -> None:
        """Write one volume. Pages that were not drawn now are those kept from before; the others are drawn for it."""
        name, key = name_of(volume[0]), atlas.key(self.shelf.study, orders, volume)
        if self.folder.holds(name, key):
            return
        found = (drawn_now.get(order.stem) or kept_pages.kept(self.folder, order) for order in orders)
        pages = {each.order.stem: each for each in found if each}
        lacking = [order for order in orders if order.stem not in pages]
        bare = Wish((), self.wish.dpi, self.wish.lang, self.wish.cut)
        for each in draw_all(self.shelf, lacking, bare, jobs=self.jobs, report=report):
            kept_pages.keep(self.folder, each)
            pages[each.order.stem] = each
        stems = [order.stem for order in orders]
        content = atlas.atlas(self.shelf, [pages[stem] for stem in stems], self.wish, volume)
        self.folder.put(name, content, {"key": key, "sheets": stems})

    def _drop_after(self, count: int) -> None:
        while self.folder[name_of(count)]:
            self.folder.drop(name_of(count))
            count += 1
