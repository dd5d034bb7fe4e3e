"""Help, about and preferences: all by keyboard, in both languages, and kept until the next start."""

from __future__ import annotations

import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from puc_tool import about, manual, settings
from puc_tool.report import glossary
from puc_tool.settings import Settings
from puc_tool.studies import recent_studies
from tests.ui.test_clipping import clipped
from ui.app import Windows, _scale
from ui.command_line import in_the_chosen_language
from ui.commands import COMMANDS
from ui.help import commands_page
from ui.help.help_dialog import HelpDialog
from ui.help.pages import HELP_PAGES
from ui.main_window import MainWindow
from ui.map import view
from ui.panels import layer_tree
from ui.preferences import PreferencesDialog
from ui.search.found import ENTRY_ROLE
from ui.start_page import StartPage


@pytest.fixture
def kept(tmp_path):
    return Settings(tmp_path / "preferenze" / "settings.json")


@pytest.fixture
def windows(look, kept, tmp_path):
    made = Windows(look, "it", tmp_path / "stato" / "recenti.json", kept)
    yield made
    made.current.close()
    look.set_dark(False)


@pytest.fixture
def at_start(windows):
    windows.start()
    return windows


@pytest.fixture
def opened(qtbot, windows, borough):
    windows.open(borough)
    qtbot.waitUntil(lambda: windows.current.desk.is_checked)
    return windows


def dialog(windows: Windows, kind: type[QWidget]) -> QWidget:
    (shown,) = [each for each in windows.current.findChildren(kind) if each.isVisible()]
    return shown


def pick(box, value):
    place = box.findData(value)
    box.setCurrentIndex(place)
    box.activated.emit(place)


def entries(page):
    model = page.model_of_rows
    return [model.index(row).data(ENTRY_ROLE) for row in range(model.rowCount())]


def test_that_f1_shows_every_command_with_the_key_it_is_declared_with(opened):
    opened.current.actions_by_id["help.commands"].trigger()
    page = dialog(opened, HelpDialog).pages["commands"]
    told = {(each.title.it, each.kind.it): each.key for each in entries(page)}
    assert {(each.name.it, each.place.it): each.heard_key for each in COMMANDS}.items() <= told.items()
    assert opened.current.actions_by_id["help.commands"].shortcut() == QKeySequence("F1")


def test_that_the_keys_of_panels_are_those_the_panels_listen_to():
    listened = {
        commands_page._MAP: set(view._KEYS),
        commands_page._LAYERS: {key for key, _ in layer_tree._KEYS},
    }
    for title, where, key in commands_page.PANEL_KEYS:
        if where in listened:
            assert QKeySequence(key)[0].key() in listened[where], title.it


@pytest.mark.parametrize(("typed", "found"), [("esporta", "Esporta la tavola"), ("export", "Esporta la tavola")])
def test_that_a_command_is_found_by_either_language(qtbot, at_start, typed, found):
    at_start.show_help()
    shown = dialog(at_start, HelpDialog)
    qtbot.keyClicks(shown.line, typed)
    assert entries(shown.pages["commands"])[0].title.it == found


def test_that_the_glossary_holds_every_term_and_is_searched_by_its_words(qtbot, at_start):
    at_start.show_help("glossary")
    shown = dialog(at_start, HelpDialog)
    page = shown.pages["glossary"]
    assert len(page.rows) == len(glossary.entries())
    qtbot.keyClicks(shown.line, "liguria 36")
    left = [term for term, row in page.rows.items() if not row.isHidden()]
    assert "PUC" in left
    assert len(left) < 20
    shown.line.setText("xyzzy")
    assert shown._count.text() == "Niente si chiama così."


def test_that_the_manual_opens_each_document_that_lies_beside_the_program(at_start, monkeypatch):
    urls = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: urls.append(url.toLocalFile()))
    at_start.show_help("manual")
    for button in dialog(at_start, HelpDialog).pages["manual"].buttons:
        button.click()
    assert urls == [*(str(page.path) for page in manual.pages()), str(manual.pages()[0].path.parent)]


def test_that_about_says_version_edition_licence_and_the_libraries_installed(at_start):
    at_start.show_help("about")
    page = dialog(at_start, HelpDialog).pages["about"]
    page.copy()
    told = QApplication.clipboard().text()
    for word in (about.tool_version(), about.code_edition(), "shapely", "Qt"):
        assert word in told
    assert "pytest" not in told, "what only checks need is no part of the program"


def test_that_escape_closes_the_help_and_leaves_the_window(qtbot, opened):
    opened.show_help()
    shown = dialog(opened, HelpDialog)
    qtbot.keyClick(shown.line, Qt.Key.Key_Escape)
    assert opened.current.findChildren(HelpDialog) == [] or not shown.isVisible()
    assert opened.current.isVisible()


def test_that_asking_twice_opens_one_help(at_start):
    at_start.show_help()
    at_start.show_help("about")
    assert dialog(at_start, HelpDialog).page_id == "about"


def test_that_the_start_page_has_the_same_keys_and_links(qtbot, at_start):
    page = at_start.current
    with qtbot.waitSignal(page.help_wanted) as wanted:
        page.side.links.findChildren(QWidget)[0].click()
    assert wanted.args == ["commands"]
    page.preferences_wanted.emit()
    assert dialog(at_start, PreferencesDialog)


@pytest.mark.parametrize("lang", ["it", "en"])
def test_that_no_words_are_cut_in_help_and_preferences(qtbot, look, lang, kept):
    shown = HelpDialog(look, lang)
    qtbot.addWidget(shown)
    shown.show()
    cut = {}
    for page in HELP_PAGES:
        shown.open_page(page.id)
        cut[page.id] = qtbot.come_to_rest(lambda: clipped(shown))
    chosen = PreferencesDialog(kept, lambda: None, look, lang)
    qtbot.addWidget(chosen)
    chosen.show()
    cut["preferences"] = qtbot.come_to_rest(lambda: clipped(chosen))
    assert {name: words for name, words in cut.items() if words} == {}


def test_that_a_language_opens_the_study_anew_in_it_and_is_kept(qtbot, opened, kept, tmp_path):
    opened.current.session.show(0, False)
    before = opened.current
    opened.show_preferences()
    pick(dialog(opened, PreferencesDialog).boxes["language"], "en")
    assert isinstance(opened.current, MainWindow)
    assert opened.current is not before
    assert opened.current.actions_by_id["window.close"].text() == "Quit"
    assert dialog(opened, PreferencesDialog).windowTitle().startswith("Preferences")
    qtbot.waitUntil(lambda: opened.current.desk.is_checked)
    assert not opened.current.session.entries[0].is_visible, "what was done before is still done"
    assert Settings(tmp_path / "preferenze" / "settings.json").lang == "en"


def test_that_a_language_waits_while_something_is_computed(opened, kept, monkeypatch):
    monkeypatch.setattr(type(opened.current.desk), "can_choose", property(lambda desk: False))
    before = opened.current
    kept.set(settings.LANGUAGE, "en")
    assert opened.current is before


def test_that_the_start_page_speaks_the_other_language_too(at_start, kept):
    kept.set(settings.LANGUAGE, "en")
    assert isinstance(at_start.current, StartPage)
    assert at_start.current.side.open_card.accessibleName() == "Open a study…"


def test_that_the_theme_is_put_on_at_once_and_kept_also_when_switched_by_the_button(opened, kept, look, tmp_path):
    opened.show_preferences()
    pick(dialog(opened, PreferencesDialog).boxes["theme"], "dark")
    assert look.is_dark
    opened.current.switch_theme()
    assert not look.is_dark
    assert Settings(tmp_path / "preferenze" / "settings.json").get(settings.THEME) == "light"


def test_that_recent_studies_are_cleared_and_the_study_is_not_touched(opened, borough, tmp_path):
    listed_in = tmp_path / "stato" / "recenti.json"
    assert len(recent_studies.recent(listed_in)) == 1
    opened.show_preferences()
    dialog(opened, PreferencesDialog).clear_button.click()
    assert recent_studies.recent(listed_in) == ()
    assert (borough / "study.toml").is_file()


def test_that_the_start_page_forgets_the_recent_studies_at_once(windows, borough, tmp_path):
    recent_studies.opened(borough, tmp_path / "stato" / "recenti.json")
    windows.start()
    assert len(windows.current.side.recent.cards) == 1
    windows.show_preferences()
    dialog(windows, PreferencesDialog).clear_button.click()
    assert windows.current.side.recent.cards == []


def test_that_the_size_of_text_is_asked_of_qt_at_the_start_unless_the_system_says_one(kept, monkeypatch):
    monkeypatch.delenv("QT_SCALE_FACTOR", raising=False)
    _scale(kept)
    assert "QT_SCALE_FACTOR" not in os.environ
    kept.set(settings.SIZE, "125")
    monkeypatch.setenv("QT_SCALE_FACTOR", "2")
    _scale(kept)
    assert os.environ["QT_SCALE_FACTOR"] == "2"


def test_that_the_window_speaks_the_language_of_the_preferences_unless_told_otherwise(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "place", lambda: tmp_path / "settings.json")
    assert in_the_chosen_language(["open", "x"]) == ["open", "x", "--lang", "it"]
    Settings(tmp_path / "settings.json").set(settings.LANGUAGE, "en")
    assert in_the_chosen_language(["open", "x"]) == ["open", "x", "--lang", "en"]
    assert in_the_chosen_language(["open", "--lang=it"]) == ["open", "--lang=it"]
    assert in_the_chosen_language(["run", "x"]) == ["run", "x"], "scripts say what they want themselves"
