"""Two scenarios by the curtain, trying from the one that is shown, districts that come of a split, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import geopandas
import pytest
import shapely
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from analyses.soil_consumption import SOIL_CONSUMPTION
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from puc_tool.working import scenario_steps, scenario_view
from puc_tool.working.keeper import open_study
from puc_tool.working.scenario_view import UNSAVED
from puc_tool.working.selection import Unit
from tests.ui.scenarios_at_rest import idle, settled
from ui.main_window import MainWindow

WEST, SOUTH = 4_306_000.0, 2_336_000.0
DENSE = 'version = 1\ntitle = "Denso"\n\n[[district]]\ncode = "A"\nut_m2_m2 = 1.0\n'
MOLO, PART = Unit("district", "A", "Molo"), Unit("district", "Ab", "Molo nuovo")


def square(left: float, width: float) -> shapely.Polygon:
    return shapely.box(WEST + left, SOUTH, WEST + left + width, SOUTH + 100)


SPLIT = (
    f'version = 1\ntitle = "Diviso"\n\n[[district]]\ncode = "A"\noutline = "{shapely.to_wkt(square(100, 60))}"\n\n'
    f'[[district]]\ncode = "Ab"\npart_of = "A"\nname = "Molo nuovo"\noutline = "{shapely.to_wkt(square(160, 40))}"\n'
    "ut_m2_m2 = 0.9\n"
)


@pytest.fixture
def harbour(borough: Path) -> Path:
    """Return the borough with a district of 10,000 m² of homes, Ut 0,5; one scenario doubles it, one splits it."""
    shares = {"residential_pct": 100.0, "commercial_pct": 0.0, "industrial_pct": 0.0, "se_pct": 30.0, "ve_pct": 30.0,
              "ac_pct": 30.0, "sp_pct": 40.0}  # fmt: skip
    columns = {"code": ["A"], "name": ["Molo"], "ut_m2_m2": [0.5]} | {name: [each] for name, each in shares.items()}
    frame = geopandas.GeoDataFrame(columns, geometry=[square(100, 100)], crs=3035)
    frame.to_file(borough / "borgo.gpkg", layer="distretti", driver="GPKG")
    with (borough / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write('\n[[layer]]\nrole = "districts"\nsource = "borgo.gpkg"\nlayer = "distretti"\n')
    (borough / "scenarios").mkdir()
    for name, text in (("denso", DENSE), ("diviso", SPLIT)):
        (borough / "scenarios" / f"{name}.toml").write_text(text, encoding="utf-8")
    return borough


def opened(qtbot, look, study: Path, lang="it", *, analysis=SOIL_CONSUMPTION) -> MainWindow:
    keeper = open_study(study, analysis)
    made = MainWindow(keeper.session, look, lang, keeper)
    qtbot.addWidget(made)
    made.show()
    made.start()
    qtbot.waitUntil(lambda: made.desk.is_checked and idle(made))
    return made


def killed(window: MainWindow) -> None:
    """End a window as a kill does: nothing is saved and the journal stays; only its threads must come to an end."""
    window.keeping._settling.stop()
    window.keeping.keeper.lock.release()
    window.keeping = None
    window.close()


@pytest.fixture
def window(qtbot, look, harbour) -> Iterator[MainWindow]:
    """Return the window with the scenarios open; nothing has been run."""
    made = opened(qtbot, look, harbour, analysis=TRANSFORMATION_DISTRICTS)
    made.compare()
    settled(qtbot, made)
    yield made
    if made.isVisible():
        made.close()


def figure(results, name: str) -> float:
    return next(each.value for each in results.figures if each.spec.id == name)


def sides(window) -> list[str]:
    return [plate.name for plate in window.work.comparison.names.plates]


def pictures(window) -> list[list[str]]:
    """Return the names of what both maps of the curtain are made of, scenarios' pictures alone."""
    views = (window.map_view, window.work.comparison.beside)
    contents = (view._change(view._shown.content).pictures for view in views)
    return [[each.name for each in content if each.name in window.work.comparison._offered[0].names]
            for content in contents]  # fmt: skip


def slide(qtbot, window, code: str, field: str, value: float) -> None:
    row = window.right.live.sliders[code, field]
    row.slider.setValue(row._place(value))
    settled(qtbot, window)


def test_that_the_curtain_holds_two_scenarios_apart_with_their_names_and_districts(qtbot, window):
    panel, comparison = window.right.scenarios, window.work.comparison
    panel.curtain.click()
    settled(qtbot, window)
    assert comparison.is_on
    assert panel.curtain.isChecked()
    assert sides(window) == ["A · Piano vigente", "B · Denso"]
    assert all(plate.isVisible() for plate in comparison.names.plates)
    assert pictures(window) == [["districts.soil_newly_consumed_m2"]] * 2
    amounts = [view._change(view._shown.content).pictures for view in (window.map_view, comparison.beside)]
    assert len({id(each.picture) for content in amounts for each in content if each.name in pictures(window)[0]}) == 2
    comparison.bar.right.setCurrentIndex(2)
    comparison.bar.right.activated.emit(2)
    settled(qtbot, window)
    assert sides(window) == ["A · Piano vigente", "B · Diviso"]
    # A click left means the whole district, right the part that was cut off: 170 m is in both.
    at = WEST + 170, SOUTH + 50
    assert window.map_view._shown.unit_at(*at).unit.code == "A"
    assert comparison.beside._shown.unit_at(*at).unit.code == "Ab"
    assert window.map_view.scene.shape_of(MOLO).area_m2 == pytest.approx(10_000)


def test_that_the_curtain_is_one_step_which_is_taken_back_and_done_again(qtbot, window):
    comparison = window.work.comparison
    window.actions_by_id["analysis.curtain"].trigger()
    settled(qtbot, window)
    assert window.right.scenarios.isVisible()
    window.right.scenario_work.compare("denso", "diviso")
    settled(qtbot, window)
    assert sides(window) == ["A · Denso", "B · Diviso"]
    assert window.next_undo.it == "Confronta Denso e Diviso con la tendina"
    window.undo()
    settled(qtbot, window)
    assert not comparison.is_on
    window.redo()
    settled(qtbot, window)
    assert sides(window) == ["A · Denso", "B · Diviso"]
    comparison.bar.closed.emit()
    assert (comparison.is_on, window.right.scenario_work.has_curtain) == (False, False)
    window.undo()
    settled(qtbot, window)
    assert comparison.is_on
    window.work.compare(curtain=True)
    assert not window.right.scenario_work.has_curtain, "the tool asked again puts the map alone"


def test_that_side_by_side_shows_the_same_two_with_their_names(qtbot, window):
    window.right.scenarios.curtain.click()
    settled(qtbot, window)
    comparison = window.work.comparison
    comparison.bar.way.click()
    assert not comparison.is_curtain
    assert sides(window) == ["A · Piano vigente", "B · Denso"]
    assert comparison.names.plates[1].parentWidget() is comparison.beside
    window.right.scenario_work.compare("diviso", "denso")
    settled(qtbot, window)
    assert (sides(window), comparison.is_curtain) == (["A · Diviso", "B · Denso"], False)
    comparison.leave()
    assert not window.right.scenario_work.has_curtain


def test_that_the_curtain_goes_with_the_analysis_and_comes_back_with_it(qtbot, window):
    window.right.scenarios.curtain.click()
    settled(qtbot, window)
    window.choose(SOIL_CONSUMPTION)
    settled(qtbot, window)
    assert not window.work.comparison.is_on
    window.choose(TRANSFORMATION_DISTRICTS)
    settled(qtbot, window)
    assert sides(window) == ["A · Piano vigente", "B · Denso"]


def test_that_a_scenario_that_is_deleted_gives_its_side_to_the_plan(qtbot, window):
    window.right.scenario_work.draw_curtain("diviso", "denso")
    settled(qtbot, window)
    scenario_steps.remove(window.session, "denso")
    settled(qtbot, window)
    assert sides(window) == ["A · Diviso", "B · Piano vigente"]
    window.undo()
    settled(qtbot, window)
    assert sides(window) == ["A · Diviso", "B · Denso"]


def test_that_trying_starts_from_the_scenario_that_is_shown_and_says_so(qtbot, window):
    window.right.scenario_work.choose("denso")
    settled(qtbot, window)
    window.session.select(MOLO)
    window.try_out()
    settled(qtbot, window)
    live, session = window.right.live, window.session
    assert live.isVisible()
    assert "Parte da «Denso»." in [each.text() for each in live.findChildren(QLabel)]
    assert live.sliders["A", "ut_m2_m2"].shown.text().startswith("1,00")
    # 10,000 m² × 1 / 25 in the scenario, × 0,8 tried.
    assert figure(session.looked_at, "people_new") == pytest.approx(400.0)
    slide(qtbot, window, "A", "ut_m2_m2", 0.8)
    assert figure(session.looked_at, "people_new") == pytest.approx(320.0)
    assert "prima 400 ab" in [each.text() for each in window.results.headline.findChildren(QLabel)]
    assert window.results._title.text() == "Scenario: Denso · prova"
    window.right.trying.show_before(True)
    assert figure(session.looked_at, "people_new") == pytest.approx(400.0)
    assert not scenario_view.tried_on(session.history.state, "base")
    settled(qtbot, window)
    window.escape()
    settled(qtbot, window)
    assert (window.right.trying.is_open, window.right.scenario_work.chosen) == (False, "denso")
    assert figure(session.looked_at, "people_new") == pytest.approx(400.0)


def test_that_what_is_tried_is_saved_as_a_scenario_that_says_what_it_starts_from(qtbot, window):
    work = window.right.scenario_work
    work.choose("denso")
    window.session.select(MOLO)
    settled(qtbot, window)
    window.try_out()
    slide(qtbot, window, "A", "sp_pct", 60.0)
    live = window.right.live
    live._list_scenarios()
    assert [each.text() for each in live.save_menu.actions() if each.text()] == [
        "Nuovo scenario, che parte da «Denso»", "In «Denso»", "In «Diviso»"
    ]  # fmt: skip
    live.save_menu.actions()[0].trigger()
    settled(qtbot, window)
    assert work.chosen == "denso-prova-su-a"
    text = scenario_steps.texts(window.session)[work.chosen]
    assert 'title = "Denso: Prova su A"' in text
    assert 'note = "Parte da «Denso»."' in text
    assert "ut_m2_m2 = 1.0\nsp_pct = 60.0" in text
    tip = window.right.scenarios.list.model_of_list.index(2, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "Parte da «Denso»." in tip
    window.undo()
    settled(qtbot, window)
    assert work.chosen == "denso"
    assert scenario_view.tried_on(window.session.history.state, "denso") == {("A", "sp_pct"): 60.0}


def test_that_what_is_tried_is_seen_beside_what_it_is_tried_on(qtbot, window):
    window.right.scenario_work.choose("denso")
    window.session.select(MOLO)
    settled(qtbot, window)
    window.try_out()
    live = window.right.live
    assert not live.curtain.isEnabled()
    slide(qtbot, window, "A", "ut_m2_m2", 0.8)
    live.curtain.click()
    settled(qtbot, window)
    assert window.right.scenario_work.pair == ("denso", UNSAVED)
    assert sides(window) == ["A · Denso", "B · Denso: prova su A, non salvata"]
    seen = window.scenario_curtain._seen[UNSAVED]
    slide(qtbot, window, "A", "ut_m2_m2", 0.6)
    assert window.scenario_curtain._seen[UNSAVED] is not seen
    window.right._save_tried("")
    settled(qtbot, window)
    assert sides(window) == ["A · Denso", "B · Denso: Prova su A"]
    rows = {item.text(0): item.text(2) for item in window.right.scenarios.tree.items()}
    # 10,000 m² × 0,6 / 75 a home.
    assert rows["Alloggi nuovi"] == "80"


def test_that_another_scenario_shown_is_what_trying_starts_from_then(qtbot, window):
    window.right.scenario_work.choose("denso")
    window.session.select(MOLO)
    settled(qtbot, window)
    window.try_out()
    slide(qtbot, window, "A", "ut_m2_m2", 0.8)
    window.right.badge.close_button.click()
    settled(qtbot, window)
    assert window.right.trying.base == "base"
    assert window.right.live.sliders["A", "ut_m2_m2"].shown.text().startswith("0,50")
    assert figure(window.session.looked_at, "people_new") == pytest.approx(200.0)
    window.undo()
    settled(qtbot, window)
    assert window.right.trying.base == "denso"
    assert window.right.live.sliders["A", "ut_m2_m2"].shown.text().startswith("0,80")


def test_that_a_district_that_comes_of_a_split_can_be_chosen_looked_at_and_tried(qtbot, window):
    panel, work = window.right.scenarios, window.right.scenario_work
    work.choose("diviso")
    settled(qtbot, window)
    assert [panel.districts.itemText(at) for at in range(panel.districts.count())] == [
        "Tutti i distretti", "A Molo", "Ab Molo nuovo"
    ]  # fmt: skip
    panel.districts.setCurrentIndex(2)
    panel.districts.activated.emit(2)
    settled(qtbot, window)
    assert work.code == "Ab"
    assert [each.theme.id for each in window.map_view.shown_results] == ["split", "districts.soil_newly_consumed_m2"]
    assert window.map_view.shown_results[0].count == 2
    assert window.map_view.scene.shape_of(window.session.selected).area_m2 == pytest.approx(4_000)
    rows = {item.text(0): [item.text(1), item.text(2)] for item in panel.tree.items()}
    # 40 m × 100 m; the plan has no such district.
    assert rows["Superficie territoriale, misurata ha"] == ["n.d.", "0,40"]
    for page in (1, 2, 0):
        panel.segments._take(page)
        settled(qtbot, window)
    window.try_out()
    settled(qtbot, window)
    assert window.right.live.sliders["Ab", "ut_m2_m2"].shown.text().startswith("0,90")
    work.choose("base")
    settled(qtbot, window)
    window.right.compare()
    assert work.code in ("", "Ab")


def test_that_points_that_coincide_are_one_sign_that_tells_and_reaches_all_of_them(qtbot, window):
    panel, work = window.right.scenarios, window.right.scenario_work
    scenario_steps.duplicate(window.session, "denso", "it")
    settled(qtbot, window)
    panel.segments._take(1)
    chart = panel.pareto.chart
    [cluster] = [each for each in chart.clusters() if len(each.points) > 1]
    assert [each.title.it for each in cluster.points] == ["Denso", "Denso (copia)"]
    assert "Nello stesso punto: Denso, Denso (copia)." in chart.accessibleDescription()
    assert "Denso\nDenso (copia)" in chart._told(cluster)
    assert work.chosen == "denso-copia"
    for wanted in ("denso", "denso-copia", "denso"):
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.centre_of("denso"))
        assert work.chosen == wanted
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert work.chosen == "denso-copia"
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert work.chosen == "denso"
    settled(qtbot, window)


def test_that_a_kill_loses_neither_the_scenario_shown_nor_the_curtain_nor_what_is_tried(qtbot, look, harbour, window):
    work = window.right.scenario_work
    work.choose("denso")
    window.session.select(MOLO)
    settled(qtbot, window)
    window.try_out()
    slide(qtbot, window, "A", "ut_m2_m2", 0.8)
    window.right.live.curtain.click()
    settled(qtbot, window)
    state, steps = dict(window.session.history.state), [each.title.it for each in window.session.history.done]
    killed(window)
    again = opened(qtbot, look, harbour, analysis=TRANSFORMATION_DISTRICTS)
    settled(qtbot, again)
    assert again.session.history.state == state
    assert [each.title.it for each in again.session.history.done] == steps
    assert again.right.badge.told.startswith("Scenario: Denso")
    assert again.right.trying.is_open
    assert figure(again.session.looked_at, "people_new") == pytest.approx(320.0)
    assert sides(again) == ["A · Denso", "B · Denso: prova su A, non salvata"]
    while again.next_undo:
        again.undo()
        settled(qtbot, again)
    assert (again.work.comparison.is_on, again.right.scenario_work.chosen) == (False, "base")
    again.close()


def test_that_closing_loses_nothing_of_it_either_and_asks_nothing(qtbot, look, harbour, window):
    window.right.scenario_work.draw_curtain("base", "diviso")
    window.right.scenario_work.choose("diviso")
    window.session.history.do(scenario_steps.SAVE, {scenario_view.tried("Ab", "ut_m2_m2", "diviso"): 0.7})
    settled(qtbot, window)
    state = dict(window.session.history.state)
    window.close()
    again = opened(qtbot, look, harbour, "en", analysis=TRANSFORMATION_DISTRICTS)
    settled(qtbot, again)
    assert not again.session.history.done
    assert {place: again.session.history.state.get(place) for place in state} == state
    assert sides(again) == ["A · Plan in force", "B · Diviso"]
    assert again.right.badge.told == "Scenario: Diviso, not run yet"
    assert again.right.trying.is_open
    assert "Starts from “Diviso”." in [each.text() for each in again.right.live.findChildren(QLabel)]
    again.close()
