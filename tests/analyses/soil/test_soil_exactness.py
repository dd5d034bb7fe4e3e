import geopandas as gpd
import numpy as np
import pytest
import shapely
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS

from analyses.analysis import Edition
from analyses.soil.codes import CODES, IS_CONSUMED
from analyses.soil_consumption import soil_consumption
from layers.grid import Grid
from layers.raster import ArrayRaster

LAEA, UTM = CRS(3035), CRS(7791)
CHANGE = ["gross_m2", "restored_m2", "net_m2"]


def row(result, table_id, code):
    frame = result.table(table_id).frame
    return frame[frame["code"] == code].iloc[0]


def star(x, y, radii, turn):
    angles = turn + 2 * np.pi * np.arange(len(radii)) / len(radii)
    outline = np.column_stack((566_500 + x + radii * np.cos(angles), 4_883_500 + y + radii * np.sin(angles)))
    return shapely.make_valid(shapely.Polygon(outline)).buffer(0.0)


@given(
    st.builds(
        star,
        st.floats(0, 100),
        st.floats(0, 100),
        st.lists(st.floats(8, 70), min_size=3, max_size=9),
        st.floats(0, 6.2),
    ),
    st.integers(0, 2**32),
)
@settings(max_examples=40)
def test_that_areas_are_those_of_cutting_every_cell_on_its_own(unit, seed):
    places = np.random.default_rng(seed).integers(-1, len(CODES), (12, 9))
    cells = np.where(places < 0, 0, np.array(CODES)[places]).astype(np.uint8)
    grid = Grid(UTM, Affine(10, 0, 566_503.7, 0, -8, 4_883_598.2), 9, 12)
    boundary = gpd.GeoDataFrame({"name": ["Borgo"]}, geometry=[star(50, 50, [90.0] * 7, 0.3)], crs=UTM)
    neighbourhoods = gpd.GeoDataFrame({"name": ["Stella"]}, geometry=[unit], crs=UTM)
    soil = (Edition(2023, ArrayRaster(np.ma.masked_equal(cells, 0), grid)),)
    result = soil_consumption(boundary=boundary, neighbourhoods=neighbourhoods, soil_consumption=soil)

    ground = unit.intersection(boundary.geometry[0])
    rows, cols = np.indices(cells.shape)
    boxes = shapely.box(566_503.7 + cols * 10, 4_883_598.2 - rows * 8, 566_513.7 + cols * 10, 4_883_590.2 - rows * 8)
    shared = shapely.area(shapely.intersection(boxes, ground))
    found = row(result, "by_neighbourhood", "Stella")
    consumed = shared[np.isin(cells, np.array(CODES)[IS_CONSUMED])].sum()
    no_data = ground.area - shared[cells != 0].sum()
    assert found["consumed_m2"] == pytest.approx(consumed, rel=1e-9, abs=1e-5)
    assert found["no_data_m2"] == pytest.approx(no_data, rel=1e-9, abs=1e-5)


def slanted_city():
    """Return a commune of 1.2 km in the national grid, three neighbourhoods, and two rasters in the European grid."""
    whole = shapely.Point(566_500, 4_883_500).buffer(600, quad_segs=5)
    seeds = shapely.MultiPoint([(566_200, 4_883_400), (566_700, 4_883_800), (566_800, 4_883_100)])
    parts = shapely.intersection(shapely.get_parts(shapely.voronoi_polygons(seeds, extend_to=whole)), whole)
    boundary = gpd.GeoDataFrame({"name": ["Borgo"]}, geometry=[whole], crs=UTM)
    quarters = gpd.GeoDataFrame({"name": ["A", "B", "C"]}, geometry=parts, crs=UTM)
    left, _, _, top = boundary.to_crs(LAEA).total_bounds
    grid = Grid(LAEA, Affine(10, 0, left - 25, 0, -10, top + 25), 130, 130)
    rng = np.random.default_rng(5)
    first, last = (rng.choice([2, 2, 111, 122, 201, 0], size=(130, 130)).astype(np.uint8) for _ in range(2))
    rasters = tuple(
        Edition(year, ArrayRaster(np.ma.masked_equal(each, 0), grid)) for year, each in ((2012, first), (2023, last))
    )
    return {"boundary": boundary, "neighbourhoods": quarters, "soil_consumption": rasters}


def test_that_a_raster_of_another_projection_closes_on_the_boundary():
    city = slanted_city()
    result = soil_consumption(**city)
    whole, parts = (result.table(name).frame for name in ("by_commune", "by_neighbourhood"))
    assert whole["area_m2"].sum() == pytest.approx(city["boundary"].area.sum(), rel=1e-12)
    for column in ("area_m2", "consumed_m2", "permanent_m2", "reversible_m2", "no_data_m2", *CHANGE[:2]):
        assert parts[column].sum() == pytest.approx(whole[column].sum(), rel=1e-9)
    assert result.table("transition").frame["area_m2"].sum() == pytest.approx(whole["area_m2"].sum(), rel=1e-9)


def test_that_ground_built_over_never_lessens_consumed_soil():
    city = slanted_city()
    first, last = city["soil_consumption"]
    cells = last.data.cells.filled(0)
    built = np.where((cells == 2) & (np.indices(cells.shape).sum(axis=0) % 3 == 0), 111, cells)
    more = city | {
        "soil_consumption": (first, Edition(2023, ArrayRaster(np.ma.masked_equal(built, 0), last.data.grid)))
    }
    for column in ("consumed_m2", "permanent_m2", "gross_m2"):
        before, after = (soil_consumption(**each).table("by_neighbourhood").frame[column] for each in (city, more))
        assert (after > before).all()
