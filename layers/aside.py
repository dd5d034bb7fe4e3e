"""A private folder for what is made on the way to a file; a disk of temporary files that is full is told."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from layers.problems import Problem, PucError
from layers.text import Text

_FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def folder_aside(purpose: str) -> Iterator[Path]:
    """Yield a folder that is gone at the end, ``purpose`` in its name.

    Raises PucError where there can't be one, or where the disk it lies on gets full.
    """
    try:
        made = TemporaryDirectory(prefix=f"puc-{purpose}-")
    except OSError as error:
        raise PucError(no_folder_aside()) from error
    with made as folder:
        try:
            yield Path(folder)
        except OSError as error:
            if error.errno not in _FULL:
                raise
            raise PucError(no_folder_aside()) from error


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
