"""Two scenarios side by side, with the edits that moved each figure: districts of 10,000 m², D1 homes, D2 shops."""

from __future__ import annotations

import math

import pytest
from geopandas import GeoDataFrame
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from analyses.districts.case import Layers, case_of
from analyses.districts.causes import Grounds
from analyses.districts.moved import compared, words_of
from analyses.districts.params import DistrictParams
from analyses.districts.scenarios import AddedService, Edit, Scenario
from analyses.progress import silent

DISTRICTS = GeoDataFrame(
    {
        "code": ["D1", "D2"], "name": ["Uno", "Due"], "ut_m2_m2": [0.5, 0.4], "se_pct": [40.0, 40.0],
        "ve_pct": [20.0, 20.0], "ac_pct": [30.0, 30.0], "sp_pct": [40.0, 40.0], "max_height_m": [10.0, 10.0],
        "residential_pct": [60.0, 0.0], "commercial_pct": [40.0, 100.0], "industrial_pct": [0.0, 0.0],
        "ers_pct": [0.0, 0.0],
    },
    geometry=[box(0, 0, 100, 100), box(200, 0, 300, 100)], crs="EPSG:7791",
)  # fmt: skip
DENSER = Scenario("denso", "Più denso", (Edit("D1", "ut_m2_m2", 0.8), Edit("D1", "residential_pct", 50.0)))
LOWER = Scenario("basso", "", (Edit("D1", "ut_m2_m2", 0.25),))
PARK = Scenario("parco", "", (Edit("D1", "ut_m2_m2", 0.8),), (AddedService("D2", "verde", 700.0, "Parco"),))


def case(*scenarios):
    layers = Layers(Grounds(None, None, None, None, None, None, None))
    return case_of(DISTRICTS, scenarios, layers, DistrictParams(), report=silent)


def figure(found, column):
    return next(each for each in found if each.column.id == column)


def moved(each):
    return {(by.scenario, by.label.it): by.effect for by in each.moved_by}


def test_that_a_figure_says_which_edits_moved_it_from_one_scenario_to_another():
    # People of D1: denser 8,000 × 50 % / 25 = 160, lower 2,500 × 60 % / 25 = 60, the plan 5,000 × 60 % / 25 = 120.
    people = figure(compared(case(DENSER, LOWER), "denso", "basso"), "people")
    assert (people.first, people.second, people.change) == pytest.approx((160.0, 60.0, -100.0))
    # Lower: 60 − 120. Taken off: the denser index, 192 − 120; its share, 100 − 120; both together, 160 − 120 − 72 + 20.
    assert moved(people) == pytest.approx(
        {
            ("basso", "D1 · Indice territoriale Ut: 0,25 m²/m²"): -60.0,
            ("denso", "D1 · Indice territoriale Ut: 0,8 m²/m²"): -72.0,
            ("denso", "D1 · Quota residenziale: 50 %"): 20.0,
            ("denso", "interazione fra le modifiche"): 12.0,
        }
    )


def test_that_an_edit_both_scenarios_make_moves_nothing():
    people = figure(compared(case(DENSER, PARK), "denso", "parco"), "people")
    assert not [by for by in people.moved_by if "Indice" in by.label.it]
    # 192 − 160, of which the share 20 and the interaction 12.
    assert sum(by.effect for by in people.moved_by) == pytest.approx(32.0)


def test_that_a_scenario_beside_itself_is_moved_by_nothing():
    found = compared(case(DENSER), "denso", "denso")
    assert all(each.change == 0.0 for each in found if not math.isnan(each.first))
    assert not [each for each in found if each.moved_by]


def test_that_a_district_has_its_whole_sheet_and_the_other_districts_stay_out():
    found = compared(case(PARK), "base", "parco", "D2")
    assert figure(found, "verde_planned_m2").change == pytest.approx(700.0)
    assert moved(figure(found, "verde_planned_m2")) == {("parco", "D2 · + verde Parco: 700 m²"): pytest.approx(700.0)}
    # The index of D1 alone is moved.
    assert figure(found, "floor_area_m2").change == 0.0
    assert len(found) > len(compared(case(PARK), "base", "parco"))


def test_that_better_and_worse_are_told_only_where_they_are_defined():
    found = compared(case(DENSER), "base", "denso")
    assert figure(found, "homes_new").is_better is True
    assert figure(found, "public_balance_m2").is_better is False
    assert figure(found, "floor_area_m2").is_better is None


def test_that_an_unknown_scenario_is_no_scenario():
    with pytest.raises(KeyError):
        compared(case(DENSER), "base", "altro")


def test_that_edits_are_worded_in_both_languages():
    ranged = words_of(Edit("IP", "ut_m2_m2", 0.2, 0.3))
    assert (ranged.it, ranged.en) == (
        "IP · Indice territoriale Ut: 0,2–0,3 m²/m²", "IP · Territorial index Ut: 0.2–0.3 m²/m²"
    )  # fmt: skip
    assert words_of(Edit("IP", "geometry", box(0, 0, 1, 1))).en == "IP · outline redrawn"
    assert words_of(Edit("IP", "state", "attuato")).it == "IP · Stato: attuato"


SHARES = st.floats(0.0, 30.0)
EDITS = st.lists(
    st.one_of(
        st.builds(lambda value: Edit("D1", "ut_m2_m2", value), st.floats(0.0, 2.0)),
        st.builds(lambda name, value: Edit("D1", name, value), st.sampled_from(["se_pct", "ve_pct", "ac_pct"]), SHARES),
        st.builds(lambda value: Edit("D2", "commercial_pct", value), st.floats(0.0, 100.0)),
    ),
    max_size=3,
    unique_by=lambda edit: (edit.district, edit.field),
)


@settings(max_examples=25, deadline=None)
@given(EDITS, EDITS, st.sampled_from(["", "D1", "D2"]))
def test_that_what_moved_a_figure_adds_up_to_its_change(one, other, code):
    found = compared(case(Scenario("a", "", tuple(one)), Scenario("b", "", tuple(other))), "a", "b", code)
    for each in found:
        if not math.isnan(each.change):
            size = max(1.0, abs(each.first), abs(each.second))
            told = sum(by.effect for by in each.moved_by)
            # Green per person is not known in a plan without people: then nothing is told of what moved it.
            assert told == pytest.approx(each.change, abs=1e-8 * size) or not each.moved_by, each.column.id
