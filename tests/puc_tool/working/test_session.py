"""The open study without a screen: what is told, and in which order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest

from analyses.garden_suitability import GARDEN_SUITABILITY
from analyses.progress import Cancelled
from analyses.soil_consumption import SOIL_CONSUMPTION
from layers.problems import PucError, errors
from puc_tool.figures.found_results import read_results, with_total
from puc_tool.studies import study_reading
from puc_tool.working.selection import Unit
from puc_tool.working.session import Session
from tests.puc_tool.conftest import square


@pytest.fixture
def session(town: Path) -> Session:
    return Session(study_reading.read(town), SOIL_CONSUMPTION)


@pytest.fixture
def full(session: Session) -> Session:
    for intake in session.read_layers():
        session.add(intake)
    return session


def test_that_a_layer_is_told_before_and_after_it_is_there(session):
    told = []
    session.layer_adding.connect(lambda row, intake: told.append(("before", row, len(session.entries))))
    session.layer_added.connect(lambda row: told.append(("after", row, len(session.entries))))
    for intake in session.read_layers()[:2]:
        session.add(intake)
    assert told == [("before", 0, 0), ("after", 0, 1), ("before", 1, 1), ("after", 1, 2)]


def test_that_results_and_problems_are_told_before_and_after(session):
    told = []
    for name in ("results_changing", "results_changed", "problems_changing", "problems_changed"):
        getattr(session, name).connect(lambda name=name: told.append(name))
    session.put(None)
    session.tell(())
    assert told == ["results_changing", "results_changed", "problems_changing", "problems_changed"]


def test_that_layers_come_in_the_order_of_the_roles_the_latest_year_first(full):
    assert [entry.ref.key for entry in full.entries] == [
        ("boundary", None), ("neighbourhoods", None), ("soil_consumption", 2023), ("soil_consumption", 2012),
    ]  # fmt: skip


def test_that_of_a_yearly_theme_only_the_latest_is_shown_at_first(full):
    assert [entry.is_visible for entry in full.entries] == [True, True, True, False]


def test_that_showing_a_layer_changes_it_alone_and_says_which(full):
    told = []
    full.layer_changed.connect(told.append)
    before = full.entries
    full.show(3, True)
    assert told == [3]
    assert full.entries == (*before[:3], replace(before[3], is_visible=True))


def test_that_selecting_the_same_unit_again_is_no_news(session):
    told = []
    session.selection_changed.connect(lambda: told.append(session.selected))
    unit = Unit("neighbourhood", "P", "Ponente")
    session.select(unit)
    session.select(Unit("neighbourhood", "P", "Ponente"))
    session.select(None)
    assert told == [unit, None]


def test_that_empty_words_stand_for_the_default(session):
    session.set_parameter("year_to", "2019")
    assert [problem.code for problem in session.check()] == ["year-missing"]
    session.set_parameter("year_to", " ")
    assert errors(session.check()) == []


def test_that_words_that_are_no_number_are_told_and_stop_the_run(session):
    session.set_parameter("year_to", "duemila")
    assert [problem.code for problem in session.check()] == ["parameter-unreadable"]
    with pytest.raises(PucError):
        session.run()


def test_that_a_run_is_written_and_read_back(full, town):
    outcome, found = full.run()
    assert (outcome.folder, outcome.is_unchanged) == (town / "results" / "soil-consumption", False)
    # 400 cells of road and 100 of building site, 100 m² each.
    assert found.figures[0].value == pytest.approx(5.0)
    assert found.years == (2012, 2023)
    again, _ = full.run()
    assert again.is_unchanged


def test_that_a_cancelled_run_leaves_no_results(full, town):
    def stop(share, message):
        raise Cancelled

    with pytest.raises(Cancelled):
        full.run(stop)
    assert not (town / "results" / "soil-consumption" / "run.json").exists()


def test_that_the_whole_study_is_the_sum_of_its_communes_and_shares_come_from_the_sums(full):
    _, found = full.run()
    communes = found.table("by_commune")
    twice = replace(communes, frame=communes.frame.loc[[0, 0]].reset_index(drop=True))
    one, two = with_total(found.table("by_neighbourhood"), communes), with_total(communes, twice)
    # 1 km²: 100 ha, of which 5 are consumed; of the same commune twice, 200 and 10, and still 5 %.
    assert (one["area_m2"], one["consumed_pct"]) == pytest.approx((1_000_000.0, 5.0))
    assert (two["consumed_m2"], two["consumed_pct"]) == pytest.approx((100_000.0, 5.0))


def test_that_there_are_no_results_before_a_run(session):
    with pytest.raises(PucError) as told:
        read_results(session.analysis, session.study)
    assert told.value.problems[0].code == "results-missing"


def test_that_the_sheet_of_the_analysis_is_exported(full, town):
    full.run()
    assert {path.name for path in full.export("it").files} == {"01_consumo-suolo.pdf", "01_consumo-suolo.png"}


def test_that_a_question_that_compares_no_years_is_of_the_latest_data(town):
    field = gpd.GeoDataFrame({"code": ["21"]}, geometry=[square(0, 0, 1000, 1000)], crs=3035)
    for year in (2012, 2018):
        field.to_file(town / "uso.gpkg", layer=f"uso_{year}", driver="GPKG")
        with (town / "study.toml").open("a", encoding="utf-8") as file:
            file.write(f'\n[[layer]]\nrole = "land_use"\nsource = "uso.gpkg"\nlayer = "uso_{year}"\nyear = {year}\n')
    session = Session(study_reading.read(town), GARDEN_SUITABILITY)
    for intake in session.read_layers():
        session.add(intake)
    _, found = session.run()
    assert found.years == (2018,)
