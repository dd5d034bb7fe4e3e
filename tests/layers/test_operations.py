"""The operation recorded is the one that moves the coordinates, with its accuracy, whatever the order of the axes."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import CRS, Transformer

from layers import roles
from layers.crs import operation, reproject, transformer
from layers.intake import Ground, take_in
from layers.reference import LayerRef

SPEZIA, NAPLES = (9.7, 44.0, 9.95, 44.2), (14.1, 40.7, 14.4, 40.95)
R40, E50, F89 = (f"35160622_47161840_{name}_F00.gsb" for name in ("R40", "E50", "F89"))
UTM = CRS(7791)
EAST, NORTH = 566_000.0, 4_883_000.0


@pytest.mark.parametrize(
    ("source", "target", "place", "accuracy_m", "by", "missing"),
    [
        # Accuracies as EPSG's registry gives them for the operation named; 0 is a change of projection, or of a
        # datum that by definition coincides.
        (3003, 7791, SPEZIA, 4.0, "Monte Mario to ETRS89 (1)", (R40,)),
        (3004, 7792, NAPLES, 4.0, "Monte Mario to ETRS89 (1)", (R40,)),
        (3003, 7791, (8.2, 39.0, 9.6, 41.0), 4.0, "Monte Mario to ETRS89 (2)", (R40,)),  # Sardinia has its own
        (3004, 7792, (13.0, 37.5, 13.6, 38.2), 4.0, "Monte Mario to ETRS89 (3)", (R40,)),  # so has Sicily
        (4265, 7791, SPEZIA, 4.0, "Monte Mario to ETRS89 (1)", (R40,)),
        (4806, 7791, SPEZIA, 4.0, "Monte Mario to ETRS89 (1)", (R40,)),
        (26591, 7791, SPEZIA, 4.0, "Monte Mario to ETRS89 (1)", (R40,)),
        (23032, 7791, SPEZIA, 2.0, "ED50 to ETRS89 (10)", (E50,)),
        (23033, 7792, NAPLES, 11.0, "ED50 to WGS 84 (1)", (E50,)),
        (3064, 7791, SPEZIA, 0.5, "IGM95 to ETRS89 (1)", (F89,)),
        (25832, 7791, SPEZIA, 0.0, "Inverse of RDN2008 to ETRS89 (1)", ()),
        (32632, 7791, SPEZIA, 1.0, "Inverse of RDN2008 to WGS 84 (1)", ()),
        (4326, 7791, SPEZIA, 1.0, "Inverse of RDN2008 to WGS 84 (1)", ()),
        (3035, 7791, SPEZIA, 0.0, "Inverse of RDN2008 to ETRS89 (1)", ()),
        (7791, 3035, SPEZIA, 0.0, "RDN2008 to ETRS89 (1)", ()),
        (7791, 3003, SPEZIA, 4.0, "Inverse of Monte Mario to ETRS89 (1)", (R40,)),
        (7791, 4806, SPEZIA, 4.0, "Inverse of Monte Mario to ETRS89 (1)", (R40,)),
        (6706, 7791, SPEZIA, 0.0, "UTM zone 32N", ()),
        (6707, 7791, SPEZIA, 0.0, "UTM zone 32N", ()),
        (6708, 7792, NAPLES, 0.0, "UTM zone 33N", ()),
    ],
)
def test_that_between_two_crs_of_italy_this_operation_is_used(source, target, place, accuracy_m, by, missing):
    used = operation(CRS(source), CRS(target), place)
    assert by in used.description
    assert (used.accuracy_m, used.missing_grids) == (accuracy_m, missing)


def to_earth(lon, lat, a, inverse_flattening):
    """Return geocentric metres of degrees on an ellipsoid."""
    e2 = (2 - 1 / inverse_flattening) / inverse_flattening
    lon, lat = np.radians([lon, lat])
    n = a / np.sqrt(1 - e2 * np.sin(lat) ** 2)
    return np.array([n * np.cos(lat) * np.cos(lon), n * np.cos(lat) * np.sin(lon), n * (1 - e2) * np.sin(lat)])


def helmert(xyz):
    """Apply EPSG:1659, Monte Mario to ETRS89 (1), position vector: metres, seconds of arc, parts per million."""
    shift, (rx, ry, rz), scale = np.array([-104.1, -49.1, -9.9]), np.radians([0.971, -2.917, 0.714]) / 3600, -11.68e-6
    turn = np.array([[1, -rz, ry], [rz, 1, -rx], [-ry, rx, 1]])
    return shift + (1 + scale) * turn @ xyz


@pytest.mark.parametrize(
    ("source", "target", "place", "lon", "lat"),
    [(3003, 7791, SPEZIA, 9.82, 44.1), (3004, 7792, NAPLES, 14.25, 40.85), (4806, 7791, SPEZIA, 9.82, 44.1)],
)
def test_that_roma_40_is_moved_as_the_registered_parameters_say(source, target, place, lon, lat):
    # By hand: to the centre of the Earth, seven parameters, and there compared; no projection, no datum of PROJ's.
    start = Transformer.from_crs(4265, source, always_xy=True).transform(lon, lat)
    moved = transformer(CRS(source), CRS(target), place).transform(*start)
    there = Transformer.from_crs(target, 6706, always_xy=True).transform(*moved)
    wanted = helmert(to_earth(lon, lat, 6378388.0, 297.0))
    apart = to_earth(*there, 6378137.0, 298.257222101) - wanted
    # The height above the new ellipsoid is not kept: only what lies across the vertical counts.
    up = wanted / np.linalg.norm(wanted)
    assert np.linalg.norm(apart - up * (apart @ up)) < 0.2
    across = np.linalg.norm(np.array(moved) - np.array(reproject_by_etrs(source, target, start)))
    assert across < 0.001


def reproject_by_etrs(source, target, start):
    """Return the place by two explicit steps: Monte Mario (Greenwich) by the pipeline of EPSG:1659, then the plane."""
    lon, lat = Transformer.from_crs(source, 4265, always_xy=True).transform(*start)
    etrs = Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3 +step +proj=cart "
        "+ellps=intl +step +proj=helmert +x=-104.1 +y=-49.1 +z=-9.9 +rx=0.971 +ry=-2.917 +rz=0.714 +s=-11.68 "
        "+convention=position_vector +step +inv +proj=cart +ellps=GRS80 +step +proj=pop +v_3 "
        "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
    )
    return Transformer.from_crs(6706, target, always_xy=True).transform(*etrs.transform(lon, lat))


def test_that_the_meridian_of_rome_lies_12_27_08_4_east_of_greenwich():
    # EPSG:8909; Monte Mario stands at 0° of EPSG:4806.
    rome = transformer(CRS(4806), UTM, (12.0, 41.5, 13.0, 42.5)).transform(0.0, 41.924)
    greenwich = transformer(CRS(4265), UTM, (12.0, 41.5, 13.0, 42.5)).transform(12 + 27 / 60 + 8.4 / 3600, 41.924)
    assert rome == pytest.approx(greenwich, abs=1e-6)


@pytest.mark.parametrize("code", [4326, 6706, 4258, 6707, 3035])
def test_that_a_crs_whose_authority_puts_north_first_is_still_read_east_first(code):
    # Files keep the abscissa first; only the registry's definition has it the other way round.
    east_first = Transformer.from_crs(UTM, code, always_xy=True).transform(EAST, NORTH)
    layer = gpd.GeoDataFrame(geometry=[shapely.Point(east_first)], crs=code)
    moved, _ = reproject(layer, UTM)
    assert shapely.get_coordinates(moved.geometry[0])[0] == pytest.approx((EAST, NORTH), abs=0.001)


GML = """<?xml version="1.0" encoding="UTF-8"?>
<ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/" xmlns:gml="http://www.opengis.net/gml/3.2" gml:id="a">
<ogr:featureMember><ogr:zone gml:id="z.1"><ogr:geometry><gml:Polygon srsName="{srs}" gml:id="z.1.g"><gml:exterior>
<gml:LinearRing><gml:posList>{corners}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></ogr:geometry>
<ogr:zone>A</ogr:zone></ogr:zone></ogr:featureMember></ogr:FeatureCollection>"""


@pytest.mark.parametrize("code", [4326, 6706, 6707])
@pytest.mark.parametrize("as_urn", [True, False], ids=["urn", "short name"])
def test_that_a_gml_lands_in_its_place_whichever_order_its_name_implies(tmp_path, code, as_urn):
    # A urn means the authority's order, latitude or north first; the short «EPSG:n» by custom means east first.
    square = shapely.box(EAST, NORTH, EAST + 100, NORTH + 100)
    corners = np.column_stack(
        Transformer.from_crs(UTM, code, always_xy=True).transform(*shapely.get_coordinates(square).T)
    )
    written = corners[:, ::-1] if as_urn else corners
    srs = f"urn:ogc:def:crs:EPSG::{code}" if as_urn else f"EPSG:{code}"
    numbers = " ".join(f"{value:.9f}" for value in written.ravel())
    (tmp_path / "a.gml").write_text(GML.format(srs=srs, corners=numbers), encoding="utf-8")
    intake = take_in(LayerRef("zoning", "a.gml"), roles.ZONING, tmp_path, Ground(UTM))
    assert intake.layer.geometry.iloc[0].symmetric_difference(square).area < 1.0


@pytest.mark.parametrize("code", [6706, 4326])
def test_that_a_crs_given_as_wkt_with_latitude_first_changes_nothing_in_the_coordinates(tmp_path, code):
    lon_lat = Transformer.from_crs(UTM, code, always_xy=True).transform(EAST, NORTH)
    bare = gpd.GeoDataFrame({"zone": ["A"]}, geometry=[shapely.Point(lon_lat).buffer(0.001)])
    bare.set_crs(code).to_file(tmp_path / "a.gpkg")
    wkt = CRS(code).to_wkt()
    assert wkt.index("latitude") < wkt.index("longitude")
    intake = take_in(LayerRef("zoning", "a.gpkg", crs=wkt), roles.ZONING, tmp_path, Ground(UTM))
    assert intake.layer.geometry.iloc[0].centroid.distance(shapely.Point(EAST, NORTH)) < 1.0
