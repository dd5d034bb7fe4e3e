"""The panel of the analysis: its title whole, its data folded, and why Run waits said beside it."""

from __future__ import annotations

import pytest

from analyses import registry
from puc_tool.studies import study_reading
from puc_tool.working.session import Session
from ui.desk import Desk
from ui.panels.analysis import AnalysisPanel
from ui.tokens import RIGHT_NARROW_W


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("analysis", registry.ALL, ids=lambda analysis: analysis.id)
def test_that_the_title_is_whole_or_stands_whole_in_its_tooltip(qtbot, borough, look, analysis, lang):
    session = Session(study_reading.read(borough), analysis)
    panel = AnalysisPanel(session, Desk(session, lang), look, lang)
    qtbot.addWidget(panel)
    panel.resize(RIGHT_NARROW_W, 700)
    panel.show()
    title, head = analysis.title.to(lang), panel.heading
    assert title in (head.text(), head.toolTip())
    assert head.fontMetrics().horizontalAdvance(head.text()) <= head.width()
    assert panel.picker.geometry().right() < panel.width()


def test_that_a_long_list_of_data_shows_what_is_missing_and_unfolds_whole(window):
    inputs = window.right.analysis.inputs
    roles = window.session.analysis.inputs
    there = {entry.intake.role for entry in window.session.entries}
    assert inputs.listed == sum(role not in there for role in roles) < len(roles)
    inputs.fold_button.click()
    assert inputs.listed == len(roles)
    window.choose(registry.ALL[1])
    assert inputs.listed == len(registry.ALL[1].inputs), "the list stays unfolded for the next analysis"


def test_that_run_says_beside_it_why_it_waits_and_brings_the_reason_into_sight(qtbot, window):
    panel, session = window.right.analysis, window.session
    assert not panel.why_not.isVisible()
    session.set_parameter("year_to", "2019")
    qtbot.waitUntil(panel.why_not.isVisible)
    assert panel.why_not.text() == "1 errore"
    panel.why_not.click()
    shown = panel.findings.visibleRegion().boundingRect()
    assert shown.height() > 0
    session.set_parameter("year_to", "")
    qtbot.waitUntil(lambda: not panel.why_not.isVisible())
    assert panel.run_button.isEnabled()


def test_that_run_of_a_study_that_can_only_be_read_says_so(window):
    window.session.keep(is_read_only=True)
    assert window.right.analysis.why_not.text() == "Sola lettura"
    assert not window.right.analysis.why_not.isEnabled()


def test_that_the_place_of_results_says_what_stands_in_their_way_while_run_waits(qtbot, window):
    assert window.results._missing.text() == "Premi Esegui per avere i risultati."
    window.session.set_parameter("year_to", "2019")
    qtbot.waitUntil(lambda: "2019" in window.results._missing.text())
    assert "2012, 2023" in window.results._missing.text(), "what to do about it is said too"
    window.session.set_parameter("year_to", "")
    qtbot.waitUntil(lambda: window.results._missing.text() == "Premi Esegui per avere i risultati.")
