"""Cycle ways as services: a street of 1,000 m on the flat (80 m a minute), and cycle ways drawn among the streets."""

from __future__ import annotations

import geopandas
import numpy as np
import pytest
import shapely
from geopandas import GeoDataFrame
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point, box

from analyses.analysis import Edition
from analyses.service_coverage import service_coverage
from analyses.services.cycle_ways import cycle_ways
from analyses.services.params import CoverageParams, Threshold
from analyses.services.walking_network import network
from analyses.services.walking_pace import PROFILES
from analyses.services.walking_places import LINE_STEP_M, Streets
from analyses.services.walking_reach import OnStreets

UTM = "EPSG:7791"
STREET = LineString([(0, 0), (1000, 0)])
ADULT = PROFILES["adult"]


def layer(geometry, **columns):
    return GeoDataFrame(columns, geometry=list(geometry), crs=UTM)


def streets(*ways, **columns):
    """Return the street, and cycle ways."""
    kinds = ["residential", *["cycleway"] * len(ways)]
    return layer([STREET, *map(LineString, ways)], kind=kinds, **columns)


def covered(of_streets, homes, services=None, walk_min=5.0):
    return service_coverage(
        boundary=layer([box(-500, -1000, 1500, 1000)], name=["Borgo"], code=["000001"]),
        services=layer([Point(0, 0)], kind=["farmacia"]) if services is None else services,
        streets=of_streets,
        census=(Edition(2021, layer(homes, population=[1.0] * len(homes))),),
        params=CoverageParams(threshold=(Threshold("ciclabile", walk_min),)),
    )


def remark(result):
    (problem,) = [each for each in result.problems if each.code == "coverage-cycle-ways"]
    return problem.sentence("it")


def test_that_a_cycle_way_is_a_service_reached_where_the_street_meets_it():
    # The cycle way leaves the street at 600 m. 5 minutes are 400 m: who lives at 200 m is served, at 190 m is not.
    result = covered(streets([(600, 0), (600, 500)]), [Point(200, 0), Point(190, 0)])
    assert result.figure("covered_ciclabile_pct").value == 50.0
    assert remark(result) == (
        "Strade e percorsi: piste ciclabili: 1, 0,5 km. "
        "Contano come servizi di tipo ciclabile, con accesso da ogni percorso vicino."
    )


def test_that_a_cycle_way_beside_the_street_is_entered_all_along_it_and_the_gap_is_walked():
    # Not walkable, 40 m north of the street from 500 to 800 m: half a minute away from every point between.
    beside = streets([(500, 40), (800, 40)], walkable=["yes", "no"])
    found = cycle_ways(beside)
    on = OnStreets.of(
        Streets.of(network(beside, None, ADULT)), shapely.points([(500, 0), (655, 0), (400, 0)]), ADULT, 200.0
    )
    minutes = on.nearest(found.geometry.to_numpy(), 60.0)
    assert minutes == pytest.approx([40 / 80, 40 / 80 + 5 / 80, 140 / 80])


def test_that_a_cycle_way_beyond_the_snap_limit_serves_nobody():
    result = covered(streets([(0, 300), (1000, 300)], walkable=["yes", "no"]), [Point(500, 0)], walk_min=60.0)
    assert result.figure("covered_ciclabile_pct").value == 0.0


def test_that_the_accesses_of_the_study_count_alone_and_the_ways_are_told():
    services = layer([Point(1000, 0)], kind=["ciclabile"])
    result = covered(streets([(0, 0), (0, 500)]), [Point(0, 0)], services)
    assert result.figure("covered_ciclabile_pct").value == 0.0
    assert remark(result).endswith("Non contano: contano gli accessi che sono già fra i servizi (ciclabile).")


def test_that_ways_of_one_name_that_touch_are_one_service():
    ways = [[(0, 0), (0, 100)], [(0, 100), (0, 200)], [(0, 200), (0, 300)], [(500, 0), (500, 100)]]
    found = cycle_ways(streets(*ways, name=["Via", "Morin", "Morin", None, None]))
    assert found["name"].tolist() == ["Morin", "", ""]
    assert found.length.tolist() == [200.0, 100.0, 100.0]
    assert found.length.sum() == sum(LineString(way).length for way in ways)


def test_that_streets_without_cycle_ways_give_none():
    assert cycle_ways(None) is None
    assert cycle_ways(layer([STREET])) is None
    assert cycle_ways(layer([STREET], kind=["residential"])) is None


def test_that_the_streets_stay_as_they_were():
    given_streets = streets([(600, 0), (600, 500)], name=["Via", "Morin"])
    before = given_streets.copy(deep=True)
    cycle_ways(given_streets)
    assert given_streets.equals(before)


@given(
    st.lists(st.tuples(st.integers(0, 1000), st.integers(-150, 150)), min_size=2, max_size=6, unique=True),
    st.integers(0, 1000),
)
def test_that_the_walk_to_a_line_is_at_most_half_a_step_longer_than_to_its_nearest_point(corners, home):
    # On one straight street the shortest walk is: along it to x, and straight north or south from there to the line.
    line = LineString(corners)
    on = OnStreets.of(Streets.of(network(layer([STREET]), None, ADULT)), np.array([Point(home, 0)]), ADULT, 200.0)
    (minutes,) = on.nearest(np.array([line]), 60.0)
    fine = shapely.get_coordinates(shapely.segmentize(line, 0.5))
    exact_m = (np.abs(fine[:, 0] - home) + np.abs(fine[:, 1])).min()
    assert exact_m - 0.8 <= minutes * ADULT.speed_m_min <= exact_m + np.sqrt(2.0) * LINE_STEP_M / 2.0 + 1e-6


def test_that_every_metre_of_the_real_cycle_ways_is_of_one_service(real_data):
    ways = geopandas.read_file(real_data / "osm_network/prato_ciclabili.geojson").to_crs("EPSG:32632")
    found = cycle_ways(ways.assign(kind="cycleway", name=None))
    assert 1 < len(found) < len(ways) == 224
    assert found.length.sum() == pytest.approx(ways.length.sum(), rel=1e-12)
    # No two of them touch: they would be one.
    one, two = shapely.STRtree(found.geometry).query(found.geometry, predicate="dwithin", distance=0.1)
    assert (one == two).all()
