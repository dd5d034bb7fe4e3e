"""One road from words to an exit code: 0 done, 1 refused, 2 wrong usage, 3 a bug, 130 cancelled."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from analyses.progress import Cancelled
from layers.problems import Problem, PucError, Severity
from layers.text import Text, same
from puc_tool.cli import COMMANDS, main
from puc_tool.commands.command import Command
from puc_tool.console import Answer, Console

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"matplotlib", "numba", "PySide6", "typst"}
VERBS = [command.verb for command in COMMANDS]
ABOUT = Text("prova", "a try")


@pytest.fixture
def once():
    """Run a command made for the test."""

    def of(run, *words):
        return main(["prova", *map(str, words)], (Command("prova", ABOUT, lambda parser, lang: None, run),))

    return of


def raising(error):
    def run(options, console):
        raise error

    return run


def child(*words, code="", **environment):
    """Run the tool in a process of its own."""
    program = code or "from ui.start import main; raise SystemExit(main())"
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, words)],
        cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, encoding="utf-8", check=False,
        timeout=600,
    )  # fmt: skip


def test_that_every_verb_of_this_version_is_there():
    assert VERBS == [
        "demo",
        "new",
        "add",
        "remove",
        "inspect",
        "check",
        "mend",
        "run",
        "at",
        "export",
        "report",
        "publish",
        "deliver",
        "verify",
        "pack",
        "list",
    ]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(("lang", "usage"), [("it", "uso:"), ("en", "usage:")])
def test_that_every_verb_explains_itself_in_both_languages(verb, lang, usage, capsys):
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help", "--lang", lang])
    assert ended.value.code == 0
    words = capsys.readouterr().out
    assert words.startswith(usage)
    command = next(each for each in COMMANDS if each.verb == verb)
    assert command.about.to(lang)[:30] in words
    for option in ("--json", "--lang", "--quiet", "--log", "--help"):
        assert option in words


def test_that_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert version("puc-tool") in capsys.readouterr().out


def test_that_what_is_done_is_0_and_a_warning_is_no_refusal(once):
    warning = Problem("w", same("x"), Text("Strano.", "Odd."), severity=Severity.WARNING)
    assert once(lambda options, console: Answer()) == 0
    assert once(lambda options, console: Answer(problems=(warning,))) == 0


def test_that_an_error_in_the_answer_is_1(once):
    error = Problem("e", same("x"), Text("Rotto.", "Broken."))
    assert once(lambda options, console: Answer(problems=(error,))) == 1


def test_that_what_is_refused_is_1_with_every_problem(once, capsys):
    problems = [Problem(code, same(code), Text("Rotto.", "Broken.")) for code in "abc"]
    assert once(raising(PucError(*problems)), "--json") == 1
    assert [each["code"] for each in json.loads(capsys.readouterr().out)["problems"]] == ["a", "b", "c"]


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("nonsense",),
        ("check",),
        ("check", "a", "--nonsense"),
        ("list", "nonsense"),
        ("new", "x"),
        ("check", "x", "--lang", "de"),
        ("chec", "x"),
        ("check", "x", "--qui"),
    ],
)
def test_that_words_that_do_not_fit_are_2_with_the_usage(words, capsys):
    assert main([*words, "--json"]) == 2
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert problem["code"] == "usage"
    assert "puc-tool" in problem["message"]


@pytest.mark.parametrize("words", ["many", "0", "-1"])
def test_that_a_number_out_of_bounds_is_2_with_the_bounds(words, capsys):
    assert main(["run", "x", f"--jobs={words}", "--json"]) == 2
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert problem["message"] == f"--jobs vuole un numero da 1 a 256, non «{words}»."


@pytest.mark.parametrize("stop", [KeyboardInterrupt, Cancelled])
def test_that_stopping_is_130_and_says_what_stays(once, capsys, stop):
    assert once(raising(stop())) == 130
    assert "I risultati già scritti restano" in capsys.readouterr().err


def test_that_a_bug_is_3_with_a_report_and_no_traceback_on_the_screen(once, capsys, tmp_path):
    log = tmp_path / "diario.txt"
    assert once(raising(ZeroDivisionError("segreto")), "--json", "--log", log) == 3
    out, err = capsys.readouterr()
    (problem,) = json.loads(out)["problems"]
    assert problem["code"] == "bug"
    assert err == ""
    report = Path(problem["remedy"].removeprefix("Rapporto da inviare: "))
    for words in (report.read_text(encoding="utf-8"), log.read_text(encoding="utf-8")):
        assert "Traceback" in words
        assert "ZeroDivisionError: segreto" in words
    assert version("puc-tool") in report.read_text(encoding="utf-8")
    assert "Traceback" not in out


def test_that_a_bug_whose_report_cannot_be_written_is_still_told(once, capsys, monkeypatch, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be")
    monkeypatch.setattr("puc_tool.cli.user_log_path", lambda *args, **words: blocked)
    assert once(raising(RuntimeError())) == 3
    assert "non si è potuto scrivere" in capsys.readouterr().err


def test_that_two_bugs_leave_two_reports(once, capsys):
    paths = set()
    for _ in range(2):
        once(raising(RuntimeError()), "--json")
        paths.add(json.loads(capsys.readouterr().out)["problems"][0]["remedy"])
    assert len(paths) == 2


def test_that_the_log_tells_the_command_and_its_problems(once, tmp_path):
    log = tmp_path / "diario.txt"
    once(raising(PucError(Problem("e", same("Città"), Text("Rotto.", "Broken.")))), "--log", log)
    words = log.read_text(encoding="utf-8")
    assert "puc-tool prova --log" in words
    assert "Città: Rotto." in words


def test_that_a_log_is_added_to_and_let_go_of(once, tmp_path):
    log = tmp_path / "diario.txt"
    for _ in range(2):
        once(lambda options, console: Answer(), "--log", log)
    assert log.read_text(encoding="utf-8").count("puc-tool prova") == 2
    once(lambda options, console: Answer())
    assert log.read_text(encoding="utf-8").count("puc-tool prova") == 2


def test_that_a_log_that_cannot_be_written_is_refused_before_anything_is_done(once, tmp_path, capsys):
    done = []
    assert once(lambda options, console: done.append(1), "--json", "--log", tmp_path / "no" / "such" / "log") == 1
    assert json.loads(capsys.readouterr().out)["problems"][0]["code"] == "log-unwritable"
    assert done == []


def test_that_words_no_file_can_hold_are_written_into_log_and_report_all_the_same(once, capsys, tmp_path, monkeypatch):
    # pytest keeps what is logged, and hands it on in an encoding that can't hold these words either.
    monkeypatch.setattr(logging.getLogger("puc_tool"), "propagate", False)
    log = tmp_path / "diario.txt"
    assert once(raising(RuntimeError("\udcff")), "--json", "--log", log) == 3
    out, err = capsys.readouterr()
    report = Path(json.loads(out)["problems"][0]["remedy"].removeprefix("Rapporto da inviare: "))
    assert err == ""
    assert all("RuntimeError: \\udcff" in path.read_text(encoding="utf-8") for path in (report, log))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_that_a_log_whose_disk_is_full_stops_nothing(once, capsys):
    assert once(lambda options, console: Answer((ABOUT,)), "--log", "/dev/full") == 0
    assert capsys.readouterr() == ("prova\n", "")


def test_that_a_pipe_broken_elsewhere_than_at_our_output_is_a_bug(once, capsys):
    assert once(raising(BrokenPipeError())) == 3


@pytest.mark.parametrize("redirected", [">&-", "2>&-", "<&- >&- 2>&-", ">/dev/full"])
@pytest.mark.parametrize("json_too", ["", "--json"])
def test_that_closed_and_full_channels_leave_no_traceback(town, redirected, json_too):
    line = f'exec "$0" -c "from ui.start import main; raise SystemExit(main())" check "$1" {json_too} {redirected}'
    done = subprocess.run(
        ["/bin/sh", "-c", line, sys.executable, str(town)], cwd=ROOT, capture_output=True, text=True, check=False,
        timeout=120,
    )  # fmt: skip
    assert done.returncode == (1 if "full" in redirected else 0)
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert ("il disco è pieno" in done.stderr) == ("full" in redirected)


def test_that_ctrl_c_while_the_program_loads_ends_it_at_once_and_without_a_word(tmp_path):
    # A module that stands for the tool's own interrupts while it is loaded, and swallows what that raises.
    (tmp_path / "command_line.py").write_text(
        "import os, signal\ntry:\n    os.kill(os.getpid(), signal.SIGINT)\n    for _ in range(10_000): pass\n"
        "except BaseException: pass\n", encoding="utf-8"
    )  # fmt: skip
    # A shell lets what it runs behind it ignore interrupts, and that is handed down.
    code = (
        "import signal, ui; signal.signal(signal.SIGINT, signal.default_int_handler); "
        f"ui.__path__ = [{str(tmp_path)!r}, *ui.__path__]; from ui.start import main; main()"
    )
    done = child(code=code)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_that_even_a_wrong_command_is_answered_in_the_language_asked_for(capsys):
    main(["nonsense", "--lang", "en"])
    assert "the command is not written right" in capsys.readouterr().err
    main(["nonsense", "--lang=en"])
    assert "the command is not written right" in capsys.readouterr().err


def test_that_the_console_is_made_as_the_words_say(once):
    seen = []
    once(lambda options, console: seen.append(console) or Answer(), "--lang", "en", "--json")
    assert isinstance(seen[0], Console)
    assert seen[0].lang == "en"


@pytest.mark.parametrize("words", [("--help",), ("list", "roles"), ("list", "parameters"), ("inspect",), ("check",)])
def test_that_light_verbs_load_nothing_heavy(words, town):
    place = {"inspect": town / "data" / "borgo.gpkg", "check": town}.get(words[0])
    code = (
        "import sys\nfrom ui.start import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write('LOADED ' + ' '.join(sorted({name.split('.')[0] for name in sys.modules})))"
    )
    done = child(*words, *([place] if place else []), code=code)
    loaded = set(done.stderr.rpartition("LOADED ")[2].split())
    assert "puc_tool" in loaded, done.stderr
    assert not HEAVY & loaded


def test_that_whoever_stops_reading_our_output_is_no_fault():
    command = [sys.executable, "-c", "from ui.start import main; raise SystemExit(main())", "list", "communes"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read()
        assert running.wait(timeout=600) in (0, 120)
    assert b"Traceback" not in said


def test_that_a_terminal_of_another_encoding_gets_its_answer():
    done = child("list", "roles", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "boundary" in done.stdout
    done = child("list", "roles", "--json", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert json.loads(done.stdout)["problems"] == []


def test_that_the_installed_command_gives_the_exit_code():
    done = child("check", "nowhere", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["problems"][0]["code"] == "study-missing"
    assert done.stderr == ""
