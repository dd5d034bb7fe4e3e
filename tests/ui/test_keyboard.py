"""Everything by keyboard: the order of Tab, panes by F6, the search over all, the map, what a screen reader says."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QWidget

from puc_tool.figures.pieces import FigureAsked
from puc_tool.working import bookmarks
from puc_tool.working.bookmarks import Bookmark
from ui.command import ALWAYS
from ui.commands import COMMANDS
from ui.keys import written
from ui.map.tool import Pick
from ui.reading_order import stops
from ui.search.entry import Entry
from ui.search.found import ENTRY_ROLE

TAB, BACK = Qt.Key.Key_Tab, Qt.Key.Key_Backtab


@pytest.fixture
def run(qtbot, window):
    """Return the window with results, as it lies before somebody who begins to work."""
    with qtbot.waitSignal(window.session.results_changed):
        window.actions_by_id["analysis.run"].trigger()
    qtbot.waitUntil(lambda: not window.desk.jobs.running)
    window.activateWindow()
    window.map_view.setFocus()
    qtbot.waitUntil(window.map_view.hasFocus)
    return window


def walked(qtbot, key: Qt.Key) -> list[QWidget]:
    """Return what the keyboard stops at until it is back where it was."""
    found = [QApplication.focusWidget()]
    while len(found) < 200:
        qtbot.keyClick(found[-1], key)
        if QApplication.focusWidget() in found:
            return found
        found.append(QApplication.focusWidget())
    raise AssertionError("Tab never comes round")


def reachable(window) -> list[QWidget]:
    """Return all that says of itself that Tab reaches it, found another way than the walk's."""
    every = window.findChildren(QWidget)
    wanted = [each for each in every if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.focusProxy() is None]
    return [each for each in wanted if each.isVisible() and each.isEnabled()]


def workspaces(window):
    return {
        "analysis": lambda: window.arrange(analysis=True), "explore": lambda: window.arrange(analysis=False),
        "sheets": window.show_sheets, "scenario": lambda: window.workbench.edit_scenario(),
        "attributes": lambda: (window.show_layer(0), window.open_attributes()),
        "style": lambda: (window.show_layer(0), window.workbench.style_chosen()),
        "origin": lambda: window.right.origins.ask(FigureAsked("suolo_consumato_pct")),
        "expression": lambda: window.work.select_by_expression(), "print": lambda: window.work.print_view(),
        "curtain": lambda: window.work.compare(curtain=True),
    }  # fmt: skip


WORKSPACES = ["analysis", "explore", "sheets", "scenario", "attributes", "style", "origin", "expression", "print",
              "curtain"]  # fmt: skip


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_that_tab_reaches_everything_once_and_traps_nowhere(qtbot, run, workspace):
    workspaces(run)[workspace]()
    qtbot.waitUntil(lambda: not run.desk.jobs.running)
    forth = walked(qtbot, TAB)
    assert [each for each in reachable(run) if each not in forth] == []
    back = walked(qtbot, BACK)
    assert {*back} == {*forth}


def test_that_tab_goes_from_the_top_to_layers_map_results_form_and_status(qtbot, run):
    panes = [next(pane for pane in run.panes.now if pane.holds(each)).title.it for each in walked(qtbot, TAB)]
    order = list(dict.fromkeys(panes))
    assert order[: order.index("Barra di stato") + 1] == ["Mappa", "Risultati", "Consumo di suolo", "Barra di stato"]
    assert order[order.index("Barra di stato") + 1 :] == ["Barra in alto", "Livelli"]


def test_that_within_a_panel_tab_goes_down_and_each_row_from_the_left(run):
    panel = run.right.analysis
    corners = [each.mapTo(panel, each.rect().topLeft()) for each in stops(panel)]
    tops = [corner.y() for corner in corners]
    rows = [place for place in pairwise(corners) if abs(place[0].y() - place[1].y()) < 8]
    assert all(left.x() < right.x() for left, right in rows)
    assert all(later >= earlier - 8 for earlier, later in pairwise(tops))


def test_that_f6_goes_through_the_panes_and_back_to_where_the_keyboard_was(run):
    run.results.foot.search.setFocus()
    titles = []
    for _ in run.panes.now:
        run.actions_by_id["view.next"].trigger()
        titles.append(next(pane.title.it for pane in run.panes.now if pane.holds(QApplication.focusWidget())))
    assert titles == ["Consumo di suolo", "Barra di stato", "Barra in alto", "Livelli", "Mappa", "Risultati"]
    assert QApplication.focusWidget() is run.results.foot.search
    run.actions_by_id["view.previous"].trigger()
    assert run.panes.now[2].holds(QApplication.focusWidget())


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_that_everything_tab_reaches_has_a_name_to_speak(qtbot, run, workspace):
    workspaces(run)[workspace]()
    qtbot.waitUntil(lambda: not run.desk.jobs.running)
    silent = [each for each in stops(run.centralWidget()) if not (each.accessibleName() or _own_words(each))]
    assert silent == []


def _own_words(widget: QWidget) -> str:
    return "" if isinstance(widget, QLineEdit | QComboBox) else getattr(widget, "text", str)()


def typed(qtbot, window, words: str) -> list[str]:
    """Return the names that the search finds for ``words``."""
    window.actions_by_id["edit.search"].trigger()
    qtbot.keyClicks(window.finder.line, words)
    return [entry.title.it for entry in found(window)]


def found(window) -> list[Entry]:
    model = window.finder.model_of_rows
    return [model.index(row).data(ENTRY_ROLE) for row in range(model.rowCount())]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("esegui", "Esegui"), ("run", "Esegui"), ("ponen", "Ponente"), ("quartiere levante", "Levante"),
        ("livello suolo 2012", "Consumo di suolo (ISPRA) 2012"),
        ("scheda", "Scheda di distretto"), ("riquadro ris", "Risultati"),
    ],
)  # fmt: skip
def test_that_commands_layers_places_sheets_and_panes_are_found_in_either_language(qtbot, run, words, name):
    assert name in typed(qtbot, run, words)[:3]


def test_that_arrows_move_and_enter_does_what_is_chosen(qtbot, run):
    typed(qtbot, run, "levante")
    assert found(run)[0].kind.it == "Quartiere"
    qtbot.keyClick(run.finder.line, Qt.Key.Key_Return)
    assert not run.finder.isVisible()
    assert run.session.selected is not None
    assert run.session.selected.name == "Levante"
    run.actions_by_id["edit.search"].trigger()
    qtbot.keyClick(run.finder.line, Qt.Key.Key_Down)
    assert run.finder.rows.currentIndex().row() == 1
    assert run.finder.line.accessibleDescription().startswith(found(run)[1].title.it)
    qtbot.keyClick(run.finder.line, Qt.Key.Key_Escape)
    assert not run.finder.isVisible()


def test_that_what_can_t_be_done_says_why_and_stays(qtbot, run):
    typed(qtbot, run, "rimedia il livello")
    assert found(run)[0].why_not.it == "Prima va scelto un livello nell'elenco"
    qtbot.keyClick(run.finder.line, Qt.Key.Key_Return)
    assert run.finder.isVisible()
    assert "non ora: Prima va scelto" in run.finder.line.accessibleDescription()


def test_that_a_key_is_shown_in_the_window_s_words(qtbot, run):
    typed(qtbot, run, "aggiungi un livello")
    assert written(found(run)[0].key, "it") == "Ctrl+Maiusc+A"
    assert [written("Ctrl+Return", lang) for lang in ("it", "en")] == ["Ctrl+Invio", "Ctrl+Enter"]


def test_that_bookmarks_are_found_and_lead_there_from_the_sheets(qtbot, run):
    view = run.map_view.view
    bookmarks.keep(run.session.history, Bookmark("Il porto", view.x + 20, view.y, view.metres / 2))
    run.show_sheets()
    typed(qtbot, run, "porto")
    qtbot.keyClick(run.finder.line, Qt.Key.Key_Return)
    assert run.is_at_map
    assert run.map_view.view.metres == pytest.approx(view.metres / 2)


def test_that_every_command_that_may_be_refused_says_why_in_both_languages():
    mute = [each.id for each in COMMANDS if each.is_enabled is not ALWAYS and not each.is_enabled.why_not.en]
    assert mute == []


def test_that_the_space_bar_clicks_in_the_middle_of_the_map(qtbot, run):
    tool = Pick()
    taken = []
    tool.taken.connect(taken.extend)
    run.map_view.take(tool)
    qtbot.keyClick(run.map_view, Qt.Key.Key_Right)
    qtbot.keyClick(run.map_view, Qt.Key.Key_Space)
    view = run.map_view.view
    assert taken == [pytest.approx((view.x, view.y))]


def test_that_the_map_s_description_follows_what_it_shows_and_is_copied(qtbot, run, qapp):
    run.session.select(None)
    qtbot.waitUntil(lambda: "Nulla è selezionato." in run.map_view.accessibleDescription())
    unit = next(each.unit for each in run.map_view.units if each.unit.code == "P")
    run.session.select(unit)
    qtbot.waitUntil(lambda: "Selezione: Ponente." in run.map_view.accessibleDescription())
    run.actions_by_id["map.summary"].trigger()
    said = qapp.clipboard().text()
    assert said == run.map_view.accessibleDescription()
    assert "Quartieri (2)" in said
    assert "Unità in vista, 2: " in said


def test_that_the_search_button_stands_in_the_top_bar(qtbot, run):
    button = next(each for each in run.top.findChildren(QPushButton) if each.property("kind") == "find")
    button.click()
    assert run.finder.isVisible()
