import pytest
from pyproj import CRS

from puc_tool.working.measuring import line, polygon

CITY = CRS.from_epsg(7791)


def test_that_a_length_is_planar_and_on_the_ellipsoid():
    # 3-4-5: 300 m east, 400 m north. At 567 km east the scale of UTM 32N is 0.9996 (1 + 67,000² / (2 · 6,371,000²)).
    found = line([(567_000, 4_884_000), (567_300, 4_884_400)], CITY)
    assert found.length_m == 500.0
    assert found.ellipsoidal_length_m == pytest.approx(
        500.0 / (0.9996 * (1 + 67_150**2 / (2 * 6_371_000**2))), abs=1e-3
    )


def test_that_an_area_is_planar_and_on_the_ellipsoid():
    square = [(567_000, 4_884_000), (568_000, 4_884_000), (568_000, 4_885_000), (567_000, 4_885_000)]
    found = polygon(square, CITY)
    assert (found.length_m, found.area_m2) == (4000.0, 1e6)
    scale = 0.9996 * (1 + 67_500**2 / (2 * 6_371_000**2))
    assert found.ellipsoidal_area_m2 == pytest.approx(1e6 / scale**2, rel=1e-6)


def test_that_the_way_round_changes_nothing():
    corners = [(567_000, 4_884_000), (568_000, 4_884_000), (567_500, 4_885_000)]
    assert polygon(corners, CITY).area_m2 == polygon(corners[::-1], CITY).area_m2 == 5e5
    assert polygon(corners[::-1], CITY).ellipsoidal_area_m2 == pytest.approx(polygon(corners, CITY).ellipsoidal_area_m2)


def test_that_an_outline_that_crosses_itself_has_no_area():
    found = polygon([(0, 0), (100, 100), (100, 0), (0, 100)], CRS.from_epsg(3035))
    assert found.crosses_itself
    assert found.area_m2 == found.ellipsoidal_area_m2 == 0.0


@pytest.mark.parametrize("points", [[], [(567_000, 4_884_000)]])
def test_that_fewer_than_two_points_measure_nothing(points):
    assert line(points, CITY).length_m == polygon(points, CITY).ellipsoidal_length_m == 0.0
