from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Transformer

from puc_tool.maps.frame import (
    BOUNDARY_MARGIN_MM,
    Frame,
    bar_breaks,
    bar_labels,
    convergence,
    fitting_scale,
    frame_round,
    grid_step,
    north_sentence,
    paper,
    standard_scales,
    tick_words,
    ticks,
)

A3 = paper("A3")
LA_SPEZIA = (561_112.5, 4_879_307.9, 571_381.6, 4_888_995.3)


def frame_at(crs: CRS, lon: float, lat: float) -> Frame:
    x, y = Transformer.from_crs(crs.geodetic_crs, crs, always_xy=True).transform(lon, lat)
    return frame_round((x - 1000, y - 1000, x + 1000, y + 1000), crs, A3)


def test_that_the_frame_of_an_a3_is_what_the_column_and_the_margins_leave():
    # 420 - 25 - 10 - 4.5 - 106 - 2 × 5.2 = 264.1; 297 - 2 × 10 - 2 × 5.2 = 266.6
    assert A3.frame_mm == pytest.approx((264.1, 266.6))


def test_that_la_spezia_is_drawn_at_one_to_fifty_thousand():
    # 10 269 m in 264.1 - 14 mm: 1:41 060 at least; the next standard scale is 1:50 000.
    assert fitting_scale(LA_SPEZIA, A3.frame_mm) == 50_000


@pytest.mark.parametrize(("width_m", "scale"), [(6250, 25_000), (6260, 50_000), (500, 2_000), (2600, 20_000)])
def test_that_the_largest_scale_with_a_margin_is_taken(width_m, scale):
    # 250.1 mm are free: 6 252.5 m at 1:25 000.
    assert fitting_scale((0, 0, width_m, 10), A3.frame_mm) == scale


@given(width_m=st.floats(1, 1_200_000), height_m=st.floats(1, 1_200_000))
def test_that_a_boundary_of_any_shape_keeps_its_margin(width_m, height_m):
    frame = frame_round((0, 0, width_m, height_m), CRS(7791), A3)
    left, bottom, right, top = frame.bounds
    margin = BOUNDARY_MARGIN_MM * frame.metres_a_mm - 1  # the corner lies on a whole metre
    assert min(-left, -bottom, right - width_m, top - height_m) >= margin


def test_that_what_is_too_wide_for_every_scale_gets_the_smallest():
    assert fitting_scale((0, 0, 1e9, 1), A3.frame_mm) == standard_scales()[-1]


@pytest.mark.parametrize(
    ("denominator", "step"),
    [(500, 50), (1_000, 100), (2_000, 200), (5_000, 500), (10_000, 1_000), (50_000, 1_000), (100_000, 2_000)],
)
def test_that_the_grid_has_the_steps_of_the_design(denominator, step):
    assert grid_step(denominator) == step


def test_that_ticks_are_the_multiples_inside_the_frame():
    assert ticks(559_644, 562_000, 1_000) == (560_000, 561_000, 562_000)


def test_that_coordinates_are_grouped_by_three_with_a_thin_gap():
    assert tick_words(4_885_000) == "4\u2009885\u2009000"


@pytest.mark.parametrize(
    ("denominator", "breaks"),
    [
        (5_000, (0, 100, 250, 500)),
        (25_000, (0, 250, 500, 1_000, 1_500)),
        (50_000, (0, 500, 1_000, 2_000, 3_000)),
        (100_000, (0, 1_000, 2_000, 5_000)),  # 75 mm are 7.5 km: 5 km
        (200_000, (0, 2_500, 5_000, 10_000)),  # 75 mm are 15 km: 10 km
    ],
)
def test_that_the_bar_breaks_at_round_lengths(denominator, breaks):
    assert bar_breaks(denominator) == breaks


@pytest.mark.parametrize("denominator", standard_scales())
def test_that_the_bar_is_forty_to_a_hundred_millimetres_at_every_standard_scale(denominator):
    assert 37 <= bar_breaks(denominator)[-1] / denominator * 1000 <= 100


def test_that_the_bar_speaks_of_kilometres_from_two_on():
    labels, unit = bar_labels((0, 500, 1000, 2000, 3000))
    assert ([label.it for label in labels], unit) == (["0", "0,5", "1", "2", "3"], "km")
    labels, unit = bar_labels((0, 250, 500, 1000, 1500))
    assert ([label.en for label in labels], unit) == (["0", "250", "500", "1,000", "1,500"], "m")


@pytest.mark.parametrize("epsg", [7791, 6707, 25832])
def test_that_true_north_lies_west_of_the_grid_at_la_spezia(epsg):
    # atan(tan(9.83° - 9°) · sin 44.1°) = 0.5776° = 0° 35′; the axis order of 6707 changes nothing.
    expected = math.degrees(math.atan(math.tan(math.radians(0.83)) * math.sin(math.radians(44.1))))
    found = convergence(frame_at(CRS(epsg), 9.83, 44.1))
    assert found == pytest.approx(expected, abs=1e-3)
    assert north_sentence(found).it == "Nord del reticolo. Il nord geografico è 0° 35′ a ovest."


def test_that_west_of_the_central_meridian_true_north_lies_east():
    # UTM 33N has its meridian at 15°: atan(tan(-5.17°) · sin 44.1°) = -3.60°
    found = convergence(frame_at(CRS(32633), 9.83, 44.1))
    assert north_sentence(found).en == "Grid north. True north is 3° 36′ to the east."


def test_that_on_the_central_meridian_both_norths_are_one():
    assert north_sentence(0.004).it == "Nord del reticolo, qui anche nord geografico."


@given(x=st.floats(-100, 400), y=st.floats(-100, 400))
def test_that_paper_and_ground_lead_back_to_each_other(x, y):
    frame = frame_round(LA_SPEZIA, CRS(7791), A3)
    point = np.array([[x, y]])
    assert frame.to_mm(frame.to_metres(point)) == pytest.approx(point, abs=1e-6)


def test_that_paper_for_the_wall_is_drawn_smaller_and_printed_at_its_scale():
    sheet = paper("A0")
    frame = frame_round((0.0, 0.0, 10_000.0, 10_000.0), CRS("EPSG:7791"), sheet)
    hand = frame.in_hand(sheet.enlargement)
    assert hand.bounds == pytest.approx(frame.bounds)
    assert hand.denominator == frame.denominator
    # A letter of 7 pt in the hand is one of 7 × 180 / 106 = 11.9 pt on the wall.
    assert frame.width_mm / hand.width_mm == pytest.approx(180 / 106)
    # A kilometre: its millimetres in the hand, enlarged, are those of the scale.
    assert 1000 / hand.metres_a_mm * sheet.enlargement == pytest.approx(1000 / frame.metres_a_mm)
    assert paper("A3").enlargement == 1.0
