"""verify: what is recorded comes out again, or what differs is told, by how much and why."""

from __future__ import annotations

import errno
import json

import pytest

from layers import write
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
    assert item(said)["causes"] == ["«by_neighbourhood.csv» è stato cambiato dopo il calcolo"]


def test_that_a_figure_somebody_edited_is_told_with_what_it_was_made_more_or_less(puc, ran):
    path = ran / "results" / "soil-consumption" / "figures.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    next(each for each in content["figures"] if each["id"] == "suolo_consumato_ha")["value"] = 4.0
    path.write_text(json.dumps(content), encoding="utf-8")
    said = puc("verify", ran, "--json")
    assert "suolo_consumato_ha +1" in said.problems["verify-different"]["message"]  # 5 ha were found
    assert "«figures.json» è stato cambiato dopo il calcolo" in said.problems["verify-different"]["effect"]


@pytest.mark.parametrize("left", [None, "{", "[]", '{"parameters": {}, "outputs": 3}'])
def test_that_results_without_their_record_are_not_passed_over(puc, ran, left):
    path = ran / "results" / "soil-consumption" / "run.json"
    path.unlink() if left is None else path.write_text(left, encoding="utf-8")
    said = puc("verify", ran, "--json")
    assert (said.code, item(said)["outcome"]) == (1, "not_run")
    assert "run.json" in said.problems["verify-not-run"]["effect"]
    assert "puc-tool run STUDIO soil-consumption" in said.problems["verify-not-run"]["remedy"]


@pytest.mark.parametrize("name", ["tool", "libraries", "crs", "scenarios", "key", "declared"])
@pytest.mark.parametrize("value", [None, 3, [], ["x"], {"a": [1]}])
def test_that_a_record_that_says_nonsense_ends_in_words(puc, ran, name, value):
    (ran / "data" / "suolo_2023.tif").write_bytes((ran / "data" / "suolo_2012.tif").read_bytes())
    path = ran / "results" / "soil-consumption" / "run.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    record["inputs"][0] |= {"year": [1], "reprojection": value, "edits": value}
    path.write_text(json.dumps(record | {name: value}), encoding="utf-8")
    assert puc("verify", ran, "--json").code == 1


def test_that_a_source_that_is_gone_is_told_with_why_it_can_not_be_done_again(puc, ran):
    (ran / "data" / "suolo_2023.tif").unlink()
    said = puc("verify", ran, "--json")
    assert said.code == 1
    assert item(said)["outcome"] == "not_run"
    assert "verify-not-run" in said.problems


def test_that_a_disk_of_temporary_files_that_gets_full_says_nothing_against_the_run(refused, ran, monkeypatch):
    def full(path):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(write, "_sync", full)
    assert refused("verify", ran)["code"] == "temporary-folder-full"


def test_that_a_study_without_runs_has_nothing_to_verify(puc, town):
    said = puc("verify", town, "--json")
    assert (said.code, said.content["items"]) == (0, [])


def test_that_a_record_with_a_parameter_of_another_version_is_verified_without_it(puc, ran):
    path = ran / "results" / "soil-consumption" / "run.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    record["parameters"]["dismessa"] = 3
    path.write_text(json.dumps(record), encoding="utf-8")
    assert item(puc("verify", ran, "--json"))["outcome"] == "identical"


def in_study(folder, before, after):
    path = folder / "study.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")


def test_that_a_layer_that_is_new_is_given_as_a_cause(puc, ran, plan):
    assert puc("add", ran, "zoning", plan, "--year", 2020, "--field", "zone=SIGLA_Z", "--field", "name=TESTO").code == 0
    assert item(puc("verify", ran, "--json"))["causes"] == ["il livello «zoning 2020» è nuovo"]


def test_that_another_table_joined_to_a_layer_is_given_as_a_cause(puc, town, plan):
    table = town / "data" / "indici.csv"
    table.write_text("sigla,nome\nR1,a\nAG,b\n", encoding="utf-8")
    assert puc("add", town, "zoning", plan, "--year", 2020, "--field", "zone=SIGLA_Z", "--field", "name=nome",
               "--join", table, "--on", "SIGLA_Z=sigla").code == 0  # fmt: skip
    assert puc("run", town).code == 0
    table.write_text("sigla,nome\nR1,altro\nAG,b\n", encoding="utf-8")
    assert item(puc("verify", town, "--json"))["causes"] == ["la tabella unita a «zoning 2020» è cambiata"]


def test_that_what_the_study_says_of_the_same_data_is_given_as_a_cause(puc, ran):
    in_study(ran, "2023 = 1100", "2023 = 2200")
    (cause,) = item(puc("verify", ran, "--json"))["causes"]
    assert "residenti" in cause


def test_that_another_crs_of_the_study_is_given_as_a_cause(puc, ran):
    in_study(ran, '"EPSG:3035"', '"EPSG:7791"')
    assert "il sistema di riferimento era EPSG:3035, ora è EPSG:7791" in item(puc("verify", ran, "--json"))["causes"]
