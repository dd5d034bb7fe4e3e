"""What somebody means by a few letters: names in both languages, without case and accents, in any order of words.

A word that begins one of a name's is worth most, then one inside, then letters that stand in it in this order («csu»
for «consumo di suolo»). Only where nothing is found so are words taken that are nearly the same («eseugi»).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from layers.text import NOTHING, Text
from puc_tool.working.expression import plain

_WHOLE, _BEGINS, _INSIDE, _IN_ORDER, _NEARLY = 5.0, 4.0, 2.0, 1.0, 0.5
_FIRST_WORD, _LONG = 0.5, 0.01
_LEAST_LETTERS, _ALIKE = 4, 0.75


@dataclass(frozen=True)
class Name:
    """What can be meant: its name, and further words it goes by."""

    title: Text
    further: Text = NOTHING

    @cached_property
    def _words(self) -> tuple[str, ...]:
        """The words of both languages, the title's first."""
        said = (self.title.it, self.title.en, self.further.it, self.further.en)
        return tuple(dict.fromkeys(word for words in said for word in _parts(plain(words))))

    @cached_property
    def _titles(self) -> tuple[str, ...]:
        return tuple("".join(_parts(plain(words))) for words in (self.title.it, self.title.en))

    def worth(self, typed: Sequence[str]) -> float:
        """Return how well the name answers what was typed; 0 if a word of it is not found."""
        worths = [self._worth(word) for word in typed]
        return sum(worths) - _LONG * len(self._titles[0]) if all(worths) else 0.0

    def nearness(self, typed: Sequence[str]) -> float:
        """Return how nearly the name says what was typed; 0 if a word is nowhere nearly said."""
        worths = [max((_likeness(word, each) for each in self._words), default=0.0) for word in typed]
        return _NEARLY * sum(worths) if all(worths) else 0.0

    def _worth(self, word: str) -> float:
        found = next((place for place, each in enumerate(self._words) if each.startswith(word)), None)
        if found is not None:
            is_whole = word in self._words
            return (_WHOLE if is_whole else _BEGINS) + (_FIRST_WORD if found == 0 else 0.0)
        if any(word in each for each in self._words):
            return _INSIDE
        return _IN_ORDER if len(word) > 1 and any(_is_in_order(word, each) for each in self._titles) else 0.0


def ranked(typed: str, names: Sequence[Name]) -> list[int]:
    """Return the places of the names that are meant, the best first; all of them where nothing is typed."""
    words = _parts(plain(typed))
    if not words:
        return list(range(len(names)))
    return list(_best([name.worth(words) for name in names])) or list(_best([name.nearness(words) for name in names]))


def _best(worths: Sequence[float]) -> Iterator[int]:
    """Yield the places of what is worth something, the most first; of equals the one that stood first."""
    places = (place for place, worth in enumerate(worths) if worth > 0)
    yield from sorted(places, key=lambda place: -worths[place])


def _parts(words: str) -> tuple[str, ...]:
    return tuple("".join(letter if letter.isalnum() else " " for letter in words).split())


def _is_in_order(word: str, name: str) -> bool:
    """Tell whether ``name`` begins as ``word`` does and holds its letters in their order."""
    left = iter(name)
    return name.startswith(word[0]) and all(letter in left for letter in word)


def _likeness(typed: str, word: str) -> float:
    """Return how alike a word and the beginning of another are; 0 for what is too short to be told."""
    if len(typed) < _LEAST_LETTERS:
        return 0.0
    ratio = SequenceMatcher(None, typed, word[: len(typed) + 1]).ratio()
    return ratio if ratio >= _ALIKE else 0.0
