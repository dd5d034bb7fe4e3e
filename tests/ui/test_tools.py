"""The tools of the map: asking what applies, measuring, going to a coordinate."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from layers.text import number
from tests.ui.conftest import SOUTH, WEST
from ui.map.ruler import Ruler

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def at(window):
    """Return the pixel of a place, in metres from the south-western corner of the borough."""

    def at(east, north):
        point = window.map_view.view.transform.map(WEST + east, SOUTH + north)
        return QPoint(round(point[0]), round(point[1]))

    return at


def trace(qtbot, window, *pixels):
    for pixel in pixels:
        qtbot.mouseMove(window.map_view, pixel)
        qtbot.mouseClick(window.map_view, LEFT, pos=pixel)
    qtbot.mouseDClick(window.map_view, LEFT, pos=pixels[-1])


def test_that_a_click_with_the_asking_tool_tells_what_applies_there(qtbot, window, at):
    window.actions_by_id["map.point"].trigger()
    with qtbot.waitSignal(window.toolbox.places.answered):
        qtbot.mouseClick(window.map_view, LEFT, pos=at(50, 50))
    assert window.right.place.isVisible()
    assert not window.right.analysis.isVisible()
    assert window.session.selected is None, "a tool in hand selects nothing"
    window.right.place.copy()
    assert "Ponente" in QGuiApplication.clipboard().text()


def test_that_an_area_is_asked_about_when_it_is_closed(qtbot, window, at):
    window.actions_by_id["map.area"].trigger()
    with qtbot.waitSignal(window.toolbox.places.answered) as answered:
        trace(qtbot, window, at(60, 60), at(140, 60), at(140, 140), at(60, 140))
    # 80 m × 80 m, but for half a pixel at each corner.
    assert answered.args[0].place.area == pytest.approx(6400, rel=0.03)
    names = set(answered.args[0].found.table.frame["name"])
    assert {"Ponente", "Levante"} <= names


def test_that_an_area_that_crosses_itself_is_told_and_asks_nothing(qtbot, window, at):
    window.actions_by_id["map.area"].trigger()
    with qtbot.waitSignal(window.desk.said, check_params_cb=lambda said: "si incrocia" in said.it):
        trace(qtbot, window, at(60, 60), at(140, 140), at(140, 60), at(60, 140))
    assert not window.right.place.isVisible()


def test_that_a_length_is_measured_as_it_is_drawn(qtbot, window, at):
    window.actions_by_id["map.length"].trigger()
    trace(qtbot, window, at(20, 20), at(120, 20))
    ruler = window.map_view.tool
    assert isinstance(ruler, Ruler)
    assert ruler.is_finished
    assert ruler.measure.length_m == pytest.approx(100, rel=0.02)
    assert not window.map_view.grab().isNull()


def test_that_an_area_is_measured_with_its_outline(qtbot, window, at):
    window.actions_by_id["map.surface"].trigger()
    trace(qtbot, window, at(20, 20), at(120, 20), at(120, 120))
    assert window.map_view.tool.measure.area_m2 == pytest.approx(5000, rel=0.03)
    assert not window.map_view.grab().isNull()


def test_that_backspace_takes_the_last_point_back(qtbot, window, at):
    window.actions_by_id["map.length"].trigger()
    for place in ((20, 20), (120, 20)):
        qtbot.mouseClick(window.map_view, LEFT, pos=at(*place))
    qtbot.keyClick(window.map_view, Qt.Key.Key_Backspace)
    assert len(window.map_view.tool.points) == 1


def test_that_escape_puts_the_tool_down_and_the_analysis_back(qtbot, window, at):
    window.actions_by_id["map.point"].trigger()
    with qtbot.waitSignal(window.toolbox.places.answered):
        qtbot.mouseClick(window.map_view, LEFT, pos=at(50, 50))
    qtbot.waitUntil(lambda: not window.desk.jobs.running)
    window.escape()
    assert window.map_view.tool is None
    assert window.right.analysis.isVisible()
    assert not window.right.place.isVisible()


def test_that_a_click_without_a_tool_selects_as_before(qtbot, window, at):
    window.actions_by_id["map.point"].trigger()
    window.toolbox.put_down()
    qtbot.mouseClick(window.map_view, LEFT, pos=at(50, 50))
    assert window.session.selected.name == "Ponente"


def test_that_a_coordinate_comes_into_the_middle(window, monkeypatch):
    window.map_view.zoom(8)
    words = f"{WEST + 150:.0f} {SOUTH + 50:.0f}"
    monkeypatch.setattr("ui.toolbox.asked_words", lambda *_: words)
    window.actions_by_id["map.go"].trigger()
    assert (window.map_view.view.x, window.map_view.view.y) == pytest.approx((WEST + 150, SOUTH + 50), abs=1)


def test_that_words_that_are_no_coordinate_are_told_with_an_example(qtbot, window, monkeypatch):
    monkeypatch.setattr("ui.toolbox.asked_words", lambda *_: "in fondo a destra")
    with qtbot.waitSignal(window.desk.said, check_params_cb=lambda said: "567000 4884000" in said.it):
        window.actions_by_id["map.go"].trigger()


def test_that_the_answer_is_written_as_a_page(qtbot, window, at, tmp_path, monkeypatch):
    window.actions_by_id["map.point"].trigger()
    with qtbot.waitSignal(window.toolbox.places.answered):
        qtbot.mouseClick(window.map_view, LEFT, pos=at(50, 50))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "qui.pdf"), ""))
    with qtbot.waitSignal(window.desk.said, check_params_cb=lambda said: "qui.pdf" in said.it):
        window.right.place.print()
    assert (tmp_path / "qui.pdf").read_bytes().startswith(b"%PDF")


def test_that_the_answer_for_a_drawn_area_is_copied_and_written_as_one_page_that_says_the_same(
    qtbot, window, at, tmp_path, monkeypatch
):
    window.actions_by_id["map.area"].trigger()
    with qtbot.waitSignal(window.toolbox.places.answered) as answered:
        trace(qtbot, window, at(60, 60), at(140, 60), at(140, 140), at(60, 140))
    window.right.place.copy()
    copied = QGuiApplication.clipboard().text()
    rows = answered.args[0].found.table.frame
    quarters = rows[rows["role"] == "neighbourhoods"]
    for row in quarters.to_dict("records"):
        assert row["name"] in copied
        assert number(row["area_m2"], 1).it in copied
    # The two halves of the area are the whole of it.
    assert quarters["area_m2"].sum() == pytest.approx(answered.args[0].place.area)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "area.pdf"), ""))
    with qtbot.waitSignal(window.desk.said, check_params_cb=lambda said: "area.pdf" in said.it):
        window.right.place.print()
    page = (tmp_path / "area.pdf").read_bytes()
    assert page.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", page)) == 1


def test_that_the_map_looks_the_same_with_the_focus_but_for_its_frame(qtbot, window):
    def middle():
        picture = window.map_view.grab().toImage()
        return picture.copy(10, 10, picture.width() - 20, picture.height() - 20)

    view = window.map_view
    with qtbot.waitSignal(view._frames.ready):  # of all that there is: whatever comes later looks the same
        view.look_at(view.view)
    window.map_view.clearFocus()
    before = middle()
    window.activateWindow()
    window.map_view.setFocus()
    qtbot.waitUntil(window.map_view.hasFocus)
    assert middle() == before
