import pytest
import shapely

from tests.area_by_slabs import area_together

SOUTH_WEST, NORTH_EAST = shapely.box(0, 0, 2, 2), shapely.box(1, 1, 3, 3)
ROOF = shapely.Polygon([(0, 0), (4, 0), (2, 2)])


@pytest.mark.parametrize(
    ("polygons", "window", "area"),
    [
        # 4 + 4, the corner of 1 that they share once.
        ([SOUTH_WEST, NORTH_EAST], (-9, -9, 9, 9), 7.0),
        # West of x = 2: 4, and of the other a strip of 1 × 2 less the shared 1.
        ([SOUTH_WEST, NORTH_EAST], (0, 0, 2, 3), 5.0),
        # 4 · 2 / 2; below y = 1 a trapezium of (4 + 2) / 2.
        ([ROOF], (-9, -9, 9, 9), 4.0),
        ([ROOF], (-9, -9, 9, 1), 3.0),
        # Over the box of 4 × 1.5 stands the tip of the roof, 1 wide and 0.5 high.
        ([ROOF, shapely.box(0, 0, 4, 1.5)], (-9, -9, 9, 9), 6.25),
        ([ROOF], (10, 10, 20, 20), 0.0),
    ],
)
def test_that_ground_is_counted_once_and_only_in_the_window(polygons, window, area):
    assert area_together(polygons, window) == pytest.approx(area, abs=1e-12)


def test_that_polygons_on_each_other_are_one():
    assert area_together([ROOF] * 3) == pytest.approx(4.0, abs=1e-12)
