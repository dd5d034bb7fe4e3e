"""A scenario edited in the window: values typed into cells, corners moved, an outline split, all of it undone."""

from __future__ import annotations

import geopandas
import pytest
import shapely
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from analyses.soil_consumption import SOIL_CONSUMPTION
from puc_tool.scenarios import scenario_texts
from puc_tool.working import edited_district
from puc_tool.working.edited_district import outline, parted
from puc_tool.working.keeper import open_study
from ui.look import Look
from ui.main_window import MainWindow
from ui.side.scenario import ScenarioPanel

WEST, SOUTH = 4_306_000.0, 2_336_000.0
TEXT = """\
version = 1
title = "Parco"

[[district]]
code = "A"
ut_m2_m2 = 0.25
"""


def strip(left: float, right: float) -> shapely.Polygon:
    return shapely.box(WEST + left, SOUTH, WEST + right, SOUTH + 200)


@pytest.fixture
def borough(borough):
    """Return the borough with two districts beside each other, of 60 × 200 m and 100 × 200 m, and a scenario."""
    columns = {"code": ["A", "B"], "name": ["Molo", "Orto"], "ut_m2_m2": [0.2, 0.1]}
    frame = geopandas.GeoDataFrame(columns, geometry=[strip(0, 60), strip(60, 160)], crs=3035)
    frame.to_file(borough / "borgo.gpkg", layer="distretti", driver="GPKG")
    entry = '\n[[layer]]\nrole = "districts"\nsource = "borgo.gpkg"\nlayer = "distretti"\n'
    with (borough / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write(entry)
    (borough / "scenarios").mkdir()
    (borough / "scenarios" / "parco.toml").write_text(TEXT, encoding="utf-8")
    return borough


@pytest.fixture
def window(qtbot, look: Look, borough):
    """Return the window on the kept study, its scenarios open to be edited."""
    keeper = open_study(borough, SOIL_CONSUMPTION)
    made = MainWindow(keeper.session, look, "it", keeper)
    qtbot.addWidget(made)
    made.show()
    made.start()
    qtbot.waitUntil(lambda: made.desk.is_checked and not made.desk.jobs.running)
    made.actions_by_id["scenario.edit"].trigger()
    yield made
    made.close()


@pytest.fixture
def panel(window: MainWindow) -> ScenarioPanel:
    return window.workbench.scenario


def click(window: MainWindow, x: float, y: float) -> None:
    view = window.map_view
    assert view.view is not None
    at = view.view.transform.map(QPointF(WEST + x, SOUTH + y)).toPoint()
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        left = Qt.MouseButton.LeftButton
        event = QMouseEvent(
            kind, QPointF(at), QPointF(view.mapToGlobal(at)), left, left, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(view, event)


def painted(qtbot, window: MainWindow) -> None:
    window.map_view.repaint()
    qtbot.wait(10)


def area(window: MainWindow) -> float:
    drawn = outline(window.session, "parco", "A")
    assert drawn is not None
    return float(drawn.area)


def test_that_a_cell_says_the_value_the_plan_s_beside_it_and_undo_gives_it_back(window, panel):
    model = panel.model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert [model.index(0, column).data() for column in (1, 2)] == ["0,2", "0,25"]
    assert model.setData(model.index(0, 2), "0,30 – 0,40")
    assert model.index(0, 2).data() == "0,3 – 0,4"
    assert window.next_undo.it == "Modifica lo scenario parco"
    window.undo()
    assert window.session.history.get(("scenario", "parco")) == TEXT
    assert model.index(0, 2).data() == "0,25"
    del tester


def test_that_a_long_number_is_short_in_its_cell_and_whole_when_it_is_typed_again(window, panel):
    assert panel.model.setData(panel.model.index(0, 2), "0,286666667")
    index = panel.model.index(0, 2)
    assert [index.data(role) for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole)] == [
        "0,2867", "0,286666667",
    ]  # fmt: skip


def test_that_what_can_t_be_understood_is_told_in_the_panel_and_changes_nothing(window, panel):
    assert not panel.model.setData(panel.model.index(0, 2), "molto")
    assert panel._refusals.count() == 1
    assert window.session.history.done == ()


def test_that_a_corner_is_taken_and_put_down_by_clicks_on_the_map(qtbot, window, panel):
    painted(qtbot, window)
    panel.tools.corners.click()
    click(window, 0, 200)
    assert panel.reshape.held is not None
    click(window, 30, 200)
    # The corner (0, 200) goes to (30, 200): the triangle of 30 × 200 / 2 is gone, to the nearest pixel.
    assert area(window) == pytest.approx(12_000 - 3_000, rel=0.02)
    window.undo()
    assert area(window) == pytest.approx(12_000)


def test_that_an_edge_gives_a_corner_and_backspace_takes_the_one_in_hand_away(qtbot, window, panel):
    painted(qtbot, window)
    panel.tools.corners.click()
    click(window, 0, 100)
    click(window, 20, 100)
    assert area(window) == pytest.approx(12_000 - 2_000, rel=0.02)
    click(window, 20, 100)
    qtbot.keyClick(window.map_view, Qt.Key.Key_Backspace)
    assert area(window) == pytest.approx(12_000, rel=1e-9)


def test_that_a_corner_put_down_near_a_neighbour_s_is_that_corner(qtbot, window, panel):
    painted(qtbot, window)
    panel.tools.corners.click()
    click(window, 60, 200)
    near = window.map_view.view.metres * 4
    click(window, 160 - near, 200 - near)
    drawn = outline(window.session, "parco", "A")
    assert (WEST + 160.0, SOUTH + 200.0) in list(drawn.exterior.coords)


def codes(panel: ScenarioPanel) -> list[str]:
    return [
        panel.in_hand.districts.itemText(place).partition(" ")[0] for place in range(panel.in_hand.districts.count())
    ]


def test_that_a_split_keeps_the_larger_part_and_makes_a_new_district_of_the_other(window, panel):
    panel.tools.split.click()
    assert window.map_view.tool is panel.cutter
    panel.cutter.taken.emit([(WEST - 5, SOUTH + 50), (WEST + 65, SOUTH + 50)])
    assert area(window) == pytest.approx(60 * 150)
    assert codes(panel) == ["A", "B", "Ab"]
    assert window.next_undo.it == "Dividi A: nasce Ab"
    assert outline(window.session, "parco", "Ab").area == pytest.approx(60 * 50)
    panel.tools.other.click()
    assert area(window) == pytest.approx(60 * 50)
    assert outline(window.session, "parco", "Ab").area == pytest.approx(60 * 150)
    panel.tools.plan.click()
    assert area(window) == pytest.approx(12_000)
    assert codes(panel) == ["A", "B"]
    for _ in range(3):
        window.undo()
    assert window.session.history.get(("scenario", "parco")) == TEXT


def test_that_a_new_district_has_values_of_its_own_and_is_joined_again(window, panel):
    panel.cutter.taken.emit([(WEST - 5, SOUTH + 50), (WEST + 65, SOUTH + 50)])
    panel.in_hand.districts.setCurrentIndex(2)
    panel._turn()
    # What the plan states of A, and what the scenario says of it, holds for its part.
    assert [panel.model.index(0, column).data() for column in (1, 2)] == ["0,2", "0,25"]
    assert panel._area.text() == "St 0,30\u202fha, parte di A"
    assert panel.model.setData(panel.model.index(0, 2), "0,4")
    panel.cutter.taken.emit([(WEST + 30, SOUTH - 5), (WEST + 30, SOUTH + 55)])
    assert codes(panel) == ["A", "B", "Ab", "Ac"]
    assert parted(window.session, "parco", "Ac").part_of == "A"
    panel.tools.plan.click()
    assert (panel.code, codes(panel)) == ("A", ["A", "B", "Ac"])
    assert area(window) == pytest.approx(60 * 150 + 30 * 50)
    panel.tools.plan.click()
    assert codes(panel) == ["A", "B"]
    while window.next_undo:
        window.undo()
    assert window.session.history.get(("scenario", "parco")) == TEXT


def test_that_a_line_that_cuts_nothing_is_refused_in_the_panel(window, panel):
    panel.cutter.taken.emit([(WEST + 5, SOUTH + 50), (WEST + 25, SOUTH + 50)])
    assert panel._refusals.count() == 1
    assert window.session.history.done == ()


def test_that_the_magnet_closes_gap_and_overlap_with_the_neighbour(window, panel):
    ragged = shapely.Polygon([(WEST, SOUTH), (WEST + 61, SOUTH), (WEST + 59, SOUTH + 200), (WEST, SOUTH + 200)])
    edited_district.edit(window.session, "parco", lambda text: scenario_texts.with_outline("parco", text, "A", ragged))
    panel.tools.fit.click()
    drawn = outline(window.session, "parco", "A")
    assert drawn.equals(strip(0, 60))


def test_that_a_new_scenario_is_made_and_its_file_comes_and_goes(window, panel, borough):
    panel.make_new()
    window.keeping.save()
    assert (borough / "scenarios" / "scenario-senza-titolo.toml").is_file()
    assert panel.name == "scenario-senza-titolo"
    window.undo()
    window.keeping.save()
    assert not (borough / "scenarios" / "scenario-senza-titolo.toml").exists()
    assert panel.name == "parco"


def test_that_another_district_is_chosen_by_a_click_and_closing_lays_the_tool_down(qtbot, window, panel):
    painted(qtbot, window)
    click(window, 120, 100)
    assert panel.code == "B"
    window.escape()
    assert (window.map_view.tool, window.workbench.isVisible()) == (None, False)


def test_that_a_study_without_districts_says_so(qtbot, window, panel):
    row = next(row for row, entry in enumerate(window.session.entries) if entry.ref.role == "districts")
    window.session.remove(row)
    panel.begin()
    assert not panel.tools.corners.isEnabled()
    assert panel.model.rowCount() == 0


def test_that_a_field_of_amounts_is_classed_by_natural_breaks_in_one_step(qtbot, window):
    tree, panel = window.layers.tree, window.workbench.styling
    row = next(row for row, entry in enumerate(window.session.entries) if entry.ref.role == "districts")
    tree.setCurrentIndex(tree.model_of_layers.of_entry(row))
    window.actions_by_id["layer.style"].trigger()
    by, classing = panel.classing.by, panel.classing
    place = [by.itemText(each) for each in range(by.count())].index("Indice territoriale Ut")
    by.activated.emit(place)
    qtbot.waitUntil(lambda: window.session.entries[row].style.scheme == "natural")
    assert [classing.schemes.currentText(), classing.ramps.currentText()] == ["Intervalli naturali", "Sabbia–petrolio"]
    assert len(panel.classes.buttons) == 2
    window.undo()
    assert window.session.entries[row].style.is_official
