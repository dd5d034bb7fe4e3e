import geopandas as gpd
import numpy as np
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given, settings
from hypothesis import strategies as st

from analyses.near_water import coast_strips, waterside

GROUND = shapely.box(0, 0, 2000, 100)


def lines(*xs, **columns):
    return gpd.GeoDataFrame(columns, geometry=[shapely.LineString([(x, -9000), (x, 9000)]) for x in xs], crs=7791)


def areas(found):
    return {code: pytest.approx(area) for code, area in zip(found.frame["code"], found.area_m2, strict=True)}


def test_that_ground_is_told_by_its_distance_from_the_coast():
    # The sea ends 100 m west of the ground: 200, 700 and 1,100 m of it lie in the first three strips.
    assert areas(coast_strips(lines(-100), GROUND)) == {
        "c0_300": 20_000.0, "c300_1000": 70_000.0, "c1_10km": 110_000.0, "c_over10": 0.0,
    }  # fmt: skip


def test_that_ground_beyond_ten_kilometres_has_a_strip_too():
    assert areas(coast_strips(lines(-9000), GROUND))["c_over10"] == 100_000.0


def test_that_the_end_of_a_coast_is_rounded_off():
    # Within 300 m of a point there is a disc; its chords are short of it by less than half a thousandth.
    coast = gpd.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (0, 1e-6)])], crs=7791)
    disc = coast_strips(coast, shapely.box(-400, -400, 400, 400)).area_m2[0]
    assert 0.9995 * np.pi * 300**2 < disc < np.pi * 300**2


def test_that_a_coastline_without_lines_leaves_ground_without_a_strip():
    assert areas(coast_strips(lines().iloc[:0].set_crs(7791), GROUND)) == {
        "c0_300": 0.0, "c300_1000": 0.0, "c1_10km": 0.0, "c_over10": 0.0, "": 200_000.0,
    }  # fmt: skip


def test_that_ground_within_150_m_of_rivers_and_lakes_is_told_and_the_sea_is_not_among_them():
    # A river at 500 m: 300 m of ground; a lake at 1,000 m, covered water at 1,900 m: 300 and 250 m; the sea at 0: none.
    water = lines(500, 1000, 1900, 0, kind=["river", "lake", "covered", "sea"])
    assert areas(waterside(water, GROUND)) == {"w150": 85_000.0, "": 115_000.0}


def test_that_water_of_an_unknown_kind_counts():
    assert areas(waterside(lines(500), GROUND))["w150"] == 30_000.0


def test_that_the_ground_of_a_lake_is_near_water():
    lake = gpd.GeoDataFrame({"kind": ["lake"]}, geometry=[shapely.box(800, -50, 1200, 150)], crs=7791)
    assert areas(waterside(lake, GROUND))["w150"] == 70_000.0


@given(st.floats(-2000, 3000), st.floats(0.0, 3.0))
@settings(max_examples=25)
def test_that_strips_add_up_to_the_ground(x, turn):
    coast = gpd.GeoDataFrame(
        geometry=[shapely.LineString([(x, 0), (x + 500 * np.cos(turn), 500 * np.sin(turn))])], crs=7791
    )
    assert coast_strips(coast, GROUND).area_m2.sum() == pytest.approx(200_000.0, rel=1e-9)


def test_that_the_lines_handed_in_are_left_as_they_were():
    water = lines(500, 0, kind=["river", "sea"])
    before = water.copy(deep=True)
    waterside(water, GROUND)
    coast_strips(water, GROUND)
    assert_geodataframe_equal(water, before)
