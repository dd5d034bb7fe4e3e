"""One selection: map, table and chip show the same thing at the same moment."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
import shapely
from PySide6.QtCore import QPointF, Qt

from analyses.result import Column, MadeOf, Table, TableSpec
from layers.text import Text
from puc_tool.working.selection import Unit
from ui.panels.result_model import ResultModel
from ui.panels.shown_table import shown
from ui.result_units import units_of

WESTERN, EASTERN = Unit("neighbourhood", "P", "Ponente"), Unit("neighbourhood", "L", "Levante")


@pytest.fixture
def ran(qtbot, window):
    window.desk.run()
    qtbot.waitUntil(lambda: window.has_results and not window.desk.jobs.running)
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


def test_that_every_row_of_a_unit_is_chosen_when_it_is_selected(qtbot, ran):
    columns = tuple(Column(name, Text(name, name)) for name in ("code", "name", "class"))
    spec = TableSpec("by_neighbourhood", Text("Q", "N"), columns)
    frame = pd.DataFrame({"code": ["P", "P", "L"], "name": ["Ponente", "Ponente", "Levante"], "class": ["1", "2", "1"]})
    results = replace(ran.session.results, tables=(Table(spec, frame),))
    model = ResultModel()
    model.show(shown(results, "by_neighbourhood", "it"))
    assert model.rows_of([WESTERN]) == [0, 1]


def test_that_a_table_under_another_name_selects_the_same_unit_on_the_map(ran):
    columns = tuple(Column(name, Text(name, name)) for name in ("code", "name"))
    spec = TableSpec("gained", Text("G", "G"), columns, unit="neighbourhood")
    results = replace(ran.session.results, tables=(Table(spec, pd.DataFrame({"code": ["L"], "name": ["Levante"]})),))
    assert shown(results, "gained", "it").rows[0].unit == EASTERN


def test_that_arrows_along_the_bars_select_and_the_column_under_the_keyboard_stays(qtbot, ran):
    ran.resize(1600, 900)
    chart, table = ran.results.chart, ran.results.table
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert ran.session.selected == chart.bars_in_view()[0].unit
    table.setCurrentIndex(table.model().index(1, 2))
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.currentIndex().column() == 2
    assert chosen(ran) == [str(table.currentIndex().siblingAtColumn(0).data())]


def test_that_units_only_results_know_have_their_place_on_the_map(qtbot, ran):
    results = ran.session.results
    layer = results.layer("neighbourhood").rename(columns={"code": "site"})
    layer["site"] = ["S1", "S2", *[f"S{place}" for place in range(3, len(layer) + 1)]]
    spec = TableSpec("sites", Text("Siti", "Sites"), tuple(Column(name, Text(name, name)) for name in ("site", "name")),
                     unit="site", made_of=(MadeOf("sites", (("site", "site"),)),))  # fmt: skip
    table = Table(spec, pd.DataFrame(layer[["site", "name"]]))
    known = replace(results, tables=(table,), held={"sites": layer, "site": None})
    found = units_of(known, frozenset({"neighbourhood"}), lambda share, message: None)
    assert [shape.unit for shape in found["site"]] == [
        Unit("site", site, name) for site, name in zip(layer["site"], layer["name"], strict=True)
    ]
    assert found["site"][0].area_m2 == pytest.approx(layer.area.iloc[0])
    nowhere = layer.set_geometry([shapely.Polygon(), *layer.geometry[1:]], crs=layer.crs)
    known = replace(known, held={"sites": nowhere, "site": None})
    assert len(units_of(known, frozenset(), lambda share, message: None)["site"]) == len(layer) - 1
