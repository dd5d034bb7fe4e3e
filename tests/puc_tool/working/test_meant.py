"""A few letters find a command, a layer or a place, in either language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.text import Text, same
from puc_tool.working.meant import Name, ranked

RUN, UNDO = Text("Esegui", "Run"), Text("Annulla", "Undo")
SOIL, SLOPE = Text("Consumo di suolo", "Soil consumption"), Text("Stabilità dei versanti", "Slope stability")
CENTRE, UNDER = same("Centro storico"), Text("Sottosuolo", "Underground")
NAMES = [Name(each) for each in (RUN, UNDO, SOIL, SLOPE, CENTRE, UNDER)]


def first(typed: str) -> Text | None:
    found = ranked(typed, NAMES)
    return NAMES[found[0]].title if found else None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ese", RUN), ("run", RUN), ("undo", UNDO), ("annulla", UNDO), ("suolo", SOIL), ("soil", SOIL),
        ("suolo cons", SOIL), ("STABILITA", SLOPE), ("csu", SOIL), ("storico", CENTRE), ("eseugi", RUN),
        ("consummo", SOIL), ("centor", CENTRE),
    ],
)  # fmt: skip
def test_that_words_of_either_language_beginnings_initials_and_slips_find_a_name(typed, meant):
    assert first(typed) == meant


def test_that_a_word_that_begins_a_name_is_meant_before_one_inside():
    # «suolo» is a word of «Consumo di suolo» and stands inside «Sottosuolo».
    assert [NAMES[place].title for place in ranked("suolo", NAMES)] == [SOIL, UNDER]


def test_that_every_word_typed_must_be_found():
    assert ranked("suolo centro", NAMES) == []
    assert ranked("zzz", NAMES) == []


def test_that_nothing_typed_leaves_all_in_their_order():
    assert ranked("  ", NAMES) == list(range(len(NAMES)))


def test_that_further_words_are_searched_too():
    named = [Name(same("Canaletto"), Text("Quartiere", "Neighbourhood")), Name(RUN)]
    assert ranked("quartiere cana", named) == [0]


@given(st.text(max_size=12))
def test_that_whatever_is_typed_each_name_is_found_once_at_most(typed):
    found = ranked(typed, NAMES)
    assert len(set(found)) == len(found)
    assert set(found) <= set(range(len(NAMES)))


@given(st.sampled_from(range(len(NAMES))), st.data())
def test_that_the_beginning_of_any_of_its_words_finds_a_name(place, data):
    words = data.draw(st.sampled_from([*NAMES[place].title.it.split(), *NAMES[place].title.en.split()]))
    assert place in ranked(words[: data.draw(st.integers(1, len(words)))], NAMES)
