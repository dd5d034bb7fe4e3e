"""Two maps compared on the screen as one sheet: what lies left and right of what parts them, said and explained."""

from __future__ import annotations

import io

import numpy as np
import pikepdf
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pyproj import CRS

from layers.text import Text, same
from puc_tool.maps.canvas.pictures import Picture
from puc_tool.maps.canvas.shapes import shapes_of
from puc_tool.maps.compared_drawing import plates
from puc_tool.maps.frame import BAND_MM, BINDING_MM, MARGIN_MM, frame_round, paper
from puc_tool.maps.halves import BETWEEN_MM, LEAST_MM, halves
from puc_tool.maps.layout import lay_out
from puc_tool.maps.render import render
from puc_tool.maps.themes import ClassStyle, Drawn
from puc_tool.printing.shown_view import Against, ShownLayer, ShownView
from puc_tool.printing.view_sheet import print_view, scale_for, view_sheet
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading
from tests.puc_tool.conftest import SOUTH, WEST

VIEW = (WEST, SOUTH, WEST + 600.0, SOUTH + 400.0)
NAMES = Text("A · Piano vigente", "A · Plan in force"), Text("B · Denso", "B · Denso")
RED, BLUE = ClassStyle("r", same("Rosso"), "#be0019"), ClassStyle("b", same("Blu"), "#1f1147")
A4_5000 = ("A4", 5000)
DPI = 100


@pytest.fixture
def shelf(town):
    return Shelf(study_reading.read(town))


def everywhere(title, *classes):
    """Return a layer whose every class covers all the ground there is, the first on top."""
    box = shapely.box(WEST - 9000, SOUTH - 9000, WEST + 9000, SOUTH + 9000)
    shapes = shapes_of(np.array([box] * len(classes), object), np.arange(len(classes))[::-1])
    return ShownLayer(same(title), Picture(Drawn.AREA, classes, (None,) * len(classes), shapes))


def compared(left, right, curtain_x=None):
    return ShownView(tuple(left), VIEW, Against(NAMES, tuple(right), curtain_x))


def legend_of(sheet, lang="it"):
    return {group.title.to(lang): [item.label.to(lang) for item in group.items] for group in sheet.legend}


def colours_at(content, places_mm, y_mm):
    """Return the colours at these distances from the left neatline, so far below the upper one."""
    image = np.asarray(Image.open(io.BytesIO(content)).convert("RGB"), int)
    row = round((MARGIN_MM + BAND_MM + y_mm) / 25.4 * DPI)
    return [image[row, round((BINDING_MM + BAND_MM + x) / 25.4 * DPI)].tolist() for x in places_mm]


def is_red(colour):
    return colour[0] > colour[2] + 40


@given(st.floats(-2000.0, 2000.0))
def test_that_a_curtain_parts_one_ground_and_leaves_a_piece_of_both_maps(metres):
    frame = frame_round((0.0, 0.0, 1000.0, 1000.0), CRS(3035), paper("A4"), 10000)
    left, right = halves(frame, 500.0 + metres)
    assert left.frame.width_mm + right.frame.width_mm == pytest.approx(frame.width_mm)
    assert left.frame.bounds[2] == pytest.approx(right.frame.left)
    assert min(left.frame.width_mm, right.frame.width_mm) >= LEAST_MM - 1e-9
    if min(left.frame.width_mm, right.frame.width_mm) > LEAST_MM + 0.01:
        assert right.frame.left == pytest.approx(500.0 + metres)


def test_that_two_maps_side_by_side_show_the_same_ground_in_the_middle_of_the_view():
    frame = frame_round((0.0, 0.0, 1000.0, 1000.0), CRS(3035), paper("A4"), 10000)
    left, right = halves(frame, None)
    assert left.frame == right.frame
    assert left.frame.centre == pytest.approx(frame.centre)
    # 151,1 mm within the neatline of A4, 3 of them between the two: 74,05 mm each.
    assert left.frame.width_mm == pytest.approx(74.05)
    assert right.left_mm == pytest.approx(left.frame.width_mm + BETWEEN_MM)


@pytest.mark.parametrize("share", [0.3, 0.7])
def test_that_what_lies_left_of_the_curtain_is_printed_left_of_it(shelf, share):
    shown = compared([everywhere("Uno", RED)], [everywhere("Due", BLUE)], WEST + 600.0 * share)
    sheet = view_sheet(shelf, shown, A4_5000, "it")
    layout = lay_out(sheet.map, is_demonstration=False)
    # The view's 600 m are 120 mm in the middle of the frame.
    at = (layout.frame.width_mm - 120.0) / 2 + 120.0 * share
    assert layout.halves[1].left_mm == pytest.approx(at, abs=0.2)
    made = render(sheet, ("png",), dpi=DPI)
    places = (6.0, at - 3, at + 3, layout.frame.width_mm - 6)
    assert [is_red(each) for each in colours_at(made.files["png"], places, 60.0)] == [True, True, False, False]
    (dark,) = colours_at(made.files["png"], [at], 60.0)
    assert max(dark) < 120, "the line of the curtain"


def test_that_side_by_side_each_map_is_whole_with_white_between(shelf):
    shown = compared([everywhere("Uno", RED)], [everywhere("Due", BLUE)])
    sheet = view_sheet(shelf, shown, ("A4", 20000), "it")
    made = render(sheet, ("png",), dpi=DPI)
    width = lay_out(sheet.map, is_demonstration=False).frame.width_mm
    left, white, right = colours_at(made.files["png"], (width / 4, width / 2, width * 3 / 4), 60.0)
    assert (is_red(left), white, is_red(right)) == (True, [255, 255, 255], False)


def test_that_what_both_maps_draw_alike_is_explained_once_and_the_rest_says_where_it_is(shelf):
    common = everywhere("Fondo", ClassStyle("f", same("Fondo"), "#cccccc"))
    left = [common, everywhere("Consumo 2012", RED, BLUE)]
    right = [common, everywhere("Consumo 2023", RED, BLUE), everywhere("Nuovo", ClassStyle("n", same("N"), "#00aa55"))]
    sheet = view_sheet(shelf, compared(left, right), A4_5000, "it")
    assert legend_of(sheet) == {
        "Consumo 2012 (a sinistra) · Consumo 2023 (a destra)": ["Rosso", "Blu"],
        "Altri livelli": ["Fondo", "Nuovo (a destra)"],
    }
    assert "Consumo 2012 (left) · Consumo 2023 (right)" in legend_of(sheet, "en")
    assert "sheet-legend-alike" not in {each.code for each in render(sheet, ("png",), dpi=30).problems}


def test_that_one_name_for_two_looks_is_two_signs(shelf):
    other = ClassStyle("r", same("Rosso"), "#ff8080")
    sheet = view_sheet(
        shelf, compared([everywhere("Tema", RED, BLUE)], [everywhere("Tema", other, BLUE)]), A4_5000, "it"
    )
    assert legend_of(sheet) == {
        "Tema (a sinistra)": ["Rosso", "Blu"], "Tema (a destra)": ["Rosso", "Blu"], "Altri livelli": [],
    }  # fmt: skip
    styles = [item.style for group in sheet.legend for item in group.items]
    assert len(set(styles)) == 4


def test_that_the_comparison_is_told_in_words_in_both_languages(shelf):
    beside = view_sheet(shelf, compared([everywhere("Uno", RED)], [everywhere("Due", BLUE)]), A4_5000, "it")
    curtain = view_sheet(shelf, compared([everywhere("Uno", RED)], [], WEST + 300.0), A4_5000, "en")
    assert beside.alt.it.startswith("Confronto di due mappe affiancate alla scala 1:5.000, entrambe centrate su ")
    assert beside.alt.it.endswith("A sinistra, «A · Piano vigente»: Uno. A destra, «B · Denso»: Due.")
    assert curtain.alt.en.startswith("Comparison under a curtain at the scale of 1:5,000")
    assert curtain.alt.en.endswith("On the left, “A · Plan in force”: Uno. On the right, “B · Denso”: no layer.")
    assert beside.title.it == "Confronto sulla mappa"
    assert beside.subtitle.en == "A · Plan in force | B · Denso"


@pytest.mark.parametrize("curtain_x", [None, WEST + 10.0, WEST + 590.0])
def test_that_the_names_stand_at_both_sides_clear_of_stamp_and_scale(shelf, curtain_x):
    long = Text("Variante con attrezzature di interesse metropolitano " * 2, "Variant " * 9)
    shown = ShownView((everywhere("Uno", RED),), VIEW, Against((NAMES[0], long), (), curtain_x))
    content = view_sheet(shelf, shown, A4_5000, "it").map
    layout = lay_out(content, is_demonstration=True)
    boxes = [shapely.box(*plate.box) for plate in plates(content, layout, "it")]
    over = shapely.union_all([shapely.box(*box) for box in layout.taken])
    assert shapely.intersection(shapely.union_all(boxes), over).area == 0
    for half, box in zip(layout.halves, boxes, strict=True):
        assert half.left_mm <= box.bounds[0]
        assert box.bounds[2] <= half.left_mm + half.frame.width_mm


def test_that_the_pdf_has_both_names_and_the_words_for_who_does_not_see_it(shelf):
    shown = compared([everywhere("Uno", RED)], [everywhere("Due", BLUE)], WEST + 300.0)
    done = print_view(shelf, shown, A4_5000, "it")
    with pikepdf.open(done.path) as pdf:
        alts = [str(each["/Alt"]) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]
    assert any("«A · Piano vigente»: Uno" in words for words in alts)


def test_that_another_view_of_one_place_never_takes_the_file_of_the_first(shelf):
    views = [
        ShownView((everywhere("Uno", RED),), VIEW),
        ShownView((everywhere("Due", BLUE),), VIEW),
        compared([everywhere("Uno", RED)], [everywhere("Due", BLUE)]),
        compared([everywhere("Uno", RED)], [everywhere("Due", BLUE)], WEST + 300.0),
    ]
    first = [print_view(shelf, each, ("A4", 10_000), "it").path for each in views]
    assert len(set(first)) == 4
    assert [print_view(shelf, each, ("A4", 10_000), "it").path for each in views] == first


def test_that_two_maps_side_by_side_share_the_width_of_the_paper():
    # 600 m in 74,05 − 14 mm of A4 need 1:9.992, so 1:10.000; alone, in 137,1 mm, 1:5.000 is enough.
    assert scale_for(VIEW, "A4", is_beside=True) == 10_000
    assert scale_for(VIEW, "A4") == 5000
