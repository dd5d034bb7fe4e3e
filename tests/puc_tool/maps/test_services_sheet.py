"""The services sheet of the made-up borough (tests/puc_tool/conftest.py): one street along its middle, west to east.

100 people live at 100 m, 60 at 500 m (both Ponente), 40 at 980 m (Levante); the school stands at 100 m, within
10 minutes (800 m) of the first two. A chemist stands at 900 m. A site at 600 m could hold a second school.
"""

from __future__ import annotations

import pytest
import shapely

from analyses.service_coverage import SERVICE_COVERAGE
from analyses.services.params import CoverageParams
from layers.problems import PucError
from layers.text import joined
from puc_tool import run
from puc_tool.maps.render import render
from puc_tool.maps.services_sheet import PROPOSED, services_sheet
from puc_tool.maps.services_theme import PLAIN
from puc_tool.maps.sheet import Areas, Context, Lines, Marks, Numbers
from puc_tool.maps.style import Mark
from puc_tool.printing.sheets import BY_ID
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading
from puc_tool.working import view
from puc_tool.working.layer_style import colour_place
from puc_tool.working.view import ThemeKey
from puc_tool.written import written

WEST, SOUTH = 4_306_000.0, 2_336_000.0


def at(x, y=500.0):
    return shapely.Point(WEST + x, SOUTH + y)


LAYERS = {
    "streets": ({"kind": ["residential"]}, [shapely.LineString([at(0), at(1000)])]),
    "services": ({"kind": ["primaria", "farmacia"], "name": ["S", "F"]}, [at(100), at(900)]),
    "census": ({"population": [100.0, 60.0, 40.0], "population_65_plus": [20.0, 60.0, 10.0]},
               [at(100, 500), at(490, 500), at(980, 500)]),
    "candidate_sites": ({"name": ["Ex caserma"], "kind": ["primaria"]}, [at(600)]),
}  # fmt: skip


@pytest.fixture
def borough(add_layers):
    """Return a function that adds the layers of these roles to the borough and returns its folder."""
    return lambda *roles, layers=LAYERS: add_layers({role: layers[role] for role in roles})


def sheet_of(folder, lang="it", **asked):
    shelf = Shelf(study_reading.read(folder))
    run.run(SERVICE_COVERAGE, shelf, CoverageParams(**asked))
    return services_sheet(shelf, written(SERVICE_COVERAGE, shelf.study), Context(), lang)


def plain(text):
    return text.it.replace("\u202f", " ").replace("\u00a0", " ")


def test_that_what_is_printed_large_is_who_is_served_who_is_not_and_who_would_be(borough):
    sheet = sheet_of(borough(*LAYERS))
    assert [(plain(each.value), each.caption.it) for each in sheet.key_figures] == [
        ("80,0 %", "dei residenti serviti"),
        ("40", "residenti non serviti"),
        ("+40", "serviti dalle proposte"),
    ]
    assert sheet.subtitle.it == "Scuola primaria, entro 10 minuti a piedi"


def test_that_cycle_ways_of_the_streets_are_drawn_and_counted_as_ways(borough):
    way = shapely.LineString([at(500), at(500, 900)])
    layers = {**LAYERS, "streets": ({"kind": ["residential", "cycleway"]}, [LAYERS["streets"][1][0], way])}
    sheet = sheet_of(borough(*LAYERS, layers=layers), sheet_kind="ciclabile")
    (drawn,) = [layer for layer in sheet.map.layers if isinstance(layer, Lines) and layer.style == PLAIN.way]
    assert shapely.length(drawn.geometries[0]) == pytest.approx(400.0)
    assert [item.label.it for item in sheet.legend[0].items][-1].endswith("(percorso)")
    assert not any(isinstance(layer, Marks) for layer in sheet.map.layers)


def test_that_the_table_has_those_with_most_people_not_served_first(borough):
    table = sheet_of(borough(*LAYERS)).table
    assert [[cell.it for cell in row.cells] for row in table.rows] == [
        ["1", "Levante", "0,0", "40"],
        ["2", "Ponente", "100,0", "0"],
    ]
    assert [cell.it for cell in table.total.cells] == ["", "Totale", "80,0", "40"]


def test_that_the_map_has_the_catchment_the_homes_left_out_the_service_and_the_site(borough):
    layers = sheet_of(borough(*LAYERS)).map.layers
    fills = {each.style: each.geometries for each in layers if isinstance(each, Areas)}
    (ground,), (left,) = fills[PLAIN.catchment], fills[PLAIN.left]
    (school,) = next(each for each in layers if isinstance(each, Marks)).geometries
    assert ground.contains(school)
    assert left.disjoint(ground)
    assert left.area == pytest.approx(22.0**2)
    assert [each.words for each in layers if isinstance(each, Numbers) and each.style == PROPOSED] == [("1",)]


def test_that_the_proposals_are_told_in_words_with_before_and_after(borough):
    note = sheet_of(borough(*LAYERS)).note
    assert plain(note.text) == "1 Ex caserma (+40 ab.). Residenti serviti: da 80,0 % a 100,0 %."


def test_that_the_sheet_tells_how_sites_were_chosen_and_how_far_that_is_proven(borough):
    folder = borough(*LAYERS)
    by_coverage = plain(joined(sheet_of(folder).footnotes, " "))
    assert "Siti: massima copertura, il maggior numero di residenti entro la soglia; scelta dimostrata" in by_coverage
    by_median = sheet_of(folder, placing="median")
    assert "Siti: p-mediana, il minor cammino medio; scelta dimostrata la migliore (scarto 0)." in plain(
        joined(by_median.footnotes, " ")
    )
    # Minutes at 80 m each: 0 for 100 people; 390 m = 4.875 for 60, then 110 m = 1.375; 880 m = 11 for 40, then 4.75.
    # (292.5 + 440) / 200 = 3.66, (82.5 + 190) / 200 = 1.36.
    assert plain(by_median.note.text) == "1 Ex caserma (+40 ab.). Cammino medio: da 3,7 a 1,4 minuti."


def test_that_without_sites_there_are_no_proposals(borough):
    sheet = sheet_of(borough("streets", "services", "census"))
    assert sheet.note is None
    assert len(sheet.key_figures) == 2


def test_that_another_service_can_be_on_the_sheet_and_the_first_stands_in_for_one_there_is_not(borough):
    folder = borough(*LAYERS)
    assert sheet_of(folder, sheet_kind="farmacia").subtitle.it == "Farmacia, entro 10 minuti a piedi"
    assert sheet_of(folder, sheet_kind="nido").subtitle.it.startswith("Scuola primaria")


def test_that_footnotes_tell_how_people_walk_and_the_ages(borough):
    told = " ".join(plain(each) for each in sheet_of(borough(*LAYERS)).footnotes)
    assert "Cammino sulla rete stradale, adulto, 4,8 km/h in piano" in told
    # 80 of 90 people of 65 and over.
    assert "Serviti per età: da 65 anni 88,9 %." in told


def test_that_straight_lines_are_called_so(borough):
    sheet = sheet_of(borough("services", "census"))
    assert "Distanze in linea d'aria × 1,30" in plain(sheet.footnotes[0])


def test_that_the_alternative_text_is_the_written_numbers_in_sentences(borough):
    assert plain(sheet_of(borough(*LAYERS)).alt) == (
        "Carta dei servizi di Borgo alla scala 1:5.000: Scuola primaria. Raggiunge il servizio entro 10 minuti "
        "a piedi l'80,0 % degli abitanti; chi non lo raggiunge: 40. Le proposte ne servirebbero 40 in più. I valori "
        "sono nella tabella a lato."
    )


def test_that_a_study_without_people_is_refused_with_the_reason(borough):
    with pytest.raises(PucError, match="non ha popolazione"):
        sheet_of(borough("streets", "services"))


@pytest.mark.parametrize("lang", ["it", "en"])
def test_that_the_sheet_of_services_is_drawn_without_a_fault(borough, lang):
    drawn = render(sheet_of(borough(*LAYERS), lang), ("pdf",), 150)
    assert drawn.files["pdf"].startswith(b"%PDF")
    assert [each.sentence("it") for each in drawn.problems if "campi" not in each.message.it] == []


def test_that_services_have_the_colour_of_their_kind_and_the_catchment_its_own(borough, styles_read):
    folder, services = borough(*LAYERS), ("services", None)
    said = {
        view.of_layer(view.FIELD, services): "kind",
        colour_place(services, "primaria"): "#b30000",
        colour_place(ThemeKey("service-coverage", "catchment"), ""): "#e0b060",
    }
    view.save(said, folder)
    sheet = sheet_of(folder)
    told = {plain(item.label): item.style for item in sheet.legend[0].items}
    assert told["Scuola primaria"] == Mark("dot", "#b30000", 1.5)
    assert told["Bacino: entro 10 minuti a piedi"].colour == "#e0b060"
    drawn = {layer.style for layer in sheet.map.layers}
    assert set(told.values()) <= drawn
    kind = BY_ID["servizi"]
    assert styles_read == {*kind.themes, *kind.wears}
