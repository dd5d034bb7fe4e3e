"""The terminal: the only place that prints. One object for scripts (``--json``), or sentences for people."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TextIO

from layers.problems import Problem, PucError, Severity
from layers.text import NOTHING, Lang, Text, say
from layers.write import reason_of

_BAR = 24
_BETWEEN_S = 0.1
_SIGNS = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.INFO: "·"}


@dataclass(frozen=True)
class Answer:
    """What a verb has to say: lines for people, an object for scripts, problems for both."""

    lines: tuple[Text, ...] = ()
    content: Mapping[str, object] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


class NobodyReads(Exception):  # noqa: N818 (no error: whoever read our output has had enough, as in ``| head``)
    """The other end of standard output is closed."""


class Console:
    """Says things in one language, to people or to scripts."""

    def __init__(self, lang: Lang = "it", *, as_json: bool = False, quiet: bool = False) -> None:
        self.lang = lang
        self._as_json, self._quiet = as_json, quiet
        self._drawn_at, self._bar_shown, self._is_mute = 0.0, False, False
        _make_fit(sys.stdout, "utf-8" if as_json else None)
        _make_fit(sys.stderr)

    @property
    def may_ask(self) -> bool:
        """Tell whether somebody sits there to answer."""
        return _is_terminal(sys.stdin) and _is_terminal(sys.stderr) and not self._as_json

    def ask(self, question: Text) -> str:
        """Return what the user types."""
        self._clear()
        self._err(f"{question.to(self.lang)} ", end="")
        return sys.stdin.readline().strip()

    def report(self, share: float, message: Text) -> None:
        """Show progress on standard error, as a bar where that is a terminal."""
        if self._quiet or not _is_terminal(sys.stderr) or time.monotonic() - self._drawn_at < _BETWEEN_S:
            return
        self._drawn_at, self._bar_shown = time.monotonic(), True
        done = round(_BAR * min(1.0, max(0.0, share)))
        self._err(f"\r\x1b[K{'█' * done}{'░' * (_BAR - done)} {share:4.0%} {message.to(self.lang)[:60]}", end="")

    def answer(self, answer: Answer) -> None:
        """Print the answer; with ``--json`` one object and nothing else.

        Raises NobodyReads, or PucError where standard output takes nothing; what is answered then goes to the other.
        """
        self._clear()
        if self._as_json and not self._is_mute:
            content = {**answer.content, "problems": [problem.as_json(self.lang) for problem in answer.problems]}
            self._out(json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n")
            return
        for problem in answer.problems:
            if problem.severity is Severity.ERROR or not self._quiet:
                self._err(f"{_SIGNS[problem.severity]} {problem.sentence(self.lang)}")
        if answer.lines and not self._quiet:
            self._out("".join(line.to(self.lang) + "\n" for line in answer.lines))

    def _clear(self) -> None:
        if self._bar_shown:
            self._err("\r\x1b[K", end="")
            self._bar_shown = False

    def _out(self, words: str) -> None:
        try:
            _write(sys.stdout, words)
        except BrokenPipeError as error:
            raise NobodyReads from error
        except OSError as error:
            self._is_mute = True
            raise PucError(_no_output(error)) from error

    def _err(self, words: str, end: str = "\n") -> None:
        with suppress(OSError):  # nobody can be told: the exit code says it
            _write(sys.stderr, words + end)


def _write(stream: TextIO | None, words: str) -> None:
    """Write to a channel, if there is one; one that takes nothing is closed, so that Python does not try again."""
    if stream is None or stream.closed:
        return
    try:
        stream.write(words)
        stream.flush()
    except OSError:
        with suppress(OSError):
            stream.close()
        raise


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


def _no_output(error: OSError) -> Problem:
    return Problem(
        "output-unwritable",
        Text("Risposta", "Answer"),
        say("non si può scrivere: {why}.", "it can't be written: {why}.", why=reason_of(error)),
        NOTHING,
        Text("Ripetere il comando verso un altro disco.", "Repeat the command towards another disk."),
    )


def _make_fit(stream: object, encoding: str | None = None) -> None:
    """Let a terminal that lacks a letter show «?»; scripts are always given UTF-8."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=encoding, errors="replace")
