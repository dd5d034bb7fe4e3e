from __future__ import annotations

import pytest

from puc_tool.maps.authority import authority, of_commune, of_communes


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Lerici", "di Lerici"), ("La Spezia", "della Spezia"),
        ("L'Aquila", "dell'Aquila"), ("L’Aquila", "dell’Aquila"),
        ("Le Castella", "delle Castella"), ("Lo Monte", "dello Monte"), ("Il Borgo", "del Borgo"),
        ("I Piani", "dei Piani"), ("Gli Orti", "degli Orti"), ("Laigueglia", "di Laigueglia"), ("Imola", "di Imola"),
    ],
)  # fmt: skip
def test_that_a_name_with_an_article_is_joined_to_its_preposition(name, words):
    assert of_commune(name).it == words
    assert of_commune(name).en == f"of {name}"


@pytest.mark.parametrize(
    ("names", "italian", "english"),
    [
        (["La Spezia"], "COMUNE DELLA SPEZIA", "MUNICIPALITY OF LA SPEZIA"),
        (["Arcola", "Lerici"], "COMUNI DI ARCOLA · LERICI", "MUNICIPALITIES OF ARCOLA · LERICI"),
        (["La Spezia", "Lerici"], "COMUNI DELLA SPEZIA · DI LERICI", "MUNICIPALITIES OF LA SPEZIA · LERICI"),
        (list("ABCDEFG"), "COMUNI DI A · B · C · D · E E ALTRI 2", "MUNICIPALITIES OF A · B · C · D · E AND 2 MORE"),
        ([], "", ""),
    ],
)
def test_that_the_title_block_names_every_commune_of_the_study(names, italian, english):
    made = authority(names)
    assert (made.it.replace("\u00a0", " "), made.en.replace("\u00a0", " ")) == (italian, english)


def test_that_a_name_of_two_words_does_not_break_over_two_lines():
    assert "SANTO\u00a0STEFANO\u00a0DI\u00a0MAGRA" in authority(["Santo Stefano di Magra"]).it


@pytest.mark.parametrize(
    ("names", "italian", "english"),
    [
        (["La Spezia"], "della Spezia", "of La Spezia"),
        (["La Spezia", "Lerici"], "della Spezia e di Lerici", "of La Spezia and Lerici"),
        (["A", "B", "C"], "di A, di B e di C", "of A, B and C"),
        (list("ABCDEF"), "di 6 comuni", "of 6 municipalities"),
    ],
)
def test_that_a_sentence_names_communes_with_their_prepositions(names, italian, english):
    assert (of_communes(names).it, of_communes(names).en) == (italian, english)
