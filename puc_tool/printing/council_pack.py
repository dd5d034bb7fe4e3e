"""All that leaves the office in one go: sheets and their atlas, the preliminary study, the notebooks, the open data.

Command line and window make it by the same function. What fails is told, the rest goes on; what lies there unchanged
is not made again, so that a pack that was stopped or killed is taken up where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analyses import registry
from analyses.progress import Report, part_of, silent
from layers.problems import Problem, PucError, Severity
from layers.roles import NEIGHBOURHOODS
from layers.text import Lang, Text
from puc_tool import provenance
from puc_tool.maps.style import Format
from puc_tool.printing import sheets
from puc_tool.printing.coverage import WHOLE, Cut
from puc_tool.printing.exporting import ready
from puc_tool.printing.sheet_orders import Wish
from puc_tool.printing.sheet_pack import Item, Line, Pack, export_pack, plan
from puc_tool.printing.sheets import Kind
from puc_tool.printing.summing_up import summed_up
from puc_tool.report.notebooks.hoods import hoods
from puc_tool.report.open_data.package import FOLDER, Said, publish
from puc_tool.report.pack import report_study
from puc_tool.shelf import Shelf
from puc_tool.study import Study


@dataclass(frozen=True)
class Part:
    """What the pack holds beside its sheets."""

    id: str
    title: Text


STUDY = Part("studio-preliminare", Text("Studio preliminare", "Preliminary study"))
NOTEBOOKS = Part("quaderni", Text("Quaderni di quartiere", "Neighbourhood notebooks"))
OPEN_DATA = Part("dati-aperti", Text("Dati aperti", "Open data"))
PARTS = (STUDY, NOTEBOOKS, OPEN_DATA)
SHEET_FORMATS: tuple[Format, ...] = ("pdf", "png")
STUDY_FORMATS = ("pdf", "docx", "html")
SHEETS_FOLDER, REPORT_FOLDER = "export", "report"


@dataclass(frozen=True)
class PackWish:
    """What the pack is to hold: sheets as ``sheets`` says, the study in ``study`` formats, and whatever else."""

    kinds: tuple[Kind, ...]
    sheets: Wish
    one_file: bool = False
    study: tuple[str, ...] = ()
    has_notebooks: bool = False
    open_data: Said | None = None


@dataclass(frozen=True)
class Made:
    """The files that lie there now, and what was said of them: each thing once."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]


Tell = Callable[[Pack], None]


def untold(pack: Pack) -> None:
    """Let the pack be made unwatched."""


def whole(study: Study, lang: Lang, cut: Cut = WHOLE) -> tuple[PackWish, tuple[Problem, ...]]:
    """Return the wish for all that a study can have now, and a remark on each sheet that it can't."""
    kinds, passed_over = ready(study, sheets.ALL)
    sheet_wish = Wish(SHEET_FORMATS, lang=lang, cut=cut)
    return PackWish(kinds, sheet_wish, True, STUDY_FORMATS, NOTEBOOKS in offered(study), Said()), passed_over


def offered(study: Study) -> tuple[Part, ...]:
    """Return the parts that a study can have now: all of them tell what analyses found."""
    if all(provenance.read(study.results / each.id) is None for each in registry.ALL):
        return ()
    return PARTS if study.of_role(NEIGHBOURHOODS.id) else (STUDY, OPEN_DATA)


def make_pack(
    shelf: Shelf, wish: PackWish, *, tell: Tell, to: Path | None = None, jobs: int = 1, report: Report = silent
) -> tuple[Pack, Made]:
    """Write all that ``wish`` names and ``tell`` the pack after each file; return it with what was written.

    Into the study's own folders, or into those of the same names in ``to``. ``report`` may raise Cancelled: what is
    done stays, and the next time goes on from there.
    """
    board = _Board(Pack((*plan(shelf, wish.kinds, wish.sheets).lines, *_lines(shelf, wish))), tell)
    making = _Making(shelf, wish, board, to, jobs)
    works = (making.write_sheets, making.write_reports, making.write_open_data)
    done = [work(share) for work, share in zip(works, _shares(board.pack, report), strict=True)]
    files = tuple(path for each in done for path in each.files)
    return board.pack, Made(files, summed_up(problem for each in done for problem in each.problems))


class _Board:
    """The pack as it grows, told at each change."""

    def __init__(self, pack: Pack, tell: Tell) -> None:
        self.pack, self._tell = pack, tell
        tell(pack)

    def show_sheets(self, sheets: Pack) -> None:
        """Take over the lines of the sheets."""
        self._show(Pack((*sheets.lines, *self.pack.lines[len(sheets.lines) :])))

    def settle(self, part: Part, *, is_unchanged: bool, problems: Sequence[Problem] = ()) -> None:
        """Tell that a file of a part lies there."""
        self._show(self.pack.changed(part.id, lambda line: line.settle(is_unchanged=is_unchanged, problems=problems)))

    def refuse(self, parts: Sequence[Item], problems: tuple[Problem, ...]) -> None:
        """Tell that parts could not be made, or not whole."""
        for part in parts:
            self._show(self.pack.changed(part.id, lambda line: replace(line, total=line.settled, problems=problems)))

    def _show(self, pack: Pack) -> None:
        self.pack = pack
        self._tell(pack)


def _lines(shelf: Shelf, wish: PackWish) -> Iterator[Line]:
    if wish.study:
        yield Line(STUDY, len(set(wish.study)))
    if wish.has_notebooks:
        yield Line(NOTEBOOKS, len(hoods(shelf)))
    if wish.open_data is not None:
        yield Line(OPEN_DATA, 1)


def _shares(pack: Pack, report: Report) -> tuple[Report, ...]:
    """Return a report for the sheets and for each part, as long as the share of files it has."""
    totals = {line.kind.id: line.total for line in pack.lines}
    data = totals.pop(OPEN_DATA.id, 0)
    told = totals.pop(STUDY.id, 0) + totals.pop(NOTEBOOKS.id, 0)
    sheets = sum(totals.values())
    whole = max(1, sheets + told + data)
    low, high = sheets / whole, (sheets + told) / whole
    return part_of(report, 0.0, low), part_of(report, low, high), part_of(report, high, 1.0)


_NOTHING = Made((), ())


@dataclass(frozen=True)
class _Making:
    """One pack being made, and where to."""

    shelf: Shelf
    wish: PackWish
    board: _Board
    to: Path | None
    jobs: int

    def write_sheets(self, report: Report) -> Made:
        """Write the sheets and their atlas."""
        wish = self.wish
        if not wish.kinds:
            return _NOTHING
        try:
            _, done = export_pack(
                self.shelf, wish.kinds, wish.sheets, tell=self.board.show_sheets, to=self._into(SHEETS_FOLDER),
                one_file=wish.one_file, jobs=self.jobs, report=report,
            )  # fmt: skip
        except PucError as error:
            self.board.refuse(wish.kinds, error.problems)
            return Made((), error.problems)
        return Made(done.files, done.problems)

    def write_reports(self, report: Report) -> Made:
        """Write the study and the notebooks."""
        wish, parts = self.wish, [part for part in (STUDY, NOTEBOOKS) if self._has(part)]
        if not parts:
            return _NOTHING
        try:
            done = report_study(
                self.shelf, wish.study, to=self._into(REPORT_FOLDER), lang=wish.sheets.lang, jobs=self.jobs,
                with_notebooks=wish.has_notebooks, report=report, tell=self._told,
            )  # fmt: skip
        except PucError as error:
            self.board.refuse(parts, error.problems)
            return Made((), error.problems)
        return Made(done.files, done.problems)

    def write_open_data(self, report: Report) -> Made:
        """Write the open data package."""
        if self.wish.open_data is None:
            return _NOTHING
        try:
            done = publish(
                self.shelf, self.wish.open_data, to=self._into(FOLDER), lang=self.wish.sheets.lang, report=report
            )
        except PucError as error:
            self.board.refuse((OPEN_DATA,), error.problems)
            return Made((), error.problems)
        grave = tuple(each for each in done.problems if each.severity is not Severity.INFO)
        self.board.settle(OPEN_DATA, is_unchanged=done.is_unchanged, problems=grave)
        return Made(done.files, done.problems)

    def _told(self, name: str, is_unchanged: bool) -> None:
        part = NOTEBOOKS if name.startswith(f"{NOTEBOOKS.id}/") else STUDY
        self.board.settle(part, is_unchanged=is_unchanged)

    def _has(self, part: Part) -> bool:
        return part.id in self.board.pack.fit

    def _into(self, folder: str) -> Path | None:
        return self.to and self.to / folder
