import pytest
import shapely
from shapely import box

from layers.mends.snap import SNAP


def test_that_corners_of_a_later_feature_are_laid_onto_those_of_an_earlier(drawn, context):
    # The second square stands 0.05 m away and 0.05 m lower: its left corners move onto the first's right ones.
    step = SNAP.apply(drawn(box(0, 0, 10, 10), box(10.05, -0.05, 20, 9.95)), context())
    first, second = step.layer.geometry
    assert first.equals(box(0, 0, 10, 10))
    assert second.equals(shapely.Polygon([(10, 0), (20, -0.05), (20, 9.95), (10, 10)]))
    # A trapeze of 10 m: (10 + 10) / 2 x 10 = 100; before 9.95 x 10.
    assert (step.line.before_m2, step.line.after_m2) == pytest.approx((199.5, 200.0))
    assert (step.line.features, step.line.first) == (1, ((2, "2"),))


def test_that_corners_farther_than_the_tolerance_stay(drawn, context):
    assert SNAP.propose(drawn(box(0, 0, 10, 10), box(10.2, 0, 20, 10)), context()) is None


def test_that_a_feature_s_own_corners_are_not_drawn_together(drawn, context):
    # A comb with teeth of 0.05 m stands alone.
    comb = shapely.Polygon([(0, 0), (10, 0), (10, 1), (5.05, 1), (5.05, 2), (5, 2), (5, 1), (0, 1)])
    assert SNAP.propose(drawn(comb), context()) is None


def test_that_corners_near_the_boundary_are_laid_onto_it(drawn, context):
    # The boundary has a corner at (0, 10); the square's right side lies 0.06 m inside.
    boundary = box(0, 0, 10, 10)
    step = SNAP.apply(drawn(box(0.05, 3, 9.94, 9.96)), context(boundary=boundary), ["boundary"])
    assert step.layer.geometry[0].equals(box(0, 3, 10, 10))


def test_that_without_a_boundary_nothing_is_moved_and_that_is_said(drawn, context):
    square = drawn(box(0.05, 3, 9.94, 9.96))
    step = SNAP.apply(square, context(), ["boundary"])
    assert step.layer is square
    assert [each.it for each in step.line.left] == ["Lo studio non ha un confine."]


def test_that_a_feature_that_would_vanish_stays_as_it_was(drawn, context):
    # A strip of 0.06 m whose corners are all near one edge's corners of the square.
    strip = box(10.02, 0, 10.08, 10)
    step = SNAP.apply(drawn(box(0, 0, 10, 10), strip), context())
    assert step.layer.geometry[1].equals(strip)
    assert "ridotti a nulla: 1" in step.line.left[0].it


def test_that_it_is_left_to_the_planner(drawn, context):
    assert not SNAP.propose(drawn(box(0, 0, 10, 10), box(10.05, 0, 20, 10)), context()).chosen


def test_that_points_and_empty_rows_are_no_obstacle(drawn, context):
    step = SNAP.apply(drawn(shapely.Point(0, 0), None, shapely.Point(0.05, 0)), context())
    assert step.layer.geometry[2].equals(shapely.Point(0, 0))
