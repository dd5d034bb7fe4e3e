import pytest
import shapely
from shapely import box

from layers import roles
from layers.formats.vector import read
from layers.mends import registry
from layers.mends.settle_overlaps import SETTLE_OVERLAPS
from layers.source import locate

# 10 m x 10 m, and 20 m x 10 m that begins 0.2 m too far to the left: 0.2 m x 10 m = 2 m² twice.
PAIR = (box(0, 0, 10, 10), box(9.8, 0, 30, 10))


@pytest.mark.parametrize(
    ("rule", "areas"),
    [("first", [100.0, 200.0]), ("larger", [98.0, 202.0]), ("smaller", [100.0, 200.0])],
)
def test_that_a_narrow_overlap_goes_to_one_polygon_by_the_rule(rule, areas, drawn, context):
    step = SETTLE_OVERLAPS.apply(drawn(*PAIR), context(), [rule])
    assert step.layer.area.tolist() == pytest.approx(areas)
    line = step.line
    assert (line.features, line.area_m2, line.before_m2, line.after_m2) == pytest.approx((1, 2.0, 302.0, 300.0))
    assert line.values == {"tolerance_m": 0.5, "keeps": rule}


def test_that_a_wide_overlap_stays_and_is_told(drawn, context):
    # 2 m x 10 m.
    step = SETTLE_OVERLAPS.apply(drawn(box(0, 0, 10, 10), box(8, 0, 20, 10)), context())
    assert (step.line.features, step.line.area_m2) == (0, 0.0)
    assert [each.it for each in step.line.left] == [
        "Sovrapposizioni più larghe della tolleranza, o di un poligono intero, rimaste: 1, 0,00\u202fha. "
        "Decidere di chi è quel terreno."
    ]


def test_that_ground_under_three_polygons_is_taken_away_twice_and_no_more(drawn, context):
    # Each is 10 m x 10.2 m; the strip of 0.2 m is under all three: 3 x 102 - 2 x 2 = 302.
    three = drawn(box(0, 0, 10.2, 10), box(10, 0, 20, 10), box(10, 0, 20, 10).union(box(20, 0, 20.2, 10)))
    step = SETTLE_OVERLAPS.apply(three, context())
    assert step.line.before_m2 - step.line.area_m2 == pytest.approx(step.line.after_m2)


def test_that_a_thin_polygon_under_another_does_not_vanish(drawn, context):
    # A ditch of 0.3 m drawn inside a field: all of it is narrow, and all of it is under the field.
    step = SETTLE_OVERLAPS.apply(drawn(box(0, 0, 100, 100), box(10, 50, 90, 50.3)), context())
    assert len(step.layer) == 2
    assert step.layer.area.tolist() == pytest.approx([10_000.0, 24.0])
    assert step.line.left


def test_that_roles_whose_polygons_may_overlap_are_left_alone(drawn, context):
    assert SETTLE_OVERLAPS.propose(drawn(*PAIR), context(roles.FLOOD_HAZARD)) is None


def test_that_it_is_chosen_by_default(drawn, context):
    assert SETTLE_OVERLAPS.propose(drawn(*PAIR), context()).chosen


def test_that_real_zones_lose_exactly_what_was_twice(real_data, context):
    zones, _ = read(locate(real_data / "zoning" / "plu_41175_ZONE_URBA.shp"), None)
    mended = registry.apply(zones.set_crs(7791, allow_override=True), context(), {"settle-overlaps": ["5"]})
    (settled,) = mended.lines
    assert settled.before_m2 - settled.area_m2 == pytest.approx(settled.after_m2, abs=1e-4)
    # 4 709 m² are under two zones (``test_mend``); what is wider than 5 m stays.
    assert 0 < settled.area_m2 < 4_709.2
    assert shapely.is_valid(mended.layer.geometry.to_numpy()).all()
    assert len(mended.layer) == len(zones)


def test_that_real_overlapping_polygons_stay_an_error(real_data, context):
    polygons, _ = read(locate(real_data / "stress" / "qgis" / "polys_overlapping.shp"), None)
    step = SETTLE_OVERLAPS.apply(polygons.to_crs(5070), context())
    assert step.line.features == 0
    assert step.line.left
