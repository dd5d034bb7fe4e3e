"""Without a screen the command says so in a sentence; nothing aborts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from layers.problems import PucError
from ui import screen

ROOT = Path(__file__).resolve().parents[2]


def puc(*words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    known = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    command = [sys.executable, "-m", "ui.start", *words]
    return subprocess.run(command, env=known | changes, cwd=ROOT, capture_output=True, text=True, check=False)


def test_that_a_broken_platform_is_explained_and_the_exit_code_is_1(tmp_path):
    said = puc("open", str(tmp_path), QT_QPA_PLATFORM="nonexistent")
    assert said.returncode == 1
    assert "apt-get install --no-install-recommends" in said.stderr
    assert "libxcb-cursor0" in said.stderr
    assert "riga di comando" in said.stderr
    assert "Traceback" not in said.stderr


def test_that_the_other_verbs_work_without_a_screen():
    assert puc("list", "analyses", QT_QPA_PLATFORM="nonexistent").returncode == 0


def test_that_without_a_screen_the_screen_is_named(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "nonexistent")
    monkeypatch.setattr(screen, "LIBRARIES", {})
    with pytest.raises(PucError, match="non c'è uno schermo su cui disegnare"):
        screen.refuse_without_screen()


def test_that_missing_libraries_are_named_by_their_packages(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "nonexistent")
    monkeypatch.setattr(screen, "LIBRARIES", {"libnosuch.so.9": "libnosuch9", "libc.so.6": "libc6"})
    with pytest.raises(PucError) as told:
        screen.refuse_without_screen()
    assert told.value.problems[0].code == "qt-libraries-missing"
    assert told.value.problems[0].remedy.it.endswith("install --no-install-recommends libnosuch9")


def test_that_nothing_is_refused_where_a_window_can_be_drawn():
    screen.refuse_without_screen()


def test_that_the_libraries_are_those_that_the_project_installs():
    script = (ROOT / "scripts" / "qt-libraries.sh").read_text(encoding="utf-8")
    pairs = dict(re.findall(r"(lib[\w.+-]+\.so\.\d+)=(lib[\w.-]+?)(?=[\s\"])", script))
    assert pairs == dict(screen.LIBRARIES)
