"""The folder for what is made on the way: gone at the end, and a full disk is told in a sentence."""

import errno
import os
import shutil
import sqlite3

import pyogrio
import pytest
from rasterio.errors import RasterioIOError

from layers import aside, write
from layers.problems import Problem, PucError
from layers.text import Text


def test_that_the_folder_is_gone_at_the_end_even_after_a_fault():
    made = []

    def half(folder):
        made.append(folder)
        (folder / "mezzo.txt").write_text("mezzo", encoding="utf-8")
        raise ValueError("fault")

    with pytest.raises(ValueError, match="fault"), aside.folder_aside("prova") as folder:
        half(folder)
    assert made
    assert not made[0].exists()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_that_a_disk_that_gets_full_is_told_with_what_helps(code):
    with pytest.raises(PucError) as told, aside.folder_aside("prova"):
        raise OSError(code, os.strerror(code))
    (problem,) = told.value.problems
    assert problem.code == "temporary-folder-full"
    assert "TMPDIR" in problem.remedy.it


def test_that_a_folder_that_cannot_be_made_is_told(monkeypatch):
    def refused(**_):
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setattr(aside, "TemporaryDirectory", refused)
    with pytest.raises(PucError, match="temporanei"), aside.folder_aside("prova"):
        pass


def test_that_another_fault_of_the_system_stays_what_it_is():
    with pytest.raises(IsADirectoryError), aside.folder_aside("prova") as folder:
        folder.read_bytes()


@pytest.fixture
def full(monkeypatch):
    """Let the disk have no room."""
    used = shutil.disk_usage("/")._replace(free=0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: used)


@pytest.mark.parametrize(
    "error",
    [
        sqlite3.OperationalError("database or disk is full"),
        pyogrio.errors.FeatureError("Could not add feature to layer"),
        RasterioIOError("Write failed"),
        PucError(Problem("cannot-write", Text("dati.gpkg", "dati.gpkg"), Text("no.", "no."))),
    ],
)
def test_that_what_a_library_says_of_a_full_disk_is_told_in_our_words(error, full):
    with pytest.raises(PucError) as told, aside.folder_aside("prova"):
        raise error
    assert [problem.code for problem in told.value.problems] == ["temporary-folder-full"]


def test_that_a_file_that_could_not_be_written_is_told_though_there_is_room_again():
    with pytest.raises(PucError) as told, aside.folder_aside("prova") as folder:
        raise PucError(write.cannot_write(folder / "dati.gpkg", OSError("Failed to commit transaction")))
    assert [problem.code for problem in told.value.problems] == ["temporary-folder-full"]


def test_that_a_file_cut_short_without_a_word_is_not_taken_for_whole(full):
    with pytest.raises(PucError, match="temporanei"), aside.folder_aside("prova"):
        pass


@pytest.mark.parametrize("error", [sqlite3.OperationalError("no such table"), RuntimeError("bug")])
def test_that_a_fault_where_there_is_room_stays_what_it_is(error):
    with pytest.raises(type(error)), aside.folder_aside("prova"):
        raise error


def test_that_a_system_that_does_not_say_how_much_room_there_is_is_no_obstacle(monkeypatch):
    def unknown(_):
        raise OSError(errno.ENOSYS, "not implemented")

    monkeypatch.setattr(shutil, "disk_usage", unknown)
    with aside.folder_aside("prova") as folder:
        assert folder.is_dir()
