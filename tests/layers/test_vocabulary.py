import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.codelist import rows
from layers.vocabulary import YES_NO, Choice, CorineLike, Listed, OpenWords, folded

FLOOD = Listed("pgra_flood", spellings=("raw_value",))


@pytest.mark.parametrize(
    ("spelling", "plain"),
    [("Città", "citta"), ("L’Aquila", "laquila"), ("COD_AMB.", "codamb"), (" P-3 ", "p3"), ("", "")],
)
def test_that_accents_case_dots_and_blanks_are_not_compared(spelling, plain):
    assert folded(spelling) == plain


@given(st.text())
def test_that_folding_twice_changes_nothing(value):
    assert folded(folded(value)) == folded(value)


def test_that_an_office_s_spelling_becomes_the_official_code():
    assert FLOOD.canonical("p3") == "P3"
    assert FLOOD.canonical("pericolosità idraulica elevata - HIGHProbabilityHazard") == "P3"


def test_that_an_unknown_code_is_not_guessed():
    assert FLOOD.canonical("P9") is None
    assert FLOOD.canonical("") is None


@pytest.mark.parametrize("name", ["pgra_flood", "pai_landslide", "zone_dm1444", "ispra_soil_consumption"])
def test_that_every_code_of_a_codelist_spells_itself(name):
    codes = [row["code"] for row in rows(name)]
    assert [Listed(name).canonical(code) for code in codes] == codes


@pytest.mark.parametrize(
    ("value", "code"),
    [("112", "112"), ("1.1.2", "112"), ("112.0", "112"), ("5", "5"), ("21111", "21111")],
)
def test_that_a_corine_code_is_its_digits(value, code):
    assert CorineLike().canonical(value) == code


@pytest.mark.parametrize("value", ["612", "0", "112111", "bosco", "", "11a", "-112"])
def test_that_what_is_no_corine_code_is_refused(value):
    assert CorineLike().canonical(value) is None


def test_that_a_new_word_is_a_kind_of_its_own_if_it_is_plain():
    services = OpenWords("service_catalog", "id")
    assert services.canonical("Nido") == "nido"
    assert services.canonical("casa_dell_acqua") == "casa_dell_acqua"
    assert services.canonical("Casa dell'acqua") is None


@pytest.mark.parametrize(
    ("spelling", "word"), [("SI", "yes"), ("sì", "yes"), ("1", "yes"), ("Falso", "no"), ("0", "no")]
)
def test_that_yes_and_no_come_in_many_spellings(spelling, word):
    assert YES_NO.canonical(spelling) == word


def test_that_a_choice_knows_its_own_words_and_no_other():
    rivers = Choice((("river", ("fiume",)),))
    assert (rivers.canonical("River"), rivers.canonical("FIUME"), rivers.canonical("lago")) == ("river", "river", None)
