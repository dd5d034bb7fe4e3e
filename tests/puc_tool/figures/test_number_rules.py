"""Formulas of figures in words, with the values that the results hold, and where each of these comes from."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analyses.analysis import Analysis
from analyses.formula_reading import formula
from analyses.result import YEAR, Column, Figure, FigureSpec, Operand, Result, Table, TableSpec
from analyses.soil.operands import facts
from layers.text import Text
from puc_tool.figures.found_results import Results
from puc_tool.figures.number_rules import rule_of
from puc_tool.figures.pieces import CellAsked, FigureAsked
from puc_tool.written import Written

USED = Column("used_m2", Text("Usata", "Used"), "m²", 6)
KIND = Column("kind", Text("Tipo", "Kind"))
REST = Column("rest_m2", Text("Resto", "Rest"), "m²", 6, formula=formula("area_m2 - used_m2"))
AREA = Column("area_m2", Text("Superficie", "Area"), "m²", 6)
BY_KIND = TableSpec("by_kind", Text("Tipi", "Kinds"), (KIND, USED, AREA, REST))
OPERANDS = (
    Operand("town_ha", Text("Territorio", "Territory"), "ha", 2, formula("input.boundary / 10000")),
    Operand("all_m2", Text("Usata in tutto", "Used in all"), "m²", 0, formula("by_kind.used_m2")),
    Operand("year", Text("Anno", "Year"), YEAR),
    Operand("people", Text("Residenti", "Residents"), "ab"),
)


def spec(figure_id: str, words: str) -> FigureSpec:
    return FigureSpec(figure_id, Text("Cifra", "Figure"), "%", 1, "method", formula=formula(words),
                      rule=Text("In parole.", "In words."))  # fmt: skip


def results(words: str, value: float = 1.0) -> Results:
    """Return results of one figure, by its formula, beside a table of two kinds that use 300 and 200 m²."""
    figure = Figure(spec("asked", words), value)
    other = Figure(FigureSpec("used_ha", Text("Usata", "Used"), "ha", 2, "sum"), 0.05)
    frame = pd.DataFrame(
        {"kind": ["a", "b"], "used_m2": [300.0, 200.0], "area_m2": [400.0, 600.0], "rest_m2": [100.0, 400.0]}
    )
    tables = (Table(BY_KIND, frame),)
    analysis = Analysis("town", Text("Borgo", "Town"), Text("?", "?"), (), (), dict, lambda **_: Result((), ()),
                        (figure.spec, other.spec), (BY_KIND,), operands=OPERANDS,
                        facts=lambda tables, population, years: {"year": years[-1]})  # fmt: skip
    record = {"inputs": [{"role": "boundary", "area_m2": 20_000.0}]}
    return Results(analysis, (figure, other), tables, (2018,), Written(analysis, Path(), record))


def test_that_a_formula_names_its_quantities_with_their_values_and_where_they_come_from():
    rule = rule_of(results("100 * used_ha / town_ha"), FigureAsked("asked"))
    # 0,05 ha of the 2 ha of the boundary.
    assert rule.with_values.it == "100 × Usata 0,05\u202fha / Territorio 2,00\u202fha"
    assert rule.with_values.en == "100 × Used 0.05\u202fha / Territory 2.00\u202fha"
    assert [operand.asked for operand in rule.operands] == [FigureAsked("used_ha"), None]


def test_that_a_quantity_may_be_a_cell_or_a_column_added_up_and_is_asked_about_there():
    rule = rule_of(results("100 * by_kind[b].used_m2 / all_m2"), FigureAsked("asked"))
    # 200 of 500 m²; areas stay in m², so that what is printed comes to the figure.
    assert rule.with_values.it == "100 × Usata 200\u202fm² / Usata in tutto 500\u202fm²"
    assert [operand.asked for operand in rule.operands] == [
        CellAsked("by_kind", 1, "used_m2"), CellAsked("by_kind", None, "used_m2"),
    ]  # fmt: skip


def test_that_a_year_has_no_thousands():
    assert rule_of(results("used_ha / year"), FigureAsked("asked")).with_values.it == "Usata 0,05\u202fha / Anno 2018"


def test_that_a_formula_of_which_something_is_not_known_is_told_without_values():
    rule = rule_of(results("used_ha / people"), FigureAsked("asked"))
    assert (rule.words.it, rule.with_values.it) == ("Usata / Residenti", "")
    assert rule.operands[1].amount.en == "not known"


@pytest.mark.parametrize("words", ["used_ha / nothing", "by_kind[c].used_m2", "gone.used_m2", "input.nowhere"])
def test_that_a_formula_with_a_name_that_means_nothing_gives_way_to_the_words(words):
    assert rule_of(results(words), FigureAsked("asked")).words.it == "In parole."


def test_that_the_formula_of_a_column_is_reckoned_from_its_row():
    rule = rule_of(results("used_ha"), CellAsked("by_kind", 1, "rest_m2"))
    assert rule.with_values.it == "Superficie 600\u202fm² − Usata 200\u202fm²"


def test_that_soil_tells_the_years_their_residents_and_what_was_consumed_at_first():
    moves = pd.DataFrame({"from_code": ["2", "111", "116"], "to_code": ["111", "111", "2"], "area_m2": [5e3, 2e4, 1e4]})
    people = {"istat": {2023: 7}, "anagrafe": {2012: 100, 2018: 80}}
    found = facts({"transition": moves}, people, (2012, 2018))
    # 2 ha + 1 ha began as consumed; the series that knows both years is taken.
    assert found["suolo_consumato_ha(t1)"] == pytest.approx(3.0)
    assert (found["t1"], found["t2"], found["pop(t1)"], found["popolazione(t2)"]) == (2012, 2018, 100, 80)


def test_that_soil_of_one_date_tells_no_first():
    assert set(facts({}, {}, (2018,))) == {"t2"}
