"""Preferences, what the program is made of, and the documents beside it: without a window."""

from __future__ import annotations

import json

import pytest

from puc_tool import about, manual, settings
from puc_tool.settings import ALL, LANGUAGE, SIZE, THEME, Settings


def test_that_each_setting_is_called_and_chosen_in_both_languages():
    assert len({each.id for each in ALL}) == len(ALL)
    for setting in ALL:
        assert setting.title.it != setting.title.en
        assert len(dict(setting.choices)) == len(setting.choices) > 1


def test_that_what_is_chosen_is_there_at_the_next_start(tmp_path):
    told = []
    first = Settings(tmp_path / "a" / "settings.json")
    first.changed.connect(told.append)
    first.set(THEME, "dark")
    first.set(THEME, "dark")
    assert told == [THEME], "the same value again is no change"
    assert Settings(tmp_path / "a" / "settings.json").get(THEME) == "dark"


def test_that_what_a_start_asks_for_counts_until_something_is_chosen_and_is_not_kept(tmp_path):
    path = tmp_path / "settings.json"
    found = Settings(path)
    found.take_for_now(LANGUAGE, "en")
    found.set(THEME, "dark")
    assert (found.lang, Settings(path).lang) == ("en", "it")
    found.set(LANGUAGE, "it")
    assert found.lang == "it"


@pytest.mark.parametrize("said", ["", "[]", "{", '{"theme": 3}', '{"theme": "viola"}', "\x00"])
def test_that_a_file_that_says_nonsense_is_taken_for_none(tmp_path, said):
    path = tmp_path / "settings.json"
    path.write_text(said, encoding="utf-8")
    found = Settings(path)
    assert [found.get(each) for each in ALL] == [each.default for each in ALL]


def test_that_a_place_that_can_not_be_written_stops_nobody(tmp_path):
    (tmp_path / "in-the-way").write_text("", encoding="utf-8")
    found = Settings(tmp_path / "in-the-way" / "settings.json")
    found.set(SIZE, "150")
    assert found.get(SIZE) == "150"


def test_that_values_of_a_later_version_are_kept(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"further": "x"}', encoding="utf-8")
    Settings(path).set(LANGUAGE, "en")
    assert json.loads(path.read_text(encoding="utf-8")) == {"further": "x", "language": "en"}


def test_that_the_file_lies_in_the_user_s_own_folder_for_settings():
    assert settings.place().name == "settings.json"
    assert "puc-tool" in settings.place().parts


def test_that_the_parts_are_the_libraries_asked_for_each_with_a_version_and_a_licence():
    found = {each.name: each for each in about.parts()}
    assert {"numpy", "shapely", "PySide6-Essentials", "fontpkg-inter"} <= found.keys()
    assert not {"pytest", "mypy"} & found.keys()
    assert all(each.version and each.licence.it and "\n" not in each.licence.it for each in found.values())


def test_that_the_documents_are_named_by_their_headings_without_the_decisions(tmp_path):
    (tmp_path / "decisions").mkdir()
    (tmp_path / "decisions" / "0001-x.md").write_text("# X\n", encoding="utf-8")
    (tmp_path / "uso.md").write_text("\n# Primi passi\n\ntesto\n", encoding="utf-8")
    (tmp_path / "senza.md").write_text("testo\n", encoding="utf-8")
    assert [page.title for page in manual.pages(tmp_path)] == ["senza", "Primi passi"]
    assert manual.pages(tmp_path / "none") == ()
