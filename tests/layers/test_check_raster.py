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
    assert check_raster(raster([[111, 2], [2, 112]]), roles.SOIL_CONSUMPTION, GROUND, UTM) == []


def test_that_a_raster_over_half_the_ground_says_how_much_is_bare():
    # One row of 500 m over a ground of 1000 m: half.
    found = check_raster(raster([[1, 2]]), roles.SOIL_CONSUMPTION, GROUND, UTM)
    assert sentences(found) == [
        "Consumo di suolo (ISPRA): il raster lascia scoperto il 50,00 % del territorio. "
        "Quella parte conta come senza dato: 50,0\u202fha. Aggiungere il raster dell'area intera."
    ]
    assert found[0].severity is Severity.WARNING


def test_that_unknown_codes_of_cells_are_named_but_not_those_beyond_the_ground():
    # 77 stands on the ground, 88 two cells to the east of it.
    found = check_raster(raster([[77, 2, 88], [2, 2, 88]]), roles.SOIL_CONSUMPTION, GROUND, UTM)
    assert found[0].message.it == "le celle hanno codici non noti: 77."
    assert found[0].effect.it == "Contano come senza dato: circa 1 cella, 25,0\u202fha."


def test_that_a_masked_cell_has_no_code_and_is_told_as_empty_with_its_ground():
    # One cell of the four of 25 ha that the ground has.
    cells = raster([[77, 2], [2, 2]], mask=[[True, False], [False, False]])
    (found,) = check_raster(cells, roles.SOIL_CONSUMPTION, GROUND, UTM)
    assert (found.code, found.severity) == ("raster-no-data", Severity.WARNING)
    assert found.message.it == "sul comune ci sono celle senza valore: 25,00 %."
    assert found.effect.it == "Contano come senza dato: circa 1 cella, 25,0\u202fha."


@pytest.mark.parametrize("code", [0, 255])
def test_that_codes_outside_the_ispra_map_count_as_empty(code):
    (found,) = check_raster(raster([[code, 2], [2, 2]]), roles.SOIL_CONSUMPTION, GROUND, UTM)
    assert found.code == "raster-no-data"


def test_that_cells_are_told_as_part_of_what_the_raster_covers():
    # One row of two cells over half of the ground: the empty one stands for a quarter of it.
    found = check_raster(raster([[0, 2]]), roles.SOIL_CONSUMPTION, GROUND, UTM)
    assert [problem.code for problem in found] == ["raster-partly-covered", "raster-no-data"]
    assert found[1].effect.it.endswith("25,0\u202fha.")


def test_that_a_no_data_code_that_is_not_declared_is_told_as_an_impossible_height():
    cells = np.full((2, 2), 12.5)
    cells[0, 0] = -9999.0
    heights = ArrayRaster(np.ma.masked_array(cells), raster([[1, 1], [1, 1]]).grid)
    (found,) = check_raster(heights, roles.ELEVATION, GROUND, UTM)
    assert found.code == "elevation-impossible"
    assert found.message.it == "quote impossibili: \u22129.999 m."
    assert found.effect.it.endswith("25,0\u202fha.")


def test_that_of_a_huge_raster_of_heights_strips_are_looked_at(monkeypatch):
    monkeypatch.setattr("layers.check_raster.MOST_CELLS", 1000 * 512)
    fine = np.full((2048, 1000), 5.0)
    fine[600:700] = -9999.0  # in the second strip of 512 rows, of which one in four is looked at
    grid = Grid(UTM, Affine(1, 0, 566_000, 0, -1, 4_884_000), 1000, 2048)
    ground = shapely.box(566_000, 4_884_000 - 2048, 567_000, 4_884_000)
    assert check_raster(ArrayRaster(np.ma.masked_array(fine), grid), roles.ELEVATION, ground, UTM) == []


def test_that_any_number_is_a_height():
    assert check_raster(raster([[77, 2], [2, 2]]), roles.ELEVATION, GROUND, UTM) == []


def test_that_a_raster_elsewhere_is_an_error():
    found = check_raster(raster([[1]], left=700_000), roles.SOIL_CONSUMPTION, GROUND, UTM)
    assert sentences(found) == [
        "Consumo di suolo (ISPRA): il raster cade fuori dal territorio dello studio. "
        "Celle che non conterebbero: 1. Controllare il sistema di riferimento e il foglio scelto."
    ]


@pytest.mark.parametrize("crs", ["EPSG:2193", "+proj=gnom +lat_0=-44 +lon_0=-170"])
def test_that_a_crs_of_the_other_side_of_the_world_is_an_error_not_a_crash(crs):
    found = check_raster(raster([[1]], crs=CRS(crs)), roles.SOIL_CONSUMPTION, GROUND, UTM)
    assert [problem.code for problem in found] == ["layer-elsewhere"]


def test_that_a_raster_in_degrees_is_compared_on_the_same_ground():
    degrees = Grid(CRS(4326), Affine(1, 0, 9, 0, -1, 45), 1, 1)
    whole = ArrayRaster(np.ma.masked_array([[3.0]]), degrees)
    assert check_raster(whole, roles.ELEVATION, GROUND, UTM) == []
