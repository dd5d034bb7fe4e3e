"""Looks of sheets as somebody chose them: colours, fills, opacity, what results take from the layer they come from."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import shapely
from geopandas import GeoDataFrame
from hypothesis import given
from hypothesis import strategies as st

from layers import roles
from layers.reference import LayerRef
from puc_tool.maps.hazard_theme import STYLES, styles
from puc_tool.maps.ramps import RAMPS
from puc_tool.maps.result_themes import BY_ANALYSIS
from puc_tool.maps.seeing import contrast
from puc_tool.maps.style import PAPER, Disc, Fill, Hatch, Mark, Stroke
from puc_tool.maps.view import View
from puc_tool.maps.worn import Wardrobe, Worn
from puc_tool.printing import sheets
from puc_tool.printing.coverage import Part
from puc_tool.printing.sheet_orders import Wish, orders
from puc_tool.studies import study_reading
from puc_tool.working import view
from puc_tool.working.layer_style import LayerStyle, colour_place
from puc_tool.working.view import ThemeKey
from puc_tool.written import Written

FLOODS, SLIDES = ("flood_hazard", None), ("landslide_hazard", None)
EXPOSURE = ThemeKey("hazard-exposure", "fragments.flood")


def wardrobe(state) -> Wardrobe:
    """Return what a study wears that has floods and landslides."""
    refs = {key[0]: (LayerRef(key[0], "x.gpkg"),) for key in (FLOODS, SLIDES)}
    return Wardrobe(SimpleNamespace(folder=None, of_role=lambda role: refs.get(role, ())), state)


def test_that_nothing_said_leaves_every_look_as_it_is():
    worn = wardrobe({}).result("hazard-exposure", "fragments.flood")
    assert styles("pgra_flood", worn) == STYLES["pgra_flood"]


def test_that_a_pale_ground_under_lines_gives_the_lines_the_colour_and_a_strong_one_keeps_it():
    worn = Worn(LayerStyle(colours={"a": "#aa0000"}))
    pale = worn.look(Fill("#f5e4ca", edge="#8c3a06", hatch=Hatch("#8c3a06", 0.85)), "a")
    strong = worn.look(Fill("#4a8cc6", edge="#1f5f99", hatch=Hatch("#1f5f99", 1.5)), "a")
    # A quarter of the colour is left, the rest white: 255 - 0,25 (255 - 170) = 234; 255 - 0,25 · 255 = 191.
    assert (pale.colour, pale.edge, pale.hatch) == ("#eabfbf", "#aa0000", Hatch("#aa0000", 0.85))
    # Seven tenths of it: 0,7 · 170 = 119.
    assert (strong.colour, strong.edge, strong.hatch) == ("#aa0000", "#770000", Hatch("#770000", 1.5))


def test_that_opacity_mixes_every_colour_with_the_paper():
    look = Worn(opacity=0.5).look(Fill("#000000", edge="#ff0000", hatch=Hatch("#0000ff", 1.0)), "")
    assert (look.colour, look.edge, look.hatch.colour) == ("#808080", "#ff8080", "#8080ff")
    assert Worn(opacity=0.5).look(Mark("dot", "#000000", 1.0), "").colour == "#808080"


@given(st.from_regex("#[0-9a-f]{6}", fullmatch=True), st.floats(0.0, 1.0))
def test_that_a_number_can_be_read_whatever_colour_and_opacity_are_chosen(colour, opacity):
    disc = Worn(LayerStyle(colours={"": colour}), opacity).look(Disc(), "")
    assert contrast(disc.colour, PAPER) >= 4.5


def test_that_a_width_is_of_lines_and_in_millimetres():
    # Three pixels of 25,4 / 96 mm.
    assert Worn(LayerStyle(width_px=3.0)).look(Stroke("#000000", 0.2), "").width_mm == pytest.approx(0.79375)


@pytest.mark.parametrize(
    ("fill", "hatch", "opacity"), [("rising", 45.0, 1.0), ("solid", None, 1.0), ("hollow", None, 0.0)]
)
def test_that_a_fill_takes_the_place_of_the_sheet_s_own(fill, hatch, opacity):
    look = Worn(LayerStyle(fill=fill)).look(Fill("#f5e4ca", edge="#8c3a06", hatch=Hatch("#8c3a06", 0.85)), "")
    assert (look.hatch.angle_deg if look.hatch else None, look.opacity) == (hatch, opacity)


def test_that_results_have_the_colours_of_their_layer_until_they_have_their_own():
    layer, own = colour_place(FLOODS, "P3"), colour_place(EXPOSURE, "P3")

    def seen(state):
        return wardrobe(state).result("hazard-exposure", "fragments.flood", "class").colour(("P3",))

    assert [seen({}), seen({layer: "#111111"}), seen({layer: "#111111", own: "#222222"})] == ["", "#111111", "#222222"]


def test_that_colours_of_classes_by_another_field_are_of_other_classes():
    state = {colour_place(FLOODS, "P3"): "#111111", view.of_layer(view.FIELD, FLOODS): "river"}
    assert wardrobe(state).result("hazard-exposure", "fragments.flood", "class").colour(("P3",)) == ""


def test_that_a_class_of_the_source_speaks_for_the_national_one():
    state = {colour_place(SLIDES, "Pg3a"): "#123456"}
    worn = wardrobe(state).result("hazard-exposure", "fragments.landslide", "class")
    assert styles("pai_landslide", worn)["P3"].hatch.colour == "#123456"


def test_that_steps_take_a_ramp_and_single_colours_go_before_it():
    looks = {"low": Fill("#eeeeee"), "high": Fill("#111111")}
    worn = Worn(LayerStyle(ramp="Greys", colours={"high": "#ff0000"}))
    assert [each.colour for each in worn.steps(looks).values()] == [RAMPS["Greys"].colours(2)[0], "#ff0000"]


def test_that_kinds_have_the_colours_that_the_window_gives_them():
    layer = GeoDataFrame({"kind": ["a", "b"]}, geometry=[shapely.Point(0, 0)] * 2, crs=7791)
    worn = Worn(LayerStyle(field="kind", colours={"b": "#ffffff"}), fields=("", "kind")).by_kind(layer)
    assert [worn.colour((each,)) for each in ("a", "b", "c")] == ["#332288", "#ffffff", ""]


def test_that_every_theme_a_sheet_names_is_declared_and_every_role_known():
    for kind in sheets.ALL:
        declared = {ThemeKey(analysis, each.id) for analysis, themes in BY_ANALYSIS.items() for each in themes}
        assert set(kind.themes) <= declared
        assert set(kind.wears) <= set(roles.BY_ID)


PLACES = {
    "landslides": (colour_place(SLIDES, "P4"), {"pericolosita", "scheda-distretto"}),
    "exposure": (view.of_layer(view.OPACITY, EXPOSURE), {"pericolosita"}),
    "soil": (colour_place(("soil_consumption", 2023), "11"), {"consumo-suolo"}),
    "suitability": (colour_place(ThemeKey("garden-suitability", "suitability"), "S1"), {"orti-urbani", "orti-sito"}),
    "disagreement": (view.of_layer(view.RAMP, ThemeKey("garden-suitability", "disagreement")), {"orti-scenari"}),
    "catchment": (colour_place(ThemeKey("service-coverage", "catchment"), ""), {"servizi"}),
    "facilities": (colour_place(ThemeKey("standards", "facilities"), "verde"), {"standard"}),
    "homes": (view.of_layer(view.RAMP, ThemeKey("service-coverage", "homes.score")), {"servizi"}),
    "name": (view.of_layer(view.NAME, SLIDES), set()),
}
VALUES = {view.OPACITY: 40, view.RAMP: "Greys", view.COLOUR: "#123456", view.NAME: "Frane"}


@pytest.mark.parametrize("case", PLACES)
def test_that_a_style_orders_anew_the_sheets_that_have_it_and_no_other(town, case):
    with (town / "study.toml").open("a", encoding="utf-8") as study:
        study.write('\n[[layer]]\nrole = "landslide_hazard"\nsource = "data/borgo.gpkg"\nlayer = "confine"\n')

    def keys():
        study = study_reading.read(town)
        kinds = [kind for kind in sheets.ALL if isinstance(kind, sheets.SheetKind)]
        found = {kind.id: Written(kind.analysis, town, {"key": "k", "inputs": []}) for kind in kinds}
        part, wish = Part("", "", View()), Wish(("png",))
        return {kind.id: orders(study, kind, found[kind.id], [part], wish)[0].key for kind in kinds}

    place, wanted = PLACES[case]
    before = keys()
    view.save({place: VALUES[place[0]]}, town)
    after = keys()
    assert {each for each in before if before[each] != after[each]} == wanted
    view.save({}, town)
    assert keys() == before
