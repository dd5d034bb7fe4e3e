"""A directed network as compressed rows, as searches take it (no compiled code here: it may be imported early)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

BUCKETS_A_MEAN_COST = 4.0
MOST_BUCKETS = 4096

Floats = NDArray[np.float64]
Nodes = NDArray[np.int32]


@dataclass(frozen=True)
class Rows:
    """``ends`` and ``costs`` of the edges that leave each node: those of node u from ``starts[u]`` to the next's."""

    starts: Nodes
    ends: Nodes
    costs: Floats

    @property
    def count(self) -> int:
        """How many nodes have a row."""
        return len(self.starts) - 1

    @cached_property
    def rate_and_buckets(self) -> tuple[float, int]:
        """Buckets a unit of cost, and a power of 2 that one edge's cost can't span, with what rounding may add."""
        finite = self.costs[np.isfinite(self.costs)]
        most, mean = float(finite.max(initial=0.0)), float(finite.mean()) if len(finite) else 0.0
        width = max(mean / BUCKETS_A_MEAN_COST, most / MOST_BUCKETS) or 1.0
        return 1.0 / width, 1 << (int(most / width) + 2).bit_length()

    @cached_property
    def onward_until(self) -> Nodes:
        """Behind the last edge of each row whose end is left by edges itself: what follows is the end of a way."""
        goes_on = np.flatnonzero(np.diff(self.starts)[self.ends] > 0)
        owner = np.repeat(np.arange(self.count), np.diff(self.starts))
        until = self.starts[:-1].copy()
        until[owner[goes_on]] = goes_on + 1
        return until

    def followed_by(self, more: Rows) -> Rows:
        """Return these rows with ``more`` after them."""
        return Rows(
            np.concatenate([self.starts, self.starts[-1] + more.starts[1:]]),
            np.concatenate([self.ends, more.ends]),
            np.concatenate([self.costs, more.costs]),
        )


def rows_of(owner: NDArray[np.integer], ends: NDArray[np.integer], costs: Floats, count: int) -> Rows:
    """Return the edges of ``count`` nodes, sorted by the node they leave (``owner``)."""
    order = np.argsort(owner, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=count))]).astype(np.int32)
    return Rows(starts, ends[order].astype(np.int32), costs[order])
