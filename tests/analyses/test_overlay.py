import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from analyses.overlay import class_areas, pieces, polygonal
from analyses.progress import Cancelled

FIELD = shapely.box(0, 0, 100, 100)


def classes(*numbers):
    return np.array(numbers, dtype=np.intp)


def shapes(*polygons):
    return np.array(polygons, dtype=object)


def stars():
    """Return polygons with a wild outline around a point near the field."""
    radii = st.lists(st.floats(5, 60), min_size=3, max_size=12)
    return st.builds(star, st.floats(-20, 120), st.floats(-20, 120), radii, st.floats(0, 6.28))


def star(x, y, radii, turn):
    angles = turn + 2 * np.pi * np.arange(len(radii)) / len(radii)
    polygon = shapely.Polygon(np.column_stack((x + radii * np.cos(angles), y + radii * np.sin(angles))))
    return shapely.make_valid(polygon).buffer(0.0)


def test_that_classes_are_measured_in_each_unit_and_the_rest_is_no_data():
    units = shapes(shapely.box(0, 0, 50, 10), shapely.box(50, 0, 100, 10))
    polygons = shapes(shapely.box(0, 0, 20, 10), shapely.box(20, 0, 60, 10), shapely.box(60, 0, 70, 5))
    # West: 20 m × 10 m of class 1, 30 m × 10 m of class 0. East: 10 × 10 of class 0, 10 × 5 of class 1, 350 bare.
    areas = class_areas(units, polygons, classes(1, 0, 1), 2)
    assert areas.tolist() == [[300.0, 200.0, 0.0], [100.0, 50.0, 350.0]]


def test_that_units_without_any_polygon_are_no_data():
    assert class_areas(shapes(FIELD), shapes(), classes(), 3).tolist() == [[0.0, 0.0, 0.0, 10_000.0]]


@given(st.lists(stars(), min_size=1, max_size=3), st.integers(1, 6))
@settings(max_examples=40)
def test_that_rows_add_up_to_the_unit_whatever_its_outline(units, strips):
    width = 100 / strips
    polygons = shapes(*(shapely.box(i * width, 0, (i + 1) * width, 100) for i in range(strips)))
    areas = class_areas(shapes(*units), polygons, np.arange(strips) % 2, 2)
    assert areas.sum(axis=1) == pytest.approx(shapely.area(units), rel=1e-9)
    assert (areas >= 0.0).all()


def test_that_an_overlap_too_slight_to_be_settled_makes_no_unit_larger():
    # 20 m × 1 m of ground; the two polygons share 1e-7 m × 1 m of it, a part in 2e8: they share the loss.
    unit = shapely.box(0, 0, 20, 1)
    polygons = shapes(shapely.box(0, 0, 10 + 1e-7, 1), shapely.box(10, 0, 20, 1))
    areas = class_areas(shapes(unit), polygons, classes(0, 1), 2)
    assert areas.sum() == pytest.approx(20.0, rel=1e-15)
    assert areas[0].tolist() == pytest.approx([10.0, 10.0, 0.0], abs=1e-7)


def test_that_each_reported_step_can_be_the_last():
    told = []
    arguments = (shapes(FIELD), shapes(FIELD), classes(0), 1)
    class_areas(*arguments, report=lambda share, message: told.append(share))
    assert told[0] == 0.0
    assert told[-1] == 1.0
    for limit in told:

        def stop(share, message, limit=limit):
            if share >= limit:
                raise Cancelled

        with pytest.raises(Cancelled):
            class_areas(*arguments, report=stop)


def test_that_the_arrays_handed_in_are_left_as_they_were():
    units, polygons, numbers = shapes(FIELD), shapes(shapely.box(0, 0, 10, 10)), classes(0)
    class_areas(units, polygons, numbers, 1)
    assert (units[0], polygons[0], numbers.tolist()) == (FIELD, shapely.box(0, 0, 10, 10), [0])


def test_that_pieces_know_the_two_polygons_they_are_of():
    before = shapes(shapely.box(0, 0, 50, 10), shapely.box(50, 0, 100, 10))
    after = shapes(shapely.box(0, 0, 30, 10), shapely.box(30, 0, 80, 10))
    ground, old, new = pieces(before, after)
    # The cuts at 30, 50 and 80 m: 30 m of (0, 0), 20 m of (0, 1), 30 m of (1, 1), each 10 m high.
    found = {(int(a), int(b)): area for a, b, area in zip(old, new, shapely.area(ground), strict=True)}
    assert found == {(0, 0): 300.0, (0, 1): 200.0, (1, 1): 300.0}


def test_that_neighbours_that_touch_in_a_line_or_a_point_share_no_piece():
    ground, _, _ = pieces(
        shapes(shapely.box(0, 0, 10, 10)), shapes(shapely.box(10, 0, 20, 10), shapely.box(10, 10, 20, 20))
    )
    assert len(ground) == 0


def test_that_only_the_ground_of_a_mixed_geometry_is_kept():
    line = shapely.LineString([(0, 0), (5, 5)])
    mixed = shapely.GeometryCollection([shapely.box(0, 0, 1, 1), line, shapely.MultiPolygon([shapely.box(2, 0, 3, 1)])])
    kept = polygonal(shapes(mixed, line, shapely.Point(0, 0), FIELD, shapely.Polygon()))
    assert shapely.area(kept).tolist() == [2.0, 0.0, 0.0, 10_000.0, 0.0]
    assert {geometry.geom_type for geometry in kept} == {"Polygon", "MultiPolygon"}
    assert kept[3] is FIELD


def test_that_making_ground_leaves_the_geometry_handed_in_as_it_was():
    geometry = shapes(shapely.Point(0, 0))
    polygonal(geometry)
    assert geometry[0] == shapely.Point(0, 0)
