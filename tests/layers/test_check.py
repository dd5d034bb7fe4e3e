import geopandas as gpd
import numpy as np
import pytest
import shapely
from affine import Affine
from pyproj import CRS

from layers import roles
from layers.check import check, check_place, check_raster, shape_of
from layers.grid import Grid
from layers.problems import Severity
from layers.raster import ArrayRaster
from layers.spec import Shape

BOX = shapely.box(0, 0, 10, 10)
# The ground of the study: one square kilometre near La Spezia.
GROUND = shapely.box(566_000, 4_883_000, 567_000, 4_884_000)
UTM = CRS(7791)


def layer(*geometry, crs=7791, **columns):
    return gpd.GeoDataFrame(columns, geometry=list(geometry), crs=crs)


def sentences(found):
    return [problem.sentence("it") for problem in found]


def test_that_a_sound_layer_has_no_problem():
    assert check(layer(BOX, zone=["A"]), roles.ZONING) == []


def test_that_every_fault_is_told_at_once():
    faults = check(layer(shapely.Point(0, 0), crs=None), roles.ZONING)
    assert [problem.code for problem in faults] == ["crs-missing", "geometry-kind", "field-missing"]


def test_that_a_layer_without_features_can_t_play_a_role():
    assert sentences(check(layer(zone=[]), roles.ZONING)) == [
        "Zonizzazione del piano: il livello non contiene elementi. Non può svolgere il suo ruolo. "
        "Controllare il file, la tabella scelta e l'espressione di --where."
    ]


def test_that_a_crs_is_asked_for_and_never_guessed():
    assert sentences(check(layer(BOX, crs=None, zone=["A"]), roles.ZONING)) == [
        "Zonizzazione del piano: il livello non dice il suo sistema di riferimento. "
        "Non si sa dove cade: non viene indovinato. "
        "Indicarlo con --crs, per esempio --crs EPSG:3003 (Gauss-Boaga ovest)."
    ]


def test_that_points_are_no_zones():
    assert sentences(check(layer(shapely.Point(0, 0), zone=["A"]), roles.ZONING)) == [
        "Zonizzazione del piano: servono poligoni, il livello ha Point. "
        "Non può svolgere questo ruolo. Scegliere un'altra tabella o un altro file."
    ]


def test_that_of_mixed_geometry_the_unfit_part_is_counted_and_named():
    mixed = layer(BOX, shapely.Point(0, 0), shapely.LineString([(0, 0), (1, 1)]), zone=["A", "B", "C"])
    found = check(mixed, roles.ZONING)
    assert [problem.severity for problem in found] == [Severity.WARNING]
    assert sentences(found) == [
        "Zonizzazione del piano: 2 elementi sono LineString, Point, non poligoni. Non vengono contati."
    ]


@pytest.mark.parametrize("nothing", [None, shapely.Polygon()], ids=["null", "empty"])
def test_that_a_feature_without_geometry_is_counted_and_told(nothing):
    assert sentences(check(layer(BOX, nothing, zone=["A", "B"]), roles.ZONING)) == [
        "Zonizzazione del piano: 1 elementi non hanno geometria. Non vengono contati."
    ]


@pytest.mark.parametrize("nothing", [None, shapely.Polygon()], ids=["null", "empty"])
def test_that_a_layer_of_nothing_but_missing_geometry_is_refused(nothing):
    assert sentences(check(layer(nothing, nothing, zone=["A", "B"]), roles.ZONING)) == [
        "Zonizzazione del piano: servono poligoni, il livello ha solo righe senza geometria. "
        "Non può svolgere questo ruolo. Scegliere un'altra tabella o un altro file."
    ]


def test_that_a_required_field_is_asked_for_with_both_remedies():
    assert sentences(check(layer(BOX), roles.ZONING)) == [
        "Zonizzazione del piano: manca «Zona o ambito» (zone). Il ruolo non può farne a meno. "
        "Indicare il campo con --field zone=CAMPO, o un valore per tutti con --set-field zone=VALORE."
    ]


def test_that_a_required_field_without_any_value_is_as_good_as_missing():
    assert [problem.code for problem in check(layer(BOX, zone=[None]), roles.ZONING)] == ["field-missing"]


def test_that_gaps_in_a_required_field_are_counted_and_let_through():
    found = check(layer(BOX, BOX, zone=["A", None]), roles.ZONING)
    assert sentences(found) == [
        "Zonizzazione del piano: 1 elementi non hanno «Zona o ambito». "
        "Sono contati sotto un nome vuoto. Completare il dato."
    ]
    assert found[0].severity is Severity.WARNING


def test_that_gaps_in_an_optional_field_are_nobody_s_problem():
    assert check(layer(BOX, zone=["A"], name=[None]), roles.ZONING) == []


def test_that_negative_residents_are_an_error():
    found = check(layer(BOX, BOX, population=[-5.0, 3.0]), roles.CENSUS)
    assert sentences(found) == [
        "Sezioni di censimento: 1 elementi hanno «Popolazione residente» fuori dai limiti (almeno 0 ab). "
        "Correggere quei valori nel dato."
    ]
    assert found[0].severity is Severity.ERROR


def test_that_a_share_over_a_hundred_is_an_error():
    found = check(layer(BOX, code=["D1"], name=["Porto"], se_pct=[120.0]), roles.DISTRICTS)
    assert found[0].message.it == "1 elementi hanno «Superficie edificabile Se» fuori dai limiti (fra 0 e 100 %)."


def test_that_a_layer_on_the_ground_is_in_place_and_one_elsewhere_says_how_far():
    # From 567 000 to 569 500 m east: 2.5 km.
    near, far = (
        layer(shapely.box(566_500, 4_883_500, 567_500, 4_884_500)),
        layer(shapely.box(569_500, 4_883_000, 570_000, 4_884_000)),
    )
    assert check_place(near, roles.ZONING, GROUND) == []
    assert sentences(check_place(far, roles.ZONING, GROUND)) == [
        "Zonizzazione del piano: il livello cade fuori dal territorio dello studio, a 2,5 km. "
        "Nessuno dei suoi elementi verrebbe contato. "
        "Di solito è il sistema di riferimento: indicare quello giusto con --crs."
    ]


def raster(cells, left=566_000.0, top=4_884_000.0, size=500.0, crs=UTM, mask=False):
    height, width = np.shape(cells)
    grid = Grid(crs, Affine(size, 0, left, 0, -size, top), width, height)
    return ArrayRaster(np.ma.masked_array(np.array(cells, np.uint8), mask), grid)


def test_that_a_raster_of_known_codes_over_the_whole_ground_has_no_problem():
    assert check_raster(raster([[111, 2], [2, 255]]), roles.SOIL_CONSUMPTION, GROUND, UTM) == []


def test_that_a_raster_over_half_the_ground_says_how_much_is_bare():
    # One row of 500 m over a ground of 1000 m: half.
    found = check_raster(raster([[1, 2]]), roles.SOIL_CONSUMPTION, GROUND, UTM)
    assert sentences(found) == [
        "Consumo di suolo (ISPRA): il raster lascia scoperto il 50,00 % del territorio. "
        "Quella parte conta come senza dato. Aggiungere il raster dell'area intera."
    ]
    assert found[0].severity is Severity.WARNING


def test_that_unknown_codes_of_cells_are_named_but_not_those_beyond_the_ground():
    # 77 stands on the ground, 88 two cells to the east of it.
    found = check_raster(raster([[77, 2, 88], [2, 2, 88]]), roles.SOIL_CONSUMPTION, GROUND, UTM)
    assert found[0].message.it == "le celle hanno codici non noti: 77."


def test_that_a_masked_cell_has_no_code():
    cells = raster([[77, 2], [2, 2]], mask=[[True, False], [False, False]])
    assert check_raster(cells, roles.SOIL_CONSUMPTION, GROUND, UTM) == []


def test_that_any_number_is_a_height():
    assert check_raster(raster([[77, 2], [2, 2]]), roles.ELEVATION, GROUND, UTM) == []


def test_that_a_raster_elsewhere_is_an_error():
    found = check_raster(raster([[1]], left=700_000), roles.SOIL_CONSUMPTION, GROUND, UTM)
    assert sentences(found) == [
        "Consumo di suolo (ISPRA): il raster cade fuori dal territorio dello studio. "
        "Nessuna cella verrebbe contata. Controllare il sistema di riferimento e il foglio scelto."
    ]


@pytest.mark.parametrize("crs", ["EPSG:2193", "+proj=gnom +lat_0=-44 +lon_0=-170"])
def test_that_a_crs_of_the_other_side_of_the_world_is_an_error_not_a_crash(crs):
    found = check_raster(raster([[1]], crs=CRS(crs)), roles.SOIL_CONSUMPTION, GROUND, UTM)
    assert [problem.code for problem in found] == ["layer-elsewhere"]


def test_that_a_raster_in_degrees_is_compared_on_the_same_ground():
    degrees = Grid(CRS(4326), Affine(1, 0, 9, 0, -1, 45), 1, 1)
    whole = ArrayRaster(np.ma.masked_array([[3.0]]), degrees)
    assert check_raster(whole, roles.ELEVATION, GROUND, UTM) == []


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
