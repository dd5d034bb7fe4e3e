from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puc_tool.maps.seeing import contrast, least_difference

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


def test_that_black_on_white_has_the_highest_contrast_there_is():
    # (1 + 0,05) / (0 + 0,05)
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0, abs=0.01)


def test_that_a_middle_grey_has_the_contrast_wcag_gives_it():
    # #767676 is the lightest grey that passes 4,5 on white
    assert contrast("#767676", "#ffffff") >= 4.5 > contrast("#777777", "#ffffff")


@given(COLOURS, COLOURS)
def test_that_contrast_and_difference_do_not_mind_the_order(one, other):
    assert contrast(one, other) == contrast(other, one) >= 1.0
    assert least_difference(one, other) == pytest.approx(least_difference(other, one))


def test_that_black_and_white_differ_by_the_whole_lightness_for_every_eye():
    assert least_difference("#000000", "#ffffff") == pytest.approx(100.0, abs=0.1)


def test_that_a_red_and_a_green_are_one_colour_for_who_does_not_see_green():
    # ΔE of full vision alone would be about 100
    assert least_difference("#b35900", "#6b7300") < 15
