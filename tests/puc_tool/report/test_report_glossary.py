"""The report explains the terms it uses, and takes no small word for an abbreviation."""

from __future__ import annotations

import pytest

from puc_tool.report.glossary import entries, used_in


def terms(words):
    return [entry.term.it for entry in used_in(words)]


def test_that_terms_are_found_as_whole_words_in_alphabetical_order():
    assert terms("il SUO piano, il PUC e il suolo consumato") == ["PUC", "Suolo consumato"]


@pytest.mark.parametrize("words", ["Se piove, su tutto: sul tetto e se mai. Sul tetto", "Su ogni area"])
def test_that_small_words_are_no_abbreviations(words):
    assert terms(words) == []


def test_that_an_abbreviation_in_its_own_letters_is_found():
    assert "Se" in terms("l'edificabilità sta in Se, le aree in Ac")


def test_that_what_nobody_verified_is_marked_in_both_languages():
    doubtful = [entry for entry in entries() if entry.words.it.endswith("(Non verificato.)")]
    assert doubtful
    assert all(entry.words.en.endswith("(Not verified.)") for entry in doubtful)
    assert len(doubtful) < len(entries())


def test_that_english_words_find_the_terms_by_their_english_names():
    found = list(used_in("Net soil consumption of St in the PUC, no veto", "en"))
    assert [entry.term.en for entry in found] == ["Net soil consumption", "PUC", "Soil consumption", "St", "Veto"]
    assert list(used_in("Net soil consumption", "it")) == []
