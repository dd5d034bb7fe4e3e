"""remove: a layer leaves the study, its file never leaves the disk."""

from __future__ import annotations

import pytest

from puc_tool.studies import study_reading


def test_that_a_layer_leaves_the_study_and_its_file_stays(puc, town, hashes):
    before = hashes(town / "data")
    said = puc("remove", town, "soil_consumption", "--year", 2012)
    assert (said.code, said.out) == (0, "soil_consumption: tolto dallo studio. I file restano.\n")
    assert [ref.year for ref in study_reading.read(town).of_role("soil_consumption")] == [2023]
    assert hashes(town / "data") == before


def test_that_the_answer_for_scripts_has_its_problems(puc, town):
    assert puc("remove", town, "neighbourhoods", "--json").content == {"problems": []}


@pytest.mark.parametrize("words", [("zoning",), ("soil_consumption",), ("soil_consumption", "--year", 1999), ("no",)])
def test_that_a_layer_that_is_not_there_is_refused(refused, town, hashes, words):
    before = hashes(town)
    problem = refused("remove", town, *words)
    assert problem["code"] == "layer-missing"
    assert hashes(town) == before


def test_that_a_copied_file_stays_too(puc, town, plan):
    puc("add", town, "zoning", plan, "--field", "zone=SIGLA_Z", "--copy")
    assert puc("remove", town, "zoning").code == 0
    assert (town / "data" / "piano.gpkg").read_bytes() == plan.read_bytes()


def test_that_a_broken_study_is_not_written_over(refused, town):
    (town / "study.toml").write_text("version = 7\n")
    assert refused("remove", town, "boundary")["code"] == "study-newer"
    assert (town / "study.toml").read_text() == "version = 7\n"
