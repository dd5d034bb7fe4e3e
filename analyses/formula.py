"""A formula that is computed and shown from one declaration: what is printed is what was reckoned.

Quantities are joined with the signs of arithmetic into a tree; the tree gives the values of all rows at once, its own
words («St × Se% / 100») and the same words with the numbers of one row put in («44.000 × 40 / 100»).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layers.text import Lang, Text, number

Floats = NDArray[np.float64]
Values = Mapping[str, Floats]
Words = Callable[[str], str]
_MOST_DIGITS = 6


class Quantity(ABC):
    """Something that has a value in each row: a named quantity, a number, or a step of reckoning."""

    strength = 3
    """How tightly it holds together: 1 sums, 2 products, 3 what never needs brackets."""

    @abstractmethod
    def values(self, known: Values) -> Floats:
        """Return the value in each row, NaN where something it needs is not known."""

    @abstractmethod
    def words(self, shown: Words, number: Callable[[float], str]) -> str:
        """Return the formula, its names as ``shown`` writes them and its constants as ``number`` does."""

    @abstractmethod
    def names(self) -> tuple[str, ...]:
        """Return the named quantities it is reckoned from, in order of appearance."""

    def __add__(self, other: Quantity | float) -> Step:
        return Step("+", self, _quantity(other))

    def __sub__(self, other: Quantity | float) -> Step:
        return Step("−", self, _quantity(other))

    def __mul__(self, other: Quantity | float) -> Step:
        return Step("×", self, _quantity(other))

    def __truediv__(self, other: Quantity | float) -> Step:
        return Step("/", self, _quantity(other))


@dataclass(frozen=True)
class Named(Quantity):
    """A quantity known by its column or parameter."""

    name: str

    def values(self, known: Values) -> Floats:
        """Return what is known under the name."""
        return known[self.name]

    def words(self, shown: Words, number: Callable[[float], str]) -> str:
        """Return the name as it is shown."""
        return shown(self.name)

    def names(self) -> tuple[str, ...]:
        """Return its name."""
        return (self.name,)


@dataclass(frozen=True)
class Constant(Quantity):
    """A number of the formula itself."""

    value: float

    def values(self, known: Values) -> Floats:
        """Return the number, for every row."""
        return np.asarray(self.value, dtype=float)

    def words(self, shown: Words, number: Callable[[float], str]) -> str:
        """Return the number."""
        return number(self.value)

    def names(self) -> tuple[str, ...]:
        """Return nothing: it depends on no column."""
        return ()


_SIGNS: Mapping[str, Callable[[Floats, Floats], Floats]] = {
    "+": np.add, "−": np.subtract, "×": np.multiply, "/": np.divide,
    "max": np.maximum, "min": np.minimum, "div": np.floor_divide,
}  # fmt: skip
_STRENGTHS = {"+": 1, "−": 1, "×": 2, "/": 2}


@dataclass(frozen=True)
class Step(Quantity):
    """Two quantities joined by a sign: + − × /, or max, min, div (whole times one goes into the other)."""

    sign: str
    left: Quantity
    right: Quantity

    @property
    def strength(self) -> int:  # type: ignore[override]
        """Return how tightly the sign holds its two sides."""
        return _STRENGTHS.get(self.sign, 3)

    def values(self, known: Values) -> Floats:
        """Return the value in each row."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return _SIGNS[self.sign](self.left.values(known), self.right.values(known))

    def words(self, shown: Words, number: Callable[[float], str]) -> str:
        """Return both sides with the sign between, in brackets where the order of reckoning needs them."""
        left, right = self.left.words(shown, number), self.right.words(shown, number)
        if self.sign not in _STRENGTHS:
            return f"int({left} / {right})" if self.sign == "div" else f"{self.sign}({left}; {right})"
        left = f"({left})" if self.left.strength < self.strength else left
        # «a − (b − c)» and «a / (b × c)» are not what they are without their brackets.
        tight = self.right.strength + (self.sign in "+×")
        return f"{left} {self.sign} {right if tight > self.strength else f'({right})'}"

    def names(self) -> tuple[str, ...]:
        """Return the names of both sides."""
        return tuple(dict.fromkeys((*self.left.names(), *self.right.names())))


def larger(first: Quantity | float, second: Quantity | float) -> Step:
    """Return the larger of two quantities."""
    return Step("max", _quantity(first), _quantity(second))


def smaller(first: Quantity | float, second: Quantity | float) -> Step:
    """Return the smaller of two quantities."""
    return Step("min", _quantity(first), _quantity(second))


def whole_times(first: Quantity, second: Quantity) -> Step:
    """Return how many whole times ``second`` goes into ``first``."""
    return Step("div", first, second)


def _quantity(value: Quantity | float) -> Quantity:
    return value if isinstance(value, Quantity) else Constant(float(value))


@dataclass(frozen=True)
class Formula:
    """How a column of the sheet is reckoned. ``symbol`` is how other formulas name it, in either language."""

    column: str
    symbol: Text
    label: Text
    unit: str
    how: Quantity


def share_of(name: str) -> Quantity:
    """Return a percentage as a share: «Se% / 100»."""
    return Named(name) / 100


def written(how: Quantity, shown: Callable[[str], Text]) -> Text:
    """Return a formula in either language, its names as ``shown`` writes them."""

    def words_in(lang: Lang) -> str:
        return how.words(lambda name: shown(name).to(lang), lambda value: plain(value).to(lang))

    return Text(words_in("it"), words_in("en"))


def plain(value: float) -> Text:
    """Return a number with no more decimals than it has; six digits at most, for areas are measured no finer."""
    words_of = number(value, max(0, _MOST_DIGITS - len(str(int(abs(value))))))
    if "," not in words_of.it:
        return words_of
    return Text(words_of.it.rstrip("0").rstrip(","), words_of.en.rstrip("0").rstrip("."))
