"""Formulas that stand as words are read into what computes and shows them; prose is none."""

from __future__ import annotations

import ast
import operator
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses import registry
from analyses.formula import Constant, Named, written
from analyses.formula_reading import formula, read
from layers.codelist import rows
from layers.text import same

SIGNS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
arithmetic = st.recursive(
    st.integers(1, 9).map(str) | st.sampled_from(("a", "b", "c")),
    lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda each: f"({each[0]}{each[1]}{each[2]})"),
    max_leaves=8,
)


def reckoned(node: ast.AST, known: dict[str, float]) -> float:
    """Return what a formula comes to as Python reads it: the independent way."""
    if isinstance(node, ast.BinOp):
        return SIGNS[type(node.op)](reckoned(node.left, known), reckoned(node.right, known))
    return known[node.id] if isinstance(node, ast.Name) else node.value


def test_that_a_declared_indicator_is_read_with_its_signs_and_names():
    found = read("100*suolo_consumato_ha/superficie_territoriale_ha")
    assert found.names() == ("suolo_consumato_ha", "superficie_territoriale_ha")
    # 100 × 25 / 50.
    assert found.values({"suolo_consumato_ha": np.array(25.0), "superficie_territoriale_ha": np.array(50.0)}) == 50.0
    assert written(found, same).it == "100 × suolo_consumato_ha / superficie_territoriale_ha"


def test_that_products_hold_tighter_than_sums_and_signs_go_from_the_left():
    # 10 − 4 − 3 = 3; 2 + 3 × 4 = 14; 24 / 4 / 2 = 3.
    assert [float(read(words).values({})) for words in ("10 - 4 − 3", "2 + 3*4", "24/4/2")] == [3.0, 14.0, 3.0]


@pytest.mark.parametrize("name", ["popolazione(t2)", "by_commune.area_m2", "by_kind[nido].covered_people", "area(11x)"])
def test_that_a_name_keeps_what_belongs_to_it(name):
    assert read(f"2 * {name}").names() == (name,)


@pytest.mark.parametrize(
    "words",
    ["", "sum(area of codes 1,11x,12x) at year t", "a +", "(a", "a)", "a b", "LCR=(V2-V1)", "2 ** a", "a; b", "'a'"],
)
def test_that_prose_and_half_a_formula_are_none(words):
    assert read(words) is None
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        formula(words)


@given(words=arithmetic, values=st.lists(st.floats(0.5, 9.0), min_size=3, max_size=3))
def test_that_what_is_read_comes_to_what_python_reckons(words, values):
    known = dict(zip("abc", values, strict=True))
    try:
        expected = reckoned(ast.parse(words, mode="eval").body, known)
    except ZeroDivisionError:
        return
    ours = float(read(words).values({name: np.array(value) for name, value in known.items()}))
    assert ours == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(words=arithmetic)
def test_that_what_is_shown_reads_as_the_same_formula(words):
    found = read(words)
    shown = found.words(lambda name: name, lambda value: f"{value:g}")
    assert read(shown).words(lambda name: name, lambda value: f"{value:g}") == shown


def test_that_a_formula_is_nothing_but_numbers_names_and_signs():
    assert isinstance(read("7"), Constant)
    assert isinstance(read("seven"), Named)


def test_that_every_formula_of_the_codelist_that_is_one_is_declared_as_it_stands():
    specs = {spec.id: spec for analysis in registry.ALL for spec in analysis.figures}
    for row in rows("soil_indicators"):
        assert row["formula"] == specs[row["id"]].method
        assert (read(row["formula"]) is None) or specs[row["id"]].formula == read(row["formula"])
