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


@pytest.mark.parametrize("at_once", [1, 3, 10, 11])
def test_that_slices_tile_all_values(monkeypatch, at_once):
    monkeypatch.setattr(scratch, "AT_ONCE", at_once)
    found = list(scratch.slices(10))
    assert np.concatenate([np.arange(10)[some] for some in found]).tolist() == list(range(10))
    assert max(some.stop - some.start for some in found) <= at_once
    assert scratch.filled(10, np.int64, lambda some: np.arange(10)[some]).tolist() == list(range(10))


def test_that_nothing_is_one_empty_slice():
    assert list(scratch.slices(0)) == [slice(0, 0)]


@pytest.mark.parametrize("rows", [0, 1, 20, 300])
def test_that_parts_put_together_are_the_same_in_memory_and_in_a_file(small_room, rows):
    growing, parts = scratch.Growing(), [np.full((rows, 2), place, np.int32) for place in range(4)]
    for part in parts:
        growing.add(part)
    whole = growing.whole()
    assert (whole == np.concatenate(parts)).all()
    assert (whole.shape, whole.dtype) == ((4 * rows, 2), np.int32)
    assert isinstance(whole.base, np.memmap) == (4 * rows * 8 > 1000)


def test_that_parts_which_find_no_room_are_told(small_room, monkeypatch):
    monkeypatch.setattr(scratch.tempfile, "TemporaryFile", lambda prefix: Full())
    with pytest.raises(PucError) as told:
        scratch.Growing().add(np.zeros(1000))
    assert told.value.problems[0].code == "scratch-no-room"


class Full:
    def write(self, _content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class Disk:
    free = 5000
