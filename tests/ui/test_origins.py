"""«Da dove viene?»: a number asked about by mouse or keys is explained, its pieces lit on the map, until Escape."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from geopandas import GeoDataFrame
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QLabel, QToolButton

from puc_tool.figures.pieces import CellAsked, FigureAsked, is_sum, pieces_of, value_of
from puc_tool.working.selection import Unit
from ui.map.lit import AROUND_M, LESS, lit, of_one_kind
from ui.map.renderer import CanvasRenderer, Content, Laid
from ui.panels.operand_link import OperandLink
from ui.tokens import LIGHT

EASTERN = Unit("neighbourhood", "L", "Levante")


@pytest.fixture
def ran(qtbot, window):
    window.desk.run()
    qtbot.waitUntil(lambda: window.has_results and not window.desk.jobs.running)
    return window


def asked(qtbot, window):
    qtbot.waitUntil(lambda: window.right.origins.now is not None and not window.desk.jobs.running)
    return window.right.origins.now.origin


def cell(window, row: str, column: str):
    """Return the place of a cell in the table as it is shown."""
    model, heads = window.results.table.model(), window.results.table.model_of_table.table.heads
    place = next(place for place, head in enumerate(heads) if head.id == column)
    return next(model.index(at, place) for at in range(model.rowCount()) if model.index(at, 0).data() == row)


def words(panel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel)]


def test_that_a_headline_figure_is_explained_with_its_pieces_lit_until_escape(qtbot, ran):
    figure = next(
        each for each in ran.results.headline.findChildren(QToolButton) if "Suolo consumato" in each.toolTip()
    )
    figure.click()
    origin = asked(qtbot, ran)
    assert origin.asked == FigureAsked("suolo_consumato_pct")
    assert ran.right.origin.isVisible()
    assert not ran.right.analysis.isVisible()
    # Ponente holds 100 cells of road, Levante 20 of building site: two pieces, 1,20 ha.
    assert origin.sum.total.it == "1,20\u202fha"
    assert origin.sum.closes is None
    assert "2 pezzi, accesi sulla mappa" in words(ran.right.origin)
    assert ran.map_view.shown_results[0].theme.id == "origin"
    ran.escape()
    assert ran.right.origins.now is None
    assert not ran.right.origin.isVisible()
    assert ran.right.analysis.isVisible()
    assert all(each.theme.id != "origin" for each in ran.map_view.shown_results)


def test_that_alt_enter_asks_about_the_cell_under_the_keyboard_and_escape_goes_back_to_it(qtbot, ran):
    table = ran.results.table
    table.setFocus()
    table.setCurrentIndex(cell(ran, "Levante", "consumed_pct"))
    qtbot.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    origin = asked(qtbot, ran)
    # 20 of 200 cells.
    assert (origin.of.it, origin.amount.it) == ("Levante", "10,0\u202f%")
    assert origin.rule.with_values.it == "100 × Suolo consumato 2.000\u202fm² / Superficie 20.000\u202fm²"
    ran.escape()
    assert ran.focusWidget() is table


def test_that_the_row_of_the_whole_study_can_be_asked_about(qtbot, ran):
    table = ran.results.table
    table.doubleClicked.emit(cell(ran, "Intero comune", "consumed_m2"))
    assert asked(qtbot, ran).asked == CellAsked("by_neighbourhood", None, "consumed_m2")
    assert ran.right.origins.now.origin.sum.closes


def test_that_a_bar_is_asked_about_by_a_double_click_and_by_keys(qtbot, ran):
    ran.resize(1600, 900)
    chart = ran.results.chart
    bar = chart.bars_in_view()[0]
    qtbot.mouseDClick(chart, Qt.MouseButton.LeftButton, pos=chart.rect().topLeft() + QPointF(30, 48).toPoint())
    first = asked(qtbot, ran)
    assert first.of.it == bar.name
    ran.escape()
    ran.session.select(bar.unit)
    qtbot.keyClick(chart, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert asked(qtbot, ran).asked == first.asked


def test_that_a_name_is_no_number_and_says_so(qtbot, ran):
    said = []
    ran.desk.said.connect(said.append)
    ran.results.table.doubleClicked.emit(cell(ran, "Levante", "name"))
    assert ran.right.origins.now is None
    assert said[-1].it == "Qui non c'è un numero da spiegare."


def test_that_a_figure_of_the_table_of_figures_without_pieces_names_its_data(qtbot, ran):
    ran.results.choose("figures")
    names = [figure.spec.id for figure in ran.session.results.figures]
    index = ran.results.table.sorted.mapFromSource(ran.results.table.model_of_table.index(names.index("meff_cut"), 1))
    ran.results.table.doubleClicked.emit(index)
    origin = asked(qtbot, ran)
    assert origin.sum is None
    assert any("macchie di suolo libero" in text for text in words(ran.right.origin))
    assert not ran.right.origin.map_button.isEnabled()


def test_that_what_a_number_is_worked_out_from_is_asked_about_in_its_turn_and_back(qtbot, ran):
    ran.right.origins.ask(FigureAsked("suolo_consumato_pct"))
    origin = asked(qtbot, ran)
    assert origin.rule.words.it == "100 × Suolo consumato / Superficie territoriale"
    panel = ran.right.origin
    assert not panel.back_button.isVisible()
    link = next(each for each in panel.findChildren(OperandLink) if "Suolo consumato" in each.accessibleName())
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: ran.right.origins.now.origin.asked == FigureAsked("suolo_consumato_ha"))
    assert panel.back_button.isVisible()
    panel.back_button.click()
    qtbot.waitUntil(lambda: ran.right.origins.now.origin.asked == FigureAsked("suolo_consumato_pct"))
    assert not panel.back_button.isVisible()


def test_that_everything_told_can_be_copied(qtbot, ran):
    ran.right.origins.ask(FigureAsked("suolo_consumato_ha"))
    asked(qtbot, ran)
    ran.right.origin.copy()
    text = QGuiApplication.clipboard().text()
    assert "2 pezzi, in tutto 1,20\u202fha" in text
    assert "suolo_2023.tif" in text


def test_that_other_results_put_the_lights_out(qtbot, ran):
    ran.right.origins.ask(FigureAsked("suolo_consumato_ha"))
    asked(qtbot, ran)
    ran.session.put(None)
    assert ran.right.origins.now is None
    assert not ran.right.origin.isVisible()


def test_that_the_map_goes_to_the_pieces(qtbot, ran):
    ran.right.origins.ask(CellAsked("by_neighbourhood", 1, "consumed_m2"))
    asked(qtbot, ran)
    ran.map_view.zoom(20.0)
    ran.right.origin.map_button.click()
    left, bottom, right, top = ran.map_view.view.bounds
    lit_left, lit_bottom, lit_right, lit_top = ran.right.origins.now.origin.sum.pieces.frame.total_bounds
    assert left <= lit_left <= lit_right <= right
    assert bottom <= lit_bottom <= lit_top <= top


def test_that_every_cell_that_has_pieces_is_their_sum(ran):
    results, found = ran.session.results, 0
    for table in results.tables:
        for row in range(len(table.frame)):
            for column in table.columns:
                asking = CellAsked(table.spec.id, row, column.id)
                pieces, value = pieces_of(results, asking), value_of(results, asking)
                if pieces is None or value is None or column.decimals is None:
                    continue
                is_share = column.id.endswith("_pct")
                amount = 100 * pieces.sum / pieces.whole_m2 if is_share else pieces.sum
                assert is_sum(value, amount, decimals=column.decimals), asking
                found += 1
    assert found > 30


def test_that_a_piece_of_which_more_counts_is_darker_and_what_takes_away_is_apart(ran):
    pieces = pieces_of(ran.session.results, FigureAsked("suolo_consumato_ha"))
    picture = lit(pieces).picture
    # Half of Ponente counts, a tenth of Levante: the second quarter and the first.
    assert [style.code for style in picture.classes] == ["1", "2"]
    pale, dark = (QColor(style.colour) for style in picture.classes)
    assert pale.lightness() > dark.lightness()
    content = Content(ran.map_view.scene.ground, (Laid("lit", picture),), borders=False)
    view = ran.map_view.view
    image = CanvasRenderer().render(content, view, LIGHT, 1.0, lambda: True)
    east = ran.map_view.scene.shape_of(EASTERN)
    shown = image.pixelColor(view.transform.map(QPointF(*east.point)).toPoint())
    assert shown.lightness() == pytest.approx(pale.lightness(), abs=12)
    taken = lit(replace(pieces, amounts=-pieces.amounts)).picture
    assert [style.code for style in taken.classes] == [LESS]


def test_that_points_among_polygons_are_lit_too():
    mixed = GeoDataFrame({"name": ["a", "b"]}, geometry=[shapely.Point(100, 100), shapely.box(0, 0, 10, 10)], crs=7791)
    found = of_one_kind(mixed)
    assert found.area.iloc[0] == pytest.approx(3.14 * AROUND_M**2, rel=0.01)
    assert found.area.iloc[1] == 100.0
    assert of_one_kind(mixed[:1]).geom_type.tolist() == ["Point"]


def choose_row(qtbot, window, table_id: str, row: int) -> None:
    window.results.choose(table_id)
    window.results.table.selectRow(row)
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=10_000)


def test_that_a_row_of_two_units_crossed_lights_the_ground_they_share(qtbot, ran):
    choose_row(qtbot, ran, "crossed", 1)
    (unit,) = ran.session.selection
    # The commune crossed with Ponente: half of the four hectares.
    assert ran.map_view.scene.shape_of(unit).area_m2 == pytest.approx(20_000.0)
    assert ran.furniture.chip.isVisible()
    ran.session.put(None)
    assert ran.map_view.scene.shape_of(unit) is None


def test_that_a_row_of_a_transition_lights_its_cells(qtbot, ran):
    table = ran.session.results.table("transition").frame
    place = list(zip(table["from_code"], table["to_code"], strict=True)).index(("202", "122"))
    ran.results.choose("transition")
    qtbot.waitUntil(lambda: "transition" in ran.map_view.scene.units, timeout=10_000)
    index = ran.results.table.sorted.mapFromSource(ran.results.table.model_of_table.index(place, 0))
    ran.results.table.selectRow(index.row())
    shape = ran.map_view.scene.shape_of(ran.session.selected)
    # Twenty cells of building site, two rows at the top of the eastern half.
    assert shape.area_m2 == pytest.approx(2_000.0)
    found = pieces_of(ran.session.results, CellAsked("transition", place, "area_m2"))
    assert found.sum == pytest.approx(2_000.0)


@pytest.mark.parametrize("table_id", ["path_2050"])
def test_that_a_row_without_a_place_says_why(qtbot, ran, table_id):
    said = []
    ran.desk.said.connect(said.append)
    choose_row(qtbot, ran, table_id, 0)
    assert said[-1] == ran.session.results.table(table_id).spec.no_pieces
