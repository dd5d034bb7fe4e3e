import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses.soil.params import SoilParams
from analyses.soil.path import path_rows
from analyses.soil_consumption import soil_consumption


def test_that_the_budget_falls_in_a_straight_line_to_nothing_in_the_target_year():
    # 12,000 m² from 2012 to 2018: 2,000 a year; from there eight years to nothing, 250 m² less each.
    frame = path_rows(12_000.0, (2012, 2018), 2026, None)
    assert frame["year"].tolist() == [str(year) for year in range(2013, 2027)]
    assert frame["budget_m2"].tolist() == pytest.approx(
        [2000.0] * 6 + [1750.0, 1500.0, 1250.0, 1000.0, 750.0, 500.0, 250.0, 0.0]
    )
    assert frame["used_m2"].tolist() == pytest.approx([2000.0] * 6 + [np.nan] * 8, nan_ok=True)


def test_that_an_earlier_start_shows_what_was_overdrawn():
    # From 2012 the 2,000 m² a year had to fall by 200 m² a year.
    frame = path_rows(12_000.0, (2012, 2018), 2022, 2012)
    assert frame["budget_m2"].tolist() == pytest.approx([1800.0 - 200.0 * k for k in range(10)])
    assert (frame["used_m2"] - frame["budget_m2"])[:6].sum() == pytest.approx(12_000.0 - 7800.0)


def test_that_soil_given_back_leaves_no_budget():
    frame = path_rows(-500.0, (2018, 2023), 2050, None)
    assert set(frame["budget_m2"]) == {0.0}
    assert frame["used_m2"][:5].tolist() == pytest.approx([-100.0] * 5)


def test_that_data_after_the_target_year_have_no_budget():
    frame = path_rows(1000.0, (2050, 2060), 2050, None)
    assert frame["budget_m2"].tolist() == [0.0] * 10
    assert frame["used_m2"].tolist() == pytest.approx([100.0] * 10)


@given(st.floats(-1e7, 1e7), st.integers(2000, 2020), st.integers(1, 20), st.none() | st.integers(1990, 2045))
def test_that_the_budget_never_rises_and_what_was_used_is_the_net(net_m2, first, years, start):
    frame = path_rows(net_m2, (first, first + years), 2050, start)
    assert (np.diff(frame["budget_m2"]) <= 1e-6).all()
    assert frame["budget_m2"].iloc[-1] == 0.0
    assert np.nansum(frame["used_m2"]) == pytest.approx(net_m2, abs=1e-6)


def test_that_a_study_has_its_path(town):
    frame = soil_consumption(**town).table("path_2050").frame
    # Net 500 m² from 2012 to 2023.
    assert (frame["year"].iloc[0], frame["year"].iloc[-1]) == ("2013", "2050")
    assert frame["used_m2"].sum() == pytest.approx(500.0)


def test_that_the_target_year_is_a_parameter(town):
    frame = soil_consumption(**town, params=SoilParams(net_zero_year=2030)).table("path_2050").frame
    assert (frame["year"].iloc[-1], frame["budget_m2"].iloc[-1]) == ("2030", 0.0)


def test_that_one_date_has_no_path(town):
    params = SoilParams(year_from=2023, year_to=2023)
    assert soil_consumption(**town, params=params).table("path_2050") is None
