"""One verb over a folder of studies: side by side, one failure never stops the rest, a summary at the end."""

from __future__ import annotations

import shutil

import pytest


@pytest.fixture
def many(town, tmp_path):
    """Three studies in one folder; the second has lost its soil of 2023, and its text is broken."""
    folder = tmp_path / "comuni"
    for name in ("arcola", "beverino", "carro"):
        shutil.copytree(town, folder / name)
    (folder / "beverino" / "study.toml").write_text("version = ", encoding="utf-8")
    (folder / "appunti").mkdir()
    return folder


def test_that_every_study_but_the_broken_one_is_run_and_the_summary_says_so(puc, many):
    said = puc("run", many, "soil-consumption", "--jobs", 2, "--json")
    assert said.code == 1
    assert [each["done"] for each in said.content["studies"]] == [True, False, True]
    assert said.content["ran"] == ["soil-consumption", "soil-consumption"]
    assert [each["where"] for each in said.content["problems"] if each["severity"] == "error"] == [
        "beverino, study.toml"
    ]
    for name in ("arcola", "carro"):
        assert (many / name / "results" / "soil-consumption" / "run.json").is_file()


def test_that_people_read_a_summary_at_the_end(puc, many):
    said = puc("run", many, "soil-consumption")
    assert said.out.splitlines()[-1] == "Studi fatti: 2 su 3. Non riusciti: beverino."


def test_that_many_studies_export_into_folders_of_their_names(puc, many, tmp_path):
    puc("run", many, "soil-consumption")
    said = puc("export", many, "consumo-suolo", "--format", "svg", "--to", tmp_path / "tavole", "--jobs", 2, "--json")
    assert said.content["files"] == [
        str(tmp_path / "tavole" / name / "01_consumo-suolo.svg") for name in ("arcola", "carro")
    ]


def test_that_many_studies_are_reported_into_folders_of_their_names(puc, many, tmp_path):
    puc("run", many, "soil-consumption")
    said = puc("report", many, "--format", "html", "--to", tmp_path / "relazioni", "--jobs", 2, "--json")
    assert said.code == 1
    assert [each["done"] for each in said.content["studies"]] == [True, False, True]
    assert said.content["files"] == [
        str(tmp_path / "relazioni" / name / "studio_preliminare.html") for name in ("arcola", "carro")
    ]
    assert {each["where"].split(",")[0] for each in said.content["problems"] if each["severity"] == "error"} == {
        "beverino"
    }


def test_that_a_study_without_results_is_not_reported_and_the_others_are(puc, many):
    puc("run", many / "carro", "soil-consumption")
    said = puc("report", many, "--format", "html")
    assert said.out.splitlines()[-1] == "Studi fatti: 1 su 3. Non riusciti: arcola, beverino."
    assert (many / "carro" / "report" / "studio_preliminare.html").is_file()


def test_that_many_studies_are_published_each_with_its_package(puc, many):
    puc("run", many, "soil-consumption")
    said = puc("publish", many, "--jobs", 2)
    assert said.out.splitlines()[-1] == "Studi fatti: 2 su 3. Non riusciti: beverino."
    for name in ("arcola", "carro"):
        assert (many / name / "open-data" / "dati.gpkg").is_file()


def test_that_side_by_side_or_not_the_results_are_the_same(puc, many, hashes, tmp_path):
    for jobs in (1, 2):
        puc("run", many, "soil-consumption", "--jobs", jobs, "--to", tmp_path / str(jobs))
    found = [
        {name: sha256 for name, sha256 in hashes(tmp_path / str(jobs)).items() if not name.endswith("run.json")}
        for jobs in (1, 2)
    ]
    assert found[0] == found[1]
    assert found[0]
