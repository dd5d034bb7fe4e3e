"""Which values a coded field may hold, and how an office's spelling becomes ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol

from layers.codelist import Row, rows

_LABELS = ("label_it", "label_en", "name_it")


class Vocabulary(Protocol):
    """The values of a coded field."""

    def canonical(self, value: str) -> str | None:
        """Return the official spelling of ``value``, or None where it is not known."""
        ...

    def knows(self, value: str) -> bool:
        """Tell whether ``value`` is one of those listed: by such values a field is known among others."""
        ...

    def wordings(self) -> Iterator[tuple[str, str]]:
        """Yield each way of writing a code in words, its own and its labels, with the code."""
        ...


@lru_cache(maxsize=1 << 14)
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

    def knows(self, value: str) -> bool:
        """Tell whether ``value`` spells a code."""
        return self.canonical(value) is not None

    def wordings(self) -> Iterator[tuple[str, str]]:
        """Yield codes, spellings and labels."""
        return _wordings(rows(self.codelist), self.column, self.spellings)


@dataclass(frozen=True)
class CorineLike:
    """One to five digits whose first is a CORINE macro-class (1 to 5), with or without dots."""

    @cached_property
    def _listed(self) -> frozenset[str]:
        return frozenset(row["code"] for name in ("clc", "urban_atlas") for row in rows(name))

    def canonical(self, value: str) -> str | None:
        """Return the digits alone."""
        digits = re.sub(r"[\s.]", "", value.removesuffix(".0"))
        return digits if re.fullmatch(r"[1-5]\d{0,4}", digits) else None

    def knows(self, value: str) -> bool:
        """Tell whether ``value`` is a class of CORINE or of the Urban Atlas, or a finer one within one of CORINE."""
        digits = self.canonical(value)
        return digits is not None and (digits in self._listed or (len(digits) > 3 and digits[:3] in self._listed))

    def wordings(self) -> Iterator[tuple[str, str]]:
        """Yield the classes of CORINE and of the Urban Atlas with their labels."""
        return _wordings((*rows("clc"), *rows("urban_atlas")), "code")


@dataclass(frozen=True)
class OpenWords:
    """Known words, and any other in lower case ASCII with ``_``: a kind of its own.

    ``tags`` is the column that holds the tags of OpenStreetMap with the same meaning, if there is one.
    """

    codelist: str
    column: str
    tags: str = ""

    def canonical(self, value: str) -> str | None:
        """Return a known id or a well-formed new word."""
        listed = Listed(self.codelist, self.column).canonical(value)
        return listed or (value if re.fullmatch(r"[a-z][a-z0-9_]*", value) else None)

    def knows(self, value: str) -> bool:
        """Tell whether ``value`` spells a known id, or is a tag of OpenStreetMap that means one."""
        return folded(value) in self._known

    def wordings(self) -> Iterator[tuple[str, str]]:
        """Yield ids, labels and the values of OpenStreetMap that mean them."""
        yield from _wordings(rows(self.codelist), self.column)
        for row in rows(self.codelist) if self.tags else ():
            yield from ((value, row[self.column]) for value in sorted(_tag_values(row[self.tags])))

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(folded(words) for words, _ in self.wordings())


@dataclass(frozen=True)
class Choice:
    """A short closed list, each word with the spellings it may come in.

    ``tells`` is False for words that any field might hold: by them none is known.
    """

    words: tuple[tuple[str, tuple[str, ...]], ...]
    tells: bool = True

    def canonical(self, value: str) -> str | None:
        """Return the word that ``value`` spells."""
        wanted = folded(value)
        for word, spellings in self.words:
            if wanted in {folded(word), *map(folded, spellings)}:
                return word
        return None

    def knows(self, value: str) -> bool:
        """Tell whether ``value`` spells a word, if words like these tell a field from others."""
        return self.tells and self.canonical(value) is not None

    def wordings(self) -> Iterator[tuple[str, str]]:
        """Yield words and spellings."""
        return ((spelling, word) for word, spellings in self.words for spelling in (word, *spellings))


@dataclass(frozen=True)
class Pattern:
    """Values known by how they are built («12/345»), not by a list: any other is as good."""

    pattern: str

    def canonical(self, value: str) -> str | None:
        """Return ``value`` as it is."""
        return value

    def knows(self, value: str) -> bool:
        """Tell whether ``value`` is built so."""
        return re.fullmatch(self.pattern, value) is not None

    def wordings(self) -> Iterator[tuple[str, str]]:
        """Yield nothing: there is no list."""
        return iter(())


def _tag_values(tags: str) -> set[str]:
    """Return the values of tags written «amenity=doctors|clinic» that mean something alone, without a second tag."""
    values = {choice.rpartition("=")[2] for choice in tags.split("|") if ";" not in choice}
    return values - {"", "yes", "no"}


def _wordings(found: tuple[Row, ...], column: str, spellings: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    for row in found:
        for words in (column, *spellings, *_LABELS):
            if row.get(words):
                yield row[words], row[column]


YES_NO = Choice(
    (("yes", ("si", "sì", "true", "1", "vero", "s", "y")), ("no", ("false", "0", "falso", "n"))), tells=False
)
