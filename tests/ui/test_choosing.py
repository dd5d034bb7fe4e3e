"""Another analysis is taken in hand: its form, its results, what speaks against it; the first keeps its own."""

from __future__ import annotations

from PySide6.QtCore import Qt

from analyses import registry
from analyses.constraints_and_resources import CONTEXT_ANALYSIS
from analyses.soil_consumption import SOIL_CONSUMPTION
from ui.desk import RUN
from ui.panels.headline import told


def settled(window, qtbot):
    qtbot.waitUntil(lambda: window.desk.is_checked and not window.desk.jobs.running)


def test_that_the_menu_offers_every_analysis_and_marks_the_one_in_hand(window):
    menu = window.right.analysis.picker.menu()
    menu.aboutToShow.emit()
    offered = menu.actions()
    assert [each.text() for each in offered] == [analysis.title.it for analysis in registry.ALL]
    assert [each.isChecked() for each in offered] == [analysis is SOIL_CONSUMPTION for analysis in registry.ALL]


def test_that_choosing_shows_the_form_and_the_data_of_the_other(window, qtbot):
    window.choose(CONTEXT_ANALYSIS)
    settled(window, qtbot)
    assert window.right.analysis.heading.text() == CONTEXT_ANALYSIS.title.it
    assert set(window.right.analysis.form.editors) == {
        "coast_strip_m", "river_strip_m", "river_buffer_m", "railway_buffer_m",
    }  # fmt: skip
    assert not window.desk.can_run  # the borough has no constraints
    assert [problem.code for problem in window.session.problems] == ["role-lacking"]


def test_that_results_come_back_with_their_analysis(window, qtbot):
    window.run()
    qtbot.waitUntil(lambda: window.session.results is not None)
    window.choose(CONTEXT_ANALYSIS)
    assert window.session.results is None
    settled(window, qtbot)
    window.choose(SOIL_CONSUMPTION)
    qtbot.waitUntil(lambda: window.session.results is not None)
    assert window.session.results.analysis is SOIL_CONSUMPTION


def test_that_parameters_typed_for_one_do_not_follow_to_the_other(window, qtbot):
    window.session.set_parameter("year_to", "2012")
    window.choose(CONTEXT_ANALYSIS)
    settled(window, qtbot)
    assert window.session.words == {}


def test_that_nothing_is_chosen_while_results_are_made(window):
    window.run()
    assert window.desk.jobs.running == RUN
    assert not window.desk.can_choose
    assert not window.right.analysis.picker.isEnabled()


def test_that_headlines_in_square_metres_are_told_in_hectares(window, qtbot):
    window.run()
    qtbot.waitUntil(lambda: window.session.results is not None)
    figure = window.session.results.figures[0]
    spec = type(figure.spec)("x_m2", figure.spec.label, "m2", 0, "")
    assert [told(type(figure)(spec, value))[0].it for value in (9_999.0, 10_000.0, 2_138_000.0)] == [
        "9.999", "1,00", "213,8",
    ]  # fmt: skip


def test_that_results_are_listed_above_the_layers_and_shown_on_the_map(window, qtbot):
    window.run()
    qtbot.waitUntil(lambda: window.session.results is not None)
    model = window.layers.tree.model_of_layers
    share = model.index(0, 0, model.index(0, 0))
    assert share.data() == "Quota consumata per quartiere"
    assert window.map_view.shown_results == ()
    window.layers.tree.toggle(share)
    assert [each.theme.id for each in window.map_view.shown_results] == ["neighbourhood.consumed_pct"]
    # The western half has 100 cells of road in 200, the eastern 20 of building site.
    assert [model.index(row, 0, share).data() for row in range(model.rowCount(share))] == ["10\u202f%", "10–50\u202f%"]


def test_that_another_analysis_takes_the_results_of_the_first_from_the_map(window, qtbot):
    window.run()
    qtbot.waitUntil(lambda: window.session.results is not None)
    window.choose(CONTEXT_ANALYSIS)
    settled(window, qtbot)
    model = window.layers.tree.model_of_layers
    assert model.rowCount(model.index(0, 0)) == 0


def test_that_a_theme_of_the_study_makes_room_for_results_that_do_not_ask_for_it(window, qtbot):
    # Soil consumption is what the first analysis asks about; the second has nothing to do with it.
    assert window.session.covered_by_results() == frozenset()
    window.choose(CONTEXT_ANALYSIS)
    settled(window, qtbot)
    covered = window.session.covered_by_results()
    assert covered == {("soil_consumption", 2012), ("soil_consumption", 2023)}
    model = window.layers.tree.model_of_layers
    latest = model.index(0, 0, model.index(2, 0))
    window.session.cover(covered)
    assert latest.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    window.layers.tree.toggle(latest)
    assert latest.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert window.session.covered == {("soil_consumption", 2012)}
