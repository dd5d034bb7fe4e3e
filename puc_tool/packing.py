"""``pack``: a study with its sources and their hashes in one zip, which is a study again wherever it is unpacked.

Sources outside the study come along, in a folder of their own; those inside that ``study.toml`` names by a link or a
whole path lie where they really are. In the zip it names each by its place there. Same study, same bytes: files are
sorted and carry no hour.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import tomlkit

from layers import half_done, write
from layers.problems import Problem, PucError
from layers.source import missing, parts, unreadable
from layers.source import sources as locations
from layers.text import Text, same
from puc_tool import provenance
from puc_tool.sources import trust
from puc_tool.studies import study_reading
from puc_tool.study import FILE, Study

HASHES = "pack.json"
OUTSIDE = "data/fuori-dallo-studio"
_STILL_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Packed:
    """The zip, how many files it holds, and how many of them came from outside the study."""

    path: Path
    files: int
    from_outside: int


def pack(study: Study, target: Path) -> Packed:
    """Write the study to ``target``; raises PucError if a source is missing, can't be read or there is no room."""
    refused = [problem for ref in study.layers for problem in trust.problems(study, ref)]
    if refused:
        raise PucError(*refused)
    placed = _placed(study)
    sources = {place: path for _, found in placed.values() for place, path in found.items()}
    document = _document(study, {source: place for source, (place, _) in placed.items() if place != source})
    files = {**_own(study, target), **sources}
    with write.replacing(target) as part:
        _write(part, document, files)
    return Packed(target, len(files) + 2, sum(place.startswith(f"{OUTSIDE}/") for place in sources))


def _own(study: Study, target: Path) -> dict[str, Path]:
    """Return the files of the study's folder by their place in it, without what passes and without the zip itself."""
    found = (path for path in sorted(study.folder.rglob("*")) if path.is_file() and not path.is_symlink())
    placed = {path.relative_to(study.folder).as_posix(): path for path in found if path.resolve() != target.resolve()}
    return {place: path for place, path in placed.items() if place != FILE and not _passes(place)}


def _passes(place: str) -> bool:
    """Tell whether what lies there is ours alone (``.puc-tool``), or a write that was killed left it half done."""
    parted = PurePosixPath(place).parts
    return any(part.startswith(".") or half_done.is_half_done(part) for part in parted)


def _placed(study: Study) -> dict[str, tuple[str, dict[str, Path]]]:
    """Return each source's place in the zip, by the words of ``study.toml``, and the files that go with it."""
    root, placed, outside = study.folder.resolve(), dict[str, tuple[str, dict[str, Path]]](), 0
    for source in dict.fromkeys(_sources(study)):
        path = (study.folder / source).resolve()
        is_inside = path.is_relative_to(root)
        outside += not is_inside
        folder = path.parent.relative_to(root) if is_inside else PurePosixPath(OUTSIDE, f"{outside:02d}")
        if not is_inside:
            locations(path)  # what lies elsewhere comes along only if it is a dataset
        files = {(folder / name).as_posix(): each for name, each in _files_of(path)}
        placed[source] = (folder / path.name).as_posix(), files
    return placed


def _sources(study: Study) -> Iterator[str]:
    for ref in study.layers:
        yield ref.source
        if ref.join:
            yield ref.join.table


def _files_of(path: Path) -> Iterator[tuple[str, Path]]:
    """Yield every file of a source (a shapefile has several), by its name in the new folder."""
    if path.is_dir():
        yield from (
            (f"{path.name}/{each.relative_to(path).as_posix()}", each)
            for each in sorted(path.rglob("*"))
            if each.is_file()
        )
        return
    if not path.is_file():
        raise PucError(missing(path))
    yield from ((each.name, each) for each in parts(path))


def _document(study: Study, places: Mapping[str, str]) -> str:
    """Return ``study.toml`` with the new places; comments and order stay."""
    document = study_reading.document(study.folder)
    for layer in document.get("layer", []):
        if layer.get("source") in places:
            layer["source"] = places[layer["source"]]
        if "join" in layer and layer["join"].get("table") in places:
            layer["join"]["table"] = places[layer["join"]["table"]]
    return tomlkit.dumps(document)


def _write(part: Path, document: str, files: Mapping[str, Path]) -> None:
    hashes: dict[str, str] = {}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as packed:
        for place in sorted({FILE, *files}):
            content = document.encode() if place == FILE else _content(files[place])
            hashes[place] = hashlib.sha256(content).hexdigest()
            packed.writestr(zipfile.ZipInfo(place, _STILL_TIME), content, zipfile.ZIP_DEFLATED, 6)
        told = {"tool": provenance.tool_version(), "sha256": hashes}
        words = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
        packed.writestr(zipfile.ZipInfo(HASHES, _STILL_TIME), words, zipfile.ZIP_DEFLATED, 6)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PucError(unreadable(path)) from error


def not_a_zip(target: Path) -> Problem:
    """Return the problem of a target that does not end in .zip."""
    return Problem(
        "pack-not-zip",
        same(target.name),
        Text("il pacchetto è un file .zip.", "the pack is a .zip file."),
        Text("Niente è stato scritto.", "Nothing was written."),
        Text("Dare al file un nome che finisce in .zip.", "Give the file a name that ends in .zip."),
    )
