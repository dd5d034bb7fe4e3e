"""How we say what is wrong: what, where, with which effect, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from layers.text import NOTHING, Lang, Text


class Severity(StrEnum):
    """Whether a run stops (error), its results change (warning), or it is only good to know (info)."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Problem:
    """One fault or remark, worded for a planner. ``code`` is for scripts and never changes."""

    code: str
    where: Text
    message: Text
    effect: Text = NOTHING
    remedy: Text = NOTHING
    severity: Severity = Severity.ERROR

    def as_json(self, lang: Lang) -> dict[str, str]:
        """Return the object that ``--json`` and ``run.json`` hold."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "where": self.where.to(lang),
            "message": self.message.to(lang),
            "effect": self.effect.to(lang),
            "remedy": self.remedy.to(lang),
        }

    def sentence(self, lang: Lang) -> str:
        """Return the whole problem as one paragraph: where: what. Effect. Remedy."""
        parts = (self.message, self.effect, self.remedy)
        return f"{self.where.to(lang)}: " + " ".join(part.to(lang) for part in parts if part)


class PucError(Exception):
    """What we can explain to a user: one or more problems. Everything else that is raised is a bug."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(" · ".join(problem.sentence("it") for problem in problems))
        self.problems = problems

    def __reduce__(self) -> tuple[type[PucError], tuple[Problem, ...]]:
        """Come out of another process whole."""
        return type(self), self.problems


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that stop a run."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def refuse_if_any(problems: Iterable[Problem]) -> None:
    """Raise PucError with every error among ``problems``, if there is one."""
    found = errors(problems)
    if found:
        raise PucError(*found)
