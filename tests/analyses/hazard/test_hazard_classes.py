import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS

from analyses.hazard.classes import FLOOD, LANDSLIDE, class_label, hazard_zones, national_class, national_classes, zones
from layers import roles

UTM = CRS(7791)


def layer(codes, shapes):
    return gpd.GeoDataFrame({"class": codes}, geometry=list(shapes), crs=UTM)


def areas(frame):
    return {(row["class"], row.source_class): row.geometry.area for _, row in frame.iterrows()}


def said(found):
    return [problem.sentence("it") for problem in found.problems]


def test_that_nested_scenarios_become_rings_and_the_overlap_is_told():
    # 100 × 100 m, in it the western 50 m, in them the western 10 m: 5,000 + 4,000 + 1,000 m²; 0.5 ha are under two.
    nested = layer(["P1", "P2", "P3"], [shapely.box(0, 0, east, 100) for east in (100, 50, 10)])
    found = zones(nested, FLOOD)
    assert areas(found.frame) == {("P3", "P3"): 1000.0, ("P2", "P2"): 4000.0, ("P1", "P1"): 5000.0}
    assert said(found) == [
        "Pericolosità idraulica: 0,50\u202fha stanno sotto più di una classe. "
        "Vale la più restrittiva: ogni metro quadro è contato una volta sola."
    ]


def test_that_classes_side_by_side_stay_as_they_are_and_nothing_is_told():
    found = zones(layer(["P4", "P2"], [shapely.box(0, 0, 10, 10), shapely.box(10, 0, 30, 10)]), LANDSLIDE)
    assert areas(found.frame) == {("P4", "P4"): 100.0, ("P2", "P2"): 200.0}
    assert found.problems == ()


def test_that_an_equivalence_known_from_memory_alone_is_told():
    (told,) = said(zones(layer(["Pg4", "P2"], [shapely.box(0, 0, 10, 10), shapely.box(10, 0, 30, 10)]), LANDSLIDE))
    assert "l'equivalenza con le classi nazionali è convenzionale, non letta in una norma: Pg4." in told


def test_that_the_bands_of_a_basin_plan_are_national_classes():
    assert [national_class(code, FLOOD) for code in ("A", "A*", "B", "B*", "C", "PI4", "PI3", "PI2")] == [
        "P3", "P3", "P2", "P2", "P1", "P3", "P2", "P1"
    ]  # fmt: skip
    assert [national_class(code, LANDSLIDE) for code in ("Pg4", "Pg3a", "Pg3b", "Pg2", "Pg1", "PG4", "AA")] == [
        "P4", "P3", "P3", "P2", "P1", "P4", "AA"
    ]  # fmt: skip


def test_that_the_national_classes_come_most_restrictive_first():
    assert national_classes(FLOOD) == ("P3", "P2", "P1")
    assert national_classes(LANDSLIDE) == ("P4", "P3", "P2", "P1", "AA")


def test_that_the_two_vocabularies_may_stand_in_one_layer():
    # National P3 over 10 m, band A over 20 m, band C over 40 m, all from the west: 100, 100 and 200 m².
    mixed = layer(["C", "A", "P3"], [shapely.box(0, 0, east, 10) for east in (40, 20, 10)])
    assert areas(hazard_zones(mixed, FLOOD)) == {("P3", "P3"): 100.0, ("P3", "A"): 100.0, ("P1", "C"): 200.0}


@pytest.mark.parametrize(("code", "codelist"), [("ALV", FLOOD), ("Pg0", LANDSLIDE), ("B1", LANDSLIDE), ("boh", FLOOD)])
def test_that_a_class_without_national_equivalent_keeps_its_code_and_never_wins(code, codelist):
    found = zones(layer([code, "P1"], [shapely.box(0, 0, 20, 10), shapely.box(0, 0, 10, 10)]), codelist)
    assert areas(found.frame) == {("P1", "P1"): 100.0, (code, code): 100.0}
    assert f"classi senza equivalente nazionale: {code} (0,01\u202fha)." in said(found)[-1]


def test_that_attention_areas_give_way_to_graded_ones():
    found = hazard_zones(layer(["AA", "P1"], [shapely.box(0, 0, 20, 10), shapely.box(0, 0, 10, 10)]), LANDSLIDE)
    assert areas(found) == {("P1", "P1"): 100.0, ("AA", "AA"): 100.0}


def test_that_a_feature_without_class_keeps_its_ground():
    found = hazard_zones(layer(["P1", None], [shapely.box(0, 0, 10, 10), shapely.box(5, 0, 15, 10)]), FLOOD)
    assert areas(found) == {("P1", "P1"): 100.0, ("", ""): 50.0}


def test_that_a_class_that_others_cover_stays_without_ground():
    found = hazard_zones(layer(["P3", "P1"], [shapely.box(0, 0, 10, 10)] * 2), FLOOD)
    assert areas(found) == {("P3", "P3"): 100.0, ("P1", "P1"): 0.0}


def test_that_the_layer_handed_in_is_left_as_it_was():
    nested = layer(["P1", "P3"], [shapely.box(0, 0, 20, 10), shapely.box(0, 0, 10, 10)])
    before = nested.copy(deep=True)
    zones(nested, FLOOD)
    assert nested.equals(before)


def test_that_a_class_is_called_by_the_codelist_and_an_unknown_one_by_itself():
    assert class_label("P3", FLOOD).it == "Pericolosità elevata (alluvioni frequenti)"
    assert class_label("boh", FLOOD).it == "boh"


@pytest.mark.parametrize(
    ("role", "value", "code"),
    [
        (roles.FLOOD_HAZARD, "Pericolosita' idraulica media - MediumProbabilityHazard", "P2"),
        (roles.FLOOD_HAZARD, "HPH", "P3"),
        (roles.FLOOD_HAZARD, "fascia b*", "B*"),
        (roles.FLOOD_HAZARD, "P4", None),
        (roles.LANDSLIDE_HAZARD, "Elevata P3", "P3"),
        (roles.LANDSLIDE_HAZARD, "Pericolosità molto elevata p4", "P4"),
        (roles.LANDSLIDE_HAZARD, "aree di attenzione aa", "AA"),
        (roles.LANDSLIDE_HAZARD, "PG3A", "Pg3a"),
        (roles.LANDSLIDE_HAZARD, "", None),
    ],
)
def test_that_an_office_s_spelling_is_recognised(role, value, code):
    assert role.field("class").codes.canonical(value) == code


CODES = ("P1", "P2", "P3", "A", "C", "ALV", "boh")
SQUARES = st.builds(
    lambda x, y, size: shapely.box(x, y, x + size, y + size),
    st.integers(0, 12), st.integers(0, 12), st.integers(1, 8),
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(CODES), SQUARES), min_size=1, max_size=12))
def test_that_each_square_metre_has_its_most_restrictive_class(polygons):
    # On a lattice of one metre every cell can be asked by itself.
    found = hazard_zones(layer([code for code, _ in polygons], [shape for _, shape in polygons]), FLOOD)
    order = ("P3", "A", "P2", "P1", "C", "ALV", "boh")
    wanted = dict.fromkeys(order, 0.0)
    for x, y in np.ndindex(20, 20):
        here = [code for code, shape in polygons if shapely.contains_xy(shape, x + 0.5, y + 0.5)]
        if here:
            wanted[min(here, key=order.index)] += 1.0
    got = dict.fromkeys(order, 0.0) | {code: area for (_, code), area in areas(found).items()}
    assert got == pytest.approx(wanted)
    assert found.area.sum() == pytest.approx(sum(wanted.values()), rel=1e-9)
