import pickle

import pytest

from layers.problems import Problem, PucError, Severity, errors, refuse_if_any
from layers.text import Text, same

FAULT = Problem(
    "crs-missing",
    Text("Zonizzazione", "Zoning"),
    Text("manca il sistema di riferimento.", "the CRS is missing."),
    Text("Non si sa dove cade.", "Where it lies is not known."),
    Text("Indicarlo con --crs.", "Give it with --crs."),
)
REMARK = Problem("note", same("dati.gpkg"), Text("nota.", "note."), severity=Severity.INFO)


def test_that_a_problem_says_where_what_effect_and_remedy_in_one_paragraph():
    assert FAULT.sentence("it") == (
        "Zonizzazione: manca il sistema di riferimento. Non si sa dove cade. Indicarlo con --crs."
    )
    assert FAULT.sentence("en") == "Zoning: the CRS is missing. Where it lies is not known. Give it with --crs."


def test_that_a_problem_without_effect_and_remedy_leaves_no_gap():
    assert REMARK.sentence("it") == "dati.gpkg: nota."


def test_that_a_problem_stops_the_run_unless_it_says_otherwise():
    assert FAULT.severity is Severity.ERROR
    assert errors([REMARK, FAULT, REMARK]) == [FAULT]


def test_that_scripts_get_the_six_fields_of_the_contract():
    assert FAULT.as_json("en") == {
        "code": "crs-missing",
        "severity": "error",
        "where": "Zoning",
        "message": "the CRS is missing.",
        "effect": "Where it lies is not known.",
        "remedy": "Give it with --crs.",
    }


def test_that_every_error_is_told_at_once():
    other = Problem("field-missing", same("x"), Text("manca «zona».", "“zone” is missing."))
    with pytest.raises(PucError) as told:
        refuse_if_any([FAULT, REMARK, other])
    assert told.value.problems == (FAULT, other)
    assert str(told.value) == f"{FAULT.sentence('it')} · x: manca «zona»."


def test_that_warnings_and_remarks_stop_nothing():
    refuse_if_any([REMARK, Problem("w", same("x"), same("y"), severity=Severity.WARNING)])


def test_that_an_error_comes_out_of_another_process_with_its_problems():
    error = PucError(Problem("a", Text("Uno", "One"), Text("manca.", "missing.")))
    assert pickle.loads(pickle.dumps(error)).problems == error.problems
