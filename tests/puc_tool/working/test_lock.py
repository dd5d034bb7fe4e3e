"""Who has the study: one window, told to the others, taken over only by asking."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from layers.problems import PucError
from puc_tool.working.journal import FOLDER
from puc_tool.working.lock import FILE, NOBODY_KNOWN, Holder, Lock, State


def held(study: Path) -> Holder:
    return Holder(**json.loads((study / FOLDER / FILE).read_text(encoding="utf-8")))


def held_by(study: Path, **changes: object) -> Lock:
    Lock(study).take()
    (study / FOLDER / FILE).write_text(json.dumps(asdict(replace(held(study), **changes))), encoding="utf-8")
    return Lock(study)


def test_that_the_second_window_is_told_who_has_the_study(tmp_path):
    first, second = Lock(tmp_path), Lock(tmp_path)
    assert first.take() is None
    holder = second.take()
    assert (holder.pid, holder.host, holder.state) == (os.getpid(), socket.gethostname(), State.LIVES)
    assert (first.is_ours, second.is_ours) == (True, False)


def test_that_who_gives_it_back_gives_only_what_is_theirs(tmp_path):
    first, second = Lock(tmp_path), Lock(tmp_path)
    first.take()
    second.release()
    assert first.is_ours
    first.release()
    assert second.take() is None


def test_that_the_lock_of_a_process_that_ended_is_known_as_such(tmp_path):
    code = "import sys, pathlib; from puc_tool.working.lock import Lock; Lock(pathlib.Path(sys.argv[1])).take()"
    subprocess.run([sys.executable, "-c", code, tmp_path], check=True, timeout=600)
    assert Lock(tmp_path).take().state is State.IS_DEAD


def test_that_a_later_process_with_the_same_number_is_another(tmp_path):
    assert held_by(tmp_path, started="1").take().state is State.IS_DEAD


def test_that_of_another_computer_s_process_nothing_is_known(tmp_path):
    assert held_by(tmp_path, host="elsewhere").take().state is State.UNKNOWN


@pytest.mark.parametrize("content", ["", "{", "[]", '{"token": 1}', "null"])
def test_that_a_file_that_does_not_say_who_is_somebody_s(tmp_path, content):
    Lock(tmp_path).take()
    (tmp_path / FOLDER / FILE).write_text(content, encoding="utf-8")
    assert Lock(tmp_path).take() == NOBODY_KNOWN
    assert NOBODY_KNOWN.state is State.UNKNOWN


def test_that_taking_over_is_seen_by_whoever_had_it(tmp_path):
    first, second = Lock(tmp_path), Lock(tmp_path)
    first.take()
    second.take_over()
    assert (first.is_ours, second.is_ours) == (False, True)
    first.release()
    assert second.is_ours


def test_that_a_folder_that_can_t_be_made_is_told(tmp_path):
    (tmp_path / FOLDER).write_text("a file", encoding="utf-8")
    with pytest.raises(PucError) as told:
        Lock(tmp_path).take()
    assert told.value.problems[0].code == "cannot-write"


def test_that_a_disk_that_takes_no_lock_is_told_and_keeps_no_half_of_one(tmp_path):
    assert Lock(tmp_path).take() is None
    (tmp_path / FOLDER / FILE).unlink()
    script = (
        "import resource, signal, sys; from pathlib import Path; from layers.problems import PucError\n"
        "from puc_tool.working.lock import Lock\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10, resource.RLIM_INFINITY))\n"
        "try: Lock(Path(sys.argv[1])).take()\n"
        "except PucError as error: raise SystemExit(error.problems[0].code == 'cannot-write' and 7)"
    )
    assert subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False).returncode == 7
    assert not (tmp_path / FOLDER / FILE).exists()
    assert Lock(tmp_path).take() is None


def test_that_of_many_windows_at_once_one_has_it(tmp_path):
    code = (
        "import sys; from pathlib import Path; from puc_tool.working.lock import Lock; lock = Lock(Path(sys.argv[1]));"
        "print(lock.take() is None, flush=True); sys.stdin.read()"
    )
    many = [subprocess.Popen([sys.executable, "-c", code, tmp_path], stdin=-1, stdout=-1, text=True) for _ in range(4)]
    try:
        assert sorted(each.stdout.readline().strip() for each in many) == ["False", "False", "False", "True"]
    finally:
        for each in many:
            each.communicate(timeout=600)


def test_that_the_lock_names_no_user(tmp_path):
    Lock(tmp_path).take()
    assert set(asdict(held(tmp_path))) == {"token", "pid", "host", "started", "since"}
