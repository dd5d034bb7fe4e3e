"""The quadro di unione covers the ground, with as few sheets as its slack allows."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS

from layers.commune_boundaries import boundaries
from layers.union import union_of_parts
from puc_tool.maps import quadro
from puc_tool.maps.frame import Paper, paper

# 235 × 110 mm: a frame of 235 − 25 − 10 − 4,5 − 85,1 − 10,4 = 100 mm by 110 − 20 − 10,4 = 79,6 mm
SMALL = Paper(235.0, 110.0, 85.1)


def test_that_a_ground_of_two_frames_less_their_overlap_takes_two_sheets_from_the_west():
    # 1:10.000, frame 1.000 × 796 m, overlap 100 m: 1.900 m of ground are ⌈(1900 − 100) / 900⌉ = 2 sheets
    found = quadro.tiles(shapely.box(0, 0, 1900, 700), SMALL, 10_000)
    assert [tile.bounds[0] for tile in found] == [0, 900]
    assert all(tile.bounds[2] - tile.bounds[0] == pytest.approx(1000) for tile in found)


def test_that_one_metre_more_takes_a_third_sheet():
    assert len(quadro.tiles(shapely.box(0, 0, 1901, 700), SMALL, 10_000)) == 3


def test_that_sheets_without_ground_are_left_out_and_the_rest_numbered_by_row():
    # An L of two strips: the upper right rectangle holds none of it.
    ground = shapely.union(shapely.box(0, 0, 1800, 300), shapely.box(0, 0, 300, 1300))
    found = quadro.tiles(ground, SMALL, 10_000)
    assert len(found) == 3
    tops, lefts = [tile.bounds[3] for tile in found], [tile.bounds[0] for tile in found]
    assert tops[0] > tops[1] == tops[2]
    assert lefts[1] < lefts[2]


def test_that_what_fits_the_frame_needs_no_grid():
    assert quadro.fits(shapely.box(0, 0, 1000, 790), SMALL, 10_000)
    assert not quadro.fits(shapely.box(0, 0, 1001, 790), SMALL, 10_000)


@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 4000), st.integers(10, 900)), min_size=1, max_size=4))
def test_that_the_sheets_hold_every_bit_of_any_ground(places):
    ground = shapely.union_all([shapely.box(x, y, x + side, y + side) for x, y, side in places])
    found = quadro.tiles(ground, SMALL, 10_000)
    left = shapely.difference(ground, shapely.union_all([tile.buffer(1.0, join_style="mitre") for tile in found]))
    assert left.area == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("name", "scale", "sheets"),
    [("A0", 5_000, 7), ("A0", 10_000, 3), ("A1", 10_000, 4), ("A2", 10_000, 8), ("A2", 25_000, 1), ("A3", 25_000, 4)],
)
def test_that_la_spezia_takes_the_sheets_counted_by_hand(name, scale, sheets):
    # commune 10.269 × 9.688 m, frames and counts of the design table
    commune, _ = boundaries(["011015"], CRS(7791))
    outline = union_of_parts(commune.geometry.to_numpy())
    assert len(quadro.tiles(outline, paper(name), scale)) == sheets
