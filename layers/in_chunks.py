"""Long arrays of geometries, worked on a chunk at a time by as many threads as there are processors.

GEOS and PROJ let go of Python's lock. Chunks have one size whatever the number of threads, each element is worked on by
itself, and they are put together in order: the result is the same, to the last bit, on any machine. Small chunks also
keep coordinates in the processor's cache.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

CHUNK = 20_000

Array = NDArray[Any]


def in_chunks(work: Callable[[Array], Array], values: Array, threads: int | None = None) -> Array:
    """Return ``work(values)`` for a ``work`` that answers each element by itself, in order.

    ``threads`` defaults to the processors that this process may use. What ``work`` raises is raised here.
    """
    if len(values) <= CHUNK:
        return work(values)
    chunks = [values[start : start + CHUNK] for start in range(0, len(values), CHUNK)]
    with ThreadPoolExecutor(threads or processors()) as pool:
        return np.concatenate(list(pool.map(work, chunks)))


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
