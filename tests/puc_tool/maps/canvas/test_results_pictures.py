"""What an analysis found becomes pictures: themes, classes, and the cells of the gardens' suitability."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import geopandas
import numpy as np
import pytest
import rasterio
import shapely
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS

from analyses import registry
from layers.formats.raster import open_raster
from layers.source import locate
from puc_tool.maps.canvas.camera import Camera
from puc_tool.maps.canvas.file_cells import FileCells, coded
from puc_tool.maps.canvas.painter import blank
from puc_tool.maps.canvas.photo import Photo
from puc_tool.maps.canvas.results import result_pictures
from puc_tool.maps.classing import breaks
from puc_tool.maps.ramps import AMOUNTS
from puc_tool.maps.result_themes import BY_ANALYSIS
from puc_tool.written import Written

UTM = CRS(7791)
CORNER = Affine(5.0, 0, 560_000.0, 0, -5.0, 4_880_000.0)


def found(analysis: str, folder: Path) -> Written:
    chosen = next(each for each in registry.ALL if each.id == analysis)
    return Written(chosen, folder, {"parameters": {}})


def grid_file(path: Path, cells: np.ndarray, **more: object) -> Path:
    bands = cells if cells.ndim == 3 else cells[None]
    profile = {"driver": "GTiff", "width": bands.shape[2], "height": bands.shape[1], "count": len(bands)}
    profile |= {"dtype": cells.dtype, "crs": "EPSG:7791", "transform": CORNER}
    with rasterio.open(path, "w", **(profile | more)) as tif:
        tif.write(bands)
    return path


def test_that_every_analysis_has_a_theme_and_no_other_is_named():
    assert set(BY_ANALYSIS) == {analysis.id for analysis in registry.ALL}


def test_that_themes_have_names_of_their_own_in_two_languages():
    for themes in BY_ANALYSIS.values():
        assert len({theme.id for theme in themes}) == len(themes)
        assert all(theme.title.it and theme.title.en for theme in themes)


def lightness(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_that_more_is_darker_so_that_the_order_survives_grey_print():
    lights = [lightness(colour) for colour in AMOUNTS]
    assert all(high > 1.15 * low for high, low in pairwise(lights))


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
@settings(deadline=None)
def test_that_every_amount_falls_in_one_of_at_most_five_classes(amounts):
    values = np.array(amounts)
    ends = breaks(values, 5)
    assert 1 <= len(ends) <= 5
    assert (np.diff(ends) > 0).all()
    assert np.searchsorted(ends, values).max() < len(ends)


def test_that_breaks_are_where_the_gaps_are():
    # Five heaps far from each other: the largest of each ends its class.
    heaps = np.concatenate([np.arange(10) + 1000.0 * heap for heap in range(5)])
    assert breaks(heaps, 5).tolist() == [9.0, 1009.0, 2009.0, 3009.0, 4009.0]


def test_that_what_is_missing_takes_part_in_no_class():
    assert breaks(np.array([np.nan, 3.0, np.nan, 4.0]), 5).tolist() == [3.0, 4.0]
    assert len(breaks(np.array([np.nan]), 5)) == 0


def test_that_each_hazard_is_its_own_hatch_with_the_area_of_its_classes(tmp_path):
    squares = [shapely.box(x, 0, x + 100, 100) for x in (0, 200, 400)]
    columns = {"hazard": ["flood", "flood", "landslide"], "source_class": ["P3", "P1", "Pg3a"]}
    geopandas.GeoDataFrame(columns, geometry=squares, crs=7791).to_file(tmp_path / "layers.gpkg", layer="fragments")
    floods, slides = result_pictures(found("hazard-exposure", tmp_path), UTM)
    assert [style.code for style in floods.picture.classes] == ["P3", "P1"]
    assert floods.picture.areas_m2 == (10_000.0, 10_000.0)
    assert [style.legend.it for style in slides.picture.classes] == ["Pg3a elevata"]
    assert floods.picture.classes[0].step_px < floods.picture.classes[1].step_px


def test_that_a_run_without_the_layer_has_no_picture(tmp_path):
    square = geopandas.GeoDataFrame({"n": [1]}, geometry=[shapely.box(0, 0, 1, 1)], crs=7791)
    square.to_file(tmp_path / "layers.gpkg", layer="something")
    assert result_pictures(found("hazard-exposure", tmp_path), UTM) == ()


def test_that_a_run_without_layers_has_no_picture(tmp_path):
    assert result_pictures(found("hazard-exposure", tmp_path), UTM) == ()


def test_that_suitability_is_drawn_in_the_classes_the_run_tells(tmp_path):
    # By their numbers: the best, the second, excluded, not decided, and a cell beyond the boundary.
    grid_file(tmp_path / "class.tif", np.array([[1, 2, 6, 7, 255]], np.uint8), nodata=255)
    site = geopandas.GeoDataFrame({"rank": [1], "name": ["Orto"]}, geometry=[shapely.box(0, 0, 9, 9)], crs=7791)
    site.to_file(tmp_path / "layers.gpkg", layer="sites")
    sites, suitability = result_pictures(found("garden-suitability", tmp_path), UTM)
    *places, beyond = suitability.picture.cells.values[0]
    assert [suitability.picture.classes[place - 1].code for place in places] == ["S1", "S2", "x", "?"]
    assert beyond == 0
    assert [(pin.rank, pin.name) for pin in sites.pins] == [(1, "Orto")]


CAMERA = Camera(560_000.0, 4_880_000.0, 0.2, 8, 6)


@pytest.mark.parametrize("scale", [0.2, 0.1, 0.02, 1.0])
def test_that_cells_of_a_file_are_read_no_finer_than_the_picture(tmp_path, scale):
    cells = np.random.default_rng(3).integers(0, 5, (120, 160)).astype(np.uint8)
    table = np.zeros(256, np.uint8)
    table[1:5] = (1, 2, 3, 4)
    held = FileCells(open_raster(locate(grid_file(tmp_path / "c.tif", cells))), UTM, table)
    seen = held.seen(Camera(560_000.0, 4_880_000.0, scale, 20, 15))
    assert seen.size <= 1.0 / scale or seen.size == 5.0
    assert seen.values.size <= 4 * 21 * 16
    if scale >= 0.2:
        assert np.array_equal(seen.values, table[cells[: seen.values.shape[0], : seen.values.shape[1]]])


def test_that_beyond_the_file_there_is_nothing(tmp_path):
    held = FileCells(
        open_raster(locate(grid_file(tmp_path / "c.tif", np.ones((9, 9), np.uint8)))),
        UTM,
        np.arange(256, dtype=np.uint8),
    )
    assert held.seen(Camera(100_000.0, 4_000_000.0, 0.2, 8, 6)) is None


def test_that_masked_and_strange_values_are_nothing():
    table = np.arange(256, dtype=np.uint8)
    assert coded(np.ma.masked_equal(np.array([[3, 255]], np.uint8), 255), table).tolist() == [[3, 0]]


def seen_by(photo: Photo) -> np.ndarray:
    picture = blank(CAMERA)
    photo.paint(picture, CAMERA)
    return picture


def test_that_an_orthophoto_has_its_colours_where_it_lies_and_is_clear_beside(tmp_path):
    colours = np.zeros((3, 6, 4), np.uint8)
    colours[0], colours[1, :, 2:], colours[2] = 200, 100, 7
    seen = seen_by(Photo(open_raster(locate(grid_file(tmp_path / "o.tif", colours, photometric="RGB"))), UTM))
    assert seen[2, 0] == 0xFFC80007
    assert seen[2, 3] == 0xFFC86407
    assert (seen[:, 5:] == 0).all()


def test_that_a_scanned_map_has_the_colours_of_its_palette(tmp_path):
    path = grid_file(tmp_path / "ctr.tif", np.array([[0, 1], [1, 0]], np.uint8), photometric="palette")
    with rasterio.open(path, "r+") as tif:
        tif.write_colormap(1, {0: (255, 255, 255, 255), 1: (10, 20, 30, 255)})
    seen = seen_by(Photo(open_raster(locate(path)), UTM))
    assert [hex(each) for each in seen[0, :2]] == ["0xffffffff", "0xff0a141e"]


def test_that_a_photo_that_is_gone_leaves_the_picture_clear(tmp_path):
    path = grid_file(tmp_path / "o.tif", np.full((3, 6, 4), 9, np.uint8), photometric="RGB")
    photo = Photo(open_raster(locate(path)), UTM)
    path.unlink()
    assert not seen_by(photo).any()
