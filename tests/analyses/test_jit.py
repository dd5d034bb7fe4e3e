import os

from analyses.kernels.jit import cache_folder, edition


def test_that_compiled_code_lies_beside_the_source_where_that_can_be_written(tmp_path):
    assert cache_folder(tmp_path, tmp_path / "own") == tmp_path / "__pycache__"
    assert not (tmp_path / "own").exists()


def test_that_compiled_code_of_a_read_only_install_lies_where_only_the_user_can_reach(tmp_path, monkeypatch):
    source, own = tmp_path / "source", tmp_path / "cache" / "own"
    monkeypatch.setattr(os, "access", lambda path, mode: path != source)
    assert cache_folder(source, own) == own
    assert own.stat().st_mode & 0o777 == 0o700


def test_that_a_folder_others_could_write_is_closed_to_them(tmp_path, monkeypatch):
    source, own = tmp_path / "source", tmp_path / "own"
    own.mkdir()
    own.chmod(0o777)
    monkeypatch.setattr(os, "access", lambda path, mode: path != source)
    cache_folder(source, own)
    assert own.stat().st_mode & 0o777 == 0o700


def test_that_nothing_is_kept_where_nothing_can_be_written(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert cache_folder(tmp_path, tmp_path / "file" / "own") is None


def test_that_kernels_of_another_text_have_another_folder_and_equal_ones_the_same(tmp_path):
    (tmp_path / "area.py").write_text("A = 1")
    (tmp_path / "caller.py").write_text("from area import A")
    before = edition(tmp_path)
    assert edition(tmp_path) == before
    (tmp_path / "area.py").write_text("A = 2")
    assert edition(tmp_path) != before
