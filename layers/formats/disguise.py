"""Files that are not what their name says, and would lead the reader to other files or to the network."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from xml.parsers import expat

from layers.formats.catalogue import Format
from layers.problems import Problem, PucError
from layers.text import Text, same

_POINTERS = (b"<OGRVRT", b"<VRTDataset", b"<OGRWFS", b"gdal_streamed_alg")
"""Marks of virtual files, services and commands that GDAL would follow, wherever in the head they stand."""

_ANY, _GML = "*", b"opengis.net/gml"


class _RefusedError(Exception):
    """The head declares a document type, which is where entities come from."""


def refuse_disguise(path: Path, way: Format, head: bytes) -> None:
    """Raise PucError if ``head``, the first bytes of the file, is not of the format ``way`` or points elsewhere.

    XML is refused under the name of a format that is none; of one that is, the root must be the format's own and no
    document type may be declared.
    """
    is_markup = head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<", b"\xff\xfe<", b"\xfe\xff\0<"))
    if any(mark in head for mark in _POINTERS) or (is_markup and not _begins_as(way, head)):
        raise PucError(_page(path) if _is_page(head) else _disguised(path))


def is_plain_xml(head: bytes) -> bool:
    """Tell whether ``head`` begins XML whose root comes without a document type, which is where entities come from."""
    return _root(head) is not None


def _begins_as(way: Format, head: bytes) -> bool:
    root = _root(head) if way.xml_roots else None
    if root is None:
        return False
    return root in way.xml_roots or (_ANY in way.xml_roots and _GML in head)


def _is_page(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \r\n\t")[:14].lower().startswith((b"<!doctype html", b"<html"))


def _root(head: bytes) -> str | None:
    """Return the name of the root element without its prefix; None if there is none or a document type before it."""
    names = list[str]()
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _attributes: names.append(name)
    parser.StartDoctypeDeclHandler = _refuse
    # What is broken past the root is for the format's reader to tell.
    with suppress(_RefusedError, expat.ExpatError):
        parser.Parse(head, False)
    return names[0].rpartition(":")[2] if names else None


def _refuse(*_declared: object) -> None:
    raise _RefusedError


def _disguised(path: Path) -> Problem:
    return Problem(
        "format-disguised",
        same(path.name),
        Text(
            "il contenuto è XML o un comando, non quello che dice il nome del file.",
            "the content is XML or a command, not what the file's name says.",
        ),
        Text(
            "Un file così può rimandare ad altri file o alla rete: non viene aperto.",
            "Such a file may point to other files or the network: it is not opened.",
        ),
        Text("Chiedere il dato in GeoPackage, Shapefile o GeoTIFF.", "Ask for a GeoPackage, Shapefile or GeoTIFF."),
    )


def _page(path: Path) -> Problem:
    return Problem(
        "format-disguised",
        same(path.name),
        Text(
            "il contenuto è una pagina web: lo scaricamento non è riuscito.",
            "the content is a web page: the download failed.",
        ),
        Text("Il livello non entra nello studio.", "The layer does not enter the study."),
        Text(
            "Scaricare di nuovo il dato, dopo l'accesso al sito se lo chiede.",
            "Download the data again, after logging in if the site asks for it.",
        ),
    )
