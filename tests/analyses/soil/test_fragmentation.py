import numpy as np
import pytest
import shapely
from affine import Affine
from geopandas import GeoSeries
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS

from analyses.kernels.patches import patches
from analyses.soil import fragmentation
from analyses.soil.fragmentation import NO_GROUND, NO_MARGIN, TOO_MANY_CELLS, mesh_sizes
from analyses.soil_consumption import soil_consumption
from layers.grid import Grid
from layers.raster import ArrayRaster

UTM, LAEA = CRS(7791), CRS(3035)
EAST, NORTH = 566_500.0, 4_883_500.0


def raster(codes, cell=100.0):
    """Return cells whose lower left corner is the place's; 0 is no data."""
    codes = np.asarray(codes, dtype=np.uint8)
    transform = Affine(cell, 0, EAST, 0, -cell, NORTH + len(codes) * cell)
    return ArrayRaster(np.ma.masked_equal(codes, 0), Grid(UTM, transform, codes.shape[1], len(codes)))


def ground(left, bottom, right, top):
    return GeoSeries([shapely.box(EAST + left, NORTH + bottom, EAST + right, NORTH + top)], crs=UTM)


def test_that_the_mesh_size_is_that_of_the_page():
    # 5 × 20 cells of 1 ha: patches of 8, 6, 4 columns (40, 30, 20 ha) with a column of 5 ha consumed between them.
    row = [2] * 8 + [111] + [2] * 6 + [112] + [2] * 4
    found = mesh_sizes(ground(0, 0, 2000, 500), raster([row] * 5))
    # (40² + 30² + 20²) / 100 = 29 ha.
    assert found.cut_m2 == pytest.approx(290_000.0)
    assert 1000 / (found.cut_m2 / 1e6) == pytest.approx(3448.28, abs=0.005)


def test_that_corners_join_patches_only_if_asked():
    codes = [[2, 111], [111, 2]]
    square = ground(0, 0, 200, 200)
    # Two patches of 1 ha in 4 ha, or one of 2 ha.
    assert mesh_sizes(square, raster(codes)).cut_m2 == pytest.approx(5000.0)
    assert mesh_sizes(square, raster(codes), by_corners=True).cut_m2 == pytest.approx(10_000.0)


def test_that_patches_are_clipped_inside_a_cell():
    # The ground ends in the middle of the third cell: 2.5 ha in 2.5 ha.
    assert mesh_sizes(ground(0, 0, 250, 100), raster([[2, 2, 2, 2]])).cut_m2 == pytest.approx(25_000.0)


def test_that_ground_without_data_is_no_patch_but_counts_in_the_whole():
    assert mesh_sizes(ground(0, 0, 400, 100), raster([[2, 2, 0, 111]])).cut_m2 == pytest.approx(2.0**2 / 4 * 10_000)


def wide(codes_inside, outside=2):
    """Return 220 × 220 cells around a ground of 1 km at their middle, which are ``codes_inside``."""
    cells = np.full((220, 220), outside)
    cells[105:115, 105:115] = codes_inside
    return raster(cells), ground(10_500, 10_500, 11_500, 11_500)


def test_that_a_patch_counts_whole_beyond_the_boundary():
    # Nothing is consumed: the patch is the ground of 1 km², and with 10 km around it 21 km × 21 km.
    cells, square = wide(2)
    found = mesh_sizes(square, cells)
    assert (found.cut_m2, found.cbc_m2) == (pytest.approx(1e6), pytest.approx(441e6))


def test_that_a_ring_of_consumed_soil_makes_both_ways_equal():
    inside = np.full((10, 10), 111)
    inside[1:-1, 1:-1] = 2
    cells, square = wide(inside)
    found = mesh_sizes(square, cells)
    # 0.64 km² in 1 km².
    assert found.cut_m2 == found.cbc_m2 == pytest.approx(0.64**2 * 1e6)


@given(st.integers(0, 2**20))
@settings(max_examples=10)
def test_that_connections_beyond_the_boundary_never_make_the_mesh_smaller(seed):
    cells, square = wide(np.random.default_rng(seed).choice([2, 111], (10, 10)))
    found = mesh_sizes(square, cells)
    assert found.cbc_m2 >= found.cut_m2 * (1 - 1e-12)


def test_that_a_raster_that_ends_too_soon_tells_nothing_of_what_goes_on_outside():
    cells, square = wide(2)
    shorter = ArrayRaster(cells.cells[8:], cells.grid.part(cells.grid.window_over(
        (EAST, NORTH, EAST + 22_000, NORTH + 21_200))))  # fmt: skip
    assert mesh_sizes(square, shorter).cbc_m2 is NO_MARGIN
    clipped = mesh_sizes(square, wide(2, outside=0)[0])
    assert (clipped.cut_m2, clipped.cbc_m2) == (pytest.approx(1e6), NO_MARGIN)


def test_that_ground_beyond_the_raster_and_too_much_ground_are_told(monkeypatch):
    assert mesh_sizes(ground(-900, 0, -100, 100), raster([[2]])).cut_m2 is NO_GROUND
    monkeypatch.setattr(fragmentation, "MOST_CELLS", 3)
    assert mesh_sizes(ground(0, 0, 400, 100), raster([[2, 2, 2, 2]])).cut_m2 is TOO_MANY_CELLS


def test_that_a_raster_of_another_projection_gives_areas_of_the_grounds_own():
    square = ground(0, 0, 1000, 1000)
    left, _, _, top = square.to_crs(LAEA).total_bounds
    cells = ArrayRaster(
        np.ma.array(np.full((130, 130), 2, np.uint8)), Grid(LAEA, Affine(10, 0, left, 0, -10, top), 130, 130)
    )
    assert mesh_sizes(square, cells).cut_m2 == pytest.approx(1e6, rel=1e-9)


def flooded(is_open, by_corners):
    """Return the patches as sets of cells, found by spreading from each cell: not the kernel's own way."""
    left, found = set(zip(*map(list, np.nonzero(is_open)), strict=True)), set()
    steps = [(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1) if (a, b) != (0, 0) and (by_corners or a == 0 or b == 0)]
    while left:
        patch, edge = set(), [left.pop()]
        while edge:
            row, col = edge.pop()
            patch.add((int(row), int(col)))
            for down, across in steps:
                if (row + down, col + across) in left:
                    left.discard((row + down, col + across))
                    edge.append((row + down, col + across))
        found.add(frozenset(patch))
    return found


@given(st.integers(0, 2**20), st.integers(1, 12), st.integers(1, 12), st.floats(0.2, 0.9), st.booleans())
@settings(max_examples=80)
def test_that_patches_are_those_of_spreading_cell_by_cell(seed, height, width, share, by_corners):
    is_open = np.random.default_rng(seed).random((height, width)) < share
    labels, count = patches(is_open, by_corners)
    assert (labels > 0).tolist() == is_open.tolist()
    found = {
        frozenset(zip(*(axis.tolist() for axis in np.nonzero(labels == n)), strict=True)) for n in range(1, count + 1)
    }
    assert found == flooded(is_open, by_corners)


def test_that_the_town_has_its_mesh_size(town):
    result = soil_consumption(**town)
    # In 2023 the upper half of column 2 (500 m²) and columns 4 to 8 (5,000 m²) are free, of 10,000 m².
    assert result.figure("meff_cut").value == pytest.approx((500**2 + 5000**2) / 10_000 / 1e6)
    assert result.figure("meff_cbc").why == NO_MARGIN
    assert result.figure("seff").value == pytest.approx(1000 / (2525 / 1e6))
