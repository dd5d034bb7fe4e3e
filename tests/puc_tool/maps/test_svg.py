from __future__ import annotations

import re

import matplotlib as mpl
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from puc_tool.maps import fonts, labels, legend, svg
from puc_tool.maps.sheet import LegendGroup, LegendItem
from puc_tool.maps.style import (
    COMMUNE,
    GRID_CROSS,
    NEIGHBOUR,
    PLACE_NAME,
    RARE_CELLS,
    Disc,
    Fill,
    Hatch,
    Lettering,
    Mark,
    Stroke,
)

LINE_ENDS = re.compile(r"M (-?\d+) (-?\d+) \nL (-?\d+) (-?\d+)")


def written(parts) -> str:
    return svg.document(50.0, 50.0, parts).decode()


def test_that_a_square_of_a_millimetre_is_a_hundred_units_wide():
    words = written(svg.area(shapely.Polygon([(0, 0), (1, 0), (1, 1), (0, 1)]), Fill("#123456")))
    corners = re.findall(r"(\d+) (\d+)", re.search(r'<path d="([^"]*)"', words).group(1))
    assert sorted(corners) == [("0", "0"), ("0", "100"), ("100", "0"), ("100", "100")]
    assert 'viewBox="0 0 5000 5000"' in words
    assert "fill: #123456" in words


def test_that_a_hole_and_a_second_part_stay_in_the_one_path_of_the_class():
    ring = shapely.box(0, 0, 9, 9).difference(shapely.box(3, 3, 6, 6))
    (shape,) = svg.area(shapely.union_all([ring, shapely.box(20, 0, 21, 1)]), Fill("#123456"))
    words = written([shape])
    assert words.count("<path") == 1
    assert words.count("M ") == words.count("z\n") == 3


@given(st.booleans(), st.booleans())
def test_that_a_hole_turns_against_its_shell_however_it_was_drawn(shell_turned, hole_turned):
    def ring(side: float, is_turned: bool) -> list[tuple[float, float]]:
        points = [(-side, -side), (side, -side), (side, side), (-side, side)]
        return points[::-1] if is_turned else points

    (shape,) = svg.area(shapely.Polygon(ring(9, shell_turned), [ring(3, hole_turned)]), Fill("#123456"))
    turns = [shapely.is_ccw(shapely.LinearRing(part)) for part in shape.path.to_polygons()]
    assert turns[0] is not turns[1]


def test_that_overlapping_areas_of_a_class_are_covered_and_leave_no_hole():
    both = shapely.MultiPolygon([shapely.box(0, 0, 2, 2), shapely.box(1, 0, 3, 2).reverse()])
    (shape,) = svg.area(both, Fill("#123456"))
    turns = [shapely.is_ccw(shapely.LinearRing(part)) for part in shape.path.to_polygons()]
    assert turns[0] is turns[1]  # the fill rule of SVG is «nonzero»: turned alike, both are inside
    assert "evenodd" not in written([shape])


def test_that_nothing_is_written_for_an_empty_geometry():
    assert list(svg.area(shapely.Polygon(), Fill("#123456"))) == []
    assert list(svg.line(shapely.MultiLineString(), COMMUNE)) == []
    assert list(svg.mark(labels.NO_POINTS, RARE_CELLS)) == []


def test_that_a_line_lies_on_its_casing():
    line = shapely.LineString([(0, 0), (9, 0)])
    below, above = re.findall(
        r'style="([^"]*)"', written(svg.line(line, Stroke("#111111", 0.2, (1, 0.5), "#ffffff", 0.8)))
    )
    assert {"stroke: #ffffff", "stroke-width: 80"} < set(below.split("; "))
    assert "stroke-dasharray: 100,50" in above
    assert {"stroke: #111111", "stroke-width: 20"} < set(above.split("; "))


@pytest.mark.parametrize("shape", ["frame", "dot", "triangle", "cross"])
def test_that_signs_are_as_large_as_they_say_and_stand_upright(shape):
    (*_, last) = svg.mark(np.array([[10.0, 20.0]]), Mark(shape, "#123456", 3.0))
    left, top, right, bottom = np.array(last.path.get_extents().extents)
    assert (left, top, right, bottom) == pytest.approx((850, 1850, 1150, 2150))
    if shape == "triangle":
        highest = last.path.vertices[last.path.vertices[:, 1] == top]
        assert set(highest[:, 0]) == {1000}  # one point above, at its middle


def test_that_names_lie_on_top_of_every_shape_of_their_picture():
    name = list(svg.lettering(np.array([1.0, 1.0]), "Ceparana", PLACE_NAME))
    words = written([*name, *svg.line(shapely.LineString([(0, 0), (9, 0)]), COMMUNE)])
    assert words.index("<path") < words.index("<text") < words.index("</svg>")
    assert words.count("Ceparana") == 1


def test_that_the_settings_of_matplotlib_are_left_as_they_were_and_do_not_matter():
    line = shapely.LineString([(0, 0), (9, 0)])
    plain = written(svg.line(line, COMMUNE))
    with mpl.rc_context({"path.sketch": (9.0, 90.0, 9.0), "lines.scale_dashes": True, "svg.hashsalt": None}):
        before = dict(mpl.rcParams)
        assert written(svg.line(line, COMMUNE)) == plain
        assert dict(mpl.rcParams) == before


def test_that_hatch_lines_are_a_step_apart_and_stay_inside():
    _, hatch = svg.area(shapely.box(0.5, 0.5, 9.5, 9.5), Fill("#eeeeee", hatch=Hatch("#000000", 2.0, angle_deg=0)))
    found = [tuple(map(int, numbers)) for numbers in LINE_ENDS.findall(written([hatch]))]
    assert sorted(y for _, y, _, _ in found) == [200, 400, 600, 800]
    assert all(min(x, end) >= 50 and max(x, end) <= 950 and y == level for x, y, end, level in found)


def test_that_words_cannot_leave_their_element():
    (text,) = svg.lettering(np.array([1.0, 1.0]), '"]; <script>&', PLACE_NAME)
    assert '>"]; &lt;script&gt;&amp;</text>' in text


def test_that_two_lines_are_centred_about_their_point():
    style = Lettering(size_pt=10, halo_pt=0)
    heights = [
        int(re.search(r' y="(\d+)"', text).group(1)) for text in svg.lettering(np.array([0.0, 50.0]), "A\nB", style)
    ]
    # 10 pt are 3.528 mm: lines 4.233 mm apart, the letters 0.698 em high.
    assert heights[1] - heights[0] == pytest.approx(423, abs=1)
    assert sum(heights) / 2 == pytest.approx(5000 + 3.528 * 0.349 * 100, abs=1)


@pytest.mark.parametrize(
    "style", [Fill("#123456"), COMMUNE, RARE_CELLS, Mark("dot", "#123456", 2), Mark("triangle", "#123456", 2), Disc()]
)
def test_that_every_kind_of_style_has_a_swatch_in_its_colour(style):
    assert style.colour in legend.swatch(style).decode()


def test_that_borders_and_grid_explain_themselves_once():
    own = LegendItem(legend._base_items(1000)[0][0].label, COMMUNE)
    (group,) = legend.with_base([LegendGroup((own,))], (COMMUNE, NEIGHBOUR, GRID_CROSS), 500)
    assert [item.label.it for item in group.items] == ["Altri confini comunali", "Confine comunale", "Reticolo 500 m"]


def test_that_what_the_font_lacks_becomes_a_question_mark_and_control_characters_go():
    assert fonts.missing_glyphs("caffè 城市 城") == ("城", "市")
    assert fonts.printable("caffè\x00\x1b 城\tx") == "caffè ? x"


@given(arrays(float, st.tuples(st.integers(1, 12), st.just(2)), elements=st.floats(0, 200)))
def test_that_numbers_in_circles_do_not_touch(points):
    placed = labels.spread(points, 3.8, (0, 0, 264, 266))
    gaps = shapely.distance(*(shapely.points(placed)[index] for index in np.triu_indices(len(placed), 1)))
    assert (gaps >= 3.5).all()
    assert (placed >= 0).all()


@given(
    arrays(float, st.tuples(st.integers(1, 6), st.just(2)), elements=st.floats(100, 120)),
    arrays(float, st.tuples(st.integers(1, 6), st.just(2)), elements=st.floats(100, 120)),
)
def test_that_numbers_move_off_the_signs_that_stay(points, signs):
    placed = labels.spread(points, 3.9, (0, 0, 264, 266), signs)
    gaps = np.hypot(*(placed[:, None] - signs[None]).transpose(2, 0, 1))
    assert (gaps >= 3.7).all()


def test_that_numbers_with_room_stay_where_they_are():
    points = np.array([[10.0, 10.0], [20.0, 20.0]])
    assert labels.spread(points, 3.8, (0, 0, 99, 99)) == pytest.approx(points, abs=1e-3)


def test_that_the_middle_of_a_bent_area_lies_inside_it():
    bent = shapely.box(0, 0, 10, 10).difference(shapely.box(2, 2, 10, 10))
    assert bent.contains(shapely.Point(labels.middles([bent])[0]))


@pytest.mark.parametrize(
    ("words", "broken"), [("Riccò del Golfo", "Riccò del\nGolfo"), ("Follo", "Follo"), ("La Spezia", "La\nSpezia")]
)
def test_that_a_name_breaks_near_its_middle(words, broken):
    assert labels.two_lines(words) == broken
