"""How figures are worked out, said before there is a result."""

from __future__ import annotations

import pytest

from analyses import registry
from analyses.analysis import Analysis
from puc_tool.figures.method_words import method_of

FIGURES = [(analysis, spec) for analysis in registry.ALL for spec in analysis.figures]


def test_that_a_formula_is_written_with_the_labels_of_what_it_names():
    analysis, spec = next(each for each in FIGURES if each[1].id == "consumo_netto_ha")
    words = method_of(analysis, spec)
    assert "_ha" not in words.it + words.en
    assert words.it == "Consumo di suolo lordo (o consumo di suolo) − Ripristino"


@pytest.mark.parametrize(("analysis", "spec"), FIGURES, ids=lambda each: each.id)
def test_that_every_figure_says_in_both_languages_how_it_is_worked_out(analysis: Analysis, spec):
    words = method_of(analysis, spec)
    assert words.it
    assert words.en != words.it or not any(letter.isalpha() for letter in words.it)
