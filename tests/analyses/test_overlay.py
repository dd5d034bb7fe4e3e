import numpy as np
import shapely

from analyses.overlay import polygonal

FIELD = shapely.box(0, 0, 100, 100)


def shapes(*polygons):
    return np.array(polygons, dtype=object)


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
