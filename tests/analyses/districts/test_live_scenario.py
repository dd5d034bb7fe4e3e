"""A scenario drawn step by step is what a fresh run finds, and nothing that was there changes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from affine import Affine
from geopandas import GeoDataFrame
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS
from shapely import box

from analyses.analysis import Edition
from analyses.districts.case import Layers
from analyses.districts.causes import Grounds
from analyses.districts.live import opened
from analyses.districts.live_bench import opened as bench_of
from analyses.districts.params import DistrictParams, SchedaParams
from analyses.districts.scenarios import AddedService, Scenario
from analyses.transformation_districts import transformation_districts
from layers.grid import Grid
from layers.raster import ArrayRaster

UTM = CRS(7791)
EAST, NORTH = 566_000.0, 4_880_000.0


def plot(left, bottom, right, top):
    return box(EAST + left, NORTH + bottom, EAST + right, NORTH + top)


def layer(geometry, **columns):
    return GeoDataFrame(columns, geometry=geometry, crs=UTM)


def town():
    cells = np.full((100, 100), 2, dtype=np.uint8)
    cells[:, 10:30] = 116
    soil = ArrayRaster(np.ma.asarray(cells), Grid(UTM, Affine(10, 0, EAST, 0, -10, NORTH + 1000), 100, 100))
    return {
        "boundary": layer([plot(0, 0, 1000, 1000)], name=["Borgo"]),
        "districts": layer(
            [plot(0, 0, 200, 100), plot(300, 0, 400, 100)], code=["A", "B"], name=["Uno", "Due"], ut_m2_m2=[0.5, 0.4],
            se_pct=[40.0, 40.0], ve_pct=[20.0, 20.0], ac_pct=[30.0, 30.0], sp_pct=[35.0, 40.0],
            residential_pct=[60.0, 0.0], commercial_pct=[40.0, 100.0], industrial_pct=[0.0, 0.0], ers_pct=[0.0, 0.0],
        ),
        "flood_hazard": layer([plot(0, 0, 50, 1000), plot(0, 900, 1000, 1000)], **{"class": ["P3", "P2"]}),
        "contaminated_sites": layer([plot(40, 0, 100, 1000)], name=["Ex fabbrica"]),
        "soil_consumption": (Edition(2023, soil),),
        "census": (Edition(2021, layer([plot(0, 0, 700, 700)], population=[490.0])),),
    }  # fmt: skip


NEW = Scenario("nuovo")


def live(scenario=NEW):
    known = town()
    grounds = Grounds(known["flood_hazard"], None, known["contaminated_sites"], None, None, None, None)
    layers = Layers(grounds, known["soil_consumption"], known["census"])
    return opened(known["boundary"], known["districts"], layers, SchedaParams(), scenario=scenario)


def fresh(scenario):
    result = transformation_districts(**town(), scenarios=(scenario,), params=DistrictParams())
    sheets = result.table("by_district").frame
    return result, sheets[sheets["scenario"] == scenario.id].reset_index(drop=True)


def assert_equal(drawn):
    _, theirs = fresh(drawn.scenario)
    numbers = [name for name in theirs.select_dtypes("number") if name in drawn.sheet]
    assert len(numbers) > 40
    ours = drawn.sheet[numbers].to_numpy(float)
    assert ours == pytest.approx(theirs[numbers].to_numpy(float), rel=1e-12, abs=1e-9, nan_ok=True)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.sampled_from("AB"), st.sampled_from(["ut_m2_m2", "max_height_m"]), st.floats(0.1, 3.0)),
            st.tuples(st.sampled_from("AB"), st.sampled_from(["sp_pct", "ac_pct"]), st.floats(0.0, 40.0)),
            st.tuples(st.just("A"), st.just("outline"), st.tuples(st.integers(0, 90), st.integers(150, 290))),
        ),
        min_size=1, max_size=5,
    )
)  # fmt: skip
def test_that_any_moves_one_after_the_other_give_what_a_fresh_run_gives(moves):
    drawn = live()
    for district, field, value in moves:
        if field == "outline":
            drawn = drawn.redrawn(district, plot(value[0], 0, value[1], 100))
        else:
            drawn = drawn.moved(district, field, value)
    assert_equal(drawn)


def test_that_an_outline_drawn_where_no_district_was_meets_the_layers_there():
    drawn = live().redrawn("A", plot(0, 850, 200, 950))
    assert_equal(drawn)
    # P3 and P2 and the site: 50 × 100, the upper half of 200 × 100, 60 × 100 less what they share.
    assert drawn.scheda("A").figures["hazard_m2"] == pytest.approx(5_000 + 10_000 - 2_500)


def test_that_the_whole_scheda_shows_its_formulas_with_the_values_moved():
    found = live().moved("A", "ut_m2_m2", 0.8).scheda("A")
    floor = next(each for each in found.shown if each.column == "floor_area_m2")
    assert (floor.formula.it, floor.with_values.it, floor.value) == (
        "Sul = St × Ut", "20.000 × 0,8", pytest.approx(16_000)
    )  # fmt: skip
    assert set(found.causes["cause"]) == {"flood_hazard", "contaminated_sites"}
    result, _ = fresh(live().moved("A", "ut_m2_m2", 0.8).scenario)
    table = result.table("formulas").frame
    theirs = table[(table["scenario"] == "nuovo") & (table["code"] == "A")]
    assert [each.with_values.it for each in found.shown] == theirs["with_values"].tolist()


def test_that_a_move_leaves_what_was_as_it_was():
    before = live()
    kept = before.sheet.copy()
    after = before.moved("A", "ut_m2_m2", 0.8).redrawn("A", plot(0, 0, 150, 100))
    pd.testing.assert_frame_equal(before.sheet, kept)
    assert before.scenario == Scenario("nuovo")
    assert after.changes("B") == {}
    assert after.changes("A")["floor_area_m2"] == pytest.approx((10_000, 12_000))


def test_that_the_last_move_of_a_field_counts():
    drawn = live().moved("A", "ut_m2_m2", 0.8).moved("A", "sp_pct", 10.0).moved("A", "ut_m2_m2", 0.6)
    assert [(each.field, each.value) for each in drawn.scenario.edits] == [("ut_m2_m2", 0.6), ("sp_pct", 10.0)]


def test_that_a_service_added_counts_at_once():
    drawn = replace(live(), scenario=Scenario("nuovo", services=(AddedService("A", "verde", 700.0),)))
    before, after = drawn.changes("A")["verde_planned_m2"]
    assert after - before == pytest.approx(700)
    assert_equal(drawn)


def test_that_faults_are_told_while_drawing():
    wrong = live().moved("A", "se_pct", 80.0).redrawn("B", plot(100, 0, 400, 100))
    assert {problem.code for problem in wrong.problems()} == {"district-areas-over-st", "district-overlap"}
    assert live().problems() == []


def test_that_an_outline_known_already_is_not_measured_again(monkeypatch):
    drawn = live().redrawn("A", plot(0, 0, 150, 100))
    monkeypatch.setattr("analyses.districts.case.ground", lambda *known: pytest.fail("measured again"))
    again = drawn.redrawn("A", plot(0, 0, 200, 100)).redrawn("A", plot(0, 0, 150, 100))
    assert again.scheda("A").figures["st_m2"] == pytest.approx(15_000)
    assert replace(again, scenario=Scenario("nuovo")).changes("A") == {}


def assert_tried_is_run(tried, run):
    """Every figure and cell that is tried is that of a fresh run."""
    assert len(tried.figures) > 3
    for figure in tried.figures:
        assert figure.value == pytest.approx(run.figure(figure.spec.id).value), figure.spec.id
    [table] = tried.tables
    frame = run.table("by_district").frame
    wanted = frame[frame["scenario"] == "base"][table.frame.columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(table.frame.reset_index(drop=True), wanted)


def test_that_parameters_tried_on_a_bench_give_what_a_run_with_them_finds():
    first, other = DistrictParams(), DistrictParams(floor_area_per_person_m2=40.0, storey_height_m=3.5)
    bench = bench_of(town(), first, lambda share, message: None)
    assert_tried_is_run(bench.tried(first, {}, lambda *_: None), transformation_districts(**town(), params=first))
    assert_tried_is_run(bench.tried(other, {}, lambda *_: None), transformation_districts(**town(), params=other))
    # Nothing of the first look has changed by the second.
    assert_tried_is_run(bench.tried(first, {}, lambda *_: None), transformation_districts(**town(), params=first))


def test_that_a_field_of_a_district_is_tried_on_the_plan_in_force():
    params = DistrictParams()
    bench = bench_of(town(), params, lambda share, message: None)
    found = bench.tried(params, {("A", "ut_m2_m2"): 0.25}, lambda *_: None)
    # 20,000 m² × 0,25 and 10,000 m² × 0,4.
    assert found.tables[0].frame["floor_area_m2"].tolist() == pytest.approx([5000.0, 4000.0])


def test_that_what_was_tried_on_a_district_that_has_gone_or_of_no_field_does_nothing():
    params = DistrictParams()
    bench = bench_of(town(), params, lambda share, message: None)
    gone = {("Z", "ut_m2_m2"): 0.9, ("A", "colour"): 3.0}
    found, plain = (bench.tried(params, edits, lambda *_: None).tables[0].frame for edits in (gone, {}))
    pd.testing.assert_frame_equal(found, plain)


def test_that_only_the_district_in_hand_offers_its_fields_as_they_are_tried():
    params = DistrictParams()
    bench = bench_of(town(), params, lambda share, message: None)
    assert not [each for each in bench.handles(params, {}, "") if each.of]
    fields = {each.name: each for each in bench.handles(params, {("A", "ut_m2_m2"): 0.25}, "A") if each.of}
    assert fields["ut_m2_m2"].value == 0.25
    assert fields["se_pct"].value == 40.0
    assert all(each.low <= each.value <= each.high for each in bench.handles(params, {}, "A"))
