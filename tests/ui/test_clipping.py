"""No words end before their place does: every panel and dialog, in both languages, on a small and a large screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QLabel,
    QMenuBar,
    QPushButton,
    QToolButton,
    QWidget,
)

from layers.problems import Problem
from layers.text import Text
from ui import errors
from ui.main_window import MainWindow
from ui.panels.operand_link import OperandLink
from ui.parts import Elided
from ui.segments import Segments
from ui.start_page import StartPage

SIZES = [(1280, 800), (2560, 1440)]


def clipped(within: QWidget) -> list[str]:
    """Return the words that are cut: wider or higher than the widget that says them, or than the panel it stands in."""
    every = [each for each in within.findChildren(QWidget) if each.isVisibleTo(within) and not each.isWindow()]
    return [f"{type(each).__name__} {_words(each)!r} {each.size().toTuple()}" for each in every if _is_cut(each)]


def _words(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def _is_cut(widget: QWidget) -> bool:
    if not _words(widget) or isinstance(widget, Elided):  # a name may end in «…»: the whole stands in its tooltip
        return False
    if isinstance(widget, QLabel):
        return not _holds(widget)
    if isinstance(widget, OperandLink):  # its name goes on in another line
        return widget.height() < widget.heightForWidth(widget.width())
    if isinstance(widget, QPushButton | QCheckBox | QToolButton):
        return widget.width() < widget.minimumSizeHint().width() - 1 or widget.width() < _wanted(widget)
    return False


def _holds(label: QLabel) -> bool:
    """Tell whether a label has the room that its words take, broken into lines where it may break them."""
    flags = int(label.alignment()) | (int(Qt.TextFlag.TextWordWrap) if label.wordWrap() else 0)
    room = label.contentsRect().adjusted(label.margin(), label.margin(), -label.margin(), -label.margin())
    height = 10_000 if label.wordWrap() else room.height()
    wanted = label.fontMetrics().boundingRect(QRect(0, 0, room.width(), height), flags, label.text())
    return wanted.width() <= room.width() + 1 and wanted.height() <= room.height() + 1


def _wanted(button: QAbstractButton) -> int:
    words = button.fontMetrics().horizontalAdvance(button.text().replace("&", ""))
    is_shown = not isinstance(button, QToolButton) or button.toolButtonStyle() != Qt.ToolButtonStyle.ToolButtonIconOnly
    icon = button.iconSize().width() if not button.icon().isNull() else 0
    return words + icon if is_shown else 0


def scenes(window: MainWindow) -> Iterator[tuple[str, object]]:
    """Yield everything that the window can show, by name, and how it is brought."""
    yield "analysis", lambda: window.arrange(analysis=True)
    yield "explore", lambda: window.arrange(analysis=False)
    yield "selected", lambda: (window.arrange(analysis=True), window.session.select(window.map_view.units[0].unit))
    yield "origin", lambda: (window.results.table.selectRow(1), window.explain())
    yield "place", lambda: window.toolbox.places.ask(window.map_view.units[0].geometry.representative_point())
    yield "expression", lambda: (window.work.select_by_expression(), window.work.side.expression.line.setText("x >"))
    yield "print", window.work.print_view
    yield "style", lambda: (window.show_layer(0), window.workbench.style_chosen())
    yield "mend", lambda: (window.show_layer(0), window.workbench.mend())
    yield "scenario", window.workbench.edit_scenario
    yield "curtain", lambda: window.work.compare(curtain=True)
    yield "beside", lambda: window.work.compare(curtain=False)
    yield "problems", lambda: (window.arrange(analysis=True), window.session.tell((_problem(),)))
    yield "finder", window.search_all
    yield "sheets", window.show_sheets


def _problem() -> Problem:
    message = Text("undici coppie di zone coprono lo stesso terreno.", "eleven pairs of zones cover the same ground.")
    return Problem("x", Text("Zonizzazione", "Zoning"), message, remedy=Text("Rimediare.", "Mend them."))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("lang", ["it", "en"])
def test_that_no_words_are_cut_in_any_panel(qtbot, session, look, lang, size):
    window = MainWindow(session, look, lang)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    window.start()
    qtbot.waitUntil(lambda: window.desk.is_checked and not window.desk.jobs.running)
    with qtbot.waitSignal(session.results_changed):
        window.run()
    cut = {}
    for name, bring in scenes(window):
        bring()
        qtbot.waitUntil(lambda: not window.desk.jobs.running)
        shown = (window, window.finder) if name == "finder" else (window,)
        cut[name] = qtbot.come_to_rest(lambda shown=shown: [words for each in shown for words in clipped(each)])
        window.finder.hide()
    window.close()
    assert {name: words for name, words in cut.items() if words} == {}


@pytest.mark.parametrize("lang", ["it", "en"])
def test_that_no_words_are_cut_on_the_start_page_and_in_the_bug_s_box(qtbot, look, tmp_path, lang):
    page = StartPage(look, lang, tmp_path)
    qtbot.addWidget(page)
    page.resize(*SIZES[0])
    page.show()
    page.form.name.setText("spezia")
    page.form.look_up()
    box = errors.tell(ValueError("x"), lang, page)
    assert qtbot.come_to_rest(lambda: [*clipped(page), *clipped(box)]) == []
    page.close()


@pytest.mark.parametrize("lang", ["it", "en"])
def test_that_every_menu_of_the_bar_has_room_at_the_smallest_width(qtbot, session, look, lang):
    window = MainWindow(session, look, lang)
    qtbot.addWidget(window)
    window.resize(*SIZES[0])
    window.show()
    bar = window.findChild(QMenuBar)
    assert all(bar.actionGeometry(action).right() < bar.width() for action in bar.actions())
    window.close()


def test_that_tabs_without_room_go_into_the_menu_whole(qtbot):
    chosen = []
    segments = Segments(chosen.append, "it")
    qtbot.addWidget(segments)
    titles = ["Quartieri", "Residenti raggiunti per età", "Carico di ogni servizio", "Per tipo"]
    segments.offer(titles, 0)
    segments.show()
    segments.fit(10_000)
    assert [each.text() for each in segments.findChildren(QToolButton) if each.isVisible()] == titles
    segments.fit(sum(map(segments.fontMetrics().horizontalAdvance, titles[:3])))
    segments.choose(3)
    assert segments.sizeHint().width() <= segments._room, "what is chosen from elsewhere is longer than «Altre»"
    segments.choose(0)
    segments.fit(270)
    qtbot.wait(10)
    shown = [each for each in segments.findChildren(QToolButton) if each.isVisible()]
    assert [each.text() for each in shown] == ["Quartieri", "Altre \u25be"]
    assert segments.sizeHint().width() <= 270
    shown[-1].menu().actions()[1].trigger()
    qtbot.wait(10)
    assert chosen == [2]
    assert segments.sizeHint().width() <= 270


def test_that_on_a_low_map_the_last_tools_stand_in_a_menu(qtbot, window):
    bar = window.tool_bar
    window.map_view.setMinimumHeight(0)
    window.map_view.resize(800, 220)
    hidden = [name for name, button in bar.buttons.items() if button.isHidden()]
    assert hidden
    assert bar.more.isVisible()
    assert bar.more.menu().actions() == [window.actions_by_id[name] for name in hidden]
    for height in (260, 700, 220, 700):
        window.map_view.resize(800, height)
    assert window.actions_by_id[hidden[-1]].isEnabled(), "the menu bar keeps its actions"
    assert not any(button.isHidden() for button in bar.buttons.values())
    assert not bar.more.isVisible()
