"""Kinds and states of districts: Italian words stay the layer's, known ones are said in English too."""

from __future__ import annotations

import pytest

from analyses.districts.terms import term


@pytest.mark.parametrize(
    ("words", "english"),
    [("distretto integrato", "integrated district"), ("Non attuato", "not carried out"), (" adottato ", "adopted")],
)
def test_that_a_known_word_is_said_in_english_however_it_is_spelt(words, english):
    assert (term(words).it, term(words).en) == (words.strip(), english)


@pytest.mark.parametrize("words", ["distretto del mare", "attuato al 40 %", ""])
def test_that_any_other_word_stays_as_the_layer_has_it(words):
    assert (term(words).it, term(words).en) == (words, words)
