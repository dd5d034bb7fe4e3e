import numpy as np
import shapely
from shapely import LineString

from puc_tool.demo.network import components, largest, noded, tied, ways_back, without_crowding, without_loose_ends

CROSS = np.array([LineString([(0, 50), (100, 50)]), LineString([(30, 0), (30, 100)])])


def lengths(network):
    return sorted(shapely.length(network.edges).tolist())


def test_that_lines_are_cut_where_they_cross_and_remember_their_source():
    network = noded(CROSS)
    # Cut at (30, 50): 30 and 70 m of the first line, 50 and 50 m of the second; five nodes.
    assert lengths(network) == [30, 50, 50, 70]
    assert np.unique(network.nodes).size == 5
    of_first = shapely.length(network.edges[network.source == 0])
    assert sorted(of_first.tolist()) == [30, 70]


def test_that_of_two_lines_on_each_other_the_first_wins():
    network = noded(np.array([LineString([(0, 0), (50, 0)]), LineString([(0, 0), (100, 0)])]))
    assert shapely.length(network.edges).tolist() == [50, 50]
    assert sorted(network.source.tolist()) == [0, 1]


def test_that_an_end_a_hair_off_a_line_still_meets_it():
    network = noded(np.array([LineString([(0, 0), (100, 0)]), LineString([(40, 0.004), (40, 60)])]))
    assert len(network.edges) == 3
    assert np.unique(components(network.nodes)).size == 1


def test_that_short_dead_ends_go_and_long_ones_stay():
    network = noded(np.array([*CROSS, LineString([(60, 50), (60, 60)])]))
    # The stub of 10 m at x = 60 goes; the first line stays cut there: 30, 30, 40 and twice 50.
    assert lengths(without_loose_ends(network, 26)) == [30, 30, 40, 50, 50]


def test_that_a_street_close_beside_a_road_goes_and_one_that_crosses_stays():
    lines = np.array(
        [LineString([(0, 0), (200, 0)]), LineString([(5, 10), (195, 10)]), LineString([(100, 0), (100, 90)])]
    )
    network = noded(lines)
    kept = without_crowding(network, network.source > 0, 24.0)
    assert not (kept.source == 1).any()
    assert (kept.source == 2).any()


def test_that_components_are_told_apart():
    apart = np.array([*CROSS, LineString([(500, 0), (600, 0)]), LineString([(600, 0), (600, 80)])])
    network = noded(apart)
    found = components(network.nodes)
    assert [np.unique(found[network.source < 2]).size, np.unique(found[network.source >= 2]).size] == [1, 1]
    assert np.unique(found).size == 2
    assert (largest(network) == (network.source < 2)).all()


def test_that_a_loose_end_is_tied_to_the_nearest_other_edge():
    lines = np.array([LineString([(0, 0), (100, 0)]), LineString([(50, 30), (50, 200)])])
    network = noded(lines)
    ties = tied(network, network.source == 1, 60.0)
    # From (50, 30) straight down; the other end, at y = 200, is too far from anything.
    assert [tie.wkt for tie in ties] == ["LINESTRING (50 30, 50 0)"]


def test_that_what_is_cut_off_gets_one_way_back_if_it_is_near():
    lines = np.array([
        LineString([(0, 0), (100, 0)]), LineString([(100, 0), (100, 90)]), LineString([(0, 40), (0, 90)]),
        LineString([(900, 0), (950, 0)]),
    ])  # fmt: skip
    back = ways_back(noded(lines), 160.0)
    assert shapely.length(back).tolist() == [40.0]
