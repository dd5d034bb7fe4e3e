"""Streets as a Manhattan grid, 80 m (a minute) apart: what is reached is known by formula.

Within k minutes of a crossing lie the 2k(k + 1) + 1 crossings of a diamond, and the street pieces between them close
2k(k − 1) blocks. The grid has 41 × 41 crossings, a resident at each; the chemist stands in the middle.
"""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from geopandas import GeoDataFrame

from analyses.analysis import Edition
from analyses.service_coverage import service_coverage
from analyses.services.catchments import CLOSE
from analyses.services.params import CoverageParams, Threshold
from analyses.services.trial import trial_of

MINUTE_M, SIDE, MIDDLE, BAND_M = 80.0, 41, 20, 20.0
CAPACITY = 100.0


def layer(geometry, **columns):
    return GeoDataFrame(columns, geometry=list(geometry), crs="EPSG:7791")


def crossing(column, row):
    return shapely.Point(column * MINUTE_M, row * MINUTE_M)


def town(services=((MIDDLE, MIDDLE),)):
    far = (SIDE - 1) * MINUTE_M
    places = np.arange(SIDE) * MINUTE_M
    streets = [*([(0, at), (far, at)] for at in places), *([(at, 0), (at, far)] for at in places)]
    corners = [crossing(column, row) for column in range(SIDE) for row in range(SIDE)]
    return {
        "boundary": layer([shapely.box(-99, -99, far + 99, far + 99)], name=["B"], code=["1"]),
        "streets": layer(map(shapely.LineString, streets)),
        "census": (Edition(2021, layer(corners, population=np.ones(len(corners)))),),
        "services": layer([crossing(*at) for at in services], kind=["farmacia"] * len(services), capacity=CAPACITY),
    }


def within(minutes):
    return CoverageParams(threshold=(Threshold("farmacia", minutes),), catchment_band_m=BAND_M)


def diamond(k):
    return 2 * k * (k + 1) + 1


@pytest.mark.parametrize("k", [1, 2, 5, 10, 20])
def test_that_within_k_minutes_live_those_of_the_diamond(k):
    result = service_coverage(**town(), params=within(float(k)))
    (found,) = result.table("by_kind").frame.to_dict("records")
    assert found["covered_people"] == diamond(k)
    assert found["covered_pct"] == pytest.approx(100.0 * diamond(k) / SIDE**2)
    assert result.table("by_service").frame["people_in_reach"].tolist() == [diamond(k)]
    assert result.table("by_service").frame["load_pct"].tolist() == [diamond(k) / CAPACITY * 100.0]


def test_that_the_times_are_the_rings_of_the_diamond():
    # 61 within 5 minutes, then 221 - 61, 481 - 221, 841 - 481; from 20 minutes on the grid's edges cut the rings.
    times = service_coverage(**town()).table("times").frame.set_index("minutes")["people"]
    assert times.iloc[:4].tolist() == [61.0, 160.0, 260.0, 360.0]
    assert times.sum() == SIDE**2


def test_that_two_services_far_apart_reach_twice_as_many_and_near_ones_share_the_overlap():
    # Ten crossings apart in one row, within 6: what is within 6 of both lies in the columns 4 to 6 between them.
    # Column 4: |dy| <= min(2, 0) = 0, 1; column 5: |dy| <= 1, 3; column 6: 1. So 5 people are in reach of both.
    apart, near = ((10, 10), (30, 30)), ((15, 20), (25, 20))
    covered = [
        service_coverage(**town(places), params=within(6.0)).table("by_kind").frame["covered_people"].item()
        for places in (apart, near)
    ]
    assert covered == [2 * diamond(6), 2 * diamond(6) - 5]


@pytest.mark.parametrize("k", [2, 5])
def test_that_who_is_in_reach_has_an_equal_share_of_the_capacity(k):
    # 100 places for the 2k(k + 1) + 1 in reach, nothing for the others; the mean is 100 / 1,681, so all of these lack.
    found = trial_of(
        {**dict.fromkeys(("elevation", "neighbourhoods", "buildings", "green")), **town()}, within(float(k))
    ).measured
    (shares,) = found.shares
    assert sorted(set(np.round(shares.near, 12))) == [0.0, round(CAPACITY / diamond(k), 12)]
    assert (shares.near * found.inside).sum() == pytest.approx(CAPACITY)
    assert (shares.by_zone * found.inside).sum() == pytest.approx(CAPACITY)


@pytest.mark.parametrize("k", [2, 3, 6])
def test_that_the_catchment_closes_the_blocks_of_the_diamond_and_leaves_their_middles_out(k):
    # Walking the band of 20 m takes a quarter of a minute. Each closed block leaves a hole of 80 − 2 · 20 / 1.01 m.
    result = service_coverage(**town(), params=within(k + BAND_M / MINUTE_M))
    (ground,) = result.layers["catchments"].geometry
    (part,) = ground.geoms
    holes = [shapely.Polygon(ring).area for ring in part.interiors]
    assert len(holes) == 2 * k * (k - 1)
    assert holes == pytest.approx([(MINUTE_M - 2.0 * BAND_M / CLOSE) ** 2] * len(holes))
    half = k * MINUTE_M
    middle = MIDDLE * MINUTE_M
    assert ground.bounds == pytest.approx((middle - half - BAND_M, middle - half - BAND_M,
                                           middle + half + BAND_M, middle + half + BAND_M), abs=0.3)  # fmt: skip
    homes = result.layers["homes"]
    assert homes["people"][shapely.intersects(ground, homes.geometry.to_numpy())].sum() == diamond(k)
