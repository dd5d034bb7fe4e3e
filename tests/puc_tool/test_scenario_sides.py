"""Two scenarios beside each other: what was written, the difference, and the edits that add up to it."""

from __future__ import annotations

import pandas as pd
import pytest

from analyses.districts.tables import EFFECTS, SCENARIOS
from analyses.result import Table
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from puc_tool.found_results import Results
from puc_tool.scenario_sides import edit_in_words, scenarios_of, sides


@pytest.fixture
def results() -> Results:
    """Return a plan of 10,000 m² and 100 homes; «alto» adds 5,000 m² and 60 homes, «verde» takes 40 homes away."""
    scenarios = pd.DataFrame(
        {
            "scenario": ["base", "alto", "verde"],
            "title": ["Piano vigente", "Alto", "Verde"],
            "floor_area_m2": [10_000.0, 15_000.0, 10_000.0],
            "homes_new": [100.0, 160.0, 60.0],
            "soil_newly_consumed_m2": [4_000.0, 4_000.0, 1_000.0],
            "green_m2_per_person": [20.0, 12.5, float("nan")],
            "dominated": ["no", "no", "sì"],
            "dominated_by": ["", "", "alto"],
        }
    )
    effects = pd.DataFrame(
        [
            ("alto", "floor_area_m2", "WF: ut_m2_m2", 5_000.0, "m²"),
            ("alto", "homes_new", "WF: ut_m2_m2", 50.0, ""),
            ("alto", "homes_new", "interazione fra le modifiche", 10.0, ""),
            ("verde", "homes_new", "WF: residential_pct", -40.0, ""),
            ("verde", "soil_newly_consumed_m2", "WF: sp_pct", -3_000.0, "m²"),
        ],
        columns=["scenario", "indicator", "edit", "effect", "unit"],
    )
    return Results(TRANSFORMATION_DISTRICTS, (), (Table(SCENARIOS, scenarios), Table(EFFECTS, effects)), ())


def side(results: Results, first: str, second: str, indicator: str):
    return next(each for each in sides(results, first, second) if each.id == indicator)


def test_that_scenarios_are_listed_with_those_that_dominate_them(results):
    assert [(each.id, each.title, each.dominated_by) for each in scenarios_of(results)] == [
        ("base", "Piano vigente", ""), ("alto", "Alto", ""), ("verde", "Verde", "alto"),
    ]  # fmt: skip
    assert scenarios_of(None) == ()


def test_that_areas_are_told_in_hectares_with_the_sign_of_their_change(results):
    found = side(results, "base", "alto", "floor_area_m2")
    assert (found.first.it, found.second.it, found.change.it, found.unit) == ("1,00", "1,50", "+0,50", "ha")


def test_that_the_edits_of_both_add_up_to_the_difference(results):
    found = side(results, "verde", "alto", "homes_new")
    # 160 − 60: the edits of «alto» give 60, those of «verde» turned round 40.
    assert found.change.it == "+100"
    assert [(each.edit.it, each.effect.it, each.is_of_second) for each in found.moved] == [
        ("WF: Indice territoriale Ut", "+50", True),
        ("insieme, oltre alla somma", "+10", True),
        ("WF: Quota residenziale", "+40", False),
    ]


def test_that_better_is_said_only_where_it_is_defined(results):
    assert side(results, "base", "verde", "soil_newly_consumed_m2").is_better is True
    assert side(results, "base", "verde", "homes_new").is_better is False
    assert side(results, "base", "alto", "floor_area_m2").is_better is None
    assert side(results, "base", "alto", "soil_newly_consumed_m2").is_better is None


def test_that_nothing_differs_from_itself_and_what_is_missing_stays_missing(results):
    assert {each.change.it for each in sides(results, "alto", "alto")} == {"="}
    assert not any(each.moved for each in sides(results, "alto", "alto"))
    green = side(results, "alto", "verde", "green_m2_per_person")
    assert (green.second.it, green.change.it, green.is_better) == ("n.d.", "n.d.", None)


def test_that_a_scenario_that_is_not_there_is_refused(results):
    with pytest.raises(KeyError):
        sides(results, "base", "altro")


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("WF: geometry", "WF: perimetro"),
        ("WF: + verde Parco del molo", "WF: in più Parco del molo (verde)"),
        ("WF: + nido", "WF: in più nido"),
        ("WF: unheard_of", "WF: unheard_of"),
    ],
)
def test_that_an_edit_is_told_in_words(label, words):
    assert edit_in_words(label).it == words
