"""What lies at a point: features of every layer with their attributes, cells with their value."""

from __future__ import annotations

import geopandas
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from pyproj import CRS

from layers import roles
from layers.intake import Intake
from layers.reference import LayerRef
from layers.text import same
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading
from puc_tool.working.identifying import MOST_A_LAYER, identify
from tests.puc_tool.conftest import SOUTH, WEST

METRIC = CRS(3035)


def intake(role, frame):
    return same(role.title.it), Intake(LayerRef(role.id, "prova.gpkg"), role, frame)


def frame(geometries, **columns):
    return geopandas.GeoDataFrame(columns, geometry=geometries, crs=METRIC)


def test_that_the_area_under_the_point_tells_its_attributes_and_its_size():
    # 100 m × 50 m are 5.000 m².
    zones = frame([shapely.box(0, 0, 100, 50)], zone=["B1"], name=["Centro"], dm1444=["B"], buildable=[True])
    (found,) = identify([intake(roles.ZONING, zones)], METRIC, (10, 10), 2.0)
    (feature,) = found.features
    told = {label.it: value.it for label, value in feature.attributes}
    assert feature.title.it == "Centro"
    assert told["Superficie"] == "5.000\u202fm²"
    assert any(value.startswith("B · ") for value in told.values()), "a code is told with what it means"


def test_that_a_line_is_found_within_reach_and_an_area_only_under_the_point():
    lines = frame([shapely.LineString([(0, 3), (100, 3)])], name=["Via Roma"])
    areas = frame([shapely.box(0, 3, 100, 50)], name=["Parco"])
    layers = [intake(roles.STREETS, lines), intake(roles.GREEN, areas)]
    found = identify(layers, METRIC, (10, 0), 4.0)
    assert [each.title.it for each in found] == [roles.STREETS.title.it]
    assert identify(layers, METRIC, (10, 0), 2.0) == ()


def test_that_the_topmost_comes_first_and_what_is_too_much_is_counted():
    many = frame([shapely.box(0, 0, 10, 10)] * 25, name=[str(place) for place in range(25)])
    (found,) = identify([intake(roles.GREEN, many)], METRIC, (5, 5), 1.0)
    assert found.features[0].title.it == "24"
    assert (len(found.features), found.others) == (MOST_A_LAYER, 25 - MOST_A_LAYER)


def test_that_a_missing_attribute_is_told_as_missing():
    green = frame([shapely.box(0, 0, 10, 10)], name=[None])
    (found,) = identify([intake(roles.GREEN, green)], METRIC, (5, 5), 1.0)
    assert found.features[0].attributes[0][1].it == "n.d."


def test_that_a_layer_that_could_not_be_read_tells_nothing():
    assert identify([(same("x"), Intake(LayerRef("green", "x.gpkg"), roles.GREEN, None))], METRIC, (0, 0), 1.0) == ()


def test_that_the_layer_is_left_as_it_was():
    green = frame([shapely.box(0, 0, 10, 10)], name=["Parco"])
    before = green.copy()
    identify([intake(roles.GREEN, green)], METRIC, (5, 5), 1.0)
    assert_geodataframe_equal(green, before)


@pytest.mark.parametrize(
    ("place", "words"),
    [((155, 845), "112 · Consumato permanente"), ((995, 5), "202 · "), ((-5000, 5), "")],
)
def test_that_a_cell_tells_its_code_and_its_class(town, place, words):
    shelf = Shelf(study_reading.read(town))
    (ref, _) = shelf.study.of_role("soil_consumption")
    found = identify([(same("Suolo"), shelf.intake(ref))], shelf.study.crs, (WEST + place[0], SOUTH + place[1]), 1.0)
    told = [value.it for each in found for feature in each.features for _, value in feature.attributes]
    assert told[0].startswith(words) if words else not told
