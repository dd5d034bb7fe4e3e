"""A study that came from elsewhere reads nothing outside its folder until its user has named the file."""

from __future__ import annotations

import shutil

import pytest

from layers.problems import PucError
from layers.reference import Join, LayerRef
from puc_tool import provenance
from puc_tool.printing import exporting, sheets
from puc_tool.shelf import Shelf
from puc_tool.sources import trust
from puc_tool.studies import study_reading

ZONES = ("--field", "zone=SIGLA_Z", "--field", "name=TESTO")


@pytest.fixture
def study(town):
    return study_reading.read(town)


@pytest.fixture
def outside(town, plan):
    """Return the borough with a zoning that lies outside, as a study that somebody sent."""
    with (town / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write(f'\n[[layer]]\nrole = "zoning"\nsource = "{plan.as_posix()}"\nfields = {{ zone = "SIGLA_Z" }}\n')
    return town


def codes(study, ref):
    return [problem.code for problem in trust.problems(study, ref)]


def test_that_files_of_the_study_need_no_consent(study):
    assert all(trust.problems(study, ref) == [] for ref in study.layers)


@pytest.mark.parametrize("source", ["../elsewhere.gpkg", "/etc/passwd", "data/../../elsewhere.gpkg"])
def test_that_a_file_outside_needs_consent(study, source):
    assert codes(study, LayerRef("zoning", source)) == ["source-outside"]


def test_that_a_link_out_of_the_study_is_outside(study, plan):
    (study.folder / "data" / "piano.gpkg").symlink_to(plan)
    assert codes(study, LayerRef("zoning", "data/piano.gpkg")) == ["source-outside"]


def test_that_a_joined_table_outside_needs_its_own_consent(study, plan, brought):
    trust.agree(plan)
    ref = LayerRef("zoning", str(plan), join=Join(str(brought / "nomi.csv"), "a", "b"))
    (problem,) = trust.problems(study, ref)
    assert "nomi.csv" in problem.message.it


def test_that_consent_is_kept_and_holds_for_that_file_alone(study, plan, brought):
    trust.agree(plan)
    assert codes(study, LayerRef("zoning", str(plan))) == []
    assert codes(study, LayerRef("zoning", str(brought / "altro.gpkg"))) == ["source-outside"]


@pytest.mark.parametrize("content", ["", "{", "5", '[["a"]]', "\ufeff"])
def test_that_a_broken_register_means_no_consent(study, plan, content):
    trust.agree(plan)
    register = trust._register()
    register.write_text(content, encoding="utf-8")
    assert codes(study, LayerRef("zoning", str(plan))) == ["source-outside"]


def test_that_consent_is_never_kept_in_the_study(study, plan, hashes):
    before = hashes(study.folder)
    trust.agree(plan)
    assert hashes(study.folder) == before


def test_that_check_names_the_file_and_what_to_do(outside, refused, plan):
    problem = refused("check", outside)
    assert problem["code"] == "source-outside"
    assert str(plan) in problem["message"]
    assert "puc-tool add" in problem["remedy"]
    assert "--copy" in problem["remedy"]


def test_that_a_run_does_not_open_a_file_nobody_agreed_to(outside, plan, puc, monkeypatch):
    opened = []
    fingerprint = provenance.fingerprint
    monkeypatch.setattr(provenance, "fingerprint", lambda path: opened.append(path.resolve()) or fingerprint(path))
    said = puc("run", outside, "--json")
    assert said.code == 1
    assert list(said.problems) == ["source-outside"]
    assert plan.resolve() not in opened


def test_that_results_that_came_with_the_study_are_no_way_round_consent(outside, plan, puc):
    assert puc("add", outside, "zoning", plan, *ZONES, "--replace").code == 0
    assert puc("run", outside).code == 0
    trust._register().unlink()
    assert list(puc("run", outside, "--json").problems) == ["source-outside"]
    assert list(puc("export", outside, "--json").problems) == ["source-outside"]


def test_that_adding_a_file_is_agreeing_to_it(outside, plan, puc):
    assert puc("add", outside, "zoning", plan, *ZONES, "--replace").code == 0
    assert puc("check", outside).code == 0


def test_that_a_study_sent_on_is_asked_for_again_at_its_new_home(outside, plan, puc, tmp_path):
    puc("add", outside, "zoning", plan, *ZONES, "--replace")
    elsewhere = tmp_path / "un" / "altro" / "posto" / "borgo"
    shutil.copytree(outside, elsewhere)
    moved = elsewhere.parents[2] / "scaricati"
    assert not moved.exists(), "the relative path leads nowhere from there"
    assert "source-outside" in puc("check", elsewhere, "--json").problems


def test_that_a_refused_layer_has_no_data_on_the_shelf(outside):
    study = study_reading.read(outside)
    intake = Shelf(study).intake(study.of_role("zoning")[0])
    assert intake.layer is None
    assert [problem.code for problem in intake.problems] == ["source-outside"]


def test_that_nothing_is_drawn_from_a_file_nobody_agreed_to(outside, tmp_path):
    shelf = Shelf(study_reading.read(outside))
    with pytest.raises(PucError, match="analisi non è ancora"):
        exporting.export(shelf, sheets.ALL, ("png",), to=tmp_path / "tavole")
    assert not (tmp_path / "tavole").exists()
