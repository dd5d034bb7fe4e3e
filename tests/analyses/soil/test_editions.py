import pytest

from analyses.analysis import Edition
from analyses.soil.editions import problems, span
from layers import roles

THREE = (Edition(2012, "a"), Edition(2018, "b"), Edition(2023, "c"))


def years(editions, year_from=None, year_to=None):
    chosen = span(editions, year_from, year_to)
    return chosen.first and chosen.first.year, chosen.last.year


def sentences(editions, year_from=None, year_to=None):
    return [each.sentence("it") for each in problems(roles.SOIL_CONSUMPTION, editions, year_from, year_to)]


@pytest.mark.parametrize(
    ("year_from", "year_to", "expected"),
    [
        (None, None, (2012, 2023)),
        (2018, None, (2018, 2023)),
        (None, 2018, (2012, 2018)),
        (2012, 2018, (2012, 2018)),
        (2018, 2018, (None, 2018)),
        (None, 2012, (None, 2012)),
        (2023, None, (None, 2023)),
    ],
)
def test_that_the_years_asked_are_compared_and_the_ends_where_none_is(year_from, year_to, expected):
    assert years(THREE, year_from, year_to) == expected


def test_that_a_single_edition_is_compared_with_nothing():
    assert years((Edition(None, "a"),)) == (None, None)
    assert span((Edition(None, "a"),), None, None).first is None


def test_that_an_edition_without_year_can_be_compared_with_one_that_has_it():
    chosen = span((Edition(None, "a"), Edition(2023, "b")), None, None)
    assert (chosen.first.data, chosen.last.data) == ("a", "b")


def test_that_nothing_speaks_against_years_that_are_there():
    assert sentences(THREE, 2012, 2023) == sentences(THREE, 2018, 2018) == sentences(THREE) == []


def test_that_a_year_that_is_not_there_is_told_with_those_that_are():
    assert sentences(THREE, 2015) == [
        "Consumo di suolo (ISPRA): manca l'anno 2015. Gli anni che ci sono: 2012, 2018, 2023."
    ]


def test_that_both_missing_years_are_told_and_the_same_one_once():
    assert len(sentences(THREE, 2015, 2016)) == 2
    assert len(sentences(THREE, 2015, 2015)) == 1


def test_that_layers_without_a_year_are_told_how_to_get_one():
    assert sentences((Edition(None, "a"),), 2012) == [
        "Consumo di suolo (ISPRA): manca l'anno 2012. Nessun livello ha l'anno: indicarlo con --year."
    ]


def test_that_years_the_wrong_way_round_are_told():
    assert sentences(THREE, 2023, 2012) == [
        "Consumo di suolo (ISPRA): l'anno iniziale 2023 viene dopo il finale 2012. Scambiare i due anni."
    ]
