import geopandas as gpd
import numpy as np
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given, settings
from hypothesis import strategies as st

from analyses.analysis import Edition
from analyses.units import OUTSIDE, all_units, communes, units

GROUND = shapely.box(0, 0, 100, 100)


def layer(*shapes, **columns):
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=7791)


def of_names(*shapes, **columns):
    return units("neighbourhood", layer(*shapes, **columns), GROUND)


def rows(found):
    return [
        (code, name, pytest.approx(area))
        for code, name, area in zip(found.frame["code"], found.frame["name"], found.area_m2, strict=True)
    ]


def sentences(found):
    return [problem.sentence("it") for problem in found.problems]


WEST, EAST = shapely.box(0, 0, 40, 100), shapely.box(40, 0, 100, 100)


def test_that_units_are_told_by_code_and_name_in_the_order_of_their_codes():
    found = of_names(EAST, WEST, code=["Q2", "Q1"], name=["Levante", "Ponente"])
    assert rows(found) == [("Q1", "Ponente", 4000.0), ("Q2", "Levante", 6000.0)]
    assert found.problems == ()


def test_that_polygons_of_the_same_code_and_name_are_one_unit():
    found = of_names(shapely.box(0, 0, 10, 100), EAST, shapely.box(10, 0, 40, 100), code=list("ABA"), name=list("xyx"))
    assert rows(found) == [("A", "x", 4000.0), ("B", "y", 6000.0)]
    assert found.frame.geometry[0].equals(WEST)


def test_that_a_unit_without_a_code_is_known_by_its_name_and_the_other_way_round():
    found = of_names(WEST, EAST, code=[None, "Q2"], name=["Ponente", None])
    assert rows(found) == [("Ponente", "Ponente", 4000.0), ("Q2", "Q2", 6000.0)]


def test_that_a_layer_without_a_column_of_codes_is_known_by_its_names():
    assert rows(of_names(WEST, EAST, name=["Ponente", "Levante"])) == [
        ("Levante", "Levante", 6000.0),
        ("Ponente", "Ponente", 4000.0),
    ]


def test_that_ground_in_no_unit_is_the_last_row_without_a_code():
    found = of_names(WEST, name=["Ponente"])
    assert rows(found) == [("Ponente", "Ponente", 4000.0), ("", "(fuori da ogni unità)", 6000.0)]
    assert OUTSIDE.it == "(fuori da ogni unità)"
    assert sentences(found) == [
        "Quartieri: 0,60\u202fha del territorio non stanno in alcuna unità. "
        "Sono contati nella riga «(fuori da ogni unità)»."
    ]


@pytest.mark.parametrize(("width", "has_row"), [(0.0099, False), (0.0101, True)])
def test_that_less_than_a_square_metre_in_no_unit_is_no_row(width, has_row):
    # A strip of 100 m × 9.9 mm has 0.99 m², one of 10.1 mm has 1.01 m².
    found = of_names(shapely.box(0, 0, 100 - width, 100), name=["Tutto"])
    assert (found.frame["code"] == "").any() == has_row
    assert found.area_m2.sum() + found.slivers.area == pytest.approx(10_000.0, rel=1e-12)


def test_that_slivers_without_a_row_are_told_with_their_sum():
    # 100 m × 9 mm: 0.9 m².
    (sentence,) = sentences(of_names(shapely.box(0, 0, 100 - 0.009, 100), name=["Tutto"]))
    assert sentence == (
        "Quartieri: 0,900 m² non stanno in alcuna unità. Sono troppo pochi per una riga: alla tabella mancano."
    )


def test_that_a_partition_has_every_polygon_with_its_row_and_the_slivers_after_the_last():
    found = of_names(shapely.box(0, 0, 10, 100), EAST, shapely.box(10, 0, 40 - 0.005, 100), code=list("ABA"))
    cut = found.partition("quarters")
    assert (cut.id, found.codes.tolist()) == ("quarters", ["A", "B", ""])
    assert np.bincount(cut.row, shapely.area(cut.polygons)).tolist() == pytest.approx([3999.5, 6000.0, 0.5])


def test_that_ground_beyond_the_boundary_is_left_out_and_told():
    found = of_names(shapely.box(-50, 0, 40, 100), EAST, name=["Ponente", "Levante"])
    assert rows(found) == [("Levante", "Levante", 6000.0), ("Ponente", "Ponente", 4000.0)]
    assert sentences(found) == ["Quartieri: 0,50\u202fha cadono fuori dal confine. Non vengono contati."]


def test_that_a_unit_all_outside_stays_without_ground():
    found = of_names(shapely.box(0, 0, 100, 100), shapely.box(200, 0, 300, 100), name=["Dentro", "Mare"])
    assert rows(found) == [("Dentro", "Dentro", 10_000.0), ("Mare", "Mare", 0.0)]


def test_that_a_unit_that_only_touches_the_boundary_has_no_ground_and_no_line():
    found = of_names(GROUND, shapely.box(100, 0, 200, 100), name=["Dentro", "Accanto"])
    assert rows(found) == [("Accanto", "Accanto", 0.0), ("Dentro", "Dentro", 10_000.0)]
    assert set(found.frame.geom_type) <= {"Polygon", "MultiPolygon"}


def test_that_a_unit_that_shares_ground_and_an_edge_with_the_boundary_keeps_the_ground_only():
    # Two legs of 10 m × 10 m reach in; between them the unit lies along the boundary's edge.
    comb = shapely.Polygon(
        [(10, 100), (10, 90), (20, 90), (20, 100), (30, 100), (30, 90), (40, 90), (40, 120), (10, 120)]
    )
    found = of_names(comb, name=["Pettine"])
    assert rows(found)[0] == ("Pettine", "Pettine", 200.0)
    assert found.frame.geom_type[0] == "MultiPolygon"


@given(st.integers(1, 9), st.integers(0, 2**16), st.floats(60, 140))
@settings(max_examples=30)
def test_that_units_and_the_rest_add_up_to_the_boundary(count, seed, reach):
    places = np.random.default_rng(seed).uniform(0, 100, (count, 2))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(places), extend_to=GROUND))
    parts = [shapely.intersection(cell, shapely.box(-10, -10, reach, reach)) for cell in cells] or [WEST]
    found = of_names(*parts, name=[f"Q{place}" for place in range(len(parts))])
    assert found.area_m2.sum() == pytest.approx(10_000.0, rel=1e-9)
    assert shapely.union_all(found.frame.geometry.to_numpy()).area == pytest.approx(10_000.0, rel=1e-9)


def test_that_communes_are_units_too_even_without_a_name():
    boundary = layer(WEST, EAST, name=[None, "Lerici"], code=["011015", "011016"])
    found = communes(boundary)
    assert (found.id, rows(found)) == ("commune", [("011015", "011015", 4000.0), ("011016", "Lerici", 6000.0)])


def test_that_a_study_has_its_communes_first_and_of_the_plan_the_latest_year():
    boundary = layer(GROUND, name=["Borgo"])
    old, new = (layer(GROUND, zone=[zone], name=[""]) for zone in "AB")
    found = all_units(boundary, layer(GROUND, name=["Q"]), (Edition(2003, old), Edition(2020, new)), None)
    assert [each.id for each in found] == ["commune", "neighbourhood", "zone"]
    assert rows(found[2]) == [("B", "B", 10_000.0)]


def test_that_the_layers_handed_in_are_left_as_they_were():
    given_units, boundary = layer(WEST, EAST, code=["b", None], name=["x", None]), layer(GROUND, name=["Borgo"])
    copies = given_units.copy(deep=True), boundary.copy(deep=True)
    all_units(boundary, given_units, (), given_units)
    assert_geodataframe_equal(given_units, copies[0])
    assert_geodataframe_equal(boundary, copies[1])
