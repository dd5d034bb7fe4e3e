"""Work that is the same for every row or cell, shared by threads in blocks: no bit depends on how many there are."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

MOST_THREADS = 4
_BLOCKS_A_THREAD = 8


def in_blocks(work: Callable[[int, int], None], n: int, threads: int | None = None) -> None:
    """Call ``work(first, last)`` for blocks that tile 0 to ``n``; it must write nothing that two blocks share."""
    threads = threads or min(MOST_THREADS, os.cpu_count() or 1)
    edges = [n * place // (threads * _BLOCKS_A_THREAD) for place in range(threads * _BLOCKS_A_THREAD + 1)]
    if threads == 1:
        work(0, n)
        return
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda block: work(*block), pairwise(edges)))
