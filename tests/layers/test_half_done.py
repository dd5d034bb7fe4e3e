"""What is written and not yet whole: whose it is can be told, so that two processes never write into one file."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from layers import half_done, write

NOBODY = 2**22 + 1  # no process has such a number


def told(path):
    return sorted(each.name for each in path.parent.iterdir())


@pytest.mark.parametrize("name", ["figures.json", "layers.gpkg", "senza ending", "nome.con.punti.csv", "[a].tif"])
def test_that_what_a_killed_process_left_goes_and_what_another_is_writing_stays(tmp_path, name):
    path = tmp_path / name
    living = path.with_name(f"{path.stem}.{os.getppid()}.part{path.suffix}")
    for each in (living, path.with_name(f"{path.stem}.{NOBODY}.part{path.suffix}")):
        each.write_text("half", encoding="utf-8")
    write.text(path, "whole")
    assert told(path) == sorted([name, living.name])
    assert living.read_text(encoding="utf-8") == "half"


@pytest.mark.parametrize(
    "name",
    ["dati.part.json", "dati.12a.part.json", f"altri.{NOBODY}.part.json", f"dati.{NOBODY}.part.csv", "dati.json.part"],
)
def test_that_a_name_which_is_not_ours_is_left_alone(tmp_path, name):
    (tmp_path / name).write_text("of somebody", encoding="utf-8")
    write.text(tmp_path / "dati.json", "whole")
    assert told(tmp_path / name) == sorted(["dati.json", name])


def test_that_a_folder_left_by_a_killed_process_goes_with_all_it_holds(tmp_path):
    left = tmp_path / f".results.{NOBODY}.part"
    (left / "deeper").mkdir(parents=True)
    half_done.clear_left(tmp_path / "results")
    assert not left.exists()


def test_that_where_nothing_can_be_looked_at_nothing_is_cleared(tmp_path):
    half_done.clear_left(tmp_path / "no such folder" / "results")
    assert list(tmp_path.iterdir()) == []


def test_that_what_is_half_done_is_known_by_its_name(tmp_path):
    for path in (half_done.file_beside(tmp_path / "a.gpkg"), half_done.folder_beside(tmp_path / "a")):
        assert half_done.is_half_done(path.name)
    assert not half_done.is_half_done("mappa.part.gpkg")
    assert not half_done.is_half_done("catasto.particelle.gpkg")


def many_times(path, letter):
    for _ in range(60):
        write.text(path, letter * 20_000)


def test_that_processes_writing_one_file_at_once_all_end_and_leave_one_of_theirs_whole(tmp_path):
    path = tmp_path / "dati.json"
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        for written in [pool.submit(many_times, path, letter) for letter in "abc"]:
            written.result()
    assert path.read_text(encoding="utf-8") in {letter * 20_000 for letter in "abc"}
    assert told(path) == ["dati.json"]
