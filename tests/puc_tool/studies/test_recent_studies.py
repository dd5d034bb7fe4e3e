"""The list of studies opened last."""

from __future__ import annotations

import shutil

import pytest

from puc_tool.studies.recent_studies import BROKEN, GONE, MOST, forget, opened, recent


@pytest.fixture
def listed_in(tmp_path):
    return tmp_path / "stato" / "recenti.json"


def test_that_the_last_opened_comes_first_and_only_once(town, tmp_path, listed_in):
    other = shutil.copytree(town, tmp_path / "altro")
    for folder in (town, other, town):
        opened(folder, listed_in)
    assert [each.folder for each in recent(listed_in)] == [town.resolve(), other.resolve()]
    assert recent(listed_in)[0].title == "Borgo di prova"


def test_that_a_study_that_is_gone_or_broken_says_so_and_can_be_taken_off(town, tmp_path, listed_in):
    broken, gone = shutil.copytree(town, tmp_path / "rotto"), tmp_path / "mai esistito"
    for folder in (broken, gone, town):
        opened(folder, listed_in)
    (broken / "study.toml").write_text("= no", encoding="utf-8")
    told = {each.folder.name: each.trouble for each in recent(listed_in)}
    assert told == {town.name: None, "mai esistito": GONE, "rotto": BROKEN}
    forget(gone.resolve(), listed_in)
    assert [each.folder for each in recent(listed_in)] == [town.resolve(), broken.resolve()]


def test_that_the_list_stays_short(town, tmp_path, listed_in):
    for name in range(MOST + 3):
        opened(shutil.copytree(town, tmp_path / f"studio {name}"), listed_in)
    assert len(recent(listed_in)) == MOST


@pytest.mark.parametrize("content", ["", "{", '{"a": 1}', "[1, null]", "\x00"])
def test_that_a_list_that_is_none_means_no_studies(listed_in, content):
    listed_in.parent.mkdir()
    listed_in.write_text(content, encoding="utf-8")
    assert recent(listed_in) == ()


def test_that_a_list_that_cannot_be_written_stops_nothing(town, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    opened(town, tmp_path / "file" / "recenti.json")
    assert recent(tmp_path / "file" / "recenti.json") == ()
