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


def test_that_a_source_of_any_name_comes_along(puc, town, tmp_path):
    (town / ".scaricati").mkdir()
    (town / "data" / "borgo.gpkg").rename(town / "data" / "mappa.12.part.gpkg")
    (town / "data" / "suolo_2012.tif").rename(town / ".scaricati" / "catasto.particelle.lock.tif")
    name_source(town, "data/borgo.gpkg", "data/mappa.12.part.gpkg")
    name_source(town, "data/suolo_2012.tif", ".scaricati/catasto.particelle.lock.tif")
    assert puc("pack", town, tmp_path / "studio.zip").code == 0
    folder = unpacked(tmp_path / "studio.zip", tmp_path / "altrove")
    assert puc("check", folder, "--json").content["problems"] == []


def test_that_what_a_killed_write_left_stays_here(puc, town, tmp_path):
    (town / "data" / "borgo.4194305.part.gpkg").write_bytes(b"half")
    (town / "data" / "appunti.particelle.txt").write_text("da tenere", encoding="utf-8")
    puc("pack", town, tmp_path / "studio.zip")
    folder = unpacked(tmp_path / "studio.zip", tmp_path / "altrove")
    assert not (folder / "data" / "borgo.4194305.part.gpkg").exists()
    assert (folder / "data" / "appunti.particelle.txt").is_file()


def test_that_a_source_named_by_a_link_or_its_whole_path_is_found_where_the_zip_is_unpacked(puc, town, tmp_path):
    (town / "data" / "ultimo.gpkg").symlink_to("borgo.gpkg")
    (town / "corrente").symlink_to("data")
    name_source(town, "data/borgo.gpkg", "data/ultimo.gpkg")
    name_source(town, "data/suolo_2012.tif", str(town / "data" / "suolo_2012.tif"))
    name_source(town, "data/suolo_2023.tif", "corrente/suolo_2023.tif")
    assert puc("pack", town, tmp_path / "studio.zip").code == 0
    folder = unpacked(tmp_path / "studio.zip", tmp_path / "altrove")
    town.rename(tmp_path / "non più qui")
    assert puc("check", folder, "--json").content["problems"] == []
    text = (folder / "study.toml").read_text(encoding="utf-8")
    assert "# due quartieri" in text
    assert str(tmp_path) not in text


def test_that_a_zip_of_several_datasets_outside_the_study_comes_along(puc, town, brought, tmp_path):
    with zipfile.ZipFile(brought / "consegna.zip", "w") as delivered:
        for name in ("borgo.gpkg", "copia.gpkg"):
            delivered.write(town / "data" / "borgo.gpkg", name)
    added = puc("add", town, "census", brought / "consegna.zip", "--layer", "copia.gpkg/quartieri", "--year", "2021",
                "--set-field", "population=10")  # fmt: skip
    assert added.code == 0, added
    assert puc("pack", town, tmp_path / "studio.zip").code == 0
    with zipfile.ZipFile(tmp_path / "studio.zip") as packed:
        assert "data/fuori-dallo-studio/01/consegna.zip" in packed.namelist()


def test_that_a_source_that_is_gone_stops_the_pack(refused, town, tmp_path):
    (town / "data" / "suolo_2012.tif").unlink()
    assert refused("pack", town, tmp_path / "studio.zip")["code"] == "source-missing"
    assert not (tmp_path / "studio.zip").exists()


def test_that_a_source_that_goes_while_it_is_packed_is_named_and_not_the_zip(refused, town, tmp_path, monkeypatch):
    read = type(town).read_bytes

    def gone(path):
        if path.name == "suolo_2012.tif":
            raise FileNotFoundError(errno.ENOENT, "No such file")
        return read(path)

    monkeypatch.setattr(type(town), "read_bytes", gone)
    told = refused("pack", town, tmp_path / "studio.zip")
    assert (told["code"], told["where"]) == ("source-unreadable", "suolo_2012.tif")
    assert list(tmp_path.glob("studio*")) == []


def name_source(town, before, after):
    path = town / "study.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
