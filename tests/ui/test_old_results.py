"""Results that no longer count: pale, with the reason and a button, in no sheet; what the new run changes is told."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
import rasterio

from analyses.result import Table
from analyses.soil_consumption import SOIL_CONSUMPTION
from layers.problems import PucError
from puc_tool import edition, run
from puc_tool.figures.found_results import read_results, with_total
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading
from puc_tool.working.old_results import OF_OTHER_CODE, OF_OTHER_DATA, old_results
from tests.ui.conftest import SITE
from ui.main_window import MainWindow


@pytest.fixture
def ran(session):
    """Return the session's study with its analysis run, as on an earlier day."""
    params, _ = session.params()
    run.run(session.analysis, Shelf(session.study), params)
    return session


def build_more(folder):
    """Let 20 cells more be building site in the latest year: 0,20 ha."""
    with rasterio.open(folder / "suolo_2023.tif", "r+") as dataset:
        cells = dataset.read(1)
        cells[2:4, 10:] = SITE
        dataset.write(cells, 1)


@pytest.fixture
def changed(ran):
    build_more(ran.study.folder)
    return ran


def settled(qtbot, window):
    qtbot.waitUntil(lambda: window.desk.is_checked and not window.desk.jobs.running)


def test_that_results_of_other_data_are_old_and_say_so(changed):
    assert old_results(changed.analysis, changed.study).why == OF_OTHER_DATA
    with pytest.raises(PucError):
        read_results(changed.analysis, changed.study)


def test_that_results_of_another_state_of_the_program_are_old_and_say_so(ran, monkeypatch):
    monkeypatch.setattr(edition, "of_results", lambda: "another")
    assert old_results(ran.analysis, ran.study).why == OF_OTHER_CODE


def test_that_files_somebody_changed_are_nobody_s_results(changed):
    figures = changed.study.results / changed.analysis.id / "figures.json"
    figures.write_text(figures.read_text(encoding="utf-8").replace("1", "2"), encoding="utf-8")
    assert old_results(changed.analysis, changed.study) is None


def test_that_the_window_shows_old_results_pale_and_takes_nothing_from_them(qtbot, changed, window):
    panel = window.results
    assert window.session.results is None
    assert panel.old_notice.isVisible()
    assert panel.table.model_of_table.rowCount() > 0, "the figures of then are there"
    assert panel.headline.isVisible()
    assert panel.table.isEnabled() is False
    assert panel.export_button.isEnabled() is False
    assert window.has_results is False, "no sheet is made of them"


def age(session, change):
    """Make the results those of a state of the program that knew less, and had another edition."""
    folder = session.study.results / session.analysis.id
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    change(record)
    (folder / "run.json").write_text(json.dumps(record), encoding="utf-8")


def forget_table(record):
    record["declared"]["tables"].pop("by_commune")
    record["declared"]["figures"].pop()


def test_that_results_from_before_a_table_was_declared_show_the_others_and_name_it(ran):
    age(ran, forget_table)
    old = old_results(ran.analysis, ran.study)
    assert old.results.table("by_neighbourhood") is not None
    assert old.why.it.startswith(OF_OTHER_CODE.it)
    assert "Non c'erano ancora: " in old.why.it
    assert "la tabella «" in old.why.it
    assert old.results.found is None, "nothing can be asked of their pieces"
    with pytest.raises(PucError):
        read_results(ran.analysis, ran.study)


def test_that_the_window_shows_what_is_there_and_says_what_is_not(qtbot, ran, look):
    age(ran, forget_table)
    window = MainWindow(ran, look, "it")
    qtbot.addWidget(window)
    window.show()
    window.start()
    settled(qtbot, window)
    assert window.results.old_notice.isVisible()
    assert "Non c'erano ancora" in window.results.old_notice._said.text()
    assert window.results.table.model_of_table.rowCount() > 0
    assert not window.results.table.isEnabled()
    assert not window.has_results
    window.close()


def test_that_a_share_of_the_whole_is_missing_where_the_files_of_then_lack_its_area():
    spec = next(each for each in SOIL_CONSUMPTION.tables if each.id == "by_commune")
    frame = pd.DataFrame({"name": ["Borgo"], "consumed_pct": [50.0], "area_m2": [100.0]})
    row = with_total(Table(spec, frame), Table(spec, frame))
    assert np.isnan(row["consumed_pct"])
    assert row["area_m2"] == 100.0


def test_that_one_click_makes_them_anew_and_tells_what_changed(qtbot, changed, window):
    told = []
    window.desk.said.connect(lambda words: told.append(words.it))
    with qtbot.waitSignal(window.session.results_changed):
        window.results.old_notice.again_button.click()
    settled(qtbot, window)
    assert window.session.results is not None
    assert not window.results.old_notice.isVisible()
    assert window.results.table.isEnabled()
    # 1,20 ha before, 20 cells of 100 m² more: 1,40 ha.
    assert any("1,2" in words and "→" in words and "1,4" in words for words in told)


def test_that_nothing_old_is_shown_where_nothing_was_run(window):
    assert window.session.old is None
    assert not window.results.old_notice.isVisible()


def test_that_the_notice_goes_with_the_analysis_it_speaks_of(qtbot, changed, window):
    from analyses.hazard_exposure import HAZARD_EXPOSURE

    window.choose(HAZARD_EXPOSURE)
    settled(qtbot, window)
    assert window.session.old is None


def test_that_a_study_read_anew_has_its_results(ran):
    study = study_reading.read(ran.study.folder)
    assert np.isfinite(read_results(ran.analysis, study).figures[0].value or np.nan)
