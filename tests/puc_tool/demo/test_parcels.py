import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from puc_tool.demo.parcels import blocks, long_and_wide, parcels

FIELD = shapely.box(0, 0, 120, 80)
CORNERED = shapely.Polygon([(0, 0), (400, 30), (380, 260), (210, 90), (20, 300)])


def everywhere(size):
    return lambda x, y: np.full(x.shape, size)


def test_that_blocks_are_the_ground_between_the_streets():
    street = shapely.box(50, -10, 60, 90)
    found = blocks(FIELD, street, [shapely.LineString([(-5, 20), (125, 20)])])
    # West 50 x 80 and east 60 x 80, both cut at y = 20: 1000, 3000, 1200 and 3600 m².
    assert sorted(shapely.area(found).tolist()) == pytest.approx([1000, 1200, 3000, 3600])


@given(size=st.floats(150, 20_000), seed=st.integers(0, 2**20))
def test_that_parcels_part_their_block_without_overlap(size, seed):
    found = parcels(np.array([FIELD, CORNERED]), everywhere(size), seed)
    assert shapely.area(found.areas).max() <= 1.5 * size + 1e-6
    for number, block in enumerate((FIELD, CORNERED)):
        own = found.areas[found.block == number]
        # Crumbs of up to 4 m² may be left out.
        assert shapely.area(own).sum() == pytest.approx(block.area, abs=40)
        left, right = shapely.STRtree(own).query(own, predicate="intersects")
        shared = shapely.intersection(own[left[left < right]], own[right[left < right]])
        assert shapely.area(shared).sum() == pytest.approx(0, abs=1e-6)


def test_that_a_block_small_enough_stays_whole():
    found = parcels(np.array([FIELD]), everywhere(9600.0), 1)
    assert found.areas.tolist() == [FIELD]


def test_that_the_longer_side_comes_first():
    _, along, across = long_and_wide(np.array([FIELD, shapely.box(0, 0, 10, 90)]))
    assert np.hypot(*along.T) == pytest.approx([120, 90])
    assert np.hypot(*across.T) == pytest.approx([80, 10])
