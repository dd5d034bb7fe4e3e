"""Trying: map, figures and table follow a slider, what was before stays, and nothing is a result until it is run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import geopandas
import pytest
import shapely
from PySide6.QtWidgets import QLabel, QToolButton

from analyses.registry import ALL
from puc_tool.studies import study_reading
from puc_tool.working.selection import Unit
from puc_tool.working.session import Session
from ui.main_window import MainWindow

WEST, SOUTH = 4_306_000.0, 2_336_000.0
MOVED = ("", "floor_area_per_person_m2")


@pytest.fixture
def town(borough: Path) -> Path:
    """Return the borough with two districts of 10,000 m²: 5,000 m² of homes in Ponente, 4,000 in Levante."""
    boxes = [shapely.box(WEST + left, SOUTH, WEST + left + 100, SOUTH + 100) for left in (0, 100)]
    columns = {"code": ["A", "B"], "name": ["Molo", "Scalo"], "ut_m2_m2": [0.5, 0.4]}
    shares = {name: [30.0, 30.0] for name in ("se_pct", "ve_pct", "ac_pct", "sp_pct")}
    shares |= {"residential_pct": [100.0, 100.0], "commercial_pct": [0.0, 0.0], "industrial_pct": [0.0, 0.0]}
    frame = geopandas.GeoDataFrame(columns | shares, geometry=boxes, crs=3035)
    frame.to_file(borough / "borgo.gpkg", layer="distretti", driver="GPKG")
    study = borough / "study.toml"
    layer = '\n[[layer]]\nrole = "districts"\nsource = "borgo.gpkg"\nlayer = "distretti"\n'
    study.write_text(study.read_text(encoding="utf-8") + layer, encoding="utf-8")
    return borough


@pytest.fixture
def ran(qtbot, town, look) -> Iterator[MainWindow]:
    """Return the window on the districts, which have been run once."""
    analysis = next(each for each in ALL if each.id == "transformation-districts")
    made = MainWindow(Session(study_reading.read(town), analysis), look, "it")
    qtbot.addWidget(made)
    made.show()
    made.start()
    qtbot.waitUntil(lambda: made.desk.is_checked and idle(made))
    made.desk.run()
    qtbot.waitUntil(lambda: made.has_results and idle(made))
    yield made
    made.close()


def idle(window) -> bool:
    return not window.desk.jobs.running and not window.right.trying._settling.isActive()


@pytest.fixture
def trying(qtbot, ran) -> MainWindow:
    ran.right.analysis.try_button.click()
    qtbot.waitUntil(lambda: ran.session.tried is not None and idle(ran))
    return ran


def people(results) -> float:
    return next(figure.value for figure in results.figures if figure.spec.id == "people_new")


def slide(qtbot, window, key, value: float) -> None:
    row = window.right.live.sliders[key]
    row.slider.setValue(row._place(value))
    qtbot.waitUntil(lambda: idle(window))


def test_that_figures_table_and_map_follow_a_slider_and_the_results_stay(qtbot, trying):
    session, results = trying.session, trying.session.results
    # 9,000 m² of homes at 25 m² a person.
    assert people(results) == pytest.approx(360.0)
    assert people(session.tried) == pytest.approx(360.0)
    slide(qtbot, trying, MOVED, 30.0)
    assert people(session.tried) == pytest.approx(300.0)
    assert people(session.results) == pytest.approx(360.0)
    assert session.results is results
    said = [label.text() for label in trying.results.headline.findChildren(QLabel)]
    assert "300" in said
    assert "prima 360 ab" in said
    assert trying.results._title.text().endswith("· prova")
    assert trying.right.live.isVisible()
    assert not trying.right.analysis.isVisible()


def test_that_what_was_before_can_be_looked_at_again(qtbot, trying):
    slide(qtbot, trying, MOVED, 30.0)
    before, now = trying.right.live.segments.findChildren(QToolButton)[:2]
    tried = [id(each) for each in trying.map_view.shown_results]
    assert tried
    before.click()
    assert trying.session.looked_at is trying.session.results
    assert [id(each) for each in trying.map_view.shown_results] != tried
    now.click()
    assert people(trying.session.looked_at) == pytest.approx(300.0)
    assert [id(each) for each in trying.map_view.shown_results] == tried


def test_that_the_moves_of_a_slider_are_one_step_that_can_be_taken_back(qtbot, trying):
    for value in (27.0, 29.0, 30.0):
        slide(qtbot, trying, MOVED, value)
    assert trying.session.words["floor_area_per_person_m2"] == "30"
    trying.undo()
    qtbot.waitUntil(lambda: idle(trying))
    assert "floor_area_per_person_m2" not in trying.session.words
    assert trying.right.live.sliders[MOVED].shown.text().startswith("25")
    assert people(trying.session.tried) == pytest.approx(360.0)
    assert not trying.session.history.done


def test_that_only_the_newest_of_many_moves_is_shown_at_last(qtbot, trying):
    row = trying.right.live.sliders[MOVED]
    for value in range(26, 61):
        row.slider.setValue(row._place(value))
    qtbot.waitUntil(lambda: idle(trying))
    # 9,000 m² at 60 m².
    assert people(trying.session.tried) == pytest.approx(150.0)


def test_that_a_district_in_hand_offers_its_own_fields_which_no_run_and_no_file_takes(qtbot, trying, town):
    text = (town / "study.toml").read_text(encoding="utf-8")
    trying.session.select(Unit("district", "A", "Molo"))
    assert ("A", "ut_m2_m2") in trying.right.live.sliders
    slide(qtbot, trying, ("A", "ut_m2_m2"), 0.25)
    # 2,500 and 4,000 m² at 25 m² a person.
    assert people(trying.session.tried) == pytest.approx(260.0)
    trying.right.live.run_button.click()
    qtbot.waitUntil(lambda: idle(trying))
    assert people(trying.session.results) == pytest.approx(360.0)
    trying.undo()
    qtbot.waitUntil(lambda: idle(trying))
    assert people(trying.session.tried) == pytest.approx(360.0)
    assert (town / "study.toml").read_text(encoding="utf-8") == text


def test_that_run_makes_a_result_of_what_is_tried(qtbot, trying):
    slide(qtbot, trying, MOVED, 30.0)
    trying.right.live.run_button.click()
    qtbot.waitUntil(lambda: idle(trying) and people(trying.session.results) < 350.0)
    assert people(trying.session.results) == pytest.approx(300.0)
    assert trying.right.trying.is_open


def test_that_escape_ends_the_trial_and_the_results_are_shown_as_they_were(qtbot, trying):
    pictures = trying.right._pictures
    slide(qtbot, trying, MOVED, 30.0)
    trying.escape()
    assert not trying.right.trying.is_open
    assert trying.session.tried is None
    assert trying.right.analysis.isVisible()
    assert not trying.right.live.isVisible()
    assert set(map(id, trying.map_view.shown_results)) <= set(map(id, pictures))


def test_that_a_parameter_the_bench_was_measured_with_ends_the_trial(qtbot, trying):
    trying.session.set_parameter("coast_strip_m", "150")
    assert not trying.right.trying.is_open


def test_that_another_analysis_ends_the_trial(qtbot, trying):
    trying.choose(next(each for each in ALL if each.id == "standards"))
    assert not trying.right.trying.is_open
    assert trying.session.tried is None
    assert not trying.right.analysis.try_button.isVisible()


def test_that_what_is_only_tried_is_not_asked_where_it_comes_from(qtbot, trying):
    said = []
    trying.desk.said.connect(said.append)
    trying.results._ask(0, 3)
    assert trying.right.origins.now is None
    assert said[-1].it.startswith("È una prova")
    assert not trying.results.export_button.isEnabled()


def test_that_the_list_of_layers_follows_what_is_tried(qtbot, trying):
    model = trying.layers.tree.model_of_layers
    row = model.row_at(model.index(0, 0, model.index(0, 0)))
    assert row is not None
    before = row.picture
    slide(qtbot, trying, MOVED, 30.0)
    follows = model.row_at(model.index(0, 0, model.index(0, 0)))
    assert follows is not None
    assert follows.picture is trying.map_view.shown_results[0].picture
    assert follows.picture is not before
