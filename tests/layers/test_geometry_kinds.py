import geopandas as gpd
import pytest
import shapely

from layers.geometry_kinds import has_geometry, kinds, shape_of, type_ids
from layers.spec import Shape


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        ("MultiPoint", Shape.POINT),
        ("LineString", Shape.LINE),
        ("MultiPolygon", Shape.POLYGON),
        ("GeometryCollection", None),
    ],
)
def test_that_multi_parts_have_the_shape_of_their_parts_and_collections_have_none(kind, shape):
    assert shape_of(kind) is shape


@pytest.mark.parametrize(
    ("wkt", "shape"),
    [
        ("POINT (0 0)", Shape.POINT),
        ("LINESTRING (0 0, 1 1)", Shape.LINE),
        ("LINEARRING (0 0, 1 1, 1 0, 0 0)", Shape.LINE),
        ("POLYGON ((0 0, 1 1, 1 0, 0 0))", Shape.POLYGON),
        ("MULTIPOINT (0 0, 1 1)", Shape.POINT),
        ("MULTILINESTRING ((0 0, 1 1))", Shape.LINE),
        ("MULTIPOLYGON (((0 0, 1 1, 1 0, 0 0)))", Shape.POLYGON),
    ],
)
def test_that_the_numbers_of_a_shape_are_those_geos_gives_its_geometries(wkt, shape):
    geometry = shapely.from_wkt(wkt)
    others = [each for each in Shape if each is not shape]
    assert shapely.get_type_id(geometry) in type_ids([shape])
    assert shapely.get_type_id(geometry) not in type_ids(others)


def test_that_a_collection_is_counted_under_its_own_name_and_has_no_number_of_a_shape():
    collection = shapely.from_wkt("GEOMETRYCOLLECTION (POINT (0 0))")
    assert kinds(gpd.GeoSeries([collection, shapely.Point(1, 1), shapely.Point(2, 2)]).to_numpy()) == {
        "Point": 2, "GeometryCollection": 1,
    }  # fmt: skip
    assert shapely.get_type_id(collection) not in type_ids(list(Shape))


def test_that_neither_nothing_nor_an_empty_polygon_is_a_geometry():
    layer = gpd.GeoDataFrame(geometry=[shapely.Point(0, 0), None, shapely.Polygon()])
    assert has_geometry(layer).tolist() == [True, False, False]
