"""The glossary of the tool, ``docs/glossario.md``, and which of its terms a text uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from layers.text import Text
from puc_tool.report.document import Entry

_IN_REPOSITORY = Path(__file__).resolve().parents[2] / "docs" / "glossario.md"
_INSTALLED = files("puc_tool").joinpath("report", "glossario.md")
_TERM = re.compile(
    r"^### (?P<term>.+)\nit: (?P<it>.+)\nen: (?P<en>.+)\nfonte: (?P<source>.+)\nstato: (?P<state>.+)$", re.M
)
_ABBREVIATION = 3
_UNVERIFIED = "non verificato"


@cache
def entries() -> tuple[Entry, ...]:
    """Return every term with its explanation, marked where nobody has read it at its source."""
    source = _INSTALLED if _INSTALLED.is_file() else _IN_REPOSITORY
    return tuple(_entry(found) for found in _TERM.finditer(source.read_text(encoding="utf-8")))


def used_in(words: str) -> Iterator[Entry]:
    """Yield the terms that ``words`` hold as whole words, in alphabetical order."""
    for entry in sorted(entries(), key=lambda entry: entry.term.it.casefold()):
        if _pattern(entry.term.it).search(words):
            yield entry


def _pattern(term: str) -> re.Pattern[str]:
    """Return what finds a term: of an abbreviation its very letters («Se» is not «se»)."""
    word = rf"(?<!\w){re.escape(term)}(?!\w)"
    if len(term) <= _ABBREVIATION:
        return re.compile(rf"(?<=[\w,;(] ){word}") if not term.isupper() else re.compile(word)
    return re.compile(word, 0 if term.isupper() else re.IGNORECASE)


def _entry(found: re.Match[str]) -> Entry:
    doubtful = found["state"] == _UNVERIFIED
    term = Text(found["term"], found["term"])
    it, en = found["it"], found["en"]
    return Entry(term, Text(f"{it} (Non verificato.)", f"{en} (Not verified.)") if doubtful else Text(it, en))
