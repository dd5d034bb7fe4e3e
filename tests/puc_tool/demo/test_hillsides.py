import numpy as np
import pytest
import shapely

from puc_tool.demo.field import Field, Lattice
from puc_tool.demo.hillsides import hillside, steep
from puc_tool.demo.settled import Settled

LATTICE = Lattice(0.0, 1000.0, 20.0, 50, 50)


@pytest.fixture(scope="module")
def slope():
    """A plain hillside that rises 25 % to the north, settled between 100 and 900 m each way."""
    _, north = LATTICE.centres()
    zone = shapely.box(100, 100, 900, 900)
    return Settled(
        heights=Field(0.25 * north, LATTICE),
        steepness=Field(np.full(LATTICE.shape, 0.25), LATTICE),
        pull=Field(np.ones(LATTICE.shape), LATTICE),
        town=shapely.Polygon(),
        slopes=zone,
    )


@pytest.fixture(scope="module")
def streets(slope):
    return hillside(slope, np.array([shapely.LineString([(100, 90), (900, 90)])]), seed=3)


def climbs(lines, slope):
    ends = [shapely.get_coordinates(shapely.get_point(lines, end)) for end in (0, -1)]
    first, last = (slope.heights.at(*end.T) for end in ends)
    return np.abs(last - first)


def test_that_roads_keep_their_height(slope, streets):
    # Levels every 17 m from 12 m: between 25 m (y = 100) and 225 m (y = 900) lie 29, 46 … 216: twelve of them.
    assert len(streets.contours) == 12
    for line in streets.contours:
        heights = slope.heights.at(*shapely.get_coordinates(line).T)
        assert np.ptp(heights) < 0.5


def test_that_stairs_go_straight_up_from_road_to_road(slope, streets):
    # 17 m at 25 % are 68 m on the map.
    between = streets.stairs[shapely.contains(slope.slopes.buffer(0.01), streets.stairs)]
    assert shapely.length(between) == pytest.approx(68, abs=0.5)
    assert climbs(between, slope) == pytest.approx(17, abs=0.2)
    assert steep(between, slope).all()


def test_that_ramps_climb_gently_and_every_second_one_turns_back(slope, streets):
    climb = climbs(streets.ramps, slope) / shapely.length(streets.ramps)
    assert climb.max() < 0.10
    east = [np.sign(line.coords[-1][0] - line.coords[0][0]) for line in streets.ramps]
    heights = [round(float(slope.heights.at(*np.array(line.coords[:1]).T)[0])) for line in streets.ramps]
    by_height = {height: {e for h, e in zip(heights, east, strict=True) if h == height} for height in heights}
    assert all(len(ways) == 1 for ways in by_height.values())
    assert {1.0, -1.0} == set.union(*by_height.values())


def test_that_nothing_leads_out_of_the_settled_ground_but_stairs_to_the_plain(slope, streets):
    inside = slope.slopes.buffer(0.01)
    assert shapely.contains(inside, streets.contours).all()
    out = streets.stairs[~shapely.contains(inside, streets.stairs)]
    assert out.size > 0
    assert (shapely.distance(out, shapely.LineString([(100, 90), (900, 90)])) < 0.01).all()


def test_that_a_level_street_is_not_steep(slope):
    assert not steep(np.array([shapely.LineString([(200, 300), (280, 300)])]), slope).any()
