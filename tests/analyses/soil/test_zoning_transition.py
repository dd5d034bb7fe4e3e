import geopandas as gpd
import numpy as np
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given, settings
from hypothesis import strategies as st

from analyses.analysis import Edition
from analyses.soil.editions import Span
from analyses.soil.zoning_transition import figure, zoning_transition
from analyses.soil_consumption import soil_consumption

GROUND = shapely.box(0, 0, 100, 100)


def plan(year, **zones):
    """Return zones given as (left, bottom, right, top)."""
    boxes = [shapely.box(*edges) for edges in zones.values()]
    return Edition(year, gpd.GeoDataFrame({"zone": list(zones)}, geometry=boxes, crs=7791))


def voronoi(year, count, seed):
    places = np.random.default_rng(seed).uniform(0, 100, (count, 2))
    parts = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(places), extend_to=GROUND))
    reach = shapely.intersection(parts, shapely.box(5, -10, 110, 90))
    return Edition(year, gpd.GeoDataFrame({"zone": [f"Z{k % 3}" for k in range(len(reach))]}, geometry=reach, crs=7791))


def moves(found):
    return {(old, new): area for old, new, area in found.frame.itertuples(index=False)}


OLD = plan(1987, B=(0, 0, 50, 100), C=(50, 0, 80, 100))
NEW = plan(2003, B=(0, 0, 60, 100), E=(60, 0, 100, 50))


def test_that_each_zone_is_told_with_what_it_became():
    # C of 30 m gives 10 m to B; of the other 20 m the lower half is E, the upper half has no zone any more.
    found = zoning_transition(GROUND, Span(NEW, OLD))
    assert moves(found) == {
        ("B", "B"): pytest.approx(5000.0),
        ("C", "B"): pytest.approx(1000.0),
        ("C", "E"): pytest.approx(1000.0),
        ("C", ""): pytest.approx(1000.0),
        ("", "E"): pytest.approx(1000.0),
        ("", ""): pytest.approx(1000.0),
    }
    assert (found.changed_m2, found.zoned_once_m2) == (pytest.approx(2000.0), pytest.approx(2000.0))
    assert figure(found).value == pytest.approx(2000.0)


def test_that_the_pieces_of_the_change_add_up_to_it():
    found = zoning_transition(GROUND, Span(NEW, OLD))
    assert found.pieces["changed_m2"].sum() == pytest.approx(found.changed_m2)
    assert found.pieces.area.tolist() == pytest.approx(found.pieces["area_m2"].tolist())
    assert found.pieces["id"].is_unique


def test_that_ground_zoned_in_one_year_is_told():
    (problem,) = zoning_transition(GROUND, Span(NEW, OLD)).problems
    assert problem.sentence("it") == (
        "Zonizzazione del piano: 0,20\u202fha hanno una zona in uno solo dei due anni. "
        "In tabella hanno un codice vuoto; non contano come cambio di zona."
    )


def test_that_two_plans_without_a_common_code_are_told():
    renamed = plan(2003, **{"A-1": (0, 0, 50, 100), "B-1": (50, 0, 100, 100)})
    said = zoning_transition(GROUND, Span(renamed, plan(1987, A=(0, 0, 100, 100)))).problems
    assert [problem.code for problem in said] == ["zoning-codes-differ"]


def test_that_a_plan_that_stays_changes_nothing():
    found = zoning_transition(GROUND, Span(plan(2003, A=(0, 0, 100, 100)), plan(1987, A=(0, 0, 100, 100))))
    assert (found.changed_m2, found.problems, moves(found)) == (0.0, (), {("A", "A"): 10_000.0})


def test_that_one_plan_alone_has_no_transition_and_says_why():
    assert zoning_transition(GROUND, Span(NEW)) is None
    assert (figure(None).value, figure(None).why.it) == (None, "Serve la zonizzazione di due anni.")


@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 2**16))
@settings(max_examples=25)
def test_that_the_table_closes_on_the_ground_and_on_both_plans(first, last, seed):
    old, new = voronoi(1987, first, seed), voronoi(2003, last, seed + 1)
    frame = zoning_transition(GROUND, Span(new, old)).frame
    assert frame["area_m2"].sum() == pytest.approx(10_000.0, rel=1e-9)
    for side, one in (("zone_from", old), ("zone_to", new)):
        inside = one.data.set_geometry(one.data.intersection(GROUND))
        whole = inside.geometry.area.groupby(inside["zone"]).sum()
        for zone, area_m2 in frame.groupby(side)["area_m2"].sum().items():
            expected = whole[zone] if zone else 10_000.0 - whole.sum()
            assert area_m2 == pytest.approx(expected, rel=1e-9, abs=1e-5)


def test_that_without_land_of_the_earlier_plan_the_figure_is_null_in_a_study(town):
    result = soil_consumption(**(town | {"zoning": town["zoning"][-1:]}))
    assert result.figure("zoning_changed_m2").value is None
    assert result.table("zoning_transition") is None


def test_that_the_plans_handed_in_are_left_as_they_were():
    before = OLD.data.copy(deep=True)
    zoning_transition(GROUND, Span(NEW, OLD))
    assert_geodataframe_equal(OLD.data, before)
