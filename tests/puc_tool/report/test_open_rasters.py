"""Rasters of the open data package: their file, their styles, what their cells say."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
import rasterio
from affine import Affine
from pyproj import CRS
from rasterio.io import MemoryFile

from analyses.garden_suitability import GARDEN_SUITABILITY
from analyses.gardens.classes import CLASSES
from layers import write
from layers.grid import Grid
from layers.raster import ArrayRaster
from puc_tool.maps.garden_colours import STYLES
from puc_tool.report.open_data.raster_styles import raster_qml, raster_sld
from puc_tool.report.open_data.rasters import DECLARED, RasterFile, cog

CONTENTS = DECLARED[GARDEN_SUITABILITY.id]
SIDE = 1200


@pytest.fixture
def classes(tmp_path) -> RasterFile:
    """Classes 1 to 7 in stripes of cells of 5 m, the first column without any."""
    cells = np.ma.masked_equal(np.tile(np.arange(SIDE) % 8, (SIDE, 1)).astype(np.uint8), 0)
    grid = Grid(CRS(7791), Affine(5, 0, 560_000, 0, -5, 4_890_000), SIDE, SIDE)
    write.geotiff(tmp_path / "class.tif", ArrayRaster(cells, grid), 255, "prova")
    return RasterFile(GARDEN_SUITABILITY, "class", CONTENTS["class"], tmp_path / "class.tif", 5.0)


def test_that_the_file_is_a_cloud_optimised_geotiff_with_the_very_cells_of_the_run(classes):
    with MemoryFile(cog(classes)) as held, held.open() as dataset, rasterio.open(classes.path) as given:
        assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert dataset.overviews(1)
        assert dataset.tags()["TIFFTAG_IMAGEDESCRIPTION"] == "prova"
        assert (dataset.transform, dataset.crs, dataset.nodata) == (given.transform, given.crs, given.nodata)
        assert np.array_equal(dataset.read(1), given.read(1))


def test_that_smaller_copies_of_classes_hold_no_class_between_two(classes):
    # Stripes of one cell: a mean of 1 and 3 would be 2, but every second cell of a stripe is taken as it is.
    with MemoryFile(cog(classes)) as held, held.open(overview_level=0) as dataset:
        assert set(np.unique(dataset.read(1))) <= {1, 2, 3, 4, 5, 6, 7, 255}


def test_that_the_same_raster_gives_the_same_bytes(classes):
    assert cog(classes) == cog(replace(classes))


def test_that_classes_have_the_colours_of_the_sheet_by_their_number():
    root = ElementTree.fromstring(raster_qml(CONTENTS["class"], "it").partition("\n")[2])
    shown = {int(each.get("value")): each.get("color") for each in root.iter("paletteEntry")}
    assert shown == {place: STYLES[each.code].colour for place, each in enumerate(CLASSES, start=1)}


def test_that_steps_of_a_score_end_where_the_next_class_begins_and_the_last_has_no_end():
    root = ElementTree.fromstring(raster_qml(CONTENTS["score_low"], "it").partition("\n")[2])
    assert [each.get("value") for each in root.iter("item")] == ["0.2", "0.4", "0.6", "0.8", "inf"]
    assert [each.get("color") for each in root.iter("item")] == [
        STYLES[c].colour for c in ("N2", "N1", "S3", "S2", "S1")
    ]


@pytest.mark.parametrize("name", CONTENTS)
def test_that_map_servers_get_an_entry_for_each_step(name):
    root = ElementTree.fromstring(raster_sld(name, CONTENTS[name], "en").encode())
    entries = list(root.iter("{http://www.opengis.net/sld}ColorMapEntry"))
    assert [each.get("color") for each in entries] == [step.colour for step in CONTENTS[name].steps]
