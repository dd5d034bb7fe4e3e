"""Why a file can't be read, as far as its first bytes tell; a library's own words are for those who know it."""

from __future__ import annotations

from collections.abc import Mapping

from layers.source import Source
from layers.text import Text, same, say

_SQLITE, _ZIP, _SHAPES = b"SQLite format 3\0", b"PK\x03\x04", b"\0\0\x27\x0a"
_TIFFS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")

STARTS: Mapping[str, tuple[bytes, ...]] = {
    "shapefile": (_SHAPES,),
    "geopackage": (_SQLITE,),
    "sqlite": (_SQLITE,),
    "flatgeobuf": (b"fgb",),
    "geotiff": _TIFFS,
    "geoparquet": (b"PAR1",),
}
"""With which bytes the files of a format begin, by its id; the others begin in many ways."""

_KNOWN: tuple[tuple[tuple[bytes, ...], Text], ...] = (
    ((_ZIP,), Text("uno zip", "a zip")),
    ((b"%PDF",), Text("un PDF", "a PDF")),
    ((b"\x1f\x8b",), Text("un file compresso con gzip", "a file packed by gzip")),
    ((_SQLITE,), Text("una base di dati SQLite o un GeoPackage", "an SQLite database or a GeoPackage")),
    ((_SHAPES,), Text("uno Shapefile", "a Shapefile")),
    ((b"\xd0\xcf\x11\xe0",), Text("un documento di Excel o Word di una volta", "an Excel or Word document of old")),
    ((b"Rar!",), Text("un archivio RAR", "a RAR archive")),
    ((b"7z\xbc\xaf",), Text("un archivio 7z", "a 7z archive")),
    ((b"PAR1",), Text("un file Parquet", "a Parquet file")),
    (_TIFFS, Text("un TIFF", "a TIFF")),
)
_LONGEST = 16
_SOLID_SHAPES = "Unknown WKB type"
_SOLID = Text(
    "contiene superfici nello spazio (multipatch, TIN), che non si leggono",
    "it holds surfaces in space (multipatch, TIN), which are not read",
)


def reason(source: Source, error: Exception) -> Text:
    """Return why ``source`` can't be read: by how it begins, else in the words of ``error`` without its path."""
    told = _SOLID if _SOLID_SHAPES in str(error) else same(source.reason(error))
    if not source.held.is_file():
        return told
    with source.held.open("rb") as stream:
        head = stream.read(_LONGEST)
    if not head:
        return Text("è vuoto (0 byte)", "it is empty (0 bytes)")
    starts = STARTS.get(source.format.id, ())
    return _other(source, head) if starts and not head.startswith(starts) else told


def _other(source: Source, head: bytes) -> Text:
    what = next((what for starts, what in _KNOWN if head.startswith(starts)), None)
    if what is not None:
        return say(
            "è {w}, non {f} come dice il nome", "it is {w}, not {f} as the name says", w=what, f=source.format.title
        )
    return say(
        "non comincia come {f}: è rovinato, o è un'altra cosa",
        "it does not begin as {f} does: it is damaged, or something else",
        f=source.format.title,
    )
