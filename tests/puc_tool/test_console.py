"""The terminal: one object for scripts, sentences for people, progress on the other channel."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from layers.problems import Problem, PucError, Severity
from layers.text import Text, same
from puc_tool.console import Answer, Console

ERROR = Problem("e", same("A"), Text("Rotto.", "Broken."), remedy=Text("Aggiustare.", "Mend."))
WARNING = Problem("w", same("B"), Text("Strano.", "Odd."), severity=Severity.WARNING)
FULL = Path("/dev/full")
ANSWER = Answer((Text("Fatto.", "Done."),), {"files": ["à.pdf"]}, (ERROR, WARNING))


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def sit(monkeypatch):
    """Let somebody sit at the terminal who types 2; pytest takes the channels back before each test begins."""

    def down():
        monkeypatch.setattr(sys, "stdin", Terminal("2\n"))
        monkeypatch.setattr(sys, "stderr", Terminal())
        return sys.stderr

    return down


def test_that_people_get_answers_on_one_channel_and_problems_on_the_other(capsys):
    Console("it").answer(ANSWER)
    out, err = capsys.readouterr()
    assert out == "Fatto.\n"
    assert err == "✗ A: Rotto. Aggiustare.\n! B: Strano.\n"


def test_that_each_language_is_spoken_whole(capsys):
    Console("en").answer(ANSWER)
    out, err = capsys.readouterr()
    assert (out, err) == ("Done.\n", "✗ A: Broken. Mend.\n! B: Odd.\n")


def test_that_quiet_says_errors_only(capsys):
    Console(quiet=True).answer(ANSWER)
    assert capsys.readouterr() == ("", "✗ A: Rotto. Aggiustare.\n")


def test_that_scripts_get_one_object_and_nothing_else(capsys):
    Console("en", as_json=True).answer(ANSWER)
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out) == {
        "files": ["à.pdf"],
        "problems": [
            {"code": "e", "severity": "error", "where": "A", "message": "Broken.", "effect": "", "remedy": "Mend."},
            {"code": "w", "severity": "warning", "where": "B", "message": "Odd.", "effect": "", "remedy": ""},
        ],
    }


def test_that_an_answer_without_anything_still_has_its_problems(capsys):
    Console(as_json=True).answer(Answer())
    assert json.loads(capsys.readouterr().out) == {"problems": []}


def test_that_quiet_scripts_get_their_object_too(capsys):
    Console(as_json=True, quiet=True).answer(ANSWER)
    assert set(json.loads(capsys.readouterr().out)) == {"files", "problems"}


def test_that_progress_is_a_bar_where_there_is_a_terminal(sit):
    terminal = sit()
    Console().report(0.5, Text("Leggo", "Reading"))
    assert terminal.getvalue() == "\r\x1b[K████████████░░░░░░░░░░░░  50% Leggo"


def test_that_the_bar_goes_before_the_answer_comes(sit):
    terminal = sit()
    console = Console()
    console.report(0.5, same("x"))
    console.answer(Answer(problems=(ERROR,)))
    assert terminal.getvalue().endswith("\r\x1b[K✗ A: Rotto. Aggiustare.\n")


@pytest.mark.parametrize("share", [-1.0, 0.0, 1.0, 7.0])
def test_that_the_bar_is_always_as_long(sit, share):
    terminal = sit()
    Console().report(share, same("x"))
    assert sum(terminal.getvalue().count(block) for block in "█░") == 24


def test_that_nothing_moves_where_nobody_looks(capsys):
    Console().report(0.5, same("x"))
    assert capsys.readouterr() == ("", "")


def test_that_quiet_shows_no_bar(sit):
    terminal = sit()
    Console(quiet=True).report(0.5, same("x"))
    assert terminal.getvalue() == ""


def test_that_only_a_person_at_a_terminal_is_asked(sit):
    sit()
    assert Console().may_ask
    assert not Console(as_json=True).may_ask


def test_that_a_pipe_is_not_asked(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert not Console().may_ask


def test_that_a_question_is_put_on_standard_error_and_answered_on_standard_input(sit):
    terminal = sit()
    assert Console("en").ask(Text("Quale?", "Which?")) == "2"
    assert terminal.getvalue() == "Which? "


def test_that_a_terminal_that_lacks_a_letter_is_no_bug(monkeypatch):
    held = io.BytesIO()
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(held, encoding="ascii", write_through=True))
    Console().answer(Answer(problems=(Problem("e", same("Città"), Text("Rotto.", "Broken.")),)))
    assert held.getvalue() == b"? Citt?: Rotto.\n"


def test_that_scripts_get_utf8_whatever_the_locale(monkeypatch):
    held = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(held, encoding="cp1252", write_through=True))
    Console(as_json=True).answer(Answer(content={"name": "Città ✗"}))
    assert json.loads(held.getvalue().decode("utf-8"))["name"] == "Città ✗"


@pytest.mark.parametrize("as_json", [True, False])
def test_that_where_there_are_no_channels_nothing_is_said_and_nothing_breaks(monkeypatch, as_json):
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    console = Console("it", as_json=as_json)
    console.report(0.5, Text("Misuro", "Measuring"))
    console.answer(ANSWER)
    assert not console.may_ask


@pytest.mark.skipif(not FULL.exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("as_json", [True, False])
def test_that_an_output_that_takes_nothing_is_told_on_the_other_channel(monkeypatch, capsys, as_json):
    console = Console("it", as_json=as_json)
    monkeypatch.setattr(sys, "stdout", FULL.open("w", encoding="utf-8"))
    with pytest.raises(PucError) as caught:
        console.answer(ANSWER)
    (problem,) = caught.value.problems
    assert (problem.code, "il disco è pieno" in problem.message.it) == ("output-unwritable", True)
    console.answer(Answer(problems=caught.value.problems))
    assert "il disco è pieno" in capsys.readouterr().err


@pytest.mark.skipif(not FULL.exists(), reason="the system has no device that is always full")
def test_that_problems_nobody_can_be_told_stop_nothing(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stderr", FULL.open("w", encoding="utf-8"))
    Console("it").answer(ANSWER)
    assert capsys.readouterr().out == "Fatto.\n"
