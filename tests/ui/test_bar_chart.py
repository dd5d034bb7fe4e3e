"""Bars beside the table."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from puc_tool.working.selection import Unit
from ui.panels.bar_chart import BarChart, Bars, bars_of
from ui.panels.shown_table import Head, Row, ShownTable
from ui.tokens import BAR_ROW_H, HEAD_H

UNITS = tuple(Unit("neighbourhood", code, code) for code in "ABCD")


def row(unit: Unit | None, value: float) -> Row:
    return Row((unit.name if unit else "all", "1", str(value)), ("x", 1.0, value), ("", "", ""), unit)


TABLE = ShownTable(
    (Head("Nome", "", False), Head("Superficie", "ha", True), Head("Netto", "ha", True)),
    (row(None, 99.0), row(UNITS[0], 1.0), row(UNITS[1], -2.0), row(UNITS[2], 3.0), row(UNITS[3], 0.0)),
    has_total=True,
)


def test_that_the_bars_are_the_last_number_of_each_unit_largest_first():
    bars = bars_of(TABLE)
    assert (bars.title, bars.measure) == ("Netto", "ha")
    assert [(bar.name, bar.value) for bar in bars.bars] == [("C", 3.0), ("A", 1.0), ("D", 0.0), ("B", -2.0)]


def test_that_a_table_without_units_has_no_bars():
    assert bars_of(ShownTable(TABLE.heads, TABLE.rows[:1])) == Bars()


def test_that_a_row_whose_number_is_missing_has_no_bar_and_the_others_can_be_painted(qtbot, session, look):
    rows = (*TABLE.rows, row(UNITS[0], float("nan")))
    chart = BarChart(session, look)
    qtbot.addWidget(chart)
    chart.resize(220, HEAD_H + 9 * BAR_ROW_H)
    chart.show_bars(bars_of(ShownTable(TABLE.heads, rows, has_total=True)))
    assert [bar.value for bar in chart.bars_in_view()] == [3.0, 1.0, 0.0, -2.0]
    assert not chart.grab().isNull()


@pytest.fixture
def chart(qtbot, session, look) -> BarChart:
    made = BarChart(session, look)
    qtbot.addWidget(made)
    made.resize(220, HEAD_H + 3 * BAR_ROW_H)  # the last row is not whole: there is room for two
    made.show_bars(bars_of(TABLE))
    return made


def test_that_the_selected_bar_is_shown_even_where_there_is_no_room_for_all(chart, session):
    assert [bar.name for bar in chart.bars_in_view()] == ["C", "A"]
    session.select(UNITS[1])
    assert [bar.name for bar in chart.bars_in_view()] == ["C", "B"]


def test_that_a_click_on_a_bar_selects_its_unit(qtbot, chart, session):
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(100, HEAD_H + BAR_ROW_H + BAR_ROW_H // 2))
    assert session.selected == UNITS[0]


def test_that_a_chart_of_gains_losses_or_nothing_can_be_painted(chart, session):
    session.select(UNITS[1])
    assert not chart.grab().isNull()
    chart.show_bars(Bars())
    assert not chart.grab().isNull()


def test_that_a_bar_is_called_by_the_first_words_of_its_row_not_by_its_rank():
    table = ShownTable(
        (Head("Posto", "", True), Head("Sito", "", False), Head("Residenti", "ab", True)),
        (Row(("1", "S1", "8"), (1.0, "s1", 8.0), ("", "", ""), UNITS[0]),),
    )
    assert [bar.name for bar in bars_of(table).bars] == ["S1"]
    assert not bars_of(table).tells_rows


def test_that_bars_of_a_unit_with_several_rows_say_which_row_each_is():
    heads = (Head("Nome", "", False), Head("Classe", "", False), Head("Edifici", "", True))
    unit = Unit("neighbourhood", "Q1", "Canaletto")
    rows = tuple(Row(("Canaletto", each, "9"), ("canaletto", each, 9.0), ("",) * 3, unit) for each in ("P3", "P2"))
    bars = bars_of(ShownTable(heads, rows))
    assert [bar.name for bar in bars.bars] == ["Canaletto · P3", "Canaletto · P2"]
    assert bars.tells_rows
