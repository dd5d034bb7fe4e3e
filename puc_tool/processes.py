"""Processes that work beside this one, and end when it does: after a kill none is left waiting for work.

A process of ``multiprocessing`` whose parent is killed waits for ever: it holds both ends of the queue it reads, so
that no end ever comes, and whoever reads what the two print waits with it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any


def pool(jobs: int, begin: Callable[..., None] | None = None, *given: Any) -> ProcessPoolExecutor:
    """Return ``jobs`` processes, started afresh; each calls ``begin`` with what is ``given`` before its first work."""
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_begin, initargs=(begin, *given))


def _begin(begin: Callable[..., None] | None, *given: Any) -> None:
    Thread(target=_end_with_parent, name="parent", daemon=True).start()
    if begin is not None:
        begin(*given)


def _end_with_parent() -> None:
    """Wait for the end of the process that asked; nobody is left then to take what is being made."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
