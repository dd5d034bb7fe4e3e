"""new: a study with its boundary and residents, whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import sys
from datetime import date

import geopandas
import pytest
import shapely

from layers import communes, write
from layers.commune_boundaries import boundaries, default_crs
from puc_tool.studies import study_reading


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "studio"


@pytest.fixture
def answering(monkeypatch):
    """Sit somebody at the terminal who types ``words``."""

    def type_in(words):
        monkeypatch.setattr(sys, "stdin", Terminal(words + "\n"))
        monkeypatch.setattr(sys, "stderr", Terminal())
        return sys.stderr

    return type_in


def communes_boundary(code):
    return boundaries((code,), default_crs((code,)))[0]


def boundary_of(folder):
    return geopandas.read_file(folder / "data" / "boundary.gpkg", layer="boundary")


@pytest.mark.parametrize("words", ["La Spezia", "la spezia", "Spezia", "011015", "11015"])
def test_that_a_commune_is_known_by_name_or_code(puc, folder, words):
    said = puc("new", folder, "--comune", words, "--json")
    assert said.code == 0
    assert said.content == {"study": str(folder), "comuni": ["011015"], "problems": []}
    study = study_reading.read(folder)
    assert (study.comuni, study.crs.to_epsg()) == (("011015",), 7791)
    assert study.population == {"istat": {2023: communes.population("011015").total}}
    assert boundary_of(folder)["name"].tolist() == ["La Spezia"]
    assert sorted(path.name for path in folder.rglob("*") if path.is_file()) == ["boundary.gpkg", "study.toml"]


def test_that_the_day_of_its_making_stands_in_the_file_for_the_user_to_change(puc, folder):
    puc("new", folder, "--comune", "011015")
    assert abs((date.today() - study_reading.read(folder).day).days) <= 1


def test_that_an_inter_municipal_study_has_all_communes_and_their_residents(puc, folder):
    assert puc("new", folder, "--comune", "La Spezia", "--comune", "Lerici", "--comune", "011015").code == 0
    study = study_reading.read(folder)
    assert study.comuni == ("011015", "011016")
    both = communes.population("011015").total + communes.population("011016").total
    assert study.population == {"istat": {2023: both}}
    assert sorted(boundary_of(folder)["code"]) == ["011015", "011016"]


@pytest.mark.parametrize(("commune", "epsg"), [("Ventimiglia", 7791), ("Bari", 7792)])
def test_that_the_zone_follows_the_place(puc, folder, commune, epsg):
    puc("new", folder, "--comune", commune)
    assert study_reading.read(folder).crs.to_epsg() == epsg
    assert boundary_of(folder).crs.to_epsg() == epsg


def test_that_the_crs_can_be_chosen(puc, folder):
    puc("new", folder, "--comune", "Bari", "--crs", "EPSG:32633")
    assert study_reading.read(folder).crs.to_epsg() == 32633


@pytest.mark.parametrize(("crs", "code"), [("EPSG:4326", "crs-not-metric"), ("EPSG:999999", "crs-unknown")])
def test_that_a_crs_that_cannot_measure_is_refused(refused, folder, crs, code):
    assert refused("new", folder, "--comune", "Bari", "--crs", crs)["code"] == code
    assert not folder.exists()


def test_that_a_misspelt_commune_gets_a_suggestion(refused, folder):
    problem = refused("new", folder, "--comune", "La Spesia")
    assert problem["code"] == "commune-unknown"
    assert "La Spezia" in problem["remedy"]
    assert not folder.exists()


def test_that_an_ambiguous_name_is_refused_with_its_provinces(refused, folder):
    problem = refused("new", folder, "--comune", "Castro")
    assert problem["code"] == "commune-ambiguous"
    assert "Castro (BG), 016065" in problem["remedy"]
    assert "Castro (LE), 075096" in problem["remedy"]
    assert not folder.exists()


def test_that_the_province_settles_it(puc, folder):
    assert puc("new", folder, "--comune", "Castro (LE)", "--json").content["comuni"] == ["075096"]


def test_that_somebody_at_the_terminal_is_asked(puc, folder, answering):
    terminal = answering("2")
    assert puc("new", folder, "--comune", "Castro").code == 0
    assert "Castro (BG)" in terminal.getvalue()
    assert study_reading.read(folder).comuni == ("075096",)


@pytest.mark.parametrize("answer", ["9", "", "Castro", "x"])
def test_that_an_answer_that_settles_nothing_is_refused(puc, folder, answering, answer):
    answering(answer)
    assert puc("new", folder, "--comune", "Castro").code == 1
    assert not folder.exists()


def test_that_a_script_is_never_asked(puc, folder, answering):
    answering("2")
    assert puc("new", folder, "--comune", "Castro", "--json").code == 1


def test_that_a_commune_whose_residents_are_not_known_makes_a_study_all_the_same(puc, folder):
    said = puc("new", folder, "--comune", "Misiliscemi", "--comune", "Trapani", "--json")
    assert said.code == 0
    assert said.problems["commune-without-population"]["severity"] == "warning"
    assert study_reading.read(folder).population == {}, "the residents of one would pass for those of both"


@pytest.mark.parametrize("there", ["file", "full"])
def test_that_a_place_that_is_taken_is_refused_untouched(refused, folder, hashes, there):
    if there == "file":
        folder.write_text("mio")
    else:
        folder.mkdir()
        (folder / "mio.txt").write_text("mio")
    before = hashes(folder.parent)
    assert refused("new", folder, "--comune", "Bari")["code"] == "folder-not-free"
    assert hashes(folder.parent) == before


def test_that_an_empty_folder_is_filled_even_if_one_stands_in_it(puc, folder, monkeypatch):
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert puc("new", ".", "--comune", "Bari").code == 0
    assert study_reading.read(folder).comuni == ("072006",)
    assert sorted(path.name for path in folder.parent.iterdir()) == ["studio"]


def test_that_folders_on_the_way_are_made(puc, tmp_path):
    assert puc("new", tmp_path / "a" / "b" / "c", "--comune", "Bari").code == 0


def test_that_a_file_on_the_way_is_a_sentence(refused, tmp_path):
    (tmp_path / "file").write_text("mio")
    assert refused("new", tmp_path / "file" / "studio", "--comune", "Bari")["code"] == "cannot-write"
    assert (tmp_path / "file").read_text() == "mio"


@pytest.mark.parametrize("name", ["boundary.gpkg", "study.toml"])
@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EROFS])
def test_that_a_disk_that_takes_nothing_leaves_nothing_behind(refused, folder, monkeypatch, name, fault):
    sync = write._sync

    def full(path):
        if path.name.replace(f".{os.getpid()}.part", "") == name:
            raise OSError(fault, "no")
        sync(path)

    monkeypatch.setattr(write, "_sync", full)
    assert refused("new", folder, "--comune", "Bari")["code"] == "cannot-write"
    assert list(folder.parent.iterdir()) == []


def test_that_a_folder_of_data_is_taken_in(puc, folder, brought, town):
    (town / "data" / "borgo.gpkg").rename(brought / "dati.gpkg")
    said = puc("new", folder, "--comune", "La Spezia", "--from", brought, "--json")
    assert said.code == 0
    found = said.content["datasets"]
    # The borough lies in La Spezia: its outline is not the commune's, its neighbourhoods leave most of it out.
    assert {each["layer"]: each["state"] for each in found} == {"confine": "tied", "quartieri": "added"}
    assert {"role-unclear", "units-gaps"} <= set(said.problems)
    assert all({"source", "role", "confidence", "year", "why", "lacking"} <= set(each) for each in found)


def test_that_a_tie_asks_at_the_terminal_and_the_answer_is_taken(puc, folder, brought, answering):
    town = communes_boundary("011015")
    left, bottom, right, top = town.total_bounds
    middle = shapely.Point((left + right) / 2, (bottom + top) / 2)
    shapes = [middle.buffer(50), shapely.Point(middle.x + 500, middle.y).buffer(50)]
    frame = geopandas.GeoDataFrame({"CL": ["P1", "P2"]}, geometry=shapes, crs=town.crs)
    frame.to_file(brought / "frane_alluvioni.gpkg")
    terminal = answering("1")
    assert puc("new", folder, "--comune", "011015", "--from", brought).code == 0
    assert "Che ruolo ha frane_alluvioni.gpkg?" in terminal.getvalue()
    assert {ref.role for ref in study_reading.read(folder).layers} & {"flood_hazard", "landslide_hazard"}


def test_that_a_folder_of_data_that_is_not_there_stops_before_anything_is_made(refused, folder, tmp_path):
    problem = refused("new", folder, "--comune", "La Spezia", "--from", tmp_path / "perso")
    assert problem["code"] == "folder-missing"
    assert not folder.exists()


def test_that_people_are_told_what_was_made(puc, folder):
    said = puc("new", folder, "--comune", "Bari", "--lang", "en")
    assert said.out.startswith(f"Study made in {folder}: Bari, ")
    assert "residents (ISTAT 2023)" in said.out
