"""The notebooks of a study, here or in processes side by side: the bytes are the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from analyses.progress import Report, silent
from layers.text import Lang, Text, same, say
from puc_tool import processes
from puc_tool.printing.side_by_side import as_done
from puc_tool.report.findings import findings
from puc_tool.report.notebooks.facts import Facts
from puc_tool.report.notebooks.hood_map import HoodDesk
from puc_tool.report.notebooks.hoods import Hood, hoods
from puc_tool.report.notebooks.pages import notebook_pdf
from puc_tool.shelf import Shelf
from puc_tool.study import Study


class NotebookDesk:
    """Writes the notebooks of one study; its layers and results are read once."""

    def __init__(self, shelf: Shelf, lang: Lang) -> None:
        self._shelf, self._lang = shelf, lang
        self.everyone = hoods(shelf)
        self._facts = Facts(shelf.study, findings(shelf.study), self.everyone)
        self._maps = HoodDesk(shelf, self.everyone, lang)

    def write(self, hood: Hood) -> bytes:
        """Return the two pages of a neighbourhood."""
        return notebook_pdf(self._facts.notebook(hood), self._maps.draw(hood), self._shelf, self._lang)


def notebooks(
    shelf: Shelf, lang: Lang, jobs: int = 1, report: Report = silent, *, stems: Collection[str] | None = None
) -> Iterator[tuple[str, bytes]]:
    """Yield the file name and the pages of each neighbourhood as they are done, those of ``stems`` alone if given.

    ``report`` may raise Cancelled between two.
    """
    desk = NotebookDesk(shelf, lang)
    wanted = [place for place, hood in enumerate(desk.everyone) if stems is None or hood.stem in stems]
    for count, (place, pages) in enumerate(_made(desk, shelf.study, wanted, lang, min(jobs, len(wanted)))):
        hood = desk.everyone[place]
        report(count / len(wanted), say("Quaderno {n}", "Notebook {n}", n=same(hood.name)))
        yield hood.stem, pages
    report(1.0, Text("Quaderni scritti", "Notebooks written"))


def _made(
    desk: NotebookDesk, study: Study, wanted: Sequence[int], lang: Lang, jobs: int
) -> Iterator[tuple[int, bytes]]:
    """Yield place and pages as they are done; this process is one of the ``jobs``."""
    if jobs < 2:
        yield from ((place, desk.write(desk.everyone[place])) for place in wanted)
        return
    with _pool(study, lang, jobs - 1) as pool:
        running = [pool.submit(_write, place) for place in wanted]
        done = as_done(running, lambda count: desk.write(desk.everyone[wanted[count]]))
        yield from ((wanted[count], pages) for count, pages in done)


@contextmanager
def _pool(study: Study, lang: Lang, jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Yield processes that each hold the study open; one that is cancelled begins nothing more."""
    pool = processes.pool(jobs, _open, study, lang)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_DESKS: list[NotebookDesk] = []
"""The desk of a process of the pool, which writes for one study alone."""


def _open(study: Study, lang: Lang) -> None:
    _DESKS[:] = [NotebookDesk(Shelf(study), lang)]


def _write(place: int) -> bytes:
    desk = _DESKS[0]
    return desk.write(desk.everyone[place])
