"""What the window says to do about a problem: never a word of the command line, never for a problem nobody has."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers.problems import Problem
from layers.text import Text, same
from ui.panels.findings import card
from ui.remedies import BY_CODE, here

_ROOT = Path(__file__).resolve().parents[2]
_SOURCES = [path.read_text(encoding="utf-8") for name in ("layers", "analyses", "puc_tool")
            for path in (_ROOT / name).rglob("*.py")]  # fmt: skip


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
