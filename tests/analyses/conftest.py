"""A made-up town that fits on a napkin: one commune of 100 m × 100 m, two neighbourhoods, two zones, one district.

Its raster has 10 × 10 cells of 10 m in the town's own CRS, so every area can be worked out by hand. From the west:

======== ============================ ==========================================
columns  2012                         2023
======== ============================ ==========================================
0, 1     111                          111
2        122                          upper half 2, lower half 111
3        2                            121
4 … 8    2                            2
9        no data                      upper two cells 111, the rest no data
======== ============================ ==========================================

The sea lies 250 m west of the town, so the coast's first 300 m end in the middle of it; a river runs 100 m west, and
so does its strip of 150 m. The lower 30 m may flood (P1), the lowest 10 m often do (P3); from 80 m on the slope may
slide (Pg3a, so P3), from 60 m on it was looked at and is stable (Pg0, which has no national class). The ground is flat
at 290 m up to column 3 and rises by 3 m a column from there.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from affine import Affine
from pyproj import CRS

from analyses.analysis import Edition
from analyses.districts.scenarios import AddedService, Edit, Scenario
from layers.grid import Grid
from layers.raster import ArrayRaster

UTM = CRS(7791)
EAST, NORTH = 566_500.0, 4_883_500.0


def plot(*points):
    """Return the polygon through points given in metres from the town's lower left corner."""
    return shapely.Polygon([(EAST + x, NORTH + y) for x, y in points])


def box(left, bottom, right, top):
    return shapely.box(EAST + left, NORTH + bottom, EAST + right, NORTH + top)


def upright(x):
    return shapely.LineString([(EAST + x, NORTH - 900), (EAST + x, NORTH + 900)])


def layer(geometry, **columns):
    return gpd.GeoDataFrame(columns, geometry=list(geometry), crs=UTM)


def raster(codes):
    codes = np.asarray(codes, dtype=np.uint8)
    height, width = codes.shape
    return ArrayRaster(
        np.ma.masked_equal(codes, 0), Grid(UTM, Affine(10, 0, EAST, 0, -10, NORTH + height * 10), width, height)
    )


def elevation():
    """Return heights on the soil's cells and two more around them: column 7 is the first above 300 m.

    By Horn's method columns 0 to 2 are flat, column 3 has 15 % and the others 30 %.
    """
    heights = np.broadcast_to(290.0 + 3.0 * np.clip(np.arange(-2, 12) - 3, 0, None), (14, 14))
    return ArrayRaster(np.ma.array(heights), Grid(UTM, Affine(10, 0, EAST - 20, 0, -10, NORTH + 120), 14, 14))


def soil(year):
    cells = np.full((10, 10), 2)
    cells[:, :2] = 111
    cells[:, 9] = 0
    if year == 2012:
        cells[:, 2] = 122
    else:
        cells[5:, 2] = 111
        cells[:, 3] = 121
        cells[:2, 9] = 111
    return Edition(year, raster(cells))


def land_use(year):
    """Return 3-digit codes; from 2012 to 2023 a field of 20 m is built up, and half of a park.

    ======== ============= =====================================
    metres   2012          2023
    ======== ============= =====================================
    0 - 20   112           112
    20 - 40  141 (park)    lower half 121, upper half 141
    40 - 60  211           112
    60 - 70  112           312
    70 - 90  311           311
    90 - 100 no polygon    no polygon
    ======== ============= =====================================
    """
    strips = {(0, 20): "112", (20, 40): "141", (40, 60): "211", (60, 70): "112", (70, 90): "311"}
    if year == 2012:
        return Edition(year, layer([box(a, 0, b, 100) for a, b in strips], code=list(strips.values())))
    shapes = [box(0, 0, 20, 100), box(20, 0, 40, 50), box(20, 50, 40, 100), box(40, 0, 60, 100), box(60, 0, 70, 100)]
    return Edition(
        year, layer([*shapes, box(70, 0, 90, 100)], code=["112", "121", "141", "112", "312", "311"])
    )  # fmt: skip


@pytest.fixture
def town():
    """Return every layer of the town under the id of its role, and its people; both years of soil and land use.

    Ponente reaches 10 m beyond the boundary in the west; in the east 5 m of ground are in no neighbourhood.
    """
    return {
        "boundary": layer([box(0, 0, 100, 100)], name=["Borgo"], code=["011999"]),
        "soil_consumption": (soil(2012), soil(2023)),
        "land_use": (land_use(2012), land_use(2023)),
        "neighbourhoods": layer(
            [box(-10, 0, 35, 100), box(35, 0, 95, 100)], name=["Ponente", "Levante"], code=["P", "L"]
        ),
        "zoning": (
            Edition(1987, layer([box(0, 0, 50, 100), box(50, 0, 90, 100)], zone=["B", "C"], name=["Centro", "Nuova"])),
            Edition(2003, layer([plot((0, 0), (0, 100), (100, 100)), plot((0, 0), (100, 100), (100, 0))],
                                zone=["B", "E"], name=["Completamento", "Agricola"], dm1444=["B", "E"])),
        ),
        "districts": layer([box(10, 10, 30, 30)], code=["D1"], name=["Vecchia fornace"]),
        "flood_hazard": layer([box(0, 0, 100, 30), box(0, 0, 100, 10)], **{"class": ["P1", "P3"]}),
        "landslide_hazard": layer([box(60, 0, 100, 100), box(80, 0, 100, 100)], **{"class": ["Pg0", "Pg3a"]}),
        "coastline": layer([upright(-250)], name=["Golfo"]),
        "hydrography": layer([upright(-100)], name=["Rio"], kind=["river"]),
        "elevation": elevation(),
        "population": {"istat": {2012: 90, 2023: 100}},
    }  # fmt: skip


def heights():
    """Return 10 × 10 cells: from the west 0.5, 0.9, a wall of 2.0 with a gap of 1.2 in the north, 0.3, then 5.0 m.

    The easternmost column has no data.
    """
    cells = np.full((10, 10), 5.0, dtype=np.float32)
    cells[:, :4] = 0.5, 0.9, 2.0, 0.3
    cells[0, 2] = 1.2
    cells[:, 9] = -9999.0
    return ArrayRaster(np.ma.masked_equal(cells, -9999.0), Grid(UTM, Affine(10, 0, EAST, 0, -10, NORTH + 100), 10, 10))


@pytest.fixture
def hazards():
    """Return what the town adds for hazards: nested floods in the west, landslides in the east, people and a coast.

    ======== ==================== ======================= =========================================
    metres   flood                landslide               homes
    ======== ==================== ======================= =========================================
    0 - 20   P3 in P2 in P1       none                    6 m high
    20 - 40  P2 in P1             none                    4 floors
    40 - 60  P1                   AA above 50 m, from 50  a shop
    60 - 70  none                 Pg2                     none
    70 - 100 none                 Pg4 below 50 m, else    one, of unknown height
                                  Pg2
    ======== ==================== ======================= =========================================
    """
    homes = [box(2, 2, 10, 10), box(30, 5, 38, 13), box(45, 5, 55, 15), box(75, 60, 85, 70), box(110, 0, 120, 10)]
    missing = np.nan
    return {
        "flood_hazard": layer([box(0, 0, east, 100) for east in (60, 40, 20)], **{"class": ["P1", "P2", "P3"]}),
        "landslide_hazard": layer(
            [box(70, 0, 100, 50), box(60, 0, 100, 100), box(50, 50, 60, 100)], **{"class": ["Pg4", "Pg2", "AA"]}
        ),
        "census": (
            Edition(2021, layer(
                [box(0, 0, 60, 100), box(60, 0, 100, 50), box(60, 50, 100, 100)],
                population=[90.0, 20.0, 10.0], population_0_14=[9.0, 4.0, 1.0],
                population_65_plus=[30.0, 5.0, 4.0], households=[45.0, 8.0, 5.0],
            )),
        ),
        "buildings": layer(
            homes, height_m=[6.0, missing, 10.0, missing, 3.0], floors=[missing, 4.0, missing, missing, missing],
            use=["residenziale", "Residenziale", "commerciale", None, "residenziale"],
        ),
        "services": layer(
            [shapely.Point(EAST + 36, NORTH + 50), box(80, 20, 90, 30)], kind=["scuola_primaria", "parco_urbano"]
        ),
        "elevation": heights(),
        "coastline": layer([shapely.LineString([(EAST, NORTH), (EAST, NORTH + 100)])], name=["Costa"]),
        "districts": layer(
            [box(10, 10, 30, 30)], code=["D1"], name=["Vecchia fornace"], ut_m2_m2=[0.5], index_kind=["it"],
            floor_area_existing_m2=[50.0], residential_pct=[50.0], commercial_pct=[30.0], industrial_pct=[20.0],
            ers_pct=[10.0], se_pct=[40.0], ve_pct=[20.0], ac_pct=[30.0], sp_pct=[35.0], max_height_m=[10.0],
            state=["previsto"],
        ),
        "parcels": layer([box(5, 5, 20, 30), box(20, 10, 30, 30)], code=["1/1", "1/2"], owner=["Bianchi", "Rossi"]),
        "boundary": layer(
            [box(0, 0, 100, 100)], name=["Borgo"], code=["011999"], area_id_H=[0.0021], area_id_H_p=[21.0],
            area_id_L=[0.006], area_id_L_p=[60.0], pop_id_H=[31.0],
        ),
    }  # fmt: skip


def scenario():
    """Return a patch on the old furnace: an index between two values, other uses, a school added."""
    edits = (
        Edit("D1", "ut_m2_m2", 0.4, 0.6),
        Edit("D1", "residential_pct", 40.0),
        Edit("D1", "commercial_pct", 40.0),
    )
    return Scenario("prova", "Prova", edits, (AddedService("D1", "primaria", 20.0),))


@pytest.fixture
def everything(town, hazards):
    """Return the town with all it has for any analysis."""
    return town | hazards | {"scenarios": (scenario(),)}
