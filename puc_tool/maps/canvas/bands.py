"""A picture is made in bands, side by side in one pool of threads; where bands begin never depends on the machine."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint32]
IsWanted = Callable[[], bool]
BAND_ROWS = 128
MOST_THREADS = 4
_NICER = 5
_own = threading.local()


def give_way() -> None:
    """Let this thread go second from now on, wherever the window's wants the same processor.

    Only Linux knows a niceness for each thread; elsewhere it would be that of the whole process, and is left alone.
    """
    if sys.platform == "linux":
        # The process's own is that of its first thread, which is the window's; a new thread has that of its maker.
        nice = os.getpriority(os.PRIO_PROCESS, os.getpid()) + _NICER
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), nice)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(min(MOST_THREADS, os.cpu_count() or 1), "canvas", initializer=give_way)


def in_bands(picture: Picture, paint: Callable[[Picture, int], None], is_wanted: IsWanted) -> bool:
    """Call ``paint(band, first row)`` for every band, the middle first; False if it was given up on the way."""
    starts = sorted(range(0, len(picture), BAND_ROWS), key=lambda row: abs(row + BAND_ROWS / 2 - len(picture) / 2))

    def one(row: int) -> None:
        if is_wanted():
            paint(picture[row : row + BAND_ROWS], row)

    if len(starts) == 1:
        one(0)
    else:
        list(_pool().map(one, starts))
    return is_wanted()


def scratch_of(picture: Picture) -> NDArray[np.float64]:
    """Return zeros for the coverage of a band, this thread's own; who takes them leaves them at zero."""
    need = len(picture) * (picture.shape[1] + 1)
    held: NDArray[np.float64] | None = getattr(_own, "cover", None)
    if held is None or len(held) < need:
        held = _own.cover = np.zeros(need)
    return held
