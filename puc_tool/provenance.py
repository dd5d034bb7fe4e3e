"""Where a result comes from: what went in, what was done to it, what came out. Enough to run it again and compare.

Times stand here alone, and are not hashed. No user name and no absolute path.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import Any

import pyproj

from layers import crs as coordinate_systems
from layers import datum_grids, write
from layers.edit_remarks import EDITED
from layers.intake import Intake
from layers.problems import Problem
from layers.reference import LayerRef
from layers.source import fingerprint
from puc_tool import edition
from puc_tool.mends import receipts
from puc_tool.sources import edit_record
from puc_tool.study import Study

FILE = "run.json"
TOOL = "puc-tool"
_LIBRARIES = ("numpy", "pandas", "geopandas", "shapely", "pyproj", "pyogrio", "rasterio", "numba")
_TOLD = {"inputs": ("role", "sha256"), "problems": ("severity", "where", "message"), "outputs": ("file", "sha256")}
"""What the rows of a record must say, as text, to be believed."""

_MENDS = (
    EDITED,
    "layer-mended",
    "geometry-repaired",
    "geometry-collapsed",
    "units-overlap-settled",
    "geometry-height-dropped",
)


@dataclass(frozen=True)
class Run:
    """One run of one analysis, as the record tells it; ``declared`` is what it was asked to give."""

    study: Study
    analysis_id: str
    key: str
    parameters: Mapping[str, object]
    intakes: tuple[Intake, ...]
    problems: tuple[Problem, ...]
    started: str
    jobs: int
    scenarios: tuple[Mapping[str, object], ...] = ()
    declared: Mapping[str, object] = field(default_factory=dict)


def tool_version() -> str:
    """Return the version of the tool itself."""
    return installed(TOOL)


def now() -> str:
    """Return the hour, for the record alone."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def versions() -> Mapping[str, str]:
    """Return the versions of everything a figure depends on."""
    return {name: installed(name) for name in _LIBRARIES} | {"proj": pyproj.proj_version_str}


@cache
def installed(name: str) -> str:
    """Return the version of an installed package; looked up once, for it costs milliseconds and does not change."""
    return version(name)


def key(
    study: Study,
    analysis_id: str,
    parameters: Mapping[str, object],
    refs: tuple[LayerRef, ...],
    *,
    scenarios: tuple[Mapping[str, object], ...] = (),
    hashed: Callable[[Path], str] = fingerprint,
) -> str:
    """Return the hash of all that a run's results depend on. Equal keys mean equal results.

    ``scenarios`` are the patches it takes, as they are recorded. ``hashed`` gives the SHA-256 of a dataset; who asks
    for many keys at once gives one that remembers, for most analyses read the same layers. Raises OSError if a source
    can't be read; the run then says why.
    """
    content = {
        "tool": tool_version(),
        "edition": edition.of_results(),
        "libraries": versions(),
        "analysis": analysis_id,
        "parameters": parameters,
        "crs": coordinate_systems.name_of(study.crs),
        "population": study.population,
        "demonstration": study.is_demonstration,
        "grids": datum_grids.fingerprints(study.folder),
        "inputs": [[plain(asdict(ref)), *fingerprints(ref, study.folder, hashed)] for ref in refs],
        "scenarios": scenarios,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def unchanged(folder: Path, wanted: str) -> bool:
    """Tell whether ``folder`` holds the outputs of a run with this key, whole and untouched."""
    record = read(folder)
    return record is not None and record.get("key") == wanted and is_whole(folder, record)


def is_whole(folder: Path, record: Mapping[str, Any]) -> bool:
    """Tell whether ``folder`` holds the outputs that its record names, untouched since they were written."""
    outputs = record["outputs"]
    return bool(outputs) and all(_is_intact(folder / each["file"], each["sha256"]) for each in outputs)


def read(folder: Path) -> Mapping[str, Any] | None:
    """Return the record of the last run in ``folder``, or None if there is none that can be read.

    A study may come from elsewhere: a record whose outputs lie outside ``folder`` is none.
    """
    try:
        content = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) and _is_record(content) else None


def record(run: Run, folder: Path, names: tuple[str, ...]) -> None:
    """Write ``run.json`` beside the outputs it names; it is written last, so that it never promises too much."""
    told = [_told(problem) for problem in run.problems]
    content = {
        "analysis": run.analysis_id,
        "key": run.key,
        "tool": {"name": TOOL, "version": version(TOOL), "edition": edition.of_results()},
        "libraries": versions(),
        "crs": coordinate_systems.name_of(run.study.crs),
        "demonstration": run.study.is_demonstration,
        "parameters": run.parameters,
        "inputs": [_input(intake, run.study.folder) for intake in run.intakes],
        "problems": told,
        "mends": [each for each in told if each["code"] in _MENDS],
        "outputs": [{"file": name, "sha256": fingerprint(folder / name)} for name in names],
        "declared": run.declared,
        "start": run.started,
        "end": now(),
        "jobs": run.jobs,
    }
    if run.scenarios:
        content["scenarios"] = [_patch(each) for each in run.scenarios]
    write.text(folder / FILE, json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n")


def fingerprints(ref: LayerRef, folder: Path, hashed: Callable[[Path], str] = fingerprint) -> tuple[str, ...]:
    """Return the SHA-256 of a layer's dataset and, if a table is joined to it, of that; raises OSError."""
    return tuple(hashed(path) for path in ref.files(folder))


def plain(ref: Mapping[str, object]) -> Mapping[str, object]:
    """Return how a layer is read, without where it lies."""
    return {name: value for name, value in ref.items() if name != "source"}


def shown_source(source: str) -> str:
    """Return a source for the record: as the study names it; of one outside the study only the file's name."""
    path = PurePath(source)
    return path.name if path.is_absolute() or ".." in path.parts else source


def _is_record(content: Mapping[str, Any]) -> bool:
    if not isinstance(content.get("parameters"), dict):
        return False
    return all(_is_told(content.get(table), words) for table, words in _TOLD.items()) and all(
        PurePath(each["file"]).name == each["file"] != ".." for each in content["outputs"]
    )


def _is_told(rows: object, words: tuple[str, ...]) -> bool:
    return isinstance(rows, list) and all(
        isinstance(row, dict) and all(isinstance(row.get(word), str) for word in words) for row in rows
    )


def _told(problem: Problem) -> Mapping[str, str]:
    """Return a problem in Italian, with the sentence that sheets print in English as well."""
    return {**problem.as_json("it"), "where_en": problem.where.en, "message_en": problem.message.en}


def _input(intake: Intake, folder: Path) -> Mapping[str, object]:
    ref = intake.ref
    own, *joined = fingerprints(ref, folder)
    told = {
        "role": ref.role,
        "source": shown_source(ref.source),
        "layer": ref.layer,
        "year": ref.year,
        "sha256": own,
        "features": intake.features,
        "area_m2": intake.area_m2,
        "mended": receipts.chain(folder, ref),
        "reprojection": intake.operation.as_json() if intake.operation else None,
    }
    if ref.edits is not None:
        told["edits"] = edit_record.edits_told(ref)
    if intake.edits is not None:
        told["edits_followed"] = edit_record.followed_told(intake.edits)
    return told | {"join_sha256": joined[0]} if joined else told


def _patch(scenario: Mapping[str, object]) -> Mapping[str, object]:
    """Return a scenario's record, outlines from outside the study by their file's name alone."""
    outlines = scenario["outlines"]
    assert isinstance(outlines, list), "scenario_files.record makes it"
    return {**scenario, "outlines": [{**each, "source": shown_source(each["source"])} for each in outlines]}


def _is_intact(path: Path, sha256: str) -> bool:
    try:
        return fingerprint(path) == sha256
    except OSError:
        return False
