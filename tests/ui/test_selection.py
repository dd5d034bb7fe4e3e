"""One selection: map, table and chip show the same thing at the same moment."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt

from puc_tool.session import Unit

WESTERN, EASTERN = Unit("neighbourhood", "P", "Ponente"), Unit("neighbourhood", "L", "Levante")


@pytest.fixture
def ran(qtbot, window):
    window.desk.run()
    qtbot.waitUntil(lambda: window.has_results and not window.desk.jobs.running, timeout=60_000)
    return window


def chosen(window) -> list[str]:
    table = window.results.table
    return [str(index.data()) for index in table.selectionModel().selectedRows(0)]


def point_of(window, unit: Unit):
    map_view = window.map_view
    return map_view.view.transform.map(QPointF(*map_view.scene.shape_of(unit).point)).toPoint()


def test_that_a_click_on_the_map_selects_the_row(qtbot, ran):
    qtbot.mouseClick(ran.map_view, Qt.MouseButton.LeftButton, pos=point_of(ran, EASTERN))
    assert ran.session.selected == EASTERN
    assert chosen(ran) == ["Levante"]
    assert ran.furniture.chip.isVisible()


def test_that_a_row_selects_the_unit_and_a_click_beside_the_commune_lets_it_go(qtbot, ran):
    table = ran.results.table
    rows = {str(table.model().index(row, 0).data()): row for row in range(table.model().rowCount())}
    table.selectRow(rows["Ponente"])
    table.setCurrentIndex(table.model().index(rows["Ponente"], 0))
    assert ran.session.selected == WESTERN
    qtbot.mouseClick(ran.map_view, Qt.MouseButton.LeftButton, pos=ran.map_view.rect().bottomLeft())
    assert ran.session.selected is None
    assert chosen(ran) == []
    assert not ran.furniture.chip.isVisible()


def test_that_the_selection_outlives_another_order_and_another_table(ran):
    ran.session.select(WESTERN)
    ran.results.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert chosen(ran) == ["Ponente"]
    ran.results.choose("figures")
    assert chosen(ran) == []
    ran.results.choose("by_neighbourhood")
    assert chosen(ran) == ["Ponente"]


def test_that_a_drag_moves_the_map_and_selects_nothing(qtbot, window):
    before = window.map_view.view
    start = window.map_view.rect().center()
    qtbot.mousePress(window.map_view, Qt.MouseButton.LeftButton, pos=start)
    window.map_view.zoom(4.0)
    zoomed = window.map_view.view
    qtbot.mouseMove(window.map_view, pos=start + start * 0.1)
    qtbot.mouseRelease(window.map_view, Qt.MouseButton.LeftButton, pos=start + start * 0.1)
    assert window.session.selected is None
    assert zoomed.metres == pytest.approx(before.metres / 4.0)
    assert window.map_view.view.x < zoomed.x


def test_that_escape_lets_the_selection_go(ran):
    ran.session.select(WESTERN)
    ran.escape()
    assert ran.session.selected is None
