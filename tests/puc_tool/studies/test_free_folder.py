"""The folder of a new study: one that holds something is left alone."""

from __future__ import annotations

from puc_tool.studies.free_folder import free_folder


def test_that_the_name_after_a_taken_one_is_counted_up(tmp_path):
    for name in ("Zoagli", "Zoagli 2"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x").touch()
    assert free_folder(tmp_path / "Zoagli").name == "Zoagli 3"
    assert free_folder(tmp_path / "Recco").name == "Recco"


def test_that_an_empty_folder_is_free_and_a_file_is_not(tmp_path):
    (tmp_path / "Recco").mkdir()
    (tmp_path / "Zoagli").touch()
    assert free_folder(tmp_path / "Recco").name == "Recco"
    assert free_folder(tmp_path / "Zoagli").name == "Zoagli 2"
