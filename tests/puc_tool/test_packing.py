"""pack: a study with its sources, which is the same study wherever it is unpacked."""

from __future__ import annotations

import errno
import hashlib
import json
import zipfile

import pytest

from layers import write


@pytest.fixture
def with_plan(town, puc, plan):
    """The borough with a plan that lies outside the study."""
    assert puc(
        "add", town, "zoning", plan, "--year", "2020", "--set-field", "zone=B", "--field", "zone=SIGLA_Z"
    ).code in (0, 1, 2)
    said = puc("add", town, "zoning", plan, "--year", "2021", "--field", "zone=SIGLA_Z", "--replace")
    assert said.code == 0, said
    return town


def unpacked(path, folder):
    with zipfile.ZipFile(path) as packed:
        packed.extractall(folder)
    return folder


def test_that_every_file_is_there_with_its_hash(puc, town, tmp_path):
    assert puc("run", town).code == 0
    said = puc("pack", town, tmp_path / "studio.zip", "--json")
    assert said.content["files"] == [str(tmp_path / "studio.zip")]
    folder = unpacked(tmp_path / "studio.zip", tmp_path / "altrove")
    told = json.loads((folder / "pack.json").read_text(encoding="utf-8"))["sha256"]
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert set(told) == set(there) - {"pack.json"}
    assert all(hashlib.sha256(there[name].read_bytes()).hexdigest() == sha256 for name, sha256 in told.items())
    assert {"study.toml", "data/borgo.gpkg", "results/soil-consumption/run.json"} <= set(told)


def test_that_the_unpacked_study_verifies_as_identical(puc, town, tmp_path):
    assert puc("run", town).code == 0
    puc("pack", town, tmp_path / "studio.zip")
    said = puc("verify", unpacked(tmp_path / "studio.zip", tmp_path / "altrove"), "--json")
    assert {each["outcome"] for each in said.content["items"]} == {"identical"}


def test_that_a_source_outside_the_study_comes_along_and_comments_stay(puc, with_plan, tmp_path):
    puc("pack", with_plan, tmp_path / "studio.zip")
    folder = unpacked(tmp_path / "studio.zip", tmp_path / "altrove")
    text = (folder / "study.toml").read_text(encoding="utf-8")
    assert "# Studio di prova: questo commento resta." in text
    assert "data/fuori-dallo-studio/01/piano.gpkg" in text
    assert (folder / "data/fuori-dallo-studio/01/piano.gpkg").is_file()
    assert str(tmp_path / "scaricati") not in text


def test_that_the_same_study_gives_the_same_bytes(puc, town, tmp_path):
    for name in ("uno", "due"):
        assert puc("pack", town, tmp_path / f"{name}.zip").code == 0
    assert (tmp_path / "uno.zip").read_bytes() == (tmp_path / "due.zip").read_bytes()


def test_that_a_pack_written_into_the_study_does_not_hold_itself(puc, town):
    for _ in range(2):
        assert puc("pack", town, town / "studio.zip").code == 0
    with zipfile.ZipFile(town / "studio.zip") as packed:
        assert "studio.zip" not in packed.namelist()


def test_that_packing_changes_nothing_in_the_study(puc, town, tmp_path, hashes):
    before = hashes(town)
    puc("pack", town, tmp_path / "studio.zip")
    assert hashes(town) == before


def test_that_a_target_that_is_no_zip_is_refused(refused, town, tmp_path):
    assert refused("pack", town, tmp_path / "studio.tar")["code"] == "pack-not-zip"
    assert not (tmp_path / "studio.tar").exists()


def test_that_a_full_disk_leaves_the_earlier_pack(puc, refused, town, tmp_path, monkeypatch):
    target = tmp_path / "studio.zip"
    puc("pack", town, target)
    before = target.read_bytes()

    def full(path):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(write, "_sync", full)
    assert refused("pack", town, target)["code"] == "cannot-write"
    assert target.read_bytes() == before
