"""``study.toml`` says what was changed in the window, and all else stays as somebody wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomlkit

from analyses import param_filling
from analyses.garden_suitability import GARDEN_SUITABILITY
from puc_tool.studies import study_reading
from puc_tool.working.layer_changes import REMOVED
from puc_tool.working.study_settings import parameter, with_changes
from tests.puc_tool.conftest import STUDY

WITH_SETTINGS = (
    STUDY
    + """
[analysis.soil-consumption]
year_from = 2012  # la prima
year_to = 2023

[[analysis.garden-suitability.criterion]]
id = "slope"
weight = 0.3  # pesa molto
"""
)


def settings(text: str, analysis: str) -> dict:
    return dict(study_reading.from_document(tomlkit.parse(text), Path()).settings[analysis])


def test_that_a_text_without_changes_is_the_same_byte_for_byte():
    assert with_changes(STUDY, {("visible", "zoning", ""): False}) is STUDY


def test_that_a_parameter_is_written_with_its_kind_under_a_table_of_its_own():
    text = with_changes(STUDY, {parameter("soil-consumption", "year_to"): "2012"})
    assert text == STUDY + "\n[analysis.soil-consumption]\nyear_to = 2012\n"


def test_that_one_changed_value_changes_one_line():
    text = with_changes(WITH_SETTINGS, {parameter("soil-consumption", "year_to"): "2012"})
    assert text == WITH_SETTINGS.replace("year_to = 2023", "year_to = 2012")


def test_that_a_default_chosen_again_takes_the_line_away():
    text = with_changes(WITH_SETTINGS, {parameter("soil-consumption", "year_to"): ""})
    assert text == WITH_SETTINGS.replace("year_to = 2023\n", "")


def test_that_a_weight_is_written_into_its_criterion():
    text = with_changes(WITH_SETTINGS, {parameter("garden-suitability", "slope.weight"): "0,25"})
    assert text == WITH_SETTINGS.replace("weight = 0.3", "weight = 0.25")


def test_that_a_criterion_that_is_not_there_is_put_behind_the_others():
    text = with_changes(WITH_SETTINGS, {parameter("garden-suitability", "solar.weight"): "0,25"})
    said = param_filling.words(GARDEN_SUITABILITY.params, settings(text, "garden-suitability"))
    assert said == {"slope.weight": "0.3", "solar.weight": "0.25"}


@pytest.mark.parametrize("words", ["duemila", "1e999", "nan"])
def test_that_words_that_are_no_number_are_kept_as_words(words):
    text = with_changes(STUDY, {parameter("soil-consumption", "year_to"): words})
    assert settings(text, "soil-consumption") == {"year_to": words}


def test_that_a_layer_taken_out_leaves_the_comments_of_the_others():
    text = with_changes(STUDY, {(REMOVED, "neighbourhoods", ""): True, (REMOVED, "soil_consumption", "2012"): True})
    kept = study_reading.from_document(tomlkit.parse(text), Path()).layers
    assert [ref.key for ref in kept] == [("boundary", None), ("soil_consumption", 2023)]
    assert "# Il territorio." in text


def test_that_a_layer_somebody_else_took_out_is_no_fault():
    once = with_changes(STUDY, {(REMOVED, "neighbourhoods", ""): True})
    assert with_changes(once, {(REMOVED, "neighbourhoods", ""): True}) == once
