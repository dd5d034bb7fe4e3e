"""Whether the files of a dataset are as long as their heads say, and agree with one another.

GDAL takes what it finds: of two counts the smaller, of a file cut short the rest, without a word. What is the matter
with the records of a shapefile, ``shapefile`` tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np

from layers.formats import shapefile_index
from layers.problems import Problem, Severity
from layers.source import Source, parts
from layers.text import FEATURES, Text, counted, number, same, say

_HEAD = 100
_WORD, _RECORD_HEAD = 2, 8
_TABLE_HEAD, _OFFSETS_VERSION = 40, 3

_COPY_WHOLE = Text(
    "Copiare di nuovo il dato con tutti i suoi file, o chiederne una nuova copia.",
    "Copy the data again with all its files, or ask for a new copy.",
)


def doubts(source: Source, features: int) -> list[Problem]:
    """Return what speaks against ``features`` (how many were found) being all that ``source`` once held."""
    look_at = _LOOKS.get(source.format.id)
    return list(look_at(source, features)) if look_at else []


def _shapefile(source: Source, _features: int) -> Iterator[Problem]:
    """Look for what ``shapefile`` does not tell: it counts the records that the end of a short file cuts off."""
    shp = source.held
    stated = int.from_bytes(_head(shp)[24:28], "big") * _WORD
    if shp.stat().st_size > stated:
        yield other_length(source, shp, stated)
    if shapefile_index.is_usable(shp) and (count := _strays(shp)):
        yield strays(source, count)


def _mapinfo(source: Source, features: int) -> Iterator[Problem]:
    files = {part.suffix.lower(): part for part in parts(source.held)}
    yield from _rows_length(source, files.get(".dat"))
    yield from _count(source, files.get(".id"), lambda path: path.stat().st_size // 4, features)
    yield from _count(source, files.get(".mid"), _lines, features)
    if source.held.suffix.lower() == ".mif" and ".mid" not in files:
        yield no_values(source, features)


def _geodatabase(source: Source, _features: int) -> Iterator[Problem]:
    for path in sorted(source.held.glob("*.gdbtable")):
        yield from _length(source, path, lambda head: max(_TABLE_HEAD, int.from_bytes(head[24:32], "little")))
    for path in sorted(source.held.glob("*.gdbtablx")):
        stated = _offsets_length(path)
        if stated is not None and path.stat().st_size != stated:
            yield other_length(source, path, stated)


def _database(source: Source, _features: int) -> Iterator[Problem]:
    """Look at the pages of SQLite; a journal beside the file may hold more of them, so more are no fault."""
    stated, size = _pages_length(_head(source.held)), source.held.stat().st_size
    if size < stated:
        yield other_length(source, source.held, stated)


_LOOKS: Mapping[str, Callable[[Source, int], Iterator[Problem]]] = {
    "shapefile": _shapefile,
    "mapinfo": _mapinfo,
    "filegdb": _geodatabase,
    "geopackage": _database,
    "sqlite": _database,
}


def _offsets_length(path: Path) -> int | None:
    """Return how long the offsets of a geodatabase's table are, or None if they are of another version.

    A head of 16 bytes, blocks of 1,024 offsets, 16 bytes more, and the bitmap whose length these tell.
    """
    with path.open("rb") as stream:
        version, blocks, _, size = (int.from_bytes(stream.read(4), "little") for _ in range(4))
        end = 16 + 1024 * blocks * size
        stream.seek(end)
        bitmap = int.from_bytes(stream.read(4), "little")
    return end + 16 + 4 * bitmap if version == _OFFSETS_VERSION else None


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_HEAD)


def _length(source: Source, path: Path, stated: Callable[[bytes], int]) -> Iterator[Problem]:
    """Yield a problem where a file is not as long as its head says."""
    if (promised := stated(_head(path))) != path.stat().st_size:
        yield other_length(source, path, promised)


def _rows_length(source: Source, path: Path | None) -> Iterator[Problem]:
    """Yield a problem where a dBASE table is shorter than its rows; a mark of its end may follow them, or not."""
    head = _head(path) if path else b""
    if path and head:
        rows, start, row = (int.from_bytes(head[at:to], "little") for at, to in ((4, 8), (8, 10), (10, 12)))
        if path.stat().st_size < start + row * rows:
            yield other_length(source, path, start + row * rows)


def _lines(path: Path) -> int:
    return len(path.read_bytes().rstrip().splitlines())


def _count(source: Source, path: Path | None, held: Callable[[Path], int], features: int) -> Iterator[Problem]:
    if path and held(path) != features:
        yield other_count(source, path, held(path), features)


def _strays(shp: Path) -> int:
    """Return how many entries of the index lead to no record of their length; those cut off are told elsewhere."""
    at, length = shapefile_index.entries(shp)
    there = (at >= 0) & (at + _RECORD_HEAD + length <= shp.stat().st_size)
    if not there.any():
        return 0
    shapes = np.asarray(np.memmap(shp, dtype=np.uint8, mode="r"))
    heads = shapes[at[there][:, np.newaxis] + np.arange(4, _RECORD_HEAD)]
    return int((heads.view(">i4")[:, 0].astype(np.int64) * _WORD != length[there]).sum())


def _pages_length(head: bytes) -> int:
    """Return the length that the head of an SQLite file states; 0 where it states none, or not for this version."""
    page = int.from_bytes(head[16:18], "big")
    is_current = head[24:28] == head[92:96]
    return int.from_bytes(head[28:32], "big") * (65536 if page == 1 else page) if is_current else 0


def other_count(source: Source, path: Path, held: int, features: int) -> Problem:
    """Return the warning that the file at ``path`` holds, or states, another number of features than is found."""
    return Problem(
        "count-differs",
        same(source.name),
        say(
            "«{f}» dice {h}, se ne trovano {n}.",
            "“{f}” says {h}, found: {n}.",
            f=path.name,
            h=counted(held, FEATURES),
            n=number(features),
        ),
        say("Elementi mancanti o in più: {n}.", "Features missing or too many: {n}.", n=number(abs(held - features))),
        _COPY_WHOLE,
        Severity.WARNING,
    )


def other_length(source: Source, path: Path, stated: int) -> Problem:
    """Return the warning that the file at ``path`` is not as long as it says (bytes)."""
    return Problem(
        "source-length-differs",
        same(source.name),
        say(
            "«{f}» dice di essere lungo {s} byte e ne ha {n}.",
            "“{f}” says it is {s} bytes long and has {n}.",
            f=path.name,
            s=number(stated),
            n=number(path.stat().st_size),
        ),
        Text(
            "Il file è stato tagliato o rovinato: elementi o valori possono mancare.",
            "The file was cut or damaged: features or values may be missing.",
        ),
        _COPY_WHOLE,
        Severity.WARNING,
    )


def strays(source: Source, count: int) -> Problem:
    """Return the warning of entries in the index of a shapefile that lead nowhere."""
    return Problem(
        "index-strays",
        same(source.name),
        say(
            "elementi che il file .shx cerca dove nel .shp non ci sono: {n}.",
            "features that the .shx looks for where the .shp has none: {n}.",
            n=number(count),
        ),
        Text(
            "Quegli elementi restano senza geometria, o con una sbagliata.",
            "Those features stay without geometry, or with a wrong one.",
        ),
        Text(
            "I due file non sono dello stesso dato, o uno è rovinato: copiarli di nuovo tutti.",
            "The two files are not of one dataset, or one is damaged: copy them all again.",
        ),
        Severity.WARNING,
    )


def no_values(source: Source, features: int) -> Problem:
    """Return the warning of a MapInfo exchange file (.mif) without its values (.mid)."""
    return Problem(
        "mapinfo-no-attributes",
        same(source.name),
        Text("manca il file dei valori (.mid).", "the file of values (.mid) is missing."),
        say(
            "Si legge la sola geometria ({n}), con i campi vuoti.",
            "Only the geometry is read ({n}), with empty fields.",
            n=counted(features, FEATURES),
        ),
        Text("Chiedere il .mid a chi ha fornito il dato.", "Ask whoever gave the data for the .mid."),
        Severity.WARNING,
    )
