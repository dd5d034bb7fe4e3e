"""Layers in somebody's own style: classes by a field, ramps that every eye reads, and the official look restored."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely
from geopandas import GeoDataFrame
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyproj import CRS

from layers import roles
from layers.intake import Intake
from layers.reference import LayerRef
from puc_tool.maps.canvas.pictures import picture
from puc_tool.maps.classing import QUANTILES, SCHEMES, breaks, places
from puc_tool.maps.dressing import Cloth, DressedPictures, cloth_of, dressed
from puc_tool.maps.ramps import KINDS, RAMPS
from puc_tool.maps.seeing import LEAST_DIFFERENCE, contrast, least_difference
from puc_tool.maps.themes import Drawn
from puc_tool.working import layer_style, view
from puc_tool.working.layer_style import LayerStyle

KEY = ("zoning", None)


@pytest.fixture
def zones() -> Intake:
    """Return four squares of 1, 4, 9 and 16 m², in zones A, A, B, C."""
    squares = [shapely.box(20 * place, 0, 20 * place + side, side) for place, side in enumerate((1, 2, 3, 4))]
    columns = {"zone": ["A1", "A2", "B1", "C1"], "dm1444": ["A", "A", "B", "C"], "floors": [1.0, 2.0, 9.0, np.nan]}
    layer = GeoDataFrame(columns, geometry=squares, crs=7791)
    return Intake(LayerRef("zoning", "x.gpkg"), roles.ZONING, layer)


def of(intake: Intake, **style: object):
    seen = picture(intake, CRS(7791))
    assert seen is not None
    return dressed(seen, cloth_of(intake), LayerStyle(**style))


def test_that_kinds_of_a_field_are_classes_with_their_areas(zones):
    seen = of(zones, field="zone")
    assert [each.code for each in seen.classes] == ["A1", "A2", "B1", "C1"]
    assert seen.areas_m2 == (1.0, 4.0, 9.0, 16.0)
    assert seen.shapes.classes.tolist() == [0, 1, 2, 3]


def test_that_amounts_are_classed_by_the_scheme_and_what_has_none_is_apart(zones):
    seen = of(zones, field="floors", scheme=QUANTILES, classes=2, ramp="Greys")
    assert [each.label.it for each in seen.classes] == ["1–2", "2–9", "Altro o senza classe"]
    assert [each.colour for each in seen.classes][:2] == ["#f0f0f0", "#252525"]
    assert seen.shapes.classes.tolist() == [0, 0, 1, 2]


def test_that_more_kinds_than_colours_leave_the_rarest_as_one(zones):
    squares = [shapely.box(2 * place, 0, 2 * place + 1, 1) for place in range(24)]
    words = [chr(ord("a") + place // 2) for place in range(24)]
    words[-1] = "k"  # l comes once, k three times
    layer = GeoDataFrame({"zone": words}, geometry=squares, crs=7791)
    seen = of(Intake(zones.ref, roles.ZONING, layer), field="zone")
    assert len(seen.classes) == len(KINDS) + 1
    assert "k" in [each.code for each in seen.classes]
    assert sum(seen.areas_m2) == 24.0


def test_that_a_class_takes_its_colour_on_every_theme_and_the_others_keep_theirs(zones):
    official = of(zones)
    seen = of(zones, colours={"A": "#123456"})
    assert (seen.classes[0].colour, seen.classes[0].colour_on_dark) == ("#123456", "")
    assert seen.classes[1:] == official.classes[1:]
    assert seen.shapes is official.shapes or (seen.shapes.points == official.shapes.points).all()


@pytest.mark.parametrize(
    ("fill", "drawn"), [("solid", Drawn.AREA), ("rising", Drawn.HATCH), ("falling", Drawn.BACK_HATCH)]
)
def test_that_areas_are_filled_as_asked(zones, fill, drawn):
    assert of(zones, fill=fill).drawn is drawn
    hollow = of(zones, fill="hollow", width_px=3.0)
    assert (hollow.drawn, hollow.width) == (Drawn.OUTLINE, 3.0)


def test_that_a_line_is_as_wide_as_asked_and_never_filled():
    layer = GeoDataFrame({"name": ["Via"]}, geometry=[shapely.LineString([(0, 0), (9, 9)])], crs=7791)
    seen = of(Intake(LayerRef("railways", "x.gpkg"), roles.RAILWAYS, layer), fill="rising", width_px=4.0)
    assert (seen.drawn, seen.width) == (Drawn.LINE, 4.0)


def test_that_a_field_that_is_not_there_makes_no_classes(zones):
    assert of(zones, field="gone").classes == of(zones).classes


def test_that_the_same_style_of_the_same_picture_is_made_once(zones):
    kept, seen, style = DressedPictures(), picture(zones, CRS(7791)), LayerStyle(field="zone")
    asked = []

    def cloth() -> Cloth:
        asked.append(zones)
        return cloth_of(zones)

    assert kept.dressed(KEY, seen, cloth, LayerStyle()) is seen
    assert asked == [], "a layer in its official style is drawn as it is"
    assert kept.dressed(KEY, seen, cloth, style) is kept.dressed(KEY, seen, cloth, LayerStyle(field="zone"))
    assert asked == [zones], "what was made once is not worked out again"


AMOUNTS = st.lists(st.floats(-1e6, 1e6, allow_subnormal=False), min_size=1, max_size=60)


@example([0.0, 1.0, 2.0, 3.0, 3.0, 3.0], "quantiles", 3)
@given(AMOUNTS, st.sampled_from(sorted(SCHEMES)), st.integers(2, 9))
@settings(max_examples=300)
def test_that_every_amount_is_in_one_class_and_classes_ascend(amounts, scheme, most):
    values = np.array(amounts)
    ends = breaks(values, most, scheme)
    place = places(values, ends)
    assert (np.diff(ends) > 0).all()
    assert ends[-1] == values.max()
    assert ((values <= ends[place]) & ((place == 0) | (values > ends[place - 1]))).all()


@pytest.mark.parametrize("name", RAMPS)
@pytest.mark.parametrize("count", [2, 3, 5, 7])
def test_that_neighbours_of_a_ramp_are_told_apart_by_every_eye(name, count):
    colours = RAMPS[name].colours(count)
    assert len(set(colours)) == count
    assert all(least_difference(*pair) >= LEAST_DIFFERENCE for pair in pairwise(colours))


@pytest.mark.parametrize("name", sorted(set(RAMPS) - {"PuOr"}))
def test_that_amounts_only_get_darker(name):
    shades = [contrast(colour, "#ffffff") for colour in RAMPS[name].colours(9)]
    assert shades == sorted(shades)


def test_that_what_can_t_be_a_style_is_as_if_not_said():
    state = {
        view.of_layer("fill", KEY): "dotted", view.of_layer("width_px", KEY): 99.0, view.of_layer("classes", KEY): 1,
        view.of_layer("scheme", KEY): "x", layer_style.colour_place(KEY, "A"): "red",
    }  # fmt: skip
    assert layer_style.style_of(state, KEY).is_official


def test_that_a_style_is_kept_in_the_view_and_read_back(tmp_path):
    state = {
        view.of_layer("fill", KEY): "rising", view.of_layer("width_px", KEY): 2.0, view.of_layer("field", KEY): "zone",
        layer_style.colour_place(KEY, "A"): "#123456", layer_style.colour_place(KEY, ""): "#abcdef",
    }  # fmt: skip
    view.save(state, tmp_path)
    assert dict(view.read(tmp_path)) == state
    assert layer_style.style_of(view.read(tmp_path), KEY).colours == {"A": "#123456", "": "#abcdef"}
