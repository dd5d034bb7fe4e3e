from dataclasses import replace

import numpy as np
import pytest
from affine import Affine
from pyproj import CRS

from analyses.terrain_classes import ELEVATIONS, N_ELEVATIONS, N_SLOPES, SLOPES, Terrain, classed, slope_pct
from layers import datum_grids
from layers.crs import transformer
from layers.grid import Grid, Window
from layers.raster import ArrayRaster

UTM, LAEA = CRS(7791), CRS(3035)
EAST, NORTH = 566_500.0, 4_883_500.0


def plane(across, along, size=6):
    """Return heights that rise by so many metres per column and per row."""
    row, col = np.indices((size, size))
    return np.ma.array(100.0 + across * col + along * row)


def raster(heights, cell=10.0, crs=UTM, at=(EAST, NORTH)):
    height, width = heights.shape
    return ArrayRaster(heights, Grid(crs, Affine(cell, 0, at[0], 0, -cell, at[1]), width, height))


def read(terrain, *window):
    codes = terrain.read(Window(*window))
    return codes // N_ELEVATIONS, codes % N_ELEVATIONS


def test_that_a_plane_has_one_slope():
    # 3 m in 10 m one way and 4 m in 10 m the other: 50 %.
    assert slope_pct(plane(3.0, 4.0), (10.0, 10.0)) == pytest.approx(np.full((4, 4), 50.0))
    # Cells of 5 m × 20 m: 60 % and 20 %.
    assert slope_pct(plane(3.0, 4.0), (5.0, 20.0)) == pytest.approx(np.full((4, 4), np.hypot(60.0, 20.0)))


def test_that_a_cell_beside_unknown_ground_has_no_slope():
    heights = plane(1.0, 0.0)
    heights[0, 0] = np.ma.masked
    slope = slope_pct(heights, (10.0, 10.0))
    assert np.isnan(slope[0, 0])
    assert np.isnan(slope).sum() == 1


def test_that_an_unknown_cell_has_no_slope_though_its_neighbours_are_known():
    heights = plane(1.0, 0.0)
    heights[2, 2] = np.ma.masked
    assert np.isnan(slope_pct(heights, (10.0, 10.0))[1, 1])


def test_that_a_value_on_a_limit_belongs_to_the_class_below_and_nothing_to_the_last():
    values = np.array([-2.0, 300.0, 300.01, 600.0, 1000.0, 1000.1, np.nan])
    assert classed(values, ELEVATIONS).tolist() == [0, 0, 1, 1, 2, 3, 4]
    assert classed(np.array([0.0, 10.0, 10.1, np.nan]), SLOPES).tolist() == [0, 0, 1, 2]


def test_that_the_rim_of_the_raster_has_an_elevation_but_no_slope():
    heights = raster(plane(0.5, 0.0))
    slopes, levels = read(Terrain(heights, heights.grid), 0, 0, 6, 6)
    assert (slopes == 0).sum() == 16
    assert (slopes[0] == N_SLOPES - 1).all()
    assert (levels == 0).all()


def test_that_cells_beyond_the_raster_have_no_class():
    heights = raster(plane(0.5, 0.0))
    slopes, levels = read(Terrain(heights, heights.grid), -3, 100, 4, 2)
    assert (slopes == N_SLOPES - 1).all()
    assert (levels == N_ELEVATIONS - 1).all()


def test_that_a_part_of_a_window_has_the_codes_of_the_whole():
    rng = np.random.default_rng(3)
    heights = raster(np.ma.array(rng.uniform(0, 1200, (700, 20))))
    terrain = Terrain(heights, Grid(UTM, heights.grid.transform @ Affine.translation(1, 2), 15, 690))
    whole = terrain.read(Window(0, 0, 15, 690))
    assert np.array_equal(terrain.read(Window(4, 300, 6, 9)), whole[300:309, 4:10])


def test_that_a_cell_takes_the_class_under_its_centre():
    # Cells of 4 m on cells of 10 m: the centres 2, 6, 10, 14, 18 m lie in columns 0, 0, 1, 1, 1.
    heights = raster(np.ma.array([[100.0, 400.0]]))
    fine = Terrain(heights, Grid(UTM, Affine(4, 0, EAST, 0, -4, NORTH), 5, 1))
    assert read(fine, 0, 0, 5, 1)[1].tolist() == [[0, 0, 1, 1, 1]]


def test_that_another_projection_meets_the_same_place():
    # West of the middle 100 m, east of it 400 m; a cell of the European grid 200 m to each side of it.
    heights = raster(np.ma.array(np.where(np.arange(100) < 50, 100.0, 400.0)[None].repeat(100, axis=0)))
    east, north = 4_305_000.0, 2_333_000.0
    from pyproj import Transformer

    move = Transformer.from_crs(UTM, LAEA, always_xy=True)
    for x, level in ((EAST + 300, 0), (EAST + 700, 1)):
        east, north = move.transform(x, NORTH - 500)
        cell = Terrain(heights, Grid(LAEA, Affine(10, 0, east - 5, 0, -10, north + 5), 1, 1))
        assert read(cell, 0, 0, 1, 1)[1].tolist() == [[level]]


def test_that_degrees_are_measured_in_metres():
    # At 44° N a thousandth of a degree is 111.1 m to the north: 11.11 m a row are 10.0 %.
    crs, cell = CRS(4258), 0.001
    for rise, slope in ((11.0, 0), (11.3, 1)):
        heights = raster(plane(0.0, rise), cell, crs, (9.8, 44.1))
        assert read(Terrain(heights, heights.grid), 2, 2, 1, 1)[0].tolist() == [[slope]]


def test_that_the_grids_of_the_study_place_the_heights(ntv2, tmp_path):
    # In Gauss-Boaga, low to the west of a point and high to the east of it. The made-up grid moves nothing in degrees,
    # so it puts the point some 30 m from where the registered parameters put it.
    ntv2(tmp_path / "grids" / "35160622_47161840_R40_F00.gsb", south_s=0, east_s=0, bounds=(9.5, 43.9, 10.1, 44.4))
    grids, _ = datum_grids.read(tmp_path)
    rome = CRS(3003)
    east, north = transformer(UTM, rome, (9.7, 44.0, 9.95, 44.2), grids).transform(EAST, NORTH)
    cells = np.ma.array(np.where(np.arange(100) < 50, 100.0, 400.0)[None].repeat(100, axis=0))
    heights = raster(cells, crs=rome, at=(east - 500, north + 500))
    by_grid = ArrayRaster(cells, replace(heights.grid, datum_grids=grids))
    found = [
        [read(Terrain(each, Grid(UTM, Affine(10, 0, EAST + x, 0, -10, NORTH), 1, 1)), 0, 0, 1, 1)[1].item()
         for x in (-12, 2)]
        for each in (by_grid, heights)
    ]  # fmt: skip
    assert found[0] == [0, 1]
    assert found[1] != [0, 1]
