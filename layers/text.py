"""What a user reads, in Italian first and English second. The one text mechanism of every floor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

Lang = Literal["it", "en"]
MINUS = "\u2212"

_MONTHS_IT = (
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
    "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre",
)  # fmt: skip
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Text:
    """One sentence or label in both languages; ``spoken``: the words of a planner's data are of this one in both."""

    it: str
    en: str
    spoken: Lang | None = field(default=None, compare=False, kw_only=True)

    def to(self, lang: Lang) -> str:
        """Return the words in ``lang``."""
        return self.it if lang == "it" else self.en

    def foreign_to(self, lang: Lang) -> Lang | None:
        """Return the language of words that a page in ``lang`` has to mark as another's (WCAG 3.1.2)."""
        return self.spoken if self.spoken != lang else None

    def __bool__(self) -> bool:
        return bool(self.it)


NOTHING = Text("", "")


def same(words: object) -> Text:
    """Return a name that is the same in every language: a file, a code, a place."""
    return Text(str(words), str(words))


def italian(words: str, english: str = "") -> Text:
    """Return what an Italian office wrote: Italian on an English page too, where it gave no English."""
    return Text(words, english or words, spoken=None if english or not _SENTENCE.search(words) else "it")


_SENTENCE = re.compile(r"[^\W\d_]{3,}\W+[^\W\d_]{2,}")
"""More than a code or one word: what a voice would read wrong."""


def say(it: str, en: str, **values: object) -> Text:
    """Fill two templates with the same values; a Text among them is put in its own language."""
    return Text(
        it.format(**{name: _word(value, "it") for name, value in values.items()}),
        en.format(**{name: _word(value, "en") for name, value in values.items()}),
    )


def number(value: float, decimals: int = 0) -> Text:
    """Return ``value`` as both languages print it: 1.484,6 and 1,484.6, with a true minus and no «-0»."""
    rounded = round(value, decimals) + 0.0
    english = f"{abs(rounded):,.{decimals}f}"
    sign = MINUS if rounded < 0 else ""
    italian = english.replace(",", "\0").replace(".", ",").replace("\0", ".")
    return Text(sign + italian, sign + english)


Noun = tuple[Text, Text]
"""What is counted: one, and many."""

BUILDINGS: Noun = (Text("edificio", "building"), Text("edifici", "buildings"))
CELLS: Noun = (Text("cella", "cell"), Text("celle", "cells"))
CRITERIA: Noun = (Text("criterio", "criterion"), Text("criteri", "criteria"))
FEATURES: Noun = (Text("elemento", "feature"), Text("elementi", "features"))
FILES: Noun = (Text("file", "file"), Text("file", "files"))
HOMES: Noun = (Text("alloggio", "home"), Text("alloggi", "homes"))
INHABITANTS: Noun = (Text("abitante", "inhabitant"), Text("abitanti", "inhabitants"))
LAYERS: Noun = (Text("livello", "layer"), Text("livelli", "layers"))
PEOPLE: Noun = (Text("ab.", "person"), Text("ab.", "people"))
RESIDENTS: Noun = (Text("residente", "resident"), Text("residenti", "residents"))
ROWS: Noun = (Text("riga", "row"), Text("righe", "rows"))
SHEETS: Noun = (Text("foglio", "sheet"), Text("fogli", "sheets"))
SITES: Noun = (Text("sito", "site"), Text("siti", "sites"))


def counted(count: float, noun: Noun, space: str = " ") -> Text:
    """Return a whole count with its noun: «1 sito», «0 siti», «1.337 siti»."""
    amount = number(count)
    word = noun[0] if amount.it == "1" else noun[1]
    return say("{n}{s}{w}", "{n}{s}{w}", n=amount, s=space, w=word)


def hectares(area_m2: float) -> Text:
    """Return an area for a sentence, in ha with two decimals under 10 ha and one above."""
    area_ha = area_m2 / 10_000
    amount = number(area_ha, 2 if abs(area_ha) < 10 else 1)
    return say("{n}\u202fha", "{n}\u202fha", n=amount)


def of_percent(share: float, decimals: int = 1) -> Text:
    """Return a share (0 to 1) with «di» and its article: «del 99,8 %», «dell'85,7 %», «dello 0,4 %», and “99.8 %”."""
    the = the_percent(share, decimals)
    return Text("de" + the.it[1:] if the.it.startswith("il") else "del" + the.it, the.en)


def the_percent(share: float, decimals: int = 1) -> Text:
    """Return a share (0 to 1) with the article it is read with: «il 99,8 %», «l'85,7 %», «lo 0,4 %», and “99.8 %”."""
    amount = number(100 * share, decimals)
    whole = amount.it.split(",")[0]
    vowel = whole in {"1", "11"} or whole.startswith("8")
    article = "l'" if vowel else "lo " if whole == "0" else "il "
    return say("{the}{n} %", "{n} %", the=Text(article, ""), n=amount)


def shortened(words: Text, most: int) -> Text:
    """Return words of at most ``most`` letters, cut between two of them where that leaves half: «Ambiti di …»."""
    return replace(words, it=_cut(words.it, most), en=_cut(words.en, most))


def _cut(words: str, most: int) -> str:
    if len(words) <= most:
        return words
    whole = words[: most - 2].rpartition(" ")[0]
    return f"{whole} …" if len(whole) >= most // 2 else f"{words[: most - 1]}…"


def held(share: Text) -> Text:
    """Return a share whose sign does not go to the next line: «l'85,7 %», “85.7%”."""
    return Text(share.it.replace(" %", "\u00a0%"), share.en.replace(" ", ""))


def begun(words: Text) -> Text:
    """Return words as a sentence begins."""
    return Text(words.it[:1].upper() + words.it[1:], words.en[:1].upper() + words.en[1:])


def listing(words: Sequence[str] | Sequence[Text], most: int = 5) -> Text:
    """Return «a, b, c» and, past ``most``, how many more there are."""
    named = [each if isinstance(each, Text) else same(each) for each in words[:most]]
    shown, rest = joined(named, ", "), len(words) - most
    if rest == 1:
        return say("{s} e un altro", "{s} and one more", s=shown)
    return shown if rest <= 0 else say("{s} e altri {n}", "{s} and {n} more", s=shown, n=rest)


def joined(words: Iterable[Text], sign: str) -> Text:
    """Return sentences one after the other with ``sign`` between them; empty ones stay out."""
    said = [each for each in words if each]
    return Text(sign.join(each.it for each in said), sign.join(each.en for each in said))


def long_date(day: date) -> Text:
    """Return the date for prose: 22 novembre 2026."""
    return Text(
        f"{day.day} {_MONTHS_IT[day.month - 1]} {day.year}",
        f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}",
    )


def _word(value: object, lang: Lang) -> str:
    return value.to(lang) if isinstance(value, Text) else str(value)
