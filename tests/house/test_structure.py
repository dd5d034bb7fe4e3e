"""The house rules that can be read off the source: who imports what, who prints, what files are called."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("layers", "analyses", "puc_tool", "ui")
CONSOLE = Path("puc_tool/console.py")
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "stuff", "manager", "managers"}


def modules() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path)))


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', '?')}"


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def test_that_there_is_something_to_look_at():
    assert {path.relative_to(ROOT).parts[0] for path in modules()} == set(PACKAGES)


def test_that_imports_only_go_down_the_staircase():
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_that_every_import_is_absolute():
    relative = [
        where(path, node)
        for path in modules()
        for node in nodes(path)
        if isinstance(node, ast.ImportFrom) and node.level > 0
    ]
    assert relative == []


def test_that_nobody_draws_through_the_global_state_of_pyplot():
    drawers = [
        where(path, node)
        for path in modules()
        for node in nodes(path)
        if any(name.startswith("matplotlib.pyplot") for name in imported(node))
    ]
    assert drawers == []


def test_that_only_the_console_prints():
    printers = [
        where(path, node)
        for path in modules()
        if path.relative_to(ROOT) != CONSOLE
        for node in nodes(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printers == []


def test_that_a_file_is_named_after_what_it_knows():
    drawers = [path for path in modules() if path.stem in DRAWERS or path.parent.name in DRAWERS]
    assert drawers == []


def test_that_no_package_of_tests_takes_over_the_name_of_a_package():
    # In importlib mode an __init__.py under tests/layers would make «layers» mean the tests.
    assert list((ROOT / "tests").rglob("__init__.py")) == []
