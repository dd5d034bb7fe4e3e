import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses.kernels.flood_fill import LAND, NEVER, SEA, SHORE, first_flooded


def at(rows):
    return np.array(rows, dtype=np.uint8)


def brute(bands, place, n_levels, corners):
    """Flood by trying every cell again until nothing changes, level by level."""
    height, width = bands.shape
    first = np.full(bands.shape, NEVER)
    for level in range(n_levels):
        changed = True
        while changed:
            changed = False
            for row, col in np.ndindex(height, width):
                if first[row, col] != NEVER or bands[row, col] > level:
                    continue
                beside = [
                    (row + down, col + right)
                    for down in (-1, 0, 1)
                    for right in (-1, 0, 1)
                    if (corners or 0 in (down, right)) and 0 <= row + down < height and 0 <= col + right < width
                ]
                if place[row, col] != LAND or any(first[each] != NEVER or place[each] == SEA for each in beside):
                    first[row, col], changed = level, True
    return first


def test_that_a_wall_holds_water_back_until_the_level_that_tops_it():
    bands, place = at([[0, 2, 0, 1]]), at([[SHORE, LAND, LAND, LAND]])
    assert first_flooded(bands, place, 3, through_corners=False).tolist() == [[0, 2, 2, 2]]
    assert first_flooded(bands, place, 2, through_corners=False).tolist() == [[0, NEVER, NEVER, NEVER]]


def test_that_water_passes_a_corner_only_where_it_is_let():
    bands, place = at([[0, NEVER], [NEVER, 0]]), at([[SHORE, LAND], [LAND, LAND]])
    assert first_flooded(bands, place, 1, through_corners=False).tolist() == [[0, NEVER], [NEVER, NEVER]]
    assert first_flooded(bands, place, 1, through_corners=True).tolist() == [[0, NEVER], [NEVER, 0]]


def test_that_sea_without_data_wets_what_is_beside_it_and_a_high_shore_does_not():
    bands = at([[NEVER, 0, 0]])
    assert first_flooded(bands, at([[SEA, LAND, LAND]]), 1, through_corners=True).tolist() == [[NEVER, 0, 0]]
    assert (first_flooded(bands, at([[SHORE, LAND, LAND]]), 1, through_corners=True) == NEVER).all()


def test_that_low_ground_far_from_the_sea_stays_dry():
    assert (first_flooded(at([[0, 0], [0, 0]]), at([[0, 0], [0, 0]]), 1, through_corners=True) == NEVER).all()


def test_that_nothing_is_flooded_where_there_are_no_cells():
    empty = np.empty((0, 5), np.uint8)
    assert first_flooded(empty, empty, 3, through_corners=True).shape == (0, 5)


def test_that_a_large_basin_fills_to_its_last_cell():
    bands = np.zeros((300, 300), np.uint8)
    place = np.zeros((300, 300), np.uint8)
    place[0, 0] = SHORE
    assert (first_flooded(bands, place, 1, through_corners=False) == 0).all()


@pytest.mark.parametrize("corners", [False, True])
@given(seed=st.integers(0, 2**20), height=st.integers(1, 9), width=st.integers(1, 9))
def test_that_it_floods_what_trying_every_cell_floods(corners, seed, height, width):
    rng = np.random.default_rng(seed)
    bands = rng.choice(at([0, 1, 2, 3, NEVER]), (height, width))
    place = rng.choice(at([LAND, LAND, LAND, SHORE, SEA]), (height, width))
    found = first_flooded(bands, place, 4, through_corners=corners)
    assert found.tolist() == brute(bands, place, 4, corners).tolist()
