"""Sheets to files: drawn from written results, told in a manifest, in ours only what the manifest names is replaced."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from analyses.progress import Report, part_of, silent
from layers import crs as coordinate_systems
from layers import write
from layers.commune_boundaries import neighbours
from layers.problems import Problem, PucError, Severity
from layers.text import Lang, Text, same, say
from puc_tool import provenance, run
from puc_tool.maps.abroad import abroad
from puc_tool.maps.render import render
from puc_tool.maps.sheet import Context
from puc_tool.maps.style import Format
from puc_tool.our_folders import not_ours
from puc_tool.sheets import SheetKind
from puc_tool.shelf import Shelf
from puc_tool.study import Study
from puc_tool.written import Written, written

MANIFEST = "manifest.json"
_AROUND = 0.6
"""Neighbours are sought this far around, as a share of the study's width."""


@dataclass(frozen=True)
class Exported:
    """The files written and what the lint says of the sheets."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]


def export(
    shelf: Shelf,
    kinds: Sequence[SheetKind],
    formats: Sequence[Format],
    *,
    to: Path | None = None,
    dpi: int = 150,
    lang: Lang = "it",
    report: Report = silent,
) -> Exported:
    """Draw ``kinds`` and write them with their manifest.

    Raises PucError if results are missing or old, or the folder is not ours.
    """
    folder = to or shelf.study.export
    entries = _manifest(folder)
    results = {kind: written(kind.analysis, shelf.study) for kind in kinds}
    files, problems = list[Path](), list[Problem]()
    # First of all, so that what a kill leaves behind is known as ours.
    _write_manifest(folder, entries)
    for place, kind in enumerate(kinds):
        tell = part_of(report, place / len(kinds), (place + 1) / len(kinds))
        sheet = kind.build(shelf, results[kind], context_of(shelf), lang)
        drawn = render(sheet, formats, dpi, tell)
        problems += drawn.problems
        for form, content in drawn.files.items():
            path = folder / f"{kind.stem}.{form}"
            write.data(path, content)
            files.append(path)
            entries[path.name] = _entry(kind, results[kind], content, shelf, drawn.denominator)
    _write_manifest(folder, entries)
    return Exported(tuple(files), tuple(problems))


def ready(study: Study, kinds: Sequence[SheetKind]) -> tuple[tuple[SheetKind, ...], tuple[Problem, ...]]:
    """Return the sheets whose analysis has been run, and a remark on each of the others.

    If none has been, those that the study has the layers for are returned: exporting them says what to do.
    """
    ran = tuple(kind for kind in kinds if provenance.read(study.results / kind.analysis.id) is not None)
    if not ran:
        return tuple(kind for kind in kinds if not run.lacking(kind.analysis, study)) or tuple(kinds), ()
    return ran, tuple(_passed_over(kind) for kind in kinds if kind not in ran)


def _passed_over(kind: SheetKind) -> Problem:
    return Problem(
        "sheet-passed-over",
        kind.title,
        say("l'analisi «{a}» non è stata eseguita.", "the analysis “{a}” has not been run.", a=kind.analysis.title),
        Text("La tavola non viene disegnata.", "The sheet is not drawn."),
        say("Eseguire «puc-tool run STUDIO {a}».", "Run “puc-tool run STUDY {a}”.", a=same(kind.analysis.id)),
        Severity.INFO,
    )


def context_of(shelf: Shelf) -> Context:
    """Return the communes around, where the study has communes and its outline is theirs."""
    study = shelf.study
    boundary = shelf.ground().boundary
    if not study.comuni or boundary is None:
        return Context()
    left, bottom, right, top = shelf_bounds(boundary)
    around = neighbours(study.comuni, study.crs, _AROUND * max(right - left, top - bottom))
    near = around[around.distance(boundary) < max(right - left, top - bottom)]
    if not len(near):
        return Context()
    foreign = abroad(shapely.box(left, bottom, right, top).buffer(max(right - left, top - bottom)), study.crs)
    return Context((*near.geometry, *foreign), (*near["name"], *("" for _ in foreign)), coastal=True)


def shelf_bounds(geometry: shapely.Geometry) -> tuple[float, float, float, float]:
    """Return left, bottom, right, top."""
    left, bottom, right, top = shapely.bounds(geometry).tolist()
    return left, bottom, right, top


def _entry(kind: SheetKind, results: Written, content: bytes, shelf: Shelf, denominator: int) -> Mapping[str, object]:
    return {
        "sheet": kind.id,
        "scale": denominator,
        "crs": coordinate_systems.name_of(shelf.study.crs),
        "run": results.record["key"],
        "inputs": [each["sha256"] for each in results.record["inputs"]],
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _manifest(folder: Path) -> dict[str, Any]:
    """Return the entries of the folder's manifest; raises PucError if the folder holds things and is not ours."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return {}
    try:
        entries = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        return {name: entry for name, entry in entries.items() if (folder / name).is_file()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PucError(not_ours(folder, MANIFEST)) from error


def _write_manifest(folder: Path, entries: Mapping[str, Any]) -> None:
    content = {"files": {name: entries[name] for name in sorted(entries)}}
    write.text(folder / MANIFEST, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
