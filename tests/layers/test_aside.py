"""The folder for what is made on the way: gone at the end, and a full disk is told in a sentence."""

import errno
import os

import pytest

from layers import aside
from layers.problems import PucError


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
