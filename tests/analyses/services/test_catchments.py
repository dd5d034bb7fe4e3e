"""Catchments by hand, and their promise against brute force on random streets on a slope: nothing inside is farther."""

from __future__ import annotations

from itertools import pairwise

import networkx
import numpy as np
import pytest
import shapely
from affine import Affine
from geopandas import GeoDataFrame
from hypothesis import assume, given
from hypothesis import strategies as st
from pyproj import CRS

from analyses.services.catchments import Bands, straight_within
from analyses.services.straight_reach import StraightOn
from analyses.services.walking_network import network
from analyses.services.walking_pace import PROFILES, minutes
from analyses.services.walking_places import Streets
from analyses.services.walking_reach import OnStreets
from layers.grid import Grid
from layers.raster import ArrayRaster

UTM = CRS(7791)
ADULT = PROFILES["adult"]
V = ADULT.speed_m_min  # 80 m a minute
SIDE, STEP, BAND = 100.0, 2.0, 50.0
SLOWEST = 0.5  # pace on the steepest of the slopes below, as a share of that on the flat


def hill(east, north):
    x, y = np.meshgrid(np.arange(-195, 600, 10.0), np.arange(595, -200, -10.0))
    cells = np.ma.masked_array(x * east + y * north)
    return ArrayRaster(cells, Grid(UTM, Affine(10, 0, -200, 0, -10, 600), cells.shape[1], cells.shape[0]))


def on(lines, rise=(0.0, 0.0)):
    laid = GeoDataFrame(geometry=[shapely.LineString(line) for line in lines], crs=UTM)
    net = network(laid, hill(*rise) if any(rise) else None, ADULT)
    return OnStreets.of(Streets.of(net), np.empty(0, object), ADULT, 200.0)


def catchment(on_streets, services, limit, band=BAND):
    toward = on_streets.toward(np.array(services, object))
    return Bands(on_streets, band).within(toward, np.arange(len(services)), limit)


STREET = [[(0, 0), (1000, 0)]]


def test_that_a_street_is_taken_as_far_as_walking_the_band_leaves_time_for():
    # 5 min are 400 m; walking a band of 40 m takes half a minute: 360 m of street each way, 40 m wide (less 1 %).
    found = catchment(on(STREET), [shapely.Point(500, 0)], 5.0, band=40.0)
    left, bottom, right, top = found.bounds
    assert (left, right) == pytest.approx((100.0, 900.0), abs=0.5)
    assert (bottom, top) == pytest.approx((-40.0, 40.0), abs=0.5)
    assert found.bounds[2] <= 900.0


def test_that_what_lies_between_the_street_and_a_service_counts():
    # 80 m from the street are a minute: 320 - 40 m are left.
    found = catchment(on(STREET), [shapely.Point(500, 80)], 5.0, band=40.0)
    assert found.bounds[2] == pytest.approx(500 + 280 + 40, abs=0.5)


def test_that_a_block_whose_middle_is_too_far_from_every_street_is_a_hole():
    ring = [[(0, 0), (400, 0)], [(400, 0), (400, 400)], [(400, 400), (0, 400)], [(0, 400), (0, 0)]]
    found = catchment(on(ring), [shapely.Point(0, 0)], 30.0)
    (hole,) = found.geoms[0].interiors
    assert shapely.Polygon(hole).contains(shapely.box(50, 50, 350, 350))
    assert shapely.Polygon(hole).area == pytest.approx(300.0**2, rel=0.02)


def test_that_a_street_that_nothing_joins_to_the_service_is_not_in_its_catchment():
    apart = [*STREET, [(0, 120), (1000, 120)]]
    found = catchment(on(apart), [shapely.Point(500, 0)], 10.0)
    assert not found.intersects(shapely.box(0, 90, 1000, 300))


def test_that_a_park_is_its_own_catchment_even_if_the_threshold_is_shorter_than_the_band():
    park = shapely.box(450, -100, 550, 100)
    assert catchment(on(STREET), [park], 0.1).equals(park)


def test_that_uphill_the_catchment_ends_sooner_than_downhill():
    # The service stands at 500 m on a street that rises to the east: who comes from the west walks up.
    found = catchment(on(STREET[:1], (0.2, 0.0)), [shapely.Point(300, 0)], 3.0)
    assert 300 - found.bounds[0] < found.bounds[2] - 300


def test_that_without_services_on_the_network_there_is_no_catchment():
    assert catchment(on(STREET), [shapely.Point(0, 5000)], 10.0).is_empty
    assert catchment(on([[(0, 0), (0.0001, 0)]]), [shapely.Point(0, 0)], 10.0).is_empty


def test_that_in_a_straight_line_it_is_a_circle_and_the_area_itself():
    toward = StraightOn(np.empty(0, object), 80.0).toward(np.array([shapely.Point(0, 0)], object))
    found = straight_within(toward, np.array([0]), 5.0)
    assert found.area == pytest.approx(np.pi * 400**2, rel=0.01)
    assert shapely.hausdorff_distance(found, shapely.Point(0, 0)) <= 400.0 + 1e-9


LATTICE = [((x, y), (x + 1, y)) for x in range(4) for y in range(5)]
LATTICE += [((x, y), (x, y + 1)) for x in range(5) for y in range(4)]
DIAGONALS = [((x, y), (x + 1, y + 1)) for x, y in ((0, 0), (2, 1), (3, 3))]
places = st.lists(st.tuples(st.floats(0, 400), st.floats(0, 400)), min_size=1, max_size=4)


def minutes_by_brute_force(lines, services, rise):
    """Return points every ``STEP`` m of each street, and the minutes from them to the nearest service."""
    graph, stops = networkx.DiGraph(), {number: [] for number in range(len(lines))}
    for at, place in enumerate(services):
        distances = shapely.distance(lines, place)
        street = int(np.argmin(distances))
        name = ("service", at)
        stops[street].append((float(lines[street].project(place)), name))
        graph.add_edge("all", name, weight=float(distances[street]) / V)
    where = {}
    for number, line in enumerate(lines):
        steps = [(d, ("way", number, d)) for d in np.arange(STEP, line.length - STEP / 2, STEP).tolist()]
        ends = [(0.0, line.coords[0]), (line.length, line.coords[-1])]
        chain = sorted([*ends, *steps, *stops[number]], key=lambda each: each[0])
        slope = float((np.subtract(line.coords[-1], line.coords[0]) @ rise) / line.length)
        for (a, one), (b, two) in pairwise(chain):
            way = np.array([b - a])
            # Turned round: the way from two to one is found by going from one to two.
            for start, stop, sign in ((one, two, -1.0), (two, one, 1.0)):
                cost = float(minutes(way, sign * slope * way, ADULT)[0])
                known = graph.get_edge_data(start, stop, {"weight": np.inf})["weight"]
                graph.add_edge(start, stop, weight=min(cost, known))
        where |= {name: line.interpolate(d) for d, name in chain}
    found = networkx.single_source_dijkstra_path_length(graph, "all")
    names = [name for name in where if name in found]
    return np.array([where[name] for name in names], object), np.array([found[name] for name in names])


@given(
    st.lists(st.sampled_from([*LATTICE, *DIAGONALS]), min_size=3, max_size=30, unique=True), places,
    st.sampled_from([(0.0, 0.0), (0.1, 0.0), (0.05, -0.18)]), st.floats(0.5, 8.0), st.sampled_from([20.0, 50.0, 90.0]),
    st.integers(0, 2**32 - 1),
)  # fmt: skip
def test_that_no_point_inside_is_farther_than_the_threshold_and_none_well_within_is_left_out(
    chosen, at, rise, limit, band, seed
):
    lines = np.array([shapely.LineString(np.array(line) * SIDE) for line in chosen], object)
    services = shapely.points(at)
    assume(shapely.distance(shapely.multilinestrings(lines), services).max() <= 200.0)
    found = catchment(on([line.coords for line in lines], rise), services, limit, band)
    ways, takes = minutes_by_brute_force(lines, services, np.array(rise))
    # Points on the boundary are the farthest; others are strewn inside.
    edge = shapely.get_coordinates(found)
    strewn = np.random.default_rng(seed).uniform(-100, 500, (300, 2))
    strewn = strewn[shapely.contains_xy(found, strewn[:, 0], strewn[:, 1])]
    # A step of the brute force may lie half its length from the point of the way that is meant.
    coarse = STEP / 2 / V * (1 + 1 / SLOWEST)
    for xy in np.concatenate([edge, strewn]):
        off_m = np.hypot(*(shapely.get_coordinates(ways) - xy).T)
        near = off_m <= band + STEP / 2 + 1e-6
        assert near.any()
        assert (takes[near] + off_m[near] / V).min() <= limit + coarse + 1e-6
        assert takes[near].min() <= limit + coarse
    within = ways[takes <= limit - band / V - 1e-6]
    # A millimetre is less than what rounding of coordinates moves.
    assert (shapely.distance(found, within) <= 1e-3).all()


def test_that_the_union_does_not_depend_on_what_was_asked_before():
    lines = [np.array(line) * SIDE for line in LATTICE]
    ready = on(lines)
    services = shapely.points([(10, 0), (390, 400)])
    toward, bands = ready.toward(services), Bands(ready, BAND)
    bands.within(toward, np.array([0, 1]), 9.0)
    again = bands.within(toward, np.array([0]), 4.0)
    assert again.equals_exact(Bands(ready, BAND).within(toward, np.array([0]), 4.0))
