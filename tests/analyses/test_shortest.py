"""Shortest ways against networkx on random directed networks, and by hand on a line."""

from __future__ import annotations

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses.kernels import shortest

INF = float("inf")


def rows(n, edges):
    """Return starts, ends, costs of (from, to, cost) triples."""
    ordered = sorted(edges, key=lambda edge: edge[0])
    counts = np.bincount([edge[0] for edge in ordered], minlength=n) if ordered else np.zeros(n, int)
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return starts, np.array([e[1] for e in ordered], np.int64), np.array([e[2] for e in ordered], float)


def nearest(n, edges, seeds, offsets, limit=INF):
    found, seed_of = np.empty(n), np.empty(n, np.int64)
    shortest.nearest(*rows(n, edges), np.array(seeds, np.int64), np.array(offsets, float), limit, found, seed_of)
    return found, seed_of


def reached(n, edges, seed, offset, limit=INF):
    starts, ends, costs = rows(n, edges)
    scratch, nodes = np.full(n, np.inf), np.empty(n, np.int64)
    heap, heap_nodes = np.empty(len(ends) + 1), np.empty(len(ends) + 1, np.int64)
    count = shortest.reached(starts, ends, costs, seed, offset, limit, scratch, heap, heap_nodes, nodes)
    return {int(node): float(scratch[node]) for node in nodes[:count]}


LINE = [(0, 1, 2.0), (1, 0, 5.0), (1, 2, 3.0), (2, 1, 1.0)]


def test_that_a_way_up_may_cost_more_than_the_way_down():
    assert nearest(3, LINE, [0], [0.0])[0].tolist() == [0.0, 2.0, 5.0]
    assert nearest(3, LINE, [2], [0.0])[0].tolist() == [6.0, 1.0, 0.0]


def test_that_what_reaching_a_seed_costs_counts():
    # From node 0 at 4: 4, 6, 9. From node 2 at 0: 6, 1, 0.
    found, seed_of = nearest(3, LINE, [0, 2], [4.0, 0.0])
    assert found.tolist() == [4.0, 1.0, 0.0]
    assert seed_of.tolist() == [0, 1, 1]


def test_that_the_limit_is_kept_to_the_last_bit():
    assert nearest(3, LINE, [0], [0.0], limit=5.0)[0].tolist() == [0.0, 2.0, 5.0]
    assert nearest(3, LINE, [0], [0.0], limit=4.999)[0].tolist() == [0.0, 2.0, INF]
    assert nearest(3, LINE, [0], [1.0], limit=0.5)[1].tolist() == [-1, -1, -1]


def test_that_two_services_on_one_node_count_as_the_nearer():
    assert nearest(3, LINE, [0, 0], [3.0, 1.0])[0].tolist() == [1.0, 3.0, 6.0]


def test_that_an_edge_without_end_is_no_way():
    assert nearest(2, [(0, 1, INF)], [0], [0.0])[0].tolist() == [0.0, INF]


def test_that_a_network_without_edges_reaches_its_seeds_alone():
    assert nearest(2, [], [1], [0.0])[0].tolist() == [INF, 0.0]
    assert reached(2, [], 1, 0.0) == {1: 0.0}


sizes = st.integers(1, 12)
costs = st.integers(0, 50).map(float)


@st.composite
def networks(draw):
    n = draw(sizes)
    node = st.integers(0, n - 1)
    edges = draw(st.lists(st.tuples(node, node, costs), max_size=40))
    seeds = draw(st.lists(st.tuples(node, costs), min_size=1, max_size=4))
    return n, edges, seeds


def by_networkx(n, edges, seeds):
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(n))
    for start, end, cost in edges:
        if not graph.has_edge(start, end) or cost < graph[start][end]["weight"]:
            graph.add_edge(start, end, weight=cost)
    found = np.full(n, np.inf)
    for seed, offset in seeds:
        for node, cost in networkx.single_source_dijkstra_path_length(graph, seed).items():
            found[node] = min(found[node], cost + offset)
    return found


@given(networks(), st.one_of(st.just(INF), costs))
def test_that_the_nearest_seed_is_as_far_as_networkx_says(network, limit):
    n, edges, seeds = network
    found, seed_of = nearest(n, edges, *zip(*seeds, strict=True), limit)
    wanted = by_networkx(n, edges, seeds)
    assert found.tolist() == np.where(wanted <= limit, wanted, INF).tolist()
    assert ((seed_of >= 0) == np.isfinite(found)).all()


@given(networks(), costs)
def test_that_each_seed_alone_reaches_what_networkx_says(network, limit):
    n, edges, seeds = network
    seed, offset = seeds[0]
    wanted = by_networkx(n, edges, seeds[:1])
    assert reached(n, edges, seed, offset, limit) == pytest.approx(
        {node: cost for node, cost in enumerate(wanted) if cost <= limit}
    )
