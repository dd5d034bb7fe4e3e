"""The glossary is read by people and by the window's hover texts: each entry has the same four lines."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READ = {"verified", "derived"}
ROW = re.compile(r"\[(?P<file>\w+)\.csv: (?P<words>[^\]]+)\]$")


def entries() -> list[tuple[str, list[str]]]:
    """Return each term with the lines under it."""
    text = (ROOT / "docs" / "glossario.md").read_text(encoding="utf-8")
    parts = re.split(r"^### ", text, flags=re.MULTILINE)[1:]
    return [(term, body.split("\n## ")[0].split("\n")) for term, _, body in (part.partition("\n") for part in parts)]


def fields(lines: list[str]) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in lines if line)


def cited_rows(source: str) -> list[dict[str, str]]:
    """Return the codelist rows that a source names: ``[file.csv: word; word]``, every word a value of the row."""
    cited = ROW.search(source)
    if cited is None:
        return []
    words = set(cited["words"].split("; "))
    with (ROOT / "layers" / "codelists" / f"{cited['file']}.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if words <= set(row.values())]


ENTRIES = [pytest.param(lines, id=term) for term, lines in entries()]


def test_that_a_term_is_explained_once():
    terms = [term.casefold() for term, _ in entries()]
    assert len(terms) > 40
    assert sorted(terms) == sorted(set(terms))


@pytest.mark.parametrize("lines", ENTRIES)
def test_that_an_entry_has_its_four_lines_in_order(lines):
    kept = [line for line in lines if line]
    names = [line.split(": ", 1)[0] for line in kept]
    assert names[names[0] == "inglese" :] == ["it", "en", "fonte", "stato"]
    assert all(line.split(": ", 1)[1].strip() for line in kept)


def test_that_no_two_terms_share_an_english_name():
    said = [name.casefold() for _, lines in entries() for name in fields(lines).get("inglese", "").split("; ") if name]
    assert len(said) > 50
    assert sorted(said) == sorted(set(said))


@pytest.mark.parametrize("lines", ENTRIES)
def test_that_an_entry_is_verified_only_if_the_codelist_row_it_cites_is(lines):
    entry = fields(lines)
    assert entry["stato"] in {"verificato", "non verificato"}
    if "[" in entry["fonte"]:
        rows = cited_rows(entry["fonte"])
        assert rows, f"no row for {entry['fonte']}"
        read = all(row["status"] in READ for row in rows)
        assert entry["stato"] == ("verificato" if read else "non verificato")
