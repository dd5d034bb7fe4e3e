"""Shortest ways over a directed network: from many starts at once, and from each start as far as a limit.

Method: Dijkstra with a 4-ary heap over the network as compressed rows (``starts[u] … starts[u + 1]`` are the edges that
leave node u). Stale heap entries are skipped when popped. Costs are 0 or more; an edge of infinite cost is no way.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analyses.kernels.jit import kernel

Costs = NDArray[np.float64]
Nodes = NDArray[np.int64]

_ARITY = 4


@kernel
def _push(keys: Costs, values: Nodes, size: int, key: float, value: int) -> int:
    """Put a pair into the heap of ``size`` pairs and return its new size."""
    place = size
    while place > 0:
        parent = (place - 1) // _ARITY
        if keys[parent] <= key:
            break
        keys[place], values[place] = keys[parent], values[parent]
        place = parent
    keys[place], values[place] = key, value
    return size + 1


@kernel
def _pop(keys: Costs, values: Nodes, size: int) -> int:
    """Take the least pair, at place 0, out of the heap and return its new size."""
    size -= 1
    key, value = keys[size], values[size]
    place = 0
    while True:
        child = _ARITY * place + 1
        if child >= size:
            break
        least = child
        for other in range(child + 1, min(child + _ARITY, size)):
            if keys[other] < keys[least]:
                least = other
        if keys[least] >= key:
            break
        keys[place], values[place] = keys[least], values[least]
        place = least
    keys[place], values[place] = key, value
    return size


@kernel
def nearest(
    starts: Nodes, ends: Nodes, costs: Costs, seeds: Nodes, offsets: Costs, limit: float, found: Costs, seed_of: Nodes
) -> None:
    """Fill ``found`` with the least cost of reaching each node from any seed, up to ``limit``, else infinity.

    ``offsets`` is what reaching each seed costs already. ``seed_of`` gets the place of the seed that is nearest, -1
    where none is.
    """
    found[:] = np.inf
    seed_of[:] = -1
    keys = np.empty(len(ends) + len(seeds) + 1, np.float64)
    values = np.empty(len(keys), np.int64)
    size = 0
    for place in range(len(seeds)):
        if offsets[place] <= limit and offsets[place] < found[seeds[place]]:
            found[seeds[place]] = offsets[place]
            seed_of[seeds[place]] = place
            size = _push(keys, values, size, offsets[place], seeds[place])
    while size > 0:
        cost, node = keys[0], values[0]
        size = _pop(keys, values, size)
        if cost > found[node]:
            continue
        for edge in range(starts[node], starts[node + 1]):
            other, way = ends[edge], cost + costs[edge]
            if way <= limit and way < found[other]:
                found[other] = way
                seed_of[other] = seed_of[node]
                size = _push(keys, values, size, way, other)


@kernel
def reached(
    starts: Nodes,
    ends: Nodes,
    costs: Costs,
    seed: int,
    offset: float,
    limit: float,
    scratch: Costs,
    heap: Costs,
    heap_nodes: Nodes,
    nodes: Nodes,
) -> int:
    """Return how many nodes one seed reaches within ``limit``: first in ``nodes``, their costs in ``scratch``.

    ``scratch`` is infinite everywhere, and whoever calls makes it so again at the nodes reached. ``heap`` and
    ``heap_nodes`` have room for every edge and one more, ``nodes`` for every node.
    """
    if offset > limit:
        return 0
    scratch[seed] = offset
    nodes[0] = seed
    count = 1
    size = _push(heap, heap_nodes, 0, offset, seed)
    while size > 0:
        cost, node = heap[0], heap_nodes[0]
        size = _pop(heap, heap_nodes, size)
        if cost > scratch[node]:
            continue
        for edge in range(starts[node], starts[node + 1]):
            other, way = ends[edge], cost + costs[edge]
            if way <= limit and way < scratch[other]:
                if scratch[other] == np.inf:
                    nodes[count] = other
                    count += 1
                scratch[other] = way
                size = _push(heap, heap_nodes, size, way, other)
    return count
