"""Reports to files: the preliminary study, the notebooks, a manifest with the figures of the last version."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyses.progress import Report, part_of, silent
from layers import write
from layers.problems import Problem
from layers.text import Lang, Text
from puc_tool.report.changes import Values, values_of
from puc_tool.report.document import Document
from puc_tool.report.docx_writer import docx
from puc_tool.report.findings import findings
from puc_tool.report.html_writer import html
from puc_tool.report.map_figures import MapDesk
from puc_tool.report.notebooks.writing import notebooks
from puc_tool.report.ours import read_manifest, write_manifest
from puc_tool.report.pdf_writer import pdf
from puc_tool.report.study import study_document
from puc_tool.shelf import Shelf

STEM = "studio_preliminare"
WRITERS: Mapping[str, Callable[[Document, Lang], bytes]] = {"pdf": pdf, "docx": docx, "html": html}


_IN_ITS_PLACE = Text("Lo studio lo dice al posto delle sue cifre.", "The study says so in place of its figures.")


@dataclass(frozen=True)
class Reported:
    """The files written, and what the report could not tell."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]


def report_study(
    shelf: Shelf,
    formats: Sequence[str],
    *,
    to: Path | None = None,
    lang: Lang = "it",
    jobs: int = 1,
    report: Report = silent,
) -> Reported:
    """Write the preliminary study in ``formats`` and, where PDF is one of them, the notebooks.

    The bytes are the same for any number of ``jobs``.

    Raises PucError if no analysis has results of the study as it is, or the folder is not ours.
    """
    folder = to or shelf.study.folder / "report"
    manifest = _manifest(folder)
    report(0.0, Text("Leggo i risultati", "Reading the results"))
    found = findings(shelf.study)
    before = _before(manifest, values_of(found))
    document = study_document(shelf, found, MapDesk(shelf, found, lang).maps_of, lang, before)
    report(0.5, Text("Compongo lo studio", "Setting the study"))
    with ThreadPoolExecutor(jobs) as pool:
        made = dict(zip(formats, pool.map(lambda kind: WRITERS[kind](document, lang), formats), strict=True))
    contents = {f"{STEM}.{kind}": content for kind, content in made.items()}
    if "pdf" in formats:
        tell = part_of(report, 0.7, 1.0)
        contents |= {f"quaderni/{stem}.pdf": content for stem, content in notebooks(shelf, lang, jobs, tell)}
    files = _written(folder, contents, manifest, (values_of(found), before))
    report(1.0, Text("Studio scritto", "Study written"))
    return Reported(files, found.passed_over("report-analysis-missing", _IN_ITS_PLACE))


def _written(
    folder: Path, contents: Mapping[str, bytes], manifest: Mapping[str, Any], versions: tuple[Values, Values | None]
) -> tuple[Path, ...]:
    """Write the files and the manifest that names them: first and last, so that a killed run is known as ours."""
    now, before = versions
    entries = dict(manifest.get("files", {}))
    write_manifest(folder, manifest or {"files": {}})
    for name, content in contents.items():
        write.data(folder / name, content)
        entries[name] = {"sha256": hashlib.sha256(content).hexdigest()}
    write_manifest(folder, {"files": entries, "figures": now, "before": before})
    return tuple(folder / name for name in contents)


def _before(manifest: Mapping[str, Any], now: Values) -> Values | None:
    """Return the figures of the last version that differed from those of now, None for the first version."""
    last: Values | None = manifest.get("figures")
    return manifest.get("before") if last == now else last


def _manifest(folder: Path) -> Mapping[str, Any]:
    """Return the folder's manifest with the figures of its versions; raises PucError if the folder is not ours."""
    content = read_manifest(folder)
    return content and {**content, **{name: _values(content.get(name)) for name in ("figures", "before")}}


def _values(told: object) -> Values | None:
    """Return the figures of a version; of a manifest that somebody changed, only what are numbers."""
    if not isinstance(told, dict):
        return None
    return {str(name): float(value) for name, value in told.items() if isinstance(value, int | float)}
