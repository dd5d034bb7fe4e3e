"""The sheet of constraints and resources of the made-up borough: 100 ha in two neighbourhoods of 50 ha.

A protected landscape covers 30 ha in the west, a military area 5 ha of it and 5 ha beyond; a park of 10 ha lies in the
east, a path of 1 km crosses the borough, a fort stands in the west; `usi_civici` is a kind of the office's own, 1 ha.
"""

from __future__ import annotations

import geopandas
import pytest
import shapely

from analyses.constraints_and_resources import CONTEXT_ANALYSIS, ContextParams
from puc_tool import run
from puc_tool.maps import context_theme
from puc_tool.maps.context_sheet import context_sheet
from puc_tool.maps.render import render
from puc_tool.maps.sheet import Areas, Context, Lines, Marks, Numbers
from puc_tool.maps.style import NEIGHBOURHOOD
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading
from puc_tool.written import written

WEST, SOUTH = 4_306_000.0, 2_336_000.0


def box(left, bottom, right, top):
    return shapely.box(WEST + left, SOUTH + bottom, WEST + right, SOUTH + top)


LAID = {
    "landscape": box(0, 0, 300, 1000),
    "military": box(250, 0, 350, 1000),
    "park": box(900, 0, 1000, 1000),
    "path": shapely.LineString([(WEST, SOUTH + 500), (WEST + 1000, SOUTH + 500)]),
    "fort": shapely.Point(WEST + 50, SOUTH + 50),
    "usi_civici": box(600, 0, 700, 100),
}
ENTRY = '\n[[layer]]\nrole = "constraints"\nsource = "data/vincoli.gpkg"\nlayer = "vincoli"\n'


@pytest.fixture
def shelf(town):
    frame = geopandas.GeoDataFrame({"kind": list(LAID)}, geometry=list(LAID.values()), crs=3035)
    frame.to_file(town / "data" / "vincoli.gpkg", layer="vincoli")
    with (town / "study.toml").open("a", encoding="utf-8") as study:
        study.write(ENTRY)
    return Shelf(study_reading.read(town))


@pytest.fixture
def sheet(shelf):
    run.run(CONTEXT_ANALYSIS, shelf, ContextParams())
    return context_sheet(shelf, written(CONTEXT_ANALYSIS, shelf.study), Context(), "it")


def plain(text):
    return text.it.replace("\u202f", " ").replace("\u00a0", " ")


def test_that_the_legend_parts_what_binds_from_what_enriches_with_how_much_there_is(sheet):
    binds, enriches, _ = [{item.label.it: plain(item.amount) for item in group.items} for group in sheet.legend]
    assert binds == {"Vincolo paesaggistico": "30 ha", "Area militare": "10 ha", "usi_civici": "1,0 ha"}
    assert enriches == {"Rete dei parchi": "10 ha", "Sentiero": "1,0 km", "Fortificazione collinare": "1"}


def test_that_the_legend_lists_what_lies_over_the_rest_first(sheet):
    drawn = [layer.style for layer in sheet.map.layers if isinstance(layer, Areas | Lines | Marks)]
    for group in sheet.legend[:2]:
        heights = [drawn.index(item.style) for item in group.items]
        assert heights == sorted(heights, reverse=True)


def test_that_ground_under_two_constraints_is_in_the_large_number_once(sheet):
    # 300 m + 50 m more of military, by 1,000 m, and 1 ha of the office's own: 36 ha.
    assert [plain(figure.value) for figure in sheet.key_figures] == ["36 ha", "1,0 km", "10 ha"]
    assert plain(sheet.alt).endswith(
        "Almeno un vincolo interessa 36 ettari (36,0 %). I sentieri misurano 1,0 chilometri."
    )


def test_that_the_table_has_the_most_bound_neighbourhood_first(sheet):
    # Of the western 50 ha 35 are bound, of the eastern 1.
    rows = [[cell.it for cell in row.cells] for row in sheet.table.rows]
    assert [row[2:] for row in rows] == [["70,0", "0,5"], ["2,0", "0,5"]]
    assert sheet.table.total.cells[-2].it == "36,0"


def test_that_every_kind_is_drawn_as_its_legend_says_and_an_unknown_one_as_other(sheet):
    drawn = [layer.style for layer in sheet.map.layers if isinstance(layer, Areas | Lines | Marks)]
    told = [item.style for group in sheet.legend[:2] for item in group.items]
    assert set(told) <= set(drawn)
    assert context_theme.style_of("usi_civici", 2) == context_theme.STYLES[context_theme.OTHER]


def test_that_units_are_outlined_and_numbered(sheet):
    assert [layer.words for layer in sheet.map.layers if isinstance(layer, Numbers)] == [("1", "2")]
    assert NEIGHBOURHOOD in [layer.style for layer in sheet.map.layers if isinstance(layer, Lines)]


def test_that_norms_nobody_has_read_stand_in_a_footnote(sheet):
    (told,) = [each.it for each in sheet.footnotes if each.it.startswith("Norma non verificata")]
    assert "Vincolo paesaggistico" in told
    assert "Area militare" not in told


def test_that_the_sheet_is_drawn_without_an_error(sheet):
    assert [problem.code for problem in render(sheet).problems if problem.severity == "error"] == []


def test_that_a_strip_drawn_here_is_told_on_the_sheet(shelf, town):
    rails = geopandas.GeoDataFrame(
        geometry=[shapely.LineString([(WEST, SOUTH + 800), (WEST + 1000, SOUTH + 800)])], crs=3035
    )
    rails.to_file(town / "data" / "vincoli.gpkg", layer="ferrovie")
    with (town / "study.toml").open("a", encoding="utf-8") as study:
        study.write(ENTRY.replace("constraints", "railways").replace('"vincoli"', '"ferrovie"'))
    shelf = Shelf(study_reading.read(town))
    run.run(CONTEXT_ANALYSIS, shelf, ContextParams())
    sheet = context_sheet(shelf, written(CONTEXT_ANALYSIS, shelf.study), Context(), "it")
    assert any("è disegnata a 30 m" in each.it for each in sheet.footnotes)
