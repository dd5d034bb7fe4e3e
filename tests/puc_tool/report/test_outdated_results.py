"""District results of before their formulas had English words: every road says so, and goes on with the rest."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest

from layers.source import fingerprint


@pytest.fixture(scope="module")
def old(peopled, tmp_path_factory):
    """Return the peopled borough with formulas as they were first written, by a tool that recorded no declaration."""
    study = shutil.copytree(peopled, tmp_path_factory.mktemp("vecchio") / "borgo")
    folder = study / "results" / "transformation-districts"
    path = folder / "formulas.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table.drop(columns=["formula_en", "with_values_en"]).to_csv(path, index=False, lineterminator="\n")
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    del record["declared"]
    for each in record["outputs"]:
        each["sha256"] = fingerprint(folder / each["file"])
    (folder / "run.json").write_text(json.dumps(record), encoding="utf-8")
    return study


@pytest.mark.parametrize(
    ("words", "made"),
    [
        (("export", "scheda-distretto", "registro-distretti", "consumo-suolo", "--format", "svg"), "consumo-suolo.svg"),
        (("report", "--format", "html"), "studio_preliminare.html"),
        (("publish",), "dati.gpkg"),
    ],
    ids=lambda each: each[0],
)
def test_that_one_error_says_it_and_the_rest_is_made(puc, old, tmp_path, words, made):
    verb, *others = words
    said = puc(verb, old, *others, "--json", "--to", tmp_path / verb)
    assert said.code == 1
    (problem,) = [each for each in said.content["problems"] if each["severity"] == "error"]
    assert problem["code"] == "results-outdated"
    assert "puc-tool run STUDIO transformation-districts" in problem["remedy"]
    files = said.content["files"]
    assert any(each.endswith(made) for each in files)
    assert not [each for each in files if "distretti" in each or "distretto" in each or "districts" in each]


def test_that_only_the_sheets_of_these_results_are_refused_whole(puc, old, tmp_path):
    said = puc("export", old, "scheda-distretto", "registro-distretti", "--json", "--to", tmp_path / "tavole")
    assert said.code == 1
    assert [each["code"] for each in said.content["problems"]] == ["results-outdated"]
    assert not (tmp_path / "tavole").exists()
