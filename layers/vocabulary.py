"""Which values a coded field may hold, and how an office's spelling becomes ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from layers.codelist import rows


class Vocabulary(Protocol):
    """The values of a coded field."""

    def canonical(self, value: str) -> str | None:
        """Return the official spelling of ``value``, or None where it is not known."""
        ...


def folded(value: str) -> str:
    """Return ``value`` without accents, dots, blanks, apostrophes and case, for comparing."""
    plain = unicodedata.normalize("NFKD", value)
    return re.sub(r"[\s.'’`_-]|[\u0300-\u036f]", "", plain).casefold()


@dataclass(frozen=True)
class Listed:
    """The codes of a column of a codelist; other columns hold spellings met in delivered data.

    ``last_words`` are codes that are known by the last word of a longer phrase («Pericolosità elevata P3»).
    """

    codelist: str
    column: str = "code"
    spellings: tuple[str, ...] = ()
    last_words: tuple[str, ...] = ()

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(row[self.column] for row in rows(self.codelist))

    @cached_property
    def _by_spelling(self) -> Mapping[str, str]:
        known: dict[str, str] = {}
        for row in rows(self.codelist):
            for column in (self.column, *self.spellings):
                if row[column]:
                    known.setdefault(folded(row[column]), row[self.column])
        return known

    def canonical(self, value: str) -> str | None:
        """Return the code that ``value`` spells; a code of the list always spells itself (Pg4 and PG4 are two)."""
        if value in self._codes:
            return value
        return self._by_spelling.get(folded(value)) or self._by_last_word(value)

    def _by_last_word(self, value: str) -> str | None:
        last = value.split()[-1].upper() if value.split() else ""
        return last if last in self.last_words else None


@dataclass(frozen=True)
class CorineLike:
    """One to five digits whose first is a CORINE macro-class (1 to 5), with or without dots."""

    def canonical(self, value: str) -> str | None:
        """Return the digits alone."""
        digits = re.sub(r"[\s.]", "", value.removesuffix(".0"))
        return digits if re.fullmatch(r"[1-5]\d{0,4}", digits) else None


@dataclass(frozen=True)
class OpenWords:
    """Known words, and any other in lower case ASCII with ``_``: a kind of its own."""

    codelist: str
    column: str

    def canonical(self, value: str) -> str | None:
        """Return a known id or a well-formed new word."""
        listed = Listed(self.codelist, self.column).canonical(value)
        return listed or (value if re.fullmatch(r"[a-z][a-z0-9_]*", value) else None)


@dataclass(frozen=True)
class Choice:
    """A short closed list, each word with the spellings it may come in."""

    words: tuple[tuple[str, tuple[str, ...]], ...]

    def canonical(self, value: str) -> str | None:
        """Return the word that ``value`` spells."""
        wanted = folded(value)
        for word, spellings in self.words:
            if wanted in {folded(word), *map(folded, spellings)}:
                return word
        return None


YES_NO = Choice((("yes", ("si", "sì", "true", "1", "vero", "s", "y")), ("no", ("false", "0", "falso", "n"))))
