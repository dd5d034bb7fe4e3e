"""Where a dataset lies: a file, or a table in a file, or the one dataset inside a zip."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from layers.formats import catalogue
from layers.formats.catalogue import Format
from layers.problems import Problem, PucError
from layers.text import NOTHING, Text, listing, same, say

_SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_CHUNK = 1 << 20


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
        return f"/vsizip/{self.path}/{self.inside}" if self.inside else str(self.path)


def locate(path: Path) -> Source:
    """Return the source at ``path``, or raise PucError: missing, unreadable, or not a format we open."""
    if not path.exists():
        raise PucError(_missing(path))
    if path.suffix.lower() == catalogue.ARCHIVE:
        return _in_archive(path)
    found = catalogue.of(path)
    if found is None:
        raise PucError(_not_a_format(path))
    _refuse_disguise(path)
    return Source(path.resolve(), found)


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a dataset: of the file, of a shapefile's parts, of a folder's files in order."""
    digest = hashlib.sha256()
    for part in _parts(path):
        digest.update(part.name.lower().encode() if part.parent != path.parent else part.suffix.lower().encode())
        with part.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    return digest.hexdigest()


def _parts(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(part for part in path.rglob("*") if part.is_file())
    if path.suffix.lower() != ".shp":
        return [path]
    siblings = (part for part in path.parent.iterdir() if part.stem == path.stem)
    return sorted((part for part in siblings if part.suffix.lower() in _SHAPEFILE_PARTS), key=lambda part: part.suffix)


def _in_archive(path: Path) -> Source:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if catalogue.of(name) and _stays_inside(name)]
    except (zipfile.BadZipFile, OSError) as error:
        raise PucError(_broken_archive(path)) from error
    if len(names) != 1:
        raise PucError(_none_inside(path) if not names else _several_inside(path, names))
    found = catalogue.of(names[0])
    assert found is not None, "the name was chosen because it has a format"
    return Source(path.resolve(), found, names[0])


def _stays_inside(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not name.startswith("/") and ".." not in parts


def _refuse_disguise(path: Path) -> None:
    """Refuse XML under another format's name: GDAL would follow what it refers to."""
    if path.is_dir():
        return
    try:
        with path.open("rb") as stream:
            head = stream.read(64).lstrip(b"\xef\xbb\xbf \r\n\t")
    except OSError as error:
        raise PucError(unreadable(path)) from error
    if head.startswith(b"<"):
        raise PucError(_disguised(path))


def _missing(path: Path) -> Problem:
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
        say("Si aprono: {all}.", "These can be opened: {all}.", all=listing(list(catalogue.suffixes()), most=20)),
    )


def _disguised(path: Path) -> Problem:
    return Problem(
        "format-disguised",
        same(path.name),
        Text(
            "il contenuto è XML, non quello che dice il nome del file.",
            "the content is XML, not what the file's name says.",
        ),
        Text(
            "Un file così può rimandare ad altri file o alla rete: non viene aperto.",
            "Such a file may point to other files or the network: it is not opened.",
        ),
        Text("Chiedere il dato in GeoPackage, Shapefile o GeoTIFF.", "Ask for a GeoPackage, Shapefile or GeoTIFF."),
    )


def _broken_archive(path: Path) -> Problem:
    return Problem(
        "archive-broken",
        same(path.name),
        Text("lo zip è rotto o incompleto.", "the zip is broken or incomplete."),
        NOTHING,
        Text("Scaricarlo di nuovo.", "Download it again."),
    )


def _none_inside(path: Path) -> Problem:
    return Problem(
        "archive-empty",
        same(path.name),
        Text("nello zip non c'è alcun dato che si possa aprire.", "the zip holds nothing that can be opened."),
        NOTHING,
        say("Si aprono: {all}.", "These can be opened: {all}.", all=listing(list(catalogue.suffixes()), most=20)),
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
