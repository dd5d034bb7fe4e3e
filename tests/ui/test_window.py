"""Commands, language, theme, errors, the start page."""

from __future__ import annotations

import sys
from dataclasses import fields

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QPushButton

from layers.problems import Problem, PucError
from layers.text import Text, same
from ui import errors
from ui.actions import COMMANDS
from ui.app import Windows, speak
from ui.forms.new_study import NewStudyForm
from ui.main_window import MainWindow
from ui.start_page import StartPage
from ui.tokens import DARK, LIGHT, right_width
from ui.worker import Jobs


def test_that_no_two_commands_share_an_id_or_a_key():
    ids, keys = [each.id for each in COMMANDS], [each.key for each in COMMANDS if each.key]
    assert len(set(ids)) == len(ids)
    assert len(set(keys)) == len(keys)


def test_that_every_command_stands_in_the_menu_in_the_window_s_language(window):
    assert [window.actions_by_id[each.id].text() for each in COMMANDS] == [each.title.it for each in COMMANDS]


def test_that_running_is_offered_and_the_sheet_is_not_before_there_are_results(window):
    assert window.actions_by_id["analysis.run"].isEnabled()
    assert not window.actions_by_id["sheet.export"].isEnabled()


def test_that_every_button_can_be_read_aloud(window):
    buttons = [each for each in window.findChildren(QAbstractButton) if each.isVisible() and not each.text()]
    inner = {"qt_menubar_ext_button"}
    assert [each.objectName() for each in buttons if not each.accessibleName() and each.objectName() not in inner] == []


def test_that_exploring_hides_the_analysis_and_brings_it_back(window):
    window.arrange(analysis=False)
    assert not window.analysis.isVisible()
    assert not window.results.isVisible()
    window.arrange(analysis=True)
    assert window.analysis.isVisible()


def test_that_the_side_panels_follow_the_window_s_size(window, qtbot):
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.analysis.width() == 284, timeout=2000)
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: window.analysis.width() == 312, timeout=2000)
    assert window.layers.width() == 264
    assert [right_width(width) for width in (1280, 1440, 2560)] == [284, 312, 380]


def test_that_the_theme_changes_every_colour_and_back(look):
    look.set_dark(True)
    assert (look.is_dark, look.tokens) == (True, DARK)
    look.set_dark(False)
    assert look.tokens is LIGHT
    same_in_both = [each.name for each in fields(LIGHT) if getattr(LIGHT, each.name) == getattr(DARK, each.name)]
    assert same_in_both == []


def test_that_qt_speaks_italian_in_its_own_dialogs(qapp):
    translator = speak(qapp, "it")
    try:
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Annulla"
    finally:
        qapp.removeTranslator(translator)


def test_that_a_bug_is_told_in_a_sentence_with_a_report_that_can_be_copied(qtbot, qapp):
    dialog = errors.tell(KeyError("a bug"), "it")
    qtbot.addWidget(dialog)
    assert dialog.text() == errors.BUG.it
    copy = next(button for button in dialog.findChildren(QPushButton) if button.text() == errors.COPY.it)
    copy.click()
    assert "KeyError" in qapp.clipboard().text()


def test_that_what_we_can_explain_is_told_in_its_own_words(qtbot):
    problem = Problem("x", same("Suolo"), Text("manca.", "is missing."), remedy=Text("Aggiungerlo.", "Add it."))
    dialog = errors.tell(PucError(problem), "it")
    qtbot.addWidget(dialog)
    assert dialog.text() == "Suolo: manca. Aggiungerlo."


def test_that_the_hook_hands_on_what_nobody_took_but_not_the_user_s_own_interrupt(monkeypatch):
    passed, told = [], []
    monkeypatch.setattr(sys, "excepthook", lambda *error: passed.append(error[0]))
    errors.install(told.append)
    sys.excepthook(ValueError, ValueError("x"), None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert [type(error) for error in told] == [ValueError]
    assert passed == [KeyboardInterrupt]


@pytest.fixture
def form(qtbot, look, tmp_path):
    jobs = Jobs()
    made = NewStudyForm(jobs, tmp_path, look, "it")
    qtbot.addWidget(made)
    yield made
    jobs.stop()


def typed(form: NewStudyForm, name: str) -> NewStudyForm:
    form.name.setText(name)
    form.look_up()
    return form


def test_that_a_commune_s_name_is_enough_for_a_study(qtbot, form, tmp_path):
    typed(form, "la spezia")
    assert form.create_button.isEnabled()
    with qtbot.waitSignal(form.made, timeout=30_000) as told:
        form.create_study()
    assert told.args == [str(tmp_path / "La Spezia")]
    assert (tmp_path / "La Spezia" / "study.toml").is_file()


def test_that_namesakes_are_offered_and_one_click_chooses(form):
    typed(form, "Castro")
    assert not form.create_button.isEnabled()
    offered = [button for button in form.findChildren(QPushButton) if button.text().startswith("Castro")]
    assert [button.text() for button in offered] == ["Castro (BG), 016065", "Castro (LE), 075096"]
    offered[1].click()
    form.look_up()
    assert form.create_button.isEnabled()


def test_that_a_misspelt_name_is_answered_with_names_alike(form):
    typed(form, "spzia")
    cards = [child.accessibleName() for child in form.findChildren(type(form).__mro__[1]) if child.accessibleName()]
    assert any("La Spezia" in words for words in cards)


@pytest.fixture
def windows(look):
    made = Windows(look, "it")
    yield made
    # A page that is thrown away without being closed would take its running thread with it.
    made.current.close()


def test_that_a_folder_that_is_no_study_leaves_the_start_page_open(windows, tmp_path):
    windows.start()
    windows.try_open(str(tmp_path))
    assert isinstance(windows.current, StartPage)
    assert "study.toml" in windows.current.findChild(QMessageBox).text()


def test_that_a_study_takes_the_start_page_s_place_and_gives_it_back(qtbot, windows, borough):
    windows.start()
    windows.current.study_wanted.emit(str(borough))
    assert isinstance(windows.current, MainWindow)
    assert windows.current.isVisible()
    qtbot.waitUntil(lambda: windows.current.desk.is_checked, timeout=30_000)
    windows.current.go_to_start()
    assert isinstance(windows.current, StartPage)
