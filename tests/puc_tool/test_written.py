"""Sheets print what was written: if it is missing, touched or old, they say so instead."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from analyses.soil.params import SoilParams
from analyses.soil_consumption import SOIL_CONSUMPTION
from layers.problems import PucError
from puc_tool.studies import study_reading
from puc_tool.written import written


@pytest.fixture
def ran(town, puc):
    assert puc("run", town).code == 0
    return town


def now(town):
    return written(SOIL_CONSUMPTION, study_reading.read(town))


def refusal(town):
    with pytest.raises(PucError) as caught:
        now(town)
    return caught.value.problems[0].code


def test_that_figures_tables_and_layers_are_those_on_disk(ran):
    found = now(ran)
    # 2023: 20 × 20 + 10 × 10 cells of 100 m² = 50 000 m² = 5 ha of 100 ha
    assert found.figure("suolo_consumato_ha") == 5.0
    assert found.figure("suolo_consumato_pct") == 5.0
    assert found.figure("meff_cbc") is None
    assert found.figure("no such figure") is None
    assert found.table("by_neighbourhood")["name"].tolist() == ["Levante", "Ponente"]
    assert found.table("by_zone") is None
    assert found.layer("neighbourhood")["consumed_m2"].tolist() == [10_000.0, 40_000.0]
    assert found.layer("zone") is None
    assert found.parameters == asdict(SoilParams())


def test_that_without_a_run_there_is_nothing_to_print(town):
    assert refusal(town) == "results-missing"


@pytest.mark.parametrize(
    "file", ["results/soil-consumption/figures.json", "results/soil-consumption/layers.gpkg", "data/suolo_2023.tif"]
)
def test_that_touched_results_or_data_are_not_printed(ran, file):
    with (ran / file).open("ab") as stream:
        stream.write(b"\n")
    assert refusal(ran) == "results-stale"


@pytest.mark.parametrize("file", ["results/soil-consumption/figures.json", "data/suolo_2023.tif"])
def test_that_lost_results_or_data_are_not_printed(ran, file):
    (ran / file).unlink()
    assert refusal(ran) == "results-stale"


def test_that_results_of_this_run_alone_are_still_results(town, puc):
    assert puc("run", town, "--set", "soil-consumption.year_from=2023").code == 0
    found = now(town)
    assert found.parameters["year_from"] == 2023
    assert found.table("transition") is None
