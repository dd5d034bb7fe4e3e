"""Which datasets a zip holds, in zips within it too, and how one of them is unpacked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from layers import archive
from layers import archive_refusals as refusals
from layers.archive import Opened
from layers.formats import catalogue
from layers.formats.catalogue import Format
from layers.problems import PucError

_CHUNK = 1 << 20
_KMZ = ".kmz"
_NOTES = ".txt"
"""What ends so is in a zip nearly always a note or a timetable, and no table."""


@dataclass(frozen=True)
class Held:
    """A dataset in a zip. ``chain`` leads to the zip that holds it; ``files`` are its own file and those beside it.

    Of a zip that is one as a whole (GTFS) there is no ``file``: the last of the chain is the dataset, or the zip.
    """

    chain: tuple[str, ...]
    file: str
    format: Format
    files: tuple[str, ...] = ()

    @property
    def inside(self) -> str:
        """The way to it, through zips in zips, with slashes."""
        return "/".join((*self.chain, self.file) if self.file else self.chain)

    @property
    def name(self) -> str:
        """What «--layer» calls it: its way; a KMZ stands for the one text in it."""
        return "/".join(self.chain) if self.chain and self.chain[-1].lower().endswith(_KMZ) else self.inside


def datasets(path: Path) -> tuple[Held, ...]:
    """Return every dataset of the zip at ``path``, in the order of their names.

    A KMZ is left out where the same layer lies beside it in another format. Raises PucError if the zip is broken or
    harmful.
    """
    with archive.opened(path) as held:
        found = list(_walk(held))
    stems = {_stem(each) for each in found if not _is_kmz(each)}
    return tuple(each for each in found if not (_is_kmz(each) and _stem(each) in stems))


def head(path: Path, held: Held, most: int) -> bytes:
    """Return the first bytes of the dataset's own file; none of a folder, or of a zip that is one as a whole."""
    with archive.opened(path, held.chain) as opened:
        if held.file not in opened.zip.NameToInfo:
            return b""
        with opened.stream(held.file) as stream:
            return stream.read(most)


def unpack(path: Path, held: Held, folder: Path) -> Path:
    """Write the dataset ``held`` of the zip at ``path`` into ``folder``, and return where its own file lies.

    Endings come out in lower case, which GDAL minds. The checksum of every file is compared. Raises PucError if the
    zip is broken or there is no room.
    """
    outer = held.chain if held.file else held.chain[:-1]
    with archive.opened(path, outer) as opened:
        main = held.file or held.chain[-1]
        for name in held.files or (main,):
            target = folder / _plain(name, main)
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as copy, opened.stream(name) as stream:
                _pour(path, stream, copy)
    return folder / _plain(main, main)


def _walk(held: Opened) -> Iterator[Held]:
    names = held.names
    whole = catalogue.of_members(names)
    if whole is not None:
        yield Held(held.chain, "", whole)
        return
    for name in _texts_of_kmz(names) if _is_packed_kml(held) else _named(names):
        way = catalogue.of(name)
        assert way is not None, "the name was chosen because it has a format"
        yield Held(held.chain, name, way, tuple(_own_files(name, way, names)))
    for name in sorted(name for name in names if name.lower().endswith(archive.PACKED)):
        with archive.within(held, name) as inner:
            yield from _walk(inner)


def _named(names: tuple[str, ...]) -> list[str]:
    """Return the names that can be opened; a geodatabase is a folder, which many programs write no entry for."""
    inside = [PurePosixPath(name) for name in names if not name.lower().endswith(_NOTES)]
    found = {part for each in inside for part in (each, *each.parents) if catalogue.of(part) is not None}
    return sorted(str(part) for part in found if part.suffix.lower() != _KMZ)


def _texts_of_kmz(names: tuple[str, ...]) -> list[str]:
    """Return the one text of a KMZ, which by its standard is called doc.kml; other KML beside it are parts of it."""
    found = sorted(name for name in names if name.lower().endswith(".kml"))
    return ["doc.kml"] if "doc.kml" in found else found


def _own_files(main: str, way: Format, names: tuple[str, ...]) -> list[str]:
    """Return the files of the dataset ``main``: all of its folder, or itself and its sidecars in any case."""
    folder = [name for name in names if name.startswith(f"{main}/") and not name.endswith("/")]
    if folder:
        return folder
    of_any_case = [name for name in names if name == main or catalogue.belongs(name, main, way)]
    # Of two that differ by their case alone, the one written as the dataset itself is written is its own.
    alike = sorted(of_any_case, key=lambda name: PurePosixPath(name).stem != PurePosixPath(main).stem)
    return list({_plain(name, main): name for name in reversed(alike)}.values())


def _plain(name: str, main: str) -> str:
    own, leading = PurePosixPath(name), PurePosixPath(main)
    if own != leading and own.is_relative_to(leading):
        return str(own.relative_to(leading.parent))
    return leading.stem + own.name[len(leading.stem) :].lower()


def _pour(path: Path, stream: IO[bytes], copy: IO[bytes]) -> None:
    while chunk := stream.read(_CHUNK):
        try:
            copy.write(chunk)
        except OSError as error:
            raise PucError(refusals.no_copy(path, error)) from error


def _is_packed_kml(held: Opened) -> bool:
    return (held.chain[-1] if held.chain else held.path.name).lower().endswith(_KMZ)


def _is_kmz(held: Held) -> bool:
    return bool(held.chain) and held.chain[-1].lower().endswith(_KMZ)


def _stem(held: Held) -> str:
    return held.name.rpartition(".")[0].lower()
