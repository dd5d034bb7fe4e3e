"""Shortest ways over a directed network: from many starts at once, and from each start as far as a limit.

Method: Dijkstra with buckets in place of a heap (Dial 1969; Denardo & Fox 1979) over the network as compressed rows
(``starts[u] … starts[u + 1]`` are the edges that leave node u). A node waits in the bucket of its cost, costs of one
bucket in no order: one that gets cheaper there is looked at again, so the costs are those of Dijkstra to the last bit.
A node that no edge leaves never waits. Costs are 0 or more; an edge of infinite cost is no way.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from analyses.kernels.compressed_rows import Rows
from analyses.kernels.jit import bare, inlined, kernel

Costs = NDArray[np.float64]
Nodes = NDArray[np.int32]
Counts = NDArray[np.int64]
Net = tuple[Nodes, Nodes, Nodes, Costs]
"""``starts``, ``onward_until``, ``ends`` and ``costs`` of compressed rows."""
Queue = tuple[float, Nodes, Nodes, Nodes]
"""Buckets a unit of cost; the first node in each (taken in turn, round and round), the node after and before each; in
no bucket, ``_OUT`` is before it."""

_OUT = -2

_AT_ONCE = 1 << 17
"""How many pairs are handed back together, at least: few enough to be summed while they are near the processor."""


@inlined
def _take_out(node: int, place: int, first: Nodes, after: Nodes, before: Nodes) -> None:
    left, right = before[node], after[node]
    if left >= 0:
        after[left] = right
    else:
        first[place] = right
    if right >= 0:
        before[right] = left
    before[node] = _OUT


@inlined
def _put_in(node: int, place: int, first: Nodes, after: Nodes, before: Nodes) -> None:
    right = first[place]
    after[node], before[node] = right, -1
    if right >= 0:
        before[right] = node
    first[place] = node


@inlined
def _wait(node: int, cost: float, had: float, first: Nodes, after: Nodes, before: Nodes) -> int:
    """Put a node into the bucket of its cost, out of that of what it ``had``, and return how many more wait.

    Both are counted in buckets.
    """
    place, more = int(cost) & (len(first) - 1), 1
    if before[node] != _OUT:
        more, place_before = 0, int(had) & (len(first) - 1)
        if place != place_before:
            _take_out(node, place_before, first, after, before)
            _put_in(node, place, first, after, before)
    else:
        _put_in(node, place, first, after, before)
    return more


@kernel
def _search(net: Net, seeds: Nodes, limit: float, queue: Queue, found: Costs, touched: Nodes) -> int:
    """Return how many nodes are reached within ``limit``: first in ``touched``, their costs in ``found``.

    ``found`` is infinite everywhere before.
    """
    starts, until, ends, costs = bare(net[0]), bare(net[1]), bare(net[2]), bare(net[3])
    rate, first, after, before = queue[0], bare(queue[1]), bare(queue[2]), bare(queue[3])
    found, touched, round_ = bare(found), bare(touched), len(first) - 1
    reached = 0
    for seed in seeds:
        if found[seed] > 0.0:
            touched[reached] = seed
            reached += 1
            found[seed] = 0.0
            _put_in(seed, 0, first, after, before)
    waiting, turn = reached, 0
    while waiting > 0:
        node = first[turn & round_]
        if node < 0:
            turn += 1
            continue
        _take_out(node, turn & round_, first, after, before)
        waiting -= 1
        cost = found[node]
        for edge in range(starts[node], until[node]):
            other, way = ends[edge], cost + costs[edge]
            had = found[other]
            if way <= limit and way < had:
                touched[reached] = other
                reached += had == np.inf
                found[other] = way
                if starts[other] < starts[other + 1]:
                    waiting += _wait(other, way * rate, had * rate, first, after, before)
    return _arrived(net, limit, found, touched, reached)


@inlined
def _arrived(net: Net, limit: float, found: Costs, touched: Nodes, through: int) -> int:
    """Take the last edge from each of the first ``through`` nodes touched to where no edge leads on."""
    starts, until, ends, costs = bare(net[0]), bare(net[1]), bare(net[2]), bare(net[3])
    reached = through
    for at in range(through):
        node = touched[at]
        cost = found[node]
        for edge in range(until[node], starts[node + 1]):
            # No branches: which of two ways comes first is anybody's guess, and guessing wrong costs more than the sum.
            other, way = ends[edge], cost + costs[edge]
            had, near = found[other], way if way <= limit else np.inf
            touched[reached] = other
            reached += (had == np.inf) & (near < np.inf)
            found[other] = near if near < had else had
    return reached


@kernel
def _some_reached(
    net: Net, seeds: Nodes, limits: Costs, wanted: tuple[int, int], queue: Queue,
    scratch: Costs, touched: Nodes, found: tuple[Counts, Costs], counts: Counts,
) -> int:  # fmt: skip
    """Search from one seed after the other while ``found`` has room, and return from how many.

    ``found`` gets the nodes from ``wanted[0]`` up to ``wanted[1]`` that each reaches, counted from the first of these,
    and the costs; ``counts`` how many. ``scratch`` is infinite everywhere, before and after.
    """
    nodes, minutes, places, left = bare(found[0]), bare(found[1]), bare(touched), bare(scratch)
    low, high = wanted
    used = 0
    for place in range(len(seeds)):
        if used + high - low > len(nodes):
            return place
        begin = used
        reached = _search(net, seeds[place : place + 1], limits[place], queue, scratch, touched)
        for at in range(reached):
            node = places[at]
            if low <= node < high:
                nodes[used], minutes[used] = node - low, left[node]
                used += 1
            left[node] = np.inf
        counts[place] = used - begin
    return len(seeds)


def nearest(rows: Rows, seeds: Nodes, limit: float) -> Costs:
    """Return the least cost of reaching each node from any seed, infinite beyond ``limit`` (0 or more)."""
    found, touched = np.full(rows.count, np.inf), np.empty(rows.count + 1, np.int32)
    _search(_net(rows), seeds, limit, _queue(rows), found, touched)
    return found


def reached(rows: Rows, seeds: Nodes, limits: Costs, wanted: tuple[int, int]) -> Iterator[tuple[Counts, Counts, Costs]]:
    """Yield, for some seeds at a time, how many nodes each reaches within its limit, which, and at what cost.

    Only nodes from ``wanted[0]`` up to (without) ``wanted[1]`` are told, counted from the first of these.
    """
    scratch, touched, queue = np.full(rows.count, np.inf), np.empty(rows.count + 1, np.int32), _queue(rows)
    room = max(_AT_ONCE, wanted[1] - wanted[0])
    net, done = _net(rows), 0
    while done < len(seeds):
        found, counts = (np.empty(room, np.int64), np.empty(room)), np.empty(len(seeds) - done, np.int64)
        more = _some_reached(net, seeds[done:], limits[done:], wanted, queue, scratch, touched, found, counts)
        used = int(counts[:more].sum())
        yield counts[:more], found[0][:used], found[1][:used]
        done += more


def _queue(rows: Rows) -> Queue:
    rate, count = rows.rate_and_buckets
    nobody = np.full(rows.count, _OUT, np.int32)
    return rate, np.full(count, -1, np.int32), np.empty(rows.count, np.int32), nobody


def _net(rows: Rows) -> Net:
    return rows.starts, rows.onward_until, rows.ends, rows.costs
