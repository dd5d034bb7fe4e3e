"""A day at the window, drawn by lot: nothing crashes, nothing warns, everything can be taken back."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest

from analyses import registry
from analyses.soil_consumption import SOIL_CONSUMPTION
from puc_tool.study import FILE
from puc_tool.working import bookmarks
from puc_tool.working.keeper import open_study
from ui.desk import EXPORT, RUN
from ui.main_window import MainWindow

ACTIONS = 2000
MOST_WIDGETS = 1500
KEYS = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Tab,
    Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_0, Qt.Key.Key_Delete, Qt.Key.Key_Escape, Qt.Key.Key_Home,
)  # fmt: skip

TOOLS = (
    "map.point", "map.area", "map.length", "map.surface", "map.box", "map.polygon", "map.identify", "map.expression",
    "map.print", "map.summary", "map.none",
)  # fmt: skip


class Day:
    """What may be done next, in the window as it is."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self.window, self.draw = window, random.Random(seed)
        session = window.session
        self.deeds: tuple[Callable[[], object], ...] = (
            self.click_the_map, self.click_the_map, self.press_a_key, self.choose_rows, self.search, self.layer,
            self.layer, self.type_a_parameter, self.table, window.undo, window.undo, window.redo, window.escape,
            lambda: session.choose(self.draw.choice(registry.ALL)) if window.desk.can_choose else None,
            window.run, window.switch_theme, window.reset_layout, self.hide_a_column, window.results.table.copy,
            self.style, self.fade, window.workbench.edit_scenario, window.workbench.scenario.make_new,
            lambda: window.layers.by_order.setChecked(self.draw.random() < 0.5),
            lambda: window.arrange(analysis=self.draw.random() < 0.7),
            lambda: window.resize(self.draw.randrange(1280, 1900), self.draw.randrange(800, 1100)),
            self.take_a_tool, self.take_a_tool, self.compare, self.sheets, self.bookmark, self.type_a_scale,
            self.type_a_condition,
        )  # fmt: skip

    def act(self) -> None:
        self.draw.choice(self.deeds)()

    def click_the_map(self) -> None:
        view = self.window.map_view
        at = QPoint(self.draw.randrange(max(1, view.width())), self.draw.randrange(max(1, view.height())))
        also = self.draw.choice([Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, also, at)

    def press_a_key(self) -> None:
        window = self.window
        widget = self.draw.choice(
            [window.map_view, window.layers.tree, window.results.table, window.results.foot.search]
        )
        modifier = self.draw.choice([Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier])
        QTest.keyClick(widget, self.draw.choice(KEYS), modifier)

    def choose_rows(self) -> None:
        table = self.window.results.table
        if table.model().rowCount():
            table.selectRow(self.draw.randrange(table.model().rowCount()))

    def search(self) -> None:
        self.window.results.foot.search.setText(self.draw.choice(["", "lev", "> 1", "> 1 <", "zzz", "è"]))

    def layer(self) -> None:
        tree = self.window.layers.tree
        if self.window.session.entries:
            row = self.draw.randrange(len(self.window.session.entries))
            tree.setCurrentIndex(tree.model_of_layers.of_entry(row))
            self.draw.choice([
                lambda: tree.toggle(tree.currentIndex()),
                lambda: tree.move_by(self.draw.choice([-1, 1])),
                lambda: tree.model_of_layers.setData(tree.currentIndex(), self.draw.choice(["", "Nome"])),
                tree.remove,
            ])()  # fmt: skip

    def style(self) -> None:
        """Look at the style of a layer, and choose something in one of its lists."""
        panel, tree = self.window.workbench.styling, self.window.layers.tree
        tree.setCurrentIndex(tree.model_of_layers.index(0, 0, tree.model_of_layers.index(self.draw.randrange(6), 0)))
        self.window.workbench.style_chosen()
        choice = self.draw.choice([panel.by, panel.widths, panel.schemes, panel.counts, panel.ramps, panel.labels])
        if choice.isEnabled() and choice.count():
            choice.activated.emit(self.draw.randrange(choice.count()))
        self.draw.choice([panel.restore, lambda: None, lambda: None])()

    def fade(self) -> None:
        self.window.layers.opacity.track.setValue(self.draw.randrange(101))

    def type_a_parameter(self) -> None:
        editors = self.window.right.analysis.form.editors
        if editors:
            name = self.draw.choice(sorted(editors))
            self.window.session.set_parameter(name, self.draw.choice(["", "2012", "2023", "x", "0,5"]))

    def table(self) -> None:
        if self.window.results._ids:
            self.window.results.choose(self.draw.choice(self.window.results._ids))

    def take_a_tool(self) -> None:
        self.window.actions_by_id[self.draw.choice(TOOLS)].trigger()

    def compare(self) -> None:
        comparison = self.window.work.comparison
        self.draw.choice([
            lambda: self.window.actions_by_id[self.draw.choice(["map.curtain", "map.beside"])].trigger(),
            lambda: comparison.draw_to(self.draw.random()) if comparison.is_on else None,
            lambda: comparison.beside.zoom(self.draw.choice([0.5, 2.0])) if comparison.is_on else None,
            comparison.end,
        ])()  # fmt: skip

    def sheets(self) -> None:
        workspace = self.window.sheets
        if self.draw.random() < 0.3:
            self.window.show_sheets()
        elif workspace.isVisible():
            view = workspace.preview.view
            self.draw.choice([view.closer, view.farther, view.fit, lambda: self.window.arrange(analysis=True)])()

    def bookmark(self) -> None:
        history, view = self.window.session.history, self.window.map_view.view
        kept = bookmarks.bookmarks(history)
        self.draw.choice([
            lambda: bookmarks.keep(history, bookmarks.Bookmark(self.draw.choice("abc"), view.x, view.y, view.metres)),
            lambda: self.window.work.go_to(self.draw.choice(kept)) if kept else None,
            lambda: bookmarks.remove(history, self.draw.choice(kept).name) if kept else None,
            self.window.work.bookmarks_menu.aboutToShow.emit,
        ])()  # fmt: skip

    def type_a_scale(self) -> None:
        self.window.status.scale.setText(self.draw.choice(["1:1.000", "500", "", "grande", "1:999999999"]))
        QTest.keyClick(self.window.status.scale, Qt.Key.Key_Return)

    def type_a_condition(self) -> None:
        panel = self.window.right.side.expression
        panel.line.setText(self.draw.choice(["", "nome contiene e", "nome >", "superficie > 0,5", "((", "x = 1"]))
        panel.select()

    def hide_a_column(self) -> None:
        menu = self.window.results.column_menu(1)
        chosen = [action for action in menu.actions() if action.isEnabled() and not action.isSeparator()]
        if chosen:
            self.draw.choice(chosen).trigger()
        menu.deleteLater()


@pytest.mark.slow
def test_that_two_thousand_actions_by_lot_end_where_they_began_when_all_is_undone(qtbot, qapp, look, borough: Path):
    before = (borough / FILE).read_text(encoding="utf-8")
    keeper = open_study(borough, SOIL_CONSUMPTION)
    window = MainWindow(keeper.session, look, "it", keeper)
    qtbot.addWidget(window)
    window.show()
    window.start()
    qtbot.waitUntil(lambda: window.desk.is_checked and not window.desk.jobs.running, timeout=30_000)
    models = (window.layers.tree.model_of_layers, window.results.table.model_of_table, window.results.table.sorted)
    testers = [QAbstractItemModelTester(each, QAbstractItemModelTester.FailureReportingMode.Fatal) for each in models]
    day = Day(window, 9)
    for number in range(ACTIONS):
        day.act()
        qapp.processEvents()
        if number % 50 == 0:
            # The widgets of a form or a menu that has gone are gone too; a loop of ours has to say when.
            qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            assert len(qapp.allWidgets()) < MOST_WIDGETS
    qtbot.waitUntil(lambda: window.desk.jobs.running not in (RUN, EXPORT), timeout=60_000)
    while window.next_undo:
        window.undo()
    assert not window.session.history.done
    look.set_dark(False)
    QGuiApplication.clipboard().clear()
    window.close()
    assert (borough / FILE).read_text(encoding="utf-8") == before
    del testers
