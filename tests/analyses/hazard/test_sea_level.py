from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely
from affine import Affine
from pyproj import CRS

from analyses.hazard.exposure import Exposed
from analyses.hazard.params import HazardParams
from analyses.hazard.sea_level import Coast, Scenario, flooded, scenarios
from analyses.hazard_exposure import hazard_exposure
from analyses.progress import silent
from analyses.zonal import zonal_areas
from layers import datum_grids
from layers.crs import reproject
from layers.grid import Grid
from layers.raster import ArrayRaster

UTM, LAEA, DEGREES = CRS(7791), CRS(3035), CRS(4326)
EAST, NORTH = 566_500.0, 4_883_500.0
NOTHING = Exposed(None, None, None, None)


def levels(result):
    frame = result.table("sea_level").frame
    return frame.set_index("scenario")


def run(everything, **params):
    names = (
        "boundary",
        "flood_hazard",
        "census",
        "buildings",
        "services",
        "soil_consumption",
        "elevation",
        "coastline",
    )
    return hazard_exposure(**{name: everything[name] for name in names}, params=HazardParams(**params))


def terrain(cells, nodata=-9999.0, crs=UTM, transform=None):
    cells = np.ma.masked_equal(np.asarray(cells, dtype=np.float32), nodata)
    height, width = cells.shape
    return ArrayRaster(cells, Grid(crs, transform or Affine(10, 0, EAST, 0, -10, NORTH + 10 * height), width, height))


def coast(x, offset_m=0.0, corners=True, crs=UTM):
    line = shapely.LineString([(EAST + x, NORTH), (EAST + x, NORTH + 100)])
    return Coast(gpd.GeoDataFrame(geometry=[line], crs=crs), offset_m, corners)


def areas(elevation, where, *levels_m, ground=None):
    boundary = gpd.GeoSeries([ground or shapely.box(EAST, NORTH, EAST + 100, NORTH + 100)], crs=UTM)
    wanted = tuple(Scenario(str(level), level) for level in levels_m)
    found = flooded(elevation, where, boundary, wanted, silent)
    return found.table(wanted, NOTHING, silent)["area_m2"].tolist()


def test_that_the_scenarios_are_the_codelist_s_each_with_and_without_a_surge():
    found = scenarios(1.0)
    assert [each.level_m for each in found] == sorted(each.level_m for each in found)
    known = {each.id: each.level_m for each in found}
    assert len(known) == 7 + 1 + 7
    assert known["enea_high"] == 1.45
    assert known["storm_surge"] == 1.0
    assert known["enea_high+storm_surge"] == 2.45


def test_that_the_town_floods_as_worked_out_by_hand(everything):
    found = levels(run(everything))
    # Column 0 lies at 0.5 m, column 1 at 0.9 m: 1,000 and 2,000 m². Column 3 at 0.3 m is behind a wall of 2.0 m whose
    # gap, one cell in the north, is at 1.2 m: from 1.31 m on 100 + 1,000 m² more, from 2.035 m on the wall, 900 m².
    wanted = {"enea_2023_best": 0, "enea_2023_worst": 1000, "enea_low": 2000, "enea_high_low": 3100}
    wanted |= {"enea_low+storm_surge": 3100, "enea_mid+storm_surge": 4000}
    assert found["area_m2"][list(wanted)].tolist() == pytest.approx(list(wanted.values()))
    # The home at 6 m has 30 people, the one at 34 m 60; the school stands at 36 m.
    assert found["people"][list(wanted)].tolist() == pytest.approx([0, 30, 30, 90, 90, 90])
    assert found["services"][list(wanted)].tolist() == [0, 0, 0, 1, 1, 1]
    # The gap is not consumed, of the wall the lower half is.
    assert found["consumed_m2"][list(wanted)].tolist() == pytest.approx([0, 1000, 2000, 3000, 3000, 3500])


def test_that_a_higher_sea_never_floods_less(everything):
    frame = run(everything).table("sea_level").frame
    for column in ("area_m2", "consumed_m2", "people", "services"):
        assert frame[column].is_monotonic_increasing, column


def test_that_what_each_level_adds_is_a_layer_that_adds_up(everything):
    result = run(everything)
    layer = result.layers["sea_level"]
    assert layer["level_m"].tolist() == pytest.approx([0.8, 0.94, 1.31, 2.035])
    assert layer["area_m2"].sum() == pytest.approx(result.table("sea_level").frame["area_m2"].max())


def test_that_the_surge_can_be_set(everything):
    assert levels(run(everything, surge_m=0.5)).loc["storm_surge", "level_m"] == 0.5


def test_that_the_caveat_is_always_told_with_the_accuracy_if_it_is_known(everything):
    def caveat(result):
        return next(each.sentence("it") for each in result.problems if each.code == "sea-level-static")

    assert "modello statico, senza opere di difesa, precisione del DTM non dichiarata" in caveat(run(everything))
    assert "precisione del DTM ± 0,50 m" in caveat(run(everything, dtm_accuracy_m=0.5))
    assert "modello statico, senza opere di difesa" in run(everything).table("sea_level").spec.title.it


def test_that_ground_without_a_height_is_told_and_stays_dry(everything):
    # The easternmost column.
    said = [each.sentence("it") for each in run(everything).problems]
    assert "Quote del terreno: 0,10\u202fha del territorio sono senza quota. Non contano come allagabili." in said


def test_that_without_a_coastline_there_are_no_scenarios_and_it_is_told(everything):
    everything["coastline"] = None
    result = run(everything)
    assert result.table("sea_level") is None
    assert "sea-level-without-coast" in [each.code for each in result.problems]


def test_that_a_height_written_in_short_floats_is_at_its_level():
    # 1.45 in float32 is a hair above 1.45.
    assert areas(terrain([[1.45]]), coast(5), 1.45) == [100.0]


def test_that_border_cells_count_for_the_part_inside():
    cells = terrain(np.zeros((10, 10)))
    triangle = shapely.Polygon([(EAST, NORTH), (EAST, NORTH + 95), (EAST + 37, NORTH)])
    assert areas(cells, coast(0), 0.5, ground=triangle) == pytest.approx([triangle.area], rel=1e-12)


def test_that_water_finds_its_way_beyond_the_boundary():
    # The low ground inside, columns 3 and 4, is reached only around the wall, outside in the north.
    cells = np.full((10, 10), 5.0)
    cells[:, 0], cells[0, :5], cells[:, 3:5] = 0.0, 0.0, 0.0
    inside = shapely.box(EAST + 20, NORTH, EAST + 60, NORTH + 80)
    assert areas(terrain(cells), coast(0), 0.5, ground=inside) == pytest.approx([1600.0])


def test_that_water_passes_corners_only_where_it_is_let():
    cells = np.full((2, 2), 5.0)
    cells[0, 0] = cells[1, 1] = 0.0
    ground = shapely.box(EAST, NORTH, EAST + 20, NORTH + 20)
    line = shapely.LineString([(EAST, NORTH + 12), (EAST, NORTH + 18)])
    for corners, wanted in ((True, 200.0), (False, 100.0)):
        where = Coast(gpd.GeoDataFrame(geometry=[line], crs=UTM), 0.0, corners)
        assert areas(terrain(cells), where, 0.5, ground=ground) == [wanted]


def test_that_a_coastline_drawn_out_at_sea_needs_an_offset():
    cells = np.full((10, 10), 0.3)
    cells[:, :4] = -9999.0
    assert areas(terrain(cells), coast(5), 0.5) == [0.0]
    assert areas(terrain(cells), coast(5, offset_m=40.0), 0.5) == pytest.approx([6000.0])


def test_that_missing_data_inland_lets_no_water_through():
    cells = np.full((10, 10), 0.3)
    cells[:, 5] = -9999.0
    assert areas(terrain(cells), coast(0), 0.5) == pytest.approx([5000.0])


def test_that_a_terrain_elsewhere_floods_nothing():
    far = Affine(10, 0, EAST + 50_000, 0, -10, NORTH)
    assert areas(terrain(np.zeros((5, 5)), transform=far), coast(0), 0.5) == [0.0]


@pytest.mark.parametrize(("crs", "cell"), [(UTM, 10.0), (LAEA, 10.0), (DEGREES, 0.0001)])
def test_that_areas_are_those_of_the_exact_cell_shares_in_any_crs(crs, cell):
    # Independent way: the same cells as classes of a raster, shared out by the scanline kernel.
    ground = gpd.GeoSeries([shapely.Point(EAST, NORTH).buffer(700, quad_segs=6)], crs=UTM)
    left, bottom, right, top = ground.to_crs(crs).total_bounds
    width, height = int((right - left) / cell) + 8, int((top - bottom) / cell) + 8
    transform = Affine(cell, 0, left - 4 * cell, 0, -cell, top + 4 * cell)
    rng = np.random.default_rng(5)
    heights = np.sort(rng.uniform(0.0, 3.0, width))[None, :] + np.zeros((height, 1))
    line = ground.boundary
    where = Coast(gpd.GeoDataFrame(geometry=line), 0.0, True)
    found = areas(terrain(heights, crs=crs, transform=transform), where, 1.0, ground=ground.iloc[0])
    low = ArrayRaster(np.ma.masked_array((heights <= 1.0).astype(np.uint8)), Grid(crs, transform, width, height))
    assert found == pytest.approx([zonal_areas(ground, low, {0: 0, 1: 1}, 2)[0, 1]], rel=1e-7)


def test_that_the_grids_of_the_study_place_the_heights_as_they_place_the_units(ntv2, tmp_path):
    # Heights in Gauss-Boaga: by the grid, which moves nothing in degrees, they lie elsewhere than by the parameters.
    ntv2(tmp_path / "grids" / "35160622_47161840_R40_F00.gsb", south_s=0, east_s=0, bounds=(9.5, 43.9, 10.1, 44.4))
    grids, _ = datum_grids.read(tmp_path)
    place = gpd.GeoSeries([shapely.box(EAST, NORTH, EAST + 100, NORTH + 100)], crs=UTM)
    frame = gpd.GeoDataFrame(geometry=place)
    left, bottom, _, _ = reproject(frame, CRS(3003), grids)[0].total_bounds
    # Low ground from 20 m west of the place to 50 m into it, high ground beyond, told in the raster's own metres.
    cells = np.where(np.arange(20) < 7, 0.5, 50.0) * np.ones((20, 1))
    transform = Affine(10, 0, left - 20, 0, -10, bottom + 150)
    heights = terrain(cells, crs=CRS(3003), transform=transform)
    by_grid = ArrayRaster(heights.cells, replace(heights.grid, datum_grids=grids))
    flooded_m2 = [areas(each, coast(0), 1.0)[0] for each in (by_grid, heights)]
    assert flooded_m2[0] == pytest.approx(5000, abs=100)
    assert abs(flooded_m2[1] - 5000) > 500
