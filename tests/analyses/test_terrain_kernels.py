"""Terrain, distance and sun, each against an independent way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from analyses.kernels.distance import distance_to
from analyses.kernels.neighbourhood import sum_within
from analyses.kernels.sunshine import AZIMUTHS, Sun, yearly_irradiation
from analyses.kernels.terrain import slope_and_aspect
from analyses.sun import MEAN_DAYS, yearly_sun

CELL_M = 5.0
LA_SPEZIA = (9.82, 44.11)


def plane(east_pct, north_pct, side=9):
    """Return a plane that rises so much towards east and north; rows run south."""
    steps = np.arange(side) * CELL_M / 100.0
    return (100.0 + np.add.outer(-north_pct * steps, east_pct * steps)).astype(np.float32)


def hills(side=40, seed=3):
    rough = np.random.default_rng(seed).normal(size=(side, side))
    return (ndimage.gaussian_filter(rough, 3) * 200.0).astype(np.float32)


@pytest.mark.parametrize(
    ("rise", "slope_pct", "faces_deg"),
    [
        ((10, 0), 10.0, 270.0),
        ((-10, 0), 10.0, 90.0),
        ((0, 10), 10.0, 180.0),
        ((0, -10), 10.0, 0.0),
        ((3, 4), 5.0, 216.87),
    ],
)
def test_that_a_plane_has_its_slope_and_faces_down_it(rise, slope_pct, faces_deg):
    slope, aspect = slope_and_aspect(plane(*rise), CELL_M)
    assert slope[1:-1, 1:-1] == pytest.approx(slope_pct, abs=1e-3)
    assert aspect[1:-1, 1:-1] == pytest.approx(faces_deg, abs=1e-2)


def test_that_slope_is_that_of_a_plain_convolution():
    heights = hills()
    east = ndimage.correlate(heights.astype(float), np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]) / (8 * CELL_M))
    north = ndimage.correlate(heights.astype(float), np.array([[1, 2, 1], [0, 0, 0], [-1, -2, -1]]) / (8 * CELL_M))
    slope, _ = slope_and_aspect(heights, CELL_M)
    assert slope[1:-1, 1:-1] == pytest.approx(100 * np.hypot(east, north)[1:-1, 1:-1], rel=1e-5)


def test_that_level_ground_faces_nowhere_and_holes_and_rim_have_no_slope():
    heights = np.zeros((5, 7), np.float32)
    heights[2, 2] = np.nan
    slope, aspect = slope_and_aspect(heights, CELL_M)
    assert np.isnan(aspect).all()
    assert np.argwhere(~np.isnan(slope)).tolist() == [[1, 4], [1, 5], [2, 4], [2, 5], [3, 4], [3, 5]]


@given(st.integers(1, 30), st.integers(1, 30), st.integers(0, 99), st.sampled_from([0.01, 0.2, 0.9]))
@settings(max_examples=60, deadline=None)
def test_that_distances_are_those_of_scipy(height, width, seed, share):
    target = np.random.default_rng(seed).random((height, width)) < share
    target[seed % height, seed % width] = True
    assert distance_to(target, CELL_M) == pytest.approx(CELL_M * ndimage.distance_transform_edt(~target), rel=1e-6)


def test_that_without_any_target_there_is_no_distance():
    assert np.isnan(distance_to(np.zeros((3, 4), bool), CELL_M)).all()


def test_that_the_people_of_a_circle_are_those_of_every_cell_within_reach():
    people = np.random.default_rng(5).random((23, 31))
    cells = np.array([[0, 0], [11, 15], [22, 30], [3, 28]])
    rows, cols = np.indices(people.shape)
    for reach in (0.0, 1.0, 4.3, 100.0):
        by_hand = [people[np.hypot(rows - row, cols - col) <= reach].sum() for row, col in cells]
        assert sum_within(people, cells, reach) == pytest.approx(by_hand)


def brute_sun(heights, row, col, sun, reach_m, albedo):
    """Return what one cell gets by looking at every step of the declared ladder, in plain Python."""
    from analyses.kernels.sunshine import STEP_GROWTH

    h = heights.astype(float)
    horizon = []
    lengths = sorted({round(STEP_GROWTH**k) for k in range(200) if STEP_GROWTH**k <= reach_m / CELL_M * STEP_GROWTH})
    for way in range(AZIMUTHS):
        angle, best = np.radians(way * 360 / AZIMUTHS), 0.0
        for length in lengths:
            down, across = round(-np.cos(angle) * length), round(np.sin(angle) * length)
            if 0 <= row + down < h.shape[0] and 0 <= col + across < h.shape[1]:
                rise = h[row + down, col + across] - h[row, col]
                best = max(best, rise / (CELL_M * np.hypot(down, across)))
        horizon.append(best)
    block = h[row - 1 : row + 2, col - 1 : col + 2]
    kernel = np.array([1, 2, 1]) / (8 * CELL_M)
    east, north = kernel @ (block[:, 2] - block[:, 0]), (block[0] - block[2]) @ kernel
    up = 1 / np.sqrt(1 + east**2 + north**2)
    total = 0.0
    for (x, y, z), beam in zip(sun.towards, sun.beam, strict=True):
        line = np.interp(
            np.degrees(np.arctan2(x, y)) % 360 * AZIMUTHS / 360, range(AZIMUTHS + 1), [*horizon, horizon[0]]
        )
        if z / np.hypot(x, y) > line:
            total += beam * max(0.0, up * (z - east * x - north * y))
    sky = np.mean(1 / (1 + np.array(horizon) ** 2))
    return total + sun.diffuse * sky * (1 + up) / 2 + albedo * sun.whole * (1 - up) / 2


@pytest.fixture(scope="module")
def sun():
    return yearly_sun(*LA_SPEZIA, 1.0)


def given_to(heights, cells, sun, threads=None):
    return yearly_irradiation(heights, CELL_M, np.array(cells), sun, reach_m=150.0, albedo=0.2, threads=threads)


def test_that_level_open_ground_gets_all_of_the_sun(sun):
    assert given_to(plane(0, 0), [[4, 4]], sun) == pytest.approx(sun.whole, rel=1e-6)


def test_that_shade_slope_and_sky_are_those_of_a_plain_loop(sun):
    heights, cells = hills(), [[5, 5], [20, 20], [33, 8], [12, 30]]
    expected = [brute_sun(heights, *cell, sun, 150.0, 0.2) for cell in cells]
    assert given_to(heights, cells, sun) == pytest.approx(expected, rel=1e-5)


def test_that_a_slope_towards_the_south_gets_more_than_one_towards_the_north(sun):
    south, level, north = (given_to(plane(0, rise), [[4, 4]], sun)[0] for rise in (20, 0, -20))
    assert south > level > north


def test_that_a_wall_in_the_south_takes_sun_away_and_one_in_the_north_hardly(sun):
    south, north = plane(0, 0, 21), plane(0, 0, 21)
    south[14], north[6] = 130.0, 130.0
    assert given_to(south, [[10, 10]], sun)[0] < 0.8 * given_to(north, [[10, 10]], sun)[0]


def test_that_rim_and_holes_get_no_number(sun):
    heights = plane(0, 0)
    heights[4, 4] = np.nan
    assert np.isnan(given_to(heights, [[0, 3], [4, 4], [4, 5], [8, 8]], sun)).all()


def test_that_a_clear_year_over_la_spezia_is_of_the_known_size(sun):
    # pvlib's other clear sky (Haurwitz) gives about 2,000 kWh/m² there; the two differ by less than a tenth.
    assert 1800.0 < sun.whole < 2200.0
    assert yearly_sun(*LA_SPEZIA, 0.5).whole == pytest.approx(sun.whole / 2)
    assert np.linalg.norm(sun.towards, axis=1) == pytest.approx(1.0)
    assert len(MEAN_DAYS) == 12


def test_that_no_bit_depends_on_the_number_of_threads(sun):
    heights = hills()
    cells = np.argwhere(np.ones(heights.shape, bool))
    target = heights > np.quantile(heights, 0.97)
    ways = [
        lambda n: slope_and_aspect(heights, CELL_M, threads=n)[0],
        lambda n: distance_to(target, CELL_M, threads=n),
        lambda n: given_to(heights, cells, sun, threads=n),
        lambda n: sum_within(np.abs(heights).astype(float), cells, 3.0, threads=n),
    ]
    for way in ways:
        assert way(1).tobytes() == way(2).tobytes() == way(3).tobytes()


def test_that_a_sun_below_the_line_of_a_ridge_gives_no_beam():
    # A ridge 10 m high, 20 m to the south: its line rises by one half; one sun stands below it, one above.
    heights = plane(0, 0, 21)
    heights[14] += 10.0
    suns = [np.array([[0.0, -np.cos(a), np.sin(a)]]) for a in np.radians((20.0, 30.0))]
    given_kwh = [given_to(heights, [[10, 10]], Sun(each, np.array([1.0]), 0.0, 0.0))[0] for each in suns]
    assert given_kwh == pytest.approx([0.0, 0.5])
