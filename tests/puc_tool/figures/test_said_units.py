"""Numbers with their unit, as people read them."""

from __future__ import annotations

import re

import pytest

from analyses import registry
from analyses.params import entries
from layers import roles
from layers.text import same
from puc_tool.figures.amounts import in_words, listed, said_unit, with_unit

UNITS = {
    *(figure.unit for analysis in registry.ALL for figure in analysis.figures),
    *(column.unit for analysis in registry.ALL for table in analysis.tables for column in table.columns),
    *(entry.about.unit for analysis in registry.ALL for entry in entries(analysis.params).values()),
    *(field.unit for role in roles.ALL for field in role.fields),
}


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_that_no_unit_is_an_italian_word_in_english(unit):
    assert not re.search(r"\b(ab|anno|nuovo|maglie|rapporto)\b", said_unit(unit).en)


def test_that_people_are_inhabitants_in_english():
    assert (said_unit("ab").it, said_unit("ab").en) == ("ab", "inh.")
    assert in_words(12.0, "m2/ab", 1).en == "12.0\u202fm²/inh."
    assert [each.en for each in listed([3.0, 4.0], "ab", 0)] == ["3\u202finh.", "4\u202finh."]


def test_that_a_number_without_a_unit_stands_alone():
    assert with_unit(same("3"), said_unit("")).it == "3"
