import shutil

import numpy as np
import pytest
import rasterio
from affine import Affine
from pyproj import CRS

from layers import write
from layers.formats.raster import open_raster
from layers.grid import Grid, Window
from layers.problems import PucError
from layers.raster import ArrayRaster
from layers.source import locate

GRID = Affine(10, 0, 100, 0, -10, 200)
CELLS = np.arange(6, dtype=np.uint8).reshape(2, 3)


def geotiff(path, crs="EPSG:7791", transform=GRID, cells=CELLS):
    height, width = cells.shape
    profile = {"width": width, "height": height, "count": 1, "dtype": cells.dtype, "crs": crs, "transform": transform}
    with rasterio.open(path, "w", driver="GTiff", **profile) as dataset:
        dataset.write(cells, 1)
    return path


def ascii_grid(path, value="1 2\n3 -9999\n"):
    path.write_text(f"ncols 2\nnrows 2\nxllcorner 100\nyllcorner 180\ncellsize 10\nNODATA_value -9999\n{value}")
    return path


def refusal(path, crs=None):
    with pytest.raises(PucError) as told:
        open_raster(locate(path), crs)
    (problem,) = told.value.problems
    return problem


def test_that_a_geotiff_says_where_its_cells_lie(tmp_path):
    raster = open_raster(locate(geotiff(tmp_path / "dtm.tif")))
    assert raster.grid.crs == CRS(7791)
    assert raster.grid.bounds == (100, 180, 130, 200)
    assert raster.read(Window(1, 0, 2, 2)).tolist() == [[1, 2], [4, 5]]


def test_that_an_ascii_grid_takes_the_crs_given_and_masks_its_nodata(tmp_path):
    raster = open_raster(locate(ascii_grid(tmp_path / "dtm.asc")), CRS(3003))
    assert raster.grid.crs == CRS(3003)
    assert raster.read(raster.grid.whole).filled(0).tolist() == [[1, 2], [3, 0]]


def test_that_the_crs_given_holds_before_the_file_s_own(tmp_path):
    assert open_raster(locate(geotiff(tmp_path / "dtm.tif")), CRS(3003)).grid.crs == CRS(3003)


def test_that_a_raster_without_crs_is_refused_and_never_guessed(tmp_path):
    assert refusal(ascii_grid(tmp_path / "dtm.asc")).sentence("it") == (
        "dtm.asc: il dato non dice il suo sistema di riferimento. Non si sa dove cade: non viene indovinato. "
        "Indicarlo con --crs, per esempio --crs EPSG:3003 (Gauss-Boaga ovest)."
    )


@pytest.mark.parametrize("cell", [float("nan"), float("inf")])
def test_that_a_raster_whose_cells_lie_nowhere_is_refused(tmp_path, cell):
    path = geotiff(tmp_path / "foto.tif", transform=Affine(cell, 0, 100, 0, -10, 200))
    assert refusal(path).code == "raster-not-georeferenced"


def test_that_a_picture_without_place_is_refused(tmp_path):
    with pytest.warns(rasterio.errors.NotGeoreferencedWarning):
        path = geotiff(tmp_path / "foto.tif", crs=None, transform=Affine.identity())
    assert refusal(path, CRS(7791)).sentence("it") == (
        "foto.tif: il raster non è georiferito. Non si sa dove cadono le celle. "
        "Usare la versione con il file di georeferenziazione accanto (.tfw), o un GeoTIFF."
    )


def test_that_a_vector_is_no_raster(town):
    assert refusal(town()).sentence("it") == (
        "zone.gpkg: serve un raster, questo è GeoPackage. Il livello non può svolgere questo ruolo. "
        "Indicare un GeoTIFF, una griglia ASCII o un HGT."
    )


@pytest.mark.parametrize("name", ["dtm.tif", "dtm.asc", "N44E009.hgt"])
def test_that_what_is_no_raster_inside_is_told_without_its_place(tmp_path, name):
    (tmp_path / name).write_bytes(b"hello")
    problem = refusal(tmp_path / name)
    assert problem.sentence("it").startswith(f"{name}: il raster non si legge: ")
    assert str(tmp_path) not in problem.sentence("it")


def test_that_a_raster_of_another_format_is_not_opened_under_a_false_name(tmp_path):
    shutil.copy(geotiff(tmp_path / "dtm.tif"), tmp_path / "dtm.asc")
    assert refusal(tmp_path / "dtm.asc").code == "source-broken"


def test_that_heights_in_a_zip_are_read_from_it(real_data):
    raster = open_raster(locate(real_data / "landuse_dem" / "N43E007.hgt.zip"))
    # One degree by 3 seconds: 1201 x 1201 heights, the outer ones on the edges, half a cell over.
    half = 0.5 / 1200
    assert (raster.grid.width, raster.grid.height) == (1201, 1201)
    assert raster.grid.bounds == pytest.approx((7 - half, 43 - half, 8 + half, 44 + half))
    heights = raster.read(Window(0, 0, 1201, 100))
    assert -50 < heights.min() < heights.max() < 3000


def test_that_a_real_grid_without_projection_is_refused(real_data):
    assert refusal(real_data / "stress" / "no_crs" / "grid_without_projection.asc").code == "crs-missing"


def test_that_a_thinned_raster_covers_the_same_ground_with_fewer_cells(tmp_path):
    # 60 × 40 cells of 10 m, at most 600: every second cell each way, 30 × 20 cells of 20 m.
    cells = np.ma.masked_array(np.arange(2400, dtype=np.uint16).reshape(40, 60))
    whole = Grid(CRS(7791), Affine(10, 0, 566_000, 0, -10, 4_884_000), 60, 40)
    write.geotiff(tmp_path / "dtm.tif", ArrayRaster(cells, whole), 65_535)
    thin = open_raster(locate(tmp_path / "dtm.tif")).thinned(600)
    assert (thin.grid.width, thin.grid.height, thin.grid.cell_size) == (30, 20, 20)
    assert thin.grid.bounds == whole.bounds
    assert set(thin.cells.compressed()) <= set(cells.compressed())


def test_that_a_raster_that_is_small_enough_is_thinned_by_nothing(tmp_path):
    cells = np.ma.masked_array(np.ones((4, 6), dtype=np.uint8))
    whole = Grid(CRS(7791), Affine(10, 0, 566_000, 0, -10, 4_884_000), 6, 4)
    write.geotiff(tmp_path / "dtm.tif", ArrayRaster(cells, whole), 0)
    assert open_raster(locate(tmp_path / "dtm.tif")).thinned(24).grid == whole
