"""Room for arrays larger than memory: beyond a size they lie in a file without a name, which goes when they go."""

from __future__ import annotations

import math
import os
import shutil
import tempfile
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from layers.problems import Problem, PucError
from layers.text import Text, number, say

ROOM_BYTES = 4_000_000_000
"""What one array may take of memory."""


def room_for(shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
    """Return an array to be filled; what lies in a file is read and written like any other.

    Raises PucError if the disk of temporary files has no room for it.
    """
    size = bytes_of(shape, dtype)
    if size <= ROOM_BYTES:
        return np.empty(shape, dtype)
    try:
        with tempfile.TemporaryFile(prefix="puc-tool-") as file:
            _reserve(file.fileno(), size)
            return np.asarray(np.memmap(file, dtype, "r+", shape=shape))
    except OSError as error:
        raise PucError(no_room(size)) from error


def bytes_of(shape: tuple[int, ...], dtype: DTypeLike) -> int:
    """Return what an array takes."""
    return math.prod(shape) * np.dtype(dtype).itemsize


def has_room(size: int) -> bool:
    """Tell whether an array of ``size`` bytes has room, in memory or on the disk of temporary files."""
    return size <= ROOM_BYTES or size <= shutil.disk_usage(tempfile.gettempdir()).free


def no_room(size: int) -> Problem:
    """Return the problem of a disk that is too full."""
    return Problem(
        "scratch-no-room",
        Text("Spazio per i calcoli", "Room to compute"),
        say(
            "servono {n} GB liberi nella cartella dei file temporanei, e non ci sono.",
            "{n} GB are needed in the folder of temporary files, and are not there.",
            n=number(size / 1e9, 1),
        ),
        Text("Il calcolo non può cominciare.", "The computation can't begin."),
        Text(
            "Liberare spazio, o indicare in TMPDIR una cartella su un altro disco.",
            "Free some room, or name in TMPDIR a folder on another disk.",
        ),
    )


def _reserve(file: int, size: int) -> None:
    """Take the room now: a disk that fills up under a mapped file would end the process."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file, 0, size)
    else:
        os.truncate(file, size)
