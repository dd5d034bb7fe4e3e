"""Work on the map: choosing by box, polygon and condition, identifying, bookmarks, comparing, printing, the scale."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QPainter

from puc_tool.printing.view_sheet import scale_for
from puc_tool.working import bookmarks, view
from tests.ui.conftest import SOUTH, WEST
from ui.map.sides import themes

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def at(window):
    """Return the pixel of a place, in metres from the south-western corner of the borough."""

    def at(east, north):
        point = window.map_view.view.transform.map(WEST + east, SOUTH + north)
        return QPoint(round(point[0]), round(point[1]))

    return at


def act(window, name):
    window.actions_by_id[name].trigger()


def click(qtbot, window, *pixels):
    for pixel in pixels:
        qtbot.mouseMove(window.map_view, pixel)
        qtbot.mouseClick(window.map_view, LEFT, pos=pixel)


def names(window):
    return sorted(unit.name for unit in window.session.selection)


@pytest.fixture
def ran(qtbot, window):
    window.run()
    qtbot.waitUntil(lambda: window.has_results and not window.desk.jobs.running)
    return window


def test_that_a_box_selects_every_unit_it_covers(qtbot, window, at):
    act(window, "map.box")
    click(qtbot, window, at(20, 20), at(60, 60))
    assert names(window) == ["Ponente"]
    click(qtbot, window, at(60, 20), at(140, 60))
    assert names(window) == ["Levante", "Ponente"]
    # 100 m × 200 m each.
    assert window.status._said._whole == "Unità scelte: 2 (4,00\u202fha)."


def test_that_a_box_over_nothing_selects_nothing_and_says_so(qtbot, window, at):
    act(window, "map.box")
    click(qtbot, window, at(60, 205), at(140, 210))
    assert names(window) == []
    assert window.status._said._whole == "Nessuna unità qui."


def test_that_a_polygon_selects_when_it_is_closed(qtbot, window, at):
    act(window, "map.polygon")
    corners = (at(110, 20), at(190, 20), at(190, 100))
    click(qtbot, window, *corners)
    qtbot.mouseDClick(window.map_view, LEFT, pos=corners[-1])
    assert names(window) == ["Levante"]


def test_that_without_units_in_view_the_box_says_what_to_show(qtbot, window, at):
    row = next(row for row, each in enumerate(window.session.entries) if each.ref.role == "neighbourhoods")
    window.session.show(row, False)
    act(window, "map.box")
    click(qtbot, window, at(20, 20), at(60, 60))
    assert window.status._said._whole.startswith("Mostrare quartieri")


def test_that_a_condition_tells_how_many_rows_it_keeps_and_selects_them(qtbot, ran):
    act(ran, "map.expression")
    panel = ran.right.side.expression
    assert panel.isVisible()
    assert not ran.right.analysis.isVisible()
    panel.line.setText("nome contiene leva")
    qtbot.waitUntil(panel.select_button.isEnabled)
    qtbot.keyClick(panel.line, Qt.Key.Key_Return)
    assert names(ran) == ["Levante"]
    # Levante has 0,20 ha of building site, Ponente 1,00 ha of road.
    panel.line.setText("suolo consumato ha > 0,5")
    panel.select()
    assert names(ran) == ["Ponente"]


def test_that_a_condition_that_is_not_understood_is_a_card_and_selects_nothing(qtbot, ran):
    act(ran, "map.expression")
    panel = ran.right.side.expression
    panel.line.setText("superfice >")
    panel.select()
    assert names(ran) == []
    assert "Superficie" in panel._said.itemAt(0).widget().accessibleName()
    assert not panel.select_button.isEnabled()


def test_that_features_of_every_visible_layer_are_identified(qtbot, window, at):
    act(window, "map.identify")
    click(qtbot, window, at(50, 50))
    panel = window.right.side.features
    qtbot.waitUntil(panel.isVisible)
    told = "\n".join(panel.lines())
    assert "Ponente" in told
    assert "112 · Consumato permanente" in told
    panel.copy()
    assert QGuiApplication.clipboard().text() == told
    assert window.session.selected is None, "a tool in hand selects nothing"
    assert not window.map_view.grab().isNull()


def test_that_escape_puts_the_tool_down_and_the_side_away(qtbot, window, at):
    act(window, "map.identify")
    click(qtbot, window, at(50, 50))
    qtbot.waitUntil(window.right.side.isVisible)
    qtbot.waitUntil(lambda: not window.desk.jobs.running)
    window.escape()
    assert window.map_view.tool is None
    assert not window.right.side.isVisible()
    assert window.right.analysis.isVisible()


def test_that_the_tool_in_hand_is_marked_at_the_left_of_the_map(window):
    buttons = window.tool_bar.buttons
    assert buttons["map.none"].isChecked()
    buttons["map.length"].click()
    assert [name for name, button in buttons.items() if button.isChecked()] == ["map.length"]
    window.escape()
    assert [name for name, button in buttons.items() if button.isChecked()] == ["map.none"]


def test_that_a_bookmark_is_kept_undone_and_gone_to(window, monkeypatch):
    window.map_view.zoom(4)
    kept = window.map_view.view
    monkeypatch.setattr("ui.map_work.asked_words", lambda *_: "Vicino")
    act(window, "map.bookmark")
    window.map_view.fit()
    (bookmark,) = bookmarks.bookmarks(window.session.history)
    window.work.go_to(bookmark)
    assert (window.map_view.view.x, window.map_view.view.metres) == pytest.approx((kept.x, kept.metres))
    window.undo()
    assert bookmarks.bookmarks(window.session.history) == ()
    window.redo()
    view.save(window.session.history.state, window.session.study.folder)
    assert "Vicino" in (window.session.study.folder / view.FILE).read_text(encoding="utf-8")


def test_that_the_menu_of_bookmarks_goes_and_removes(window):
    for name in ("Uno", "Due & tre"):
        bookmarks.keep(window.session.history, bookmarks.Bookmark(name, WEST + 50, SOUTH + 50, 0.2))
    menu = window.work.bookmarks_menu
    menu.aboutToShow.emit()
    titles = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert titles == ["Aggiungi segnalibro…", "Due && tre", "Uno", "Togli"]
    menu.actions()[3].trigger()
    assert window.map_view.view.x == pytest.approx(WEST + 50, abs=60)
    menu.actions()[-1].menu().actions()[0].trigger()
    assert [each.name for each in bookmarks.bookmarks(window.session.history)] == ["Uno"]


def test_that_two_years_are_compared_first_and_move_as_one(qtbot, window):
    act(window, "map.curtain")
    comparison = window.work.comparison
    assert comparison.is_on
    offered = [each.title.it for each in themes(window.session, window.map_view)]
    left, right = (offered[place] for place in comparison.bar.pair)
    assert (left[-4:], right[-4:]) == ("2012", "2023")
    comparison.beside.zoom(2)
    assert comparison.beside.view == window.map_view.view
    window.map_view.go_to(WEST + 60, SOUTH + 60)
    assert comparison.beside.view == window.map_view.view


def test_that_side_by_side_the_maps_share_middle_and_scale(window):
    act(window, "map.beside")
    one, other = window.map_view, window.work.comparison.beside
    one.zoom(3)
    assert (one.view.x, one.view.y, one.view.metres) == pytest.approx((other.view.x, other.view.y, other.view.metres))
    assert abs(one.width() - other.width()) <= 2


def test_that_who_looked_at_everything_goes_on_to_side_by_side(qtbot, window):
    window.fit()
    act(window, "map.beside")
    qtbot.waitUntil(lambda: window.map_view.width() < window.width() / 2)
    left, _, right, _ = window.map_view.view.bounds
    assert left < WEST
    assert right > WEST + 200
    assert window.map_view.is_fitted


def test_that_each_side_shows_its_own_theme_alone(window):
    act(window, "map.curtain")
    comparison = window.work.comparison
    offered = themes(window.session, window.map_view)
    left, right = (offered[place].laid for place in comparison.bar.pair)
    content = window.map_view._shown.content
    seen = [view_._change(content).pictures for view_ in (window.map_view, comparison.beside)]
    assert [left in one for one in seen] == [True, False]
    assert [right in one for one in seen] == [False, True]


def test_that_the_other_way_of_comparing_keeps_the_themes_though_the_layers_were_moved(window):
    act(window, "map.curtain")
    comparison = window.work.comparison
    before = [comparison._offered[place].title.it for place in comparison.bar.pair]
    window.layers.tree.move_by(1)
    comparison.turn()
    assert [comparison._offered[place].title.it for place in comparison.bar.pair] == before


def test_that_the_other_way_of_comparing_does_without_a_theme_that_is_gone(window):
    act(window, "map.curtain")
    comparison, tree = window.work.comparison, window.layers.tree
    comparison.bar.left.setCurrentIndex(comparison.bar.left.count() - 1)
    comparison._pick(*comparison.bar.pair)
    tree.setCurrentIndex(tree.model_of_layers.of_entry(len(window.session.entries) - 1))
    tree.remove()
    offered = themes(window.session, window.map_view)
    assert len(offered) < comparison.bar.left.count()
    comparison.turn()
    assert comparison.is_on == (len(offered) > 1)
    assert comparison.bar.left.count() == len(offered)


def test_that_the_curtain_is_drawn_by_mouse_and_keys(qtbot, window):
    act(window, "map.curtain")
    curtain, comparison = window.work.comparison.curtain, window.work.comparison
    qtbot.keyClick(curtain, Qt.Key.Key_Right)
    assert comparison.share == pytest.approx(0.52, abs=0.01)
    middle = QPoint(curtain.width() // 2, curtain.height() // 2)
    qtbot.mousePress(curtain, LEFT, pos=middle)
    qtbot.mouseMove(curtain, QPoint(middle.x() - 100, middle.y()))
    qtbot.mouseRelease(curtain, LEFT)
    assert comparison.share < 0.5
    comparison.draw_to(7.0)
    assert comparison.share < 1.0


def test_that_escape_ends_the_comparison_and_the_map_shows_what_the_layers_say(window):
    act(window, "map.curtain")
    act(window, "map.beside")
    window.escape()
    assert not window.work.comparison.is_on
    assert window.map_view._change is None
    act(window, "map.beside")
    act(window, "map.beside")
    assert not window.work.comparison.is_on, "asked again, the map is alone"


def test_that_the_view_is_printed_in_two_clicks(qtbot, window):
    window.tool_bar.buttons["map.print"].click()
    panel = window.right.side.printing
    assert panel.isVisible()
    with qtbot.waitSignal(window.desk.jobs.ended):
        panel.print_button.click()
    (written,) = window.session.study.export.glob("vista_*.pdf")
    assert written.read_bytes().startswith(b"%PDF")
    assert window.status._said._whole.startswith("Scritto: vista_")


def test_that_two_maps_compared_are_printed_as_they_are_seen(qtbot, window):
    act(window, "map.curtain")
    comparison = window.work.comparison
    comparison.draw_to(0.25)
    shown = window.work.shown()
    left, _, right, _ = window.map_view.view.bounds
    assert shown.against.curtain_x == pytest.approx(left + (right - left) / 4)
    assert [name.it for name in shown.against.names] == [plate.name for plate in comparison.names.plates]
    for view_, printed in zip((window.map_view, comparison.beside), shown.both, strict=True):
        assert [each.picture for each in printed] == [each.picture for each in view_.content.pictures]
    act(window, "map.beside")
    assert window.work.shown().is_beside
    window.tool_bar.buttons["map.print"].click()
    with qtbot.waitSignal(window.desk.jobs.ended, timeout=60_000):
        window.right.side.printing.print_button.click()
    (written,) = window.session.study.export.glob("confronto_*.pdf")
    assert written.read_bytes().startswith(b"%PDF")


def test_that_only_scales_are_offered_at_which_all_that_is_seen_finds_room(window):
    window.tool_bar.buttons["map.print"].click()
    panel = window.right.side.printing
    first = panel.scale.itemData(0)
    assert first == scale_for(window.map_view.view.bounds, "A3")
    assert panel.scale.currentIndex() == 0
    panel.scale.setCurrentIndex(2)
    chosen = panel.scale.currentData()
    window.map_view.zoom(4)
    assert panel.scale.itemData(0) < first
    assert panel.scale.currentData() == chosen
    before = panel.scale.itemData(0)
    act(window, "map.beside")
    assert panel.scale.itemData(0) >= before, "two maps share the paper's width"


def test_that_the_second_map_says_what_it_waits_for_while_it_is_blank(qtbot, window, monkeypatch):
    act(window, "map.beside")
    beside = window.work.comparison.beside
    said = []
    draw = QPainter.drawText
    monkeypatch.setattr(QPainter, "drawText", lambda self, *asked: (said.append(asked[-1]), draw(self, *asked))[1])
    assert beside.is_awaited
    beside.grab()
    name = window.work.comparison.called[1].it
    assert said == [f"Disegno «{name}»…"]
    qtbot.waitUntil(lambda: not beside.is_awaited, timeout=20_000)
    said.clear()
    beside.grab()
    assert not any("Disegno" in str(words) for words in said)


@pytest.mark.parametrize("words", ["1:1.000", "1000", "1/1,000"])
def test_that_a_scale_typed_into_the_status_line_is_looked_at(qtbot, window, words):
    act(window, "map.scale")
    window.status.scale.setText(words)
    qtbot.keyClick(window.status.scale, Qt.Key.Key_Return)
    assert window.status.scale.text() == "1:1.000"
    dots = window.status.physicalDpiX() / 0.0254
    assert window.map_view.view.metres * dots == pytest.approx(1000, rel=0.01)


def test_that_a_scale_beyond_the_ground_is_told(qtbot, window):
    window.status.scale.setText("1:500.000")
    qtbot.keyClick(window.status.scale, Qt.Key.Key_Return)
    assert window.status._said._whole.startswith("La mappa non va oltre 1:")


def test_that_words_that_are_no_scale_are_told_and_the_scale_stands_again(qtbot, window):
    before = window.status.scale.text()
    window.status.scale.setText("grande")
    qtbot.keyClick(window.status.scale, Qt.Key.Key_Return)
    assert window.status.scale.text() == before
    assert "1:10.000" in window.status._said._whole


def test_that_tools_of_the_map_rest_while_sheets_are_looked_at(window):
    act(window, "view.sheets")
    act(window, "map.box")
    assert window.map_view.tool is None


def test_that_the_map_is_described_in_words_for_who_does_not_see_it(window):
    window.session.select(next(unit for unit in (shape.unit for shape in window.map_view.units)))
    act(window, "map.summary")
    said = window.map_view.accessibleDescription()
    assert said.startswith("La mappa mostra ")
    assert "Selezione: " in said
    assert window.status._said._whole == said
