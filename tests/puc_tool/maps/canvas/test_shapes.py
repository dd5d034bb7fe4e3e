"""Geometry made flat: nothing is lost, whatever kinds are mixed."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from puc_tool.maps.canvas import flattening
from puc_tool.maps.canvas.finder import Finder
from puc_tool.maps.canvas.shapes import Shapes, shapes_of

SQUARE, HOLED = shapely.box(0, 0, 9, 9), shapely.box(20, 0, 29, 9).difference(shapely.box(22, 2, 24, 4))
PATH = shapely.LineString([(0, 0), (3, 4), (9, 9)])
KINDS = (
    SQUARE, HOLED, shapely.MultiPolygon([SQUARE, HOLED]), PATH, shapely.MultiLineString([PATH, PATH]),
    shapely.Point(1, 2), shapely.MultiPoint([(1, 2), (3, 4)]), shapely.Polygon(), shapely.Point(), None,
    shapely.GeometryCollection([SQUARE, PATH, shapely.MultiPoint([(5, 5)])]), SQUARE.exterior,
    shapely.from_wkt("POLYGON Z ((0 0 7, 4 0 7, 4 4 7, 0 0 7))"), shapely.from_wkt("LINESTRING ZM (0 0 1 2, 4 4 3 4)"),
)  # fmt: skip


def rings_of(shapes: Shapes, feature: int) -> list[np.ndarray]:
    """Return the points of each ring of a feature."""
    numbers = range(shapes.features[feature], shapes.features[feature + 1])
    return [shapes.points[shapes.rings[ring] : shapes.rings[ring + 1]] for ring in numbers]


def points_of(geometry: shapely.Geometry | None) -> int:
    """Return how many points lines and rings of a geometry have."""
    if geometry is None or geometry.is_empty:
        return 0
    if hasattr(geometry, "geoms"):
        return sum(map(points_of, geometry.geoms))
    return 0 if geometry.geom_type == "Point" else shapely.get_num_coordinates(geometry)


@given(st.lists(st.sampled_from(KINDS), max_size=8))
@settings(deadline=None)
def test_that_every_point_of_every_kind_is_there_once(chosen):
    shapes = shapes_of(np.array([*chosen, None], object)[:-1], np.arange(len(chosen)))
    counts = [sum(map(len, rings_of(shapes, place))) for place in range(len(chosen))]
    assert counts == [points_of(each) for each in chosen]
    signs = [0 if each is None else len(shapely.get_coordinates(each)) - points_of(each) for each in chosen]
    assert np.bincount(shapes.sign_classes, minlength=len(chosen)).tolist() == signs


def test_that_a_shell_and_its_hole_turn_against_each_other_however_they_came():
    for each in (HOLED, shapely.reverse(HOLED)):
        shell, hole = rings_of(shapes_of(np.array([each])), 0)
        areas = [shapely.LinearRing(ring).is_ccw for ring in (shell, hole)]
        assert areas[0] != areas[1]


def test_that_many_are_flat_as_few(monkeypatch):
    many = np.array([SQUARE, HOLED, PATH] * 5, object)
    at_once = shapes_of(many)
    monkeypatch.setattr(flattening, "_RUN", 4)
    in_runs = shapes_of(many)
    for one, other in zip(at_once.flat, in_runs.flat, strict=True):
        assert np.array_equal(one, other)


def test_that_geometry_is_left_as_it_was():
    given_shapes = np.array([SQUARE, HOLED], object)
    before = shapely.to_wkb(given_shapes).tolist()
    shapes_of(given_shapes)
    assert shapely.to_wkb(given_shapes).tolist() == before


def test_that_the_extent_holds_areas_and_points():
    assert shapes_of(np.array([SQUARE, shapely.Point(40, -3)], object)).extent == (0.0, -3.0, 40.0, 9.0)
    assert shapes_of(np.array([], object)).extent is None


@pytest.mark.parametrize(("point", "found"), [((1, 1), [2, 0]), ((23, 3), []), ((21, 1), [1]), ((100, 0), [])])
def test_that_what_lies_under_a_point_is_found_the_topmost_first(point, found):
    assert Finder(np.array([SQUARE, HOLED, SQUARE], object)).at(*point) == found


def test_that_a_line_is_found_within_reach_and_a_box_finds_what_it_touches():
    finder = Finder(np.array([PATH, HOLED], object))
    assert finder.at(3.0, 5.0) == []
    assert finder.at(3.0, 5.0, reach_m=1.0) == [0]
    assert finder.within(8.0, 8.0, 21.0, 10.0) == [0, 1]
