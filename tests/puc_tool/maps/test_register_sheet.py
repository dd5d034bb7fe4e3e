"""The sheet of the register: a works half built, a field not begun, a marina done, a mill of a strange state."""

from __future__ import annotations

import pytest
from geopandas import GeoDataFrame
from shapely import box

from analyses.districts.params import DistrictParams, RegisterEntry
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers import write
from puc_tool import run
from puc_tool.maps.register_facts import STAGES, day_words, facts
from puc_tool.maps.register_sheet import _counted, register_sheet
from puc_tool.maps.render import render
from puc_tool.maps.sheet import Areas, Context
from puc_tool.printing.sheets import BY_ID
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading
from puc_tool.working import view
from puc_tool.working.layer_style import colour_place
from puc_tool.written import written

EAST, NORTH = 566_000.0, 4_884_000.0
STUDY = """version = 1

[study]
title = "Prova"
comuni = []
crs = "EPSG:7791"
date = 2026-03-31

[[layer]]
role = "boundary"
source = "data/borgo.gpkg"
layer = "confine"

[[layer]]
role = "districts"
source = "data/borgo.gpkg"
layer = "distretti"
"""
KEPT = DistrictParams(
    register=(
        RegisterEntry("1", "A", "2019", "convenzionato", "PUO", 0.0),
        RegisterEntry("2", "A", "2023-07-22", "in attuazione", "PUO", 2_500.0),
        RegisterEntry("3", "C", "2010-05", "attuato", "", 5_000.0),
    )
)


def plot(left, bottom, right, top):
    return box(EAST + left, NORTH + bottom, EAST + right, NORTH + top)


@pytest.fixture
def kept(tmp_path):
    """Return a function that writes the study, runs it with a register and returns its shelf and results."""
    districts = GeoDataFrame(
        {
            "code": ["A", "B", "C", "D"], "name": ["Fabbrica", "Campo", "Darsena", "Mulino"],
            "state": ["", "non attuato", "", "chissà"], "ut_m2_m2": [0.5, 0.25, 0.5, 0.1],
        },
        geometry=[plot(0, 0, 200, 100), plot(300, 0, 700, 100), plot(0, 300, 100, 400), plot(300, 300, 400, 400)],
        crs="EPSG:7791",
    )  # fmt: skip
    ground = GeoDataFrame({"name": ["Borgo"]}, geometry=[plot(-500, -500, 1500, 1500)], crs="EPSG:7791")

    def made(params=KEPT):
        write.geopackage(tmp_path / "data" / "borgo.gpkg", {"confine": ground, "distretti": districts})
        write.text(tmp_path / "study.toml", STUDY)
        shelf = Shelf(study_reading.read(tmp_path))
        run.run(TRANSFORMATION_DISTRICTS, shelf, params)
        return shelf, written(TRANSFORMATION_DISTRICTS, shelf.study)

    return made


def sheet(shelf, results, lang="it"):
    return register_sheet(shelf, results, Context(), lang)


def test_that_each_district_has_its_stage_its_day_and_what_is_built_of_the_plans_new_floor_area(kept):
    rows = [[cell.it for cell in row.cells] for row in sheet(*kept()).table.rows]
    # New floor area: 0.5 × 20,000, 0.25 × 40,000, 0.5 × 10,000, 0.1 × 10,000. No entry: what is built is not known.
    assert rows == [
        ["1", "Fabbrica · in attuazione", "22.07.2023", "2.500", "10.000"],
        ["2", "Campo · previsto", "", "–", "10.000"],
        ["3", "Darsena · attuato", "05.2010", "5.000", "5.000"],
        ["4", "Mulino · chissà", "", "–", "1.000"],
    ]


def test_that_bars_are_shares_of_the_longest_and_add_up_to_what_the_plan_gives(kept):
    bars = [row.bar for row in sheet(*kept()).table.rows]
    assert bars == [(0.25, 0.75), (0.0, 1.0), (0.5, 0.0), (0.0, pytest.approx(0.1))]


def test_that_the_key_figures_are_the_sums_of_the_table(kept):
    made = sheet(*kept())
    # 2,500 + 5,000 of 10,000 + 10,000 + 5,000 + 1,000: 28.8 %.
    assert [figure.value.it for figure in made.key_figures] == ["2 su 4", "7.500\u202fm²", "28,8\u202f%"]
    assert [cell.it for cell in made.table.total.cells][-2:] == ["7.500", "26.000"]


def test_that_the_map_and_the_legend_have_the_stages_there_are_and_no_other(kept):
    made = sheet(*kept())
    drawn = {layer.style for layer in made.map.layers if isinstance(layer, Areas)}
    styles = {stage.id: stage.style for stage in STAGES}
    assert drawn >= {styles["previsto"], styles["in attuazione"], styles["attuato"], styles[""]}
    assert styles["convenzionato"] not in drawn
    said = {item.label.en: item.amount.en for item in made.legend[0].items}
    assert said["District under way"] == "1 · 2.0\u202fha"
    assert "District agreed" not in said


def test_that_the_latest_steps_come_first(kept):
    [note] = sheet(*kept()).footnotes
    assert note.it == (
        "Ultimi passaggi. 22.07.2023 Fabbrica: in attuazione (PUO); 2019 Fabbrica: convenzionato (PUO); "
        "05.2010 Darsena: attuato."
    )


def test_that_an_empty_register_counts_what_the_layer_says_and_does_not_say_that_nothing_is_built(kept):
    shelf, results = kept(DistrictParams())
    shown = facts(results)
    assert [entry.realised_m2 for entry in shown.entries] == [None] * 4
    made = sheet(shelf, results)
    assert made.footnotes == ()
    # What is built is not known: no figure, no sentence and no sum says that it is nothing.
    assert [figure.value.it for figure in made.key_figures] == ["0 su 4", "26.000\u202fm²"]
    assert [cell.it for cell in made.table.total.cells][-2:] == ["–", "26.000"]
    assert "quanti ne siano realizzati non è noto" in made.alt.it


def test_that_a_register_without_days_has_no_column_for_them_and_counts_its_stages_in_the_plural(kept):
    empty = sheet(*kept(DistrictParams()))
    assert "dal" not in [column.label.it for column in empty.table.columns]
    assert {len(row.cells) for row in (*empty.table.rows, empty.table.total)} == {len(empty.table.columns)}
    planned = next(stage for stage in STAGES if stage.id == "previsto")
    assert (_counted(planned, 1).it, _counted(planned, 2).it) == ("1 previsto", "2 previsti")


def test_that_the_register_marks_no_unverified_parameter_for_it_shows_none(kept):
    _, results = kept()
    assert BY_ID["registro-distretti"].unverified(results) == ()
    assert BY_ID["scheda-distretto"].unverified(results)


@pytest.mark.parametrize(
    ("day", "it", "en"),
    [("2023-07-22", "22.07.2023", "2023-07-22"), ("2010-05", "05.2010", "2010-05"), ("1997", "1997", "1997"),
     ("", "", "")],
)  # fmt: skip
def test_that_a_day_is_read_as_it_was_written(day, it, en):
    assert (day_words(day).it, day_words(day).en) == (it, en)


@pytest.mark.parametrize("lang", ["it", "en"])
def test_that_the_lint_has_no_error_against_the_register(kept, lang):
    drawn = render(sheet(*kept(), lang), ["pdf"], 100)
    # The study of the test names no officials: these are the only faults.
    assert {problem.code for problem in drawn.problems if problem.severity.value == "error"} <= {"sheet-field-empty"}
    assert drawn.files["pdf"].startswith(b"%PDF")


def test_that_stages_have_the_colours_of_the_districts_states_and_one_colour_for_all_is_of_their_edges(kept):
    shelf, results = kept()
    key = ("districts", None)

    def styles(said):
        view.save(said, shelf.study.folder)
        made = sheet(Shelf(study_reading.read(shelf.study.folder)), results)
        drawn = {layer.style for layer in made.map.layers if isinstance(layer, Areas)}
        told = {item.label.it: item.style for item in made.legend[0].items}
        assert {style for label, style in told.items() if label.startswith("Distretto")} <= drawn
        return told

    by_state = {view.of_layer(view.FIELD, key): "state", colour_place(key, "non attuato"): "#123456"}
    assert styles(by_state)["Distretto previsto"].colour == "#123456"
    plain, edged = styles({}), styles({colour_place(key, ""): "#aa0000"})
    assert {each: style.colour for each, style in edged.items()} == {
        each: style.colour for each, style in plain.items()
    }
    assert {style.edge for label, style in edged.items() if label.startswith("Distretto")} == {"#aa0000"}
