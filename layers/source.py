"""Where a dataset lies: a file, or one of the datasets inside a zip."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from textwrap import shorten

from layers import archive_contents, private_copy
from layers import archive_refusals as refusals
from layers.archive_contents import Held
from layers.formats import catalogue
from layers.formats.catalogue import Format
from layers.formats.disguise import refuse_disguise
from layers.problems import PucError
from layers.source_refusals import missing as missing
from layers.source_refusals import not_a_format
from layers.source_refusals import unreadable as unreadable

_CHUNK = 1 << 20
_HEAD = 1 << 16
_MOST_LETTERS = 300
_UNDECODED = "Could not decode error message to UTF-8"
_PACKED, _PACKED_KML = ".gz", ".kmz"


@dataclass(frozen=True)
class Source:
    """A dataset that exists, in a format we open. ``inside`` is its way within a zip, which ``member`` tells in full.

    ``of_several`` is what «--layer» calls it, where the zip holds others too.
    """

    path: Path
    format: Format
    inside: str = ""
    member: Held | None = None
    of_several: str = ""

    @property
    def name(self) -> str:
        """What a message calls it."""
        return f"{self.path.name}/{self.inside}" if self.inside else self.path.name

    @property
    def held(self) -> Path:
        """The file to read: the source, or a copy of it that lasts as long as this object, where it needs one.

        Raises PucError if the zip that holds it is broken or there is no room for a copy.
        """
        return self._held[0]

    @property
    def unmerged(self) -> tuple[str, ...]:
        """The names of files beside a database that hold changes it has not taken in yet; reading the copy does."""
        return self._held[1]

    @cached_property
    def _held(self) -> tuple[Path, tuple[str, ...]]:
        path = self._readable()
        beside = () if self.format.is_raster else private_copy.unmerged(path, self.format)
        return path, tuple(each.name for each in beside)

    def _readable(self) -> Path:
        if self.member is not None:
            copy = private_copy.of_held(self, self.path, self.member)
            refuse_disguise(self.path, self.format, _unpacked(copy.name, _head(copy)) if copy.is_file() else b"")
            return copy
        if private_copy.is_needed(self.path, self.format):
            return private_copy.of_file(self, self.path, self.format, parts(self.path)[1:])
        return self.path

    @property
    def gdal_path(self) -> str:
        """What GDAL opens; only this module ever writes a ``/vsi`` path."""
        held = str(self.held)
        return f"/vsigzip/{held}" if held.lower().endswith(_PACKED) else held

    @property
    def stem(self) -> str:
        """The name of the file that holds the data, without its ending."""
        return PurePosixPath(self.inside).stem if self.inside else self.path.stem

    def content(self) -> bytes:
        """Return the whole file, or raise PucError if it can't be read."""
        try:
            return self.held.read_bytes()
        except OSError as error:
            raise PucError(unreadable(self.path)) from error

    def reason(self, error: Exception) -> str:
        """Return what a library says went wrong, with the file's name in place of its path."""
        words = str(error)
        if words.startswith(_UNDECODED):  # what follows is a dump of bytes
            words = words[: len(_UNDECODED)]
        return shorten(self.without_place(words).strip(), _MOST_LETTERS, placeholder="…").rstrip(".")

    def without_place(self, words: str) -> str:
        """Return ``words`` with names in place of paths: where somebody keeps a file is nobody's business."""
        for path in (self.gdal_path, str(self.held), str(self.path)):
            words = words.replace(path, self.name)
        return words.replace(str(self.held.with_suffix("")), self.stem)

    def layer_name(self, table: str, *, alone: bool) -> str:
        """Return what «--layer» calls ``table``; ``alone`` if the dataset has no other."""
        if not self.of_several:
            return table
        return self.of_several if alone else f"{self.of_several}/{table}"

    def table(self, layer: str | None) -> str | None:
        """Return the table that «--layer» means by ``layer``; None if that names the dataset alone."""
        if layer is None or not self.of_several or not _names(layer, self.of_several):
            return layer
        return layer.removeprefix(self.of_several).lstrip("/") or None


def locate(path: Path, layer: str | None = None) -> Source:
    """Return the source at ``path``, or raise PucError: missing, unreadable, or not a format we open.

    Of a zip with several datasets, ``layer`` names the one: its way in the zip, and after another «/» its table. Where
    the zip holds one layer, alone or with tables, that one is meant without being named.
    """
    found = sources(path)
    named = [each for each in found if layer is not None and _names(layer, each.of_several)]
    likely = (
        sorted(named, key=lambda each: len(each.of_several))[-1:]
        or [each for each in found if not each.format.is_table]
        or list(found)
    )
    if len(likely) == 1:
        return _undisguised(likely[0])
    names = [each.of_several for each in found]
    raise PucError(refusals.not_inside(path, layer, names) if layer else refusals.several_inside(path, names))


def sources(path: Path) -> tuple[Source, ...]:
    """Return every dataset at ``path``: one, or all that a zip holds, by name.

    Raises PucError as ``locate`` does, but what the datasets of a zip hold is first looked at when they are read.
    """
    if not _is_there(path):
        raise PucError(missing(path))
    if path.suffix.lower() in (catalogue.ARCHIVE, _PACKED_KML) and path.is_file():
        return _in_archive(path)
    found = catalogue.of(path)
    if found is None:
        raise PucError(not_a_format(path))
    if path.is_file():
        refuse_disguise(path, found, _unpacked(path.name, _head(path)))
    return (Source(path.resolve(), found),)


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a dataset, whatever its name and wherever it lies.

    Of one file it is the file's own, as anybody's tool tells it; of several, that of endings and contents in order.
    """
    digest, found = hashlib.sha256(), parts(path)
    for part in found:
        if found != [path]:
            digest.update(part.relative_to(path).as_posix().encode() if path.is_dir() else part.suffix.lower().encode())
        with part.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    return digest.hexdigest()


def parts(path: Path) -> list[Path]:
    """Return the files of the dataset at ``path``: itself and its sidecars, or a folder's files.

    What a GIS writes beside a raster by itself, statistics and overviews, is no part of it.
    """
    if path.is_dir():
        return sorted(part for part in path.rglob("*") if part.is_file())
    found = catalogue.of(path)
    if found is None:
        return [path]
    siblings = {_ending(part, path): part for part in _siblings(path, found)}
    return [path, *(siblings[ending] for ending in sorted(siblings))]


def _siblings(path: Path, way: Format) -> list[Path]:
    """Return the sidecars of ``path``; of two that differ by case alone, the one written like ``path`` comes last."""
    unmerged = [] if way.is_raster else private_copy.unmerged(path, way)
    alike = [part for part in path.parent.iterdir() if part.suffix.lower() in way.sidecars and part.is_file()]
    named = [part for part in alike if catalogue.belongs(part, path, way)]
    return [*unmerged, *sorted(named, key=lambda part: (part.stem == path.stem, part.name))]


def _ending(part: Path, path: Path) -> str:
    return part.name[len(path.stem) :].lower()


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name too long, a folder that may not be entered
        return False


def _in_archive(path: Path) -> tuple[Source, ...]:
    found = archive_contents.datasets(path)
    if not found:
        raise PucError(refusals.none_inside(path))
    several = len(found) > 1
    # Of a timetable the zip itself is the dataset, and is read where it lies.
    return tuple(
        Source(path.resolve(), each.format, each.inside, each if each.inside else None, each.name if several else "")
        for each in found
    )


def _undisguised(source: Source) -> Source:
    """Return ``source``; raises PucError now, and not when it is read, if a dataset in a zip is not what it says."""
    if source.member is not None:
        head = archive_contents.head(source.path, source.member, _HEAD)
        refuse_disguise(source.path, source.format, _unpacked(source.inside, head))
    return source


def _names(layer: str, dataset: str) -> bool:
    return layer == dataset or layer.startswith(f"{dataset}/")


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except OSError as error:
        raise PucError(unreadable(path)) from error


def _unpacked(name: str, head: bytes) -> bytes:
    """Return the head of what a packed file holds; what can't be unpacked is for its reader to refuse."""
    if not name.lower().endswith(_PACKED):
        return head
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, _HEAD)
    except zlib.error:
        return b""
