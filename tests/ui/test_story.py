"""The window from opening to the sheet, on the borough."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from analyses.soil_consumption import soil_consumption
from layers.text import Text
from ui.desk import NOT_EXPORTED, STOPPED


def wait(qtbot, window) -> None:
    qtbot.waitUntil(lambda: not window.desk.jobs.running)


@pytest.fixture
def said(window) -> list[Text]:
    told: list[Text] = []
    window.desk.said.connect(told.append)
    return told


def test_that_a_study_is_opened_run_cancelled_run_again_and_exported(qtbot, window, session, said, borough):
    assert [entry.ref.role for entry in session.entries].count("soil_consumption") == 2
    assert session.results is None

    calls = []

    def patient(*, report, **inputs):
        calls.append(1)
        while len(calls) == 1:  # the first time it goes on until somebody stops it
            report(0.5, Text("attendo", "waiting"))
            time.sleep(0.005)
        return soil_consumption(report=report, **inputs)

    session.analysis = replace(session.analysis, run=patient)
    window.desk.run()
    qtbot.waitUntil(lambda: bool(calls))
    assert not window.right.analysis.run_button.isVisible()
    assert window.right.analysis.stop_button.isVisible()
    window.desk.cancel()
    wait(qtbot, window)
    assert said[-1] == STOPPED
    assert session.results is None
    assert not (borough / "results").exists()

    window.desk.run()
    wait(qtbot, window)
    # 120 cells of 100 m².
    assert session.results.figures[0].value == pytest.approx(1.2)
    assert window.results.table.model_of_table.rowCount() == 3
    assert window.has_results

    window.desk.export()
    wait(qtbot, window)
    assert {path.name for path in (borough / "export").iterdir()} == {
        "01_consumo-suolo.pdf", "01_consumo-suolo.png", "manifest.json",
    }  # fmt: skip
    assert "01_consumo-suolo.pdf" in said[-1].it


def test_that_results_found_on_disk_are_shown_without_a_run(qtbot, window, session, look):
    from puc_tool.working.session import Session
    from ui.main_window import MainWindow

    window.desk.run()
    wait(qtbot, window)
    second = MainWindow(Session(session.study, session.analysis), look, "en")
    qtbot.addWidget(second)
    second.start()
    qtbot.waitUntil(lambda: second.has_results and not second.desk.jobs.running)
    assert second.results.segments.isVisibleTo(second)


def test_that_a_year_that_is_not_there_stops_the_run_and_says_which_there_are(qtbot, window, session, said):
    session.set_parameter("year_to", "2019")
    qtbot.waitUntil(lambda: not session.can_run)
    wait(qtbot, window)
    assert [problem.code for problem in session.problems] == ["year-missing"]
    assert not window.right.analysis.run_button.isEnabled()
    session.set_parameter("year_to", "")
    qtbot.waitUntil(lambda: session.can_run)
    wait(qtbot, window)
    assert window.right.analysis.run_button.isEnabled()


def test_that_a_sheet_of_results_that_are_old_is_refused_in_the_panel(qtbot, window, session, said):
    window.desk.run()
    wait(qtbot, window)
    (session.study.results / session.analysis.id / "by_commune.csv").write_text("name\n", encoding="utf-8")
    window.desk.export()
    wait(qtbot, window)
    assert said[-1] == NOT_EXPORTED
    assert session.problems[0].code == "results-stale"


def test_that_a_bug_in_an_analysis_is_told_with_a_report_to_copy(qtbot, window, session, monkeypatch):
    from ui import main_window

    told = []
    monkeypatch.setattr(main_window, "tell", lambda error, lang, parent: told.append(error))

    def broken(**inputs):
        raise ZeroDivisionError("a bug")

    session.analysis = replace(session.analysis, run=broken)
    window.desk.run()
    qtbot.waitUntil(lambda: bool(told))
    wait(qtbot, window)
    assert isinstance(told[0], ZeroDivisionError)
    assert session.results is None


def test_that_closing_the_window_ends_what_runs(qtbot, window, session):
    started = []

    def endless(*, report, **inputs):
        while True:
            started.append(1)
            report(0.5, Text("attendo", "waiting"))
            time.sleep(0.005)

    session.analysis = replace(session.analysis, run=endless)
    window.desk.run()
    qtbot.waitUntil(lambda: bool(started))
    window.close()
    count = len(started)
    qtbot.wait(50)
    assert len(started) == count
