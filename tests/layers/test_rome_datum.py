import geopandas as gpd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from pyproj import CRS

from layers import roles
from layers.problems import Severity
from layers.rome_datum import doubts, shift_m, zone_of

UTM = CRS(7791)
PLANE = "+proj=tmerc +lat_0=0 +lon_0=9 +k=0.9996 +x_0=1500000 +y_0=0 +units=m"
UNKNOWN = CRS(f"{PLANE} +ellps=intl")
ON_WGS84 = CRS(f"{PLANE} +datum=WGS84")
NULL_PARAMETERS = CRS(f"{PLANE} +ellps=intl +towgs84=0,0,0,0,0,0,0")
GOOD_PARAMETERS = CRS(f"{PLANE} +ellps=intl +towgs84=-104.1,-49.1,-9.9,0.971,-2.917,0.714,-11.68")
# The same meridian, counted from Monte Mario in Rome: 9 - 12.45233 degrees.
FROM_ROME = CRS(PLANE.replace("+lon_0=9", "+lon_0=-3.45233333333333") + " +ellps=intl +pm=rome")
EAST = CRS("+proj=tmerc +lat_0=0 +lon_0=15 +k=0.9996 +x_0=2520000 +y_0=0 +units=m +ellps=intl")
HERE = (1_566_028.0, 4_883_017.0)  # La Spezia in Gauss-Boaga


def layer(crs, *xy):
    return gpd.GeoDataFrame(geometry=[shapely.Point(each) for each in xy or [HERE]], crs=crs)


@pytest.mark.parametrize(
    ("crs", "zone"),
    [
        (CRS(3003), 3003), (CRS(3004), 3004), (UNKNOWN, 3003), (ON_WGS84, 3003), (FROM_ROME, 3003), (EAST, 3004),
        (NULL_PARAMETERS, 3003), (UTM, None), (CRS(23032), None), (CRS(4326), None), (CRS(3035), None),
        (CRS(f"{PLANE} +ellps=intl".replace("0.9996", "1")), None),
    ],
)  # fmt: skip
def test_that_a_gauss_boaga_plane_is_known_by_its_projection_whatever_its_datum(crs, zone):
    assert zone_of(crs) == zone


@pytest.mark.parametrize("crs", [CRS(3003), CRS(CRS(3003).to_wkt("WKT1_ESRI")), GOOD_PARAMETERS, UTM, CRS(23032)])
def test_that_a_crs_with_the_rome_datum_or_of_another_plane_shifts_nothing(crs):
    assert shift_m(crs, UTM, HERE) < 0.1
    assert doubts(layer(crs), roles.ZONING, UTM) == []


def test_that_the_shift_of_a_missing_datum_is_the_one_office_staff_know():
    # Hayford's ellipsoid unmoved lies 25 m east and 73 m south of where it belongs: 77 m.
    assert shift_m(UNKNOWN, UTM, HERE) == pytest.approx(77, abs=0.5)
    assert shift_m(FROM_ROME, UTM, HERE) == pytest.approx(shift_m(UNKNOWN, UTM, HERE), abs=0.001)


@pytest.mark.parametrize("crs", [ON_WGS84, NULL_PARAMETERS])
def test_that_a_wrong_datum_is_told_with_its_shift_count_and_remedy(crs):
    (doubt,) = doubts(layer(crs, HERE, HERE), roles.ZONING, UTM)
    assert doubt.severity is Severity.WARNING
    assert doubt.remedy.it == "Se la fonte lo conferma, indicare --crs EPSG:3003."
    shift = round(shift_m(crs, UTM, HERE))
    assert shift > 30
    assert doubt.effect.it == f"Elementi spostati di circa {shift} m da dove li mette EPSG:3003: 2."


def test_that_coordinates_beyond_the_reach_of_the_plane_raise_nothing():
    assert doubts(layer(UNKNOWN, (1e30, 1e30)), roles.ZONING, UTM) == []


def test_that_an_empty_layer_or_one_without_crs_is_no_doubt():
    assert doubts(layer(UNKNOWN).iloc[:0], roles.ZONING, UTM) == []
    assert doubts(layer(None), roles.ZONING, UTM) == []


def test_that_doubting_leaves_the_layer_alone():
    doubted = layer(UNKNOWN)
    before = doubted.copy()
    doubts(doubted, roles.ZONING, UTM)
    assert_geodataframe_equal(doubted, before)
