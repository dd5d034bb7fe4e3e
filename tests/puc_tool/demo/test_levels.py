import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from puc_tool.demo.field import Field, Lattice
from puc_tool.demo.levels import level_for, region, tiles
from puc_tool.demo.surface import blurred

LATTICE = Lattice(0.0, 100.0, 10.0, 10, 10)
SQUARE = shapely.box(12.3, 14.1, 83.7, 79.9)


def test_that_a_region_of_a_plane_ends_on_a_straight_line():
    # Centres lie from 5 to 95 m; where x is at least 40 m the region is 55 m wide and 90 m high: 4,950 m².
    x, _ = LATTICE.centres()
    found = region(Field(x, LATTICE), 40.0)
    assert found.area == pytest.approx(4950.0)
    assert found.bounds == pytest.approx((40.0, 5.0, 95.0, 95.0))


@given(arrays(float, (10, 10), elements=st.floats(0, 1)), st.floats(0, 1))
def test_that_a_region_is_valid_whatever_the_field(values, level):
    assert region(Field(values, LATTICE), level).is_valid


@given(st.floats(10, 90))
def test_that_the_level_for_an_area_gives_it(wanted):
    # A cone of area pi (1 - level)² 100 m²: it falls as the level rises.
    found = level_for(lambda level: np.pi * (1 - level) ** 2 * 100, wanted, 0.0, 1.0)
    assert np.pi * (1 - found) ** 2 * 100 == pytest.approx(wanted, abs=0.011)


@given(arrays(float, (10, 10), elements=st.floats(0, 1)))
def test_that_tiles_fill_the_ground_and_the_first_comes_first(values):
    field = Field(values, LATTICE)
    high, low = region(field, 0.7), region(field, 0.3)
    found = tiles(SQUARE, [high, low])
    assert shapely.area(found).sum() == pytest.approx(SQUARE.area)
    assert shapely.coverage_is_valid(found)
    # Noding moves a vertex by at most its last digit.
    assert shapely.area(found[0]) == pytest.approx(shapely.area(high & SQUARE), abs=1e-6)
    assert shapely.area(found[1]) == pytest.approx(shapely.area((low & SQUARE) - high), abs=1e-6)


def test_that_a_blur_is_the_mean_of_nine_cells():
    values = np.zeros((5, 5))
    values[2, 2] = 9.0
    assert blurred(values, 1)[1:4, 1:4] == pytest.approx(np.ones((3, 3)))
    assert blurred(values, 1).sum() == pytest.approx(9.0)


def test_that_a_blur_goes_down_and_across_alike():
    values = np.arange(12.0).reshape(3, 4)
    # About row 1, column 1 lie 0 1 2, 4 5 6, 8 9 10: their mean is 5.
    assert blurred(values, 1)[1, 1] == pytest.approx(5.0)
    assert blurred(values, 1).shape == (3, 4)
