import numpy as np
import pytest
import shapely

from puc_tool.demo.chance import noise
from puc_tool.demo.outlines import blob, rounded_box, sized


def test_that_a_rounded_box_is_as_long_and_wide_as_asked():
    assert rounded_box((100, 50), 40, 20).bounds == pytest.approx((60, 30, 140, 70))


def test_that_a_quarter_turn_swaps_the_sides():
    assert rounded_box((100, 50), 40, 20, np.pi / 2).bounds == pytest.approx((80, 10, 120, 90))


def test_that_an_outline_takes_the_area_it_is_given():
    land = shapely.box(0, 0, 1000, 40)
    found = sized(lambda scale: rounded_box((500, 40), 100 * scale, 30 * scale) & land, 12_345.0)
    assert found.area == pytest.approx(12_345.0, abs=0.01)


def test_that_a_blob_stays_within_a_third_of_its_radius():
    around = shapely.get_coordinates(blob((0, 0), 100, noise(np.random.default_rng(1), 130, 2)))
    away = np.hypot(*around.T)
    assert 65 <= away.min() < away.max() <= 135
