"""Scenarios on two districts of 10,000 m²: D1 with housing, D2 with shops."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from geopandas import GeoDataFrame
from shapely import box

from analyses.districts.formulas import FORMULAS
from analyses.districts.params import DistrictParams
from analyses.districts.scenarios import AddedService, Edit, Scenario
from analyses.districts.scheda import scheda, stated
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS, transformation_districts


def layer(geometry, **columns):
    return GeoDataFrame(columns, geometry=geometry, crs="EPSG:7791")


def plan(**changes):
    """Return boundary and districts, with some columns of D1 changed."""
    districts = layer(
        [box(0, 0, 100, 100), box(200, 0, 300, 100)], code=["D1", "D2"], name=["Uno", "Due"], ut_m2_m2=[0.5, 0.4],
        se_pct=[40.0, 40.0], ve_pct=[20.0, 20.0], ac_pct=[30.0, 30.0], sp_pct=[40.0, 40.0], max_height_m=[10.0, 10.0],
        residential_pct=[60.0, 0.0], commercial_pct=[40.0, 100.0], industrial_pct=[0.0, 0.0], ers_pct=[0.0, 0.0],
    )  # fmt: skip
    for name, value in changes.items():
        districts.loc[0, name] = value
    return {"boundary": layer([box(0, 0, 1000, 1000)], name=["Borgo"]), "districts": districts}


def frame(result, table, **wanted):
    found = result.table(table).frame
    for name, value in wanted.items():
        found = found[found[name] == value]
    return found


DENSER = Scenario("denso", "Più denso", (Edit("D1", "ut_m2_m2", 0.8), Edit("D1", "residential_pct", 50.0)))


def test_that_the_baseline_with_a_patch_is_the_scenario():
    patched = transformation_districts(**plan(), scenarios=(DENSER,))
    rebuilt = transformation_districts(**plan(ut_m2_m2=0.8, residential_pct=50.0))
    ours, theirs = frame(patched, "by_district", scenario="denso"), frame(rebuilt, "by_district")
    numbers = ours.select_dtypes("number").columns
    assert ours[numbers].to_numpy() == pytest.approx(theirs[numbers].to_numpy(), nan_ok=True)


def test_that_the_plan_in_force_stays_as_it_is_beside_a_scenario():
    alone, beside = transformation_districts(**plan()), transformation_districts(**plan(), scenarios=(DENSER,))
    assert [each.value for each in alone.figures] == [each.value for each in beside.figures]
    assert frame(beside, "scenarios")["scenario"].tolist() == ["base", "denso"]


def test_that_each_indicator_says_which_edit_moved_it_and_the_rows_add_up():
    # People: 5,000 × 60 % / 25 = 120. Index alone: 8,000 × 60 % / 25 = 192, +72. Share alone: 5,000 × 50 % / 25 = 100,
    # −20. Both: 8,000 × 50 % / 25 = 160, +40; so the two together take 12 away: 72 − 20 − 12 = 40.
    result = transformation_districts(**plan(), scenarios=(DENSER,))
    people = frame(result, "effects", indicator="people").set_index("edit")["effect"]
    assert people.to_dict() == pytest.approx(
        {"D1: ut_m2_m2": 72.0, "D1: residential_pct": -20.0, "interazione fra le modifiche": -12.0}
    )


def test_that_a_redrawn_outline_is_measured_anew():
    wider = Scenario("largo", "", (Edit("D1", "geometry", box(0, 0, 150, 100)),))
    result = transformation_districts(**plan(), scenarios=(wider,))
    assert frame(result, "by_district", scenario="largo")["st_m2"].tolist() == [15_000.0, 10_000.0]


def test_that_an_added_service_counts_in_its_category():
    # D1: 9 of 18 parts of Ac 3,000 are green, 1,500; with a park of 700 m² 2,200.
    park = Scenario("parco", "", (), (AddedService("D1", "verde", 700.0, "Parco"),))
    result = transformation_districts(**plan(), scenarios=(park,))
    found = frame(result, "by_district", scenario="parco").iloc[0]
    assert found["verde_planned_m2"] == pytest.approx(2200.0)
    assert frame(result, "effects", indicator="public_balance_m2")["effect"].tolist() == pytest.approx([700.0])


@pytest.mark.parametrize("steps", [7])
def test_that_intervals_hold_every_value_between_the_ends(steps):
    open_ = Scenario("aperto", "", (Edit("D1", "ut_m2_m2", 0.2, 0.3), Edit("D1", "residential_pct", 20.0, 60.0)))
    ends = frame(transformation_districts(**plan(), scenarios=(open_,)), "ranges").set_index("column")
    found = [
        frame(transformation_districts(**plan(ut_m2_m2=0.2 + 0.1 * i / steps, residential_pct=20.0 + 40.0 * j / steps)),
              "by_district").iloc[0]
        for i in range(0, steps + 1, steps) for j in (0, 3, steps)
    ]  # fmt: skip
    for column, row in ends.iterrows():
        values = [float(each[column]) for each in found]
        assert (min(values), max(values)) == pytest.approx((row["low"], row["high"])), column
    assert ends.loc["floor_area_m2", ["low", "high"]].tolist() == pytest.approx([2000.0, 3000.0])


def test_that_a_scenario_worse_in_everything_is_dominated():
    # Less green, nothing else: the plan in force is at least as good by every criterion.
    worse = Scenario("peggiore", "", (Edit("D1", "ve_pct", 5.0),))
    found = frame(transformation_districts(**plan(), scenarios=(worse,)), "scenarios").set_index("scenario")
    assert found["dominated"].to_dict() == {"base": "no", "peggiore": "sì"}
    assert found.loc["peggiore", "dominated_by"] == "base"


def test_that_faults_of_every_scenario_are_told_at_once():
    gone = Scenario("via", "", (Edit("D9", "ut_m2_m2", 0.1),))
    over = Scenario("troppo", "", (Edit("D1", "ac_pct", 90.0), Edit("D2", "geometry", box(50, 0, 300, 100))))
    small = Scenario("poco", "", (Edit("D1", "ut_m2_m2", 0.1),), (), {("D1", use): 20.0 for use in
                     ("residential", "commercial", "industrial", "other")})  # fmt: skip
    said = TRANSFORMATION_DISTRICTS.problems(plan() | {"scenarios": (gone, over, small)}, DistrictParams())
    assert {each.code for each in said} == {
        "scenario-district-gone", "district-areas-over-st", "district-overlap", "district-largest-uses",
    }  # fmt: skip


def test_that_what_binds_is_told_for_the_plan_and_for_the_districts_a_scenario_names(capfd):
    # D1: 0.6 × 18 / 25 + 0.4 × 0.8 = 0.752 m² due per m² of floor area; 5,000 m² owe 3,760. The rest of St, 8,000 less
    # Se of 0.63333 × 5,000 = 3,166.67, has room for that: the index binds, a metre a metre.
    asked = Scenario("chiesto", "", largest_pct={("D1", "residential"): 80.0}, least={("D1", "homes"): 500.0})
    result = transformation_districts(**plan(), scenarios=(asked,))
    found = frame(result, "binding", code="D1", scenario="base", goal="Superficie lorda")
    assert found[["most", "constraint", "shadow_price"]].to_numpy().tolist() == [
        [pytest.approx(5000), "Indice territoriale", pytest.approx(1.0)]
    ]
    clash = frame(result, "binding", scenario="chiesto")
    assert set(clash["code"]) == {"D1"}
    assert set(clash["outcome"]) == {"impossibile"}
    assert "Almeno 500 alloggi" in set(clash["constraint"])
    assert capfd.readouterr().out == ""


MOVED = {
    "ut_m2_m2": 2.0, "se_pct": 60.0, "ve_pct": 60.0, "ac_pct": 60.0, "sp_pct": 100.0, "max_height_m": 40.0,
    "residential_pct": 60.0, "commercial_pct": 40.0, "industrial_pct": 40.0, "ers_pct": 60.0,
    "floor_area_existing_m2": 9000.0,
}  # fmt: skip


@pytest.mark.parametrize("kind", ["ut", "it"])
@pytest.mark.parametrize("field", MOVED)
def test_that_every_figure_is_monotone_in_every_parameter(field, kind):
    # Only so do the corners of ranges give the ends of intervals.
    steps = np.linspace(0.0, MOVED[field], 41)
    one = stated(plan()["districts"]).iloc[[0] * len(steps)].reset_index(drop=True)
    one = one.assign(index_kind=kind, floor_area_existing_m2=1000.0, residential_pct=30.0, commercial_pct=20.0)
    one = one.assign(industrial_pct=20.0).assign(**{field: steps})
    ground = pd.DataFrame({"st_m2": np.full(len(steps), 10_000.0), "consumed_m2": 4000.0, "net_buildable_m2": 9000.0})
    sheet = scheda(one, ground, DistrictParams())
    for formula in FORMULAS:
        change = np.diff(sheet[formula.column].to_numpy(float))
        assert (change >= -1e-9).all() or (change <= 1e-9).all(), formula.column


def test_that_nobody_takes_a_share_of_a_scenario_for_a_rest_that_is_meant():
    # The whole mix is stated, 40 % of it other uses: nothing to complete.
    whole = tuple(Edit("D1", f"{use}_pct", share) for use, share in
                  (("residential", 40.0), ("commercial", 20.0), ("industrial", 0.0)))  # fmt: skip
    inputs = plan() | {"scenarios": (Scenario("tutto", "", whole), Scenario("parte", "", whole[:2]))}
    told = [each.where.it for each in TRANSFORMATION_DISTRICTS.problems(inputs, DistrictParams())]
    assert told == ["Scenario parte, distretto D1"]
