"""How long the council pack takes: a sheet warm and unchanged, an atlas by two jobs against one, and the whole of it.

``python -m benchmarks.sheets [STUDY]`` takes a demonstration study that has been run, or makes one (minutes). Seconds
of one sheet are those of the processor, which other work on the machine does not lengthen; those of the whole are told
by both clocks. The peer is the same sheet drawn and set without what is kept: what a program does that draws every
page again. Ratios are taken between neighbours in time.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf

from puc_tool.cli import main as puc
from puc_tool.printing import exporting, sheets
from puc_tool.printing.coverage import Cut
from puc_tool.printing.drawing_desk import Desk
from puc_tool.printing.sheet_orders import Wish
from puc_tool.report.pack import report_study
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading

ROUNDS = 3
DRAWN_S, VECTOR_S, UNCHANGED_S, RATIO, PACK_S, PAGES = 1.0, 4.0, 0.020, 1.6, 60.0, 60
JOBS = 2
ATLAS = Cut(coverage="neighbourhood")
CLOCKS = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


@dataclass(frozen=True)
class Spent:
    """Seconds by the wall, and of the processor: in this process, and in those it started."""

    wall: float
    own: float
    others: float

    @property
    def busiest(self) -> float:
        """How long it takes at least on ``JOBS`` free cores, where this process and one other share the work."""
        return max(self.own, self.others)


def main() -> int:
    with TemporaryDirectory(prefix="puc-bench-") as place:
        study = Path(sys.argv[1]) if len(sys.argv) > 1 else _made(Path(place) / "demo")
        shelf = Shelf(study_reading.read(study))
        kinds, _ = exporting.ready(shelf.study, sheets.ALL)
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the start")
        drawn = _drawn(shelf, kinds)
        slowest = max(drawn.values())
        held = [_told("a warm sheet, A3, PDF (processor)", slowest, VECTOR_S, "s")]
        for name, seconds in drawn.items():
            print(f"   {name:<32} {seconds:6.2f} s{'' if seconds <= DRAWN_S else f'  over {DRAWN_S} s, all vector'}")
        unchanged = _unchanged(shelf, kinds, Path(place) / "tavole")
        held.append(_told("an unchanged sheet (processor)", 1000 * unchanged, 1000 * UNCHANGED_S, "ms"))
        print(f"drawn / unchanged {min(drawn.values()) / unchanged:.0f} ×")
        held.append(_jobs(shelf, kinds, Path(place)))
        held.append(_pack(study, Path(place) / "pack"))
    print("held" if all(held) else "NOT all held")
    return 0 if all(held) else 1


def _made(folder: Path) -> Path:
    if puc(["demo", str(folder), "--quiet"]):
        raise SystemExit("the demonstration study could not be made")
    return folder


def _told(what: str, found: float, goal: float, unit: str, *, at_least: bool = False) -> bool:
    held = found >= goal if at_least else found <= goal
    sign = "≥" if at_least else "≤"
    print(f"{what:<44} {found:7.2f} {unit} (goal {sign} {goal:g} {unit}) {'held' if held else 'NOT held'}", flush=True)
    return held


def _spent(work: Callable[[], object]) -> Spent:
    start, before = time.perf_counter(), [_cpu(clock) for clock in CLOCKS]
    work()
    own, others = (_cpu(clock) - then for clock, then in zip(CLOCKS, before, strict=True))
    return Spent(time.perf_counter() - start, own, others)


def _cpu(clock: int) -> float:
    used = resource.getrusage(clock)
    return used.ru_utime + used.ru_stime


def _drawn(shelf: Shelf, kinds: tuple[sheets.Kind, ...]) -> dict[str, float]:
    """Return the seconds of each sheet from the results on disk to the bytes of its PDF, layers and context at hand."""
    wish, found, desk = Wish(("pdf",)), {}, Desk(shelf)
    for kind in kinds:
        (order,) = exporting.ordered(shelf, [kind], wish)
        desk.draw(order, wish)
        once = lambda order=order: (desk.forget_sheets(), desk.draw(order, wish))  # noqa: E731
        found[kind.id] = min(_spent(once).own for _ in range(ROUNDS))
    return found


def _unchanged(shelf: Shelf, kinds: tuple[sheets.Kind, ...], folder: Path) -> float:
    again = lambda: exporting.export(shelf, kinds, ("pdf", "png"), to=folder)  # noqa: E731
    again()
    return min(_spent(again).own for _ in range(ROUNDS)) / len(kinds)


def _jobs(shelf: Shelf, kinds: tuple[sheets.Kind, ...], place: Path) -> bool:
    """Tell how much faster two jobs make an atlas of three sheets by neighbourhood than one, process start included."""
    one, two = (
        _spent(
            lambda jobs=jobs: exporting.export(shelf, kinds[:3], ("pdf",), cut=ATLAS, jobs=jobs, to=place / str(jobs))
        )
        for jobs in (1, JOBS)
    )
    print(f"one job {one.wall:.1f} s by the wall, {one.own:.1f} s of the processor; "
          f"two {two.wall:.1f} s, {two.own:.1f} + {two.others:.1f} s")  # fmt: skip
    print(f"one job / two jobs by the wall {one.wall / two.wall:.2f} ×")
    return _told("one job / busiest of two (processor)", one.own / two.busiest, RATIO, "×", at_least=True)


def _pack(study: Path, to: Path) -> bool:
    """Tell how long every sheet, the atlas, the study in three formats and the notebooks take from nothing."""
    shelf = Shelf(study_reading.read(study))

    def whole() -> None:
        exporting.export(shelf, exporting.ready(shelf.study, sheets.ALL)[0], ("pdf", "png"), one_file=True, jobs=JOBS,
                         to=to / "export")  # fmt: skip
        report_study(shelf, ("pdf", "docx", "html"), jobs=JOBS, to=to / "report")

    spent = _spent(whole)
    pages = 0
    for path in to.rglob("*.pdf"):
        with pikepdf.open(path) as pdf:
            pages += len(pdf.pages)
    print(f"the whole pack: {pages} pages, {spent.wall:.1f} s by the wall, "
          f"{spent.own:.1f} + {spent.others:.1f} s of the processor")  # fmt: skip
    enough = _told("pages of the pack", pages, PAGES, "pages", at_least=True)
    return _told("the whole pack (half of the processor's)", (spent.own + spent.others) / JOBS, PACK_S, "s") and enough


if __name__ == "__main__":
    sys.exit(main())
