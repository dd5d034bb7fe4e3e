"""What the window says to do about a problem: never a word of the command line, never for a problem nobody has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from layers.problems import Problem
from layers.text import Text, same
from ui.panels.findings import card
from ui.remedies import BY_CODE, here, is_of_commands

_ROOT = Path(__file__).resolve().parents[2]
_PATHS = [path for name in ("layers", "analyses", "puc_tool") for path in (_ROOT / name).rglob("*.py")]
_SOURCES = [path.read_text(encoding="utf-8") for path in _PATHS]

COMMANDS_ALONE = {
    "areas-two-ways", "bug", "cancelled", "layer-missing", "layer-which-year", "log-unwritable",
    "mend-nothing-to-undo", "mend-unsuited", "place-kind", "place-not-a-point", "place-not-wkt", "role-unknown",
    "selection-field", "selection-unreadable", "verify-different",
}  # fmt: skip
"""What only a command can be told, or what the window never tells a remedy of."""


def told_by_commands() -> Iterator[str]:
    """Yield the code of every problem in the sources whose words name the command line."""
    for path in (each for each in _PATHS if "commands" not in each.parts):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {
            target.id: node.value
            for node in tree.body if isinstance(node, ast.Assign)
            for target in node.targets if isinstance(target, ast.Name)
        }  # fmt: skip
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem":
                said = list(_strings(node, named))
                if any("puc-tool" in each or "--" in each for each in said) and re.fullmatch("[a-z0-9-]+", said[0]):
                    yield said[0]


def _strings(node: ast.AST, named: dict[str, ast.expr]) -> Iterator[str]:
    """Yield the strings in a piece of code, those of the constants it names among them, in order."""
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value
        elif isinstance(each, ast.Name) and each.id in named:
            yield from (inner.value for inner in ast.walk(named[each.id])
                        if isinstance(inner, ast.Constant) and isinstance(inner.value, str))  # fmt: skip


def test_that_every_remedy_of_the_command_line_has_one_for_the_window():
    codes = set(told_by_commands())
    assert codes > {"encoding-guessed", "results-missing"}, "the sources are read"
    assert codes - set(BY_CODE) - COMMANDS_ALONE == set()


def test_that_a_remedy_without_words_of_commands_stays_as_the_problem_tells_it():
    there = Problem("year-missing", same("Suolo"), Text("manca.", "missing."), remedy=Text("Gli anni: 2012.", "2012."))
    assert here(there) is there
    assert not is_of_commands(there.remedy)


@pytest.mark.parametrize("code", BY_CODE)
def test_that_each_code_is_one_that_a_problem_has(code):
    assert any(f'"{code}"' in text for text in _SOURCES)


@pytest.mark.parametrize("code", BY_CODE)
def test_that_the_window_names_no_command_line(code):
    for words in (BY_CODE[code].it, BY_CODE[code].en):
        assert "puc-tool" not in words
        assert "--" not in words


def test_that_a_card_tells_the_window_s_remedy_and_nothing_else_changes(qtbot, look):
    there = Problem("results-missing", same("Orti"), Text("manca.", "missing."), remedy=Text("«puc-tool run»", "run"))
    assert here(there).message == there.message
    shown = card(there, look, "it")
    qtbot.addWidget(shown)
    assert shown.accessibleName() == "Orti: manca. Aprire la sua analisi e premere Esegui."


def test_that_a_problem_without_a_remedy_gets_none_and_others_keep_theirs():
    bare = Problem("results-missing", same("Orti"), Text("manca.", "missing."))
    other = Problem("x", same("Orti"), Text("manca.", "missing."), remedy=Text("Fare.", "Do."))
    assert here(bare) is bare
    assert here(other) is other
