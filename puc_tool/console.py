"""The terminal: the only place that prints. One object for scripts (``--json``), or sentences for people."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from layers.problems import Problem, Severity
from layers.text import Lang, Text

_BAR = 24
_BETWEEN_S = 0.1
_SIGNS = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.INFO: "·"}


@dataclass(frozen=True)
class Answer:
    """What a verb has to say: lines for people, an object for scripts, problems for both."""

    lines: tuple[Text, ...] = ()
    content: Mapping[str, object] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


class Console:
    """Says things in one language, to people or to scripts."""

    def __init__(self, lang: Lang = "it", *, as_json: bool = False, quiet: bool = False) -> None:
        self.lang = lang
        self._as_json, self._quiet = as_json, quiet
        self._drawn_at, self._bar_shown = 0.0, False
        _make_fit(sys.stdout, "utf-8" if as_json else None)
        _make_fit(sys.stderr)

    @property
    def may_ask(self) -> bool:
        """Tell whether somebody sits there to answer."""
        return sys.stdin.isatty() and sys.stderr.isatty() and not self._as_json

    def ask(self, question: Text) -> str:
        """Return what the user types."""
        self._clear()
        self._err(f"{question.to(self.lang)} ", end="")
        return sys.stdin.readline().strip()

    def report(self, share: float, message: Text) -> None:
        """Show progress on standard error, as a bar where that is a terminal."""
        if self._quiet or not sys.stderr.isatty() or time.monotonic() - self._drawn_at < _BETWEEN_S:
            return
        self._drawn_at, self._bar_shown = time.monotonic(), True
        done = round(_BAR * min(1.0, max(0.0, share)))
        self._err(f"\r\x1b[K{'█' * done}{'░' * (_BAR - done)} {share:4.0%} {message.to(self.lang)[:60]}", end="")

    def answer(self, answer: Answer) -> None:
        """Print the answer; with ``--json`` one object and nothing else."""
        self._clear()
        if self._as_json:
            content = {**answer.content, "problems": [problem.as_json(self.lang) for problem in answer.problems]}
            sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n")
            return
        for problem in answer.problems:
            if problem.severity is Severity.ERROR or not self._quiet:
                self._err(f"{_SIGNS[problem.severity]} {problem.sentence(self.lang)}")
        for line in () if self._quiet else answer.lines:
            sys.stdout.write(line.to(self.lang) + "\n")

    def _clear(self) -> None:
        if self._bar_shown:
            self._err("\r\x1b[K", end="")
            self._bar_shown = False

    def _err(self, words: str, end: str = "\n") -> None:
        sys.stderr.write(words + end)
        sys.stderr.flush()


def _make_fit(stream: object, encoding: str | None = None) -> None:
    """Let a terminal that lacks a letter show «?»; scripts are always given UTF-8."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=encoding, errors="replace")
