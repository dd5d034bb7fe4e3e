"""Doubles and slivers are counted for every role, with what they touch."""

from __future__ import annotations

import geopandas as gpd
import shapely

from layers import roles
from layers.check_features import check_features
from layers.problems import Severity

HOUSE = shapely.box(0, 0, 10, 10)
SHED = shapely.box(20, 0, 25, 10)


def layer(*geometry, **columns):
    return gpd.GeoDataFrame(columns, geometry=list(geometry), crs=7791)


def test_that_a_sound_layer_has_nothing_to_say():
    assert check_features(layer(HOUSE, SHED), roles.BUILDINGS) == []
    assert check_features(layer(HOUSE).iloc[:0], roles.BUILDINGS) == []


def test_that_a_feature_drawn_twice_is_told_with_its_ground():
    # The same square begun at another corner: 100 m² twice.
    turned = shapely.Polygon([(10, 10), (0, 10), (0, 0), (10, 0)])
    (found,) = check_features(layer(HOUSE, SHED, turned), roles.BUILDINGS)
    assert (found.code, found.severity) == ("features-duplicate", Severity.WARNING)
    assert found.message.it == "elementi uguali a un altro: 1."
    assert found.effect.it == "Contano due volte: 1 elemento su 3, 0,01\u202fha."


def test_that_two_services_may_share_a_place_but_not_all_they_say():
    place = shapely.Point(0, 0)
    apart = layer(place, place, kind=["farmacia", "posta"], name=["A", "A"])
    assert check_features(apart, roles.SERVICES) == []
    (found,) = check_features(layer(place, place, kind=["posta"] * 2, name=[None, None]), roles.SERVICES)
    assert found.effect.it == "Contano due volte: 1 elemento su 2."


def test_that_doubles_of_units_are_left_to_those_who_look_at_tiles():
    assert check_features(layer(HOUSE, HOUSE, zone=["A", "B"]), roles.ZONING) == []


def test_that_lines_drawn_twice_are_told_in_either_direction():
    line = shapely.LineString([(0, 0), (5, 0)])
    (found,) = check_features(layer(line, line.reverse()), roles.STREETS)
    assert found.code == "features-duplicate"


def test_that_a_polygon_as_thin_as_a_hair_is_a_sliver_and_a_wall_is_not():
    # 1000 m long: 10 cm wide is 100 m², 2000.2 m around, so 0.05; 1 m wide is 0.5.
    hair, wall = shapely.box(0, 50, 1000, 50.1), shapely.box(0, 60, 1000, 61)
    (found,) = check_features(layer(HOUSE, hair, wall), roles.BUILDINGS)
    assert (found.code, found.severity) == ("features-slivers", Severity.INFO)
    assert found.effect.it == "Contano come gli altri: 1 elemento su 3, 0,01\u202fha."
