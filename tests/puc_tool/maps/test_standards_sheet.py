"""The standards sheet of the made-up borough (tests/puc_tool/conftest.py): two neighbourhoods, 1,000 m on a side.

1,000 people live in Ponente, 500 in Levante, so 18,000 m² and 9,000 m² are due. A school of 50 m × 100 m and a park of
100 m × 150 m stand in Ponente (5,000 + 15,000 m²), a car park known as a point of 900 m² in Levante.
"""

from __future__ import annotations

import pytest
import shapely

from analyses.planning_standards import STANDARDS
from analyses.standards.params import StandardsParams
from puc_tool import run
from puc_tool.maps.render import render
from puc_tool.maps.sheet import Areas, Context, Marks
from puc_tool.maps.standards_sheet import standards_sheet
from puc_tool.maps.standards_theme import FACILITIES, GROUNDS
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading
from puc_tool.written import written

WEST, SOUTH = 4_306_000.0, 2_336_000.0


def box(left, bottom, right, top):
    return shapely.box(WEST + left, SOUTH + bottom, WEST + right, SOUTH + top)


LAYERS = {
    "census": ({"population": [1000.0, 500.0]}, [box(0, 0, 500, 1000), box(500, 0, 1000, 1000)]),
    "services": ({"kind": ["primaria", "parcheggio"], "name": ["S", "P"], "area_m2": [None, 900.0]},
                 [box(50, 50, 100, 150), shapely.Point(WEST + 800, SOUTH + 500)]),
    "green": ({"name": ["Parco"]}, [box(200, 200, 300, 350)]),
    "districts": ({"code": ["D1"], "name": ["Nuovo"], "ut_m2_m2": [0.5], "residential_pct": [50.0]},
                  [box(600, 600, 700, 700)]),
}  # fmt: skip


@pytest.fixture
def borough(add_layers):
    """Return a function that adds the layers of these roles to the borough and returns its folder."""
    return lambda *roles: add_layers({role: LAYERS[role] for role in roles})


def sheet_of(folder, lang="it", **asked):
    shelf = Shelf(study_reading.read(folder))
    run.run(STANDARDS, shelf, StandardsParams(**asked))
    return standards_sheet(shelf, written(STANDARDS, shelf.study), Context(), lang)


def plain(text):
    return text.it.replace("\u202f", " ").replace("\u00a0", " ").replace("\u2002", " ")


def test_that_the_table_has_due_existing_balance_and_what_lacks_worst_first(borough):
    # Levante: 900 − 9,000 = −8,100 m², 900 / 500 = 1.8 m² each; it lacks all (parking: 2.5 × 500 = 1,250 > 900).
    # Ponente: 20,000 − 18,000; education 5,000 > 4,500 and green 15,000 > 9,000; the two others have nothing.
    table = sheet_of(borough("census", "services", "green")).table
    assert [[plain(cell) for cell in row.cells] for row in table.rows] == [
        ["1", "Levante", "I C V P", "1,8", "0,9", "0,09", "−0,8"],
        ["2", "Ponente", "C P", "20,0", "1,8", "2,0", "+0,2"],
    ]
    # 20,900 / 1,500 = 13.9; 4.5 × 1,500 = 6,750 > 5,000, green 13,500 < 15,000.
    assert [plain(cell) for cell in table.total.cells] == ["", "Totale", "I C P", "13,9", "2,7", "2,1", "−0,6"]


def test_that_bars_are_what_exists_over_what_is_due_and_no_longer_than_whole(borough):
    table = sheet_of(borough("census", "services", "green")).table
    assert [row.bar for row in table.rows] == [(pytest.approx(0.1),), (1.0,)]


def test_that_units_are_filled_by_what_they_have_and_facilities_by_category(borough):
    layers = sheet_of(borough("census", "services", "green")).map.layers
    fills = {each.style: each.geometries for each in layers if isinstance(each, Areas)}
    less, _, met = GROUNDS
    assert [len(fills[each]) for each in (less, met)] == [1, 1]
    assert fills[FACILITIES["istruzione"][0]][0].area == pytest.approx(5000.0)
    assert fills[FACILITIES["verde"][0]][0].area == pytest.approx(15000.0)
    assert [each.style for each in layers if isinstance(each, Marks)] == [FACILITIES["parcheggi"][1]]


def test_that_the_alternative_text_is_made_of_the_written_numbers(borough):
    said = plain(sheet_of(borough("census", "services", "green")).alt)
    assert "sono 2,1 ha, 13,9 m² per abitante; ne sono dovuti 18,0" in said
    assert "Istruzione: saldo −0,2 ettari." in said
    assert said.endswith("I valori sono nella tabella a lato.")


def test_that_the_plan_s_people_are_told_beside_today_s(borough):
    # 100 m × 100 m × 0.5 × 50 % / 25 m² = 100 people: 1,800 m² more are due.
    assert sheet_of(borough("census", "services", "green")).note is None
    note = sheet_of(borough("districts")).note
    assert plain(note.text) == "100 abitanti in più; il saldo totale passa da −0,6 a −0,8 ha."


def test_that_a_rule_of_one_s_own_is_the_rule_of_the_sheet(borough):
    sheet = sheet_of(borough("census", "services", "green"), verde_m2_per_person=0.0)
    assert plain(sheet.subtitle) == "DM 1444/1968, art. 3: 9,0 m² per abitante"
    assert "Dovuti per abitante (m²): Istruzione 4,5;" in plain(sheet.footnotes[0])


def test_that_where_nobody_lives_nothing_is_due_and_nothing_is_divided_by_nobody(borough, add_layers):
    borough("services", "green")
    folder = add_layers({"census": ({"population": [0.0]}, [box(0, 0, 1000, 1000)])})
    table = sheet_of(folder).table
    assert [[plain(cell) for cell in row.cells][2:5] for row in table.rows] == [["–", "–", "0"], ["–", "–", "0"]]


@pytest.mark.parametrize("lang", ["it", "en"])
def test_that_its_own_checks_find_nothing_but_the_empty_fields_of_the_title_block(borough, lang):
    drawn = render(sheet_of(borough("census", "services", "green", "districts"), lang), ("pdf",), 150)
    assert drawn.files["pdf"].startswith(b"%PDF")
    assert [each.sentence("it") for each in drawn.problems if "campi" not in each.message.it] == []
