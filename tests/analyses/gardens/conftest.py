"""A commune of 100 m × 100 m, all field: public land in the west (0 to 30 m) and in the east (70 to 100 m).

The soil is sound but for the east, which is consumed reversibly (122). Two criteria weigh the same: public land, and
soil. So the west scores ½ + ½ = 1, the east ½ + 0 = ½, the middle 0 + ½ = ½.
"""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from affine import Affine
from pyproj import CRS

from analyses.analysis import Edition
from analyses.gardens.criteria import CLASS, INSIDE, SOIL, Criterion
from analyses.gardens.params import GardenParams
from layers.grid import Grid
from layers.raster import ArrayRaster

UTM, EAST, NORTH = CRS(7791), 566_500.0, 4_883_500.0


def _layer(*boxes, **columns):
    shapes = [shapely.box(EAST + a, NORTH + b, EAST + c, NORTH + d) for a, b, c, d in boxes]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=UTM)


def _soil(hole=()):
    codes = np.full((10, 10), 2, np.uint8)
    codes[:, 7:] = 122
    for row, col in hole:
        codes[row, col] = 0
    grid = Grid(UTM, Affine(10, 0, EAST, 0, -10, NORTH + 100), 10, 10)
    return (Edition(2023, ArrayRaster(np.ma.masked_equal(codes, 0), grid)),)


@pytest.fixture
def layer():
    """Make a layer of boxes, in metres from the lower left corner."""
    return _layer


@pytest.fixture
def soil():
    """Make the soil raster, with holes at (row, column)."""
    return _soil


@pytest.fixture
def field():
    return {
        "boundary": _layer((0, 0, 100, 100), name=["Borgo"], code=["011999"]),
        "land_use": (Edition(2018, _layer((0, 0, 100, 100), code=["211"])),),
        "soil_consumption": _soil(),
        "public_land": _layer((0, 0, 30, 100), (70, 0, 100, 100), name=["Ovest", "Est"], owner=["Comune", "Demanio"]),
    }


@pytest.fixture
def two():
    """Public land and soil, of equal weight."""
    return (
        Criterion("public_land", 0.5, 1.0, 0.0, None, CLASS, INSIDE, "public_land"),
        Criterion("soil", 0.5, 1.0, 0.0, None, CLASS, SOIL, "soil_consumption"),
    )


@pytest.fixture
def plain(two):
    """Parameters of the two criteria in cells of 10 m."""
    return GardenParams(criterion=two, cell_m=10.0, least_score=0.4, draws=50)
