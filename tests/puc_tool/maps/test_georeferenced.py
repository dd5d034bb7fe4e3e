"""The map alone: GeoTIFF and DXF, at their place on the ground."""

from __future__ import annotations

import re
from dataclasses import replace

import geopandas
import numpy as np
import pytest
import rasterio
import shapely
from rasterio.io import MemoryFile

from layers.text import Text
from puc_tool.maps import dxf
from puc_tool.maps.layout import lay_out
from puc_tool.maps.render import render
from puc_tool.maps.sheet import Labels, Numbers

# The permanent block: rows 50 to 64, columns 45 to 74 of 50 m cells of EPSG:3035.
BLOCK = (48.5, 53.5)


@pytest.fixture(scope="module")
def made(sheet):
    return render(sheet, ("tif", "dxf"), 60)


@pytest.fixture
def entities(made, tmp_path):
    (tmp_path / "carta.dxf").write_bytes(made.files["dxf"])
    return geopandas.read_file(tmp_path / "carta.dxf")


def test_that_the_geotiff_lies_where_its_frame_does_in_the_crs_of_the_map(made, sheet):
    frame = lay_out(sheet.map, sheet.is_demonstration).frame
    with MemoryFile(made.files["tif"]) as held, held.open() as dataset:
        assert tuple(dataset.bounds) == pytest.approx(frame.bounds)
        assert dataset.crs.to_epsg() == 7791
        # 264,1 mm at 60 dpi: 623,9 pixels
        assert (dataset.width, dataset.count) == (round(frame.width_mm / 25.4 * 60), 3)


def test_that_a_pixel_has_the_colour_of_the_class_under_it(made, soil):
    to_map = rasterio.warp.transform(
        soil.grid.crs.to_wkt(), "EPSG:7791", *[[value] for value in soil.grid.transform @ BLOCK]
    )
    with MemoryFile(made.files["tif"]) as held, held.open() as dataset:
        row, col = dataset.index(to_map[0][0], to_map[1][0])
        assert dataset.read()[:, row, col].tolist() == [0xBE, 0x00, 0x19]


def test_that_every_sign_of_the_legend_has_a_layer_in_plain_letters(entities):
    layers = set(entities["Layer"])
    assert {"Permanente", "Reversibile", "Suolo libero", "Quartiere", "Confine comunale"} <= layers
    assert all(name.isascii() for name in layers)


def test_that_areas_in_the_dxf_measure_what_they_are_on_the_ground(entities, boundary):
    free = entities[entities["Layer"] == "Suolo libero"].geometry
    assert free.area.sum() == pytest.approx(boundary.area, rel=1e-6)


def test_that_cells_become_the_outlines_of_their_class(entities, soil):
    # 15 × 30 cells of 2.500 m² in EPSG:3035, less than a percent otherwise in UTM
    cells_m2 = float(np.count_nonzero(soil.cells == 1)) * 2500
    assert entities[entities["Layer"] == "Permanente"].geometry.area.sum() == pytest.approx(cells_m2, rel=0.01)


def test_that_names_and_numbers_are_texts_where_they_stand_as_high_as_they_are_printed(sheet, tmp_path):
    square = shapely.box(*shapely.bounds(sheet.map.boundary).tolist())
    middle = square.centroid
    named = replace(
        sheet.map, layers=(Labels((middle,), (Text("Città alta", "Upper town"),)), Numbers((middle,), ("7",)))
    )
    frame = lay_out(named, sheet.is_demonstration).frame
    (tmp_path / "nomi.dxf").write_bytes(dxf.dxf(named, (), frame))
    found = geopandas.read_file(tmp_path / "nomi.dxf")
    texts = found[found["Text"].notna()]
    assert sorted(texts["Text"]) == ["7", "Città alta"]
    assert texts.geometry.distance(middle).max() < 0.01
    written = (tmp_path / "nomi.dxf").read_text(encoding="cp1252")
    handles = re.findall(r"^  5\n([0-9A-F]+)$", written, re.MULTILINE)
    assert len(handles) == len(set(handles))
    assert "ANSI_1252" in written
    assert dxf._escaped("Sežana") == "Sežana"
    assert dxf._escaped("Ljubljana č") == "Ljubljana \\U+010D"


def test_that_borders_of_neighbourhoods_are_lines_that_cover_nothing(entities):
    assert set(entities[entities["Layer"] == "Quartiere"].geom_type) <= {"LineString", "MultiLineString"}


def test_that_nothing_in_the_dxf_lies_outside_the_frame(entities, sheet):
    frame = shapely.box(*lay_out(sheet.map, sheet.is_demonstration).frame.bounds)
    assert entities.geometry.within(frame.buffer(0.01)).all()


def test_that_the_same_sheet_gives_the_same_bytes(made, sheet):
    again = render(sheet, ("tif", "dxf"), 60)
    assert again.files == made.files


def test_that_names_of_layers_lose_what_a_cad_program_refuses():
    assert dxf._layer_name("Città: «P3/P4» 50 %") == "Citta P3 P4 50"
    assert dxf._layer_name("Consumo 2012–2018") == "Consumo 2012-2018"
    assert dxf._layer_name("城市") == "0"


@pytest.mark.parametrize(
    ("colour", "number"),
    [("#ff0000", 10), ("#ff7f7f", 11), ("#00ff00", 90), ("#0000ff", 170), ("#dcdcdc", 254), ("#101010", 7)],
)
def test_that_a_layer_has_the_number_of_the_colour_nearest_to_its_own(colour, number):
    assert dxf._number(colour) == number


def test_that_pale_classes_of_one_sheet_have_numbers_of_their_own():
    # Catchments and ground of the sheet of services were both grey while only eight colours had a number.
    assert len({dxf._number(each) for each in ("#a5d4cd", "#f2ecdb", "#7fb2da", "#eca981")}) == 4
