"""Nothing that goes into the repository tells which machine or which package registry it was made with."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = {".py", ".md", ".toml", ".txt", ".yml", ".yaml", ".sh", ".json", ".csv", ".typ", ".svg", ".cfg", ""}
REGISTRY = re.compile(r"//[a-z.]*(?:pypi|pythonhosted|npmjs|debian|ubuntu)\.(?:org|com|net)")
MACHINE = re.compile(r"(?:^|[^\w.])/(?:work|farm|root|home|Users|opt/wheels)/")


def tracked() -> list[Path]:
    """Return what is or would be committed: the tracked files, and the new ones that are not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode:
        pytest.skip("not a git checkout, so there is no list of tracked files")
    return [ROOT / name for name in run.stdout.split("\0") if name and (ROOT / name).is_file()]


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in tracked()
        if path.suffix in TEXT
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]


def test_that_no_file_names_a_package_registry():
    assert lines_with(REGISTRY) == []


def test_that_no_file_names_a_folder_of_somebody_s_machine():
    assert lines_with(MACHINE) == []


@pytest.mark.parametrize("folder", ["work", "root", "home", "Users"])
def test_that_a_machine_path_would_be_seen(folder):
    assert MACHINE.search(f'open("/{folder}/someone/plan.gpkg")')


@pytest.mark.parametrize("line", ["src/root/x", "https://example.org/home/", "../work/plan", "a/home/b"])
def test_that_a_web_address_or_a_relative_path_is_no_machine_path(line):
    assert not MACHINE.search(line)


def test_that_a_registry_would_be_seen():
    assert REGISTRY.search("--index-url https://files." + "pythonhosted" + ".org/simple")
