"""Shapefiles as they come: parts missing, numbers that do not match, an encoding that is not said or wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from layers.formats import dbf, shapefile_index, shapefile_remarks
from layers.formats.dbf import Dbf
from layers.problems import Problem
from layers.source import Source

ID = "shapefile"
_NULL_SHAPE = 0


@dataclass(frozen=True)
class Anatomy:
    """What the files of a shapefile hold. ``at`` and ``length`` (bytes) are those of each record of the .shp."""

    shp: Path
    at: NDArray[np.int64]
    length: NDArray[np.int64]
    rows: Dbf | None

    @property
    def live(self) -> NDArray[np.int64]:
        """The numbers, from 0, of the records that are not marked as deleted."""
        deleted = np.zeros(len(self.at), dtype=np.bool_)
        if self.rows is not None:
            flags = self.rows.deleted[: len(self.at)]
            deleted[: len(flags)] = flags
        return np.flatnonzero(~deleted)

    @property
    def cut(self) -> NDArray[np.bool_]:
        """Of each record, whether it goes on past the end of the .shp."""
        return (self.at < 0) | (self.at + 8 + self.length > self.shp.stat().st_size)

    def has_shape(self, record: int) -> bool:
        """Tell whether the record says that it holds a shape, which a null shape does not."""
        if self.cut[record]:
            return True
        with self.shp.open("rb") as stream:
            stream.seek(int(self.at[record]) + 8)
            return int.from_bytes(stream.read(4), "little") != _NULL_SHAPE


@dataclass(frozen=True)
class Words:
    """In which encoding the attributes are read. None leaves it to GDAL: there is nothing but ASCII."""

    encoding: str | None = None
    said: tuple[Problem, ...] = ()


def anatomy(source: Source) -> Anatomy | None:
    """Return what the files of ``source`` hold, or None if it is no shapefile, or none that GDAL would open."""
    if source.format.id != ID or not shapefile_index.is_usable(source.held):
        return None
    at, length = shapefile_index.entries(source.held)
    return Anatomy(source.held, at, length, _rows(source))


def remarks(source: Source, found: Anatomy) -> list[Problem]:
    """Return what there is to say of the parts, before a record is read."""
    said = list[Problem]()
    if shapefile_index.is_rebuilt(found.shp):
        said.append(shapefile_remarks.index_rebuilt(source, len(found.at)))
    if found.rows is None:
        return [*said, shapefile_remarks.no_attributes(source, len(found.at))]
    if found.rows.there != len(found.at) or found.rows.announced != found.rows.there:
        said.append(shapefile_remarks.counts_differ(source, len(found.at), found.rows))
    deleted = len(found.at) - len(found.live)
    return [*said, shapefile_remarks.deleted(source, deleted)] if deleted else said


def words(source: Source, found: Anatomy, given: str | None) -> Words:
    """Return the encoding of the attributes: what was ``given``, else what .cpg says if it can be, else the likeliest.

    UTF-8 if all sampled text is, for other text nearly never is by chance; else the code page of the header; else
    Windows-1252. What is not as the file says is told, with a word to judge it by.
    """
    if given is not None or found.rows is None or not found.rows.samples:
        return Words()
    samples, said = found.rows.samples, _said_encoding(source)
    is_utf8 = dbf.is_utf8(samples)
    if said and all(dbf.is_text(sample, said) for sample in samples) and (said == "utf-8" or not is_utf8):
        return Words(_gdal_name(said))
    used = "utf-8" if is_utf8 else found.rows.language or _latin(samples)
    sample = samples[0].decode(used, errors="ignore").rstrip(" \0")
    if said:
        return Words(_gdal_name(used), (shapefile_remarks.encoding_corrected(source, said, used, sample),))
    return Words(_gdal_name(used), (shapefile_remarks.encoding_guessed(source, used, sample),))


def _gdal_name(codec: str) -> str:
    return codec.upper().replace("ISO8859", "ISO-8859")


def _latin(samples: tuple[bytes, ...]) -> str:
    return "cp1252" if all(dbf.is_text(sample, "cp1252") for sample in samples) else "iso8859-1"


def _rows(source: Source) -> Dbf | None:
    path = shapefile_index.sidecar(source.held, ".dbf")
    return dbf.opened(path) if path is not None else None


def _said_encoding(source: Source) -> str | None:
    path = shapefile_index.sidecar(source.held, ".cpg")
    return dbf.codec_of(path.read_text(encoding="latin-1")[:80]) if path is not None else None
