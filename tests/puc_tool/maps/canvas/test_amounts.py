"""Cells of amounts in somebody's classes: the same breaks on the screen, on paper and in a style for QGIS."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import rasterio
from affine import Affine
from pyproj import CRS

from layers import roles
from layers.formats.raster import open_raster
from layers.grid import Grid
from layers.intake import Intake
from layers.raster import ArrayRaster
from layers.reference import LayerRef
from layers.source import locate
from layers.text import same
from puc_tool.maps.canvas.amounts import Amounts
from puc_tool.maps.canvas.camera import Camera
from puc_tool.maps.canvas.pictures import picture
from puc_tool.maps.classing import QUANTILES, graded, sampled
from puc_tool.maps.dressing import cloth_of, dressed
from puc_tool.maps.themes import Drawn
from puc_tool.printing.style_export import Dressed, save
from puc_tool.working.layer_style import LayerStyle

UTM = CRS(7791)
CORNER = Affine(5.0, 0, 560_000.0, 0, -5.0, 4_880_000.0)
HALVES = LayerStyle(scheme=QUANTILES, classes=2, ramp="Greys")


def intake(path: Path, role: roles.Role, cells: np.ndarray) -> Intake:
    """Return a raster as it is taken in."""
    bands = cells if cells.ndim == 3 else cells[None]
    profile = {"driver": "GTiff", "width": bands.shape[2], "height": bands.shape[1], "count": len(bands)}
    with rasterio.open(path, "w", **profile, dtype=cells.dtype, crs="EPSG:7791", transform=CORNER, nodata=-1) as tif:
        tif.write(bands)
    return Intake(LayerRef(role.id, path.name), role, open_raster(locate(path)))


@pytest.fixture
def heights(tmp_path) -> Intake:
    """Return four heights, and a cell without any."""
    return intake(tmp_path / "dtm.tif", roles.ELEVATION, np.array([[1.0, 2.0, 30.0, 40.0, -1.0]], np.float32))


def test_that_an_end_belongs_to_the_class_below_it_and_what_is_masked_to_none():
    cells = np.ma.masked_equal(np.array([[1.0, 2.0, 2.5, 9.0, -1.0]]), -1.0)
    assert graded(cells, np.array([2.0, 5.0])).tolist() == [[1, 1, 2, 2, 0]]


def test_that_a_relief_becomes_classes_of_height_and_goes_back(heights):
    relief = picture(heights, UTM)
    assert (relief.classes, relief.cells is not None) == ((), True)
    seen = dressed(relief, cloth_of(heights), HALVES)
    # Half of four heights lie at or below the median of 2 and 30: 16.
    assert [each.label.it for each in seen.classes] == ["1–16\u202fm", "16–40\u202fm"]
    assert [each.colour for each in seen.classes] == ["#f0f0f0", "#252525"]
    assert dressed(relief, cloth_of(heights), LayerStyle()) == relief


def test_that_cells_of_a_file_are_classed_as_they_are_looked_at(heights):
    seen = dressed(picture(heights, UTM), cloth_of(heights), HALVES)
    cells = seen.file_cells.seen(Camera(560_000.0, 4_880_000.0, 0.2, 5, 1))
    assert cells.values.tolist() == [[1, 1, 2, 2, 0]]


def test_that_a_raster_of_one_band_can_be_classed_and_a_photo_can_not(tmp_path):
    one = intake(tmp_path / "ndvi.tif", roles.REFERENCE, np.array([[0.1, 0.2, 0.8]], np.float32))
    photo = intake(tmp_path / "foto.tif", roles.REFERENCE, np.full((3, 2, 2), 9, np.int16))
    assert picture(photo, UTM).amounts is None
    seen = dressed(picture(one, UTM), cloth_of(one), HALVES)
    assert (seen.drawn, seen.photo, len(seen.classes)) == (Drawn.CELLS, None, 2)


def test_that_a_raster_without_a_value_stays_as_it_is():
    grid = Grid(UTM, CORNER, 2, 1)
    empty = Amounts(lambda: ArrayRaster(np.ma.masked_all((1, 2), np.float32), grid), UTM)
    assert len(empty.sample) == 0


def test_that_the_sample_of_a_large_raster_is_the_same_every_time(tmp_path, monkeypatch):
    monkeypatch.setattr("puc_tool.maps.canvas.amounts._MOST_SAMPLED", 100)
    cells = np.arange(10_000, dtype=np.float32).reshape(100, 100)
    taken = [picture(intake(tmp_path / "dtm.tif", roles.ELEVATION, cells), UTM).amounts.sample for _ in range(2)]
    assert len(taken[0]) == 100
    assert (taken[0] == taken[1]).all()


def test_that_qgis_gets_the_very_breaks_and_colours_of_the_map(heights, tmp_path):
    cloth = cloth_of(heights)
    seen = dressed(picture(heights, UTM), cloth, HALVES)
    save(tmp_path / "quote.qml", Dressed(same("Quote"), cloth, HALVES, seen, 0.5, heights.ref), "it")
    root = ElementTree.fromstring((tmp_path / "quote.qml").read_text(encoding="utf-8").partition("\n")[2])
    assert [(each.get("value"), each.get("color")) for each in root.iter("item")] == [
        ("16", "#f0f0f0"), ("inf", "#252525"),
    ]  # fmt: skip
    assert root.find(".//rasterrenderer").get("opacity") == "0.5"


def test_that_classes_of_soil_are_told_to_qgis_by_their_codes(tmp_path):
    soil = intake(tmp_path / "suolo.tif", roles.SOIL_CONSUMPTION, np.array([[11, 12, 202]], np.int16))
    style = LayerStyle(colours={"11": "#123456"})
    cloth = cloth_of(soil)
    seen = dressed(picture(soil, UTM), cloth, style)
    save(tmp_path / "suolo.qml", Dressed(same("Suolo"), cloth, style, seen, 1.0, soil.ref), "it")
    root = ElementTree.fromstring((tmp_path / "suolo.qml").read_text(encoding="utf-8").partition("\n")[2])
    told = {int(each.get("value")): each.get("color") for each in root.iter("paletteEntry")}
    assert (told[11], told[111], set(told) & {12, 202}) == ("#123456", "#123456", {12, 202})


def test_that_of_very_many_amounts_some_stand_for_all_and_the_ends_are_among_them():
    amounts = np.concatenate([[7.0], np.arange(1_000_000, dtype=float) + 10.0, [5_000_000.0, 8.0]])
    some = sampled(amounts)
    assert (len(some) <= 250_002, some.min(), some.max()) == (True, 7.0, 5_000_000.0)
    assert (sampled(amounts) == some).all()
    assert len(sampled(amounts[:9])) == 9


def test_that_a_break_in_the_style_is_the_very_value_of_its_cell(tmp_path):
    # 0,1 as a cell of four bytes is a little more than 0,1: rounded, the cell would fall into the next class.
    thin = intake(tmp_path / "dtm.tif", roles.ELEVATION, np.array([[0.1, 0.7]], np.float32))
    style, cloth = LayerStyle(scheme=QUANTILES, classes=2), cloth_of(thin)
    seen = dressed(picture(thin, UTM), cloth, style)
    save(tmp_path / "quote.qml", Dressed(same("Quote"), cloth, style, seen, 1.0, thin.ref), "it")
    root = ElementTree.fromstring((tmp_path / "quote.qml").read_text(encoding="utf-8").partition("\n")[2])
    assert float(next(root.iter("item")).get("value")) == float(np.float32(0.1))
