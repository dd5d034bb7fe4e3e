"""The study tells declared things: every slot is a figure some analysis gives, every official indicator is there."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from analyses import registry
from layers.codelist import rows
from puc_tool.report.composing import FORMS
from puc_tool.report.study import COMPONENTS
from puc_tool.report.telling import PERIOD, Bars, Extremes, Listing, Told

EVERY = [
    pytest.param(content, id=f"{component.id}-{indicator.id}-{place}")
    for component in COMPONENTS.values()
    for indicator in component.indicators
    for place, content in enumerate((*component.opening, *indicator.contents))
]


def of_kind(*kinds):
    return [each for each in EVERY if isinstance(each.values[0], kinds)]


def slots(words):
    return [name for _, name, _, _ in Formatter().parse(words) if name]


def table_of(content):
    return next(table for table in content.analysis.tables if table.id == content.rows.table)


def test_that_every_component_and_indicator_of_the_official_list_is_told_in_its_order():
    listed = {
        row["id"]: [words.strip() for words in re.split("[;,]", row["indicators"])] for row in rows("study_components")
    }
    assert {name: [each.id for each in component.indicators] for name, component in COMPONENTS.items()} == listed


def test_that_every_analysis_with_figures_tells_its_method_in_both_languages():
    assert all(analysis.method.it and analysis.method.en for analysis in registry.ALL)


@pytest.mark.parametrize("told", of_kind(Told))
def test_that_a_sentence_names_only_declared_figures_the_same_in_both_languages(told):
    declared = {spec.id for spec in told.analysis.figures}
    assert set(slots(told.words.it)) == set(slots(told.words.en)) <= {*declared, PERIOD}
    assert told.where is None or told.where[0] in declared


@pytest.mark.parametrize("content", of_kind(Listing, Bars, Extremes))
def test_that_tables_and_charts_name_only_declared_columns(content):
    declared = {column.id for column in table_of(content).columns}
    named = content.columns if isinstance(content, Listing) else (content.value,)
    ordered = {content.rows.order} - {""}
    assert {*named, *ordered, *content.rows.where, *content.rows.telling} <= declared


@pytest.mark.parametrize("told", of_kind(Told))
def test_that_a_sentence_ends_and_is_not_the_same_in_both_languages(told):
    assert told.words.it.endswith(".")
    assert told.words.en.endswith(".")
    assert told.words.it != told.words.en


@pytest.mark.parametrize("told", of_kind(Told))
def test_that_every_form_of_a_slot_is_one_that_is_known(told):
    forms = {form for words in (told.words.it, told.words.en) for _, _, form, _ in Formatter().parse(words) if form}
    assert forms <= FORMS
