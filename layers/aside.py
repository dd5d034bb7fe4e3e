"""A private folder for what is made on the way to a file; a disk of temporary files that is full is told."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from rasterio.errors import RasterioError

from layers.problems import Problem, PucError
from layers.text import Text
from layers.write import CANNOT_WRITE

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_LEAST_BYTES = 64 << 10
"""A disk with less room than this is full: what was written last may have been cut short without a word."""

_LIBRARIES = (PucError, RuntimeError, sqlite3.Error, RasterioError)
"""What is raised by those who write for us, in words of their own, where a disk is full."""


@contextmanager
def folder_aside(purpose: str) -> Iterator[Path]:
    """Yield a folder that is gone at the end, ``purpose`` in its name.

    Whatever is written in the block goes there. Raises PucError where there can't be one, or where the disk it lies on
    gets full, also if nobody noticed: GDAL writes some formats without looking whether it could.
    """
    try:
        made = TemporaryDirectory(prefix=f"puc-{purpose}-")
    except OSError as error:
        raise PucError(no_folder_aside()) from error
    with made as folder:
        try:
            yield Path(folder)
        except OSError as error:
            if error.errno not in _FULL and not _is_full(folder):
                raise
            raise PucError(no_folder_aside()) from error
        except _LIBRARIES as error:
            if not _is_full(folder) and not _is_ours(error):
                raise
            raise PucError(no_folder_aside()) from error
        if _is_full(folder):
            raise PucError(no_folder_aside())


def _is_ours(error: Exception) -> bool:
    """Tell whether the way to every file was refused; what it began is gone again, and there may be room."""
    return isinstance(error, PucError) and any(each.code == CANNOT_WRITE for each in error.problems)


def _is_full(folder: str) -> bool:
    try:
        return shutil.disk_usage(folder).free < _LEAST_BYTES
    except OSError:  # a system that does not say
        return False


def no_folder_aside() -> Problem:
    """Return the problem of a folder of temporary files that takes nothing."""
    return Problem(
        "temporary-folder-full",
        Text("Cartella dei file temporanei", "Folder of temporary files"),
        Text("è piena, o non vi si può scrivere.", "it is full, or can't be written into."),
        Text(
            "Il file in corso non è stato scritto; quelli già finiti restano.",
            "The file under way was not written; those done before stay.",
        ),
        Text(
            "Liberare spazio, o indicare in TMPDIR una cartella su un altro disco, e ripetere.",
            "Free some room, or name in TMPDIR a folder on another disk, and repeat.",
        ),
    )
