"""The shelf takes each layer in once, and hands analyses the shapes they ask for."""

from __future__ import annotations

import pytest

from analyses.soil_consumption import SOIL_CONSUMPTION
from layers import roles
from puc_tool import shelf as shelves
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading


@pytest.fixture
def shelf(town):
    return Shelf(study_reading.read(town))


def test_that_a_layer_is_read_once_however_often_it_is_asked_for(shelf, monkeypatch):
    taken = []
    take_in = shelves.take_in
    monkeypatch.setattr(shelves, "take_in", lambda ref, *rest: taken.append(ref.key) or take_in(ref, *rest))
    for _ in range(3):
        shelf.inputs(SOIL_CONSUMPTION)
        shelf.problems(SOIL_CONSUMPTION.inputs)
        shelf.ground()
    assert sorted(taken, key=str) == sorted(set(taken), key=str)
    assert len(taken) == 4


def test_that_an_analysis_gets_a_layer_editions_or_nothing(shelf):
    inputs = shelf.inputs(SOIL_CONSUMPTION)
    assert set(inputs) == {"population", *(role.id for role in SOIL_CONSUMPTION.inputs)}
    assert inputs["boundary"]["name"].tolist() == ["Borgo"]
    assert [edition.year for edition in inputs["soil_consumption"]] == [2012, 2023]
    assert (inputs["zoning"], inputs["districts"], inputs["land_use"]) == ((), None, ())
    assert inputs["population"] == {"istat": {2012: 1000, 2023: 1100}}


def test_that_the_ground_is_the_boundary_in_the_crs_of_the_study(shelf):
    ground = shelf.ground()
    assert ground.crs == shelf.study.crs
    assert ground.boundary.area == 1_000_000.0  # 1 km × 1 km


def test_that_without_a_readable_boundary_there_is_only_the_crs(town):
    (town / "data" / "borgo.gpkg").unlink()
    shelf = Shelf(study_reading.read(town))
    assert shelf.ground().boundary is None
    assert {problem.code for problem in shelf.problems((roles.BOUNDARY,))} == {"source-missing"}


def test_that_a_layer_with_an_error_is_kept_from_the_analysis(town):
    (town / "data" / "suolo_2012.tif").write_bytes(b"not a raster")
    shelf = Shelf(study_reading.read(town))
    assert [edition.year for edition in shelf.inputs(SOIL_CONSUMPTION)["soil_consumption"]] == [2023]
    assert [problem.code for problem in shelf.problems((roles.SOIL_CONSUMPTION,))] == ["source-broken"]


def test_that_the_files_of_the_study_are_left_as_they_were(shelf, hashes):
    before = hashes(shelf.study.folder)
    shelf.inputs(SOIL_CONSUMPTION)
    assert hashes(shelf.study.folder) == before
