"""The hazard sheet of the made-up borough (tests/puc_tool/conftest.py): 100 ha in two neighbourhoods of 50 ha.

Floods come from the west: P3 over 10 ha in P2 over 20 ha in P1 over 30 ha, all in Ponente. Landslides lie in the east,
in Levante: Pg4 over 5 ha, Pg3a over 10 ha, Pg2 over 20 ha, and Pg0 over 10 ha.
"""

from __future__ import annotations

import geopandas
import pytest
import shapely

from analyses.hazard.params import HazardParams
from analyses.hazard_exposure import HAZARD_EXPOSURE
from puc_tool import run
from puc_tool.maps.hazard_sheet import hazard_sheet
from puc_tool.maps.hazard_theme import STYLES
from puc_tool.maps.render import render
from puc_tool.maps.sheet import Areas, Context, Numbers
from puc_tool.printing.sheets import BY_ID
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading
from puc_tool.working import view
from puc_tool.working.layer_style import colour_place
from puc_tool.working.view import ThemeKey
from puc_tool.written import written

WEST, SOUTH = 4_306_000.0, 2_336_000.0
ENTRY = '\n[[layer]]\nrole = "{role}"\nsource = "data/pericoli.gpkg"\nlayer = "{role}"\n'


def strip(west, east):
    return shapely.box(WEST + west, SOUTH, WEST + east, SOUTH + 1000)


FLOODS = {"P1": strip(0, 300), "P2": strip(0, 200), "P3": strip(0, 100)}
LANDSLIDES = {"Pg4": strip(950, 1000), "Pg3a": strip(850, 950), "Pg2": strip(650, 850), "Pg0": strip(550, 650)}
CENSUS = {"population": [600.0, 400.0]}


@pytest.fixture
def borough(town):
    """Return a function that adds hazards, and people if asked, to the borough and returns its folder."""

    def made(*roles, codes=None):
        for role in roles:
            if role == "census":
                frame = geopandas.GeoDataFrame(CENSUS, geometry=[strip(0, 500), strip(500, 1000)], crs=3035)
            else:
                shapes = codes or (FLOODS if role == "flood_hazard" else LANDSLIDES)
                frame = geopandas.GeoDataFrame({"class": list(shapes)}, geometry=list(shapes.values()), crs=3035)
            frame.to_file(town / "data" / "pericoli.gpkg", layer=role)
            with (town / "study.toml").open("a", encoding="utf-8") as study:
                study.write(ENTRY.format(role=role))
        return town

    return made


def sheet_of(folder, lang="it"):
    shelf = Shelf(study_reading.read(folder))
    run.run(HAZARD_EXPOSURE, shelf, HazardParams())
    return hazard_sheet(shelf, written(HAZARD_EXPOSURE, shelf.study), Context(), lang)


def plain(text):
    return text.it.replace("\u202f", " ").replace("\u00a0", " ")


def legend_of(sheet):
    return [{item.label.it: plain(item.amount) for item in group.items} for group in sheet.legend]


def test_that_the_legend_tells_each_class_alone_with_those_who_live_there(borough):
    sheet = sheet_of(borough("flood_hazard", "landslide_hazard", "census"))
    # 600 people on the 50 ha of Ponente, 12 a hectare; 400 on those of Levante, 8 a hectare.
    flood, landslide, signs = legend_of(sheet)
    assert flood == {
        "P3 elevata (alluvioni frequenti)": "10 ha · 10,0 % · 120 ab.",
        "P2 media (poco frequenti)": "10 ha · 10,0 % · 120 ab.",
        "P1 bassa (rare, estrema intensità)": "10 ha · 10,0 % · 120 ab.",
    }
    assert landslide == {
        "P4 molto elevata": "5,0 ha · 5,0 % · 40 ab.",
        "P3 elevata": "10 ha · 10,0 % · 80 ab.",
        "P2 media": "20 ha · 20,0 % · 160 ab.",
    }
    assert list(signs) == ["Nessuna delle classi", "Quartiere", "Numero nella tabella"]


def test_that_what_is_printed_large_is_the_written_figure_rounded(borough):
    sheet = sheet_of(borough("flood_hazard", "landslide_hazard", "census"))
    assert [(plain(each.value), each.caption.it) for each in sheet.key_figures] == [
        ("20 ha", "pericolosità idraulica P2 e P3"),
        ("15 ha", "pericolosità da frana P3 e P4"),
        ("240", "residenti in P2 e P3 idraulica"),
    ]


def test_that_the_table_has_the_most_exposed_first_and_the_whole_last(borough):
    table = sheet_of(borough("flood_hazard", "landslide_hazard")).table
    assert [[cell.it for cell in row.cells] for row in table.rows] == [
        ["1", "Ponente", "60,0", "0,0"],
        ["2", "Levante", "0,0", "30,0"],
    ]
    assert table.rows[0].bar == pytest.approx((0.2, 0.2, 0.2))
    assert [cell.it for cell in table.total.cells] == ["", "Totale", "30,0", "15,0"]
    assert table.title.it == "Alluvioni P1-P3, frane P3-P4 per quartiere (% superficie)"


def test_that_the_alternative_text_is_the_written_numbers_in_sentences(borough):
    sheet = sheet_of(borough("flood_hazard", "landslide_hazard", "census"))
    assert plain(sheet.alt) == (
        "Carta della pericolosità idrogeologica di Borgo alla scala 1:5.000. "
        "La pericolosità idraulica P2 e P3 interessa 20 ettari (20,0 %), con circa 240 abitanti. "
        "La pericolosità da frana P3 e P4 interessa 15 ettari (15,0 %), con circa 120 abitanti. "
        "I valori sono nella tabella a lato."
    )


def test_that_the_warning_that_it_is_not_the_law_stands_on_the_sheet(borough):
    sheet = sheet_of(borough("flood_hazard"))
    assert sheet.note.is_warning
    assert sheet.note.text.it.startswith("Sintesi indicativa di pratica urbanistica. Valgono le norme")


def test_that_an_equivalence_from_memory_is_told_on_the_sheet(borough):
    told = " ".join(each.it for each in sheet_of(borough("landslide_hazard")).footnotes)
    assert "l'equivalenza con le classi nazionali è convenzionale, non letta in una norma: Pg4, Pg3a, Pg2." in told


def test_that_one_hazard_alone_makes_a_sheet_of_its_own(borough):
    sheet = sheet_of(borough("landslide_hazard"))
    assert sheet.subtitle.it == "Frane"
    assert [plain(each.value) for each in sheet.key_figures] == ["15 ha"]
    assert [column.label.it for column in sheet.table.columns] == ["n.", "Quartiere", "frane"]
    assert [row.cells[1].it for row in sheet.table.rows] == ["Levante", "Ponente"]


def test_that_fills_lie_in_the_order_of_their_gravity_floods_on_top(borough):
    layers = sheet_of(borough("flood_hazard", "landslide_hazard")).map.layers
    drawn = [each.style for each in layers if isinstance(each, Areas)][1:]
    floods, landslides = STYLES["pgra_flood"], STYLES["pai_landslide"]
    assert drawn == [landslides["P4"], landslides["P3"], landslides["P2"], floods["P1"], floods["P2"], floods["P3"]]
    assert next(each for each in layers if isinstance(each, Numbers)).words == ("1", "2")


def test_that_a_class_beyond_the_boundary_is_neither_drawn_nor_told(borough):
    far = strip(5000, 6000)
    sheet = sheet_of(borough("flood_hazard", codes={"P2": strip(0, 100), "P3": far}))
    assert list(legend_of(sheet)[0]) == ["P2 media (poco frequenti)"]


@pytest.mark.parametrize("lang", ["it", "en"])
def test_that_the_sheet_is_drawn_without_a_fault(borough, lang):
    drawn = render(sheet_of(borough("flood_hazard", "landslide_hazard", "census"), lang), ("pdf",), 150)
    assert drawn.files["pdf"].startswith(b"%PDF")
    assert [each.sentence("it") for each in drawn.problems if "campi" not in each.message.it] == []


def test_that_the_same_study_gives_the_same_sheet(borough):
    folder = borough("flood_hazard", "landslide_hazard")
    first, second = (render(sheet_of(folder), ("pdf",), 150).files["pdf"] for _ in range(2))
    assert first == second


def test_that_map_legend_and_bars_have_the_colours_given_in_the_window_and_the_classes_of_the_law(borough, styles_read):
    folder = borough("flood_hazard", "landslide_hazard")
    gravest = sheet_of(folder).legend[0].items[0].style
    styled = {
        colour_place(("flood_hazard", None), "P2"): "#7b1fa2",
        view.of_layer(view.FILL, ("landslide_hazard", None)): "rising",
        colour_place(ThemeKey("hazard-exposure", "fragments.landslide"), "Pg3a"): "#00695c",
    }
    view.save(styled, folder)
    sheet = sheet_of(folder)
    flood, landslide, _ = sheet.legend
    assert [item.label.it[:2] for item in flood.items] == ["P3", "P2", "P1"]
    assert flood.items[1].style.colour == "#7b1fa2"
    assert flood.items[1].style in sheet.table.bars.styles
    assert flood.items[0].style == gravest
    assert landslide.items[1].style.hatch.colour == "#00695c"
    drawn = {layer.style for layer in sheet.map.layers if isinstance(layer, Areas)}
    assert {item.style for group in sheet.legend[:2] for item in group.items} <= drawn
    kind = BY_ID["pericolosita"]
    assert styles_read == {*kind.themes, *kind.wears}


def test_that_classes_in_one_colour_still_stand_in_the_legend_one_by_one(borough):
    folder = borough("flood_hazard")
    view.save({colour_place(("flood_hazard", None), code): "#7b1fa2" for code in ("P1", "P2", "P3")}, folder)
    assert [item.label.it[:2] for item in sheet_of(folder).legend[0].items] == ["P3", "P2", "P1"]
