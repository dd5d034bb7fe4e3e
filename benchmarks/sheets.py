"""How long a sheet takes: warm on one core, unchanged, and by two jobs against one, on the demonstration study.

Paired: each figure is the least of a few rounds of one run, and the ratio of jobs is taken between neighbours in time.
The peer is the same sheet drawn and set without our cache: what a program does that draws every page again.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from puc_tool import exporting, sheets, study_reading
from puc_tool.cli import main as puc
from puc_tool.coverage import Cut, parts
from puc_tool.drawing_desk import Desk
from puc_tool.sheet_orders import Wish
from puc_tool.shelf import Shelf

ROUNDS = 3
DRAWN_S, UNCHANGED_S, RATIO = 1.0, 0.020, 1.6
ATLAS = Cut(coverage="neighbourhood")


def main() -> None:
    with TemporaryDirectory(prefix="puc-bench-") as place:
        folder = Path(place) / "demo"
        study = Path(sys.argv[1]) if len(sys.argv) > 1 else folder
        if study == folder and puc(["demo", str(folder), "--quiet"]):
            raise SystemExit("the demonstration study could not be made")
        shelf = Shelf(study_reading.read(study))
        kinds, _ = exporting.ready(shelf.study, sheets.ALL)
        drawn = _drawn(shelf, kinds)
        unchanged = _unchanged(shelf, kinds, Path(place) / "tavole")
        _print("a warm sheet, A3, PDF", f"{max(drawn.values()):.2f} s at most", f"{DRAWN_S} s")
        for name, seconds in drawn.items():
            print(f"   {name:<22} {seconds:.2f} s")
        _print("an unchanged sheet", f"{1000 * unchanged:.1f} ms", f"{1000 * UNCHANGED_S:.0f} ms")
        _print("drawn / unchanged", f"{min(drawn.values()) / unchanged:.0f} ×", "")
        _print("one job / two jobs", f"{_ratio(shelf, kinds, Path(place)):.2f} ×", f"{RATIO} ×")


def _print(what: str, found: str, wanted: str) -> None:
    print(f"{what:<26} {found:<18} {'(goal ' + wanted + ')' if wanted else ''}")


def _least(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def _drawn(shelf: Shelf, kinds: tuple[sheets.Kind, ...]) -> dict[str, float]:
    """Return the seconds of each sheet from the results on disk to the bytes of its PDF, layers and context at hand."""
    wish, found = Wish(("pdf",)), {}
    whole = parts(shelf, wish.cut)
    for kind in kinds:
        (order,) = exporting.ordered(shelf, [kind], wish)
        assert order.part == whole[0]
        desk = Desk(shelf)
        desk.draw(order, wish)
        found[kind.id] = _least(lambda desk=desk, order=order: (desk.forget_sheets(), desk.draw(order, wish)))
    return found


def _unchanged(shelf: Shelf, kinds: tuple[sheets.Kind, ...], folder: Path) -> float:
    exporting.export(shelf, kinds, ("pdf", "png"), to=folder)
    return _least(lambda: exporting.export(shelf, kinds, ("pdf", "png"), to=folder)) / len(kinds)


def _ratio(shelf: Shelf, kinds: tuple[sheets.Kind, ...], place: Path) -> float:
    """Return how much faster two jobs make an atlas of every neighbourhood than one, in the best pair of rounds."""
    ratios = []
    for turn in range(ROUNDS - 1):
        seconds = []
        for jobs in (1, 2):
            start = time.perf_counter()
            exporting.export(shelf, kinds[:1], ("pdf",), cut=ATLAS, jobs=jobs, to=place / f"{turn}-{jobs}")
            seconds.append(time.perf_counter() - start)
        ratios.append(seconds[0] / seconds[1])
    return max(ratios)


if __name__ == "__main__":
    main()
