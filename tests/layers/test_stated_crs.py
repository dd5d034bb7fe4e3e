import geopandas as gpd
import pytest
import shapely
from pyproj import CRS

from layers.formats.stated_crs import only_stated, stated
from layers.formats.vector import look, read
from layers.source import locate

UNKNOWN = 'GEOGCS["Undefined geographic SRS",DATUM["unknown",SPHEROID["unknown",6378137,298.257223563]],' \
    'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]'  # fmt: skip


def test_that_a_crs_is_taken_as_it_is_stated():
    assert stated(CRS(7791).to_wkt()) == CRS(7791)


@pytest.mark.parametrize("text", [None, "", "EPSG:99999", "GEOGCS[", UNKNOWN])
def test_that_what_says_no_crs_is_none(text):
    assert stated(text) is None


def test_that_a_layer_keeps_its_crs_unless_it_stands_for_an_unknown_one():
    points = [shapely.Point(9.8, 44.1)]
    assert only_stated(gpd.GeoDataFrame(geometry=points, crs=4326)).crs == CRS(4326)
    assert only_stated(gpd.GeoDataFrame(geometry=points)).crs is None
    assert only_stated(gpd.GeoDataFrame(geometry=points, crs=CRS.from_wkt(UNKNOWN))).crs is None


def test_that_the_unknown_crs_of_a_geopackage_is_no_crs(town):
    source = locate(town(crs=UNKNOWN))
    assert look(source, "zone").crs is None
    assert read(source, None)[0].crs is None
