import geopandas as gpd
import numpy as np
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from layers import roles
from layers.intake import Ground
from layers.mends import registry
from layers.mends.close_gaps import CLOSE_GAPS
from layers.mends.dealing import joined
from layers.mends.mend import Context
from layers.reference import LayerRef


def test_that_a_narrow_gap_goes_whole_to_one_neighbour(drawn, context):
    # Two squares of 10 m x 10 m, 0.2 m apart: 0.2 m x 10 m = 2 m². Both share 10 m of edge, so the first gets it.
    pair = drawn(box(0, 0, 10, 10), box(10.2, 0, 20.2, 10))
    step = CLOSE_GAPS.apply(pair, context(boundary=box(0, 0, 20.2, 10)))
    assert step.layer.area.tolist() == pytest.approx([102.0, 100.0])
    line = step.line
    assert (line.features, line.area_m2, line.before_m2, line.after_m2) == pytest.approx((1, 2.0, 200.0, 202.0))


def test_that_a_gap_goes_to_the_neighbour_with_the_longest_shared_edge(drawn, context):
    # Left of the gap two squares with 5 m each, right of it one with 10 m.
    three = drawn(box(0, 0, 10, 5), box(0, 5, 10, 10), box(10.2, 0, 20.2, 10))
    step = CLOSE_GAPS.apply(three, context(boundary=box(0, 0, 20.2, 10)))
    assert step.layer.area.tolist() == pytest.approx([50.0, 50.0, 102.0])
    assert step.line.first == ((3, "3"),)


def test_that_a_gap_wider_than_the_tolerance_stays_and_is_told(drawn, context):
    # 0.2 m x 10 m between the first two; 3 m x 10 m between the last two.
    row = drawn(box(0, 0, 10, 10), box(10.2, 0, 20, 10), box(23, 0, 33, 10))
    step = CLOSE_GAPS.apply(row, context(boundary=box(0, 0, 33, 10)), ["0,5"])
    assert step.line.area_m2 == pytest.approx(2.0)
    assert [each.it for each in step.line.left] == ["Buchi più larghi della tolleranza, rimasti: 1, 0,00\u202fha."]
    assert CLOSE_GAPS.apply(row, context(boundary=box(0, 0, 33, 10)), ["3"]).line.area_m2 == pytest.approx(32.0)


def test_that_a_hole_is_closed_where_the_role_need_not_cover_the_commune(drawn, context):
    # A ring of 1 m around nothing: the hole is 0.4 m x 8 m; ground outside is nobody's business.
    frame = drawn(box(0, 0, 10, 2.4) - box(1, 1, 9, 1.4))
    step = CLOSE_GAPS.apply(frame, context(roles.DISTRICTS, box(-100, -100, 100, 100)))
    assert step.layer.area.tolist() == pytest.approx([24.0])
    assert not step.line.left


def test_that_a_gap_that_runs_between_many_is_shared_out_along_their_edges(drawn, context):
    # Four squares of 10 m with a cross of 0.2 m between: 2 x 0.2 x 20.2 - 0.2 x 0.2 = 8.04 m².
    squares = [box(x, y, x + 10, y + 10) for x in (0, 10.2) for y in (0, 10.2)]
    ground = box(0, 0, 20.2, 20.2)
    step = CLOSE_GAPS.apply(drawn(*squares), context(boundary=ground))
    assert step.line.area_m2 == pytest.approx(8.04)
    assert shapely.union_all(step.layer.geometry).symmetric_difference(ground).area == pytest.approx(0.0, abs=1e-9)
    assert set(step.layer.geom_type) == {"Polygon"}
    # The first takes both arms of its corner (10 + 10 m, and the crossing); nobody is given more than that.
    assert (step.layer.area - 100).max() <= 2 * 0.2 * 10 + 4 * 0.2 * 0.2 + 1e-6


def test_that_a_gap_that_nobody_touches_is_told(drawn, context):
    # The strip lies 5 m beside the square.
    step = CLOSE_GAPS.apply(drawn(box(0, 0, 10, 10)), context(boundary=box(0, 0, 10, 10) | box(15, 0, 15.2, 10)))
    assert step.line.features == 0
    assert [each.en for each in step.line.left] == ["Gaps that no polygon touches: 1."]


def test_that_a_layer_without_gaps_is_not_proposed(drawn, context):
    whole = drawn(box(0, 0, 10, 10), box(10, 0, 20, 10))
    assert CLOSE_GAPS.propose(whole, context(boundary=box(0, 0, 20, 10))) is None


def test_that_points_are_never_asked_for_gaps(drawn, context):
    assert CLOSE_GAPS.propose(drawn(shapely.Point(0, 0)), context(roles.SERVICES)) is None


def test_that_it_is_proposed_but_left_to_the_planner(drawn, context):
    proposal = CLOSE_GAPS.propose(drawn(box(0, 0, 10, 10)), context(boundary=box(0, 0, 10.2, 10)))
    assert (proposal.chosen, proposal.line.features) == (False, 1)
    assert proposal.line.area_m2 == pytest.approx(2.0)


def test_that_the_layer_handed_in_stays_as_it_was(drawn, context):
    pair = drawn(box(0, 0, 10, 10), None, box(10.2, 0, 20.2, 10), zone=["A", "B", "C"])
    before = pair.copy()
    mended = CLOSE_GAPS.apply(pair, context(boundary=box(0, 0, 20.2, 10))).layer
    assert_geodataframe_equal(pair, before)
    assert mended["zone"].tolist() == ["A", "B", "C"]
    assert mended.geometry.isna().tolist() == [False, True, False]


def test_that_no_hairline_hole_stays_where_ground_was_joined():
    # The ground begins 1e-9 m beside the polygon's edge, except towards both ends: rounding that leaves a hole.
    left = box(0, 0, 10, 10)
    right = shapely.Polygon([(10, 0), (20, 0), (20, 10), (10, 10), (10, 8), (10 + 1e-9, 5), (10, 2)])
    whole = joined(left, [right])
    assert (whole.geom_type, len(whole.interiors)) == ("Polygon", 0)
    with_hole = box(0, 0, 10, 10) - box(4, 4, 6, 6)
    assert len(joined(with_hole, [box(10, 0, 20, 10)]).interiors) == 1


def test_that_a_net_between_many_is_shared_out_as_between_few(drawn, context):
    # 36 squares, more than are looked at together: each shrunk by 0.1 m on every side, the ground between is a net.
    squares = [box(x + 0.1, y + 0.1, x + 9.9, y + 9.9) for x in range(0, 60, 10) for y in range(0, 60, 10)]
    step = CLOSE_GAPS.apply(drawn(*squares), context(boundary=box(0, 0, 60, 60)))
    # 3600 - 36 x 9.8²: everything is given, nobody gets more than a strip of 0.5 m around.
    assert step.line.area_m2 == pytest.approx(3600 - 36 * 9.8**2)
    assert step.layer.area.sum() == pytest.approx(3600)
    assert step.layer.area.max() < 10.8**2
    assert set(step.layer.geom_type) == {"Polygon"}


SHIFT = st.floats(-0.2, 0.2).map(lambda value: round(value, 3))


@given(st.integers(2, 4), st.integers(2, 4), st.lists(st.tuples(SHIFT, SHIFT), min_size=16, max_size=16))
def test_that_a_shaken_plan_closes_to_the_square_metre(columns, rows, shifts):
    # Blocks of 100 m, each moved by up to 0.2 m both ways: gaps and overlaps of up to 0.4 m everywhere.
    places = [(100 * col, 100 * row) for col in range(columns) for row in range(rows)]
    blocks = [box(x + dx, y + dy, x + dx + 100, y + dy + 100) for (x, y), (dx, dy) in zip(places, shifts, strict=False)]
    shaken = gpd.GeoDataFrame(geometry=blocks, crs=7791)
    ground = box(0, 0, 100 * columns, 100 * rows)
    where = Context(roles.ZONING, Ground(shaken.crs, ground), LayerRef("zoning", "x"))
    mended = registry.apply(shaken, where, {"close-gaps": ["1"], "settle-overlaps": ["1"]})
    settled, closed = mended.lines
    assert settled.after_m2 == pytest.approx(settled.before_m2 - settled.area_m2, abs=1e-5)
    assert closed.after_m2 == pytest.approx(closed.before_m2 + closed.area_m2, abs=1e-5)
    geometry = mended.layer.geometry.to_numpy()
    assert len(geometry) == len(shaken)
    assert shapely.is_valid(geometry).all()
    covered = shapely.union_all(geometry)
    assert shapely.area(shapely.difference(ground, covered)) == pytest.approx(0.0, abs=1e-3)
    assert shapely.area(geometry).sum() == pytest.approx(shapely.area(covered), abs=1e-3)
    # Nobody gains or loses more than a strip around it: 400 m x 0.4 m, and the corners.
    assert np.abs(shapely.area(geometry) - 10_000).max() < 400 * 0.4 + 4
