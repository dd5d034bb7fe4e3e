"""verify: what is recorded comes out again, or what differs is told, by how much and why."""

from __future__ import annotations

import json

import pytest

from puc_tool import edition, provenance
from puc_tool.verification import FigureChange


@pytest.fixture
def ran(town, puc):
    assert puc("run", town).code == 0
    return town


def item(said, analysis="soil-consumption"):
    return next(each for each in said.content["items"] if each["analysis"] == analysis)


def test_that_an_untouched_study_is_identical_and_left_as_it_was(puc, ran, hashes):
    before = hashes(ran)
    said = puc("verify", ran, "--json")
    assert said.code == 0
    assert {each["outcome"] for each in said.content["items"]} == {"identical"}
    assert hashes(ran) == before


def test_that_parameters_of_one_run_alone_are_those_it_is_done_again_with(puc, ran):
    assert puc("run", ran, "soil-consumption", "--set", "soil-consumption.year_from=2023").code == 0
    assert item(puc("verify", ran, "--json"))["outcome"] == "identical"


def test_that_a_changed_source_is_named_with_the_difference_it_makes(puc, ran, refused):
    # The older soil in place of the newer: the site of 100 cells of 100 m² is not built yet, the quarry of 25 is there.
    data = ran / "data"
    (data / "suolo_2023.tif").write_bytes((data / "suolo_2012.tif").read_bytes())
    said = puc("verify", ran, "--json")
    assert said.code == 1
    found = item(said)
    assert found["outcome"] == "different"
    assert found["causes"] == ["la fonte di «soil_consumption 2023» è cambiata"]
    change = next(each for each in found["figures"] if each["id"] == "suolo_consumato_ha")
    # 4 + 0,25 ha instead of 4 + 1
    assert change["difference"] == pytest.approx(-0.75)
    assert "suolo_consumato_ha" not in found["files"]


@pytest.mark.parametrize(("recorded", "now", "difference"), [(4.0, 3.25, -0.75), (None, 3.0, None), (3.0, None, None)])
def test_that_a_figure_with_no_value_on_one_side_has_no_difference(recorded, now, difference):
    assert FigureChange("suolo_consumato_ha", recorded, now).difference == difference


def test_that_another_library_is_given_as_a_cause(puc, ran, monkeypatch):
    (ran / "data" / "suolo_2023.tif").write_bytes((ran / "data" / "suolo_2012.tif").read_bytes())
    now = dict(provenance.versions())
    monkeypatch.setattr(provenance, "versions", lambda: {**now, "shapely": "9.9"})
    causes = item(puc("verify", ran, "--json"))["causes"]
    assert f"libreria shapely {now['shapely']}, ora 9.9" in causes


def test_that_code_of_another_edition_is_given_as_a_cause(puc, ran, monkeypatch):
    (ran / "data" / "suolo_2023.tif").write_bytes((ran / "data" / "suolo_2012.tif").read_bytes())
    monkeypatch.setattr(edition, "of_results", lambda: "another")
    causes = item(puc("verify", ran, "--json"))["causes"]
    assert f"il codice di PUC Tool {provenance.tool_version()}, che ha un'altra edizione" in causes


def test_that_a_result_somebody_edited_is_told(puc, ran):
    path = ran / "results" / "soil-consumption" / "by_neighbourhood.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Levante", "Ponente"), encoding="utf-8")
    said = puc("verify", ran, "--json")
    assert said.code == 1
    assert item(said)["touched"] == ["by_neighbourhood.csv"]
    assert item(said)["files"] == []


def test_that_a_source_that_is_gone_is_told_with_why_it_can_not_be_done_again(puc, ran):
    (ran / "data" / "suolo_2023.tif").unlink()
    said = puc("verify", ran, "--json")
    assert said.code == 1
    assert item(said)["outcome"] == "not_run"
    assert "verify-not-run" in said.problems


def test_that_a_study_without_runs_has_nothing_to_verify(puc, town):
    said = puc("verify", town, "--json")
    assert (said.code, said.content["items"]) == (0, [])


def test_that_a_record_with_a_parameter_of_another_version_is_verified_without_it(puc, ran):
    path = ran / "results" / "soil-consumption" / "run.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    record["parameters"]["dismessa"] = 3
    path.write_text(json.dumps(record), encoding="utf-8")
    assert item(puc("verify", ran, "--json"))["outcome"] == "identical"
