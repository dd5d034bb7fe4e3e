"""Processes beside this one: begun with what they are given, and gone when the one that asked is killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from puc_tool import processes

ROOT = Path(__file__).resolve().parents[2]
TWO_AT_WORK = """
import time
from puc_tool import processes
if __name__ == "__main__":
    with processes.pool(2) as pool:
        pool.submit(print, "at work", flush=True).result()
        pool.submit(time.sleep, 3600).result()
"""


def test_that_a_process_begins_with_what_it_is_given(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with processes.pool(1, os.chdir, "/") as pool:
        assert pool.submit(os.getcwd).result() == "/"


def test_that_after_a_kill_no_process_is_left_and_whoever_reads_comes_to_an_end(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(TWO_AT_WORK, encoding="utf-8")
    # Unbuffered: nothing is kept from `communicate`. It ends when everybody who could print has ended.
    running = subprocess.Popen(
        [sys.executable, program], stdout=-1, stderr=-1, bufsize=0, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    assert running.stdout is not None
    assert running.stdout.readline() == b"at work\n"
    running.kill()
    out, _ = running.communicate(timeout=300)
    assert out == b""
