"""Scenarios in the window: chosen, compared, each indicator with the edits that moved it, dominated ones pale."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import geopandas
import pytest
import shapely

from analyses.registry import ALL
from puc_tool import study_reading
from puc_tool.session import Session
from ui.main_window import MainWindow

WEST, SOUTH = 4_306_000.0, 2_336_000.0
DENSE = 'version = 1\ntitle = "Denso"\n\n[[district]]\ncode = "A"\nut_m2_m2 = 1.0\nsp_pct = 20\n'
POOR = 'version = 1\ntitle = "Povero"\n\n[[district]]\ncode = "A"\nut_m2_m2 = 0.25\n'


@pytest.fixture
def compared(qtbot, borough: Path, look) -> Iterator[MainWindow]:
    """Return the window on a district of 10,000 m² with homes, Ut 0,5; «denso» doubles it, «povero» halves it."""
    columns = {"code": ["A"], "name": ["Molo"], "ut_m2_m2": [0.5], "residential_pct": [100.0], "commercial_pct": [0.0],
               "industrial_pct": [0.0], "se_pct": [30.0], "ve_pct": [30.0], "ac_pct": [30.0],
               "sp_pct": [40.0]}  # fmt: skip
    frame = geopandas.GeoDataFrame(
        columns, geometry=[shapely.box(WEST + 100, SOUTH, WEST + 200, SOUTH + 100)], crs=3035
    )
    frame.to_file(borough / "borgo.gpkg", layer="distretti", driver="GPKG")
    study = borough / "study.toml"
    layer = '\n[[layer]]\nrole = "districts"\nsource = "borgo.gpkg"\nlayer = "distretti"\n'
    study.write_text(study.read_text(encoding="utf-8") + layer, encoding="utf-8")
    (borough / "scenarios").mkdir()
    for name, text in (("denso", DENSE), ("povero", POOR)):
        (borough / "scenarios" / f"{name}.toml").write_text(text, encoding="utf-8")
    analysis = next(each for each in ALL if each.id == "transformation-districts")
    made = MainWindow(Session(study_reading.read(borough), analysis), look, "it")
    qtbot.addWidget(made)
    made.show()
    made.start()
    qtbot.waitUntil(lambda: made.desk.is_checked and not made.desk.jobs.running, timeout=60_000)
    assert not made.right.analysis.compare_button.isVisible()
    made.desk.run()
    qtbot.waitUntil(lambda: made.has_results and not made.desk.jobs.running, timeout=60_000)
    yield made
    made.close()


def rows(window) -> dict[str, list[str]]:
    return {item.text(0): [item.text(column) for column in (1, 2, 3)] for item in window.right.scenarios._items()}


def test_that_the_plan_in_force_is_held_against_a_scenario_and_any_other_pair(compared):
    compared.right.analysis.compare_button.click()
    assert compared.right.scenarios.isVisible()
    assert not compared.right.analysis.isVisible()
    assert compared.right.scenarios.chosen == ["base", "denso"]
    # 10,000 m² × 0,5 and × 1.
    assert rows(compared)["Superficie lorda ha"] == ["0,50", "1,00", "+0,50"]
    compared.right.scenarios.choose(0, "povero")
    assert rows(compared)["Superficie lorda ha"] == ["0,25", "1,00", "+0,75"]
    assert compared.right.scenarios.pickers[0].text().endswith("Povero")


def test_that_an_indicator_opens_on_the_edits_that_moved_it_and_stays_open(compared):
    compared.right.analysis.compare_button.click()
    item = next(each for each in compared.right.scenarios._items() if each.text(0) == "Superficie lorda ha")
    assert [(item.child(0).text(0), item.child(0).text(3))] == [("B · A: Indice territoriale Ut", "+0,50")]
    item.setExpanded(True)
    compared.right.scenarios.choose(1, "povero")
    again = next(each for each in compared.right.scenarios._items() if each.text(0) == "Superficie lorda ha")
    assert again.isExpanded()
    assert again.child(0).text(3) == "−0,25"


def test_that_escape_puts_the_form_back(compared):
    compared.right.analysis.compare_button.click()
    compared.escape()
    assert not compared.right.scenarios.isVisible()
    assert compared.right.analysis.isVisible()


def test_that_another_analysis_has_no_scenarios_to_compare(qtbot, compared):
    compared.right.analysis.compare_button.click()
    compared.choose(next(each for each in ALL if each.id == "soil-consumption"))
    assert not compared.right.scenarios.isVisible()
    assert not compared.right.analysis.compare_button.isVisible()
