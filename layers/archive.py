"""Zips, and zips within them: opened only once they are known to be harmless, before anything is unpacked."""

from __future__ import annotations

import lzma
import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path, PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO

from layers import archive_refusals as refusals
from layers.problems import PucError

MOST_MEMBERS = 65_535
"""How many files: what a zip can list without its extension of 2001. A geodatabase has some hundreds."""

MOST_BYTES = 16 << 30
"""How much it may unpack to: five times the soil consumption of all Italy in cells of 10 m."""

MOST_RATIO = 250
"""How many times larger it may become: plans and surveys become 2 to 50 times as large, only emptiness 1,000 times."""

HARMLESS_BYTES = 256 << 20
"""Below this any ratio is harmless: a raster of which nearly nothing is filled packs that well."""

MOST_DEPTH = 3
"""How many zips in one another: a survey in a delivery in what a portal hands out."""

PACKED = (".zip", ".kmz")
"""Endings of files that are zips, alone or within another."""

_ENCRYPTED = 0x1
_IN_MEMORY = 16 << 20
_DRIVE = re.compile(r"[A-Za-z]:")
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, ValueError)


@dataclass
class _Budget:
    """What may still be unpacked of the outermost zip and all within it."""

    packed: int
    members: int = field(default=0)
    unpacked: int = field(default=0)

    def is_passed_by(self, infos: list[zipfile.ZipInfo]) -> bool:
        """Take ``infos`` into account, and tell whether they are too many or too large."""
        self.members += len(infos)
        self.unpacked += sum(info.file_size for info in infos)
        swollen = self.unpacked > max(HARMLESS_BYTES, MOST_RATIO * self.packed)
        return self.members > MOST_MEMBERS or self.unpacked > MOST_BYTES or swollen


@dataclass
class Opened:
    """A zip that is known to be harmless. ``chain`` leads to it from the outermost one."""

    zip: zipfile.ZipFile
    path: Path
    budget: _Budget
    chain: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its files and folders, without what macOS adds."""
        return tuple(name for name in self.zip.namelist() if not _is_of_macos(name))

    @contextmanager
    def stream(self, name: str) -> Iterator[IO[bytes]]:
        """Give what the file ``name`` holds; raises PucError if it is locked or broken."""
        if self.zip.getinfo(name).flag_bits & _ENCRYPTED:
            raise PucError(refusals.locked(self.path))
        with broken_told(self.path), self.zip.open(name) as stream:
            yield stream


@contextmanager
def broken_told(path: Path) -> Iterator[None]:
    """Turn what a broken zip raises into PucError."""
    try:
        yield
    except _BROKEN as error:
        raise PucError(refusals.broken(path)) from error


@contextmanager
def opened(path: Path, chain: tuple[str, ...] = ()) -> Iterator[Opened]:
    """Give the zip at ``path``, or the one within it that ``chain`` leads to, through zips in zips.

    Raises PucError if one of them is broken or locked, holds a name that leads out of its folder, or would unpack
    past a limit; then nothing has been unpacked.
    """
    with ExitStack() as stack:
        with broken_told(path):
            budget = _Budget(path.stat().st_size)
            held = Opened(stack.enter_context(zipfile.ZipFile(path)), path, budget)
        _refuse_harmful(held)
        for name in chain:
            held = stack.enter_context(within(held, name))
        yield held


@contextmanager
def within(outer: Opened, name: str) -> Iterator[Opened]:
    """Give the zip ``name`` of ``outer``; raises PucError as ``opened`` does."""
    if len(outer.chain) + 2 > MOST_DEPTH:
        raise PucError(refusals.too_deep(outer.path, MOST_DEPTH))
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as whole:
        with outer.stream(name) as stream:
            shutil.copyfileobj(stream, whole)
        with broken_told(outer.path):
            inner = zipfile.ZipFile(whole)
        with inner:
            held = Opened(inner, outer.path, outer.budget, (*outer.chain, name))
            _refuse_harmful(held)
            yield held


def _refuse_harmful(held: Opened) -> None:
    infos = held.zip.infolist()
    leading_out = [info.orig_filename for info in infos if _leads_out(info)]
    if leading_out:
        raise PucError(refusals.leads_out(held.path, leading_out))
    if held.budget.is_passed_by(infos):
        raise PucError(refusals.too_large(held.path, MOST_BYTES))
    if _overlap(infos):
        raise PucError(refusals.broken(held.path))


def _leads_out(info: zipfile.ZipInfo) -> bool:
    """Tell whether a file would land outside the folder it is unpacked into, on any system."""
    name = info.orig_filename
    is_link = stat.S_ISLNK(info.external_attr >> 16)
    return (
        is_link or name.startswith("/") or "\\" in name or ".." in PurePosixPath(name).parts or bool(_DRIVE.match(name))
    )


def _overlap(infos: list[zipfile.ZipInfo]) -> bool:
    """Tell whether two files share packed bytes: how a few kilobytes can hold terabytes."""
    starts = sorted((info.header_offset, info.compress_size) for info in infos)
    return any(start + size > following for (start, size), (following, _) in pairwise(starts))


def _is_of_macos(name: str) -> bool:
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith("._")
