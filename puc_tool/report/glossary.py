"""The glossary of the tool, ``docs/glossario.md``, and which of its terms a text uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from layers.text import Lang, Text
from puc_tool.report.document import Entry

_IN_REPOSITORY = Path(__file__).resolve().parents[2] / "docs" / "glossario.md"
_INSTALLED = files("puc_tool").joinpath("report", "glossario.md")
_TERM = re.compile(
    r"^### (?P<term>.+)\n(?:inglese: (?P<english>.+)\n)?it: (?P<it>.+)\nen: (?P<en>.+)\n"
    r"fonte: (?P<source>.+)\nstato: (?P<state>.+)$",
    re.M,
)
_ABBREVIATION = 3
_UNVERIFIED = "non verificato"


@cache
def entries() -> tuple[Entry, ...]:
    """Return every term with its explanation, marked where nobody has read it at its source."""
    return tuple(_entry(found) for found in _TERM.finditer(_text()))


def used_in(words: str, lang: Lang = "it") -> Iterator[Entry]:
    """Yield the terms that ``words`` of a language hold as whole words, in alphabetical order.

    Abbreviations of the norms (St, Sul, Pg3a) stay what they are in English, so there both are looked for.
    """
    for entry in sorted(entries(), key=lambda entry: entry.term.to(lang).casefold()):
        if any(_pattern(name).search(words) for name in _names(entry, lang)):
            yield entry


def _names(entry: Entry, lang: Lang) -> tuple[str, ...]:
    return (entry.term.it,) if lang == "it" else (entry.term.it, *_english()[entry.term.it])


@cache
def _english() -> Mapping[str, tuple[str, ...]]:
    """Return how each term is called in English, where it is called otherwise."""
    return {found["term"]: tuple((found["english"] or found["term"]).split("; ")) for found in _TERM.finditer(_text())}


def _text() -> str:
    return (_INSTALLED if _INSTALLED.is_file() else _IN_REPOSITORY).read_text(encoding="utf-8")


def _pattern(term: str) -> re.Pattern[str]:
    """Return what finds a term: of an abbreviation its very letters («Se» is not «se»)."""
    word = rf"(?<!\w){re.escape(term)}(?!\w)"
    if len(term) <= _ABBREVIATION:
        return re.compile(rf"(?<=[\w,;(] ){word}") if not term.isupper() else re.compile(word)
    return re.compile(word, 0 if term.isupper() else re.IGNORECASE)


def _entry(found: re.Match[str]) -> Entry:
    doubtful = found["state"] == _UNVERIFIED
    term = Text(found["term"], (found["english"] or found["term"]).split("; ")[0])
    it, en = found["it"], found["en"]
    return Entry(term, Text(f"{it} (Non verificato.)", f"{en} (Not verified.)") if doubtful else Text(it, en))
