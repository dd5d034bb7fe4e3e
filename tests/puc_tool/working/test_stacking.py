"""Which layer lies above which before and after somebody has put one somewhere."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from puc_tool.working import view
from puc_tool.working.stacking import stacked

AREAS, LINES, POINTS = ("zoning", None), ("roads", None), ("services", 2021)
HEIGHTS = {AREAS: 1, LINES: 2, POINTS: 3}


def test_that_points_lie_above_lines_and_lines_above_areas():
    assert stacked(HEIGHTS, None) == [POINTS, LINES, AREAS]


def test_that_layers_of_one_height_keep_the_order_they_came_in():
    other = ("zoning", 2003)
    assert stacked({AREAS: 1, other: 1}, None) == [AREAS, other]
    assert stacked({other: 1, AREAS: 1}, None) == [other, AREAS]


def test_that_what_somebody_put_somewhere_stays_there():
    assert stacked(HEIGHTS, view.listed([AREAS, POINTS, LINES])) == [AREAS, POINTS, LINES]


def test_that_a_layer_nobody_placed_comes_above_the_first_that_is_drawn_lower():
    assert stacked(HEIGHTS, view.listed([POINTS, AREAS])) == [POINTS, LINES, AREAS]


def test_that_an_order_of_layers_that_have_gone_is_passed_over():
    assert stacked({AREAS: 1}, ("lakes", "zoning", "roads@1999")) == [AREAS]


@given(
    heights=st.dictionaries(
        st.tuples(st.sampled_from("abcdef"), st.none() | st.integers(2000, 2004)), st.integers(0, 3)
    ),
    said=st.lists(st.sampled_from([*"abcdef", "a@2000", "b@2004"]), unique=True),
)
def test_that_no_layer_is_lost_or_doubled(heights, said):
    assert sorted(map(str, stacked(heights, tuple(said)))) == sorted(map(str, heights))
