"""Item models: Qt's own tester, and what they say."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from PySide6.QtCore import Qt

from analyses.gardens.tables import SITES
from analyses.result import Figure, FigureSpec, Table
from analyses.soil.tables import BY_UNIT
from analyses.soil_consumption import SOIL_CONSUMPTION
from layers.text import Text
from puc_tool.figures.found_results import Results
from puc_tool.working.selection import Unit
from ui.map.scene import open_all
from ui.panels import table_filter
from ui.panels.layer_data import AMOUNT_ROLE
from ui.panels.layer_groups import BY_THEME
from ui.panels.layer_model import LayerModel
from ui.panels.result_model import ResultModel, Sorted
from ui.panels.shown_table import choices, shown


def frame(*rows: tuple[str, str, float, float, float]) -> pd.DataFrame:
    columns = ["code", "name", "area_m2", "consumed_m2", "net_m2"]
    made = pd.DataFrame(rows, columns=columns)
    made.insert(4, "consumed_pct", 100.0 * made["consumed_m2"] / made["area_m2"])
    return made


@pytest.fixture
def results() -> Results:
    parts = frame(("P", "Ponente", 20_000.0, 10_000.0, -500.0), ("L", "Levante", 30_000.0, 25_000.0, 1_700.0))
    whole = frame(("1", "Borgo", 50_000.0, 35_000.0, 1_200.0))
    lonely = FigureSpec("x", Text("Cifra", "Figure"), "ha", 1, "how it is made")
    return Results(
        SOIL_CONSUMPTION,
        (Figure(lonely, 1484.56), Figure(replace(lonely, id="y"), None, Text("manca", "missing"))),
        (Table(BY_UNIT["commune"], whole), Table(BY_UNIT["neighbourhood"], parts)),
        (2012, 2023),
    )


def texts(model, column: int) -> list[str]:
    return [model.index(row, column).data() for row in range(model.rowCount())]


@pytest.fixture
def table(results, qapp) -> ResultModel:
    model = ResultModel()
    model.show(shown(results, "by_neighbourhood", "it"))
    return model


def test_that_the_table_of_results_and_its_order_obey_qt(qtmodeltester, table):
    qtmodeltester.check(table)
    qtmodeltester.check(Sorted(table))


def test_that_the_table_obeys_qt_while_rows_are_filtered_and_sorted(qtmodeltester, table):
    ordered = Sorted(table)
    qtmodeltester.check(ordered)
    for typed in ("pon", "> 1", "", "lev", "zzz", ""):
        ordered.keep(table_filter.read(typed))
        ordered.sort(1, Qt.SortOrder.DescendingOrder)
        qtmodeltester.check(ordered)
    assert ordered.source_rows == [0, 2, 1]


def test_that_areas_are_read_in_ha_with_the_italian_comma_and_a_balance_has_its_sign(table):
    # 50.000, 20.000, 30.000 m² are 5, 2, 3 ha; under 10 ha there are two decimals; −500 m² are −0,05 ha.
    assert texts(table, 1) == ["5,00", "2,00", "3,00"]
    assert texts(table, 3) == ["70,0", "50,0", "83,3"]
    assert texts(table, 4) == ["+0,12", "−0,05", "+0,17"]


def test_that_the_sum_of_small_parts_keeps_their_decimals(results):
    # 6 and 7,5 ha have two decimals, so their sum of 13,5 ha has them too, though it is over 10.
    parts = frame(("P", "Ponente", 60_000.0, 0.0, 0.0), ("L", "Levante", 75_000.0, 0.0, 0.0))
    whole = frame(("1", "Borgo", 135_000.0, 0.0, 0.0))
    small = replace(results, tables=(Table(BY_UNIT["commune"], whole), Table(BY_UNIT["neighbourhood"], parts)))
    rows = shown(small, "by_neighbourhood", "it").rows
    assert [row.cells[1] for row in rows] == ["13,50", "6,00", "7,50"]


def test_that_the_unit_stands_once_in_the_head(table):
    heads = [table.headerData(column, Qt.Orientation.Horizontal) for column in range(table.columnCount())]
    assert heads == ["Nome", "Superficie ha", "Suolo consumato ha", "Suolo consumato %", "Consumo netto ha"]


def test_that_numbers_stand_right_and_names_left(table):
    aligned = [table.index(0, column).data(Qt.ItemDataRole.TextAlignmentRole) for column in (0, 1)]
    assert [bool(each & Qt.AlignmentFlag.AlignRight) for each in aligned] == [False, True]


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (Qt.SortOrder.AscendingOrder, ["Intero comune", "Ponente", "Levante"]),
        (Qt.SortOrder.DescendingOrder, ["Intero comune", "Levante", "Ponente"]),
    ],
)
def test_that_the_whole_commune_stays_first_in_every_order(table, order, names):
    ordered = Sorted(table)
    ordered.sort(1, order)
    assert texts(ordered, 0) == names


def test_that_the_row_of_the_whole_commune_is_no_unit(table):
    assert [table.unit(row) for row in range(3)] == [
        None, Unit("neighbourhood", "P", "Ponente"), Unit("neighbourhood", "L", "Levante"),
    ]  # fmt: skip


def test_that_the_tables_are_offered_by_unit_first_and_the_figures_last(results):
    # One commune is the first row of every other table, so it has none of its own.
    assert [table_id for table_id, _ in choices(results)] == ["by_neighbourhood", "figures"]
    alone = replace(results, tables=results.tables[:1])
    assert [table_id for table_id, _ in choices(alone)] == ["by_commune", "figures"]


def test_that_a_figure_without_value_says_why(results):
    rows = shown(results, "figures", "it").rows
    assert [row.cells[1] for row in rows] == ["1.484,6", "n.d."]
    assert rows[1].cells[3] == "manca"


def test_that_english_numbers_have_the_english_point(results):
    assert shown(results, "figures", "en").rows[0].cells[1] == "1,484.6"


def test_that_the_tree_of_layers_obeys_qt_before_while_and_after_layers_are_added(qtmodeltester, session, qapp):
    model = LayerModel(session, "it")
    # The tester stays connected: every row that is added is checked as it comes.
    qtmodeltester.check(model)
    opened = open_all(session, lambda share, message: None)
    model.show_scene(opened.scene)
    for intake in opened.intakes:
        session.add(intake)
    qtmodeltester.check(model)
    layers = [model.rowCount(model.index(1 + group, 0)) for group in range(len(BY_THEME.groups))]
    assert layers == [2, 2, 0, 0, 0]


def test_that_the_legend_names_the_classes_that_occur(session, qapp):
    model = LayerModel(session, "it")
    opened = open_all(session, lambda share, message: None)
    model.show_scene(opened.scene)
    for intake in opened.intakes:
        session.add(intake)
    soil = model.index(0, 0, model.index(2, 0))
    assert soil.data(AMOUNT_ROLE) == "2023"
    assert [model.index(row, 0, soil).data() for row in range(model.rowCount(soil))] == [
        "Consumato permanente", "Consumato reversibile", "Superfici particolari",
    ]  # fmt: skip


def test_that_the_eye_changes_the_session_and_the_session_the_eye(session, qapp, qtbot):
    model = LayerModel(session, "it")
    for intake in session.read_layers():
        session.add(intake)
    boundary = model.index(0, 0, model.index(1, 0))
    with qtbot.waitSignal(model.dataChanged):
        model.setData(boundary, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert not session.entries[0].is_visible
    session.show(0, True)
    assert boundary.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked


def test_that_a_score_is_read_with_three_decimals_though_its_file_keeps_six(results):
    sites = pd.DataFrame({"site": ["S1", "S2"], "score": [0.906249, 0.0625]})
    rows = shown(replace(results, tables=(Table(SITES, sites),)), "sites", "it")
    assert [row.cells for row in rows.rows] == [("S1", "0,906"), ("S2", "0,062")]
