"""Arrays too large for memory lie in a file that nobody sees, and a full disk is told in a sentence."""

import errno
import os

import numpy as np
import pytest

from layers import scratch
from layers.problems import PucError


@pytest.fixture
def small_room(monkeypatch):
    monkeypatch.setattr(scratch, "ROOM_BYTES", 1000)


def test_that_an_array_in_a_file_is_like_any_other_and_leaves_nothing(small_room, tmp_path, monkeypatch):
    monkeypatch.setattr(scratch.tempfile, "tempdir", str(tmp_path))
    room = scratch.room_for((3, 500), np.float32)
    room[1] = np.arange(500)
    assert (room.shape, room.dtype, room[1, 499]) == ((3, 500), np.float32, 499.0)
    assert isinstance(room.base, np.memmap)
    assert list(tmp_path.iterdir()) == []


def test_that_a_small_array_stays_in_memory(small_room):
    assert scratch.room_for((250,), np.float32).base is None


def test_that_a_full_disk_is_told_with_what_is_needed(small_room, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(scratch, "_reserve", full)
    with pytest.raises(PucError) as told:
        scratch.room_for((500_000_000,), np.float32)
    (problem,) = told.value.problems
    assert problem.code == "scratch-no-room"
    assert "2,0 GB" in problem.message.it


def test_that_room_is_known_beforehand(small_room, monkeypatch):
    monkeypatch.setattr(scratch.shutil, "disk_usage", lambda _: Disk)
    assert scratch.has_room(1000)
    assert scratch.has_room(5000)
    assert not scratch.has_room(5001)


class Disk:
    free = 5000
