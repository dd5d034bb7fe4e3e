"""A small grammar for choosing features: comparison, and, or, not, in, like, is null. Never ``eval``, never SQL text.

    zone = 'AC1' and (area > 100 or name like 'Porto%') and not state is null

Field names are bare words or in double quotes, values are numbers or in single quotes (a quote inside is doubled).
A number asks a field of text for the number it says, and a quoted number asks a field of numbers for that number,
so that '12' finds 12.0 (what a whole number becomes in a column with gaps). A missing value fulfils nothing but
``is null``; ``not`` turns the answer round, as in everyday speech.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import pandas as pd
from pandas.api.types import is_numeric_dtype

from layers.problems import Problem, PucError
from layers.text import NOTHING, Text, listing, same, say

Condition = Callable[[pd.DataFrame], pd.Series]

_TOKEN = re.compile(
    r"""\s*(?: (?P<text>'(?:[^']|'')*') | (?P<number>-?\d+(?:\.\d+)?)(?![\w.]) | "(?P<quoted>[^"]+)"
        | (?P<word>[^\W\d][\w.:-]*) | (?P<sign><>|!=|<=|>=|=|<|>|\(|\)|,) )""",
    re.VERBOSE,
)
_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_KEYWORDS = ("and", "or", "not", "in", "like", "is", "null")
_DEEPEST = 50


@dataclass(frozen=True)
class _Token:
    kind: str
    value: str
    at: int


def parse(expression: str) -> Condition:
    """Return the condition that ``expression`` states, or raise PucError naming the place it can't be read."""
    reader = _Reader(expression, _tokens(expression))
    condition = reader.either()
    if reader.token.kind != "end":
        raise reader.refusal()
    return condition


def select(frame: pd.DataFrame, expression: str) -> pd.DataFrame:
    """Return the rows of ``frame`` that fulfil ``expression``."""
    return frame[parse(expression)(frame)]


def _tokens(expression: str) -> list[_Token]:
    found, at = [], 0
    while expression[at:].strip():
        match = _TOKEN.match(expression, at)
        if match is None:
            raise PucError(_unreadable(expression, at + len(expression[at:]) - len(expression[at:].lstrip())))
        kind = str(match.lastgroup)
        found.append(_token(kind, match.group(kind), match.start(kind)))
        at = match.end()
    return [*found, _Token("end", "", len(expression))]


def _token(kind: str, value: str, at: int) -> _Token:
    if kind == "text":
        return _Token("value", value[1:-1].replace("''", "'"), at)
    if kind == "word" and value.lower() in _KEYWORDS:
        return _Token(value.lower(), value, at)
    return _Token({"quoted": "field", "word": "field", "sign": value}.get(kind, kind), value, at)


class _Reader:
    """Reads one expression from left to right, one method a rule of the grammar."""

    def __init__(self, expression: str, tokens: list[_Token]) -> None:
        self._expression, self._tokens, self._next, self._depth = expression, tokens, 0, 0

    @property
    def token(self) -> _Token:
        return self._tokens[self._next]

    def refusal(self) -> PucError:
        return PucError(_unreadable(self._expression, self.token.at))

    def take(self, *kinds: str) -> _Token | None:
        token = self.token
        if token.kind not in kinds:
            return None
        self._next += 1
        return token

    def need(self, *kinds: str) -> _Token:
        token = self.take(*kinds)
        if token is None:
            raise self.refusal()
        return token

    def either(self) -> Condition:
        choices = [self.both()]
        while self.take("or"):
            choices.append(self.both())
        return _joined(choices, operator.or_)

    def both(self) -> Condition:
        demands = [self.one()]
        while self.take("and"):
            demands.append(self.one())
        return _joined(demands, operator.and_)

    def one(self) -> Condition:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self.refusal()
        condition = self._one()
        self._depth -= 1
        return condition

    def _one(self) -> Condition:
        if self.take("not"):
            return _negated(self.one())
        if self.take("("):
            condition = self.either()
            self.need(")")
            return condition
        return self.test(self.need("field").value)

    def test(self, field: str) -> Condition:
        if sign := self.take(*_COMPARISONS):
            return _compared(field, sign.value, self.need("value", "number"))
        if self.take("is"):
            wanted = self.take("not") is None
            self.need("null")
            return _null(field, wanted)
        turned = self.take("not") is not None
        condition = self.membership(field)
        return _negated(condition) if turned else condition

    def membership(self, field: str) -> Condition:
        if self.take("like"):
            return _like(field, self.need("value").value)
        self.need("in")
        self.need("(")
        choices = [self.need("value", "number")]
        while self.take(","):
            choices.append(self.need("value", "number"))
        self.need(")")
        return _joined([_compared(field, "=", choice) for choice in choices], operator.or_)


def _joined(conditions: list[Condition], how: Callable[[pd.Series, pd.Series], pd.Series]) -> Condition:
    # One after the other, not one inside the other: an expression may have thousands of terms.
    return lambda frame: reduce(how, (condition(frame) for condition in conditions))


def _negated(condition: Condition) -> Condition:
    return lambda frame: ~condition(frame)


def _compared(field: str, sign: str, token: _Token) -> Condition:
    compare = _COMPARISONS[sign]

    def condition(frame: pd.DataFrame) -> pd.Series:
        column = _column(frame, field)
        as_number = token.kind == "number" or (is_numeric_dtype(column) and _says_number(token.value))
        values = pd.to_numeric(column, errors="coerce") if as_number else column.map(str, na_action="ignore")
        wanted = float(token.value) if as_number else token.value
        known = values.notna()
        return known & values.where(known, wanted).map(lambda value: compare(value, wanted)).astype(bool)

    return condition


def _says_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


def _null(field: str, wanted: bool) -> Condition:
    return lambda frame: _column(frame, field).isna() == wanted


def _like(field: str, pattern: str) -> Condition:
    parts = (".*" if char == "%" else "." if char == "_" else re.escape(char) for char in pattern)
    regex = re.compile("".join(parts), re.IGNORECASE | re.DOTALL)

    def condition(frame: pd.DataFrame) -> pd.Series:
        column = _column(frame, field)
        matches = column.map(lambda value: regex.fullmatch(str(value)) is not None)
        return column.notna() & matches.astype(bool)

    return condition


def _column(frame: pd.DataFrame, field: str) -> pd.Series:
    if field not in frame.columns:
        raise PucError(
            Problem(
                "selection-field",
                same("--where"),
                say("il campo «{f}» non c'è.", "there is no field “{f}”.", f=field),
                NOTHING,
                say("I campi sono: {all}.", "The fields are: {all}.", all=listing([str(c) for c in frame], most=30)),
            )
        )
    return frame[field]


def _unreadable(expression: str, at: int) -> Problem:
    return Problem(
        "selection-unreadable",
        same("--where"),
        say(
            "l'espressione non si legge dal carattere {n}: «{rest}».",
            "the expression can't be read from character {n}: “{rest}”.",
            n=at + 1,
            rest=expression[at : at + 20],
        ),
        NOTHING,
        Text(
            "Per esempio: zona = 'AC1' and superficie > 100. Valgono and, or, not, in, like, is null.",
            "For example: zone = 'AC1' and area > 100. There are and, or, not, in, like, is null.",
        ),
    )
