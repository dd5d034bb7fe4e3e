import numpy as np
import pytest
from affine import Affine
from pyproj import CRS

from layers import write
from layers.grid import Grid, Window
from layers.problems import PucError
from layers.raster import ArrayRaster, FileRaster, values, windows


def in_memory(cells, mask=False):
    height, width = np.shape(cells)
    return ArrayRaster(np.ma.masked_array(cells, mask), Grid(CRS(7791), Affine(10, 0, 0, 0, -10, 100), width, height))


COUNT = in_memory(np.arange(20, dtype=np.uint8).reshape(5, 4))


@pytest.fixture
def on_disk(tmp_path):
    write.geotiff(tmp_path / "count.tif", COUNT, nodata=255)
    return FileRaster(str(tmp_path / "count.tif"), COUNT.grid)


def test_that_strips_tile_the_raster_and_the_last_is_shorter():
    # 5 rows by 2: 2 + 2 + 1.
    assert list(windows(COUNT, rows=2)) == [Window(0, 0, 4, 2), Window(0, 2, 4, 2), Window(0, 4, 4, 1)]


def test_that_strips_over_a_part_stay_within_it():
    assert list(windows(COUNT, Window(1, 1, 2, 3), rows=2)) == [Window(1, 1, 2, 2), Window(1, 3, 2, 1)]


@pytest.mark.parametrize("window", [Window(0, 0, 4, 5), Window(1, 2, 2, 2)])
def test_that_a_file_gives_the_cells_that_were_written(on_disk, window):
    assert np.array_equal(on_disk.read(window), COUNT.read(window))


def test_that_nodata_comes_back_masked(tmp_path):
    raster = in_memory(np.array([[1, 2], [3, 4]], np.uint8), mask=[[False, True], [False, False]])
    write.geotiff(tmp_path / "gap.tif", raster, nodata=255)
    cells = FileRaster(str(tmp_path / "gap.tif"), raster.grid).read(raster.grid.whole)
    assert cells.mask.tolist() == [[False, True], [False, False]]
    assert cells.compressed().tolist() == [1, 3, 4]


def test_that_a_height_that_is_not_a_number_is_masked(tmp_path):
    raster = in_memory(np.array([[1.5, np.nan]], np.float32))
    write.geotiff(tmp_path / "nan.tif", raster, nodata=-9999)
    cells = FileRaster(str(tmp_path / "nan.tif"), raster.grid).read(raster.grid.whole)
    assert cells.mask.tolist() == [[False, True]]


def test_that_values_are_told_once_and_gaps_are_counted():
    raster = in_memory(np.array([[3, 1], [3, 9]], np.uint8), mask=[[False, False], [False, True]])
    found, without = values(raster)
    assert (found.tolist(), without) == ([1, 3], 1)


def test_that_values_are_told_of_the_window_alone():
    found, without = values(COUNT, Window(0, 0, 2, 1))
    assert (found.tolist(), without) == ([0, 1], 0)


def test_that_a_file_cut_short_is_explained(tmp_path):
    noise = np.random.default_rng(1).integers(0, 254, (300, 300)).astype(np.uint8)
    write.geotiff(tmp_path / "whole.tif", in_memory(noise), nodata=255)
    content = (tmp_path / "whole.tif").read_bytes()
    (tmp_path / "cut.tif").write_bytes(content[: len(content) // 2])
    cut = FileRaster(str(tmp_path / "cut.tif"), in_memory(noise).grid)
    with pytest.raises(PucError, match=r"^cut\.tif: non tutte le celle del raster si leggono\."):
        cut.read(cut.grid.whole)


def test_that_a_file_taken_away_after_opening_is_explained(tmp_path, on_disk):
    (tmp_path / "count.tif").unlink()
    with pytest.raises(PucError, match="Il file è incompleto, rovinato o non c'è più"):
        on_disk.read(Window(0, 0, 1, 1))
