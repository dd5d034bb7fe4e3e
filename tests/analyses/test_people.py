import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS

from analyses.people import BY_AREA, BY_FOOTPRINT, BY_VOLUME, COUNTS, is_residential, shares_on, spread
from layers import roles

UTM = CRS(7791)
SECTION = shapely.box(0, 0, 100, 100)


def layer(shapes, **columns):
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=UTM)


def square(x, y, side=10):
    return shapely.box(x, y, x + side, y + side)


def by_place(found):
    return list(zip(found.frame["by"], found.frame["population"], strict=True))


def said(found):
    return " ".join(problem.sentence("it") for problem in found.problems)


def test_that_people_live_by_volume_where_every_home_has_a_height_or_floors():
    # 100 m² × 6 m = 600 m³ and 100 m² × 4 floors × 3 m = 1,200 m³: 30 and 60 of 90 people.
    homes = layer([square(0, 0), square(20, 0)], height_m=[6.0, np.nan], floors=[9.0, 4.0])
    assert by_place(spread(layer([SECTION], population=[90]), homes)) == [
        (BY_VOLUME, pytest.approx(30.0)), (BY_VOLUME, pytest.approx(60.0))
    ]  # fmt: skip


def test_that_one_home_without_height_makes_its_section_go_by_footprint():
    # 100 and 400 m²: 18 and 72 people; the second section, whose one home has a height, goes by volume.
    homes = layer([square(0, 0), square(20, 0, 20), square(200, 0)], height_m=[6.0, 0.0, 9.0])
    sections = layer([SECTION, shapely.box(200, 0, 300, 100)], population=[90, 5])
    found = spread(sections, homes)
    assert by_place(found) == [(BY_FOOTPRINT, 18.0), (BY_FOOTPRINT, 72.0), (BY_VOLUME, 5.0)]
    assert "1 per volume, 1 per superficie coperta; sulla superficie della sezione" in said(found)


def test_that_a_section_without_homes_keeps_its_people_on_its_ground_and_is_told():
    sections = layer([SECTION, shapely.box(100, 0, 200, 100)], population=[90, 10])
    found = spread(sections, layer([square(0, 0), square(150, 0)], use=["residenziale", "commerciale"]))
    assert by_place(found) == [(BY_FOOTPRINT, 90.0), (BY_AREA, 10.0)]
    assert found.frame.geometry.iloc[1].equals(sections.geometry.iloc[1])
    assert said(found).endswith("Persone attribuite per superficie: 10 su 100.")


def test_that_without_buildings_everybody_is_on_the_ground_of_the_section():
    assert by_place(spread(layer([SECTION], population=[90]), None)) == [(BY_AREA, 90.0)]


def test_that_a_building_on_two_sections_lives_in_the_one_that_holds_its_inner_point():
    sections = layer([SECTION, shapely.box(100, 0, 200, 100)], population=[90, 10])
    found = spread(sections, layer([shapely.box(92, 0, 104, 10)]))
    # Its middle lies at 98 m, in the first.
    assert by_place(found) == [(BY_FOOTPRINT, 90.0), (BY_AREA, 10.0)]


def test_that_sections_given_as_points_keep_their_people_where_they_are():
    found = spread(layer([shapely.Point(5, 5)], population=[12]), layer([square(20, 20)]))
    assert by_place(found) == [(BY_AREA, 12.0)]
    assert found.frame.geometry.iloc[0] == shapely.Point(5, 5)


def test_that_ages_and_households_go_with_the_people():
    sections = layer([SECTION], population=[90], population_0_14=[9], population_65_plus=[30], households=[45])
    found = spread(sections, layer([square(0, 0), square(20, 0, 20)]))
    assert found.counts == COUNTS
    assert found.frame[list(COUNTS)].iloc[1].tolist() == pytest.approx([72.0, 7.2, 24.0, 36.0])


def test_that_a_count_that_is_not_known_is_none():
    found = spread(layer([SECTION, square(200, 0)], population=[90, np.nan]), None)
    assert found.counts == ("population",)
    assert found.frame["population"].tolist() == [90.0, 0.0]


def test_that_neighbourhoods_stand_in_for_sections_under_their_own_name():
    found = spread(layer([SECTION], population=[90], name=["Borgo"]), None, role=roles.NEIGHBOURHOODS)
    assert said(found).startswith("Quartieri: residenti ripartiti")


def test_that_what_is_handed_in_is_left_as_it_was():
    sections, homes = layer([SECTION], population=[90]), layer([square(0, 0)], height_m=[6.0], use=["casa"])
    before = sections.copy(deep=True), homes.copy(deep=True)
    spread(sections, homes)
    assert sections.equals(before[0])
    assert homes.equals(before[1])


@pytest.mark.parametrize(
    ("use", "lives"),
    [
        ("residenziale", True), ("Uso misto", True), ("civile abitazione", True), ("apartments", True), (None, True),
        ("yes", True), ("commerciale", False), ("non residenziale", False), ("casa di cura", False), ("rurale", False),
    ],
)  # fmt: skip
def test_that_homes_are_known_by_their_use(use, lives):
    assert is_residential(use) is lives


def test_that_a_point_on_the_line_between_two_grounds_is_on_one_of_them():
    grounds = np.array([shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)])
    found = shares_on(np.array([shapely.Point(10, 5), shapely.Point(15, 5), shapely.Point(99, 5)]), grounds)
    assert found.sums(np.array([[1.0], [2.0], [4.0]]), 2).tolist() == [[1.0], [2.0], [4.0]]


def test_that_a_surface_is_shared_by_area_and_the_rest_is_on_none():
    # A square of 10 m, a fifth on the first ground, three on the second, the last fifth on none.
    grounds = np.array([shapely.box(0, 0, 2, 10), shapely.box(2, 0, 8, 10)])
    found = shares_on(np.array([shapely.box(0, 0, 10, 10)]), grounds)
    assert found.sums(np.array([[10.0]]), 2).ravel().tolist() == pytest.approx([2.0, 6.0, 2.0])


HOMES = st.lists(
    st.tuples(st.integers(0, 28), st.integers(0, 18), st.integers(1, 4), st.sampled_from([0.0, 3.0, 7.5])), max_size=15
)


@given(HOMES, st.lists(st.integers(0, 10_000), min_size=6, max_size=6))
def test_that_whatever_the_town_nobody_is_lost_and_each_section_keeps_its_own(homes, population):
    sections = layer([square(x, y) for x in (0, 10, 20) for y in (0, 10)], population=population)
    buildings = layer([square(x, y, side) for x, y, side, _ in homes], height_m=[high for *_, high in homes])
    frame = spread(sections, buildings).frame
    assert frame["population"].sum() == pytest.approx(sum(population), rel=1e-12)
    at = sections.geometry.to_numpy()
    for section, wanted in zip(at, population, strict=True):
        inside = shapely.intersects(section, shapely.point_on_surface(frame.geometry.to_numpy()))
        # On a shared edge a home is of one of the two: what lies well inside is certain.
        sure = shapely.contains_properly(section, shapely.point_on_surface(frame.geometry.to_numpy()))
        assert frame["population"][sure].sum() <= wanted + 1e-6
        assert frame["population"][inside].sum() >= wanted - 1e-6
