"""Where sheets are drawn: one study held open, sheets one after the other, here or in processes side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import shapely

from analyses.progress import Report, part_of, silent
from layers.commune_boundaries import neighbours
from layers.problems import Problem, PucError
from layers.text import Lang, Text
from puc_tool import processes, provenance
from puc_tool.figures.unit_figures import unit_figures
from puc_tool.maps.abroad import abroad
from puc_tool.maps.framed import framed
from puc_tool.maps.layout import lay_out
from puc_tool.maps.no_boundary import boundary_of
from puc_tool.maps.render import render
from puc_tool.maps.sheet import Context, KeyFigure, MapContent, Sheet
from puc_tool.maps.style import Format
from puc_tool.maps.view import View
from puc_tool.printing import sheets
from puc_tool.printing.crest import crest
from puc_tool.printing.sheet_orders import Order, Wish
from puc_tool.printing.side_by_side import as_done
from puc_tool.shelf import Shelf
from puc_tool.study import Study
from puc_tool.written import Written

_AROUND = 0.6
"""Neighbours are sought this far around, as a share of the study's width."""


@dataclass(frozen=True)
class Drawn:
    """A sheet that was drawn; ``page`` is what an atlas sets it from. One with errors has no files.

    ``further``: the pages of PNG and SVG after the first, where one did not hold it all.
    """

    order: Order
    code: str
    title: Text
    files: Mapping[Format, bytes]
    denominator: int
    problems: tuple[Problem, ...]
    page: Mapping[str, bytes] = field(default_factory=dict)
    further: Mapping[Format, tuple[bytes, ...]] = field(default_factory=dict)

    @property
    def is_fit(self) -> bool:
        """Tell whether nothing speaks against printing it."""
        return not any(problem.severity == "error" for problem in self.problems)


class Desk:
    """Draws sheets of one study; its layers and surroundings are read once."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._context: Context | None = None
        self._written: dict[str, Written] = {}
        self._sheets: dict[tuple[str, Lang, int], Sheet] = {}

    @property
    def context(self) -> Context:
        """The communes around, where the study has communes and its outline is theirs."""
        if self._context is None:
            self._context = context_of(self.shelf)
        return self._context

    def draw(self, order: Order, wish: Wish, report: Report = silent) -> Drawn:
        """Return the sheet, whole; one whose layers can't be read has no files, and their problems."""
        try:
            sheet = self._sheet(order, wish)
        except PucError as error:
            return Drawn(order, "", sheets.BY_ID[order.kind_id].title, {}, 0, tuple(error.problems))
        made = render(sheet, wish.formats, wish.dpi, report)
        drawn = Drawn(
            order, sheet.code, sheet.title, made.files, made.denominator, made.problems, made.page, made.further
        )
        return drawn if drawn.is_fit else replace(drawn, files={}, further={})

    def forget_sheets(self) -> None:
        """Let go of what was built, so that the next sheet is filled from its results again."""
        self._sheets.clear()

    def _sheet(self, order: Order, wish: Wish) -> Sheet:
        kind, view = sheets.BY_ID[order.kind_id], order.part.view
        figures: tuple[KeyFigure, ...] = ()
        if isinstance(kind, sheets.SheetKind) and kind.of:
            sheet = kind.build(self.shelf, self._results(kind), replace(self.context, view=view), wish.lang)
        else:
            sheet = self._built(kind, view, wish.lang)
        if isinstance(kind, sheets.SheetKind):
            sheet = replace(sheet, unverified=kind.unverified(self._results(kind)))
            if view.is_unit and not kind.of:
                figures = unit_figures(self._results(kind), wish.cut.coverage, order.part.code)
        is_of_unit = isinstance(kind, sheets.SheetKind) and bool(kind.of)
        return replace(framed(sheet, figures, is_of_unit=is_of_unit), crest=crest(self.shelf.study))

    def _built(self, kind: sheets.Kind, view: View, lang: Lang) -> Sheet:
        """Return the sheet of the whole ground, built once for each scale: parts of one scale differ in their frame."""
        context = replace(self.context, view=view)
        key = (kind.id, lang, self._denominator(boundary_of(self.shelf, kind.title), context))
        if key not in self._sheets:
            if isinstance(kind, sheets.BaseKind):
                self._sheets[key] = kind.build(self.shelf, context, lang)
            else:
                self._sheets[key] = kind.build(self.shelf, self._results(kind), context, lang)
        found = self._sheets[key]
        return replace(found, map=replace(found.map, context=replace(found.map.context, view=view)))

    def _denominator(self, boundary: shapely.Geometry, context: Context) -> int:
        study = self.shelf.study
        return lay_out(MapContent(boundary, study.crs, (), context), study.is_demonstration).frame.denominator

    def _results(self, kind: sheets.SheetKind) -> Written:
        """Return results that were found whole when the sheet was ordered."""
        if kind.id not in self._written:
            folder = self.shelf.study.results / kind.analysis.id
            record = provenance.read(folder)
            assert record is not None, "the order was made from this record"
            self._written[kind.id] = Written(kind.analysis, folder, record)
        return self._written[kind.id]


def draw_all(
    shelf: Shelf, wanted: Sequence[Order], wish: Wish, *, jobs: int = 1, report: Report = silent
) -> Iterator[Drawn]:
    """Yield the sheets as they are done; the bytes of each are the same for any number of ``jobs``.

    ``report`` may raise Cancelled: then what has not begun is not begun.
    """
    if min(jobs, len(wanted)) < 2:
        desk = Desk(shelf)
        for place, order in enumerate(wanted):
            yield desk.draw(order, wish, part_of(report, place / len(wanted), (place + 1) / len(wanted)))
        return
    for done, drawn in enumerate(_side_by_side(shelf, wanted, wish, min(jobs, len(wanted)))):
        report(done / len(wanted), _DRAWING)
        yield drawn
    report(1.0, _DRAWING)


def _side_by_side(shelf: Shelf, wanted: Sequence[Order], wish: Wish, jobs: int) -> Iterator[Drawn]:
    """Yield the sheets as they are done; this process is one of the ``jobs``."""
    desk = Desk(shelf)
    with _pool(shelf.study, jobs - 1) as pool:
        running = [pool.submit(_draw, order, wish) for order in wanted]
        for _, drawn in as_done(running, lambda place: desk.draw(wanted[place], wish)):
            yield drawn


_DRAWING = Text("Disegno le tavole", "Drawing the sheets")


@contextmanager
def _pool(study: Study, jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Yield processes that each hold the study open; one that is cancelled begins nothing more."""
    pool = processes.pool(jobs, _open, study)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_DESKS: list[Desk] = []
"""The desk of a process of the pool, which draws for one study alone."""


def _open(study: Study) -> None:
    _DESKS[:] = [Desk(Shelf(study))]


def _draw(order: Order, wish: Wish) -> Drawn:
    return _DESKS[0].draw(order, wish)


def context_of(shelf: Shelf) -> Context:
    """Return the communes around, where the study has communes and its outline is theirs."""
    study = shelf.study
    boundary = shelf.ground().boundary
    if not study.comuni or boundary is None:
        return Context()
    left, bottom, right, top = shapely.bounds(boundary).tolist()
    width = max(right - left, top - bottom)
    around = neighbours(study.comuni, study.crs, _AROUND * width)
    near = around[around.distance(boundary) < width]
    if not len(near):
        return Context()
    foreign = abroad(shapely.box(left, bottom, right, top).buffer(width), study.crs)
    return Context((*near.geometry, *foreign), (*near["name"], *("" for _ in foreign)), coastal=True)
