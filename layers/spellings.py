"""How an office's value may be meant: by its label, by the class at its end, or by a spelling close to a known one.

Proposed with how close it is, never applied by itself; where two codes are about as close, both are named and none
is proposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches

from layers.text import Text, number, say
from layers.vocabulary import OpenWords, Vocabulary, folded

CLOSE = 0.82
"""Spellings less alike than this are not taken for the same."""

AHEAD = 0.05
_AT_END = 0.95
_LETTERS = 5
_CODE_LETTERS = 2


@dataclass(frozen=True)
class Near:
    """A delivered value and the codes it may mean, the closest first, each with how close it is (0 to 1)."""

    value: str
    codes: tuple[tuple[str, float], ...] = ()

    @property
    def code(self) -> str | None:
        """The code it means, where one is clearly closest."""
        if not self.codes or (len(self.codes) > 1 and self.codes[0][1] - self.codes[1][1] < AHEAD):
            return None
        return self.codes[0][0]

    @property
    def is_same(self) -> bool:
        """Tell whether the value is another word for its code, not just close to one."""
        return self.code is not None and self.codes[0][1] == 1.0

    @property
    def why(self) -> Text:
        """Return «“Elevata P3” = P3 (vicino al 95 %)», or what it may be."""
        if self.is_same:
            return say("«{v}» = {c}", "“{v}” = {c}", v=self.value, c=self.code)
        if self.code is not None:
            return say("«{v}» = {c} (somiglianza: {p} %)", "“{v}” = {c} ({p} % alike)",
                       v=self.value, c=self.code, p=number(100 * self.codes[0][1]))  # fmt: skip
        if self.codes:
            return say("«{v}» può essere: {c}", "“{v}” may be: {c}",
                       v=self.value, c=", ".join(code for code, _ in self.codes))  # fmt: skip
        return say("«{v}» non è noto", "“{v}” is not known", v=self.value)


def unsettled(vocabulary: Vocabulary, values: Iterable[str]) -> tuple[Near, ...]:
    """Return the values that ``vocabulary`` does not take for a code of its own, with what each may mean."""
    wordings = tuple(vocabulary.wordings())
    own = {code for _, code in wordings}
    return tuple(
        near
        for value in dict.fromkeys(values)
        if not _is_settled(vocabulary, value, own) and _says(vocabulary, near := _near(value, wordings))
    )


def _is_settled(vocabulary: Vocabulary, value: str, own: set[str]) -> bool:
    code = vocabulary.canonical(value)
    return code in own if isinstance(vocabulary, OpenWords) else code is not None


def _says(vocabulary: Vocabulary, near: Near) -> bool:
    """Any other word is a kind of its own in an open list: it is only told where it may mean a listed one."""
    return bool(near.codes) or vocabulary.canonical(near.value) is None


def _near(value: str, wordings: tuple[tuple[str, str], ...]) -> Near:
    wanted = folded(value)
    closeness: dict[str, float] = {}
    spelt = {folded(words): set[str]() for words, _ in wordings}
    for words, code in wordings:
        spelt[folded(words)].add(code)
        if len(code) >= _CODE_LETTERS and re.search(rf"(?:^|[\s_(–-]){re.escape(code)}\)?$", value, re.IGNORECASE):
            closeness[code] = _AT_END
    if wanted in spelt:
        closeness |= dict.fromkeys(spelt[wanted], 1.0)
    elif len(wanted) >= _LETTERS:
        for words in get_close_matches(wanted, spelt, n=3, cutoff=CLOSE):
            alike = SequenceMatcher(None, words, wanted).ratio()
            closeness |= {code: max(alike, closeness.get(code, 0.0)) for code in spelt[words]}
    return Near(value, tuple(sorted(closeness.items(), key=lambda pair: (-pair[1], pair[0]))))
