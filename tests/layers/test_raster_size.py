"""What a raster's header claims is weighed before a cell is read."""

import numpy as np
import pytest
import rasterio
from affine import Affine
from pyproj import CRS

from layers import raster as lazily
from layers.formats import raster as rasters
from layers.formats.raster import open_raster
from layers.grid import Grid, Window
from layers.intake import Ground, take_in
from layers.problems import PucError
from layers.raster import ArrayRaster, windows
from layers.reference import LayerRef
from layers.roles import ELEVATION
from layers.source import locate


def refusal(path):
    with pytest.raises(PucError) as told:
        open_raster(locate(path), CRS(7791))
    (problem,) = told.value.problems
    return problem


def hollow(path, side, **options):
    """Write a GeoTIFF of ``side`` × ``side`` cells of which none is there."""
    profile = {"count": 1, "dtype": "uint8", "crs": "EPSG:7791", "transform": Affine(1, 0, 566_000, 0, -1, 4_884_000)}
    profile |= {"tiled": True, "blockxsize": 512, "blockysize": 512, "compress": "deflate", "SPARSE_OK": True}
    with rasterio.open(path, "w", driver="GTiff", width=side, height=side, **profile | options):
        pass
    return path


def codes(raster):
    return [problem.code for problem in raster.remarks]


def test_that_a_raster_of_a_billion_cells_is_opened_and_read_by_the_window(tmp_path):
    raster = open_raster(locate(hollow(tmp_path / "dtm.tif", 32_768)))
    assert raster.grid.width * raster.grid.height == 2**30
    assert raster.read(Window(30_000, 30_000, 2, 2)).tolist() == [[0, 0], [0, 0]]


def test_that_a_small_file_that_claims_a_huge_raster_is_told(tmp_path):
    path = hollow(tmp_path / "dtm.tif", 65_536)
    raster = open_raster(locate(path))
    assert [problem.sentence("it") for problem in raster.remarks] == [
        f"dtm.tif: il raster annuncia 4.294.967.296 celle in un file di {path.stat().st_size:,} byte: ".replace(
            ",", "."
        )
        + "è quasi tutto vuoto. Viene letto solo a pezzi, sul territorio dello studio. "
        "Controllare che sia il file giusto, o ritagliarlo."
    ]
    intake = take_in(LayerRef("elevation", "dtm.tif"), ELEVATION, tmp_path, Ground(CRS(7791)))
    assert [problem.code for problem in intake.problems] == ["raster-nearly-empty"]


def test_that_a_raster_past_all_bounds_is_refused_before_a_cell_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(rasters, "MOST_CELLS", 100)
    assert refusal(hollow(tmp_path / "dtm.tif", 16, tiled=False)).sentence("it") == (
        "dtm.tif: il raster annuncia 256 celle, più delle 100 che si leggono. Il livello non entra nello studio. "
        "Ritagliarlo sul territorio dello studio."
    )


@pytest.mark.parametrize("side", [50, 100_000])
def test_that_a_grid_of_text_with_more_cells_than_letters_is_cut_short(tmp_path, side):
    head = f"ncols {side}\nnrows {side}\nxllcorner 0\nyllcorner 0\ncellsize 1\nNODATA_value -9999\n"
    (tmp_path / "dtm.asc").write_text(head + "1 2 3\n")
    assert refusal(tmp_path / "dtm.asc").message.it.startswith("il raster annuncia ")


def test_that_a_grid_of_text_past_all_numbers_is_refused(tmp_path):
    head = "ncols 99999999999\nnrows 99999999999\nxllcorner 0\nyllcorner 0\ncellsize 1\n"
    (tmp_path / "dtm.asc").write_text(head + "1 2 3\n")
    assert refusal(tmp_path / "dtm.asc").code == "source-broken"


def test_that_bands_that_are_not_read_are_told(tmp_path):
    raster = open_raster(locate(hollow(tmp_path / "foto.tif", 16, count=3, tiled=False)))
    assert raster.remarks[0].sentence("it") == (
        "foto.tif: il raster ha più bande (3): si legge solo la prima. Se serve un'altra banda, estrarla in un file."
    )


def test_that_reduced_copies_are_told_and_do_not_count(tmp_path):
    path = hollow(tmp_path / "cog.tif", 64, tiled=False)
    with rasterio.open(path, "r+") as dataset:
        dataset.write(np.arange(64 * 64, dtype=np.uint8).reshape(1, 64, 64))
        dataset.build_overviews([2, 4])
    raster = open_raster(locate(path))
    assert codes(raster) == ["raster-overviews"]
    assert "1:2, 4" in raster.remarks[0].message.it
    assert raster.read(Window(0, 0, 4, 1)).tolist() == [[0, 1, 2, 3]]


def test_that_a_strip_of_a_very_wide_raster_stays_within_the_memory(monkeypatch):
    monkeypatch.setattr(lazily, "CELLS_A_WINDOW", 20)
    cells = np.ma.masked_array(np.zeros((7, 10), dtype=np.uint8))
    raster = ArrayRaster(cells, Grid(CRS(7791), Affine.identity(), 10, 7))
    assert [(window.row, window.height) for window in windows(raster)] == [(0, 2), (2, 2), (4, 2), (6, 1)]


def test_that_cells_scaled_in_the_file_are_read_in_their_unit(tmp_path):
    path = hollow(tmp_path / "dtm.tif", 16, tiled=False, dtype="int16")
    with rasterio.open(path, "r+") as dataset:
        dataset.write(np.full((1, 16, 16), 25, dtype=np.int16))
        dataset.scales, dataset.offsets = (0.1,), (10.0,)
    raster = open_raster(locate(path))
    # 25 decimetres above 10 m.
    assert raster.read(Window(0, 0, 1, 1)).tolist() == [[12.5]]


def test_that_a_raster_in_a_zip_is_read_as_long_as_it_is_held(tmp_path, real_data):
    raster = open_raster(locate(real_data / "landuse_dem" / "N43E007.hgt.zip"))
    assert raster.read(Window(0, 0, 2, 2)).shape == (2, 2)
