import hashlib
import sqlite3

import numpy as np
import pyogrio
import pytest
import rasterio

from layers.codelist import rows
from layers.recognise import is_clear
from puc_tool.demo.catalogue import DEMO_LAYERS
from puc_tool.demo.city import make_city
from puc_tool.demo.files import write_city
from puc_tool.intake.inspection import find

TABLES = [layer for layer in DEMO_LAYERS if layer.layer]
RASTERS = [layer for layer in DEMO_LAYERS if not layer.layer]


@pytest.fixture(scope="module")
def folder(city, tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "data"
    write_city(city, folder)
    return folder


def hashes(paths):
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]


def test_that_the_same_seed_gives_the_same_bytes(folder, tmp_path):
    again = write_city(make_city(), tmp_path)
    assert hashes(again) == hashes(folder / path.name for path in again)


def test_that_all_files_are_there_whole_and_small(folder):
    assert sorted(path.name for path in folder.iterdir()) == sorted(layer.file for layer in DEMO_LAYERS)
    assert sum(path.stat().st_size for path in folder.iterdir()) < 40_000_000


@pytest.mark.parametrize("layer", TABLES, ids=lambda layer: layer.file)
def test_that_a_table_holds_the_fields_it_declares_and_its_description(folder, layer, city):
    frame = pyogrio.read_dataframe(folder / layer.file, layer=layer.layer)
    assert set(layer.fields.values()) <= set(frame.columns)
    assert frame.crs.to_epsg() == 7791
    made = city.tables[layer.role, layer.year]
    assert len(frame) == len(made)
    assert frame.area.sum() == pytest.approx(made.area.sum(), abs=1e-6)
    assert frame.length.sum() == pytest.approx(made.length.sum(), abs=1e-6)
    with sqlite3.connect(folder / layer.file) as database:
        described = database.execute("select identifier, description from gpkg_contents").fetchall()
    database.close()
    assert described == [(layer.layer, layer.about.it)]


@pytest.mark.parametrize("layer", RASTERS, ids=lambda layer: layer.file)
def test_that_a_raster_comes_back_as_it_was(folder, layer, city):
    made = city.rasters[layer.role, layer.year]
    with rasterio.open(folder / layer.file) as dataset:
        back = dataset.read(1, masked=True)
        assert dataset.tags()["TIFFTAG_IMAGEDESCRIPTION"] == layer.about.it
        assert dataset.crs.to_epsg() == made.grid.crs.to_epsg()
        assert dataset.transform == made.grid.transform
    assert (back.mask == np.ma.getmaskarray(made.cells)).all()
    assert (back == made.cells).all()


def test_that_only_the_boundaries_do_not_call_themselves_a_demonstration():
    real = {layer.role for layer in DEMO_LAYERS if not layer.about.it.startswith("Dato dimostrativo")}
    assert real == {"boundary", "coastline", "reference"}


def test_that_the_calibration_is_the_published_figure():
    published = [row for row in rows("published_soil_figures") if row["territory"] == "La Spezia (comune)"]
    by_year = {(row["year"], row["indicator"]): row["value"] for row in published}
    assert by_year["2018", "suolo_consumato"] == "1478"
    assert by_year["2017-2018", "consumo_netto"] == "1.8"


@pytest.mark.parametrize("layer", DEMO_LAYERS, ids=lambda layer: layer.file)
def test_that_a_file_is_recognised_as_what_it_is_with_its_fields(folder, layer):
    found = next(each for each in find(folder / layer.file) if each.table == (layer.layer or None))
    assert is_clear(found.guesses)
    best = found.roles[0]
    assert best.role.id == layer.role
    assert best.year is None or best.year.year == layer.year
    required = {field.name for field in best.role.fields if field.required}
    mapped = {match.field.name: match.column for match in best.guess.fields}
    assert {name: layer.fields.get(name, name) for name in required} == {name: mapped[name] for name in required}
