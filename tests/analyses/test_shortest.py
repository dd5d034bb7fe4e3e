"""Shortest ways against networkx on random directed networks, and by hand on a line."""

from __future__ import annotations

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses.kernels import shortest
from analyses.kernels.compressed_rows import Rows

INF = float("inf")


def rows(n, edges):
    """Return starts, ends, costs of (from, to, cost) triples."""
    ordered = sorted(edges, key=lambda edge: edge[0])
    counts = np.bincount([edge[0] for edge in ordered], minlength=n) if ordered else np.zeros(n, int)
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    return starts, np.array([e[1] for e in ordered], np.int32), np.array([e[2] for e in ordered], float)


def nearest(n, edges, seeds, limit=INF):
    return shortest.nearest(Rows(*rows(n, edges)), np.array(seeds, np.int32), limit)


def reached(n, edges, seeds, limits, wanted=None):
    """Return, of each seed, the nodes it reaches with their costs."""
    limits, told = np.array(limits, float), []
    for counts, nodes, costs in shortest.reached(
        Rows(*rows(n, edges)), np.array(seeds, np.int32), limits, wanted or (0, n)
    ):
        ends = np.cumsum(counts)
        told += [
            dict(zip(nodes[a:b].tolist(), costs[a:b].tolist(), strict=True))
            for a, b in zip(ends - counts, ends, strict=True)
        ]
    return told


LINE = [(0, 1, 2.0), (1, 0, 5.0), (1, 2, 3.0), (2, 1, 1.0)]


def test_that_a_way_up_may_cost_more_than_the_way_down():
    assert nearest(3, LINE, [0]).tolist() == [0.0, 2.0, 5.0]
    assert nearest(3, LINE, [2]).tolist() == [6.0, 1.0, 0.0]


def test_that_of_two_seeds_the_nearer_counts():
    # From node 0: 0, 2, 5. From node 2: 6, 1, 0.
    assert nearest(3, LINE, [0, 2, 2]).tolist() == [0.0, 1.0, 0.0]


def test_that_the_limit_is_kept_to_the_last_bit():
    assert nearest(3, LINE, [0], limit=5.0).tolist() == [0.0, 2.0, 5.0]
    assert nearest(3, LINE, [0], limit=4.999).tolist() == [0.0, 2.0, INF]
    assert nearest(3, LINE, [0], limit=0.0).tolist() == [0.0, INF, INF]


def test_that_an_edge_without_end_is_no_way():
    assert nearest(2, [(0, 1, INF)], [0]).tolist() == [0.0, INF]


def test_that_a_network_without_edges_reaches_its_seeds_alone():
    assert nearest(2, [], [1]).tolist() == [INF, 0.0]
    assert reached(2, [], [1], [INF]) == [{1: 0.0}]


def test_that_one_edge_a_million_times_as_long_as_the_others_changes_nothing():
    edges = [(at, at + 1, 0.5) for at in range(50)] + [(0, 50, 1e6), (50, 0, 1e6)]
    assert nearest(51, edges, [0]).tolist() == [0.5 * at for at in range(51)]
    assert nearest(51, edges, [50])[1] == 1e6 + 0.5


sizes = st.integers(1, 12)
costs = st.one_of(st.integers(0, 50).map(float), st.sampled_from([0.001, 0.37, 5000.0]))


@st.composite
def networks(draw):
    n = draw(sizes)
    node = st.integers(0, n - 1)
    edges = draw(st.lists(st.tuples(node, node, costs), max_size=40))
    seeds = draw(st.lists(node, min_size=1, max_size=4))
    return n, edges, seeds


def by_networkx(n, edges, seeds):
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(n))
    for start, end, cost in edges:
        if not graph.has_edge(start, end) or cost < graph[start][end]["weight"]:
            graph.add_edge(start, end, weight=cost)
    found = np.full(n, np.inf)
    for seed in seeds:
        for node, cost in networkx.single_source_dijkstra_path_length(graph, seed).items():
            found[node] = min(found[node], cost)
    return found


@given(networks(), st.one_of(st.just(INF), costs))
def test_that_the_nearest_seed_is_as_far_as_networkx_says(network, limit):
    n, edges, seeds = network
    found = nearest(n, edges, seeds, limit)
    wanted = by_networkx(n, edges, seeds)
    assert found.tolist() == np.where(wanted <= limit, wanted, INF).tolist()


@given(networks(), st.lists(st.one_of(st.just(INF), costs), min_size=4, max_size=4), st.integers(1, 30))
def test_that_each_seed_alone_reaches_what_networkx_says_however_many_are_told_at_once(network, limits, at_once):
    n, edges, nodes = network
    wanted = [
        {at: cost for at, cost in enumerate(by_networkx(n, edges, [node])) if cost <= limit}
        for node, limit in zip(nodes, limits, strict=False)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shortest, "_AT_ONCE", at_once)
        # An infinite limit reaches all there is a way to, and no node without one.
        assert reached(n, edges, nodes, limits[: len(nodes)]) == [
            {at: cost for at, cost in each.items() if cost < INF} for each in wanted
        ]


def test_that_only_nodes_asked_for_are_told_counted_from_the_first_of_them():
    assert reached(3, LINE, [0, 2], [INF, INF], wanted=(1, 2)) == [{0: 2.0}, {0: 1.0}]
    assert reached(3, LINE, [], []) == []
