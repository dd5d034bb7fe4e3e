"""Conditions on the fields of a table: what is kept, and what is said of words that are no condition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.problems import PucError
from puc_tool.working.expression import Field, condition
from puc_tool.working.typed_number import typed_number

FIELDS = (Field(("Quartiere", "name"), False), Field(("Consumato", "consumed_m2"), True), Field(("Quota netta",), True))
ROWS = (("Levante", 12.5, 60.0), ("Riva di Sotto", 3.0, 80.0), ("Città alta", 1484.6, None))


def kept(words):
    keeps = condition(words, FIELDS)
    return [row[0] for row in ROWS if keeps(row)]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("consumato > 12,4", ["Levante", "Città alta"]),
        ("Consumato = 1.484,6", ["Città alta"]),
        ("consumed_m2 <= 3", ["Riva di Sotto"]),
        ("quota netta >= 60 e consumato < 10", ["Riva di Sotto"]),
        ('quartiere contiene "riva"', ["Riva di Sotto"]),
        ("name = 'citta alta'", ["Città alta"]),
        ("quartiere <> Levante", ["Riva di Sotto", "Città alta"]),
        ("non (consumato > 10 o quota netta > 70)", []),
        ("not consumato > 10 and quota netta > 70", ["Riva di Sotto"]),
        ("consumato < 5 o consumato > 1000", ["Riva di Sotto", "Città alta"]),
        ("«Quota netta» ≥ 80", ["Riva di Sotto"]),
        ("consumato > -1", ["Levante", "Riva di Sotto", "Città alta"]),
    ],
)
def test_that_a_condition_keeps_the_rows_that_meet_it(words, names):
    assert kept(words) == names


def test_that_and_binds_more_than_or():
    # As «consumato < 5 o (consumato > 10 e quota netta > 70)»: the last part keeps nothing.
    assert kept("consumato < 5 o consumato > 10 e quota netta > 70") == ["Riva di Sotto"]
    assert kept("(consumato < 5 o consumato > 10) e quota netta > 70") == ["Riva di Sotto"]


def test_that_two_fields_of_one_name_are_told_apart_by_their_unit_and_the_first_is_meant_without():
    fields = (Field(("Suolo ha", "Suolo"), True), Field(("Suolo %", "Suolo"), True))
    row = (10.0, 90.0)
    assert condition("suolo % > 50", fields)(row)
    assert not condition("suolo ha > 50", fields)(row)
    assert not condition("suolo > 50", fields)(row)


def test_that_what_is_missing_meets_no_comparison():
    assert "Città alta" not in kept("quota netta > 0")
    assert "Città alta" not in kept("quota netta < 1000")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("", "expression-ends", "finisce troppo presto"),
        ("consumato >", "expression-value", "con cui confrontare «consumato»"),
        ("consumato 5", "expression-sign", "dopo «consumato» ci vuole un confronto"),
        ("consumata > 5", "expression-field", "non ha il campo «consumata»"),
        ("consumato > molto", "expression-number", "«molto» no"),
        ("quartiere > 5", "expression-order", "è un testo"),
        ("(consumato > 5", "expression-bracket", "parentesi"),
        ("consumato > 5 quota netta > 1", "expression-unexpected", "prima di «quota»"),
        ('quartiere = "riva', "expression-strange", "virgolette"),
        ("consumato > 5 e", "expression-ends", "finisce troppo presto"),
        ("e o non", "expression-field", "campo"),
    ],
)
def test_that_what_is_no_condition_is_told_in_a_sentence(words, code, said):
    with pytest.raises(PucError) as refused:
        condition(words, FIELDS)
    problem = refused.value.problems[0]
    assert problem.code == code
    assert said in problem.message.it
    assert problem.remedy


def test_that_a_field_that_is_not_there_is_met_with_the_one_most_like_it():
    with pytest.raises(PucError) as refused:
        condition("consumata > 5", FIELDS)
    assert refused.value.problems[0].remedy.it == "Ci sono: Consumato."


@pytest.mark.parametrize("words", ["__import__('os').system('x') > 1", "consumato > 5; x", "1 > 0", "lambda: 0"])
def test_that_code_is_only_words_that_are_not_understood(words):
    with pytest.raises(PucError):
        condition(words, FIELDS)


@given(st.text(max_size=60))
def test_that_any_words_are_a_condition_or_a_problem(words):
    try:
        keeps = condition(words, FIELDS)
    except PucError:
        return
    assert all(isinstance(keeps(row), bool) for row in ROWS)


def test_that_a_deep_nest_of_brackets_is_refused_not_a_crash():
    with pytest.raises(PucError):
        condition("(" * 5000 + "consumato > 1" + ")" * 5000, FIELDS)


@pytest.mark.parametrize(("words", "value"), [("1.484,6", 1484.6), ("1,484.6", 1484.6), ("1.484", 1484), ("0,5", 0.5)])
def test_that_numbers_are_read_as_either_language_types_them(words, value):
    assert typed_number(words) == value
