"""Standards of a square kilometre in two halves: 1,000 people live in the west, 500 in the east.

The west has a school of 4,000 m² and a park of 10,000 m², drawn both as a service and as green; the east a car park of
1,000 m² known as a point. The school lies in zone B.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from geopandas import GeoDataFrame
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, box

from analyses.analysis import Edition
from analyses.planning_standards import standards
from analyses.progress import Cancelled
from analyses.standards.params import StandardsParams
from analyses.standards.tables import CATEGORIES, PARTS

UTM = "EPSG:7791"


def layer(geometry, **columns):
    return GeoDataFrame(columns, geometry=geometry, crs=UTM)


@pytest.fixture
def town():
    return {
        "boundary": layer([box(0, 0, 1000, 1000)], name=["Borgo"], code=["000001"]),
        "neighbourhoods": layer(
            [box(0, 0, 500, 1000), box(500, 0, 1000, 1000)], name=["Ovest", "Est"], code=["1", "2"]
        ),
        "census": (
            Edition(2011, layer([box(0, 0, 1000, 1000)], population=[9.0])),
            Edition(2021, layer([box(0, 0, 500, 1000), box(500, 0, 1000, 1000)], population=[1000.0, 500.0])),
        ),
        "services": layer(
            [box(100, 100, 140, 200), box(200, 200, 300, 300), Point(700, 700)],
            kind=["primaria", "verde", "parcheggio"],
            area_m2=[np.nan, np.nan, 1000.0],
        ),
        "green": layer([box(200, 200, 300, 300)], public=["yes"]),
    }


def rows(result, table="by_neighbourhood"):
    return result.table(table).frame.set_index("name" if table != "counted" else "category")


def test_that_due_existing_and_balance_are_those_of_the_decree(town):
    # West: 1,000 × 4.5 = 4,500 m² of education due, 4,000 there. 1,000 × 9 = 9,000 of green, 10,000 there, once.
    found = rows(standards(**town)).loc["Ovest"]
    assert found["istruzione_due_m2"] == 4500.0
    assert found["istruzione_existing_m2"] == 4000.0
    assert found["istruzione_balance_m2"] == -500.0
    assert found["verde_balance_m2"] == 1000.0
    # 18 m² × 1,000 = 18,000 due in all; 4,000 + 10,000 there.
    assert found[["totale_due_m2", "totale_existing_m2", "totale_balance_m2"]].tolist() == [18000.0, 14000.0, -4000.0]


def test_that_ten_thousand_people_are_owed_what_the_domain_reference_says(town):
    # 10,000 inhabitants need 45,000 + 20,000 + 90,000 + 25,000 = 180,000 m².
    town["census"] = (Edition(2021, layer([box(0, 0, 1000, 1000)], population=[10_000.0])),)
    found = rows(standards(**town))
    due = {name: found[f"{name}_due_m2"].sum() for name in CATEGORIES}
    assert due == pytest.approx(
        {"istruzione": 45_000, "interesse_comune": 20_000, "verde": 90_000, "parcheggi": 25_000, "totale": 180_000}
    )


def test_that_the_commune_has_the_sum_of_its_neighbourhoods(town):
    # 15,000 m² for 1,500 people.
    result = standards(**town)
    assert result.figure("standard_totale_m2_per_person").value == pytest.approx(10.0)
    found = rows(result)
    for name in CATEGORIES:
        balance = result.figure(f"standard_{name}_balance_m2").value
        assert balance == pytest.approx(found[f"{name}_balance_m2"].sum(), rel=1e-12)


@pytest.mark.parametrize("doubles", [False, True])
def test_that_the_facilities_of_a_unit_add_up_to_each_of_its_existing_areas(town, doubles):
    town["zoning"] = (Edition(2003, layer([box(100, 100, 140, 150)], zone=["B1"], dm1444=["B"])),)
    town["services"] = pd.concat([town["services"], layer([Point(2000, 2000)], kind=["primaria"], area_m2=[70.0])])
    result = standards(**town, params=StandardsParams(double_in_zones_a_b=doubles))
    columns = [f"{name}_existing_m2" for name in CATEGORIES]
    table = result.table("by_neighbourhood").frame.set_index("code")[columns]
    # Half of the school lies in zone B: with art. 4 it counts 6,000 m². The school beyond the boundary brings nothing.
    assert table.loc["1", "istruzione_existing_m2"] == (6000.0 if doubles else 4000.0)
    sums = result.layers["facilities"].groupby("unit")[columns].sum().reindex(table.index)
    assert sums.to_numpy() == pytest.approx(table.to_numpy())
    assert result.layers["facilities"]["unit"].tolist() == ["1", "1", "2", ""]


def test_that_a_point_counts_with_its_declared_area_where_it_stands(town):
    assert rows(standards(**town))["parcheggi_existing_m2"].to_dict() == {"Ovest": 0.0, "Est": 1000.0}


def test_that_ground_drawn_twice_counts_once_and_this_is_told(town):
    result = standards(**town)
    assert rows(result, "counted").loc["verde", "real_m2"] == pytest.approx(10_000.0)
    (told,) = [problem for problem in result.problems if problem.code == "standards-on-each-other"]
    assert "1,00" in told.message.it


def test_that_art_4_counts_the_areas_in_zones_a_and_b_twice_with_the_real_area_beside(town):
    # Half of the school (20 m × 100 m) lies in zone B: 4,000 m² count 6,000.
    town["zoning"] = (
        Edition(2003, layer([box(0, 0, 120, 1000), box(120, 0, 1000, 1000)], zone=["x", "y"], dm1444=["B", "C"])),
    )
    plain, twice = standards(**town), standards(**town, params=StandardsParams(double_in_zones_a_b=True))
    assert rows(plain, "counted").loc["istruzione", "counted_m2"] == 4000.0
    assert rows(twice, "counted").loc["istruzione", ["real_m2", "counted_m2"]].tolist() == [4000.0, 6000.0]
    assert rows(twice).loc["Ovest", "istruzione_existing_m2"] == 6000.0
    assert "standards-counted-twice" in {problem.code for problem in twice.problems}


def test_that_art_4_without_zones_is_not_applied_and_said_so(town):
    result = standards(**town, params=StandardsParams(double_in_zones_a_b=True))
    assert rows(result).loc["Ovest", "istruzione_existing_m2"] == 4000.0
    assert "standards-no-zones" in {problem.code for problem in result.problems}


def test_that_the_plan_s_people_are_owed_as_much_as_today_s(town):
    # 100 m × 100 m × 0.5 = 5,000 m², half of it homes: 2,500 / 25 = 100 people, 450 m² of education more.
    town["districts"] = layer(
        [box(600, 600, 700, 700)], code=["D1"], name=["Nuovo"], ut_m2_m2=[0.5], residential_pct=[50.0]
    )
    result = standards(**town)
    plan = rows(result, "plan_by_neighbourhood")
    assert plan["people_new"].to_dict() == {"Ovest": 0.0, "Est": 100.0}
    today = result.figure("standard_istruzione_balance_m2").value
    assert result.figure("standard_istruzione_balance_plan_m2").value == pytest.approx(today - 450.0)


def test_that_an_index_that_counts_what_stands_adds_less(town):
    # 5,000 m² less 3,000 that stand: 2,000 × 50 % / 25 = 40 people.
    town["districts"] = layer(
        [box(600, 600, 700, 700)], code=["D1"], name=["Nuovo"], ut_m2_m2=[0.5], residential_pct=[50.0],
        index_kind=["it"], floor_area_existing_m2=[3000.0],
    )  # fmt: skip
    assert rows(standards(**town), "plan_by_neighbourhood")["people_new"].sum() == pytest.approx(40.0)


def test_that_a_district_whose_people_are_not_known_is_named(town):
    town["districts"] = layer([box(600, 600, 700, 700)], code=["D1"], name=["Nuovo"])
    (told,) = [problem for problem in standards(**town).problems if problem.code == "standards-plan-unknown"]
    assert "Nuovo" in told.message.it


def test_that_without_districts_the_plan_s_figures_have_a_reason(town):
    figure = standards(**town).figure("standard_totale_balance_plan_m2")
    assert figure.value is None
    assert "distretti" in figure.why.it


def test_that_without_residents_there_is_no_provision_a_person_but_a_balance(town):
    town["census"] = (Edition(2021, layer([box(0, 0, 1000, 1000)], population=[0.0])),)
    result = standards(**town)
    assert result.figure("standard_totale_m2_per_person").value is None
    assert result.figure("standard_totale_balance_m2").value == pytest.approx(15_000.0)


def test_that_what_does_not_count_is_told(town):
    town["services"] = layer(
        [Point(1, 1), Point(2, 2), box(3, 3, 4, 4)], kind=["farmacia", "tpl", "circolo"], area_m2=[np.nan] * 3
    )
    town["green"] = layer([box(10, 10, 20, 20)], public=["no"])
    told = {problem.code: problem for problem in standards(**town).problems}
    assert {"standards-without-area", "standards-without-category", "standards-private-green"} <= set(told)
    without_area = told["standards-without-area"].message
    assert "Farmacia" in without_area.it
    assert "Pharmacy" in without_area.en


def test_that_what_lies_beyond_the_boundary_is_told_and_not_counted(town):
    town["services"] = layer([box(2000, 0, 2100, 100)], kind=["primaria"])
    town["census"] = (Edition(2021, layer([Point(5000, 5000), Point(1, 1)], population=[70.0, 30.0])),)
    result = standards(**town)
    assert rows(result)["population"].sum() == 30.0
    (told,) = [problem for problem in result.problems if problem.code == "standards-in-no-unit"]
    # 100 m × 100 m of school.
    assert "70 residenti" in told.message.it
    assert "1,00\u202fha" in told.message.it


def test_that_the_layers_handed_in_are_left_as_they_were(town):
    held = {name: each.copy() for name, each in town.items() if isinstance(each, GeoDataFrame)}
    standards(**town)
    for name, each in held.items():
        pd.testing.assert_frame_equal(pd.DataFrame(town[name]), pd.DataFrame(each))


def test_that_it_can_be_stopped(town):
    def stop(share, message):
        raise Cancelled

    with pytest.raises(Cancelled):
        standards(**town, report=stop)


sides = st.floats(1, 400, width=32)
spots = st.floats(0, 900, width=32)


@given(
    st.lists(st.tuples(spots, spots, sides, st.sampled_from(["primaria", "verde", "sport"])), min_size=1, max_size=6)
)
def test_that_each_square_metre_of_a_category_counts_once(squares):
    ground = [box(x, y, x + side, y + side) for x, y, side, _ in squares]
    kinds = [kind for *_, kind in squares]
    census = (Edition(None, layer([Point(1, 1)], population=[1.0])),)
    result = standards(
        boundary=layer([box(-1, -1, 2000, 2000)], name=["Borgo"]), census=census, services=layer(ground, kind=kinds)
    )
    for category, members in (("istruzione", ["primaria"]), ("verde", ["verde", "sport"])):
        together = layer([each for each, kind in zip(ground, kinds, strict=True) if kind in members]).union_all()
        assert rows(result, "counted").loc[category, "real_m2"] == pytest.approx(together.area, rel=1e-9, abs=1e-6)


def test_that_the_total_is_the_sum_of_the_parts(town):
    found = rows(standards(**town))
    for what in ("due", "existing", "balance"):
        parts = sum(found[f"{name}_{what}_m2"] for name in PARTS)
        assert parts.tolist() == pytest.approx(found[f"totale_{what}_m2"].tolist(), rel=1e-12)
