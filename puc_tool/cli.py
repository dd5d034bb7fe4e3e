"""The command line: one sub-command a verb, one road to an exit code.

0 done (warnings allowed) · 1 refused, every problem explained · 2 wrong usage · 3 a bug, with a report · 130 cancelled.
"""

from __future__ import annotations

import logging
import sys
import traceback
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn
from uuid import uuid4

from platformdirs import user_log_path

from analyses.progress import Cancelled
from layers.problems import Problem, PucError
from layers.text import NOTHING, Lang, Text, same, say
from puc_tool.commands import (
    add,
    at,
    check,
    deliver,
    demo,
    export,
    inspect,
    list_,
    mend,
    new,
    pack,
    publish,
    remove,
    report,
    run,
    verify,
)
from puc_tool.commands.command import Command, UsageError, wrong_usage
from puc_tool.console import Answer, Console, NobodyReads

COMMANDS: tuple[Command, ...] = (
    demo.COMMAND,
    new.COMMAND,
    add.COMMAND,
    remove.COMMAND,
    inspect.COMMAND,
    check.COMMAND,
    mend.COMMAND,
    run.COMMAND,
    at.COMMAND,
    export.COMMAND,
    report.COMMAND,
    publish.COMMAND,
    deliver.COMMAND,
    verify.COMMAND,
    pack.COMMAND,
    list_.COMMAND,
)
DONE, REFUSED, WRONG_USAGE, BUG, CANCELLED = 0, 1, 2, 3, 130
ABOUT = Text(
    "PUC Tool: strumenti per lo studio preliminare del Piano Urbanistico Comunale.",
    "PUC Tool: tools for the preliminary study of an Italian municipal plan.",
)

log = logging.getLogger("puc_tool")
log.addHandler(logging.NullHandler())  # without --log nothing is written, not even by logging itself


def main(argv: Sequence[str] | None = None, commands: Sequence[Command] = COMMANDS) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    console = Console(_lang(words), as_json="--json" in words, quiet="--quiet" in words)
    try:
        return _run(words, console, commands)
    except UsageError as error:
        return _end(console, WRONG_USAGE, error.problem)
    except PucError as error:
        return _end(console, REFUSED, *error.problems)
    except (KeyboardInterrupt, Cancelled):
        return _end(console, CANCELLED, STOPPED)
    except NobodyReads:
        return DONE
    except Exception:  # noqa: BLE001 (the last wall of the command line)
        return _end(console, BUG, _bug(words))
    finally:
        _end_log()


def _run(words: list[str], console: Console, commands: Sequence[Command]) -> int:
    options = parser(commands, console.lang).parse_args(words)
    if options.log:
        _start_log(options.log)
    log.info("puc-tool %s", " ".join(words))
    answer = options.command.run(options, console)
    console.answer(answer)
    for problem in answer.problems:
        log.info(problem.sentence(console.lang))
    return REFUSED if any(problem.severity == "error" for problem in answer.problems) else DONE


def _end(console: Console, code: int, *problems: Problem) -> int:
    console.answer(Answer(problems=problems))
    for problem in problems:
        log.error(problem.sentence(console.lang))
    return code


def parser(commands: Sequence[Command], lang: Lang) -> ArgumentParser:
    """Return the parser of all ``commands``, in one language."""
    top = Parser(prog="puc-tool", description=ABOUT.to(lang), lang=lang)
    words = Text("la versione", "the version")
    top.add_argument("--version", action="version", version=version("puc-tool"), help=words.to(lang))
    verbs = top.add_subparsers(
        title=Text("verbi", "verbs").to(lang), metavar=Text("VERBO", "VERB").to(lang), required=True, dest="verb"
    )
    for command in commands:
        about = command.about.to(lang)
        each: Parser = verbs.add_parser(command.verb, help=about, description=about, lang=lang)
        command.arguments(each, lang)
        _common(each, lang)
        each.set_defaults(command=command)
    return top


class Parser(ArgumentParser):
    """An argument parser that speaks both languages and leaves ending the program to ``main``."""

    def __init__(self, *, lang: Lang = "it", **words: Any) -> None:
        super().__init__(**words, add_help=False, allow_abbrev=False)
        self._positionals.title = Text("argomenti", "arguments").to(lang)
        self._optionals.title = Text("opzioni", "options").to(lang)
        self._usage_word = Text("uso: ", "usage: ").to(lang)
        self.add_argument("-h", "--help", action="help", help=Text("questo aiuto", "this help").to(lang))

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """Take names after options too: argparse gives a list of them up where an option comes first."""
        found, left = super().parse_known_args(args, namespace)
        many = next((each for each in self._get_positional_actions() if each.nargs == "*"), None)
        if many is None or any(word.startswith("-") for word in left):
            return found, left
        setattr(found, many.dest, [*getattr(found, many.dest), *left])
        return found, []

    def format_help(self) -> str:
        """Return the help, beginning with the usage in the language of the parser."""
        return super().format_help().replace("usage: ", self._usage_word, 1)

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with argparse's own reason and the usage."""
        usage = " ".join(self.format_usage().split()).removeprefix("usage: ")
        raise wrong_usage(
            say(
                "il comando non è scritto come serve ({m}). Uso: {u}",
                "the command is not written right ({m}). Usage: {u}",
                m=message,
                u=usage,
            )
        )


def _common(each: ArgumentParser, lang: Lang) -> None:
    words = Text("stampa un oggetto JSON e nient'altro", "print one JSON object and nothing else")
    each.add_argument("--json", action="store_true", help=words.to(lang))
    each.add_argument("--lang", choices=("it", "en"), default="it", help=Text("lingua", "language").to(lang))
    words = Text("solo errori", "errors only")
    each.add_argument("--quiet", action="store_true", help=words.to(lang))
    words = Text("scrive anche un diario in questo file", "also keep a log in this file")
    each.add_argument("--log", type=Path, metavar="FILE", help=words.to(lang))


def _lang(words: Sequence[str]) -> Lang:
    """Return the language before anything is parsed, so that even a wrong command is answered in it."""
    joined = " ".join(words)
    return "en" if "--lang en" in joined or "--lang=en" in joined else "it"


def _start_log(path: Path) -> None:
    try:
        handler = _Log(path, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise PucError(
            Problem(
                "log-unwritable",
                same(path.name),
                say("il diario non si può scrivere: {e}.", "the log can't be written: {e}.", e=error.strerror or error),
                NOTHING,
                Text("Indicare un altro file con --log.", "Name another file with --log."),
            )
        ) from error
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)


def _end_log() -> None:
    for handler in [each for each in log.handlers if isinstance(each, _Log)]:
        log.removeHandler(handler)
        with suppress(OSError):
            handler.close()


class _Log(logging.FileHandler):
    """A log; where its disk takes no more, the command goes on without."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's own name)
        """Say nothing: logging would print a traceback onto the screen."""


def _bug(words: Sequence[str]) -> Problem:
    """Write the report of a bug and return the sentence that names it."""
    report = f"puc-tool {version('puc-tool')}\nPython {sys.version}\n{' '.join(words)}\n\n{traceback.format_exc()}"
    log.error(report)
    path = user_log_path("puc-tool", appauthor=False) / f"rapporto-{uuid4().hex[:8]}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(report, encoding="utf-8", errors="backslashreplace")
        where = same(path)
    except OSError:
        where = Text("non si è potuto scrivere", "it could not be written")
    return Problem(
        "bug",
        same("puc-tool"),
        Text(
            "qualcosa non ha funzionato, e non dipende dai dati. Lo studio è salvo.",
            "something went wrong, and not because of the data. The study is safe.",
        ),
        NOTHING,
        say("Rapporto da inviare: {p}", "Report to send: {p}", p=where),
    )


STOPPED = Problem(
    "cancelled",
    same("puc-tool"),
    Text("fermato. I risultati già scritti restano.", "stopped. Results already written stay."),
)
