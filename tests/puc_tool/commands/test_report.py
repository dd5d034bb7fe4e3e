"""report: the preliminary study as files, with a manifest that remembers the figures of the last version."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def ran(town, puc):
    assert puc("run", town, "soil-consumption").code == 0
    return town


def test_that_without_a_format_the_study_is_a_pdf(puc, ran):
    said = puc("report", ran, "--json")
    assert said.code == 0
    assert str(ran / "report" / "studio_preliminare.pdf") in said.content["files"]
    assert (ran / "report" / "studio_preliminare.pdf").read_bytes().startswith(b"%PDF")


def test_that_jobs_and_a_second_run_do_not_change_a_byte(puc, ran, hashes, tmp_path):
    every = ("--format", "pdf,docx,html")
    for jobs in (1, 2):
        assert puc("report", ran, *every, "--jobs", jobs, "--to", tmp_path / str(jobs)).code == 0
    assert hashes(tmp_path / "1") == hashes(tmp_path / "2")
    first = hashes(tmp_path / "1")
    assert puc("report", ran, *every, "--to", tmp_path / "1").code == 0
    assert hashes(tmp_path / "1") == first


def test_that_analyses_without_results_are_told(puc, ran):
    said = puc("report", ran, "--format", "html", "--json")
    told = [each for each in said.content["problems"] if each["code"] == "report-analysis-missing"]
    assert {each["severity"] for each in told} == {"info"}
    assert any("hazard-exposure" in each["remedy"] for each in told)


def test_that_the_figures_of_the_last_version_are_kept_until_they_change(puc, ran):
    puc("report", ran, "--format", "html")
    path = ran / "report" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    assert manifest["before"] is None
    older = {**manifest, "figures": {**manifest["figures"], "soil-consumption/suolo_consumato_ha": 3.0}}
    path.write_text(json.dumps(older), encoding="utf-8")
    for _ in range(2):
        puc("report", ran, "--format", "html")
        page = (ran / "report" / "studio_preliminare.html").read_text(encoding="utf-8")
        assert "3,00\u00a0ha" in page
        before = json.loads(path.read_text(encoding="utf-8"))["before"]
        assert before["figures"]["soil-consumption/suolo_consumato_ha"] == 3.0


def test_that_a_study_without_results_is_refused(puc, town):
    said = puc("report", town, "--json")
    assert said.code == 1
    assert {each["code"] for each in said.content["problems"]} == {"results-missing"}
    assert not (town / "report").exists()


def test_that_a_folder_of_somebody_else_is_left_alone(refused, ran, tmp_path, hashes):
    folder = tmp_path / "altrui"
    folder.mkdir()
    (folder / "lettera.txt").write_text("mia", encoding="utf-8")
    before = hashes(folder)
    assert refused("report", ran, "--to", folder)["code"] == "folder-not-ours"
    assert hashes(folder) == before


@pytest.mark.parametrize("manifest", ["[]", '{"files": 3}', "{", '{"files": {}, "figures": 7, "before": {"x": "y"}}'])
def test_that_a_manifest_somebody_spoiled_is_refused_or_read_as_far_as_it_goes(puc, ran, manifest):
    (ran / "report").mkdir()
    (ran / "report" / "manifest.json").write_text(manifest, encoding="utf-8")
    assert puc("report", ran, "--format", "html").code in (0, 1)


def test_that_a_format_the_report_has_not_is_wrong_usage(puc, ran):
    assert puc("report", ran, "--format", "png").code == 2
