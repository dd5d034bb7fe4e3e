"""Which files of a folder are looked at, in which order."""

from __future__ import annotations

import pytest

from puc_tool.intake.folder_walk import MOST, datasets


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "dati").mkdir()
    return tmp_path / "dati"


def put(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def walked(folder, leave_out="nowhere"):
    found, said = datasets(folder, folder / leave_out)
    return [path.relative_to(folder).as_posix() for path in found], [problem.code for problem in said]


def test_that_files_come_by_name_whatever_the_disk_says(folder):
    put(folder, "b.gpkg", "A.shp", "sotto/c.tif", "a2.csv", "lettera.pdf", "A.dbf")
    assert walked(folder) == (["A.shp", "a2.csv", "b.gpkg", "sotto/c.tif"], [])


def test_that_hidden_files_and_what_systems_leave_are_passed_over(folder):
    put(folder, ".nascosto.gpkg", ".git/a.gpkg", "__MACOSX/a.shp", "~$aperto.xlsx", "a.gpkg")
    assert walked(folder)[0] == ["a.gpkg"]


def test_that_a_geodatabase_is_one_dataset(folder):
    put(folder, "rete.gdb/a0001.gdbtable", "rete.gdb/strade.csv")
    assert walked(folder)[0] == ["rete.gdb"]


def test_that_the_study_itself_is_left_out(folder):
    put(folder, "a.gpkg", "studio/data/boundary.gpkg")
    assert walked(folder, "studio")[0] == ["a.gpkg"]


def test_that_a_link_that_leads_back_is_not_followed_for_ever(folder):
    put(folder, "a.gpkg", "sotto/b.gpkg")
    (folder / "sotto" / "su").symlink_to(folder, target_is_directory=True)
    (folder / "appeso.gpkg").symlink_to(folder / "manca")
    assert walked(folder)[0] == ["a.gpkg", "sotto/b.gpkg"]


def test_that_a_folder_of_hundreds_of_sheets_is_told_and_the_others_are_looked_at(folder):
    put(folder, *(f"fogli/{i:04}.tif" for i in range(MOST + 1)), "a.gpkg", "fogli/sotto/b.gpkg")
    found, said = datasets(folder, folder / "studio")
    assert [path.name for path in found] == ["a.gpkg", "b.gpkg"]
    assert said[0].message.it == f"dati contenuti: {MOST + 1}, più di {MOST}."


def test_that_a_folder_that_may_not_be_entered_is_told(folder, monkeypatch):
    put(folder, "a.gpkg", "chiusa/b.gpkg")
    listed = type(folder).iterdir

    def refusing(path):
        if path.name == "chiusa":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(type(folder), "iterdir", refusing)
    found, said = datasets(folder, folder / "studio")
    assert [path.name for path in found] == ["a.gpkg"]
    assert [(problem.code, problem.where.it) for problem in said] == [("folder-unreadable", "chiusa")]
