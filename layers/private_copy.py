"""Copies of datasets that can't be read where they lie, in a folder of their own that goes when nobody needs it.

A source is never written to, so what would have to be written beside it is written beside a copy: what a database has
not merged yet, a shapefile's lost index. What lies in a zip is unpacked, which also compares its checksums.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path

from layers import archive_contents
from layers import archive_refusals as refusals
from layers.archive_contents import Held
from layers.formats import shapefile_index
from layers.formats.catalogue import Format
from layers.problems import PucError

_SHAPEFILE = "shapefile"
_WRITE_AHEAD = b"\2\2"
_JOURNAL_MODE_AT = 18


def is_needed(path: Path, way: Format) -> bool:
    """Tell whether the file at ``path`` can't be read without something being written beside it."""
    try:
        if way.id == _SHAPEFILE:
            return not shapefile_index.is_usable(path) or _has_odd_names(path, way)
        return bool(way.appended) and not way.is_raster and (_is_write_ahead(path) or bool(unmerged(path, way)))
    except OSError:  # what can't be read is for the reader to tell
        return False


def unmerged(path: Path, way: Format) -> list[Path]:
    """Return the files beside a database that hold what is not in it yet."""
    beside = (path.with_name(path.name + ending) for ending in way.appended)
    return [each for each in beside if each.is_file() and each.stat().st_size]


def of_file(owner: object, path: Path, way: Format, beside: list[Path]) -> Path:
    """Return a copy of ``path`` and the files ``beside`` it; it goes with ``owner``. Raises PucError without room."""
    folder = _folder(owner, path)
    try:
        for each in (path, *beside):
            shutil.copyfile(each, folder / (path.stem + each.name[len(path.stem) :].lower()))
    except OSError as error:
        raise PucError(refusals.no_copy(path, error)) from error
    return _completed(folder / (path.stem + path.suffix.lower()), path, way)


def of_held(owner: object, path: Path, held: Held) -> Path:
    """Return a copy of what the zip at ``path`` holds; it goes with ``owner``.

    Raises PucError if the zip is broken or there is no room.
    """
    folder = _folder(owner, path)
    try:
        return _completed(archive_contents.unpack(path, held, folder), path, held.format)
    except OSError as error:
        raise PucError(refusals.no_copy(path, error)) from error


def _completed(copy: Path, path: Path, way: Format) -> Path:
    if way.id == _SHAPEFILE and not shapefile_index.is_usable(copy):
        try:
            shapefile_index.rebuild(copy)
        except OSError as error:
            raise PucError(refusals.no_copy(path, error)) from error
    return copy


def _folder(owner: object, path: Path) -> Path:
    try:
        folder = Path(tempfile.mkdtemp(prefix="puc-tool-"))
    except OSError as error:
        raise PucError(refusals.no_copy(path, error)) from error
    weakref.finalize(owner, shutil.rmtree, folder, ignore_errors=True)
    return folder


def _is_write_ahead(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(_JOURNAL_MODE_AT + 2)[_JOURNAL_MODE_AT:] == _WRITE_AHEAD


def _has_odd_names(path: Path, way: Format) -> bool:
    """Tell whether a sidecar is there under a name that GDAL does not look for."""
    found = [sidecar for ending in way.sidecars if (sidecar := shapefile_index.sidecar(path, ending))]
    return any(
        each.stem != path.stem or each.suffix not in (each.suffix.lower(), each.suffix.upper()) for each in found
    )
