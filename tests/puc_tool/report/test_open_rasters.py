"""Rasters of the open data package: their file, their styles, what their cells say."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pytest
import rasterio
from affine import Affine
from pyproj import CRS
from rasterio.io import MemoryFile

from analyses.garden_suitability import GARDEN_SUITABILITY
from analyses.gardens.classes import CLASSES
from analyses.gardens.suitability import EXCLUDED
from layers import write
from layers.grid import Grid
from layers.raster import ArrayRaster
from puc_tool.maps.cell_themes import DISAGREEMENT
from puc_tool.maps.garden_colours import STYLES
from puc_tool.maps.ramps import RAMPS
from puc_tool.maps.worn import Wardrobe
from puc_tool.report.open_data.raster_styles import raster_qml, raster_sld
from puc_tool.report.open_data.rasters import Content, RasterFile, cog, contents
from puc_tool.working import view
from puc_tool.working.view import ThemeKey
from puc_tool.written import Written

SIDE = 1200


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Written:
    """Ten cells of each amount, from none to the most; the last cell is excluded ground."""
    folder = tmp_path_factory.mktemp("orti")
    grid = Grid(CRS(7791), Affine(5, 0, 560_000, 0, -5, 4_890_000), 10, 1)
    amounts = {"disagreement": 0.5, "consensus": 1.0, "suitable_draws_pct": 100.0}
    for name, most in amounts.items():
        cells = np.ma.masked_array(np.linspace(0.0, most, 10, dtype=np.float32)[None])
        write.geotiff(folder / f"{name}.tif", ArrayRaster(cells, grid), -1.0, "")
    for name in ("score_low", "score_high", "class", "status"):
        cells = np.ma.masked_array(np.where(np.arange(10) == 9, EXCLUDED, 0).astype(np.uint8)[None])
        write.geotiff(folder / f"{name}.tif", ArrayRaster(cells, grid), 255, "")
    limits = {"disagreement_slight": 0.1, "disagreement_clear": 0.2, "disagreement_strong": 0.3}
    return Written(GARDEN_SUITABILITY, folder, {"parameters": limits})


def told(written: Written, state=None) -> dict[str, Content]:
    """Return what is published, in the style that the state of a view says."""
    study = SimpleNamespace(folder=written.folder, of_role=lambda role: ())
    return dict(contents(written, Wardrobe(study, state or {})))


@pytest.fixture
def classes(tmp_path, written) -> RasterFile:
    """Classes 1 to 7 in stripes of cells of 5 m, the first column without any."""
    cells = np.ma.masked_equal(np.tile(np.arange(SIDE) % 8, (SIDE, 1)).astype(np.uint8), 0)
    grid = Grid(CRS(7791), Affine(5, 0, 560_000, 0, -5, 4_890_000), SIDE, SIDE)
    write.geotiff(tmp_path / "class.tif", ArrayRaster(cells, grid), 255, "prova")
    return RasterFile(GARDEN_SUITABILITY, "class", told(written)["class"], tmp_path / "class.tif", 5.0)


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


def test_that_classes_have_the_colours_of_the_sheet_by_their_number(written):
    root = ElementTree.fromstring(raster_qml(told(written)["class"], "it").partition("\n")[2])
    shown = {int(each.get("value")): each.get("color") for each in root.iter("paletteEntry")}
    assert shown == {place: STYLES[each.code].colour for place, each in enumerate(CLASSES, start=1)}


def test_that_steps_of_a_score_end_where_the_next_class_begins_and_the_last_has_no_end(written):
    root = ElementTree.fromstring(raster_qml(told(written)["score_low"], "it").partition("\n")[2])
    assert [each.get("value") for each in root.iter("item")] == ["0.2", "0.4", "0.6", "0.8", "inf"]
    assert [each.get("color") for each in root.iter("item")] == [
        STYLES[c].colour for c in ("N2", "N1", "S3", "S2", "S1")
    ]


NAMES = ("class", "score_low", "score_high", "consensus", "disagreement", "suitable_draws_pct")


def test_that_every_raster_of_the_run_has_a_style(written):
    assert tuple(told(written)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_that_map_servers_get_an_entry_for_each_step(written, name):
    content = told(written)[name]
    root = ElementTree.fromstring(raster_sld(name, content, "en").encode())
    entries = list(root.iter("{http://www.opengis.net/sld}ColorMapEntry"))
    assert [each.get("color") for each in entries] == [step.colour for step in content.steps]


def test_that_disagreement_has_the_limits_of_the_run_and_the_colours_of_the_sheet(written):
    steps = told(written)["disagreement"].steps
    assert [step.most for step in steps] == [0.1, 0.2, 0.3, 0.5]
    assert [step.colour for step in steps] == [each.colour for each in DISAGREEMENT.classes]
    assert steps[1].label.it == "Disaccordo lieve, da 0,10 a 0,20"


def test_that_a_style_of_the_results_is_that_of_the_published_cells(written):
    key = ThemeKey("garden-suitability", "disagreement")
    state = {view.of_layer(view.SCHEME, key): "equal", view.of_layer(view.CLASSES, key): 2,
             view.of_layer(view.RAMP, key): "Greys"}  # fmt: skip
    steps = told(written, state)["disagreement"].steps
    # Equal widths from 0 to 0,4444, the largest that is not excluded: one class ends at 0,2222.
    assert [round(step.most, 4) for step in steps] == [0.2222, 0.5]
    assert [step.colour for step in steps] == list(RAMPS["Greys"].colours(2))


def test_that_the_mean_score_has_the_colours_given_to_suitability(written):
    state = {(view.COLOUR, *view.named(ThemeKey("garden-suitability", "suitability")), "S1"): "#123456"}
    published = told(written, state)
    assert published["class"].steps[0].colour == "#123456"
    assert [published[name].steps[-1].colour for name in ("score_low", "consensus")] == ["#123456"] * 2
