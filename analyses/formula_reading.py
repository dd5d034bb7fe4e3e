"""Reading a formula that stands as words into what computes and shows it: «100*suolo_consumato_ha/popolazione(t)».

    sum     = product (("+" | "-" | "−") product)*
    product = term (("*" | "×" | "/") term)*
    term    = number | name | "(" sum ")"

A name is an id and what belongs to it: «popolazione(t2)», «by_commune.area_m2», «by_kind[nido].covered_people». Nothing
is evaluated: the words become a tree, or, as prose does, none.
"""

from __future__ import annotations

import re

from analyses.formula import Constant, Named, Quantity, Step

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[^\W\d]\w*(?:\[\w+\])?(?:\.\w+)*(?:\(\w+\))?)|(?P<sign>[-+−*×/()]))"
)
_SUMS = {"+": "+", "-": "−", "−": "−"}
_PRODUCTS = {"*": "×", "×": "×", "/": "/"}


class _ProseError(Exception):
    """The words are no formula."""


def read(words: str) -> Quantity | None:
    """Return the formula that ``words`` are; None where they are prose."""
    try:
        return _Reader(_tokens(words)).whole()
    except _ProseError:
        return None


def formula(words: str) -> Quantity:
    """Return the formula that ``words`` are; raises ValueError where they are none, for declarations."""
    found = read(words)
    if found is None:
        raise ValueError(words)
    return found


def _tokens(words: str) -> list[tuple[str, str]]:
    """Return the kind and the word of each token; raises _ProseError at the first that no formula has."""
    found, place, end = [], 0, len(words.rstrip())
    while place < end:
        token = _TOKEN.match(words, place)
        if token is None:
            raise _ProseError
        found.append((str(token.lastgroup), token[str(token.lastgroup)]))
        place = token.end()
    return found


class _Reader:
    """Takes tokens from the left; each method returns the largest part of its rule that begins there."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens[::-1]

    def whole(self) -> Quantity:
        """Return all of it as one quantity."""
        found = self._sum()
        if self._tokens:
            raise _ProseError
        return found

    def _sum(self) -> Quantity:
        left = self._product()
        while sign := self._sign(_SUMS):
            left = Step(sign, left, self._product())
        return left

    def _product(self) -> Quantity:
        left = self._term()
        while sign := self._sign(_PRODUCTS):
            left = Step(sign, left, self._term())
        return left

    def _term(self) -> Quantity:
        kind, word = self._take()
        if kind == "number":
            return Constant(float(word))
        if kind == "name":
            return Named(word)
        if word != "(":
            raise _ProseError
        inner = self._sum()
        if self._take()[1] != ")":
            raise _ProseError
        return inner

    def _sign(self, signs: dict[str, str]) -> str:
        """Take the next token if it is one of ``signs``, and return how a formula writes it; else nothing."""
        if not self._tokens or self._tokens[-1][1] not in signs:
            return ""
        return signs[self._tokens.pop()[1]]

    def _take(self) -> tuple[str, str]:
        if not self._tokens:
            raise _ProseError
        return self._tokens.pop()
