import numpy as np
import pytest
import shapely
from affine import Affine
from pyproj import CRS

from layers import roles
from layers.check_raster import check_raster
from layers.grid import Grid
from layers.problems import Severity
from layers.raster import ArrayRaster

# The ground of the study: one square kilometre near La Spezia.
GROUND = shapely.box(566_000, 4_883_000, 567_000, 4_884_000)
UTM = CRS(7791)


def sentences(found):
    return [problem.sentence("it") for problem in found]


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
