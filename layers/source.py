"""Where a dataset lies: a file, or a table in a file, or the one dataset inside a zip."""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from layers.formats import catalogue
from layers.formats.catalogue import Format
from layers.formats.disguise import refuse_disguise
from layers.problems import Problem, PucError
from layers.text import NOTHING, Text, listing, same, say

_CHUNK = 1 << 20
_HEAD = 1 << 16
_ENCRYPTED = 0x1
_PACKED, _PACKED_KML = ".gz", ".kmz"


@dataclass(frozen=True)
class Source:
    """A dataset that exists, in a format we open. ``inside`` is its name within a zip."""

    path: Path
    format: Format
    inside: str = ""

    @property
    def name(self) -> str:
        """What a message calls it."""
        return f"{self.path.name}/{self.inside}" if self.inside else self.path.name

    @property
    def gdal_path(self) -> str:
        """What GDAL opens; only this module ever writes a ``/vsi`` path."""
        held = f"/vsizip/{self.path}/{self.inside}" if self.inside else str(self.path)
        return f"/vsigzip/{held}" if held.lower().endswith(_PACKED) else held

    @property
    def stem(self) -> str:
        """The name of the file that holds the data, without its ending."""
        return PurePosixPath(self.inside).stem if self.inside else self.path.stem

    def content(self) -> bytes:
        """Return the whole file, or raise PucError if it can't be read."""
        try:
            if not self.inside:
                return self.path.read_bytes()
            with zipfile.ZipFile(self.path) as archive:
                return archive.read(self.inside)
        except OSError as error:
            raise PucError(unreadable(self.path)) from error
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise PucError(_broken_archive(self.path)) from error

    def reason(self, error: Exception) -> str:
        """Return what a library says went wrong, with the file's name in place of its path."""
        return str(error).replace(self.gdal_path, self.name).strip().rstrip(".")


def locate(path: Path) -> Source:
    """Return the source at ``path``, or raise PucError: missing, unreadable, or not a format we open."""
    if not _is_there(path):
        raise PucError(missing(path))
    if path.suffix.lower() in (catalogue.ARCHIVE, _PACKED_KML):
        return _in_archive(path)
    found = catalogue.of(path)
    if found is None:
        raise PucError(_not_a_format(path))
    if path.is_file():
        refuse_disguise(path, found, _unpacked(path.name, _head(path)))
    return Source(path.resolve(), found)


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
    """Return the files of the dataset at ``path``: itself and its sidecars, or a folder's files."""
    if path.is_dir():
        return sorted(part for part in path.rglob("*") if part.is_file())
    found = catalogue.of(path)
    beside = () if found is None else found.sidecars
    siblings = (part for part in path.parent.iterdir() if part.stem == path.stem and part.suffix.lower() in beside)
    return [path, *sorted(siblings, key=lambda part: part.suffix.lower())]


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name too long, a folder that may not be entered
        return False


def _in_archive(path: Path) -> Source:
    try:
        with zipfile.ZipFile(path) as archive:
            whole = catalogue.of_members(archive.namelist())
            if whole is not None:
                return Source(path.resolve(), whole)
            name = _only_dataset(path, archive.namelist())
            found = catalogue.of(name)
            assert found is not None, "the name was chosen because it has a format"
            refuse_disguise(path, found, _unpacked(name, _head_inside(path, archive, name)))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise PucError(_broken_archive(path)) from error
    return Source(path.resolve(), found, name)


def _only_dataset(path: Path, names: list[str]) -> str:
    """Return the one name that can be opened; a geodatabase is a folder, and what macOS adds is no data."""
    inside = [PurePosixPath(name) for name in names if _stays_inside(name) and not name.startswith("__MACOSX/")]
    found = _kml(inside) if path.suffix.lower() == _PACKED_KML else _layers(inside) or _tables(inside)
    if len(found) != 1:
        raise PucError(_several_inside(path, found) if found else _none_inside(path))
    return found[0]


def _kml(inside: list[PurePosixPath]) -> list[str]:
    """Return the one text of a KMZ, which by its standard is called doc.kml; other KML beside it are parts of it."""
    found = sorted(str(part) for part in inside if part.suffix.lower() == ".kml")
    return ["doc.kml"] if "doc.kml" in found else found


def _layers(inside: list[PurePosixPath]) -> list[str]:
    ways = {part: catalogue.of(part) for each in inside for part in (each, *each.parents)}
    found = {part for part, way in ways.items() if way is not None and not way.is_table}
    return sorted(str(part) for part in found if part.suffix.lower() != _PACKED_KML)


def _tables(inside: list[PurePosixPath]) -> list[str]:
    """Return the tables; what ends in .txt is in an archive nearly always a note or a timetable."""
    ways = {part: catalogue.of(part) for part in inside if part.suffix.lower() != ".txt"}
    return sorted(str(part) for part, way in ways.items() if way is not None and way.is_table)


def _head_inside(path: Path, archive: zipfile.ZipFile, name: str) -> bytes:
    if name not in archive.NameToInfo:  # the folder of a geodatabase
        return b""
    if archive.getinfo(name).flag_bits & _ENCRYPTED:
        raise PucError(_locked_archive(path))
    with archive.open(name) as stream:
        return stream.read(_HEAD)


def _stays_inside(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not name.startswith("/") and ".." not in parts


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


def _is_own_xml(way: Format, head: bytes) -> bool:
    """Tell whether the first element, behind declarations and comments, is one that the format starts with."""
    start = re.sub(rb"<\?.*?\?>|<!--.*?-->", b"", head, flags=re.DOTALL)
    first = re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:[\w.-]+:)?([\w.-]+)", start)
    return first is not None and (way.xml_roots == ("*",) or first[1].decode() in way.xml_roots)


def missing(path: Path) -> Problem:
    """Return the problem of a file that is not where it is said to be."""
    return Problem(
        "source-missing",
        same(path.name),
        say("il file non c'è: {p}.", "the file is not there: {p}.", p=path),
        Text("Il livello non può essere letto.", "The layer can't be read."),
        Text(
            "Rimettere il file al suo posto, o indicarne un altro con «add --replace».",
            "Put the file back, or name another with “add --replace”.",
        ),
    )


def unreadable(path: Path) -> Problem:
    """Return the problem of a file that the system does not let us read."""
    return Problem(
        "source-unreadable",
        same(path.name),
        Text("il file non si può leggere.", "the file can't be read."),
        NOTHING,
        Text("Controllare i permessi e che il disco sia collegato.", "Check permissions and that the disk is there."),
    )


def _not_a_format(path: Path) -> Problem:
    return Problem(
        "format-unknown",
        same(path.name),
        say("«{s}» non è un formato che si apre.", "“{s}” is not a format that can be opened.", s=path.suffix or "?"),
        NOTHING,
        say("Si aprono: {all}.", "These can be opened: {all}.", all=listing(list(catalogue.suffixes()), most=40)),
    )


def _broken_archive(path: Path) -> Problem:
    return Problem(
        "archive-broken",
        same(path.name),
        Text("lo zip è rotto o incompleto.", "the zip is broken or incomplete."),
        NOTHING,
        Text("Scaricarlo di nuovo.", "Download it again."),
    )


def _locked_archive(path: Path) -> Problem:
    return Problem(
        "archive-locked",
        same(path.name),
        Text("lo zip è protetto da una parola d'ordine.", "the zip is locked with a password."),
        NOTHING,
        Text("Estrarlo e indicare il file.", "Unpack it and name the file."),
    )


def _none_inside(path: Path) -> Problem:
    return Problem(
        "archive-empty",
        same(path.name),
        Text("nello zip non c'è alcun dato che si possa aprire.", "the zip holds nothing that can be opened."),
        NOTHING,
        say("Si aprono: {all}.", "These can be opened: {all}.", all=listing(list(catalogue.suffixes()), most=40)),
    )


def _several_inside(path: Path, names: list[str]) -> Problem:
    return Problem(
        "archive-several",
        same(path.name),
        say(
            "nello zip ci sono {n} dati: {all}.", "the zip holds {n} datasets: {all}.", n=len(names), all=listing(names)
        ),
        NOTHING,
        Text("Estrarre lo zip e indicare il file voluto.", "Unpack the zip and name the file you want."),
    )
