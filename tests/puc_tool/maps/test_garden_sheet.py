"""The sheet of urban gardens of the made-up borough (tests/puc_tool/conftest.py): 100 ha, all of it fields.

Public land: «Conca», 10 ha of free soil, and «Piano», 9 ha, one of them building site (122). Of the criteria only
public land (0.14) and soil (0.05) have their layer. So free public ground scores 1 (S1), the site 0.14/0.19 = 0.74
(S2), free ground of others 0.05/0.19 = 0.26 (N1). Four hectares of roads are excluded.
"""

from __future__ import annotations

import geopandas
import pytest
import shapely

from analyses.garden_suitability import GARDEN_SUITABILITY
from analyses.gardens.params import GardenParams, WeightSet
from layers.problems import PucError
from puc_tool import run
from puc_tool.maps.garden_comparison import garden_comparison
from puc_tool.maps.garden_sheet import garden_sheet
from puc_tool.maps.render import render
from puc_tool.maps.sheet import Areas, Context, Numbers, RasterClasses
from puc_tool.printing.sheets import BY_ID
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading
from puc_tool.working import view
from puc_tool.working.layer_style import colour_place
from puc_tool.working.view import ThemeKey
from puc_tool.written import Written, written

WEST, SOUTH = 4_306_000.0, 2_336_000.0
ENTRY = '\n[[layer]]\nrole = "{role}"\nsource = "data/orti.gpkg"\nlayer = "{role}"\n'
PARAMS = GardenParams(cell_m=10.0, draws=100)


def box(left, bottom, right, top):
    return shapely.box(WEST + left, SOUTH + bottom, WEST + right, SOUTH + top)


LAYERS = {
    "land_use": ({"code": ["211"]}, [box(0, 0, 1000, 1000)]),
    "public_land": ({"name": ["Piano", "Conca"]}, [box(700, 400, 1000, 700), box(0, 0, 200, 500)]),
    "contaminated_sites": ({"name": ["Ex cava"]}, [box(900, 900, 1000, 1000)]),
}


@pytest.fixture
def borough(town):
    """Return a function that adds layers to the borough and returns its folder."""

    def made(*roles):
        for role in roles:
            columns, shapes = LAYERS[role]
            geopandas.GeoDataFrame(columns, geometry=shapes, crs=3035).to_file(town / "data" / "orti.gpkg", layer=role)
            with (town / "study.toml").open("a", encoding="utf-8") as study:
                study.write(ENTRY.format(role=role) + ("year = 2019\n" if role == "land_use" else ""))
        return town

    return made


def sheet_of(folder, lang="it", params=PARAMS, build=garden_sheet):
    shelf = Shelf(study_reading.read(folder))
    run.run(GARDEN_SUITABILITY, shelf, params)
    return build(shelf, written(GARDEN_SUITABILITY, shelf.study), Context(), lang)


def plain(text, lang="it"):
    return text.to(lang).replace("\u202f", " ").replace("\u00a0", " ")


def test_that_the_legend_tells_how_much_ground_each_class_has(borough):
    classes, signs = sheet_of(borough("land_use", "public_land")).legend
    assert {item.label.it: plain(item.amount) for item in classes.items} == {
        "S1 molto idoneo": "18 ha · 18,0 %",
        "S2 idoneo": "1,0 ha · 1,0 %",
        "N1 attualmente non idoneo": "77 ha · 77,0 %",
        "Escluso": "4,0 ha · 4,0 %",
    }
    assert [item.label.it for item in signs.items] == ["Sito proposto", "Posto in graduatoria"]


def test_that_what_is_printed_large_is_the_written_figure_rounded(borough):
    sheet = sheet_of(borough("land_use", "public_land"))
    assert [(plain(each.value), plain(each.caption)) for each in sheet.key_figures] == [
        ("19 ha", "idonei (19,0 % del territorio)"),
        ("2", "siti in graduatoria"),
        ("4,0 ha", "esclusi da almeno una causa"),
    ]


def test_that_the_table_has_the_sites_in_their_order_and_the_map_their_places(borough):
    sheet = sheet_of(borough("land_use", "public_land"))
    # Piano: (8 · 1 + 1 · 0.7368) / 9 = 0.97. No weights put it before Conca.
    assert [[cell.it for cell in row.cells] for row in sheet.table.rows] == [
        ["1", "Conca", "100.000", "1.500", "1,00", "1", "100"],
        ["2", "Piano", "90.000", "1.350", "0,97", "2", "100"],
    ]
    (numbers,) = (each for each in sheet.map.layers if isinstance(each, Numbers))
    assert numbers.words == ("1", "2")
    assert box(0, 0, 200, 500).contains(numbers.geometries[0])


def test_that_the_first_site_s_reasons_and_the_scenarios_stand_below_the_table(borough):
    notes = [plain(each) for each in sheet_of(borough("land_use", "public_land")).footnotes]
    # 0.14/0.19 = 0.74 and 0.05/0.19 = 0.26.
    assert notes[0] == (
        "Perché Conca è primo (1,00): proprietà pubblica / area libera 0,74 di 0,74, "
        "qualità e permeabilità del suolo 0,26 di 0,26."
    )
    # Piano draws level when all the weight of soil, 0.26, goes over to public land: Σ|Δw| = 0.53.
    assert "il più piccolo cambiamento dei pesi che raggiunge il primo sito è 0,526, a favore di OU2 Piano." in notes[1]
    assert notes[-1].startswith("Scenari, terreno idoneo: tutte le aree 19 ha (2 siti), solo aree pubbliche 19 ha")


def test_that_ordered_weights_are_told_with_scores_that_do_not_add_up(borough):
    sheet = sheet_of(borough("land_use", "public_land"), params=GardenParams(cell_m=10.0, draws=100, orness=0.2))
    assert plain(sheet.subtitle) == "Tutte le aree · celle di 10 m · pesi ordinati (orness 0,20)"
    assert "proprietà pubblica / area libera 1,00" in plain(sheet.footnotes[0])
    assert " di " not in plain(sheet.footnotes[0]).partition("libera")[2].partition("permeabilità")[0]


def test_that_the_soil_analysis_is_asked_for_on_the_sheet(borough):
    note = sheet_of(borough("land_use", "public_land")).note
    assert note.is_warning
    assert note.text.it.startswith("Orti urbani: prima dell'uso serve sempre un'analisi del suolo.")
    assert "Pitelli" not in note.text.it


def test_that_the_alternative_text_is_the_written_numbers_in_sentences(borough):
    assert plain(sheet_of(borough("land_use", "public_land")).alt) == (
        "Carta dell'idoneità agli orti urbani di Borgo alla scala 1:5.000. "
        "Il terreno idoneo occupa 19 ettari (19,0 %), quello escluso 4,0 (4,0 %). "
        "Il primo sito su 2 è «Conca», con punteggio 1,00."
    )


def test_that_contaminated_ground_is_drawn_and_told(borough):
    _, signs = sheet_of(borough("land_use", "public_land", "contaminated_sites")).legend
    assert signs.items[0].label.it == "Siti contaminati: esclusi"


def test_that_a_commune_without_any_site_has_a_sheet_all_the_same(borough):
    sheet = sheet_of(borough("land_use", "public_land"), params=GardenParams(cell_m=10.0, least_site_m2=1e6))
    assert sheet.table is None
    assert "nessun sito rimane." in " ".join(each.it for each in sheet.footnotes)
    assert render(sheet, ("pdf",), 150).files["pdf"].startswith(b"%PDF")


@pytest.mark.parametrize("lang", ["it", "en"])
def test_that_the_garden_sheet_is_drawn_without_a_fault(borough, lang):
    drawn = render(sheet_of(borough("land_use", "public_land", "contaminated_sites"), lang), ("pdf",), 150)
    assert drawn.files["pdf"].startswith(b"%PDF")
    assert [each.sentence("it") for each in drawn.problems if "campi" not in each.message.it] == []


def test_that_the_same_study_gives_the_same_garden_sheet(borough):
    folder = borough("land_use", "public_land")
    first, second = (render(sheet_of(folder), ("pdf",), 150).files["pdf"] for _ in range(2))
    assert first == second


def test_that_results_without_classes_are_asked_to_be_run_again(borough, monkeypatch):
    monkeypatch.setattr(Written, "raster", lambda self, name: None)
    with pytest.raises(PucError) as refused:
        sheet_of(borough("land_use", "public_land"))
    assert [each.code for each in refused.value.problems] == ["results-stale"]


def test_that_results_without_classes_of_disagreement_are_asked_to_be_run_again(borough, monkeypatch):
    monkeypatch.setattr(Written, "table", lambda self, name: None)
    with pytest.raises(PucError) as refused:
        sheet_of(borough("land_use", "public_land"), params=SETS, build=garden_comparison)
    assert [each.code for each in refused.value.problems] == ["results-outdated"]


SETS = GardenParams(cell_m=10.0, draws=100, weight_set=(WeightSet("ecologa", "soil 1"),))


@pytest.mark.parametrize(("params", "marked"), [(PARAMS, set()), (SETS, {"orti-scenari"})])
def test_that_limits_of_disagreement_are_marked_only_where_the_sheet_shows_it(borough, params, marked):
    shelf = Shelf(study_reading.read(borough("land_use")))
    run.run(GARDEN_SUITABILITY, shelf, params)
    found = written(GARDEN_SUITABILITY, shelf.study)
    told = {name: [each.en for each in BY_ID[name].unverified(found)] for name in ("orti-urbani", "orti-scenari")}
    assert {name for name, labels in told.items() if "Strong disagreement from" in labels} == marked
    assert all("Suitable from" in labels for labels in told.values())


@pytest.mark.parametrize("lang", ["it", "en"])
def test_that_the_sheet_of_scenarios_is_drawn_without_a_fault(borough, lang):
    sheet = sheet_of(borough("land_use", "public_land"), lang, SETS, garden_comparison)
    drawn = render(sheet, ("pdf",), 150)
    assert [problem.code for problem in drawn.problems] == ["sheet-field-empty"]
    assert drawn.files["pdf"].startswith(b"%PDF")


def test_that_both_scenarios_are_drawn_and_told_with_their_ground(borough):
    sheet = sheet_of(borough("land_use", "public_land"), params=SETS, build=garden_comparison)
    # No terrain, so hill gardens are as all ground, and that is told: Conca and Piano, 19 ha. Farms use the same.
    assert [plain(each.caption) for each in sheet.key_figures] == [
        "Orti collinari: 2 siti",
        "Uso agricolo potenziale: 2 siti",
    ]
    assert [plain(each.value) for each in sheet.key_figures] == ["19 ha", "19 ha"]
    assert len([each for each in sheet.map.layers if isinstance(each, Areas)]) == 2
    assert [plain(row.cells[0]) for row in sheet.table.rows][:2] == ["Tutte le aree", "Solo aree pubbliche"]
    notes = " ".join(plain(each) for each in sheet.footnotes)
    assert "prima dell'uso serve sempre un'analisi del suolo" in notes
    assert "Orti collinari: manca il livello che lo scenario richiede" in notes


def test_that_disagreement_is_drawn_where_several_weigh_and_nothing_where_one_does(borough):
    # Two sets: public land 0.14/0.19 and soil 0.05/0.19, or soil alone. Free private ground scores 0.26 or 1: ± 0.37.
    # Free public ground scores 1 under both, the site 0.74 or 0: ± 0.37.
    sheet = sheet_of(borough("land_use", "public_land"), params=SETS, build=garden_comparison)
    (cells,) = (each for each in sheet.map.layers if isinstance(each, RasterClasses))
    count = {place: int((cells.cells == place).sum()) for place in range(1, 5)}
    assert count == {1: 1800, 2: 0, 3: 0, 4: 7800}
    group, *_ = sheet.legend
    assert [(plain(each.label), plain(each.amount)) for each in group.items] == [
        ("Accordo, meno di 0,10", "18 ha"),
        ("Disaccordo forte, da 0,20 in su", "78 ha"),
    ]
    alone = sheet_of(borough(), build=garden_comparison)
    assert not [each for each in alone.map.layers if isinstance(each, RasterClasses)]
    assert "con un solo insieme di pesi non c'è disaccordo" in plain(alone.note.text)


GARDENS = "garden-suitability"


def test_that_the_gardens_have_the_colours_given_to_results_and_contaminated_sites(borough, styles_read):
    folder = borough("land_use", "public_land", "contaminated_sites")
    said = {
        colour_place(ThemeKey(GARDENS, "suitability"), "S1"): "#5e3c99",
        colour_place(ThemeKey(GARDENS, "suitability"), "x"): "#eeeeee",
        colour_place(ThemeKey(GARDENS, "sites"), ""): "#b30000",
        colour_place(("contaminated_sites", None), ""): "#00695c",
    }
    view.save(said, folder)
    sheet = sheet_of(folder)
    (cells,) = (each for each in sheet.map.layers if isinstance(each, RasterClasses))
    assert [cells.styles[place].colour for place in (0, 5)] == ["#5e3c99", "#eeeeee"]
    told = {plain(item.label): item.style for group in sheet.legend for item in group.items}
    assert told["S1 molto idoneo"].colour == "#5e3c99"
    assert told["Siti contaminati: esclusi"].hatch.colour == "#00695c"
    assert {told["Sito proposto"].colour, told["Posto in graduatoria"].colour} == {"#b30000"}
    kind = BY_ID["orti-urbani"]
    assert styles_read == {*kind.themes, *kind.wears}


def test_that_disagreement_is_classed_as_somebody_wants_it_and_tells_no_ground_nobody_measured(borough, styles_read):
    folder, key = borough("land_use", "public_land"), ThemeKey(GARDENS, "disagreement")
    view.save({view.of_layer(view.SCHEME, key): "equal", view.of_layer(view.CLASSES, key): 2}, folder)
    sheet = sheet_of(folder, params=SETS, build=garden_comparison)
    (cells,) = (each for each in sheet.map.layers if isinstance(each, RasterClasses))
    # As above: 1800 cells of no disagreement, 7800 of 0,37; two equal widths hold one each.
    assert [int((cells.cells == place).sum()) for place in (1, 2)] == [1800, 7800]
    group, *_ = sheet.legend
    assert [(plain(each.label), plain(each.amount)) for each in group.items] == [("0,00", ""), ("0,00–0,37", "")]
    assert styles_read == set(BY_ID["orti-scenari"].themes)
