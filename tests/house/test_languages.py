"""Every text has its two languages: no English one is still Italian, none lacks a slot that the other has."""

from __future__ import annotations

import re

import pytest

from tests.languages import Declared, declared, italian_words, labels, left_italian

_SAID_ALIKE = (
    "Area EPSG File Formula Scenario file raster scenario FlatGeobuf GeoJSON GeoPackage GeoParquet GeoTIFF MapInfo "
    "NetCDF OpenStreetMap Shapefile IdroGEO ISPRA"
)
SAME = frozenset(_SAID_ALIKE.split())
"""Words that both languages have, and names."""


def slots(words: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", words))


@pytest.mark.parametrize(
    ("english", "found"),
    [
        ("Suolo della città", ["della"]),
        ("Base map: nessuna", ["nessuna"]),
        ("(fuori da ogni unità)", ["fuori", "da", "ogni"]),
        ("Counted as “fuori da ogni unità”.", []),
        ("Sul of other uses = Sul − Residential Sul", []),
        ("Zone E: agricultural", []),
        ("A sheet per unit, with --scale", []),
    ],
)
def test_that_italian_words_are_found_outside_of_quotes(english, found):
    assert italian_words(english) == found


def test_that_a_text_left_in_italian_is_found_and_a_name_is_not():
    shown = ["Edifici", "Buildings", "Comune della Spezia", "Pericolosità elevata (alluvioni frequenti)"]
    assert left_italian(shown, ["Comune della Spezia"]) == [
        "Edifici",
        "Pericolosità elevata (alluvioni frequenti)",
    ]


def test_that_the_texts_of_the_code_are_read():
    assert len(declared()) > 3000
    assert len(labels()) > 200


def test_that_no_english_text_of_the_code_has_italian_words():
    left = [(each.place, each.en) for each in (*declared(), *labels()) if italian_words(each.en)]
    assert left == []


def test_that_no_text_of_the_code_says_the_same_twice_for_want_of_a_translation():
    assert [each for each in declared() if _is_one_language(each)] == []


def _is_one_language(each: Declared) -> bool:
    words = re.findall(r"[^\W\d_]{4,}", re.sub(r"\{[^}]*\}", "", each.it))
    return each.it == each.en and not SAME.issuperset(words)


def test_that_both_languages_have_the_same_slots():
    # The article of a share is Italian alone: «il 99,8 %» and “99.8 %”.
    uneven = [each for each in declared() if slots(each.it) - {"the"} != slots(each.en)]
    assert uneven == []


def test_that_every_label_of_the_code_lists_has_its_english():
    assert [each for each in labels() if each.it and not each.en] == []
