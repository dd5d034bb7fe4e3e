"""The record of what the results were computed from, layer by layer: ``results/.sources.zip``.

It names no path and holds no time, so it may be moved with the study and is the same for the same data. It is not
trusted: of a record that is damaged, too large or of another kind, what can't be read is as if it had not been written.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from layers import write
from layers.reference import LayerRef
from puc_tool import provenance
from puc_tool.sources.source_content import MOST_CELLS, Content
from puc_tool.study import Study

FILE = ".sources.zip"
_INDEX = "index.json"
_VERSION = 1
_STILL = (1980, 1, 1, 0, 0, 0)
_MOST_BYTES = 8 * MOST_CELLS + 1024
_MOST_LAYERS = 1000
_DAMAGED = (
    OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, MemoryError, RecursionError,
    RuntimeError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What zip, JSON and array readers raise on bytes that are not theirs; an encrypted member is a RuntimeError."""


@dataclass(frozen=True)
class Seen:
    """A layer as results were computed from it. ``recipe`` hashes how it was read; equal ones can be compared."""

    sha256: tuple[str, ...]
    recipe: str
    content: Content


Record = Mapping[str, Seen]


def key_of(ref: LayerRef) -> str:
    """Return the name of a layer in the record."""
    return f"{ref.role} {ref.year or ''}".strip()


def recipe_of(study: Study, ref: LayerRef, grids: Mapping[str, str]) -> str:
    """Return the hash of all that, beside the file, decides what a layer is once taken in."""
    how = [provenance.plain(asdict(ref)), study.crs.to_wkt(), grids, provenance.versions(), pd.__version__, _VERSION]
    return hashlib.sha256(json.dumps(how, sort_keys=True, default=str).encode()).hexdigest()


def read(study: Study) -> Record:
    """Return what can be read of the record; never raises for what a file holds."""
    try:
        with zipfile.ZipFile(study.results / FILE) as archive:
            index = json.loads(_member(archive, _INDEX))
            rows = index["layers"][:_MOST_LAYERS] if index["version"] == _VERSION else []
            return {row["layer"]: seen for row in rows if (seen := _seen(archive, row)) is not None}
    except _DAMAGED:
        return {}


def save(study: Study, record: Record) -> None:
    """Write the record; raises PucError where that is not possible."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        names = sorted(record)
        rows = [_row(name, f"{number}.npy", record[name]) for number, name in enumerate(names)]
        _put(archive, _INDEX, json.dumps({"version": _VERSION, "layers": rows}, indent=1).encode())
        for row in rows:
            _put(archive, str(row["marks"]), _packed(record[str(row["layer"])].content.marks))
    write.data(study.results / FILE, held.getvalue())


def _row(name: str, marks: str, seen: Seen) -> Mapping[str, object]:
    content = seen.content
    return {
        "layer": name,
        "sha256": list(seen.sha256),
        "recipe": seen.recipe,
        "kind": content.kind,
        "area_m2": content.area_m2,
        "place": content.place,
        "marks": marks,
    }


def _seen(archive: zipfile.ZipFile, row: Mapping[str, Any]) -> Seen | None:
    """Return what a row tells; None if it or its marks are not what they should be."""
    try:
        marks = np.load(io.BytesIO(_member(archive, row["marks"])), allow_pickle=False)
        if marks.ndim != 1 or marks.dtype.kind != "u":
            return None
        content = Content(str(row["kind"]), marks, float(row["area_m2"]), str(row["place"]))
        return Seen(tuple(str(each) for each in row["sha256"]), str(row["recipe"]), content)
    except _DAMAGED:
        return None


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    about = archive.getinfo(name)
    if about.file_size > _MOST_BYTES:
        raise ValueError(f"{name} unpacks to {about.file_size} bytes")
    return archive.read(about)


def _packed(marks: np.ndarray) -> bytes:
    held = io.BytesIO()
    np.save(held, marks, allow_pickle=False)
    return held.getvalue()


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _STILL), content, zipfile.ZIP_DEFLATED)
