"""A new study from a folder: what is clear is added, the rest is named with its reason."""

from __future__ import annotations

import shutil

import pytest

from analyses.progress import silent
from layers.problems import PucError
from puc_tool import study_reading
from puc_tool.folder_intake import add_folder

BARE = 'version = 1\n[study]\ntitle = "Prova"\ncomuni = []\ncrs = "EPSG:3035"\n'
BOUNDARY = '[[layer]]\nrole = "boundary"\nsource = "data/borgo.gpkg"\nlayer = "confine"\n'


@pytest.fixture
def bare(town):
    (town / "study.toml").write_text(BARE + BOUNDARY, encoding="utf-8")
    return town


@pytest.fixture
def delivery(town, brought):
    """Return what an office sends: data with telling names, beside things that are none."""
    shutil.copy(town / "data" / "suolo_2023.tif", brought / "consumo_suolo_ispra.tif")
    shutil.copy(town / "data" / "borgo.gpkg", brought / "borgo.gpkg")
    (brought / "lettera.pdf").write_bytes(b"%PDF-")
    (brought / "rotto.shp").write_bytes(b"cut off")
    return brought


def added(folder):
    return {(ref.role, ref.year) for ref in study_reading.read(folder).layers}


def test_that_what_is_clear_is_added_and_the_rest_told(bare, delivery):
    lines, problems = add_folder(bare, delivery, silent)
    assert ("neighbourhoods", None) in added(bare)
    assert any("Quartieri" in line.it for line in lines)
    assert all(problem.severity != "error" for problem in problems)
    assert {"source-broken", "role-unclear"} & {problem.code for problem in problems}
    assert len(lines) + 1 == len(added(bare)), "one line for every layer added beside the boundary"


def test_that_a_role_already_taken_stays_with_the_study(bare, delivery):
    before = study_reading.read(bare).of_role("boundary")
    _, problems = add_folder(bare, delivery, silent)
    assert study_reading.read(bare).of_role("boundary") == before
    assert "role-taken" in {problem.code for problem in problems}


def test_that_a_layer_that_does_not_serve_is_not_added(bare, faulty):
    path = faulty("no_crs")
    path.rename(path.with_name("quartieri_zone.gpkg"))
    before = (bare / "study.toml").read_bytes()
    lines, problems = add_folder(bare, path.parent, silent)
    assert lines == []
    assert problems
    assert (bare / "study.toml").read_bytes() == before


def test_that_the_folder_handed_over_is_left_as_it_was(bare, delivery, hashes):
    before = hashes(delivery)
    add_folder(bare, delivery, silent)
    assert hashes(delivery) == before


def test_that_a_folder_that_is_not_there_is_refused(bare, tmp_path):
    with pytest.raises(PucError) as caught:
        add_folder(bare, tmp_path / "perso", silent)
    assert [problem.code for problem in caught.value.problems] == ["folder-missing"]


def test_that_every_file_is_a_point_of_cancellation(bare, delivery):
    told = []
    add_folder(bare, delivery, lambda share, message: told.append(message.it))
    assert told == [f"Leggo {name}" for name in ("borgo.gpkg", "consumo_suolo_ispra.tif", "rotto.shp")]
