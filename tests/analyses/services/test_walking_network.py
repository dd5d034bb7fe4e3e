"""The walking network by hand, and the minutes on it against networkx on random street grids on a slope."""

from __future__ import annotations

from itertools import pairwise

import networkx
import numpy as np
import pytest
import shapely
from affine import Affine
from geopandas import GeoDataFrame
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS

from analyses.services.walking_network import network
from analyses.services.walking_pace import PROFILES, heights_m, minutes, slowing
from analyses.services.walking_places import Streets, stand
from analyses.services.walking_reach import OnStreets
from layers.grid import Grid
from layers.raster import ArrayRaster

UTM = CRS(7791)
ADULT = PROFILES["adult"]
SPACING = 100.0


def streets(*lines, **columns):
    return GeoDataFrame(columns, geometry=[shapely.LineString(line) for line in lines], crs=UTM)


def plane(east, north):
    """Return a hillside that rises by ``east`` and ``north`` m a metre."""
    x, y = np.meshgrid(np.arange(-95, 600, 10.0), np.arange(595, -100, -10.0))
    cells = np.ma.masked_array(x * east + y * north)
    return ArrayRaster(cells, Grid(UTM, Affine(10, 0, -100, 0, -10, 600), cells.shape[1], cells.shape[0]))


def on(found, homes, profile=ADULT, limit=50.0):
    return OnStreets.of(Streets.of(found), np.array(homes, object), profile, limit)


def points(*places):
    return shapely.points(places)


def test_that_the_pace_is_that_of_the_profile_on_the_flat_and_of_tobler_on_a_slope():
    # 4.8 km/h is 80 m a minute. Up 10 %: exp(-3.5 · 0.15) / exp(-3.5 · 0.05) = 0.7047; down 5 % is the quickest.
    assert minutes(np.array([400.0]), np.array([0.0]), ADULT) == pytest.approx(5.0)
    assert slowing(np.array([0.1])) == pytest.approx(0.704688)
    assert slowing(np.array([-0.05])) == pytest.approx(np.exp(0.175))


def test_that_heights_between_cells_are_those_of_the_plane_and_unknown_beyond():
    hill = plane(0.1, 0.02)
    found = heights_m(hill, np.array([12.3, 250.0, 5000.0]), np.array([45.6, 7.7, 0.0]), UTM)
    assert found[:2] == pytest.approx([1.23 + 0.912, 25.0 + 0.154])
    assert np.isnan(found[2])


def test_that_streets_not_drawn_as_a_network_meet_where_they_cross():
    found = network(streets([(0, 50), (100, 50)], [(50, 0), (50, 100)]), None, ADULT)
    assert (len(found.first), found.junctions, found.islands, found.ways.joined) == (4, 5, 1, 1)


def test_that_in_a_network_ways_without_a_common_vertex_pass_over_each_other():
    grid = [[(x, y), (x + 100, y)] for x in (0, 100, 200) for y in (0, 100, 200)]
    grid += [[(x, y), (x, y + 100)] for x in (0, 100, 200, 300) for y in (0, 100)]
    bridge = [(0, 0), (50, 30), (250, 130), (300, 200)]
    found = network(streets(*grid, bridge), None, ADULT)
    assert (found.ways.joined, found.ways.passed) == (0, 3)
    assert found.islands == 1


def test_that_an_end_on_another_street_is_a_junction_even_if_it_falls_short_by_a_little():
    found = network(streets([(0, 0), (100, 0)], [(40, 0.05), (40, 80)]), None, ADULT)
    assert (len(found.first), found.islands) == (3, 1)
    apart = network(streets([(0, 0), (100, 0)], [(40, 0.5), (40, 80)]), None, ADULT)
    assert apart.islands == 2


def test_that_the_longest_island_is_the_main_network():
    found = network(streets([(0, 0), (10, 0)], [(0, 100), (300, 100)]), None, ADULT)
    assert found.island.tolist() == [1, 0]
    layer = found.layer(UTM)
    assert layer.length.tolist() == [10.0, 300.0]
    assert layer["minutes_along"].tolist() == pytest.approx([10 / 80, 300 / 80])


def test_that_nobody_walks_on_motorways_and_no_wheelchair_on_stairs_or_too_steep_a_way():
    laid = streets(
        [(0, 0), (100, 0)], [(0, 0), (0, 100)], [(0, 0), (100, 100)], [(0, 0), (-100, 0)], [(0, 0), (0, -50)],
        kind=["motorway", "steps", "residential", "trunk", "service"], walkable=[None, None, "yes", "yes", "no"],
    )  # fmt: skip
    found = network(laid, None, ADULT)
    assert sorted(found.edge_length_m) == pytest.approx([100.0, 100.0, 100 * np.sqrt(2)])
    assert found.ways.left_out_m == pytest.approx(150.0)
    assert len(network(laid, None, PROFILES["wheelchair"]).first) == 2
    # The diagonal rises by 10 % · √½ · 2 / √2 … 10 m in 141 m: 7.1 %; the way west by 10 %.
    assert network(laid, plane(0.1, 0.0), PROFILES["wheelchair"]).edge_length_m == pytest.approx([100 * np.sqrt(2)])


def test_that_a_way_up_takes_longer_than_the_way_down_and_on_the_flat_both_the_same():
    street = streets([(0, 0), (400, 0)])
    flat, hill = network(street, None, ADULT), network(street, plane(0.1, 0.0), ADULT)
    assert flat.along == pytest.approx([5.0])
    assert flat.back == pytest.approx([5.0])
    assert hill.along == pytest.approx(5.0 / slowing(np.array([0.1])))
    assert hill.back == pytest.approx(5.0 / slowing(np.array([-0.1])))


def test_that_the_time_that_counts_is_that_from_home_to_the_service():
    up = network(streets([(0, 0), (400, 0)]), plane(0.1, 0.0), ADULT)
    below = on(up, points((0, 0))).nearest(points((400, 0)), 60.0)
    above = on(up, points((400, 0))).nearest(points((0, 0)), 60.0)
    assert below == pytest.approx(5.0 / slowing(np.array([0.1])))
    assert above == pytest.approx(5.0 / slowing(np.array([-0.1])))


def test_that_homes_stand_between_junctions_and_the_way_to_the_street_counts():
    # 40 m from the street (0.5 min), 160 m along it (2 min), 8 m to the service (0.1 min).
    found = on(network(streets([(0, 0), (1000, 0)]), None, ADULT), points((100, 40), (100, 60)))
    assert found.nearest(points((260, -8)), 60.0).tolist() == pytest.approx([2.6, np.inf])


def test_that_an_area_is_entered_where_streets_meet_it_and_one_beside_them_at_the_nearest():
    net = network(streets([(0, 0), (1000, 0)]), None, ADULT)
    park = np.array([shapely.box(400, -50, 500, 50), shapely.box(700, 20, 800, 60), shapely.box(0, 90, 9, 99)], object)
    entries = stand(Streets.of(net), park, 50.0)
    assert entries.place.tolist() == [0, 0, 1]
    assert entries.off_m.tolist() == [0.0, 0.0, 20.0]
    home = on(net, points((240, 0), (450, 0), (900, 0)))
    assert home.nearest(park[:1], 60.0).tolist() == pytest.approx([2.0, 0.0, 5.0])


def test_that_every_pair_within_its_threshold_is_found_and_no_other():
    found = on(network(streets([(0, 0), (1000, 0)]), None, ADULT), points((0, 0), (80, 0), (800, 0)))
    pairs = found.pairs(points((0, 0), (400, 0)), np.array([1.0, 5.0]))
    found = dict(zip(zip(pairs.home.tolist(), pairs.service.tolist(), strict=True), pairs.minutes, strict=True))
    assert found == pytest.approx({(0, 0): 0.0, (1, 0): 1.0, (0, 1): 5.0, (1, 1): 4.0, (2, 1): 5.0})


def test_that_without_services_or_streets_nothing_is_reached():
    net = network(streets([(0, 0), (1000, 0)]), None, ADULT)
    assert on(net, points((0, 0))).nearest(np.empty(0, object), 60.0).tolist() == [np.inf]
    assert len(on(net, points((0, 0))).pairs(np.empty(0, object), np.empty(0)).home) == 0
    nowhere = network(streets([(0, 0), (9, 0)], kind=["motorway"]), None, ADULT)
    assert on(nowhere, points((0, 0))).nearest(points((0, 0)), 60.0).tolist() == [np.inf]


LATTICE = [((x, y), (x + 1, y)) for x in range(4) for y in range(5)]
LATTICE += [((x, y), (x, y + 1)) for x in range(5) for y in range(4)]
places = st.lists(st.tuples(st.floats(0, 400), st.floats(0, 400)), min_size=1, max_size=6)


def brute_force(lines, homes, services, rise):
    """Return the minutes from each home to each service by networkx, every place a node of its street."""
    graph = networkx.DiGraph()
    stops = {number: [] for number in range(len(lines))}
    for name, group in (("home", homes), ("service", services)):
        for number, place in enumerate(group):
            distances = shapely.distance(lines, place)
            street = int(np.argmin(distances))
            along = lines[street].project(place)
            stops[street].append((along, (name, number, "street")))
            graph.add_edge((name, number), (name, number, "street"), weight=distances[street] / ADULT.speed_m_min)
            graph.add_edge((name, number, "street"), (name, number), weight=distances[street] / ADULT.speed_m_min)
    for number, line in enumerate(lines):
        chain = [(0.0, line.coords[0]), *sorted(stops[number]), (line.length, line.coords[-1])]
        slope = (np.subtract(line.coords[-1], line.coords[0]) @ rise) / line.length
        for (a, one), (b, two) in pairwise(chain):
            way = np.array([b - a])
            for start, stop, sign in ((one, two, 1.0), (two, one, -1.0)):
                cost = float(minutes(way, sign * slope * way, ADULT)[0])
                known = graph.get_edge_data(start, stop, {"weight": np.inf})["weight"]
                graph.add_edge(start, stop, weight=min(cost, known))
    found = np.full((len(homes), len(services)), np.inf)
    for home in range(len(homes)):
        lengths = networkx.single_source_dijkstra_path_length(graph, ("home", home))
        for service in range(len(services)):
            found[home, service] = lengths.get(("service", service), np.inf)
    return found


@given(
    st.lists(st.sampled_from(LATTICE), min_size=3, max_size=30, unique=True), places, places,
    st.sampled_from([(0.0, 0.0), (0.1, 0.0), (0.05, -0.2)]),
)  # fmt: skip
def test_that_minutes_are_those_of_networkx(chosen, homes, services, rise):
    laid = streets(*[np.array(line) * SPACING for line in chosen])
    elevation = plane(*rise) if any(rise) else None
    homes, services = points(*homes), points(*services)
    found = OnStreets.of(Streets.of(network(laid, elevation, ADULT)), homes, ADULT, 1000.0)
    wanted = brute_force(laid.geometry.to_numpy(), homes, services, np.array(rise))
    table = np.full(wanted.shape, np.inf)
    pairs = found.pairs(services, np.full(len(services), 1000.0))
    table[pairs.home, pairs.service] = pairs.minutes
    assert table == pytest.approx(wanted, abs=1e-6)
    assert found.nearest(services, 1000.0) == pytest.approx(wanted.min(axis=1), abs=1e-6)


@given(places, places)
def test_that_on_the_flat_the_way_there_takes_as_long_as_the_way_back(homes, services):
    laid = streets(*[np.array(line) * SPACING for line in LATTICE])
    ready = Streets.of(network(laid, None, ADULT))
    homes, services = points(*homes), points(*services)

    def table(start, stop):
        pairs = OnStreets.of(ready, start, ADULT, 1000.0).pairs(stop, np.full(len(stop), 1000.0))
        found = np.full((len(start), len(stop)), np.inf)
        found[pairs.home, pairs.service] = pairs.minutes
        return found

    assert table(homes, services) == pytest.approx(table(services, homes).T, abs=1e-9)


def test_that_streets_stay_as_they_were():
    laid = streets([(0, 50), (100, 50)], [(50, 0), (50, 100)], kind=["steps", "path"])
    before = laid.copy()
    network(laid, plane(0.1, 0.1), ADULT)
    assert laid.equals(before)
