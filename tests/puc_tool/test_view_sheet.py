"""What the screen shows as a sheet: its frame, its signs, and that areas stay what they are on the way to paper."""

from __future__ import annotations

from dataclasses import replace

import geopandas
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from layers.problems import PucError
from layers.text import same
from puc_tool import study_reading
from puc_tool.maps.canvas.pictures import Picture, picture
from puc_tool.maps.canvas.shapes import shapes_of
from puc_tool.maps.frame import frame_round, paper
from puc_tool.maps.mixing import softened
from puc_tool.maps.paper_layers import lines_of, on_paper, polygons_of
from puc_tool.maps.sheet import RasterClasses
from puc_tool.maps.themes import ClassStyle, Drawn
from puc_tool.selecting import units_in
from puc_tool.shelf import Shelf
from puc_tool.view_sheet import ShownLayer, ShownView, print_view, scale_for, view_sheet
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
    return ShownView(tuple(ShownLayer(shelf.intake(ref).role.title, each, ref) for ref, each in made if each), VIEW)


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
    assert "sheet-map-empty" in {problem.code for problem in refused.value.problems}


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


def test_that_a_relief_is_not_printed_and_the_sheet_says_so(shelf, shown):
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


def test_that_an_area_means_the_units_it_covers_not_those_it_touches():
    units = [shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10), shapely.box(20, 0, 30, 10)]
    assert units_in(shapely.box(2, 2, 20, 8), units) == [0, 1]
    assert units_in(shapely.box(100, 100, 110, 110), units) == []
