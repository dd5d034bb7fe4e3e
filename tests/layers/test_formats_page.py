"""The page of the formats tells what the catalogue holds."""

import re
from pathlib import Path

import pytest

from layers.formats import catalogue

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "formati.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(\w+)` \| ([^|]*) \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("name", "files"), [row[:2] for row in ROWS])
def test_that_a_row_of_the_page_names_every_ending_of_its_format(name, files):
    (entry,) = (each for each in catalogue.ALL if each.id == name)
    assert tuple(re.findall(r"`([^`]+)`", files)) == (*entry.suffixes, *entry.members)


def test_that_every_format_of_the_catalogue_has_its_row_in_both_languages():
    ids = [entry.id for entry in catalogue.ALL]
    assert sorted(row[0] for row in ROWS) == sorted(ids * 2)
