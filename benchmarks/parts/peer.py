"""A contender of a benchmark, and paired rounds: A B C … A B C …, so that a busy machine weighs on all alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

import numpy as np

from benchmarks.parts.landscape import Layer

Cells = Mapping[tuple[int, ...], float]
"""Area (m²) of each combination of classes that has ground."""


class Missing(Exception):  # noqa: N818 (nothing failed: this machine lacks a peer)
    """A peer is not installed here; the words say what is missing."""


@dataclass(frozen=True)
class Peer:
    """``run`` does the work once and returns its seconds, ``cells`` what it found; ``close`` ends what was started."""

    name: str
    run: Callable[[], float]
    cells: Callable[[], Cells]
    close: Callable[[], None] = lambda: None


def in_process(name: str, work: Callable[[], object], cells: Callable[[object], Cells]) -> Peer:
    """Return a contender that runs in this process."""
    found: list[object] = []

    def run() -> float:
        start = perf_counter()
        found[:] = [work()]
        return perf_counter() - start

    return Peer(name, run, lambda: cells(found[0]))


def ratios(ours: Peer, peers: Sequence[Peer], rounds: int) -> dict[str, float]:
    """Print the median seconds and return the median of peer/ours of each round, after one round of warm-up."""
    for peer in (ours, *peers):
        peer.run()
    times = [{peer.name: peer.run() for peer in (ours, *peers)} for _ in range(rounds)]
    seconds = ", ".join(f"{peer.name} {median(t[peer.name] for t in times):.2f}" for peer in (ours, *peers))
    print(f"    median seconds of {rounds} rounds: {seconds}")
    return {peer.name: median(t[peer.name] / t[ours.name] for t in times) for peer in peers}


def opened(makers: Sequence[Callable[[Sequence[Layer]], Peer]], layers: Sequence[Layer]) -> list[Peer]:
    """Return the peers that are installed; the others are named."""
    peers = []
    for make in makers:
        try:
            peers.append(make(layers))
        except Missing as missing:
            print(f"    skipped: {missing}")
    return peers


def difference(ours: Cells, theirs: Cells) -> float:
    """Return the largest difference of a cell, as a share of it; cells under a square metre count as one."""
    keys = [*ours.keys() | theirs.keys()]
    a, b = (np.array([cells.get(key, 0.0) for key in keys]) for cells in (ours, theirs))
    return float((np.abs(a - b) / np.maximum(a, 1.0)).max(initial=0.0))
