"""Room for arrays larger than memory: beyond a size they lie in a file without a name, which goes when they go."""

from __future__ import annotations

import math
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from typing import IO, Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from layers.problems import Problem, PucError
from layers.text import Text, number, say

ROOM_BYTES = 128_000_000
"""What one array may take of memory."""

AT_ONCE = 4_000_000
"""How many values of a large array are worked on at once."""


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


def slices(count: int) -> Iterator[slice]:
    """Yield slices that tile 0 to ``count``; no more than one, empty or not, where all can be worked on at once."""
    for first in range(0, max(count, 1), AT_ONCE):
        yield slice(first, min(first + AT_ONCE, count))


def filled(count: int, dtype: DTypeLike, values_of: Callable[[slice], NDArray[Any]]) -> NDArray[Any]:
    """Return (count,) values that ``values_of`` gives piece by piece; PucError as `room_for` raises it."""
    found = room_for((count,), dtype)
    for some in slices(count):
        found[some] = values_of(some)
    return found


class Growing:
    """An array made of parts whose number is not known beforehand; beyond ``ROOM_BYTES`` they go to a file."""

    def __init__(self) -> None:
        self._parts: list[NDArray[Any]] = []
        self._rows = 0
        self._file: IO[bytes] | None = None

    def add(self, part: NDArray[Any]) -> None:
        """Put a part behind the others. Raises PucError if the disk of temporary files has no room for it."""
        self._parts.append(part)
        self._rows += len(part)
        if self._file is not None or sum(each.nbytes for each in self._parts) > ROOM_BYTES:
            self._put_down()

    def whole(self) -> NDArray[Any]:
        """Return all parts as one array, which takes their place."""
        if self._file is None:
            return np.concatenate(self._parts)
        last = self._parts[-1]
        with self._file as file:
            return np.asarray(np.memmap(file, last.dtype, "r+", shape=(self._rows, *last.shape[1:])))

    def _put_down(self) -> None:
        """Write what is held; an empty part stays to tell type and shape."""
        size = sum(each.nbytes for each in self._parts)
        try:
            self._file = self._file or tempfile.TemporaryFile(prefix="puc-tool-")  # noqa: SIM115 (it grows)
            for part in self._parts:
                self._file.write(np.ascontiguousarray(part).data)
            self._file.flush()
        except OSError as error:
            raise PucError(no_room(size)) from error
        self._parts = [self._parts[-1][:0]]


def bytes_of(shape: tuple[int, ...], dtype: DTypeLike) -> int:
    """Return what an array takes."""
    return math.prod(shape) * np.dtype(dtype).itemsize


def has_room(size: float) -> bool:
    """Tell whether an array of ``size`` bytes has room, in memory or on the disk of temporary files."""
    return size <= ROOM_BYTES or size <= shutil.disk_usage(tempfile.gettempdir()).free


def no_room(size: float) -> Problem:
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
