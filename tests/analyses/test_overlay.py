import numpy as np
import shapely

from analyses.overlay import pieces, polygonal

FIELD = shapely.box(0, 0, 100, 100)


def shapes(*polygons):
    return np.array(polygons, dtype=object)


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
