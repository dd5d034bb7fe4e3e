"""Reports to files: the preliminary study, the notebooks, a manifest with the figures of the last version.

Each file is written as soon as it is made, under the hash of all it depends on: what lies there unchanged is not set
again, and a report that is killed half way is taken up where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path

from analyses.progress import Report, part_of, silent
from layers.problems import Problem
from layers.text import Lang, Text, same, say
from puc_tool.printing.export_manifest import Manifest
from puc_tool.report import keys
from puc_tool.report.document import Document
from puc_tool.report.docx_writer import docx
from puc_tool.report.findings import Findings, findings
from puc_tool.report.html_writer import html
from puc_tool.report.map_figures import MapDesk
from puc_tool.report.notebooks.hoods import hoods
from puc_tool.report.notebooks.writing import notebooks
from puc_tool.report.pdf_writer import pdf
from puc_tool.report.study import study_document
from puc_tool.report.versions import Version, kept, read, version_of
from puc_tool.shelf import Shelf

STEM, NOTEBOOKS = "studio_preliminare", "quaderni"
WRITERS: Mapping[str, Callable[[Document, Lang], bytes]] = {"pdf": pdf, "docx": docx, "html": html}
Told = Callable[[str, bool], None]
"""Told the name of a file once it lies there, and whether it lay there unchanged."""

_IN_ITS_PLACE = Text("Lo studio lo dice al posto delle sue cifre.", "The study says so in place of its figures.")


@dataclass(frozen=True)
class Reported:
    """The files that lie there now, and what the report could not tell."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]


def untold(name: str, is_unchanged: bool) -> None:
    """Let the report go its way."""


def report_study(
    shelf: Shelf,
    formats: Sequence[str],
    *,
    to: Path | None = None,
    lang: Lang = "it",
    jobs: int = 1,
    with_notebooks: bool | None = None,
    report: Report = silent,
    tell: Told = untold,
) -> Reported:
    """Write the preliminary study in ``formats`` and the notebooks, which come with its PDF if nothing is said of them.

    The bytes are the same for any number of ``jobs``. ``report`` may raise Cancelled: what is done stays.

    Raises PucError if no analysis has results of the study as it is, or the folder is not ours.
    """
    folder = Manifest(to or shelf.study.folder / "report")
    report(0.0, Text("Leggo i risultati", "Reading the results"))
    found = findings(shelf.study)
    now = version_of(found)
    before = _before(folder, now)
    folder.save()  # first, so that a killed run is known as ours
    desk = _Desk(shelf, found, lang, jobs, folder, tell)
    names = [f"{STEM}.{kind}" for kind in dict.fromkeys(formats)]
    desk.write_study(names, before, part_of(report, 0.0, 0.6))
    if "pdf" in formats if with_notebooks is None else with_notebooks:
        names += desk.write_notebooks(part_of(report, 0.6, 1.0))
    folder.more = {**asdict(now), "before": kept(before)}
    folder.save()
    report(1.0, Text("Studio scritto", "Study written"))
    told = found.passed_over("report-analysis-missing", _IN_ITS_PLACE)
    return Reported(tuple(folder.folder / name for name in names), told)


@dataclass(frozen=True)
class _Desk:
    """What both the study and the notebooks are written with."""

    shelf: Shelf
    found: Findings
    lang: Lang
    jobs: int
    folder: Manifest
    tell: Told

    def write_study(self, names: Sequence[str], before: Version | None, report: Report) -> None:
        """Write the study under ``names``, each in the form its ending says."""
        key = keys.key(self.found, self.lang, kept(before))
        missing = self._missing(names, key)
        if not missing:
            return
        report(0.2, Text("Disegno le carte", "Drawing the maps"))
        maps = MapDesk(self.shelf, self.found, self.lang)
        document = study_document(self.shelf, self.found, maps.maps_of, self.lang, before)
        for done, (name, content) in enumerate(self._set(document, missing)):
            report(0.5 + 0.5 * done / len(missing), say("Scrivo {n}", "Writing {n}", n=same(name)))
            self._keep(name, content, key)

    def write_notebooks(self, report: Report) -> list[str]:
        """Write the notebook of each neighbourhood, and return their names."""
        key = keys.key(self.found, self.lang)
        names = {hood.stem: f"{NOTEBOOKS}/{hood.stem}.pdf" for hood in hoods(self.shelf)}
        missing = self._missing(list(names.values()), key)
        stems = {stem for stem, name in names.items() if name in missing}
        if stems:
            for stem, content in notebooks(self.shelf, self.lang, self.jobs, report, stems=stems):
                self._keep(names[stem], content, key)
        return list(names.values())

    def _set(self, document: Document, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield each form of the document as it is done; side by side where there is more than one job."""

        def made(name: str) -> tuple[str, bytes]:
            return name, WRITERS[name.rpartition(".")[2]](document, self.lang)

        if self.jobs < 2:
            yield from map(made, names)
            return
        with ThreadPoolExecutor(self.jobs) as pool:
            yield from (each.result() for each in as_completed([pool.submit(made, name) for name in names]))

    def _missing(self, names: Sequence[str], key: str) -> list[str]:
        """Return what has to be made; what lies there unchanged is told."""
        there = [name for name in names if self.folder.holds(name, key)]
        for name in there:
            self.tell(name, True)
        return [name for name in names if name not in there]

    def _keep(self, name: str, content: bytes, key: str) -> None:
        self.folder.put(name, content, {"key": key})
        self.tell(name, False)


def _before(folder: Manifest, now: Version) -> Version | None:
    """Return the last version that differed from that of now, None for the first version."""
    last = read(folder.more) if "figures" in folder.more else None
    return read(folder.more.get("before")) if last == now else last
