"""Commands, language, theme, errors, the start page."""

from __future__ import annotations

import sys
import threading
from dataclasses import fields
from pathlib import Path

import geopandas
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QToolTip,
)

from analyses import registry
from layers.problems import Problem, PucError
from layers.text import Text, same
from puc_tool.studies import study_reading
from ui import app, errors, glossary_tips
from ui.app import Windows
from ui.commands import COMMANDS
from ui.forms.new_study import NewStudyForm
from ui.main_window import MainWindow
from ui.start_page import StartPage
from ui.tokens import DARK, LIGHT, right_width
from ui.voice import Voice
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
    assert not window.right.analysis.isVisible()
    assert not window.results.isVisible()
    window.arrange(analysis=True)
    assert window.right.analysis.isVisible()


def test_that_the_side_panels_follow_the_window_s_size(window, qtbot):
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.right.analysis.width() == 284)
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: window.right.analysis.width() == 312)
    assert window.layers.width() == 264
    assert [right_width(width) for width in (1280, 1440, 2560)] == [284, 312, 380]


def test_that_menus_mark_the_workspace_and_the_analysis_in_hand_and_have_groups(window):
    def marked(menu: str) -> list[str]:
        ids = [each.id for each in COMMANDS if each.id.startswith(menu)]
        return [name for name in ids if window.actions_by_id[name].isChecked()]

    def open_menus() -> None:
        for action in window.menuBar().actions():
            action.menu().aboutToShow.emit()

    open_menus()
    assert marked("view.") == ["view.analysis"]
    assert marked("analysis.") == ["analysis.soil-consumption"]
    window.arrange(analysis=False)
    window.session.choose(registry.ALL[1])
    open_menus()
    assert marked("view.") == ["view.explore"]
    assert marked("analysis.") == [f"analysis.{registry.ALL[1].id}"]
    groups = [sum(each.isSeparator() for each in action.menu().actions()) for action in window.menuBar().actions()]
    assert sum(groups) == sum(each.begins for each in COMMANDS)


def test_that_the_button_of_the_theme_offers_the_other_one(window, look):
    button = window.top._theme
    assert button.accessibleName() == "Tema scuro"
    button.click()
    assert button.accessibleName() == "Tema chiaro"
    button.click()
    assert not look.is_dark


def test_that_the_theme_changes_every_colour_and_back(look):
    look.set_dark(True)
    assert (look.is_dark, look.tokens) == (True, DARK)
    look.set_dark(False)
    assert look.tokens is LIGHT
    same_in_both = [each.name for each in fields(LIGHT) if getattr(LIGHT, each.name) == getattr(DARK, each.name)]
    assert same_in_both == []


def test_that_qt_speaks_italian_in_its_own_dialogs(qapp):
    voice = Voice(qapp)
    voice.speak("it")
    try:
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Annulla"
        voice.speak("en")
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") != "Annulla"
    finally:
        voice.silence()


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
    with qtbot.waitSignal(form.made) as told:
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


def test_that_what_the_installation_left_uncompiled_is_compiled_beside_the_window(qtbot, windows, borough, monkeypatch):
    done = threading.Event()

    def slowly(report):
        assert done.wait(60), "the window does not wait for it"

    monkeypatch.setattr(app.warming, "is_warm", lambda: False)
    monkeypatch.setattr(app.warming, "warm", slowly)
    windows.warm()
    windows.open(borough)
    assert windows.current.isVisible()
    assert windows.current.status._told == app.warming.FIRST_TIME
    done.set()
    windows.stop()
    qtbot.waitUntil(lambda: windows.current.desk.is_checked)


def test_that_a_study_takes_the_start_page_s_place_and_gives_it_back(qtbot, windows, borough):
    windows.start()
    windows.current.study_wanted.emit(str(borough))
    assert isinstance(windows.current, MainWindow)
    assert windows.current.isVisible()
    qtbot.waitUntil(lambda: windows.current.desk.is_checked)
    windows.current.go_to_start()
    assert isinstance(windows.current, StartPage)


def test_that_the_start_page_offers_the_studies_opened_last(qtbot, look, borough, tmp_path):
    made = Windows(look, "it", tmp_path / "stato" / "recenti.json")
    made.open(borough)
    made.start()
    (card,) = made.current.side.recent.cards
    qtbot.addWidget(made.current)
    assert card.accessibleName() == "Borgo di prova"
    with qtbot.waitSignal(made.current.study_wanted) as wanted:
        card.click()
    assert Path(wanted.args[0]) == borough.resolve()
    made.current.close()


@pytest.fixture
def delivery(tmp_path):
    """Return a folder with zones that are clear, in Lerici's place, and a letter that is no data."""
    folder = tmp_path / "consegna"
    folder.mkdir()
    square = geopandas.GeoSeries.from_wkt(["POINT (9.91 44.08)"], crs=4326).to_crs(7791).buffer(300)
    frame = geopandas.GeoDataFrame({"codice": ["Q1"], "nome": ["Centro"]}, geometry=square)
    frame.to_file(folder / "quartieri.gpkg", driver="GPKG")
    (folder / "lettera.pdf").write_bytes(b"%PDF-")
    return folder


def test_that_a_folder_of_data_is_shown_with_its_roles_before_the_study_opens(qtbot, look, tmp_path, delivery):
    page = StartPage(look, "it", tmp_path)
    qtbot.addWidget(page)
    page.show()
    typed(page.form, "Lerici")
    page.form.origin.setText(str(delivery))
    with qtbot.waitSignal(page.form.brought):
        page.form.create_study()
    table = page.roles.table
    assert table.isVisible()
    named = {table.item(row, 0).text(): table.item(row, 2).text() for row in range(table.rowCount())}
    assert named["quartieri.gpkg"] == "Quartieri"
    assert all(table.item(row, 4).text() for row in range(table.rowCount())), "each says why"
    row = list(named).index("quartieri.gpkg")
    table.item(row, 0).setCheckState(Qt.CheckState.Unchecked)
    with qtbot.waitSignal(page.study_wanted) as wanted:
        page.roles.foot.open_button.click()
    study = study_reading.read(Path(wanted.args[0]))
    assert [ref.role for ref in study.layers] == ["boundary"], "what was unticked is out"
    page.close()


def test_that_a_folder_of_data_that_is_not_there_makes_no_study(qtbot, form, tmp_path):
    typed(form, "Lerici")
    form.origin.setText(str(tmp_path / "mai"))
    form.create_study()
    qtbot.waitUntil(lambda: not form._jobs.running)
    assert not (tmp_path / "Lerici").exists()


def test_that_a_term_is_explained_where_a_label_uses_it_and_nothing_where_it_does_not(window):
    label = QLabel("Zone del PUC vigente", window)
    told = glossary_tips.explained(glossary_tips.words_at(label, QPoint()), "it")
    assert told.startswith("PUC: Piano Urbanistico Comunale")
    assert glossary_tips.explained("Nulla di speciale", "it") == ""
    assert glossary_tips.explained("Suitability", "en").startswith("Suitability: How well ground meets")
    label.setToolTip("già detto")
    assert glossary_tips.words_at(label, QPoint()) == ""


def test_that_the_window_shows_the_explanation_of_what_lies_under_the_pointer(window, monkeypatch):
    shown = []
    monkeypatch.setattr(QApplication, "widgetAt", lambda *_: QLabel("PUO", window))
    monkeypatch.setattr(QToolTip, "showText", lambda at, told, *_: shown.append(told))
    QCoreApplication.sendEvent(window, QHelpEvent(QEvent.Type.ToolTip, QPoint(), QPoint()))
    assert shown[0].startswith("PUO: ")


def test_that_the_head_of_a_column_is_read_as_a_label(window):
    head = window.results.table.horizontalHeader()
    assert glossary_tips.words_at(head.viewport(), QPoint(-10_000, 0)) == ""


def test_that_no_two_commands_share_a_key():
    keys = [command.key for command in COMMANDS if command.key]
    assert len(keys) == len(set(keys))


def test_that_every_button_and_field_of_the_window_has_a_name_to_speak(window):
    window.show_sheets()
    spoken = [*window.findChildren(QAbstractButton), *window.findChildren(QComboBox), *window.findChildren(QLineEdit)]
    silent = [each for each in spoken if each.isVisible() and not (each.accessibleName() or _text(each))]
    assert silent == []


def _text(widget):
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def test_that_what_was_told_stands_again_when_work_without_a_word_of_its_own_has_ended(qtbot, window):
    qtbot.waitUntil(lambda: not window.desk.jobs.running)
    window.status.say(Text("Fatto.", "Done."))
    qtbot.waitUntil(lambda: not window.status._late.isActive())
    window.desk.jobs.progress.emit("units", 0.5, Text("Contorni", "Outlines"))
    assert window.status._said._whole == "Contorni"
    window.desk.jobs.ended.emit("units")
    assert window.status._said._whole == "Fatto."
