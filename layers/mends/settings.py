"""What a planner may choose of a mend: a tolerance, one way of several, pairs of words. Declared once, read by all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from layers.problems import Problem, PucError
from layers.text import NOTHING, Text, listing, number, same, say

Values = Mapping[str, object]
"""Setting id → what was chosen: a number, a word, or pairs of words."""


class Setting(Protocol):
    """One choice. ``id`` carries the unit, as every name does."""

    @property
    def id(self) -> str:
        """The name under which a receipt records it."""
        ...

    @property
    def default(self) -> object:
        """What holds where nothing is said."""
        ...

    def takes(self, word: str) -> bool:
        """Tell whether ``word`` is meant for this setting."""
        ...

    def read(self, words: Sequence[str]) -> object:
        """Return the value that ``words`` (at least one) say, or raise PucError."""
        ...


@dataclass(frozen=True)
class Tolerance:
    """A width in metres."""

    label: Text
    default: float
    low: float
    high: float
    id: str = "tolerance_m"
    unit: str = "m"

    def takes(self, word: str) -> bool:
        """Tell whether ``word`` is a number, with a point or an Italian comma."""
        return re.fullmatch(r"\d+([.,]\d+)?", word) is not None

    def read(self, words: Sequence[str]) -> float:
        """Return the width within its bounds."""
        value = float(words[-1].replace(",", "."))
        if not self.low <= value <= self.high:
            raise PucError(_out_of_bounds(self, words[-1]))
        return value


@dataclass(frozen=True)
class Option:
    """One way of several, by its word."""

    id: str
    label: Text
    ways: Mapping[str, Text]

    @property
    def default(self) -> str:
        """The first way."""
        return next(iter(self.ways))

    def takes(self, word: str) -> bool:
        """Tell whether ``word`` is one of the ways."""
        return word in self.ways

    def read(self, words: Sequence[str]) -> str:
        """Return the last word said."""
        return words[-1]


@dataclass(frozen=True)
class Pairs:
    """Pairs ``LEFT=RIGHT``, as many as are said."""

    id: str
    label: Text

    @property
    def default(self) -> Mapping[str, str]:
        """No pair."""
        return {}

    def takes(self, word: str) -> bool:
        """Tell whether ``word`` has two sides."""
        left, sign, right = word.partition("=")
        return bool(left.strip() and sign and right.strip())

    def read(self, words: Sequence[str]) -> Mapping[str, str]:
        """Return the pairs."""
        sides = (word.partition("=") for word in words)
        return {left.strip(): right.strip() for left, _, right in sides}


def chosen(mend: str, settings: Sequence[Setting], words: Sequence[str]) -> Values:
    """Return the value of every setting of ``mend``; raises PucError for a word that none of them takes."""
    for word in words:
        if not any(setting.takes(word) for setting in settings):
            raise PucError(_not_understood(mend, settings, word))
    return {setting.id: _value(setting, words) for setting in settings}


def _value(setting: Setting, words: Sequence[str]) -> object:
    mine = [word for word in words if setting.takes(word)]
    return setting.read(mine) if mine else setting.default


def _usage(setting: Setting) -> str:
    if isinstance(setting, Option):
        return "|".join(setting.ways)
    return setting.id if isinstance(setting, Tolerance) else f"{setting.id.upper()}=…"


def _out_of_bounds(setting: Tolerance, word: str) -> Problem:
    return Problem(
        "mend-setting",
        setting.label,
        say("{w} m non va bene.", "{w} m will not do.", w=word),
        NOTHING,
        say(
            "Indicare una larghezza fra {l} e {h} m.",
            "Give a width between {l} and {h} m.",
            l=number(setting.low, 3),
            h=number(setting.high, 1),
        ),
    )


def _not_understood(mend: str, settings: Sequence[Setting], word: str) -> Problem:
    known = listing([_usage(setting) for setting in settings]) if settings else Text("niente", "nothing")
    return Problem(
        "mend-setting",
        same(mend),
        say("«{w}» non è una scelta di questo rimedio.", "“{w}” is no choice of this mend.", w=word),
        NOTHING,
        say("Dopo «{m}=» può stare: {k}.", "After “{m}=” may stand: {k}.", m=mend, k=known),
    )
