"""What a verb of the command line is: its name, its arguments, what it does."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from layers.problems import Problem
from layers.text import Lang, Text, same, say
from puc_tool.console import Answer, Console

T = TypeVar("T")

STUDY_HELP = Text("cartella dello studio", "the study's folder")


@dataclass(frozen=True)
class Command:
    """One verb. ``arguments`` declares what may follow it, ``run`` answers or raises PucError."""

    verb: str
    about: Text
    arguments: Callable[[ArgumentParser, Lang], None]
    run: Callable[[Namespace, Console], Answer]


def add_study(parser: ArgumentParser, lang: Lang) -> None:
    """Declare the argument STUDY."""
    parser.add_argument("study", type=Path, metavar="STUDY", help=STUDY_HELP.to(lang))


def wrong_usage(message: Text) -> UsageError:
    """Return the error of a command that was not written as it must be (exit code 2)."""
    return UsageError(Problem("usage", same("puc-tool"), message))


class UsageError(Exception):
    """The words of a command do not fit: exit code 2."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence("it"))
        self.problem = problem

    def __reduce__(self) -> tuple[type[UsageError], tuple[Problem]]:
        """Come out of another process whole."""
        return type(self), (self.problem,)


def pair(words: str, option: str) -> tuple[str, str]:
    """Return both sides of NAME=VALUE; raises UsageError without «=»."""
    left, sign, right = words.partition("=")
    if not sign or not left:
        raise wrong_usage(
            say("{o} vuole NOME=VALORE, non «{w}».", "{o} wants NAME=VALUE, not “{w}”.", o=option, w=words)
        )
    return left.strip(), right.strip()


def named(names: Sequence[str], known: Mapping[str, T]) -> tuple[T, ...]:
    """Return what ``names`` stand for, each once, or everything where there are none; raises UsageError."""
    for name in names:
        if name not in known:
            raise wrong_usage(
                say("«{n}» non c'è; ci sono: {k}.", "there is no “{n}”; there are: {k}.", n=name, k=", ".join(known))
            )
    return tuple(known[name] for name in dict.fromkeys(names)) or tuple(known.values())


def whole_number(option: str, low: int, high: int) -> Callable[[str], int]:
    """Return the reader of a whole number within bounds; it raises UsageError."""

    def read(words: str) -> int:
        if words.isdecimal() and low <= int(words) <= high:
            return int(words)
        raise wrong_usage(
            say(
                "{o} vuole un numero da {l} a {h}, non «{w}».",
                "{o} wants a number from {l} to {h}, not “{w}”.",
                o=option,
                l=low,
                h=high,
                w=words,
            )
        )

    return read
