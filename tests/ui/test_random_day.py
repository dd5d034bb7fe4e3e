"""A day at the window, drawn by lot: nothing crashes, nothing warns, everything can be taken back."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas
import pytest
import shapely
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

ACTIONS, SEED = 2000, 9
MOLO = shapely.box(4_306_100.0, 2_336_000.0, 4_306_200.0, 2_336_100.0)
SCENARIOS = {
    name: f'version = 1\ntitle = "{name.title()}"\n\n[[district]]\ncode = "A"\nut_m2_m2 = {value}\n'
    for name, value in (("denso", 1.0), ("rado", 0.2))
}
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
            self.type_a_condition, *self.on_scenarios,
        )  # fmt: skip

    @property
    def on_scenarios(self) -> tuple[Callable[[], object], ...]:
        return (self.scenario, self.scenario, self.switch, self.curtain, self.try_something, self.keep_what_is_tried,
                self.attribute, self.attribute)  # fmt: skip

    def act(self) -> None:
        self.draw.choice(self.deeds)()

    def name(self) -> str:
        """Return a scenario of the list, or the plan."""
        return self.draw.choice(self.window.right.scenario_work.rivals).id

    def scenario(self) -> None:
        panel = self.window.right.scenarios
        self.draw.choice([
            lambda: self.window.actions_by_id["analysis.compare"].trigger(),
            panel.make, panel.duplicate, panel.remove, panel.edit,
            lambda: panel.segments._take(self.draw.randrange(3)),
            lambda: panel.work.compare(self.name(), self.name()),
            lambda: panel.work.choose_district(self.draw.choice([None, *panel.work.districts])),
        ])()  # fmt: skip

    def switch(self) -> None:
        work, chart = self.window.right.scenario_work, self.window.right.scenarios.pareto.chart
        self.draw.choice([
            lambda: work.choose(self.draw.choice(work.rows).id),
            lambda: QTest.keyClick(chart, self.draw.choice([Qt.Key.Key_Left, Qt.Key.Key_Right])),
            lambda: QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(self.draw.randrange(380), 60)),
            self.window.right.badge.close_button.click,
        ])()  # fmt: skip

    def curtain(self) -> None:
        work, comparison = self.window.right.scenario_work, self.window.work.comparison
        self.draw.choice([
            lambda: self.window.actions_by_id["analysis.curtain"].trigger(),
            lambda: work.draw_curtain(self.name(), self.name()),
            work.end_curtain, comparison.leave,
            lambda: comparison.turn() if comparison.is_on else None,
            lambda: comparison.bar.chosen.emit(*comparison.bar.pair) if comparison.is_on else None,
        ])()  # fmt: skip

    def try_something(self) -> None:
        right = self.window.right
        handles = right.trying.handles()
        self.draw.choice([
            lambda: self.window.actions_by_id["analysis.try"].trigger(),
            lambda: right.trying.move(each := self.draw.choice(handles), self.draw.uniform(each.low, each.high))
            if handles else None,
            lambda: right.trying.show_before(self.draw.random() < 0.5),
            right.live.curtain.click,
            right.trying.close,
        ])()  # fmt: skip

    def keep_what_is_tried(self) -> None:
        right = self.window.right
        if right.trying.can_save:
            right._save_tried(self.draw.choice(["", *(name for name, _ in right.trying.scenarios)]))

    def attribute(self) -> None:
        """Type another value into an attribute of a layer, or take one back."""
        window, session = self.window, self.window.session
        tree, model = window.layers.tree, window.attributes.view.model_of_features
        if session.entries and self.draw.random() < 0.4:
            tree.setCurrentIndex(tree.model_of_layers.of_entry(self.draw.randrange(len(session.entries))))
            window.open_attributes()
        elif model.rowCount() and model.columnCount():
            index = model.index(self.draw.randrange(model.rowCount()), self.draw.randrange(model.columnCount()))
            words = self.draw.choice(["", "12", "0,5", "Nome", "x" * 40])
            self.draw.choice([lambda: model.setData(index, words), window.leave_attributes, window.undo])()

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
        by = panel.classing
        choice = self.draw.choice([by.by, panel.widths, by.schemes, by.counts, by.ramps, panel.labels])
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


@pytest.fixture
def day(qtbot, look, borough: Path) -> Iterator[Day]:
    """Return a day on the borough, which has a district and two scenarios of it."""
    shares = {"residential_pct": 100.0, "commercial_pct": 0.0, "industrial_pct": 0.0, "se_pct": 30.0, "ve_pct": 30.0,
              "ac_pct": 30.0, "sp_pct": 40.0}  # fmt: skip
    columns = {"code": ["A"], "name": ["Molo"], "ut_m2_m2": [0.5]} | {name: [each] for name, each in shares.items()}
    frame = geopandas.GeoDataFrame(columns, geometry=[MOLO], crs=3035)
    frame.to_file(borough / "borgo.gpkg", layer="distretti", driver="GPKG")
    with (borough / FILE).open("a", encoding="utf-8") as stream:
        stream.write('\n[[layer]]\nrole = "districts"\nsource = "borgo.gpkg"\nlayer = "distretti"\n')
    (borough / "scenarios").mkdir()
    for name, text in SCENARIOS.items():
        (borough / "scenarios" / f"{name}.toml").write_text(text, encoding="utf-8")
    keeper = open_study(borough, SOIL_CONSUMPTION)
    window = MainWindow(keeper.session, look, "it", keeper)
    qtbot.addWidget(window)
    window.show()
    window.start()
    qtbot.waitUntil(lambda: window.desk.is_checked and not window.desk.jobs.running)
    yield Day(window, SEED)
    look.set_dark(False)
    QGuiApplication.clipboard().clear()
    window.close()


def spend(qtbot, qapp, day: Day, actions: int) -> None:
    """Act so many times, then take all of it back: the study's files are what they were."""
    window, folder = day.window, day.window.session.study.folder
    before = files(folder)
    right = window.right.scenarios
    models = (
        window.layers.tree.model_of_layers, window.results.table.model_of_table, window.results.table.sorted,
        window.attributes.view.model_of_features, right.list.model_of_list, right.pareto.model,
    )  # fmt: skip
    testers = [QAbstractItemModelTester(each, QAbstractItemModelTester.FailureReportingMode.Fatal) for each in models]
    for number in range(actions):
        day.act()
        qapp.processEvents()
        if number % 50 == 0:
            # The widgets of a form or a menu that has gone are gone too; a loop of ours has to say when.
            qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            assert len(qapp.allWidgets()) < MOST_WIDGETS
    qtbot.waitUntil(lambda: window.desk.jobs.running not in (RUN, EXPORT))
    while window.next_undo:
        window.undo()
    assert not window.session.history.done
    qtbot.waitUntil(lambda: not window.desk.jobs.running)
    window.keeping.save()
    assert files(folder) == before
    del testers


def files(folder: Path) -> dict[str, str]:
    """Return what a study's own files say: what somebody edits by hand, and its scenarios."""
    found = (folder / FILE, *folder.glob("scenarios/*.toml"), *folder.glob("edits/*.toml"))
    return {path.name: path.read_text(encoding="utf-8") for path in found}


@pytest.mark.slow
def test_that_two_thousand_actions_by_lot_end_where_they_began_when_all_is_undone(qtbot, qapp, day):
    spend(qtbot, qapp, day, int(os.environ.get("PUC_DAY_ACTIONS", ACTIONS)))


def test_that_a_hundred_actions_on_scenarios_and_attributes_end_where_they_began(qtbot, qapp, day):
    window = day.window
    day.deeds = (*day.on_scenarios, window.undo, window.redo, window.escape, day.click_the_map, window.run)
    window.compare()
    spend(qtbot, qapp, day, 100)
