from dataclasses import dataclass

import pytest

from analyses.param_filling import build
from analyses.params import abouts, param
from layers.text import Text


@dataclass(frozen=True)
class Walk:
    reach_m: float = param(300.0, Text("Distanza a piedi", "Walking distance"), unit="m", low=50, high=5000)
    people: int = param(1, Text("Persone", "People"), low=1)
    slope_pct: float = param(12.5, Text("Pendenza", "Slope"), unit="%", high=40.5, is_verified=False)
    uses_stairs: bool = param(True, Text("Con le scale", "With stairs"))
    year: int | None = param(None, Text("Anno", "Year"), low=1900, high=2100)
    note: str = param("", Text("Nota", "Note"))


def sentences(**values):
    _, said = build("walk", Walk, values)
    return [problem.sentence("it") for problem in said]


def test_that_nothing_set_gives_the_defaults():
    assert build("walk", Walk, {}) == (Walk(), [])


@pytest.mark.parametrize(
    ("name", "word", "value"),
    [
        ("reach_m", "400", 400.0),
        ("reach_m", "400,5", 400.5),
        ("reach_m", 400, 400.0),
        ("people", " 12 ", 12),
        ("uses_stairs", "no", False),
        ("uses_stairs", "Sì", True),
        ("uses_stairs", False, False),
        ("year", 2012, 2012),
        ("note", " a memoria ", "a memoria"),
    ],
)
def test_that_words_and_study_values_become_what_the_parameter_holds(name, word, value):
    filled, said = build("walk", Walk, {name: word})
    assert said == []
    assert getattr(filled, name) == value
    assert type(getattr(filled, name)) is type(value)


def test_that_an_empty_word_takes_an_optional_parameter_back_to_none():
    assert build("walk", Walk, {"year": ""}) == (Walk(year=None), [])


def test_that_an_empty_word_is_no_number_where_one_is_wanted():
    assert sentences(people="") == ["walk.people: «Persone» non può valere «». Scrivere un numero intero."]


def test_that_a_value_out_of_bounds_is_told_with_the_bounds():
    assert sentences(reach_m="20") == [
        "walk.reach_m: «Distanza a piedi» vale 20, fuori dai limiti. Valori ammessi: da 50 a 5000 m."
    ]
    assert sentences(people=0) == ["walk.people: «Persone» vale 0, fuori dai limiti. Valori ammessi: almeno 1."]
    assert sentences(slope_pct="40,6") == [
        "walk.slope_pct: «Pendenza» vale 40,6, fuori dai limiti. Valori ammessi: al massimo 40,5 %."
    ]


def test_that_a_year_has_no_thousands_separator():
    assert sentences(year=3012) == ["walk.year: «Anno» vale 3012, fuori dai limiti. Valori ammessi: da 1900 a 2100."]


def test_that_the_bounds_are_told_in_english_with_a_point():
    (problem,) = build("walk", Walk, {"slope_pct": 40.6})[1]
    assert problem.sentence("en") == "walk.slope_pct: “Slope” is 40.6, out of bounds. Allowed: at most 40.5 %."


@pytest.mark.parametrize("value", [50, 5000])
def test_that_the_bounds_themselves_are_allowed(value):
    assert sentences(reach_m=value) == []


@pytest.mark.parametrize(
    ("name", "word", "remedy"),
    [
        ("reach_m", "lontano", "Scrivere un numero, con il punto o la virgola."),
        ("reach_m", "nan", "Scrivere un numero, con il punto o la virgola."),
        ("slope_pct", "-inf", "Scrivere un numero, con il punto o la virgola."),
        ("people", "2.5", "Scrivere un numero intero."),
        ("people", True, "Scrivere un numero intero."),
        ("uses_stairs", "forse", "Scrivere sì o no."),
    ],
)
def test_that_an_unreadable_word_is_told_and_the_default_kept(name, word, remedy):
    filled, said = build("walk", Walk, {name: word})
    label = abouts(Walk)[name].label.it
    assert filled == Walk()
    assert [each.sentence("it") for each in said] == [f"walk.{name}: «{label}» non può valere «{word}». {remedy}"]


def test_that_a_misspelt_parameter_is_told_with_those_there_are():
    assert sentences(reach="300") == [
        "walk.reach: questo parametro non esiste. "
        "I parametri sono: reach_m, people, slope_pct, uses_stairs, year, note."
    ]


def test_that_every_fault_is_told_at_once():
    _, said = build("walk", Walk, {"reach": 1, "people": "molte", "year": 1812})
    assert [each.code for each in said] == ["parameter-unknown", "parameter-unreadable", "parameter-out-of-bounds"]


def test_that_the_values_handed_in_are_left_as_they_were():
    values = {"reach_m": "400,5", "reach": 1}
    build("walk", Walk, values)
    assert values == {"reach_m": "400,5", "reach": 1}
