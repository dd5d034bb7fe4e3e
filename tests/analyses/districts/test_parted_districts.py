"""A part of a district that becomes one of its own: D1 of 10,000 m² with homes and shops, D2 of as much with shops."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import shapely
from geopandas import GeoDataFrame
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from analyses.districts.case import Layers, case_of
from analyses.districts.causes import Grounds
from analyses.districts.checks import problems
from analyses.districts.comparison import pareto_of
from analyses.districts.live import LiveScenario
from analyses.districts.moved import compared, words_of
from analyses.districts.params import DistrictParams
from analyses.districts.scenarios import GEOMETRY, AddedService, Edit, PartedDistrict, Scenario
from analyses.progress import silent
from analyses.transformation_districts import transformation_districts

DISTRICTS = GeoDataFrame(
    {
        "code": ["D1", "D2"], "name": ["Uno", "Due"], "ut_m2_m2": [0.5, 0.4], "se_pct": [40.0, 40.0],
        "ve_pct": [20.0, 20.0], "ac_pct": [30.0, 30.0], "sp_pct": [40.0, 40.0], "max_height_m": [10.0, 10.0],
        "residential_pct": [60.0, 0.0], "commercial_pct": [40.0, 100.0], "industrial_pct": [0.0, 0.0],
        "ers_pct": [0.0, 0.0], "floor_area_existing_m2": [800.0, 0.0],
    },
    geometry=[box(0, 0, 100, 100), box(200, 0, 300, 100)], crs="EPSG:7791",
)  # fmt: skip
BOUNDARY = GeoDataFrame({"name": ["Borgo"]}, geometry=[box(0, 0, 1000, 1000)], crs="EPSG:7791")
LAYERS = Layers(Grounds(None, None, None, None, None, None, None))


def parted(at: float, *edits: Edit, services=()) -> Scenario:
    """Return a scenario that leaves D1 the ground up to ``at`` m from the west and makes a district of the rest."""
    rest = PartedDistrict("D1b", "D1", box(at, 0, 100, 100), "Uno, parte b", edits)
    return Scenario("diviso", "Diviso", (Edit("D1", GEOMETRY, box(0, 0, at, 100)),), services, parted=(rest,))


def rows(result, table, **wanted):
    found = result.table(table).frame
    for name, value in wanted.items():
        found = found[found[name] == value]
    return found


def run(*scenarios):
    return transformation_districts(boundary=BOUNDARY, districts=DISTRICTS, scenarios=scenarios)


def test_that_a_part_is_a_row_of_its_scenario_alone_with_the_values_of_where_it_comes_from():
    found = rows(run(parted(70.0)), "by_district", scenario="diviso").set_index("code")
    assert found.index.tolist() == ["D1", "D2", "D1b"]
    # 3,000 m² × 0,5 = 1,500 m² of floor; 60 % of it / 25 m² = 36 people.
    assert found.loc["D1b", ["st_m2", "floor_area_m2", "people"]].tolist() == pytest.approx([3000.0, 1500.0, 36.0])
    assert found.loc["D1", ["st_m2", "floor_area_m2", "people"]].tolist() == pytest.approx([7000.0, 3500.0, 84.0])
    assert rows(run(parted(70.0)), "by_district", scenario="base")["code"].tolist() == ["D1", "D2"]


@settings(deadline=None, max_examples=15)
@given(st.floats(5.0, 95.0))
def test_that_parts_with_the_values_of_the_whole_add_up_to_it(at):
    sums = run(parted(at)).table("scenarios").frame.set_index("scenario")
    for name in ("floor_area_new_m2", "people_new", "homes_new", "public_balance_m2"):
        if name in sums:
            assert sums.loc["diviso", name] == pytest.approx(sums.loc["base", name], rel=1e-9), name


def test_that_a_new_district_with_its_values_is_one_thing_that_moves_figures_and_the_rows_add_up():
    # Alone, D1 at 7,000 m² loses 36 people; the part alone has 3,000 × 1,0 × 60 % / 25 = 72: together 120 − 36 + 72.
    scenario = parted(70.0, Edit("D1b", "ut_m2_m2", 1.0))
    people = rows(run(scenario), "effects", indicator="people").set_index("edit")["effect"]
    assert people.to_dict() == pytest.approx({"D1: geometry": -36.0, "D1b: part_of D1": 72.0})
    case = case_of(DISTRICTS, (scenario,), LAYERS, DistrictParams(), report=silent)
    figure = next(each for each in compared(case, "base", "diviso") if each.column.id == "people")
    assert (figure.first, figure.second) == pytest.approx((120.0, 156.0))
    assert words_of(scenario.parted[0]).it == "D1b · distretto nuovo, parte di D1: 0,30\u202fha"


def test_that_a_comparison_in_a_new_district_knows_nothing_of_the_plan_in_force():
    case = case_of(DISTRICTS, (parted(70.0),), LAYERS, DistrictParams(), report=silent)
    found = next(each for each in compared(case, "base", "diviso", "D1b") if each.column.id == "people")
    assert math.isnan(found.first)
    assert found.second == pytest.approx(36.0)
    assert found.moved_by == ()


def test_that_in_a_new_district_nobody_beats_it_of_whom_nothing_is_known_there():
    case = case_of(DISTRICTS, (parted(70.0),), LAYERS, DistrictParams(), report=silent)
    found = pareto_of(case, "D1b").set_index("scenario")
    assert found.loc["base"].isna()["homes_new"]
    assert found["dominated"].tolist() == ["no", "no"]


def test_that_a_parted_district_is_weighed_with_its_parts():
    found = rows(run(parted(70.0)), "pareto", code="D1").set_index("scenario")
    assert found.loc["diviso", "homes_new"] == pytest.approx(found.loc["base", "homes_new"])
    assert found["dominated"].tolist() == ["no", "no"]


def test_that_a_service_in_a_new_district_counts_there_and_needs_it():
    park = AddedService("D1b", "verde", 700.0, "Parco")
    scenario = parted(70.0, services=(park,))
    found = rows(run(scenario), "by_district", scenario="diviso").set_index("code")
    # D1b: 9 of 18 parts of Ac 900 are green, 450; with the park 1,150.
    assert found.loc["D1b", "verde_planned_m2"] == pytest.approx(1150.0)
    assert scenario.only([park]).parts == ()


def test_that_a_range_of_a_new_district_gives_an_interval():
    found = rows(run(parted(70.0, Edit("D1b", "ut_m2_m2", 0.5, 1.0))), "ranges", code="D1b", column="people")
    assert found[["low", "high"]].to_numpy().tolist() == [pytest.approx([36.0, 72.0])]


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (PartedDistrict("D2", "D1", box(50, 0, 100, 100)), "scenario-district-there"),
        (PartedDistrict("D9", "D8", box(50, 0, 100, 100)), "scenario-district-gone"),
        (PartedDistrict("D1b", "D1", box(40, 0, 100, 100)), "district-overlap"),
        (PartedDistrict("D1b", "D1", box(5000, 0, 5100, 100)), "district-outside"),
    ],
)
def test_that_a_part_that_can_t_be_is_refused(part, code):
    scenario = replace(parted(50.0), parted=(part,))
    said = problems({"districts": DISTRICTS, "boundary": BOUNDARY, "scenarios": (scenario,)}, DistrictParams())
    assert code in {each.code for each in said}


def test_that_what_stands_already_stays_with_the_district_and_that_is_told():
    inputs = {"districts": DISTRICTS, "boundary": BOUNDARY, "scenarios": (parted(50.0),)}
    told = {each.code: each for each in problems(inputs, DistrictParams())}["scenario-part-standing"]
    assert told.message.it == "la superficie esistente di D1 (800 m²) resta tutta a D1."
    says = Edit("D1b", "floor_area_existing_m2", 300.0)
    inputs["scenarios"] = (parted(50.0, says),)
    assert "scenario-part-standing" not in {each.code for each in problems(inputs, DistrictParams())}
    plan = case_of(DISTRICTS, (parted(50.0),), LAYERS, DistrictParams(), report=silent).plans["diviso"]
    assert plan.frame["floor_area_existing_m2"].tolist() == [800.0, 0.0, 0.0]


def test_that_the_plan_is_left_as_it_is():
    before = DISTRICTS.copy(deep=True)
    case = case_of(DISTRICTS, (parted(50.0),), LAYERS, DistrictParams(), report=silent)
    assert case.plan.frame["code"].tolist() == ["D1", "D2"]
    assert DISTRICTS.equals(before)


def test_that_a_new_district_is_moved_and_redrawn_while_it_is_looked_at():
    scenario = parted(50.0)
    case = case_of(DISTRICTS, (scenario,), LAYERS, DistrictParams(), report=silent)
    live = LiveScenario(case, LAYERS, box(0, 0, 1000, 1000), DISTRICTS.crs, scenario)
    moved = live.moved("D1b", "ut_m2_m2", 1.0).redrawn("D1b", box(60, 0, 100, 100))
    assert moved.scheda("D1b").figures["floor_area_m2"] == pytest.approx(4000.0)
    before, after = moved.changes("D1b")["floor_area_m2"]
    assert math.isnan(before)
    assert after == pytest.approx(4000.0)
    assert shapely.area(moved.plan.outlines[2]) == pytest.approx(4000.0)
    assert live.scheda("D1b").figures["floor_area_m2"] == pytest.approx(2500.0)
