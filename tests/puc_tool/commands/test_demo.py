"""demo: only its own folder is ever written; the whole story is among the slow roads."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from analyses.progress import Cancelled
from puc_tool.console import Console


def test_that_a_folder_with_other_peoples_files_is_refused(refused, tmp_path, hashes):
    (tmp_path / "foto").mkdir()
    (tmp_path / "foto" / "lerici.jpg").write_bytes(b"\xff\xd8")
    before = hashes(tmp_path)
    assert refused("demo", tmp_path / "foto")["code"] == "folder-not-free"
    assert hashes(tmp_path) == before


def test_that_a_file_is_refused(refused, tmp_path):
    (tmp_path / "demo").write_text("mio")
    assert refused("demo", tmp_path / "demo")["code"] == "folder-not-free"
    assert (tmp_path / "demo").read_text() == "mio"


def test_that_another_study_is_refused(refused, town, hashes):
    before = hashes(town)
    assert refused("demo", town)["code"] == "folder-not-demonstration"
    assert hashes(town) == before


def test_that_a_broken_study_is_refused(refused, tmp_path):
    (tmp_path / "study.toml").write_text("version = 1\n[study")
    assert refused("demo", tmp_path)["code"] == "study-broken"
    assert (tmp_path / "study.toml").read_text() == "version = 1\n[study"


@pytest.mark.parametrize("stop", [Cancelled, KeyboardInterrupt])
def test_that_it_can_be_stopped_before_it_has_written_anything(puc, tmp_path, monkeypatch, stop):
    def impatient(console, share, message):
        raise stop

    monkeypatch.setattr(Console, "report", impatient)
    assert puc("demo", tmp_path / "demo").code == 130
    assert not (tmp_path / "demo").exists()


def test_that_a_place_that_takes_nothing_is_a_sentence(refused, tmp_path, monkeypatch):
    # The generator takes seconds and is not the point here.
    city = SimpleNamespace(population=SimpleNamespace(total=1))
    monkeypatch.setattr("puc_tool.demo.study.make_city", lambda report: city)
    (tmp_path / "file").write_text("mio")
    assert refused("demo", tmp_path / "file" / "demo")["code"] == "cannot-write"
    assert (tmp_path / "file").read_text() == "mio"
