import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from puc_tool.demo.drainage import drainage
from puc_tool.demo.field import Field, Lattice

LATTICE = Lattice(0.0, 70.0, 10.0, 7, 7)
NO_SEA = np.zeros((7, 7), bool)


def valley():
    """A valley that falls to the south (row 6) along column 3, 1 m a row; its sides rise by 5 m a column."""
    row, col = np.mgrid[0:7, 0:7]
    return 6.0 - row + 5.0 * np.abs(col - 3)


def test_that_a_valley_gathers_what_falls_on_it():
    ways = drainage(Field(valley(), LATTICE), NO_SEA)
    upstream = ways.upstream_m2.reshape(7, 7)
    # Sideways the ground falls by 5 m in 10 m, aslant by 6 m in 14 m: all goes to column 3 first, then south. So the
    # 25 inner cells of 100 m² meet in the cell of the edge below column 3.
    assert upstream[6, 3] == 2500.0
    assert ways.below[3 * 7 + 3] == 4 * 7 + 3


@given(arrays(float, (7, 7), elements=st.floats(0, 100)))
def test_that_water_falls_all_the_way_and_none_is_lost(heights):
    ways = drainage(Field(heights, LATTICE), NO_SEA)
    filled = ways.filled.ravel()
    moving = ways.below != np.arange(49)
    assert (filled[ways.below] < filled)[moving].all()
    assert (ways.filled >= heights).all()
    # The 25 inner cells of 100 m² drain through the ends, which count nothing of their own.
    assert ways.upstream_m2[~moving].sum() == pytest.approx(2500.0)


@given(arrays(float, (7, 7), elements=st.floats(0, 100)))
def test_that_a_cell_comes_after_the_one_below_it(heights):
    ways = drainage(Field(heights, LATTICE), NO_SEA)
    place = np.empty(49, int)
    place[ways.upwards] = np.arange(49)
    moving = ways.below != np.arange(49)
    assert (place[ways.below] < place)[moving].all()


def test_that_a_hollow_fills_to_its_brim():
    heights = np.full((7, 7), 10.0)
    heights[1:6, 1:6] = 3.0
    heights[6, 3] = 5.0
    filled = drainage(Field(heights, LATTICE), NO_SEA).filled
    # The lowest gap in the rim is at 5 m; farther cells lie higher by a ten-thousandth of the way.
    assert filled[5, 3] == pytest.approx(5.001)
    assert filled[1:6, 1:6].max() < 5.01


def test_that_the_run_is_the_way_between_the_centres():
    ways = drainage(Field(valley(), LATTICE), NO_SEA)
    assert set(np.unique(ways.run_m.round(6))) <= {0.0, 10.0, 14.142136}
