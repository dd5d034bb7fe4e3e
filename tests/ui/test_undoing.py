"""One history under every view: what is taken back in the window is taken back everywhere."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QPushButton

from analyses.planning_standards import STANDARDS
from analyses.soil_consumption import SOIL_CONSUMPTION
from layers.text import Text
from puc_tool.study import FILE
from puc_tool.working import journal
from puc_tool.working.journal import FOLDER
from puc_tool.working.keeper import Standing, open_study
from puc_tool.working.lock import FILE as LOCK
from ui.app import Windows
from ui.main_window import MainWindow
from ui.panels import notice


@pytest.fixture
def opened(qtbot, look, borough) -> Iterator[Callable[..., MainWindow]]:
    """Return what opens the window on a study that is kept."""
    made: list[MainWindow] = []

    def open_it(study: Path = borough, lang: str = "it") -> MainWindow:
        keeper = open_study(study, SOIL_CONSUMPTION)
        window = MainWindow(keeper.session, look, lang, keeper)
        qtbot.addWidget(window)
        made.append(window)
        window.show()
        window.start()
        qtbot.waitUntil(lambda: window.desk.is_checked and not window.desk.jobs.running)
        return window

    yield open_it
    for window in made:
        window.close()


@pytest.fixture
def window(opened) -> MainWindow:
    return opened()


def ended(study: Path) -> None:
    path = study / FOLDER / LOCK
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), "started": "1"}), encoding="utf-8")


def killed(opened, borough: Path, tmp_path: Path, act: Callable[[MainWindow], object]) -> Path:
    """Return a copy of the study as a kill in the midst leaves it."""
    window = opened()
    act(window)
    return Path(shutil.copytree(borough, tmp_path / "killed"))


def button(window: MainWindow, title: Text) -> QPushButton:
    return next(each for each in window.notice.findChildren(QPushButton) if each.text() == title.it)


def activate(qtbot, window: MainWindow) -> None:
    """Give ``window`` the keyboard: shortcuts are of the active window alone."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def menu_text(window: MainWindow, name: str) -> str:
    return window.actions_by_id[name].text()


def test_that_a_hidden_layer_comes_back_with_ctrl_z_and_the_menu_names_the_step(qtbot, window):
    activate(qtbot, window)
    assert not window.actions_by_id["edit.undo"].isEnabled()
    window.session.show(0, False)
    assert menu_text(window, "edit.undo") == "Annulla: Nascondi Confine comunale"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.entries[0].is_visible
    assert menu_text(window, "edit.redo") == "Ripeti: Nascondi Confine comunale"
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_Z, both)
    assert not window.session.entries[0].is_visible


def test_that_ctrl_z_in_a_field_takes_back_the_window_s_last_step_not_the_field_s(qtbot, window):
    line = window.right.analysis.form.editors["year_to"].findChild(QLineEdit)
    activate(qtbot, window)
    line.setFocus()
    qtbot.keyClicks(line, "2012")
    assert window.session.words == {"year_to": "2012"}
    assert len(window.session.history.done) == 1
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (line.text(), window.session.words) == ("", {})
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert line.text() == ""


def test_that_the_field_follows_what_is_done_again(window):
    window.session.set_parameter("year_to", "2012")
    window.undo()
    window.redo()
    assert window.right.analysis.form.editors["year_to"].words() == "2012"


def test_that_another_analysis_and_another_table_are_steps_too(qtbot, window):
    window.run()
    qtbot.waitUntil(lambda: window.has_results and not window.desk.jobs.running)
    window.results.choose("figures")
    window.choose(STANDARDS)
    qtbot.waitUntil(lambda: not window.desk.jobs.running)
    window.undo()
    qtbot.waitUntil(lambda: window.has_results and not window.desk.jobs.running)
    assert window.results.table.accessibleName() == "Cifre"
    window.undo()
    assert window.results.table.accessibleName() == "Quartieri"


def test_that_layers_are_moved_renamed_and_taken_out_by_keys_and_all_comes_back(qtbot, window):
    tree = window.layers.tree
    before = [(entry.ref.key, entry.title) for entry in window.session.entries]
    tree.setCurrentIndex(tree.model_of_layers.of_entry(1))
    qtbot.keyClick(tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [entry.ref.role for entry in window.session.entries][:2] == ["neighbourhoods", "boundary"]
    assert tree.chosen == 0
    tree.model_of_layers.setData(tree.currentIndex(), "Rioni")
    assert tree.currentIndex().data() == "Rioni"
    qtbot.keyClick(tree, Qt.Key.Key_Delete)
    assert window.session.entries[0].ref.role == "boundary"
    assert window.session.study.of_role("neighbourhoods") == ()
    titles = [step.title.it for step in window.session.history.done]
    assert titles == ["Sposta Quartieri", "Rinomina Quartieri", "Togli Rioni"]
    for _ in range(3):
        window.undo()
    assert [(entry.ref.key, entry.title) for entry in window.session.entries] == before


def test_that_a_layer_taken_out_is_out_of_the_data_of_the_analysis_and_of_the_map(qtbot, window):
    soil = next(row for row, entry in enumerate(window.session.entries) if entry.ref.year == 2023)
    window.session.remove(soil)
    window.session.remove(soil)
    qtbot.waitUntil(lambda: [each.code for each in window.session.problems] == ["role-lacking"])
    window.undo()
    window.undo()
    qtbot.waitUntil(lambda: window.desk.can_run)


def test_that_nothing_is_taken_back_while_results_are_made_of_it(window):
    window.session.show(0, False)
    window.run()
    window.undo()
    assert not window.session.entries[0].is_visible
    assert not window.actions_by_id["edit.undo"].isEnabled()


def test_that_the_tree_obeys_qt_through_every_step_and_every_step_back(qapp, window):
    model = window.layers.tree.model_of_layers
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    draw = random.Random(1)
    for _ in range(200):
        rows = len(window.session.entries)
        draw.choice(
            [
                lambda n=rows: window.session.move(draw.randrange(n), draw.randrange(n)),
                lambda n=rows: window.session.remove(draw.randrange(n)) if n > 1 else None,
                lambda n=rows: window.session.show(draw.randrange(n), draw.choice([True, False])),
                lambda n=rows: window.session.rename(draw.randrange(n), draw.choice(["", "Nome"])),
                window.undo,
                window.undo,
                window.redo,
            ]
        )()
        qapp.processEvents()
    while window.next_undo:
        window.undo()
    assert len(window.session.entries) == 4
    del tester


def test_that_everything_is_saved_a_moment_later_without_asking(qtbot, window, borough):
    with qtbot.waitSignal(window.keeping.saved):
        window.session.set_parameter("year_to", "2012")
    assert (borough / FILE).read_text(encoding="utf-8").endswith("[analysis.soil-consumption]\nyear_to = 2012\n")


def test_that_closing_asks_nothing_and_keeps_what_was_typed_the_moment_before(opened, borough):
    window = opened()
    window.session.set_parameter("year_to", "2012")
    window.close()
    assert not window.isVisible()
    assert journal.read(borough) is None
    assert opened().session.words == {"year_to": "2012"}


def test_that_after_a_kill_the_window_tells_offers_and_goes_on(qtbot, opened, borough, tmp_path):
    def act(window: MainWindow) -> None:
        window.session.show(0, False)
        window.session.set_parameter("year_to", "2012")

    study = killed(opened, borough, tmp_path, act)
    ended(study)
    window = opened(study)
    assert window.notice.sentence().startswith("Il programma si è chiuso alle ")
    assert window.notice.sentence().endswith("Lo studio è com'era.")
    assert (window.session.words, window.session.entries[0].is_visible) == ({"year_to": "2012"}, False)
    assert not window.desk.can_run
    assert not window.right.analysis.form.isEnabled()
    assert notice.steps_told(window.session.history.done, "it") == ["Anno finale", "Nascondi Confine comunale"]
    button(window, notice.GO_ON).click()
    assert not window.notice.isVisible()
    assert window.desk.can_run
    window.undo()
    window.undo()
    assert (window.session.words, window.session.entries[0].is_visible) == ({}, True)


def test_that_two_windows_are_told_of_each_other_and_the_second_reads(qtbot, opened, borough):
    first = opened()
    second = opened()
    assert second.keeping.keeper.standing is Standing.HELD
    assert second.notice.sentence().startswith("Aperto in un'altra finestra dalle ")
    assert second.notice.findChildren(QPushButton) == []
    second.session.set_parameter("year_to", "2012")
    assert second.session.words == {}
    assert not second.desk.can_run
    assert not first.notice.isVisible()
    first.close()
    qtbot.waitUntil(lambda: second.keeping.is_free)
    assert second.notice.sentence() == notice.FREE.it
    with qtbot.waitSignal(second.again_wanted):
        button(second, notice.OPEN_AGAIN).click()


def test_that_a_study_another_computer_has_is_taken_over_only_by_asking(opened, borough):
    opened().close()
    (borough / FOLDER / LOCK).write_text(
        json.dumps({"token": "x", "pid": 1, "host": "ufficio-2", "started": "", "since": "2026-03-31T09:12:00+00:00"}),
        encoding="utf-8",
    )
    window = opened()
    assert window.notice.sentence().startswith("Aperto da un'altra postazione (ufficio-2) dalle ")
    assert "31/03/2026" in window.notice.sentence()
    assert window.session.is_read_only
    button(window, notice.TAKE_OVER).click()
    assert (window.session.is_read_only, window.notice.isVisible()) == (False, False)


def test_that_a_study_taken_from_this_window_is_told(opened):
    window = opened()
    other = opened()
    other.take_over()
    window.session.show(0, False)
    assert window.notice.sentence().startswith(notice.LOST.it)
    assert not window.desk.can_run


def test_that_opening_the_same_study_again_is_no_second_window(qtbot, look, borough):
    windows = Windows(look, "it")
    windows.open(borough)
    qtbot.waitUntil(lambda: windows.current.desk.is_checked)
    windows.current.session.show(0, False)
    windows.try_open(str(borough))
    assert windows.current.keeping.keeper.standing is Standing.OURS
    qtbot.waitUntil(lambda: windows.current.desk.is_checked)
    assert not windows.current.session.entries[0].is_visible
    windows.current.close()


def test_that_a_disk_that_refuses_is_told_in_the_strip_until_it_takes_again(opened, monkeypatch):
    import os

    window = opened()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        window.session.show(0, False)
    assert "il disco è pieno" in window.notice.sentence()
    window.keeping.save()
    assert not window.notice.isVisible()
