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
Nodes = NDArray[np.int64]
Queue = tuple[float, Nodes, Nodes, Nodes, Nodes]
"""Buckets a unit of cost; the first node in each (taken in turn, round and round), the node after and before each, and
the bucket it is in, -1 in none."""

_AT_ONCE = 1 << 22
"""How many pairs are handed back together, at least."""


@inlined
def _take_out(node: int, first: Nodes, after: Nodes, before: Nodes, bucket: Nodes) -> None:
    left, right = before[node], after[node]
    if left >= 0:
        after[left] = right
    else:
        first[bucket[node]] = right
    if right >= 0:
        before[right] = left
    bucket[node] = -1


@inlined
def _put_in(node: int, place: int, first: Nodes, after: Nodes, before: Nodes, bucket: Nodes) -> int:
    """Put a node into a bucket, out of another if it is in one, and return how many more wait."""
    if bucket[node] == place:
        return 0
    more = 1
    if bucket[node] >= 0:
        _take_out(node, first, after, before, bucket)
        more = 0
    after[node], before[node], bucket[node] = first[place], -1, place
    if first[place] >= 0:
        before[first[place]] = node
    first[place] = node
    return more


@kernel
def _search(
    starts: Nodes, ends: Nodes, costs: Costs, seeds: Nodes, limit: float, queue: Queue, found: Costs, touched: Nodes
) -> int:
    """Return how many nodes are reached within ``limit``: first in ``touched``, their costs in ``found``.

    ``found`` is infinite everywhere before.
    """
    starts, ends, costs, found, touched = bare(starts), bare(ends), bare(costs), bare(found), bare(touched)
    rate, first, after, before, bucket = queue[0], bare(queue[1]), bare(queue[2]), bare(queue[3]), bare(queue[4])
    reached = 0
    for seed in seeds:
        touched[reached] = seed
        reached += found[seed] > 0.0
        found[seed] = 0.0
        _put_in(seed, 0, first, after, before, bucket)
    waiting, turn = reached, 0
    while waiting > 0:
        node = first[turn % len(first)]
        if node < 0:
            turn += 1
            continue
        _take_out(node, first, after, before, bucket)
        waiting -= 1
        cost = found[node]
        for edge in range(starts[node], starts[node + 1]):
            other, way = ends[edge], cost + costs[edge]
            if way <= limit and way < found[other]:
                touched[reached] = other
                reached += found[other] == np.inf
                found[other] = way
                if starts[other] < starts[other + 1]:
                    waiting += _put_in(other, int(way * rate) % len(first), first, after, before, bucket)
    return reached


@kernel
def _some_reached(
    starts: Nodes, ends: Nodes, costs: Costs, seeds: Nodes, limits: Costs, wanted: tuple[int, int], queue: Queue,
    scratch: Costs, touched: Nodes, found: tuple[Nodes, Costs], counts: Nodes,
) -> int:  # fmt: skip
    """Search from one seed after the other while ``found`` has room, and return from how many.

    ``found`` gets the nodes from ``wanted[0]`` up to ``wanted[1]`` that each reaches, counted from the first of these,
    and the costs; ``counts`` how many. ``scratch`` is infinite everywhere, before and after.
    """
    nodes, minutes = found
    used = 0
    for place in range(len(seeds)):
        if used + wanted[1] - wanted[0] > len(nodes):
            return place
        begin = used
        reached = _search(starts, ends, costs, seeds[place : place + 1], limits[place], queue, scratch, touched)
        for at in range(reached):
            node = touched[at]
            if wanted[0] <= node < wanted[1]:
                nodes[used], minutes[used] = node - wanted[0], scratch[node]
                used += 1
            scratch[node] = np.inf
        counts[place] = used - begin
    return len(seeds)


def nearest(rows: Rows, seeds: Nodes, limit: float) -> Costs:
    """Return the least cost of reaching each node from any seed, infinite beyond ``limit`` (0 or more)."""
    found, touched = np.full(rows.count, np.inf), np.empty(rows.count + 1, np.int64)
    _search(rows.starts, rows.ends, rows.costs, seeds, limit, _queue(rows), found, touched)
    return found


def reached(rows: Rows, seeds: Nodes, limits: Costs, wanted: tuple[int, int]) -> Iterator[tuple[Nodes, Nodes, Costs]]:
    """Yield, for some seeds at a time, how many nodes each reaches within its limit, which, and at what cost.

    Only nodes from ``wanted[0]`` up to (without) ``wanted[1]`` are told, counted from the first of these.
    """
    scratch, touched, queue = np.full(rows.count, np.inf), np.empty(rows.count + 1, np.int64), _queue(rows)
    room = max(_AT_ONCE, wanted[1] - wanted[0])
    done = 0
    while done < len(seeds):
        found, counts = (np.empty(room, np.int64), np.empty(room)), np.empty(len(seeds) - done, np.int64)
        more = _some_reached(
            rows.starts, rows.ends, rows.costs, seeds[done:], limits[done:], wanted, queue, scratch, touched,
            found, counts,
        )  # fmt: skip
        used = int(counts[:more].sum())
        yield counts[:more], found[0][:used], found[1][:used]
        done += more


def _queue(rows: Rows) -> Queue:
    rate, count = rows.rate_and_buckets
    after, before = np.empty((2, rows.count), np.int64)
    return rate, np.full(count, -1, np.int64), after, before, np.full(rows.count, -1, np.int64)
