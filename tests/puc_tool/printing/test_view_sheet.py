"""What the screen shows as a sheet: its frame, its signs, and that areas stay what they are on the way to paper."""

from __future__ import annotations

import errno
import io
from dataclasses import replace
from pathlib import Path

import geopandas
import numpy as np
import pytest
import rasterio
import shapely
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from layers.formats.raster import open_raster
from layers.problems import PucError
from layers.source import locate
from layers.text import same
from puc_tool.maps.canvas.cells import Cells
from puc_tool.maps.canvas.photo import Photo
from puc_tool.maps.canvas.pictures import Picture, picture
from puc_tool.maps.canvas.shapes import shapes_of
from puc_tool.maps.frame import frame_round, paper
from puc_tool.maps.mixing import softened
from puc_tool.maps.paper_layers import lines_of, on_paper, polygons_of
from puc_tool.maps.sheet import RasterClasses, Tones
from puc_tool.maps.themes import ClassStyle, Drawn
from puc_tool.maps.tones import MOST_PIXELS, camera_of
from puc_tool.printing.shown_view import ShownLayer, ShownView
from puc_tool.printing.view_sheet import print_view, scale_for, view_sheet
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading
from puc_tool.working.selecting import units_in
from tests.puc_tool.conftest import SOUTH, WEST

VIEW = (WEST, SOUTH, WEST + 600.0, SOUTH + 400.0)
RING = shapely.Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [[(2, 2), (4, 2), (4, 4), (2, 4)]])


@pytest.fixture
def shelf(town):
    return Shelf(study_reading.read(town))


@pytest.fixture
def shown(shelf):
    """Return the neighbourhoods over the soil of 2023, as the screen paints them."""
    refs = {ref.key: ref for ref in shelf.study.layers}
    wanted = (refs["soil_consumption", 2023], refs["neighbourhoods", None])
    made = [(ref, picture(shelf.intake(ref), shelf.study.crs)) for ref in wanted]
    return ShownView(tuple(ShownLayer(shelf.intake(ref).role.title, each, (ref,)) for ref, each in made if each), VIEW)


def test_that_the_sheet_is_framed_on_the_middle_of_the_view_at_the_scale_asked_for(shelf, shown):
    sheet = view_sheet(shelf, shown, ("A4", 5000), "it")
    middle = sheet.map.context.view.ground.centroid
    assert (middle.x, middle.y) == (WEST + 300, SOUTH + 200)
    assert sheet.map.context.view.denominator == 5000
    assert [group.title.it for group in sheet.legend] == ["Consumo di suolo (ISPRA)", "Altri livelli"]
    assert "1:5.000" in sheet.alt.it


def test_that_the_largest_scale_is_offered_at_which_all_that_is_seen_finds_room():
    # A4 has 145,1 × 179,6 mm within its neatline, 131,1 × 165,6 without the margin: 600 m need 1:4.577, so 1:5.000.
    assert scale_for(VIEW, "A4") == 5000
    assert scale_for(VIEW, "A3") <= scale_for(VIEW, "A4")


def test_that_the_view_is_written_as_a_pdf_among_the_sheets_and_again_alike(shelf, shown):
    first = print_view(shelf, shown, ("A4", 5000), "it")
    content = first.path.read_bytes()
    assert content.startswith(b"%PDF")
    assert first.path.name == f"vista_{WEST + 300:.0f}_{SOUTH + 200:.0f}_5000_A4.pdf"
    assert print_view(shelf, shown, ("A4", 5000), "it").path.read_bytes() == content
    assert (shelf.study.export / "manifest.json").is_file()


def test_that_a_view_of_nothing_is_refused_with_a_reason(shelf):
    with pytest.raises(PucError) as refused:
        print_view(shelf, ShownView((), VIEW), ("A4", 5000), "it")
    (empty,) = (problem for problem in refused.value.problems if problem.code == "sheet-map-empty")
    assert empty.remedy.it == "Mostrare un livello, o portare la vista dove ce n'è uno."


@pytest.mark.parametrize("metres", [9e3, 1e6])
def test_that_a_view_without_anything_of_the_study_is_refused_with_a_reason(shelf, shown, metres):
    far = (WEST + metres, SOUTH + metres, WEST + metres + 600, SOUTH + metres + 400)
    with pytest.raises(PucError) as refused:
        print_view(shelf, replace(shown, bounds=far), ("A4", 5000), "it")
    assert {problem.code for problem in refused.value.problems} == {"sheet-map-empty"}
    assert not shelf.study.export.exists()


@pytest.mark.parametrize("side", [0.0, 0.05, 400.0])
def test_that_the_nearest_view_is_printed_at_the_largest_scale_there_is(shelf, shown, side):
    near = (WEST + 300, SOUTH + 300, WEST + 300 + side, SOUTH + 300 + side / 2)
    scale = scale_for(near, "A4")
    assert (scale == 500) == (side < 1)
    assert print_view(shelf, replace(shown, bounds=near), ("A4", scale), "it").path.is_file()


@pytest.mark.parametrize("fails_at", [1, 2, 3])
def test_that_a_disk_that_fills_up_is_said_and_the_view_is_printed_once_there_is_room(
    shelf, shown, monkeypatch, fails_at
):
    replaced, count = Path.replace, iter(range(1, 9))

    def full(*asked, **more):
        if next(count) == fails_at:
            raise OSError(errno.ENOSPC, "No space left on device")
        return replaced(*asked, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        with pytest.raises(PucError) as refused:
            print_view(shelf, shown, ("A4", 5000), "it")
    assert "il disco è pieno" in refused.value.problems[0].message.it
    assert print_view(shelf, shown, ("A4", 5000), "it").path.read_bytes().startswith(b"%PDF")


def frame_of():
    return frame_round((0.0, 0.0, 100.0, 100.0), study_crs(), paper("A4"))


def study_crs():
    return geopandas.GeoSeries([RING], crs=3035).crs


ONE = (ClassStyle("a", same("A"), "#112233"),)


def drawn(drawn_as, geometries, classes=ONE, places=None):
    shapes = shapes_of(np.array(geometries, object), places)
    return Picture(drawn_as, classes, (None,) * len(classes), shapes)


def test_that_holes_stay_holes_on_paper():
    # 10 × 10 without a hole of 2 × 2 is 96.
    shapes = shapes_of(np.array([RING, shapely.box(20, 0, 25, 5)], object))
    assert shapely.area(polygons_of(shapes, np.array([0, 1]))).tolist() == [96.0, 25.0]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(1, 20)), min_size=1, max_size=8))
def test_that_any_boxes_keep_their_areas_on_the_way_through_flat_arrays(boxes):
    given_ = [shapely.MultiPolygon([shapely.box(x, y, x + side, y + side)]) for x, y, side in boxes]
    shapes = shapes_of(np.array(given_, object))
    made = polygons_of(shapes, np.arange(len(given_)))
    assert shapely.area(made).sum() == pytest.approx(sum(each.area for each in given_))


def test_that_the_outline_of_an_area_is_as_long_as_its_rings():
    shapes = shapes_of(np.array([RING], object))
    assert shapely.length(lines_of(shapes, np.array([0]))).sum() == pytest.approx(RING.length)


def test_that_two_layers_of_one_look_have_signs_of_their_own():
    taken = set()
    for name in ("Particelle", "Sezioni", "Edifici"):
        made = on_paper(same(name), drawn(Drawn.OUTLINE, [RING]), frame_of(), study_crs(), taken)
        styles = {item.style for item in made.legend.items}
        assert not styles & taken
        taken |= styles


def test_that_classes_of_one_sign_share_an_item_called_as_the_layer():
    alike = (ClassStyle("a", same("A")), ClassStyle("b", same("B")))
    picture_ = drawn(Drawn.LINE, [RING, RING], alike, np.array([0, 1]))
    made = on_paper(same("Idrografia"), picture_, frame_of(), study_crs(), set())
    assert [item.label.it for item in made.legend.items] == ["Idrografia"]
    assert len(made.layers) == 1


def test_that_a_layer_of_which_the_view_shows_nothing_is_named(shelf, shown):
    relief = ShownLayer(same("Quote del terreno"), Picture(Drawn.CELLS, (), ()))
    sheet = view_sheet(shelf, ShownView((relief, *shown.layers), VIEW), ("A4", 5000), "it")
    assert [note.it for note in sheet.footnotes] == ["Non stampati: Quote del terreno."]


def test_that_a_layer_somebody_faded_is_printed_paler_in_map_and_legend(shelf, shown):
    soil, units = shown.layers
    faded = ShownView((replace(soil, opacity=0.5), units), VIEW)
    colours = []
    for each in (shown, faded):
        sheet = view_sheet(shelf, each, ("A4", 5000), "it")
        (cells,) = (layer for layer in sheet.map.layers if isinstance(layer, RasterClasses))
        assert [item.style for item in sheet.legend[0].items] == list(cells.styles)
        colours.append([style.colour for style in cells.styles])
    assert [softened(colour, 0.5) for colour in colours[0]] == colours[1]


def relief_of(values):
    """Return a relief whose cells of 100 m begin at the corner of the view."""
    cells = Cells(np.asarray(values, np.uint8), WEST, SOUTH + 400.0, 100.0)
    return ShownLayer(same("Quote del terreno"), Picture(Drawn.CELLS, (), (), cells=cells))


@pytest.fixture
def ortho(tmp_path):
    """Return what makes a photo of one colour that covers the view and beyond, or its western half."""

    def made(*, halved=False):
        path = tmp_path / f"ortofoto{halved}.tif"
        width = 10 if halved else 400
        profile = {"driver": "GTiff", "count": 3, "dtype": "uint8", "width": width, "height": 400,
                   "crs": "EPSG:3035", "transform": Affine(30.0, 0.0, WEST - 0.0 if halved else WEST - 5000.0,
                                                           0.0, -30.0, SOUTH + 6000.0)}  # fmt: skip
        with rasterio.open(path, "w", **profile) as file:
            file.write(np.stack([np.full((400, width), tone, np.uint8) for tone in (40, 120, 80)]))
        raster = open_raster(locate(path))
        return Picture(Drawn.PHOTO, (), (), photo=Photo(raster, study_crs()), is_clipped=False)

    return made


def toned(sheet):
    return [layer for layer in sheet.map.layers if isinstance(layer, Tones)]


def test_that_a_relief_is_printed_as_shadow_where_it_is_dark(shelf, shown):
    relief = relief_of([[1, 1, 1, 255, 255, 255]] * 4)
    sheet = view_sheet(shelf, ShownView((relief, *shown.layers), VIEW), ("A4", 5000), "it")
    assert sheet.footnotes == ()
    depth = np.asarray(Image.open(io.BytesIO(toned(sheet)[0].content)))[..., 1]
    row = depth[depth.shape[0] // 2]
    left, right = row[row.size * 3 // 8], row[row.size * 5 // 8]
    assert left == 0
    assert right == round(255 * 0.32)


def test_that_a_photo_that_fills_the_frame_is_printed_in_its_colour(shelf, shown, ortho):
    sheet = view_sheet(
        shelf, ShownView((ShownLayer(same("Ortofoto"), ortho()), *shown.layers), VIEW), ("A4", 5000), "it"
    )
    image = Image.open(io.BytesIO(toned(sheet)[0].content))
    assert image.format == "JPEG"
    assert np.abs(np.asarray(image).reshape(-1, 3).mean(axis=0) - (40, 120, 80)).max() < 2
    assert "Ortofoto" in [item.label.it for group in sheet.legend for item in group.items]


def test_that_a_photo_with_gaps_lets_the_ground_shine_through(shelf, shown, ortho):
    sheet = view_sheet(shelf, ShownView((ShownLayer(same("Ortofoto"), ortho(halved=True)),), VIEW), ("A4", 5000), "it")
    image = Image.open(io.BytesIO(toned(sheet)[0].content))
    alpha = np.asarray(image)[..., 3]
    assert image.mode == "RGBA"
    assert set(np.unique(alpha)) == {0, 255}


def test_that_a_photo_alone_is_a_view_and_the_same_each_time(shelf, ortho):
    shown = ShownView((ShownLayer(same("Ortofoto"), ortho()),), VIEW)
    first = print_view(shelf, shown, ("A3", 5000), "it").path.read_bytes()
    assert print_view(shelf, shown, ("A3", 5000), "it").path.read_bytes() == first


@pytest.mark.parametrize("size", ["A4", "A3"])
def test_that_pictures_of_tones_are_no_finer_than_print_and_no_larger_than_their_bound(size):
    frame = frame_round((0.0, 0.0, 100.0, 100.0), study_crs(), paper(size))
    camera = camera_of(frame, 300)
    assert camera.width * camera.height <= MOST_PIXELS * 1.01
    assert camera.width / (frame.width_mm / 25.4) <= 300.5
    assert camera.bounds == pytest.approx(frame.bounds, abs=frame.metres_a_mm * 0.2)


def test_that_an_area_means_the_units_it_covers_not_those_it_touches():
    units = [shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10), shapely.box(20, 0, 30, 10)]
    assert units_in(shapely.box(2, 2, 20, 8), units) == [0, 1]
    assert units_in(shapely.box(100, 100, 110, 110), units) == []
