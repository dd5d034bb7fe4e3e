"""The table: search, filter, statistics, hidden columns, copying, saving rows."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator

import geopandas
import pyogrio
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QItemSelectionModel, QPointF, Qt
from PySide6.QtWidgets import QApplication

from puc_tool.working.selection import Unit
from puc_tool.working.selection_export import FORMATS, short_names
from ui.panels import table_filter, table_statistics
from ui.panels.shown_table import Head, Row, ShownTable
from ui.panels.spreadsheet import as_text

WESTERN, EASTERN = Unit("neighbourhood", "P", "Ponente"), Unit("neighbourhood", "L", "Levante")
HEADS = (
    Head("Nome", "", False, id="name"),
    Head("Superficie", "ha", True, id="area_m2", divisor=10_000.0, decimals=1),
    Head("Quota", "%", True, id="part_pct", decimals=1),
)


def row(name: str, area_m2: float, share: float) -> Row:
    return Row((name, f"{area_m2 / 10_000:.1f}", f"{share:.1f}"), (name, area_m2, share), ("", "", ""))


TABLE = ShownTable(
    HEADS, (row("Città è", 12_345_678.0, -0.05), row("=SOMMA(A1)", 10_000.0, math.nan), row("Pitelli", 25_000.0, 50.0))
)


def kept(typed: str, column: int = 1) -> list[str]:
    wanted = table_filter.read(typed)
    return [each.cells[0] for each in TABLE.rows if wanted.keeps(TABLE, each, column)]


def test_that_numbers_are_copied_plain_whole_and_with_the_comma_so_that_a_spreadsheet_adds_them_up():
    # 12.345.678 m² are 1.234,5678 ha: no thousands point, no rounding, no typographic minus.
    assert as_text(TABLE, (0, 1), (0, 1, 2), "it").split("\n") == [
        "Nome\tSuperficie (ha)\tQuota (%)", "Città è\t1234,5678\t-0,05", "'=SOMMA(A1)\t1\t",
    ]  # fmt: skip
    assert as_text(TABLE, (0,), (1,), "en").split("\n")[1] == "1234.5678"


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", ["Città è", "=SOMMA(A1)", "Pitelli"]),
        ("citta", ["Città è"]),
        ("IT", ["Città è", "Pitelli"]),
        ("it pi", ["Pitelli"]),
        ("> 1", ["Città è", "Pitelli"]),
        (">= 1 <=2,5", ["=SOMMA(A1)", "Pitelli"]),
        ("> 1.234", ["Città è"]),
        ("> 1.234,6", []),
        ("= 2,5", ["Pitelli"]),
        ("it < 3", ["Pitelli"]),
        (">", ["Città è", "=SOMMA(A1)", "Pitelli"]),
        ("xyz", []),
    ],
)
def test_that_rows_are_kept_by_words_without_accents_and_by_bounds_of_the_sorted_column(typed, names):
    assert kept(typed) == names


def test_that_a_bound_keeps_no_row_without_a_number_or_of_a_column_of_words():
    assert kept("< 100", 2) == ["Città è", "Pitelli"]
    assert kept("> 0", 0) == []
    assert kept("> 0", -1) == []


def test_that_the_selection_is_summed_but_shares_are_not():
    # 1 + 2,5 = 3,5 ha.
    said = table_statistics.told(TABLE, (1, 2), 1)
    assert said.it == "2 righe · Superficie ha: somma 3,5, media 1,8, da 1,0 a 2,5"
    assert table_statistics.told(TABLE, (0, 1, 2), 2).en == "3 rows · Quota %: mean 25.0, from −0.1 to 50.0"
    assert table_statistics.told(TABLE, (0, 1), 0).it == "2 righe"
    assert table_statistics.told(TABLE, (1,), 1).it == ""


@pytest.fixture
def ran(qtbot, window) -> Iterator:
    window.desk.run()
    qtbot.waitUntil(lambda: window.has_results and not window.desk.jobs.running)
    return window


def names_of(window) -> list[str]:
    view = window.results.table
    return [view.model().index(place, 0).data() for place in range(view.model().rowCount())]


def chosen(window) -> set[str]:
    return {str(index.data()) for index in window.results.table.selectionModel().selectedRows(0)}


def test_that_rows_bars_and_map_are_one_selection_of_many(qtbot, ran):
    ran.session.select_all((WESTERN, EASTERN))
    assert chosen(ran) == {"Ponente", "Levante"}
    assert ran.session.selected == EASTERN
    assert ran.furniture.chip._name.text() == "Levante e un'altra"
    ran.session.select_also(EASTERN)
    assert (chosen(ran), ran.session.selected) == ({"Ponente"}, WESTERN)
    map_view = ran.map_view
    place = map_view.view.transform.map(QPointF(*map_view.scene.shape_of(EASTERN).point)).toPoint()
    qtbot.mouseClick(map_view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place)
    assert chosen(ran) == {"Ponente", "Levante"}


def test_that_two_rows_chosen_in_the_table_are_chosen_everywhere(ran):
    view = ran.results.table
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for place, name in enumerate(names_of(ran)):
        if name != "Intero comune":
            view.selectionModel().select(view.model().index(place, 0), flags)
    assert set(ran.session.selection) == {WESTERN, EASTERN}
    assert ran.results.foot.said().startswith("2 righe · Suolo consumato %")


def test_that_a_search_hides_rows_and_the_total_but_keeps_the_selection(ran):
    ran.session.select(WESTERN)
    ran.results.foot.search.setText("lev")
    assert names_of(ran) == ["Levante"]
    assert ran.results.foot.said() == "righe: 1 di 2"
    assert ran.session.selection == (WESTERN,)
    ran.results.foot.search.clear()
    assert names_of(ran)[0] == "Intero comune"
    assert chosen(ran) == {"Ponente"}


def test_that_escape_empties_the_search_before_it_lets_the_selection_go(qtbot, ran):
    ran.activateWindow()
    qtbot.waitUntil(ran.isActiveWindow)
    ran.session.select(WESTERN)
    ran.search()
    qtbot.keyClicks(ran.results.foot.search, "lev")
    qtbot.keyClick(ran.results.foot.search, Qt.Key.Key_Escape)
    assert (ran.results.foot.search.text(), ran.session.selected) == ("", WESTERN)
    qtbot.keyClick(ran.results.foot.search, Qt.Key.Key_Escape)
    assert ran.session.selected is None


def test_that_a_hidden_column_is_a_step_and_is_not_copied(ran):
    view = ran.results.table
    heads = [head.label for head in view.model_of_table.table.heads]
    action = next(each for each in ran.results.column_menu(1).actions() if each.text() == "Nascondi colonna Superficie")
    action.trigger()
    assert view.isColumnHidden(heads.index("Superficie"))
    assert "Superficie (ha)" not in view.as_text()
    assert ran.session.history.next_undo.it == "Nascondi colonna Superficie"
    ran.undo()
    assert not view.isColumnHidden(heads.index("Superficie"))


def test_that_the_chosen_row_is_copied_under_its_head(ran):
    ran.session.select(EASTERN)
    ran.results.table.copy()
    lines = QApplication.clipboard().text().split("\n")
    assert lines[0].startswith("Nome\tSuperficie (ha)\tSuolo consumato (ha)")
    # 100 × 200 m are 2 ha; 20 cells of 100 m² are 0,2 ha.
    assert lines[1].startswith("Levante\t2\t0,2")
    assert len(lines) == 2


@pytest.mark.parametrize("suffix", list(FORMATS))
def test_that_chosen_rows_are_saved_in_every_format(qtbot, ran, tmp_path, suffix):
    told = []
    ran.desk.said.connect(told.append)
    ran.session.select(EASTERN)
    path = tmp_path / f"scelte.{suffix}"
    ran.results.foot.save(path)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].it.startswith(f"Scritte in scelte.{suffix}: 1 riga.")
    if suffix == "csv":
        with path.open(encoding="utf-8") as file:
            assert [each["name"] for each in csv.DictReader(file)] == ["Levante"]
    elif suffix == "xlsx":
        assert [cells[1].value for cells in load_workbook(path).active.iter_rows()][-1] == "Levante"
    else:
        found = geopandas.read_file(path)
        metric = found.to_crs(3035) if suffix == "kml" else found
        area_m2 = metric.polygonize().area.sum() if suffix == "dxf" else metric.area.sum()
        assert area_m2 == pytest.approx(20_000.0, rel=1e-4)
        assert "Levante" in found.to_csv()
    assert not [each for each in tmp_path.iterdir() if ".part" in each.name]


def test_that_a_shapefile_s_shortened_names_are_told(qtbot, ran, tmp_path):
    told = []
    ran.desk.said.connect(told.append)
    ran.session.select(EASTERN)
    ran.results.foot.save(tmp_path / "scelte.shp")
    qtbot.waitUntil(lambda: bool(told))
    assert "consumed_pct → consumed_p" in told[0].it
    assert "consumed_p" in pyogrio.read_info(tmp_path / "scelte.shp")["fields"]


def test_that_names_cut_to_the_same_ten_letters_stay_apart():
    names = ["reversible_m2", "reversible_pct", "reversible", "code"]
    assert short_names(names) == {
        "reversible_m2": "reversibl2", "reversible_pct": "reversibl3", "reversible": "reversible", "code": "code",
    }  # fmt: skip


def test_that_a_name_without_a_format_is_refused_with_the_formats_there_are(qtbot, ran, tmp_path):
    told = []
    ran.desk.said.connect(told.append)
    ran.session.select(EASTERN)
    ran.results.foot.save(tmp_path / "scelte.doc")
    qtbot.waitUntil(lambda: bool(told))
    assert ".gpkg, .shp, .csv, .xlsx, .dxf, .kml" in told[0].it
    assert list(tmp_path.glob("scelte*")) == []
