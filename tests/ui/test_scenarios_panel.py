"""The workspace of scenarios: one list, made and undone; switched on the map; compared; the chart; what binds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import geopandas
import pytest
import shapely
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel

from analyses.soil_consumption import SOIL_CONSUMPTION
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from puc_tool.working import scenario_steps
from puc_tool.working.keeper import open_study
from puc_tool.working.selection import Unit
from tests.ui.scenarios_at_rest import idle, settled
from ui.look import Look
from ui.main_window import MainWindow
from ui.scenarios.axis import axis_of
from ui.scenarios.panel import ScenariosPanel
from ui.scenarios.work import ScenarioWork

WEST, SOUTH = 4_306_000.0, 2_336_000.0
HEAD = 'version = 1\ntitle = "{t}"\n\n[[district]]\ncode = "A"\n'
DENSE = HEAD.format(t="Denso") + "ut_m2_m2 = 1.0\nsp_pct = 20\n"
POOR = HEAD.format(t="Povero") + "ut_m2_m2 = 0.25\nve_pct = 0\nac_pct = 5\n"
MOLO = Unit("district", "A", "Molo")


def square(left: float, width: float = 100.0) -> shapely.Polygon:
    return shapely.box(WEST + left, SOUTH, WEST + left + width, SOUTH + 100)


WIDER = HEAD.format(t="Largo") + (
    f'outline = "{shapely.to_wkt(square(100, 120))}"\n\n[[service]]\ndistrict = "A"\nkind = "primaria"\narea_m2 = 500\n'
)


@pytest.fixture
def study(borough: Path) -> Path:
    """Return the borough with a district of 10,000 m² of homes, Ut 0,5, and three scenarios of it."""
    shares = {"residential_pct": 100.0, "commercial_pct": 0.0, "industrial_pct": 0.0, "se_pct": 30.0, "ve_pct": 30.0,
              "ac_pct": 30.0, "sp_pct": 40.0}  # fmt: skip
    columns = {"code": ["A"], "name": ["Molo"], "ut_m2_m2": [0.5]} | {name: [each] for name, each in shares.items()}
    frame = geopandas.GeoDataFrame(columns, geometry=[square(100)], crs=3035)
    frame.to_file(borough / "borgo.gpkg", layer="distretti", driver="GPKG")
    with (borough / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write('\n[[layer]]\nrole = "districts"\nsource = "borgo.gpkg"\nlayer = "distretti"\n')
    (borough / "scenarios").mkdir()
    for name, text in (("denso", DENSE), ("povero", POOR), ("largo", WIDER)):
        (borough / "scenarios" / f"{name}.toml").write_text(text, encoding="utf-8")
    return borough


def opened(qtbot, look: Look, study: Path, lang="it", analysis=TRANSFORMATION_DISTRICTS) -> MainWindow:
    keeper = open_study(study, analysis)
    made = MainWindow(keeper.session, look, lang, keeper)
    qtbot.addWidget(made)
    made.show()
    made.start()
    qtbot.waitUntil(lambda: made.desk.is_checked and idle(made))
    return made


@pytest.fixture
def window(qtbot, look, study) -> Iterator[MainWindow]:
    """Return the window with the workspace of scenarios open; nothing has been run."""
    made = opened(qtbot, look, study)
    made.right.analysis.compare_button.click()
    settled(qtbot, made)
    yield made
    made.close()


@pytest.fixture
def panel(window) -> ScenariosPanel:
    return window.right.scenarios


@pytest.fixture
def work(window) -> ScenarioWork:
    return window.right.scenario_work


def figure(window, name: str) -> float:
    found = window.session.looked_at
    return next(each.value for each in found.figures if each.spec.id == name)


def compared(panel) -> dict[str, list[str]]:
    return {item.text(0): [item.text(column) for column in range(1, 5)] for item in panel.tree.items()}


def listed(panel) -> list[list[str]]:
    model = panel.list.model_of_list
    return [[str(model.index(row, column).data() or "") for column in range(3)] for row in range(model.rowCount())]


def themes(window) -> list[str]:
    return [each.theme.id for each in window.map_view.shown_results]


def test_that_there_is_one_list_with_edits_and_state_before_anything_was_run(window, panel):
    assert panel.isVisible()
    assert window.session.results is None
    assert listed(panel) == [
        ["Piano vigente", "", "non dominato"], ["Denso", "2", "non dominato"], ["Largo", "2", "non dominato"],
        ["Povero", "3", "dominato"],
    ]  # fmt: skip
    assert panel._note.text() == "Cifre misurate ora, non ancora eseguite."
    tip = panel.list.model_of_list.index(3, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "Dominato da Piano vigente" in tip


def test_that_any_two_are_compared_with_better_or_worse_in_a_word_and_the_edits_that_moved(qtbot, panel, work):
    assert work.pair == ("base", "denso")
    # 10,000 m² × 0,5 and × 1 over 75 m² a home.
    assert compared(panel)["Alloggi nuovi"] == ["67", "133", "+67", "meglio"]
    item = next(each for each in panel.tree.items() if each.text(0) == "Superficie lorda ha")
    assert [item.text(column) for column in (1, 2, 3)] == ["0,50", "1,00", "+0,50"]
    assert [(item.child(0).text(0), item.child(0).text(3))] == [("B · A · Indice territoriale Ut: 1 m²/m²", "+0,50")]
    item.setExpanded(True)
    panel.pair[0].setCurrentIndex(3)
    panel.pair[0].activated.emit(3)
    assert work.pair == ("povero", "denso")
    assert compared(panel)["Superficie lorda ha"][:3] == ["0,25", "1,00", "+0,75"]
    again = next(each for each in panel.tree.items() if each.text(0) == "Superficie lorda ha")
    assert again.isExpanded()


def test_that_choosing_a_scenario_switches_map_table_and_figures_and_a_badge_says_so(qtbot, window, panel, work):
    assert not window.right.badge.isVisible()
    panel.list.selectRow(2)
    settled(qtbot, window)
    assert work.chosen == "largo"
    assert window.right.badge.isVisible()
    assert window.right.badge.told == "Scenario: Largo, non ancora eseguito"
    # 12,000 m² × 0,5 / 25; in the plan 10,000.
    assert figure(window, "people_new") == pytest.approx(240.0)
    assert "nel piano 200 ab" in [each.text() for each in window.results.headline.findChildren(QLabel)]
    assert window.results._title.text() == "Scenario: Largo"
    assert themes(window) == ["services_added", "districts.soil_newly_consumed_m2"]
    model = window.layers.tree.model_of_layers
    assert [model.index(row, 0, model.index(0, 0)).data() for row in range(model.rowCount(model.index(0, 0)))] == [
        "Servizi aggiunti", "Suolo di nuovo consumo"
    ]  # fmt: skip
    # The unit that a click means is the scenario's, 120 m wide.
    assert window.map_view.scene.shape_of(MOLO).area_m2 == pytest.approx(12_000)
    window.right.badge.close_button.click()
    settled(qtbot, window)
    assert not window.right.badge.isVisible()
    assert window.session.tried is None
    assert themes(window) == []
    assert window.map_view.scene.shape_of(MOLO).area_m2 == pytest.approx(10_000)


def test_that_escape_goes_back_to_the_plan_and_then_out_of_the_workspace(qtbot, window, panel, work):
    work.choose("denso")
    settled(qtbot, window)
    window.escape()
    settled(qtbot, window)
    assert (work.chosen, panel.isVisible()) == ("base", True)
    window.escape()
    assert not panel.isVisible()
    assert window.right.analysis.isVisible()


def test_that_what_was_run_is_said_to_be_run_until_it_is_changed(qtbot, window, panel, work):
    window.run()
    qtbot.waitUntil(lambda: window.has_results and idle(window))
    work.choose("denso")
    settled(qtbot, window)
    assert window.right.badge.told == "Scenario: Denso, come eseguito"
    table = window.session.results.table("by_district").frame.set_index("scenario")
    assert figure(window, "people_new") == pytest.approx(table.loc["denso", "people_new"])
    window.right.scenarios.edit()
    model = window.workbench.scenario.model
    assert (model.name, window.workbench.scenario.isVisible()) == ("denso", True)
    assert model.setData(model.index(0, 2), "0,8")
    settled(qtbot, window)
    assert window.right.badge.told == "Scenario: Denso, non ancora eseguito"
    # 10,000 m² × 0,8 / 25: the scenario on the map follows while it is edited.
    assert figure(window, "people_new") == pytest.approx(320.0)
    window.escape()
    assert panel.isVisible()


def test_that_scenarios_are_made_copied_renamed_and_removed_and_all_of_it_undone(qtbot, window, panel, work, study):
    before = dict(window.session.history.state)
    panel.buttons["plus"].click()
    settled(qtbot, window)
    assert work.chosen == "scenario-senza-titolo"
    assert listed(panel)[-1][:2] == ["Scenario senza titolo", "0"]
    work.choose("denso")
    panel.buttons["copy"].click()
    settled(qtbot, window)
    model = panel.list.model_of_list
    assert model.setData(model.index(model.place_of("denso-copia"), 0), "Denso bis")
    work.choose("povero")
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    settled(qtbot, window)
    assert work.chosen == "base"
    assert [row[0] for row in listed(panel)] == [
        "Piano vigente", "Denso", "Denso bis", "Largo", "Scenario senza titolo"
    ]  # fmt: skip
    window.keeping.save()
    assert not (study / "scenarios" / "povero.toml").exists()
    while window.next_undo:
        window.undo()
    settled(qtbot, window)
    window.keeping.save()
    assert window.session.history.state == before
    assert [row[0] for row in listed(panel)] == ["Piano vigente", "Denso", "Largo", "Povero"]
    assert sorted(path.name for path in (study / "scenarios").iterdir()) == ["denso.toml", "largo.toml", "povero.toml"]


def test_that_models_keep_qt_s_rules_while_scenarios_come_and_go(qtbot, window, panel, work):
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(each, fatal) for each in (panel.list.model_of_list, panel.pareto.model)]
    panel.segments._take(1)
    for act in (panel.make, panel.duplicate, panel.remove, window.undo, window.undo, window.undo):
        act()
        settled(qtbot, window)
    work.choose_district(MOLO)
    settled(qtbot, window)
    del testers


def test_that_the_chart_s_points_are_the_one_selection_by_mouse_keys_and_table(qtbot, window, panel, work):
    panel.segments._take(1)
    chart = panel.pareto.chart
    # Nobody has chosen criteria yet: the first two that tell the scenarios apart.
    assert [each.currentText() for each in (panel.pareto.up, panel.pareto.across)] == [
        "Suolo consumato in più", "Alloggi nuovi"
    ]  # fmt: skip
    panel.pareto.up.setCurrentIndex(2)
    panel.pareto.up.activated.emit(2)
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.centre_of("largo"))
    assert work.chosen == "largo"
    assert panel.list.currentIndex().row() == 2
    # Homes from left to right: povero 33, plan 67, largo 80, denso 133.
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert work.chosen == "denso"
    QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert work.chosen == "base"
    panel.pareto.table.setCurrentIndex(panel.pareto.model.index(0, 0))
    settled(qtbot, window)
    assert work.chosen == "povero"
    assert panel.pareto.model.index(0, 3).data() == "dominato"
    assert "Dominati: Povero." in chart.accessibleDescription()


def test_that_the_limits_are_told_in_words_with_their_price_for_the_scenario_compared(qtbot, window, panel, work):
    panel.segments._take(2)
    settled(qtbot, window)
    said = " ".join(each.text() for each in panel.bounds.findChildren(QLabel))
    assert "Che cosa vincola «Denso»" in said
    assert "Superficie lorda: al massimo" in said
    assert "un m² in più di" in said
    work.choose("povero")
    settled(qtbot, window)
    # 10,000 m² × 0,25: the index holds it, and each m² it allows is one m² of floor area.
    assert panel.bounds.told[0] == "Superficie lorda: al massimo 2.500\u202fm²"


def test_that_a_district_in_hand_is_compared_alone(qtbot, window, panel, work):
    panel.districts.setCurrentIndex(1)
    panel.districts.activated.emit(1)
    settled(qtbot, window)
    assert window.session.selected == MOLO
    assert "Superficie territoriale, misurata ha" in compared(panel)
    window.session.select(None)
    assert panel.districts.currentIndex() == 0
    assert "Superficie territoriale, misurata ha" not in compared(panel)


def test_that_what_is_tried_is_saved_as_a_scenario_shown_and_taken_back(qtbot, window, panel, work):
    window.run()
    qtbot.waitUntil(lambda: window.has_results and idle(window))
    window.try_out()
    qtbot.waitUntil(lambda: window.right.trying.is_open and idle(window))
    live = window.right.live
    assert not live.save_button.isEnabled()
    window.session.select(MOLO)
    row = live.sliders["A", "ut_m2_m2"]
    row.slider.setValue(row._place(0.8))
    settled(qtbot, window)
    assert live.save_button.isEnabled()
    live._list_scenarios()
    assert [each.text() for each in live.save_menu.actions() if each.text()] == [
        "Nuovo scenario", "In «Denso»", "In «Largo»", "In «Povero»"
    ]  # fmt: skip
    live.save_menu.actions()[0].trigger()
    settled(qtbot, window)
    assert panel.isVisible()
    assert work.chosen == "prova-su-a"
    assert window.right.badge.told == "Scenario: Prova su A, non ancora eseguito"
    # 10,000 m² × 0,8 / 25.
    assert figure(window, "people_new") == pytest.approx(320.0)
    window.undo()
    settled(qtbot, window)
    assert work.chosen == "base"
    assert "prova-su-a" not in scenario_steps.texts(window.session)
    assert window.session.history.get(("tried", "A", "ut_m2_m2")) == pytest.approx(0.8)


def test_that_a_scenario_saved_is_there_when_the_study_is_opened_again(qtbot, look, study, window, panel, work):
    panel.make()
    settled(qtbot, window)
    window.close()
    again = opened(qtbot, look, study, "en")
    again.compare()
    settled(qtbot, again)
    assert [row[0] for row in listed(again.right.scenarios)] == [
        "Plan in force", "Denso", "Largo", "Povero", "Scenario senza titolo"
    ]  # fmt: skip
    again.close()


def test_that_the_workspace_takes_the_districts_in_hand_and_leaves_with_them(qtbot, window, panel, work):
    work.choose("denso")
    settled(qtbot, window)
    window.choose(SOIL_CONSUMPTION)
    settled(qtbot, window)
    assert not panel.isVisible()
    assert not window.right.badge.isVisible()
    assert window.session.tried is None
    window.compare()
    settled(qtbot, window)
    assert window.session.analysis.id == TRANSFORMATION_DISTRICTS.id
    assert panel.isVisible()
    assert compared(panel)["Alloggi nuovi"][0] == "67"


def test_that_a_scenario_with_faults_is_listed_and_says_why_it_is_not_reckoned(qtbot, window, panel, work):
    window.session.history.do(scenario_steps.NEW, {("scenario", "rotto"): HEAD.format(t="Rotto") + "ac_pct = 90\n"})
    settled(qtbot, window)
    assert listed(panel)[-1] == ["Rotto", "", "da correggere"]
    work.choose("rotto")
    settled(qtbot, window)
    said = " ".join(each.text() for each in panel.findChildren(QLabel))
    assert "Se + Ve + Ac fanno il 150,0 % di St." in said
    assert window.session.tried is None


def test_that_an_axis_has_round_ticks_and_turns_where_less_is_better():
    axis = axis_of([12.0, 57.0], 0.0, 100.0, is_turned=False)
    assert axis.ticks == (20.0, 40.0, 60.0)
    assert axis_of([0.0, 3.0], 0.0, 100.0, is_turned=True).at(0.0) == pytest.approx(100.0)
    assert axis_of([], 0.0, 100.0, is_turned=False).low == 0.0
    assert axis_of([0.002, 0.004], 0.0, 100.0, is_turned=False).decimals == 3


@pytest.mark.parametrize("lang", ["it", "en"])
def test_that_no_word_is_clipped_in_the_smallest_window(qtbot, look, study, lang):
    made = opened(qtbot, look, study, lang)
    made.resize(1280, 800)
    made.compare()
    settled(qtbot, made)
    panel = made.right.scenarios
    made.right.scenario_work.choose("largo")
    for page in range(3):
        panel.segments._take(page)
        settled(qtbot, made)
        for label in (*panel.findChildren(QLabel), *made.right.badge.findChildren(QLabel)):
            if label.isVisible() and not label.wordWrap() and label.text():
                assert label.width() >= label.fontMetrics().horizontalAdvance(label.text()), label.text()
        assert panel.width() <= made.width() - panel.mapTo(made, panel.rect().topLeft()).x()
    made.close()


def test_that_a_layer_shown_by_hand_beside_a_scenario_stays_shown(qtbot, window, panel, work):
    session = window.session
    row = next(at for at, each in enumerate(session.entries) if each.ref.role == "districts")
    session.show(row, True)
    work.choose("denso")
    settled(qtbot, window)
    key = session.entries[row].ref.key
    assert key in session.covered
    session.cover(session.covered - {key})
    scenario_steps.rename(session, "denso", "Densissimo")
    settled(qtbot, window)
    assert window.right.badge.told.startswith("Scenario: Densissimo")
    assert key not in session.covered
    work.choose("base")
    settled(qtbot, window)
    assert key not in session.covered


def test_that_measuring_can_be_stopped_and_taken_up_again(qtbot, look, study):
    made = opened(qtbot, look, study)
    made.compare()
    made.right.scenario_work._stop()
    assert made.right.scenarios._note.text().startswith("Misura fermata")
    settled(qtbot, made)
    assert made.right.scenario_work.measured is None
    made.compare()
    settled(qtbot, made)
    assert compared(made.right.scenarios)["Alloggi nuovi"][0] == "67"
    made.close()


def test_that_other_ground_is_measured_anew_and_another_order_is_not(qtbot, window, panel, work):
    measured = work.measured
    window.session.move(0, 1)
    settled(qtbot, window)
    assert work.measured is measured
    row = next(at for at, each in enumerate(window.session.entries) if each.ref.role == "soil_consumption")
    work.choose("denso")
    settled(qtbot, window)
    window.session.remove(row)
    settled(qtbot, window)
    assert work.measured is not measured
    assert work.chosen == "denso"
    assert figure(window, "people_new") == pytest.approx(400.0)
